"""Spells, windows and pace: arithmetic on plain days (CPE-01)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhan.workforce.rules import (
    Spell,
    Window,
    days_after,
    hours_behind,
    spell_told,
    window_of,
    years_before,
)

DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))


def number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


@given(day=DAYS, years=st.integers(1, 5), other=DAYS)
def test_days_compared_as_numbers_agree_with_days_compared_as_days(
    day: date, years: int, other: date
) -> None:
    """The figure compares yyyymmdd, the ledger compares dates."""
    assert (number(other) > number(day) - years * 10_000) == (other > years_before(day, years))


@given(on=DAYS, day=DAYS, period=st.sampled_from(["自然年", "滚动十二个月"]))
def test_the_figure_and_the_ledger_count_the_same_days(on: date, day: date, period: str) -> None:
    after, window = days_after(period, on), window_of(period, None, (), on)
    assert after is not None
    assert window is not None
    assert (after < number(day) <= number(on)) == (window.after < day <= on)


@given(terms=st.lists(DAYS, max_size=4), on=DAYS)
def test_the_term_that_counts_has_begun_and_is_the_last_of_those(terms: list[date], on: date) -> None:
    window = window_of("登记周期", 3, terms, on)
    begun = [until for until in terms if years_before(until, 3) <= on]
    assert (window.until if window else None) == max(begun, default=None)


@given(
    needed=st.decimals(1, 100, places=1),
    done=st.decimals(0, 100, places=1),
    start=DAYS,
    days=st.integers(1, 1100),
    passed=st.integers(-10, 1200),
)
def test_nobody_is_behind_by_more_than_is_missing(
    needed: Decimal, done: Decimal, start: date, days: int, passed: int
) -> None:
    window = Window(start, start + timedelta(days))
    behind = hours_behind(needed, done, window, start + timedelta(passed))
    assert 0 <= behind <= max(Decimal(0), needed - done)


@pytest.mark.parametrize(
    ("begins", "ends", "past", "told"),
    [
        (date(2020, 1, 1), None, False, date(2020, 1, 1)),
        (date(2020, 2, 1), date(2020, 6, 1), False, date(2020, 1, 1)),
        (date(2018, 3, 1), date(2018, 9, 1), True, date(2018, 1, 1)),
        (date(2017, 1, 1), date(2017, 6, 1), True, None),
        (date(2018, 5, 1), None, True, date(2018, 1, 1)),
    ],
)
def test_a_row_speaks_of_the_employment_it_overlaps(
    begins: date, ends: date | None, past: bool, told: date | None
) -> None:
    known = [Spell(date(2018, 1, 1), date(2019, 1, 1)), Spell(date(2020, 1, 1), None)]
    assert spell_told(known, begins, ends, past=past) == told


def test_a_hire_after_the_last_end_speaks_of_no_known_employment() -> None:
    known = [Spell(date(2018, 1, 1), date(2019, 1, 1))]
    assert spell_told(known, date(2019, 1, 1), None, past=False) is None
    assert spell_told(known, date(2018, 12, 31), None, past=False) == date(2018, 1, 1)
