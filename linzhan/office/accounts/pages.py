from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhan.accounts.api import VIEW_ACCOUNTS, VIEW_AUDIT
from linzhan.office.navigation import page

page(
    "accounts", desk="系统", label=_("账号与任职"), url_name="office:accounts", right=VIEW_ACCOUNTS, order=10
)
page("audit", desk="系统", label=_("变更记录"), url_name="office:audit", right=VIEW_AUDIT, order=90)
page("reveals", desk="系统", label=_("查看记录"), url_name="office:reveals", right=VIEW_AUDIT, order=91)
