"""What other desks may use of oversight."""

from __future__ import annotations

from linzhan.oversight.enums import OVER, SEVERITIES, Severity, Stage, Tier
from linzhan.oversight.models import (
    Alert,
    AlertRun,
    Callback,
    CallbackSample,
    Disclosure,
    PlausibilityFlag,
    Rectification,
    RectificationAnswer,
    RectificationItem,
    RectificationMeans,
)
from linzhan.oversight.plausibility.calling import waiting_calls
from linzhan.oversight.plausibility.declaring import CHECKS, Check
from linzhan.oversight.plausibility.enums import CallStage, FlagStage
from linzhan.oversight.plausibility.rates import Rate, rates
from linzhan.oversight.plausibility.running import check as check_records
from linzhan.oversight.rectification.enums import (
    SETTLED,
    STANDING,
    AnswerStage,
    ItemStage,
    Means,
    MeansStage,
    OrderStage,
)
from linzhan.oversight.rectification.letters import means_letter, order_letter
from linzhan.oversight.rectification.rights import (
    ANSWER_RECTIFICATIONS,
    CHECK_RECTIFICATIONS,
    DECIDE_MEANS,
    ORDER_RECTIFICATIONS,
    VIEW_RECTIFICATIONS,
)
from linzhan.oversight.rectification.selectors import Clearing, clearings, to_clear
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
from linzhan.oversight.warning.declaring import RULES, WORDS, Rule
from linzhan.oversight.warning.grounds import grounds
from linzhan.oversight.warning.health import WEIGHTS, Health, healths, open_by_rule
from linzhan.oversight.warning.keeping import raise_unnoted
from linzhan.oversight.warning.running import run as run_alerts
from linzhan.oversight.warning.sheets import ALERTS
from linzhan.oversight.warning.trying import Tried, back_test, month_ends
from linzhan.oversight.work import KIND

__all__ = [
    "ALERTS",
    "ANSWER_RECTIFICATIONS",
    "CALL_BACK",
    "CHECKS",
    "CHECK_RECTIFICATIONS",
    "DECIDE_MEANS",
    "DISMISS_ALERTS",
    "HANDLE_ALERTS",
    "KIND",
    "ORDER_RECTIFICATIONS",
    "OVER",
    "REPLY_FLAGS",
    "RULES",
    "RUN_ALERTS",
    "SEE_ALERTS",
    "SETTLED",
    "SETTLE_FLAGS",
    "SEVERITIES",
    "STANDING",
    "VIEW_ALERTS",
    "VIEW_CHECKS",
    "VIEW_RECTIFICATIONS",
    "WEIGHTS",
    "WORDS",
    "Alert",
    "AlertRun",
    "AnswerStage",
    "CallStage",
    "Callback",
    "CallbackSample",
    "Check",
    "Clearing",
    "Disclosure",
    "FlagStage",
    "Health",
    "ItemStage",
    "Means",
    "MeansStage",
    "OrderStage",
    "PlausibilityFlag",
    "Rate",
    "Rectification",
    "RectificationAnswer",
    "RectificationItem",
    "RectificationMeans",
    "Rule",
    "Severity",
    "Stage",
    "Tier",
    "Tried",
    "back_test",
    "check_records",
    "clearings",
    "grounds",
    "healths",
    "means_letter",
    "month_ends",
    "open_by_rule",
    "order_letter",
    "raise_unnoted",
    "rates",
    "run_alerts",
    "to_clear",
    "waiting_calls",
]
