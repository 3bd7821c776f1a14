"""What other desks may use of oversight."""

from __future__ import annotations

from linzhan.oversight.enums import OVER, SEVERITIES, Severity, Stage, Tier
from linzhan.oversight.models import (
    Alert,
    AlertRun,
    Disclosure,
    Rectification,
    RectificationAnswer,
    RectificationItem,
    RectificationMeans,
)
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
from linzhan.oversight.rights import DISMISS_ALERTS, HANDLE_ALERTS, RUN_ALERTS, SEE_ALERTS, VIEW_ALERTS
from linzhan.oversight.warning.declaring import RULES, WORDS, Rule
from linzhan.oversight.warning.health import WEIGHTS, Health, healths
from linzhan.oversight.warning.running import run as run_alerts
from linzhan.oversight.warning.sheets import ALERTS
from linzhan.oversight.warning.trying import Tried, back_test, month_ends
from linzhan.oversight.work import KIND

__all__ = [
    "ALERTS",
    "ANSWER_RECTIFICATIONS",
    "CHECK_RECTIFICATIONS",
    "DECIDE_MEANS",
    "DISMISS_ALERTS",
    "HANDLE_ALERTS",
    "KIND",
    "ORDER_RECTIFICATIONS",
    "OVER",
    "RULES",
    "RUN_ALERTS",
    "SEE_ALERTS",
    "SETTLED",
    "SEVERITIES",
    "STANDING",
    "VIEW_ALERTS",
    "VIEW_RECTIFICATIONS",
    "WEIGHTS",
    "WORDS",
    "Alert",
    "AlertRun",
    "AnswerStage",
    "Clearing",
    "Disclosure",
    "Health",
    "ItemStage",
    "Means",
    "MeansStage",
    "OrderStage",
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
    "clearings",
    "healths",
    "means_letter",
    "month_ends",
    "order_letter",
    "run_alerts",
    "to_clear",
]
