"""The course of a report, its timers by a fixed clock, and counts from which nobody can be told (domain.md §20)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from linzhan.casework.incidents.enums import BASES, FactKind, Signal, Stage
from linzhan.casework.incidents.rights import CLOSE_INCIDENTS, REPORT_INCIDENTS
from linzhan.casework.incidents.rules import (
    KIND_OF_SIGNAL,
    Clock,
    Limits,
    Moments,
    Tone,
    lacking,
    next_kinds,
    shown_counts,
    shown_total,
    timers,
)

NINE = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
LIMITS = Limits(
    amber=timedelta(hours=1),
    red=timedelta(hours=2),
    acknowledge=timedelta(minutes=30),
    reply=timedelta(hours=24),
)
SIGNAL = Moments(signal=NINE, received=NINE)


def told(moments: Moments, **later: float) -> dict[Clock, Tone]:
    return {each.clock: each.tone for each in timers(moments, NINE + timedelta(**later), LIMITS)}


@pytest.mark.parametrize(
    ("minutes", "tone"),
    [
        (0, Tone.RUNNING),
        (59.9, Tone.RUNNING),
        (60, Tone.AMBER),
        (119.9, Tone.AMBER),
        (120, Tone.RED),
        (9999, Tone.RED),
    ],
)
def test_a_signal_turns_amber_after_an_hour_and_red_after_two(minutes: float, tone: Tone) -> None:
    assert told(SIGNAL, minutes=minutes)[Clock.REPORT] is tone


@pytest.mark.parametrize(("minutes", "tone"), [(29, Tone.RUNNING), (30, Tone.RED)])
def test_the_county_has_half_an_hour_from_the_arrival(minutes: float, tone: Tone) -> None:
    late = replace(SIGNAL, received=NINE + timedelta(hours=5))
    assert told(late, hours=5, minutes=minutes)[Clock.ACKNOWLEDGE] is tone


def test_a_report_made_offline_counts_from_the_signal_not_from_the_arrival() -> None:
    late = replace(SIGNAL, received=NINE + timedelta(hours=5))
    assert told(late, hours=5)[Clock.REPORT] is Tone.RED


def test_a_device_whose_clock_is_ahead_wins_no_time() -> None:
    ahead = Moments(signal=NINE + timedelta(days=1), received=NINE)
    assert told(ahead, hours=2)[Clock.REPORT] is Tone.RED


def test_the_answer_is_asked_for_a_day_after_the_report() -> None:
    reported = replace(SIGNAL, reported=NINE, acknowledged=NINE)
    assert told(reported, hours=23) == {Clock.REPLY: Tone.RUNNING}
    assert told(reported, hours=24) == {Clock.REPLY: Tone.RED}
    assert told(replace(reported, replied=NINE), hours=48) == {}


def test_nothing_is_waited_for_after_the_end_or_in_a_practice() -> None:
    assert told(replace(SIGNAL, closed=NINE), hours=9) == {}
    assert told(replace(SIGNAL, practice=True), hours=9) == {}


LEAD = frozenset({REPORT_INCIDENTS})
COUNTY = frozenset({REPORT_INCIDENTS, CLOSE_INCIDENTS})


def kinds(
    stage: Stage, rights: frozenset[str], *, acknowledged: bool = True, practice: bool = False
) -> list[str]:
    return next_kinds(stage, rights, acknowledged=acknowledged, practice=practice)


@pytest.mark.parametrize("stage", list(Stage))
def test_a_lead_never_ends_a_report_and_can_always_add(stage: Stage) -> None:
    assert FactKind.CLOSED not in kinds(stage, LEAD)
    assert kinds(stage, LEAD)[-1] == FactKind.NOTE


def test_the_county_acknowledges_first_and_ends_after_an_answer() -> None:
    assert kinds(Stage.SIGNAL, COUNTY, acknowledged=False)[0] == FactKind.ACKNOWLEDGED
    assert FactKind.CLOSED not in kinds(Stage.REPORTED, COUNTY)
    assert FactKind.CLOSED in kinds(Stage.REPLIED, COUNTY)


def test_a_practice_is_ended_by_whoever_practised_and_an_ended_report_can_go_on() -> None:
    assert FactKind.CLOSED in kinds(Stage.SIGNAL, LEAD, practice=True)
    assert FactKind.FOLLOWED in kinds(Stage.CLOSED, LEAD)


def test_a_fact_says_what_it_is_about() -> None:
    assert [name for name, _label in lacking("已上报", {})] == ["body"]
    assert lacking("已上报", {"body": "110"}) == []
    assert [name for name, _label in lacking("已回复", {"body": "派出所", "text": " "})] == ["text"]
    assert lacking("县级接收", {}) == []


def test_every_signal_has_its_clause_and_its_kind() -> None:
    assert set(BASES) == set(KIND_OF_SIGNAL) == set(Signal.values)
    assert sum(signal.startswith("M") for signal in Signal.values) == 9


KINDS = ("未成年人", "危机", "家暴和其他")
COUNTS = st.tuples(*[st.integers(0, 12)] * len(KINDS)).map(
    lambda counts: dict(zip(KINDS, counts, strict=True))
)


def possible(shown: dict[str, int | None], total: int, least: int) -> list[tuple[int, ...]]:
    """What the hidden counts may be to whoever knows the total and that a small one is among them."""
    number = sum(each is None for each in shown.values())
    left = total - sum(each or 0 for each in shown.values())
    every = product(range(left + 1), repeat=number)
    return [each for each in every if sum(each) == left and any(0 < one < least for one in each)]


@given(COUNTS, st.integers(2, 6))
@example({"未成年人": 1, "危机": 1, "家暴和其他": 9}, 5)
@example({"未成年人": 1, "危机": 1, "家暴和其他": 9}, 2)
@example({"未成年人": 1, "危机": 0, "家暴和其他": 9}, 5)
def test_no_hidden_count_follows_from_the_others_and_the_total(counts: dict[str, int], least: int) -> None:
    total = sum(counts.values())
    shown = shown_counts(counts, least)
    assert all(number is None or number == 0 or number >= least for number in shown.values())
    assert all(shown[name] in (None, number) for name, number in counts.items())
    if None not in shown.values() or shown_total(list(counts.values()), least) is None:
        return
    for choices in zip(*possible(shown, total, least), strict=True):
        assert len(set(choices)) > 1


@given(st.lists(st.integers(0, 4), max_size=4), st.integers(2, 6))
def test_a_small_sum_is_hidden(counts: list[int], least: int) -> None:
    assert shown_total(counts, least) == (None if 0 < sum(counts) < least else sum(counts))
