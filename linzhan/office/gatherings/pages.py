from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhan.casework.api import EDIT_RECORDS
from linzhan.casework.api.gatherings import VIEW_GROUPS
from linzhan.office.gatherings import beside as _beside  # noqa: F401 -- registers what file pages offer besides
from linzhan.office.navigation import page

page("record", "服务", _("登记服务"), "office:record", EDIT_RECORDS, 10)
page("timetable", "服务", _("课表"), "office:timetable", VIEW_GROUPS, 40)
