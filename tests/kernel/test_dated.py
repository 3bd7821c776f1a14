"""Dated facts, checked day by day against a plain table of days."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhan.kernel.dated import Held, close_and_open, end, holds_on, is_empty, merge, overlaps, value_on

FIRST = date(2021, 1, 1)
WINDOW = [FIRST + timedelta(n) for n in range(-3, 24)]
DAYS = st.integers(0, 20).map(lambda n: FIRST + timedelta(n))
ENDS = st.none() | DAYS
VALUES = st.sampled_from("abc")


def days(valid_from: date | None, valid_to: date | None) -> set[date]:
    """The days of a range within the window, one by one."""
    return {
        day
        for day in WINDOW
        if not (valid_from is not None and day < valid_from)
        and not (valid_to is not None and day >= valid_to)
    }


def table(history: tuple[Held[str], ...]) -> dict[date, str]:
    """What held on each day of the window; fails where two facts claim a day."""
    found: dict[date, str] = {}
    for held in history:
        for day in days(held.valid_from, held.valid_to):
            assert day not in found
            found[day] = held.value
    return found


@st.composite
def histories(draw: st.DrawFn) -> tuple[Held[str], ...]:
    """Facts that do not overlap, with gaps, in any order."""
    cuts = sorted(draw(st.sets(DAYS, max_size=6)))
    bounds: list[date | None] = [None, *cuts, None]
    ranges = [(a, b) for a, b in pairwise(bounds) if draw(st.booleans())]
    return tuple(draw(st.permutations([Held(draw(VALUES), a, b) for a, b in ranges])))


@given(ENDS, ENDS, DAYS)
def test_the_first_day_belongs_to_a_range_and_its_end_does_not(
    a: date | None, b: date | None, day: date
) -> None:
    assert holds_on(a, b, day) is (day in days(a, b))


@given(ENDS, ENDS, ENDS, ENDS)
def test_ranges_overlap_when_they_share_a_day(
    a: date | None, b: date | None, c: date | None, d: date | None
) -> None:
    assert overlaps(a, b, c, d) is bool(days(a, b) & days(c, d))


@given(DAYS, DAYS)
def test_a_fact_without_a_day_is_refused(a: date, b: date) -> None:
    if is_empty(a, b):
        with pytest.raises(ValueError, match="nothing can hold"):
            Held("a", a, b)
    else:
        assert days(a, b)
        assert Held("a", a, b).on(a)


@given(histories())
def test_merging_changes_no_day(history: tuple[Held[str], ...]) -> None:
    merged = merge(history)
    assert table(merged) == table(history)
    assert merge(merged) == merged


@given(histories())
def test_after_merging_neighbours_differ(history: tuple[Held[str], ...]) -> None:
    merged = merge(history)
    for one, following in pairwise(merged):
        assert one.valid_to is not None
        assert following.valid_from is not None
        assert one.valid_to < following.valid_from or one.value != following.value


@given(
    st.lists(
        st.builds(lambda a, n, v: Held(v, a, a + timedelta(n)), DAYS, st.integers(1, 5), VALUES), max_size=5
    )
)
def test_overlapping_facts_merge_when_equal_and_are_refused_when_not(history: list[Held[str]]) -> None:
    claims: dict[date, set[str]] = {}
    for held in history:
        for day in days(held.valid_from, held.valid_to):
            claims.setdefault(day, set()).add(held.value)
    if any(len(values) > 1 for values in claims.values()):
        with pytest.raises(ValueError, match="two values hold"):
            merge(history)
    else:
        assert {day: {value} for day, value in table(merge(history)).items()} == claims


@given(histories(), VALUES, DAYS)
def test_a_change_holds_from_its_day_to_the_next_known_change(
    history: tuple[Held[str], ...], value: str, day: date
) -> None:
    before, after = table(history), table(close_and_open(history, value, day))
    starts = [
        held.valid_from for held in merge(history) if held.valid_from is not None and held.valid_from > day
    ]
    stops = [held.valid_to for held in merge(history) if held.on(day)]
    until = stops[0] if stops else min(starts, default=None)
    expected = {**before, **dict.fromkeys(days(day, until), value)}
    assert after == expected


@given(histories(), VALUES, DAYS)
def test_the_same_change_twice_is_the_same_as_once(
    history: tuple[Held[str], ...], value: str, day: date
) -> None:
    once = close_and_open(history, value, day)
    assert close_and_open(once, value, day) == once


@given(histories(), DAYS)
def test_after_an_end_nothing_holds(history: tuple[Held[str], ...], day: date) -> None:
    assert table(end(history, day)) == {d: v for d, v in table(history).items() if d < day}


@given(histories(), DAYS)
def test_the_value_on_a_day_is_that_of_the_table(history: tuple[Held[str], ...], day: date) -> None:
    assert value_on(history, day) == table(history).get(day)


def test_a_stations_status_changes_on_a_day() -> None:
    opened = close_and_open([Held("运营", date(2020, 3, 1))], "暂停", date(2021, 6, 5))
    assert opened == (Held("运营", date(2020, 3, 1), date(2021, 6, 5)), Held("暂停", date(2021, 6, 5)))


def test_a_correction_on_the_first_day_replaces_the_fact() -> None:
    corrected = close_and_open([Held("计划", date(2021, 6, 5))], "运营", date(2021, 6, 5))
    assert corrected == (Held("运营", date(2021, 6, 5)),)
