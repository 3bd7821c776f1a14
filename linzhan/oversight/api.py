"""What other desks may use of oversight."""

from __future__ import annotations

from linzhan.oversight.enums import OVER, SEVERITIES, Severity, Stage, Tier
from linzhan.oversight.models import Alert, AlertRun, Callback, CallbackSample, Disclosure, PlausibilityFlag
from linzhan.oversight.plausibility.declaring import CHECKS, Check
from linzhan.oversight.plausibility.enums import CallStage, FlagStage
from linzhan.oversight.plausibility.rates import Rate, rates
from linzhan.oversight.plausibility.running import check as check_records
from linzhan.oversight.rights import (
    CALL_BACK,
    DISMISS_ALERTS,
    HANDLE_ALERTS,
    REPLY_FLAGS,
    RUN_ALERTS,
    SEE_ALERTS,
    SETTLE_FLAGS,
    VIEW_ALERTS,
    VIEW_CHECKS,
)
from linzhan.oversight.warning.declaring import RULES, Rule
from linzhan.oversight.warning.health import WEIGHTS, Health, healths
from linzhan.oversight.warning.running import run as run_alerts
from linzhan.oversight.warning.sheets import ALERTS
from linzhan.oversight.warning.trying import Tried, back_test, month_ends
from linzhan.oversight.work import KIND

__all__ = [
    "ALERTS",
    "CALL_BACK",
    "CHECKS",
    "DISMISS_ALERTS",
    "HANDLE_ALERTS",
    "KIND",
    "OVER",
    "REPLY_FLAGS",
    "RULES",
    "RUN_ALERTS",
    "SEE_ALERTS",
    "SETTLE_FLAGS",
    "SEVERITIES",
    "VIEW_ALERTS",
    "VIEW_CHECKS",
    "WEIGHTS",
    "Alert",
    "AlertRun",
    "CallStage",
    "Callback",
    "CallbackSample",
    "Check",
    "Disclosure",
    "FlagStage",
    "Health",
    "PlausibilityFlag",
    "Rate",
    "Rule",
    "Severity",
    "Stage",
    "Tier",
    "Tried",
    "back_test",
    "check_records",
    "healths",
    "month_ends",
    "rates",
    "run_alerts",
]
