"""Back-test: what a threshold would have raised at the ends of the last twelve months, beside what holds now (CFG).

Nothing is written. The rules are asked as in the nightly run, of one county; the answer is numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from linzhan.kernel.scope import unscoped
from linzhan.oversight.warning.asking import ask_rules
from linzhan.oversight.warning.declaring import Rule

MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Tried:
    """A day, how many findings the thresholds in force come to, and how many the others would."""

    on: date
    now: int
    then: int
    more: int
    fewer: int


def month_ends(until: date) -> list[date]:
    """The last days of the twelve months before the one of ``until``, oldest first."""
    found, day = list[date](), until.replace(day=1)
    for _ in range(MONTHS):
        end = day - timedelta(days=1)
        found.append(end)
        day = end.replace(day=1)
    return found[::-1]


def back_test(rule: Rule, region: str, until: date, instead: Mapping[str, Decimal]) -> list[Tried]:
    """``rule`` at each month's end with the thresholds in force and with those of ``instead`` (by name)."""
    found = []
    with unscoped("a threshold is tried on what the nightly run would have seen"):
        for on in month_ends(until):
            [now] = ask_rules(region, on, [rule])
            [then] = ask_rules(region, on, [rule], instead={rule.code: instead})
            old, new = {each.key for each in now.findings}, {each.key for each in then.findings}
            found.append(Tried(on, len(old), len(new), len(new - old), len(old - new)))
    return found
