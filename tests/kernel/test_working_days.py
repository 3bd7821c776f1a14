"""Working days: public holidays, worked weekends, years nobody knows yet, and what a place says itself."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhan.kernel.working_days import between, is_working, known, later

DAYS = st.dates(date(1999, 1, 1), date(2032, 12, 31))
FRIDAY_BEFORE = date(2026, 2, 13)


def test_spring_festival_2026_is_off_and_the_saturdays_around_it_are_worked() -> None:
    """15 to 23 February off, 14 and 28 February worked (the State Council's notice for 2026)."""
    assert later(FRIDAY_BEFORE, 1) == date(2026, 2, 14)
    assert later(FRIDAY_BEFORE, 2) == date(2026, 2, 24)
    assert later(FRIDAY_BEFORE, 6) == date(2026, 2, 28)
    assert between(FRIDAY_BEFORE, date(2026, 2, 24)) == 2


def test_national_day_2025_has_a_worked_sunday_before_and_a_worked_saturday_after() -> None:
    """1 to 8 October off, Sunday 28 September and Saturday 11 October worked."""
    assert later(date(2025, 9, 26), 1) == date(2025, 9, 28)
    assert later(date(2025, 9, 30), 1) == date(2025, 10, 9)
    assert later(date(2025, 9, 30), 3) == date(2025, 10, 11)
    assert later(date(2025, 9, 30), 4) == date(2025, 10, 13)


@pytest.mark.parametrize("year", [1999, 2003, 2050, 9998])
def test_a_year_that_nobody_knows_is_counted_by_the_week_and_never_raises(year: int) -> None:
    assert not known(year)
    friday = next(day for day in (date(year, 9, n) for n in range(1, 8)) if day.weekday() == 4)
    assert later(friday, 1) == friday + timedelta(3)
    assert later(friday, 5) == friday + timedelta(7)


def test_the_years_of_the_library_are_known() -> None:
    assert known(2004)
    assert known(2026)


def test_what_a_place_says_wins_over_the_library_and_over_the_week() -> None:
    said = {date(2026, 2, 24): False, date(2026, 2, 15): True, date(2050, 10, 1): False}
    assert later(date(2026, 2, 14), 1, said.get) == date(2026, 2, 15)
    assert later(date(2026, 2, 15), 1, said.get) == date(2026, 2, 25)
    assert is_working(date(2050, 9, 30), said.get)  # a Friday
    assert not is_working(date(2050, 10, 1), {date(2050, 10, 1): False}.get)
    assert is_working(date(2050, 10, 1), {date(2050, 10, 1): True}.get)  # a Saturday


@given(DAYS, st.integers(0, 40))
def test_later_and_between_undo_each_other(day: date, number: int) -> None:
    last = later(day, number)
    assert between(day, last) == number
    assert last == day if number == 0 else is_working(last)


@given(DAYS, st.integers(-10, 60))
def test_between_counts_the_days_after_the_first_and_with_the_last(day: date, length: int) -> None:
    counted = [day + timedelta(n) for n in range(1, length + 1)]
    assert between(day, day + timedelta(length)) == sum(map(is_working, counted))


def test_the_tables_are_read_only_by_who_counts() -> None:
    code = (
        "import sys, linzhan.kernel.working_days as w; assert 'chinese_calendar' not in sys.modules;"
        "import datetime; w.later(datetime.date(2026, 2, 13), 1); assert 'chinese_calendar' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
