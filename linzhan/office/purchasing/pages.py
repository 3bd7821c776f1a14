"""Purchases at the desk: how far contracts have come, projects without a file, what waits on the work bench."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhan.office.navigation import page
from linzhan.office.purchasing import flow, progress, waiting  # noqa: F401 -- each registers its part
from linzhan.procurement.api import EDIT_PURCHASES, VIEW_PROGRESS

page("progress", desk="购买", label=_("项目进度"), url_name="progress", right=VIEW_PROGRESS, order=20)
page("unfiled", desk="购买", label=_("补建采购档案"), url_name="unfiled", right=EDIT_PURCHASES, order=80)
