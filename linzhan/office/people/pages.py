"""People: what this desk adds to the files of workers, stations and projects, and its pages of its own."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhan.casework.api.mine import VIEW_OWN_SERVICE
from linzhan.office.navigation import page
from linzhan.office.people import duties, paying, standing, teams, workload  # noqa: F401 -- each registers its part
from linzhan.workforce.api import EDIT_VETTINGS, VIEW_PAY, VIEW_WORKERS, WATCH_FILINGS

page("unfiled-people", "人员", _("应备案未备案"), "unfiled-people", WATCH_FILINGS, 58)
page("vettings-due", "人员", _("待办从业查询"), "vettings-due", EDIT_VETTINGS, 59)
page("several-projects", "人员", _("一人多项目"), "several-projects", VIEW_WORKERS, 60)
page("pay-matrix", "人员", _("薪级矩阵"), "pay-matrix", VIEW_PAY, 65)
page("own-employment", "工作台", _("我的任职"), "own-employment", VIEW_OWN_SERVICE, 21)
page("people", "人员", _("全部人员台账"), "people", VIEW_WORKERS, 900)
