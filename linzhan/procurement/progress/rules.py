"""How far a contract has come, on plain values: expected by today, lag, forecast to the end of the term.

**The method.** Time is linear: by a day somebody expects the share of a target that the days passed are of all
days of the term, both ends included. A target that adds up (visits) is forecast by its own pace until today,
carried on to the last day; seasons, holidays and starting up are not allowed for, so that everybody can redo the
sum. What does not add up (satisfaction) is expected whole on every day and forecast as it stands. Too early in
the term there is no forecast. A contract's progress is the weighted mean of its targets, each at most whole; lag
is progress over time passed (TGT-12, ``domain.md`` §5.5).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

WHOLE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Term:
    """The term of a contract, both days included."""

    starts_on: date
    ends_on: date

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1

    def passed(self, on: date) -> int:
        """Days of the term until ``on``, that one included."""
        return max(0, min((on - self.starts_on).days + 1, self.days))

    def elapsed(self, on: date) -> Fraction:
        return Fraction(self.passed(on), self.days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One target: how much, and how much of it was done; None where nobody knows."""

    metric: str
    quantity: Decimal
    done: Decimal | None
    adds_up: bool = True
    weight: int = 1
    tolerance: Decimal = Decimal(0)
    stated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a day says of one target. ``expected`` and ``forecast`` are in its own unit."""

    target: Target
    share: Fraction | None
    expected: Fraction
    forecast: Fraction | None
    met: bool
    behind: bool


def line(target: Target, term: Term, on: date, *, least_days: int) -> Line:
    elapsed = term.elapsed(on)
    quantity = Fraction(target.quantity)
    expected = quantity * elapsed if target.adds_up else quantity
    if target.done is None or not quantity:
        return Line(target=target, share=None, expected=expected, forecast=None, met=False, behind=False)
    done = Fraction(target.done)
    enough = quantity * (1 - Fraction(target.tolerance) / 100)
    return Line(
        target=target,
        share=done / quantity,
        expected=expected,
        forecast=_forecast(target, done, term, on, least_days),
        met=done >= enough,
        behind=done < expected * (1 - Fraction(target.tolerance) / 100),
    )


def _forecast(target: Target, done: Fraction, term: Term, on: date, least_days: int) -> Fraction | None:
    if not target.adds_up or term.passed(on) >= term.days:
        return done
    passed = term.passed(on)
    return done * term.days / passed if passed >= max(least_days, 1) else None


def progress(lines: Sequence[Line]) -> Fraction | None:
    """The weighted mean of the shares, each at most whole; what nobody knows counts as not done."""
    return _mean([(line.target.weight, line.share or Fraction(0)) for line in lines])


def forecast(lines: Sequence[Line]) -> Fraction | None:
    """Progress on the last day, by each target's own forecast; None where one has none."""
    shares = []
    for each in lines:
        if each.forecast is None and each.target.done is not None:
            return None
        whole = Fraction(each.target.quantity) or WHOLE
        shares.append((each.target.weight, (each.forecast or Fraction(0)) / whole))
    return _mean(shares)


def lag(done: Fraction | None, elapsed: Fraction) -> Fraction | None:
    """Progress over time passed; before the term has begun there is none."""
    return None if done is None or not elapsed else done / elapsed


def _mean(shares: Sequence[tuple[int, Fraction]]) -> Fraction | None:
    weight = sum(each for each, _share in shares)
    if not weight:
        return None
    return sum((each * min(share, WHOLE) for each, share in shares), Fraction(0)) / weight


@dataclass(frozen=True, slots=True)
class Due:
    """A milestone as far as time goes."""

    due_on: date
    done_on: date | None
    explained: bool


def late(milestones: Sequence[Due], on: date) -> int:
    """How many were due before the day and are not reached."""
    return sum(each.done_on is None and each.due_on < on for each in milestones)


def unexplained(milestones: Sequence[Due], on: date) -> int:
    """How many of these nobody has given a reason for."""
    return sum(each.done_on is None and each.due_on < on and not each.explained for each in milestones)
