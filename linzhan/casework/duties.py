"""Who is owed a visit in a month, and whether it was made (SVC-06, SVC-08; ``domain.md`` §6.4).

The rules of a place become plain rows of *who* (a risk level or a category) and what it asks for:
``times`` visits in a calendar month, or no gap longer than ``every_days``. The strictest duty counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from linzhan.casework.enums import Method, ResidentStatus
from linzhan.kernel import places
from linzhan.kernel.figures import Query, ruling
from linzhan.policy.api import casework, rulings_by_prefix, rulings_of

if TYPE_CHECKING:
    from ibis.expr.types import Table

Line = Mapping[str, str | int | None]
LONGEST_MONTHLY_GAP = 31  # an interval longer than a month is not "monthly or stricter" (SVC-06)
EITHER = ""
ASKED = ("also", "every_days", "times")


def _places(on: date) -> list[str]:
    """Every place that decides anything about visit rules, the nation first."""
    stated = rulings_by_prefix(casework.VISIT_RULES, within=places.NATION, on=on)
    return sorted({line.prefix for line in stated} | {""}, key=lambda prefix: (len(prefix), prefix))


@ruling("casework.duty_place", rests_on=(casework.VISIT_RULES.code,), place="string")
def duty_places(on: date) -> Iterator[Line]:
    for prefix in _places(on):
        yield {"prefix": prefix, "place": prefix}


@ruling(
    "casework.duties",
    rests_on=(casework.VISIT_RULES.code,),
    who="string",
    also="string",
    every_days="int64",
    times="int64",
)
def duties(on: date) -> Iterator[Line]:
    """All duties in force at each place that decides for itself: monthly ones and stricter."""
    for prefix in _places(on):
        for decided in rulings_of(casework.VISIT_RULES, region=places.pad(prefix), on=on):
            rule = decided.value
            if not rule.enabled:
                continue
            asked = _asked(rule.per, rule.every_days, rule.times)
            if asked is None:
                continue
            keys = [(risk, EITHER) for risk in rule.risks]
            if rule.all_categories and len(rule.categories) > 1:
                keys.append((rule.categories[0], rule.categories[1]))
            else:
                keys.extend((category, EITHER) for category in rule.categories)
            for key, also in keys:
                yield {"prefix": prefix, "who": key, "also": also, "every_days": asked[0], "times": asked[1]}


def _asked(per: str, every_days: int | None, times: int | None) -> tuple[int | None, int | None] | None:
    """(longest gap in days, visits a month), or None where less than monthly is asked."""
    if per == "每月":
        return None, times or 1
    if per == "按天" and every_days is not None and every_days <= LONGEST_MONTHLY_GAP:
        return every_days, None
    return None


@ruling("casework.visit_rate_days", days="int64")
def visit_rate_days(on: date) -> Iterator[Line]:
    for line in rulings_by_prefix(casework.VISIT_RATE_DAYS, within=places.NATION, on=on):
        yield {"prefix": line.prefix, "days": line.value}


@ruling("casework.qualifying_outcomes", outcome="string")
def qualifying_outcomes(on: date) -> Iterator[Line]:
    """Outcomes that make a visit count. The nation's list: a visit is judged where it was made."""
    for decided in rulings_of(casework.QUALIFYING_OUTCOMES, region=places.NATION, on=on):
        for outcome in decided.value:
            yield {"prefix": "", "outcome": outcome}


@ruling("casework.late_entry_days", limit_days="int64")
def late_entry_days(on: date) -> Iterator[Line]:
    for line in rulings_by_prefix(casework.LATE_ENTRY_DAYS, within=places.NATION, on=on):
        yield {"prefix": line.prefix, "limit_days": line.value}


def registered_months(q: Query) -> Table:
    """A row for each resident, place and month of the period with enough days on the register.

    ``state_id`` is the last state of the month, which says risk and categories; ``first`` and
    ``last_day`` bound the days of the month on which the resident was registered.
    """
    states, months = q.fact("resident_states"), q.months()
    states = states.filter(q.within(states.region_code), states.status == ResidentStatus.REGISTERED.value)
    crossed = states.cross_join(months)
    day_after = crossed.last + q.ibis.interval(days=1)
    first = q.ibis.greatest(crossed.valid_from.fill_null(crossed.month), crossed.month)
    after = q.ibis.least(crossed.valid_to.fill_null(day_after), day_after).cast("date")
    crossed = crossed.mutate(first=first, after=after, held=after.delta(first, unit="day"))
    crossed = crossed.filter(crossed.held > 0)
    keys = ["resident_id", "region_code", "station_id", "month"]
    window = q.ibis.window(group_by=keys)
    latest = q.ibis.window(group_by=keys, order_by=crossed.after.desc())
    summed = crossed.mutate(
        total=crossed.held.sum().over(window),
        began=crossed.first.min().over(window),
        rank=q.ibis.row_number().over(latest),
    )
    rows = q.ruled(summed.filter(summed.rank == 0), "casework.visit_rate_days")
    rows = rows.filter(rows.total >= rows.days)
    return rows.select(*keys, "risk", "after", "began", state_id=rows.id, last=rows.last)


def owed(q: Query) -> Table:
    """Those of :func:`registered_months` under a duty, with the strictest: ``gap`` and ``times``."""
    # A view: Ibis would otherwise fold the joins of the ruling into the joins below and lose its way.
    rows = q.ruled(registered_months(q), "casework.duty_place").view()
    asked, held = q.ruling("casework.duties"), q.fact("resident_categories").select("state_id", "category")
    asked = asked.select(*ASKED, place=asked.prefix, who=asked.who)
    wanted = ("state_id", "month", "every_days", "times")
    by_risk = rows.join(asked.rename(risk="who"), ["place", "risk"]).select(*wanted)
    mine = (
        rows.select("state_id", "month", "place")
        .join(held, "state_id")
        .select("state_id", "month", "place", "category")
    )
    by_category = mine.join(asked.rename(category="who"), ["place", "category"]).select(*wanted, "also")
    other = held.select(state_id=held.state_id, also=held.category, has_also=q.ibis.literal(value=True))
    both = by_category.left_join(other, ["state_id", "also"]).select(*wanted, "also", "has_also")
    both = both.filter((both.also == EITHER) | both.has_also.fill_null(False)).select(*wanted)
    every = by_risk.union(both)
    strictest = every.group_by("state_id", "month").aggregate(
        gap=every.every_days.min(), times=every.times.max()
    )
    return rows.join(strictest, ["state_id", "month"])


def visits_made(q: Query) -> Table:
    """Qualifying visits by resident and day, with the day of the one before."""
    named, good = q.fact("record_residents"), q.ruling("casework.qualifying_outcomes")
    named = named.filter(named.method == Method.VISIT.value)
    made = named.semi_join(good, named.outcome == good.outcome).select("resident_id", "day", "record_id")
    days = made.group_by("resident_id", "day").aggregate(visits=lambda t: t.record_id.nunique())
    window = q.ibis.window(group_by="resident_id", order_by="day")
    return days.mutate(previous=days.day.lag().over(window))


def duty_months(q: Query) -> Table:
    """Each owed resident-month with ``met``: all visits due were made."""
    rows, made = owed(q), visits_made(q)
    joined = rows.left_join(
        made,
        [rows.resident_id == made.resident_id, made.day >= rows.month, made.day <= rows.last],
    )
    joined = joined.mutate(
        since=joined.day.delta(joined.previous.fill_null(joined.began), unit="day"),
    )
    keys = ["resident_id", "region_code", "station_id", "month", "state_id", "risk", "gap", "times", "after"]
    summed = joined.group_by(keys).aggregate(
        made=lambda t: t.visits.sum().fill_null(0),
        longest=lambda t: t.since.max(),
        latest=lambda t: t.day.max(),
    )
    tail = summed.after.delta(summed.latest, unit="day") - 1
    gap_kept = (summed.longest <= summed.gap) & (tail <= summed.gap)
    enough = summed.times.isnull() | (summed.made >= summed.times)
    met = enough & (summed.gap.isnull() | gap_kept.fill_null(False))
    return summed.mutate(met=met, id=summed.resident_id)
