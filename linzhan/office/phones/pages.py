from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhan.accounts.api import OVERSEE_PHONES, SYNC
from linzhan.office.navigation import page

page("phones-waiting", "服务", _("手机提交待核对"), "phones-waiting", OVERSEE_PHONES, 80, beside=True)
page("phones", "系统", _("手机设备"), "phones", SYNC, 70)
