"""A run: the rules asked of a place and a day, and their alerts kept; nightly, on demand, or when something happens.

A day before the last run of a place is only looked at: what was true then is told, and no alert changes.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils import timezone

from linzhan.kernel import places
from linzhan.kernel.registers.marking import mark_use
from linzhan.oversight.models import AlertRun
from linzhan.oversight.warning.asking import Answer, ask_rules, counties_in_use
from linzhan.oversight.warning.declaring import Rule
from linzhan.oversight.warning.keeping import REGISTER, Kept, keep

LOCK = 7301  # one run at a time: two would open the same alert twice


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run came to; ``kept`` is None where it only looked."""

    region: str
    on: date
    answers: Sequence[Answer]
    kept: dict[str, Kept] | None
    seconds: float


def run(region: str, on: date, *, rules: Iterable[Rule] | None = None, why: str = "") -> Ran:
    """Ask the rules of the subtree of ``region`` on ``on`` and keep what they find; in the scope of everything."""
    begun, now = time.monotonic(), timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    chosen = None if rules is None else list(rules)
    answers = ask_rules(region, on, chosen)
    if looks_back(region, on):
        return Ran(region, on, answers, None, time.monotonic() - begun)
    kept = keep(answers, region, on, now)
    mark_use([REGISTER], {each[:6] for each in counties_in_use(region)})
    seconds = time.monotonic() - begun
    told = [each for each in answers if not each.rule.narrow]
    moved = [kept[each.rule.code] for each in told]
    if rules is not None and not any(each.opened or each.reopened or each.closed for each in moved):
        return Ran(
            region, on, answers, kept, seconds
        )  # a rule that was woken and had nothing to say leaves no trace
    AlertRun.objects.create(
        region_code=region,
        on_day=on,
        ran_at=now,
        seconds=seconds,
        why=why,
        results=[{**each.told(), **_counts(each.rule, kept)} for each in answers],
    )
    return Ran(region, on, answers, kept, seconds)


def _counts(rule: Rule, kept: dict[str, Kept]) -> dict[str, int]:
    if rule.narrow:
        return {}
    own = kept[rule.code]
    return {"opened": own.opened, "again": own.again, "reopened": own.reopened, "closed": own.closed}


def looks_back(region: str, on: date) -> bool:
    """Whether a later day was run already for this place, one around it or one in it."""
    low, high = places.bounds(region)
    later = AlertRun.objects.filter(on_day__gt=on)
    around = [places.NATION, *places.lineage(region)]
    return (
        later.filter(region_code__in=around).exists()
        or later.filter(region_code__gte=low, region_code__lt=high).exists()
    )
