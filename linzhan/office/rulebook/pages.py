from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhan.office.navigation import page
from linzhan.policy.api import VIEW_RULEBOOK

page("rulebook", desk="规则", label=_("参数"), url_name="office:rulebook", right=VIEW_RULEBOOK, order=10)
page(
    "documents", desk="规则", label=_("政策文件"), url_name="office:documents", right=VIEW_RULEBOOK, order=20
)
