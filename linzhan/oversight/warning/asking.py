"""Asking the rules of a place and a day: one question each, and what they cannot know said plainly."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from linzhan.kernel import places
from linzhan.kernel.models import RegisterUse
from linzhan.oversight.warning.declaring import RULES, Asked, Finding, Rule
from linzhan.oversight.warning.thresholds import thresholds
from linzhan.policy.api import consulting

COUNTY = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What one rule said. ``lacking`` are counties that keep no base data of it: nothing is raised there, and
    that is not a nought; ``unset`` are places where nobody decided a threshold. ``asked`` says it was asked at all.
    """

    rule: Rule
    findings: Sequence[Finding]
    asked: bool
    lacking: tuple[str, ...]
    unset: tuple[str, ...]
    seconds: float

    def told(self) -> dict[str, object]:
        """What a run keeps of it; of a rule with a narrow circle no number, officials read the runs."""
        return {
            "rule": self.rule.code,
            "asked": self.asked,
            "found": None if self.rule.narrow else len(self.findings),
            "lacking": list(self.lacking),
            "unset": list(self.unset),
            "seconds": round(self.seconds, 3),
        }


def counties_in_use(region: str) -> dict[str, frozenset[str]]:
    """County (12 digits) to the registers it keeps, in the subtree of ``region`` or around it."""
    low, high = places.bounds(region)
    kept: dict[str, set[str]] = defaultdict(set)
    for code, register in RegisterUse.objects.values_list("region_code", "register"):
        if places.level_of(code) >= COUNTY:
            kept[code].add(register)
    return {
        county: frozenset(registers)
        for county, registers in kept.items()
        if low <= county < high or places.covers(county, region)
    }


def ask_rules(
    region: str,
    on: date,
    rules: Iterable[Rule] | None = None,
    *,
    instead: Mapping[str, Mapping[str, Decimal]] | None = None,
) -> list[Answer]:
    """Ask every rule (or those given) of the subtree of ``region``, in the caller's scope.

    ``instead`` tries other thresholds: rule code to values by name (a back-test). Nothing is written.
    """
    used = counties_in_use(region)
    with consulting():
        return [
            _answer(each, region, on, used, (instead or {}).get(each.code))
            for each in (RULES if rules is None else rules)
        ]


def _answer(
    rule: Rule,
    region: str,
    on: date,
    used: Mapping[str, Collection[str]],
    instead: Mapping[str, Decimal] | None,
) -> Answer:
    begun = time.monotonic()
    lacking = tuple(sorted(county for county, kept in used.items() if rule.lacks(kept)))
    asked = len(lacking) < len(used)
    numbers = thresholds(rule.asks, region, on, instead=instead)
    found: Sequence[Finding] = ()
    if asked:
        silent = set(lacking)
        every = rule.ask(Asked(region, on, numbers))
        found = [each for each in every if places.county_of(each.region_code) not in silent]
    return Answer(
        rule=rule,
        findings=found,
        asked=asked,
        lacking=lacking,
        unset=numbers.unset,
        seconds=time.monotonic() - begun,
    )
