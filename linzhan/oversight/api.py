"""What other desks may use of oversight."""

from __future__ import annotations

from linzhan.oversight.enums import OVER, SEVERITIES, Severity, Stage, Tier
from linzhan.oversight.models import Alert, AlertRun, Disclosure
from linzhan.oversight.rights import DISMISS_ALERTS, HANDLE_ALERTS, RUN_ALERTS, SEE_ALERTS, VIEW_ALERTS
from linzhan.oversight.warning.declaring import RULES, WORDS, Rule
from linzhan.oversight.warning.health import WEIGHTS, Health, healths
from linzhan.oversight.warning.running import run as run_alerts
from linzhan.oversight.warning.sheets import ALERTS
from linzhan.oversight.warning.trying import Tried, back_test, month_ends
from linzhan.oversight.work import KIND

__all__ = [
    "ALERTS",
    "DISMISS_ALERTS",
    "HANDLE_ALERTS",
    "KIND",
    "OVER",
    "RULES",
    "RUN_ALERTS",
    "SEE_ALERTS",
    "SEVERITIES",
    "VIEW_ALERTS",
    "WEIGHTS",
    "WORDS",
    "Alert",
    "AlertRun",
    "Disclosure",
    "Health",
    "Rule",
    "Severity",
    "Stage",
    "Tier",
    "Tried",
    "back_test",
    "healths",
    "month_ends",
    "run_alerts",
]
