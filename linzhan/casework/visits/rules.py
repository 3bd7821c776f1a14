"""What a visit rule asks on a day, as plain values: periods, longest gaps, first contacts (SVC-06…09)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from linzhan.casework.visits.enums import IN_PERSON, VisitMode

MONTHS = {"每月": 1, "每季": 3, "每半年": 6}
BY_DAYS, BY_PLAN = "按天", "按方案"


@dataclass(frozen=True, slots=True)
class Period:
    """A calendar period: its first and last day."""

    start: date
    end: date


def period_of(on: date, months: int) -> Period:
    """The calendar period of ``months`` months (1, 3 or 6, counted from January) in which ``on`` lies."""
    first = (on.month - 1) // months * months
    start = date(on.year, first + 1, 1)
    return Period(start, _shifted(start, months) - timedelta(days=1))


def _shifted(first: date, months: int) -> date:
    whole = first.year * 12 + first.month - 1 + months
    return date(whole // 12, whole % 12 + 1, 1)


def period_after(period: Period, months: int) -> Period:
    return period_of(period.end + timedelta(days=1), months)


def due_by_period(on: date, months: int, times: int, *, since: date, visits: list[date]) -> date:
    """When the next visit of a rule by calendar periods is due, the way the statement of ``due`` counts it.

    ``visits`` are the qualifying ones until ``on``, ``since`` the day from which the rule holds. A period
    ends at its end; once it has passed unmet the duty stays due at that end.
    """
    now = period_of(on, months)
    if times > 1:
        before = period_of(now.start - timedelta(days=1), months)
        if sum(now.start <= day <= on for day in visits) >= times:
            return period_after(now, months).end
        met_before = sum(before.start <= day <= before.end for day in visits) >= times
        return now.end if met_before or since >= now.start else before.end
    last = max((day for day in visits if day >= since), default=None)
    return period_of(since, months).end if last is None else period_after(period_of(last, months), months).end


def due_by_days(every_days: int, *, since: date, last: date | None) -> date:
    """When the next visit of a rule by days is due: from the last one, or from the day the rule holds."""
    return max(last or since, since) + timedelta(days=every_days)


def days_of_hours(hours: int) -> int:
    """Whole days that hours of a first contact come to: 24 are the next day."""
    return -(-hours // 24)


def accepted_modes(modes: tuple[str, ...]) -> list[str]:
    """The modes of a visit that satisfy a rule; none stated: all but hearsay. At home means in person."""
    if not modes:
        return [mode.value for mode in VisitMode if mode is not VisitMode.HEARSAY]
    in_person = [mode.value for mode in IN_PERSON] if VisitMode.AT_HOME in modes else []
    return list(dict.fromkeys([*modes, *in_person]))
