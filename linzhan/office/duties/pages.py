from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhan.casework.api import VIEW_DUE_VISITS
from linzhan.office.navigation import page

page("visits-due", "服务", _("探访任务"), "visits-due", VIEW_DUE_VISITS, 20)
