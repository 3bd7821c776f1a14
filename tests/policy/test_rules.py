"""How levels and dates combine, against brute force (NFR-01)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhan.policy.enums import Binding
from linzhan.policy.rules import Span, StartTaken, Stated, combine, place

numbers = st.one_of(st.none(), st.integers(0, 20).map(Decimal))
chains = st.lists(numbers, min_size=1, max_size=5)
bound = st.tuples(
    st.integers(0, 20).map(Decimal), st.sampled_from([Binding.NEAREST, Binding.CAP, Binding.FLOOR])
)
FIRST = date(2020, 1, 1)


def stated(values: list[Decimal | None]) -> list[Stated[Decimal, int]]:
    return [Stated(value, level) for level, value in enumerate(values)]


def after_the_last_lost(values: list[Decimal | None]) -> list[Decimal]:
    found: list[Decimal] = []
    for value in values:
        found = [] if value is None else [*found, value]
    return found


def decided(values: list[Decimal | None], binding: Binding) -> Stated[Decimal, int]:
    return combine(stated(values), governs=lambda _value: binding, measure=lambda value: value)


@given(chains)
def test_the_nearest_level_sets_the_number(values: list[Decimal | None]) -> None:
    assert decided(values, Binding.NEAREST) == Stated(values[-1], len(values) - 1)


@given(chains)
def test_a_cap_can_only_be_lowered_below(values: list[Decimal | None]) -> None:
    known = after_the_last_lost(values)
    assert decided(values, Binding.CAP).value == (min(known) if known else None)


@given(chains)
def test_a_floor_can_only_be_raised_below(values: list[Decimal | None]) -> None:
    known = after_the_last_lost(values)
    assert decided(values, Binding.FLOOR).value == (max(known) if known else None)


@given(chains, st.sampled_from(Binding))
def test_the_authority_named_is_a_level_that_said_this_number(
    values: list[Decimal | None], binding: Binding
) -> None:
    holds = decided(values, binding)
    assert values[holds.key] == holds.value


@given(st.lists(bound, min_size=1, max_size=5))
def test_what_the_top_level_caps_stays_capped_whatever_lies_between(
    values: list[tuple[Decimal, Binding]],
) -> None:
    top, binding = values[0]
    holds = combine(
        [Stated(value, None) for value in values], governs=lambda pair: pair[1], measure=lambda pair: pair[0]
    )
    assert holds.value is not None
    if binding is Binding.CAP:
        assert holds.value[0] <= top
    if binding is Binding.FLOOR:
        assert holds.value[0] >= top


@given(st.lists(st.lists(st.sampled_from("甲乙丙丁"), min_size=1, unique=True), min_size=1, max_size=4))
def test_options_are_chosen_among_those_that_every_level_above_allows(lists: list[list[str]]) -> None:
    allowed = tuple(lists[0])
    for chosen in lists[1:]:
        allowed = tuple(entry for entry in chosen if entry in allowed) or allowed
    levels = [Stated(tuple(entry), None) for entry in lists]
    holds = combine(levels, governs=lambda _value: Binding.OPTION, measure=lambda _value: None)
    assert holds.value == allowed


def test_a_level_without_a_number_does_not_undo_a_cap_above_it() -> None:
    chain: list[Stated[tuple[Decimal | None], int]] = [Stated((Decimal(3),), 0), Stated((None,), 1)]
    holds = combine(chain, governs=lambda _value: Binding.CAP, measure=lambda value: value[0])
    assert holds.key == 0


spans = st.builds(
    lambda start, length: Span(
        FIRST + timedelta(days=start), None if length is None else FIRST + timedelta(days=start + length)
    ),
    st.integers(0, 40),
    st.one_of(st.none(), st.integers(1, 20)),
)


def days_of(span: Span) -> set[int]:
    return {day for day in range(80) if span.holds_on(FIRST + timedelta(days=day))}


@given(st.lists(spans, max_size=8))
def test_values_stated_in_any_order_never_hold_together_and_lose_no_day(wanted: list[Span]) -> None:
    """A calendar is written day by day beside the spans: both must tell the same story."""
    kept: list[tuple[str, Span]] = []
    calendar: dict[int, str] = {}
    for name, new in enumerate(wanted):
        try:
            placement = place(new, [span for _, span in kept])
        except StartTaken:
            assert new.start in [span.start for _, span in kept]
            continue
        later = min((span.start for _, span in kept if span.start > new.start), default=None)
        for day in days_of(new):
            if later is None or FIRST + timedelta(days=day) < later:
                calendar[day] = str(name)
        if placement.closes is not None:
            old, span = kept[placement.closes]
            kept[placement.closes] = (old, Span(span.start, new.start))
            if placement.resumes is not None:
                kept.append((old, placement.resumes))
            elif placement.span.end is not None:
                assert span.end is None or span.end <= placement.span.end or placement.span.end == later
        kept.append((str(name), placement.span))
    assert {day: name for name, span in kept for day in days_of(span)} == calendar
    assert sum(len(days_of(span)) for _, span in kept) == len(calendar)


def test_a_value_withdrawn_before_it_held_takes_no_place() -> None:
    void = Span(FIRST, FIRST)
    assert void.void
    assert place(Span(FIRST), [void]).span == Span(FIRST)


def test_a_second_value_of_the_same_first_day_is_refused() -> None:
    with pytest.raises(StartTaken):
        place(Span(FIRST), [Span(FIRST)])
