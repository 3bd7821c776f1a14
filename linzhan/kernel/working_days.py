"""Working days (工作日): Monday to Friday, without public holidays, with the weekends that are worked instead (调休).

Three sources, the first that knows a day decides: what a place has stated (``says``, from the rulebook), the
library ``chinese_calendar`` (the State Council's yearly notices, 2004 on), and the plain week. A year that
nobody knows yet is counted by the plain week and never raises.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

Says = Callable[[date], bool | None]
"""Whether a place works on a day; None where it has stated nothing about it."""

SATURDAY = 5
DAY = timedelta(days=1)


def silent(_day: date) -> None:
    """A place that has stated nothing."""


def later(day: date, number: int, says: Says = silent) -> date:
    """The ``number``-th working day after ``day``; ``day`` itself is not counted, and is the answer to 0."""
    while number > 0:
        day += DAY
        number -= is_working(day, says)
    return day


def between(first: date, last: date, says: Says = silent) -> int:
    """How many working days come after ``first``, up to and with ``last``; 0 where ``last`` is not later."""
    return sum(is_working(first + DAY * each, says) for each in range(1, (last - first).days + 1))


def is_working(day: date, says: Says = silent) -> bool:
    stated = says(day)
    if stated is not None:
        return stated
    return _of_the_library(day) if known(day.year) else day.weekday() < SATURDAY


@cache
def known(year: int) -> bool:
    """Whether the library holds the notice of that year."""
    try:
        _of_the_library(date(year, 1, 1))
    except NotImplementedError:  # the library's word for a year it does not hold
        return False
    return True


def _of_the_library(day: date) -> bool:
    import chinese_calendar  # noqa: PLC0415 -- a table of twenty years, only for who counts

    return bool(chinese_calendar.is_workday(day))
