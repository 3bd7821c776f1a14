"""Who files, who accepts, who may go on against a stop about people (FIL-02…04)."""

from __future__ import annotations

from linzhan.accounts.api import BUREAU, OFFICIALS, Role
from linzhan.kernel.access import right

ACCEPT_FILINGS = right("workforce.filings.accept", "受理人员备案", BUREAU)
AGREE_LEAVINGS = right(
    "workforce.leavings.agree",
    "同意离职、办理补员和离职",
    (*BUREAU, Role.PROVIDER_MANAGER, Role.STATION_LEAD),
)
OVERRULE_STAFFING = right("workforce.staffing.overrule", "人员核对不通过时说明理由仍予办理", OFFICIALS)
WATCH_FILINGS = right(
    "workforce.filings.watch",
    "查看应备案而未备案的清单",
    (*BUREAU, Role.PURCHASER, Role.PROVIDER_MANAGER),
)
