from __future__ import annotations

from linzhan.accounts.api import BUREAU, FIELD, Role
from linzhan.kernel.access import right

VIEW_RISK = right(
    "casework.risk.view", "查看风险评估与变故", (*BUREAU, Role.TOWNSHIP_OFFICIAL, *FIELD, Role.SUPERVISOR)
)
EDIT_RISK = right("casework.risk.edit", "评定风险、登记变故与入户调查", (*BUREAU, *FIELD))
