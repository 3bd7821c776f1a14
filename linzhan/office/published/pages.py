from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhan.accounts.api import VIEW_FIGURES
from linzhan.office.navigation import page

page("published", "报告", _("公布数"), "published", VIEW_FIGURES, 40)
