"""Timetables: which lessons fall on which days of a term (SVC-17). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from linzhan.kernel.sheets.days import span

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
CLOCK = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)")


def clock(text: str) -> time | None:
    """``16:30`` as a time of the day; None where it is not one."""
    found = CLOCK.fullmatch(text.strip())
    return time(int(found[1]), int(found[2])) if found else None


def is_skipped(day: date, skipped: Iterable[str]) -> bool:
    """Whether ``day`` is one of the days without lessons."""
    spans = (found for text in skipped if (found := span(text)) is not None)
    return any(first <= day <= last for first, last in spans)


def falls_on(day: date, weekday: str, term: tuple[date, date]) -> bool:
    """Whether a weekday's lesson falls on ``day`` of a term, both ends included; holidays aside."""
    return term[0] <= day <= term[1] and WEEKDAYS[day.weekday()] == weekday


def lessons(term: tuple[date, date], weekday: str, skipped: Iterable[str]) -> Iterator[date]:
    """The days of a term on which a weekday's lesson is held."""
    skipped = tuple(skipped)
    day = term[0] + timedelta((WEEKDAYS.index(weekday) - term[0].weekday()) % 7)
    while day <= term[1]:
        if not is_skipped(day, skipped):
            yield day
        day += timedelta(7)


def at(day: date, text: str) -> datetime:
    """``day`` at the clock time ``text``, without a zone."""
    found = clock(text)
    assert found is not None, text
    return datetime.combine(day, found)
