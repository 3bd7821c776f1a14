"""What becomes of findings: one living flag for each set of records, refreshed, or closed when no longer true.

The same run twice changes nothing. A flag that a run could have found and did not is closed by itself while
nobody has settled it. What lies before the time that is looked at stays as it is. What was settled stays
settled as long as it is true: nobody is asked the same twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Final

from django.db.models import Q

from linzhan.kernel import places
from linzhan.kernel.ids import uuid7
from linzhan.kernel.models import StepEntry
from linzhan.kernel.registers.bulk import update_rows
from linzhan.kernel.scope import current_actor
from linzhan.oversight.models import PlausibilityFlag
from linzhan.oversight.plausibility.enums import OVER, FlagStage
from linzhan.oversight.plausibility.parameters import FLAG_ANSWER_DAYS
from linzhan.oversight.warning.asking import Answer
from linzhan.oversight.warning.declaring import Finding
from linzhan.policy.api import ruling_for

REGISTER: Final = "plausibility-flags"
KEPT_ROWS: Final = 50
BATCH: Final = 1000
TOLD: Final = (
    "region_code", "station_id", "provider_id", "person_id", "message", "clause", "rulings", "facts", "rows",
    "rows_count", "since", "holds", "checked_on", "stage",
)  # fmt: skip
NO_LONGER: Final = "再次核对时不再成立"


@dataclass(slots=True)
class Kept:
    """How many flags a check opened, saw again and closed."""

    opened: int = 0
    again: int = 0
    closed: int = 0


def keep(answers: Iterable[Answer], region: str, first: date, on: date, now: datetime) -> dict[str, Kept]:
    """Bring the flags of ``region`` in line with what the checks found between ``first`` and ``on``; by check."""
    days: dict[str, int] = {}
    return {each.rule.code: _keep_check(each, region, first, on, now, days) for each in answers}


def _keep_check(
    answer: Answer, region: str, first: date, on: date, now: datetime, days: dict[str, int]
) -> Kept:
    low, high = places.bounds(region)
    found = {each.key: each for each in answer.findings}
    living = PlausibilityFlag.objects.select_for_update().filter(
        ~Q(stage__in=OVER) | Q(holds=True), rule=answer.rule.code
    )
    here = living.filter(region_code__gte=low, region_code__lt=high)
    known = {each.key: each for each in (*here, *living.filter(key__in=list(found)))}
    kept, changed, entries = Kept(), list[PlausibilityFlag](), list[StepEntry]()
    silent = set(answer.lacking)
    for key, flag in known.items():
        if key in found:
            _tell(flag, found[key], on)
            kept.again += 1
            changed.append(flag)
        elif answer.asked and flag.since >= first and places.county_of(flag.region_code) not in silent:
            kept.closed += _gone(flag, on, now, entries)
            changed.append(flag)
    new = [_new(answer.rule.code, each, on, days) for key, each in found.items() if key not in known]
    kept.opened = len(new)
    PlausibilityFlag.objects.bulk_create(new, batch_size=BATCH)
    update_rows(PlausibilityFlag, ("id", *TOLD), (attrgetter("id", *TOLD)(each) for each in changed))
    StepEntry.objects.bulk_create(entries, batch_size=BATCH)
    return kept


def _new(code: str, finding: Finding, on: date, days: dict[str, int]) -> PlausibilityFlag:
    identity = uuid7()
    flag = PlausibilityFlag(
        id=identity,
        code=f"{code}-{identity.hex[-12:].upper()}",
        rule=code,
        key=finding.key,
        opened_on=on,
        answer_by=on + timedelta(days=_answer_days(finding.region_code, on, days)),
    )
    _tell(flag, finding, on)
    return flag


def _tell(flag: PlausibilityFlag, finding: Finding, on: date) -> None:
    flag.region_code, flag.person_id = finding.region_code, finding.person_id
    flag.station_id, flag.provider_id = finding.station_id, finding.provider_id
    flag.message, flag.clause = finding.message, finding.clause
    flag.rulings, flag.facts = dict(finding.rulings), dict(finding.facts)
    flag.rows = [list(each) for each in finding.rows[:KEPT_ROWS]]
    flag.rows_count = finding.rows_count or len(finding.rows)
    flag.since, flag.holds, flag.checked_on = finding.since or on, True, on


def _gone(flag: PlausibilityFlag, on: date, now: datetime, entries: list[StepEntry]) -> int:
    """What was settled only ceases to hold; what was not is closed."""
    flag.holds, flag.checked_on = False, on
    if flag.stage in OVER:
        return 0
    actor = current_actor()
    entries.append(
        StepEntry(
            region_code=flag.region_code,
            provider_id=flag.provider_id,
            station_id=flag.station_id,
            register=REGISTER,
            row_id=flag.pk,
            step="lapse",
            source=flag.stage,
            target=FlagStage.LAPSED.value,
            at=now,
            actor=actor.id,
            actor_label=actor.label,
            note=NO_LONGER,
        )
    )
    flag.stage = FlagStage.LAPSED.value
    return 1


def _answer_days(region: str, on: date, known: dict[str, int]) -> int:
    county = places.county_of(region)
    if county not in known:
        known[county] = ruling_for(FLAG_ANSWER_DAYS, region=county, on=on).value
    return known[county]
