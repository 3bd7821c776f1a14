from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linzhan.casework.api.incidents import COUNT_INCIDENTS, REPORT_INCIDENTS
from linzhan.office.incidents import duties as _questions  # noqa: F401 -- registers what waits
from linzhan.office.navigation import page

page("incidents", "服务", _("强制报告"), "office:incidents", REPORT_INCIDENTS, order=70)
page("incident-counts", "服务", _("强制报告数量"), "office:incident-counts", COUNT_INCIDENTS, order=71)
