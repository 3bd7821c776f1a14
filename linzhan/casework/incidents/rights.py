"""Who reports, who handles and who is told (``domain.md`` §20, ADR 0018)."""

from __future__ import annotations

from linzhan.accounts.api import BUREAU, OFFICIALS, STATION, Role
from linzhan.kernel.access import right

REPORT_INCIDENTS = right(
    "casework.incidents.report",
    "发起强制报告，查看自己发起的",
    (
        *STATION,
        Role.PROVIDER_MANAGER,
        Role.SUPERVISOR,
        Role.TOWNSHIP_OFFICIAL,
        Role.CHILD_PROTECTION,
        *OFFICIALS,
    ),
)
HANDLE_INCIDENTS = right(
    "casework.incidents.handle",
    "经办本站、本县的强制报告",
    (Role.STATION_LEAD, Role.CHILD_PROTECTION),
    opens=True,
)
CLOSE_INCIDENTS = right("casework.incidents.close", "接收、结束强制报告", (Role.CHILD_PROTECTION,))
TOLD_OF_INCIDENTS = right(
    "casework.incidents.told", "知道所督导站点有强制报告（不含内容）", (Role.SUPERVISOR,), opens=True
)
COUNT_INCIDENTS = right(
    "casework.incidents.count", "查看强制报告的数量（隐去小数）", (*BUREAU, Role.CHILD_PROTECTION)
)
