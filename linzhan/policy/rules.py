"""How values of several levels and several dates combine. Pure functions on plain values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Generic, TypeAlias, TypeVar, cast

from linzhan.policy.enums import Binding

T = TypeVar("T")
Key = TypeVar("Key")
Measure: TypeAlias = "Decimal | Fraction | int | None"


@dataclass(frozen=True, slots=True)
class Stated(Generic[T, Key]):
    """A value that one level of the tree has in force; ``None`` means that its digits are lost."""

    value: T | None
    key: Key


def combine(
    stated: Sequence[Stated[T, Key]],
    *,
    governs: Callable[[T], Binding],
    measure: Callable[[T], Measure],
) -> Stated[T, Key]:
    """The one value that holds, from ``stated`` ordered from the nation downwards (NFR-01).

    A level below may say what every level above leaves to it: replace (nearest), lower (cap), raise
    (floor), choose (option); otherwise its word has no effect. A lost value is replaced by whatever a
    lower level states; lost at the lowest level it stays lost, because the number above it is not the
    number of that place.
    """
    holds, above = stated[0], list(stated[:1])
    for lower in stated[1:]:
        heard = lower
        if holds.value is None or lower.value is None:
            above.clear()
        else:
            heard = _heard(above, lower, governs, measure)
        if heard is not holds:
            holds = heard
            above.append(heard)
    return holds


def _heard(
    above: Sequence[Stated[T, Key]],
    lower: Stated[T, Key],
    governs: Callable[[T], Binding],
    measure: Callable[[T], Measure],
) -> Stated[T, Key]:
    """``lower`` as far as all that stand ``above`` let it speak; the nearest of them where they do not."""
    for upper in above:
        heard = _bounded(upper, lower, governs, measure)
        if heard is None:
            return above[-1]
        lower = heard
    return lower


def _bounded(
    upper: Stated[T, Key],
    lower: Stated[T, Key],
    governs: Callable[[T], Binding],
    measure: Callable[[T], Measure],
) -> Stated[T, Key] | None:
    """What ``upper`` leaves of ``lower``; nothing where ``lower`` says what it may not."""
    if upper.value is None or lower.value is None:
        return lower
    binding = governs(upper.value)
    if binding is Binding.NEAREST:
        return lower
    if binding is Binding.OPTION:
        return _choose(upper, lower)
    return lower if _allowed(binding, measure(upper.value), measure(lower.value)) else None


def _allowed(binding: Binding, above: Measure, below: Measure) -> bool:
    if above is None or below is None:
        return above is None
    return below <= above if binding is Binding.CAP else below >= above


def _choose(upper: Stated[T, Key], lower: Stated[T, Key]) -> Stated[T, Key] | None:
    """What ``lower`` picks among the options of ``upper``; nothing if it picks none of them."""
    if not isinstance(upper.value, tuple) or not isinstance(lower.value, tuple):
        return lower if lower.value == upper.value else None
    kept = tuple(entry for entry in lower.value if entry in upper.value)
    return Stated(cast("T", kept), lower.key) if kept else None


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open period: ``end`` is the first day on which it no longer holds."""

    start: date
    end: date | None = None

    @property
    def void(self) -> bool:
        """Withdrawn before it ever held."""
        return self.end is not None and self.end <= self.start

    def holds_on(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Placement:
    """What a new span does to its neighbours: its own end, whom it closes, what resumes after it."""

    span: Span
    closes: int | None = None
    resumes: Span | None = None


class StartTaken(ValueError):
    """Another value already starts on that day."""


def place(new: Span, existing: Sequence[Span]) -> Placement:
    """Fit ``new`` between ``existing`` without overlap and without overwriting any of them.

    The value in force on the new start ends there and, where the new one is bounded, resumes after
    it; a later value keeps its start, which then ends the new one.
    """
    live = [(index, span) for index, span in enumerate(existing) if not span.void]
    if any(span.start == new.start for _, span in live):
        raise StartTaken
    later = min((span.start for _, span in live if span.start > new.start), default=None)
    end = min((day for day in (new.end, later) if day is not None), default=None)
    closed = next(((index, span) for index, span in live if span.holds_on(new.start)), None)
    if closed is None:
        return Placement(Span(new.start, end))
    index, old = closed
    goes_on = end is not None and (old.end is None or end < old.end) and end != later
    return Placement(Span(new.start, end), index, Span(end, old.end) if goes_on and end else None)
