"""The policy desk as a Django app."""

from django.utils.translation import gettext_lazy as _

from linzhan.kernel import discovery


class PolicyConfig(discovery.LinzhanAppConfig):
    name = "linzhan.policy"
    verbose_name = _("政策参数")
