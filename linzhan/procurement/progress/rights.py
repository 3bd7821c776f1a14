"""Who sees how far contracts have come, and who keeps plan and targets (PUR-27)."""

from __future__ import annotations

from linzhan.accounts.api import BUREAU, Role
from linzhan.kernel.access import right

KEEPERS = (*BUREAU, Role.PURCHASER)
VIEW_PROGRESS = right(
    "procurement.progress.view",
    "查看项目进度",
    (*KEEPERS, Role.FINANCE, Role.PROVIDER_MANAGER, Role.STATION_LEAD),
)
EDIT_PLAN = right("procurement.plan.edit", "登记里程碑", (*KEEPERS, Role.PROVIDER_MANAGER))
EDIT_TARGETS = right("procurement.targets.edit", "登记补充指标", KEEPERS)
