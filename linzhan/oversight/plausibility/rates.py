"""How often each check asked in vain: published for all who work with it, as counts of the whole platform.

Nobody's rows are shown, and a check of which fewer than :data:`ENOUGH` were settled says so instead of a rate.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.db.models import Count

from linzhan.kernel.scope import unscoped
from linzhan.oversight.models import PlausibilityFlag
from linzhan.oversight.plausibility.enums import SETTLED, FlagStage

ENOUGH: Final = 5


@dataclass(frozen=True, slots=True)
class Rate:
    """Of one check: flags that were settled, and of them the explained, corrected and confirmed ones."""

    settled: int = 0
    explained: int = 0
    corrected: int = 0
    confirmed: int = 0

    @property
    def in_vain(self) -> float | None:
        """The share of the settled ones whose explanation holds, in percent; None while there are few."""
        return 100 * self.explained / self.settled if self.settled >= ENOUGH else None


def rates() -> dict[str, Rate]:
    """By check."""
    with unscoped("counts of settled flags by check, small ones without a rate"):
        settled = PlausibilityFlag.objects.filter(stage__in=SETTLED).order_by()
        found = list(settled.values_list("rule", "stage").annotate(n=Count("pk")))
    by_stage: dict[str, dict[str, int]] = {}
    for rule, stage, number in found:
        by_stage.setdefault(rule, {})[stage] = number
    return {
        rule: Rate(
            sum(numbers.values()),
            numbers.get(FlagStage.EXPLAINED.value, 0),
            numbers.get(FlagStage.CORRECTED.value, 0),
            numbers.get(FlagStage.CONFIRMED.value, 0),
        )
        for rule, numbers in by_stage.items()
    }
