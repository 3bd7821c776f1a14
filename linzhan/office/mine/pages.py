from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhan.casework.api.mine import VIEW_OWN_SERVICE
from linzhan.office.navigation import page

page("mine", "工作台", _("我的服务"), "mine", VIEW_OWN_SERVICE, 20)
