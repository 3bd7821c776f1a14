from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhan.accounts.api import VIEW_JOBS
from linzhan.office.navigation import page

page("jobs", "系统", _("任务"), "jobs", VIEW_JOBS, 90)
