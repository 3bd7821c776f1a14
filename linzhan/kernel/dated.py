"""Dated facts: what held from when until when.

A range begins on ``valid_from`` (None: since ever) and ends before ``valid_to`` (None: until further
notice), so that one fact's end is the next one's beginning and no day is lost or counted twice.
A register keeps its past as a history of such facts; a figure as of a day never changes silently.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic, TypeVar

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Held(Generic[V]):
    """``value`` held from ``valid_from`` until before ``valid_to``. A range without a day is refused."""

    value: V
    valid_from: date | None = None
    valid_to: date | None = None

    def __post_init__(self) -> None:
        if is_empty(self.valid_from, self.valid_to):
            raise ValueError(f"nothing can hold from {self.valid_from} until before {self.valid_to}")

    def on(self, day: date) -> bool:
        """Whether it held on ``day``."""
        return holds_on(self.valid_from, self.valid_to, day)


def is_empty(valid_from: date | None, valid_to: date | None) -> bool:
    """Whether a range has no day."""
    return valid_from is not None and valid_to is not None and valid_to <= valid_from


def holds_on(valid_from: date | None, valid_to: date | None, day: date) -> bool:
    """Whether ``day`` lies in the range."""
    return (valid_from is None or valid_from <= day) and (valid_to is None or day < valid_to)


def overlaps(
    one_from: date | None, one_to: date | None, other_from: date | None, other_to: date | None
) -> bool:
    """Whether two ranges share a day."""
    if is_empty(one_from, one_to) or is_empty(other_from, other_to):
        return False
    return _before(one_from, other_to) and _before(other_from, one_to)


def value_on(history: Iterable[Held[V]], day: date) -> V | None:
    """What held on ``day``; None where nothing did."""
    return next((held.value for held in history if held.on(day)), None)


def close_and_open(history: Sequence[Held[V]], value: V, day: date) -> tuple[Held[V], ...]:
    """``history`` with ``value`` from ``day`` on, up to the next change that is already known.

    What held on ``day`` is closed then; a fact that began on that very day is replaced. A value that
    holds already leaves the history as it is. The result is in order and merged.
    """
    in_order = merge(history)
    if any(held.on(day) and held.value == value for held in in_order):
        return in_order
    earlier = [held for held in in_order if held.valid_from is None or held.valid_from < day]
    later = [held for held in in_order if held.valid_from is not None and held.valid_from > day]
    replaced = next((held for held in in_order if held.on(day)), None)
    until = replaced.valid_to if replaced else (later[0].valid_from if later else None)
    if earlier and earlier[-1].on(day):
        earlier[-1] = replace(earlier[-1], valid_to=day)
    return merge([*earlier, Held(value, day, until), *later])


def end(history: Sequence[Held[V]], day: date) -> tuple[Held[V], ...]:
    """``history`` with nothing from ``day`` on."""
    kept = [held for held in merge(history) if held.valid_from is None or held.valid_from < day]
    return tuple(replace(held, valid_to=_earlier_end(held.valid_to, day)) for held in kept)


def merge(history: Iterable[Held[V]]) -> tuple[Held[V], ...]:
    """The same facts in order, with touching or overlapping ranges of one value made one.

    Raises ValueError where two different values hold on one day: that is no history.
    """
    merged: list[Held[V]] = []
    for held in sorted(history, key=lambda one: one.valid_from or date.min):
        if not merged or not _reaches(merged[-1], held):
            merged.append(held)
        elif merged[-1].value == held.value:
            merged[-1] = replace(merged[-1], valid_to=_later_end(merged[-1].valid_to, held.valid_to))
        elif merged[-1].valid_to == held.valid_from:
            merged.append(held)
        else:
            raise ValueError(f"two values hold on {held.valid_from}: {merged[-1].value!r} and {held.value!r}")
    return tuple(merged)


def _before(start: date | None, stop: date | None) -> bool:
    return start is None or stop is None or start < stop


def _reaches(held: Held[V], following: Held[V]) -> bool:
    """Whether ``held`` lasts at least until ``following`` begins."""
    return held.valid_to is None or following.valid_from is None or following.valid_from <= held.valid_to


def _later_end(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)


def _earlier_end(one: date | None, other: date) -> date:
    return other if one is None else min(one, other)
