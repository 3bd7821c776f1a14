from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhan.accounts.api import VIEW_FIGURES
from linzhan.office.navigation import page

page("figures", desk="报告", label=_("指标目录"), url_name="office:figures", right=VIEW_FIGURES, order=10)
