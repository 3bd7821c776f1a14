"""Who sees which alerts. A rule's own circle may be narrower, or wider, than that of the rest (ADR 0025)."""

from __future__ import annotations

from typing import Final

from linzhan.oversight.rights import SEE_ALERTS, SEE_CHILD_ALERTS, SEE_MONEY_ALERTS

OF_REPORTS: Final = "casework.incidents.handle"
OF_RESULTS: Final = "casework.scales.view"
"""The circles of what some rules look at; an alert is told to nobody who may not see that itself."""
NARROW: Final[dict[str, tuple[str, ...]]] = {"RW04": (OF_REPORTS,), "RW05": (OF_RESULTS,)}
"""Rules whose very finding is told to a narrow circle: no count, no index and no run tells of it either."""
OF_MONEY: Final = ("RW19", "RW20", "RW21", "RW22", "RW23", "RW24", "RW25", "RW31")
AUDIENCES: Final[dict[str, tuple[str, ...]]] = {
    **NARROW,
    "RW06": (SEE_ALERTS, SEE_CHILD_ALERTS),
    **dict.fromkeys(OF_MONEY, (SEE_ALERTS, SEE_MONEY_ALERTS)),
}
"""By rule, the rights that open its alerts; those of all others are opened by :data:`SEE_ALERTS`."""
