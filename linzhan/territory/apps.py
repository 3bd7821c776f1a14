"""The territory: the tree of administrative divisions, its dated changes and its shapes."""

from django.utils.translation import gettext_lazy as _

from linzhan.kernel import discovery


class TerritoryConfig(discovery.LinzhanAppConfig):
    name = "linzhan.territory"
    verbose_name = _("行政区划")
