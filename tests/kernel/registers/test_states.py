"""The history of one life as a register's rows change it: no day twice, no past day changed silently (NFR-02)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from linzhan.kernel.registers.states import Life, Stretch, planned

DAYS = st.dates(date(2019, 1, 1), date(2023, 12, 31))
VALUES = st.sampled_from(["甲", "乙", "丙"])


@st.composite
def lives(draw: st.DrawFn) -> list[Stretch]:
    """Stored stretches of one life, each beginning where the one before ended."""
    cuts = sorted(draw(st.sets(DAYS, min_size=1, max_size=4)))
    last = draw(st.none() | st.just(cuts[-1] + timedelta(days=400)))
    ends = [*cuts[1:], last]
    return [Stretch(uuid4(), start, end, (draw(VALUES),)) for start, end in zip(cuts, ends, strict=True)]


def value_on(stretches: Sequence[Stretch], day: date) -> object:
    return next(
        (
            s.values[0]
            for s in stretches
            if (s.start is None or s.start <= day) and (s.end is None or day < s.end)
        ),
        None,
    )


@given(stored=lives(), start=DAYS, lasts=st.none() | st.integers(0, 1500), now=VALUES, today=DAYS)
def test_a_planned_life_reaches_from_its_start_to_its_end_without_a_gap(
    stored: list[Stretch], start: date, lasts: int | None, now: str, today: date
) -> None:
    end = None if lasts is None else start + timedelta(lasts)
    found = planned(stored, Life(start, end, (now,)), today=today)
    assert found[0].start == start
    assert found[-1].end == end
    assert all(one.end == other.start for one, other in pairwise(found))
    assert all(s.end is None or s.start is None or s.start <= s.end for s in found)


@given(stored=lives(), now=VALUES, later=st.integers(1, 700))
def test_a_change_of_value_leaves_the_days_before_today_as_they_were(
    stored: list[Stretch], now: str, later: int
) -> None:
    stored[-1] = last = replace(stored[-1], end=None)
    assert last.start is not None
    today = last.start + timedelta(later)
    found = planned(stored, Life(stored[0].start, None, (now,)), today=today)
    for days in range(0, 2600, 7):
        day = date(2019, 1, 1) + timedelta(days)
        expected = value_on(stored, day) if day < today else now
        assert value_on(found, day) == expected


@given(stored=lives(), today=DAYS)
def test_the_same_row_again_changes_nothing(stored: list[Stretch], today: date) -> None:
    again = Life(stored[0].start, stored[-1].end, stored[-1].values)
    assert planned(stored, again, today=today) == stored


@given(stored=lives(), start=DAYS, after=DAYS)
def test_a_life_does_not_reach_into_the_one_before(stored: list[Stretch], start: date, after: date) -> None:
    found = planned(stored, Life(start, None, stored[-1].values), today=date(2024, 1, 1), after=after)
    assert found[0].start == max(start, after)


def test_what_began_today_is_corrected_rather_than_cut() -> None:
    identity: UUID = uuid4()
    stored = [Stretch(identity, date(2021, 3, 1), None, ("甲",))]
    found = planned(stored, Life(date(2021, 3, 1), None, ("乙",)), today=date(2021, 3, 1))
    assert found == [Stretch(identity, date(2021, 3, 1), None, ("乙",))]


def test_what_holds_since_ever_is_cut_at_the_day_of_the_change() -> None:
    identity: UUID = uuid4()
    stored = [Stretch(identity, None, None, ("甲",))]
    found = planned(stored, Life(None, None, ("乙",)), today=date(2021, 3, 1))
    assert [(s.id, s.start, s.end, s.values[0]) for s in found] == [
        (identity, None, date(2021, 3, 1), "甲"),
        (None, date(2021, 3, 1), None, "乙"),
    ]
