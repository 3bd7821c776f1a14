"""Working days of a place: its own holidays and worked weekends before what the library holds (ADR 0028)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from linzhan.kernel import places, working_days
from linzhan.kernel.sheets.days import span
from linzhan.policy.parameters.oversight import HOLIDAYS
from linzhan.policy.selectors import rulings_of


def working_days_later(day: date, number: int, *, region: str) -> date:
    """The ``number``-th working day after ``day`` in ``region`` (12 digits)."""
    return working_days.later(day, number, _Stated(region))


def working_days_between(first: date, last: date, *, region: str) -> int:
    """How many working days of ``region`` come after ``first``, up to and with ``last``."""
    return working_days.between(first, last, _Stated(region))


class _Stated:
    """What the rulebook says of days in a place; each year is asked once.

    Of a year holds what is in force on its last day: an arrangement that is corrected in the course of a year,
    or entered when the year has begun, is one for the whole year.
    """

    def __init__(self, region: str) -> None:
        self._region = region
        self._years: dict[int, Mapping[date, bool]] = {}

    def __call__(self, day: date) -> bool | None:
        if day.year not in self._years:
            self._years[day.year] = self._of_year(day.year)
        return self._years[day.year].get(day)

    def _of_year(self, year: int) -> Mapping[date, bool]:
        """All arrangements together; where two speak of one day, that of the nearer place."""
        found: dict[date, bool] = {}
        rulings = rulings_of(HOLIDAYS, region=self._region, on=date(year, 12, 31))
        for ruling in sorted(rulings, key=lambda each: places.level_of(each.region_code)):
            found |= dict.fromkeys(_days(ruling.value.off), False)
            found |= dict.fromkeys(_days(ruling.value.worked), True)
        return found


def _days(spans: Iterable[str]) -> Iterator[date]:
    for first, last in filter(None, map(span, spans)):
        yield from (first + timedelta(days=each) for each in range((last - first).days + 1))
