"""Who sees and keeps a worker's standing (``domain.md`` §3.4, §3.5, §19.2; FIL-05, FIL-08)."""

from __future__ import annotations

from linzhan.accounts.api import BUREAU, OFFICIALS, Role
from linzhan.kernel.access import right

VIEW_VETTINGS = right(
    "workforce.vettings.view",
    "查看从业查询结果",
    (*BUREAU, Role.CHILD_PROTECTION, Role.PROVIDER_MANAGER, Role.STATION_LEAD),
)
EDIT_VETTINGS = right(
    "workforce.vettings.edit", "登记从业查询", (*BUREAU, Role.CHILD_PROTECTION, Role.PROVIDER_MANAGER)
)
VERIFY_CREDITS = right("workforce.credits.verify", "认定继续教育学时", BUREAU)
HANDLE_SANCTIONS = right(
    "workforce.sanctions.handle", "经办人员失信处理（生效前只有经办部门和本人可见）", OFFICIALS, opens=True
)
DECIDE_SANCTIONS = right("workforce.sanctions.decide", "决定、撤销人员失信处理", OFFICIALS)
