from __future__ import annotations

from linzhan.accounts.api import BUREAU, FIELD, OFFICIALS, Role
from linzhan.kernel.access import right

VIEW_RECTIFICATIONS = right(
    "oversight.rectifications.view",
    "查看整改",
    (*BUREAU, Role.TOWNSHIP_OFFICIAL, Role.PURCHASER, Role.FINANCE, *FIELD),
)
ORDER_RECTIFICATIONS = right(
    "oversight.rectifications.order", "下达整改令、认可计划", (*BUREAU, Role.PURCHASER)
)
ANSWER_RECTIFICATIONS = right(
    "oversight.rectifications.answer",
    "报整改计划和证据、陈述申辩",
    (Role.PROVIDER_MANAGER, Role.STATION_LEAD),
)
CHECK_RECTIFICATIONS = right(
    "oversight.rectifications.check", "核查整改、销号、回头看", (*BUREAU, Role.PURCHASER)
)
DECIDE_MEANS = right("oversight.rectifications.press", "签发和解除督促措施", BUREAU)
"""Who answers, who checks and who decides are kept apart: nobody holds both sides (RSK-07, FIL-08)."""

SEE_COMPLAINTS = right(
    "oversight.complaints.handle", "办理对机构的投诉举报（只有经办部门可见）", OFFICIALS, opens=True
)
