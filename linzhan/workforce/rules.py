"""Pure rules on employments and terms: no ORM, clock or settings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from linzhan.kernel.dated import overlaps


@dataclass(frozen=True, slots=True)
class Spell:
    """One employment: hired on ``begins``, off post from ``ends`` on (None: still employed)."""

    begins: date
    ends: date | None


def starts_anew(begins: date, last_end: date | None) -> bool:
    """A hire on or after the end of the last employment is another employment."""
    return last_end is not None and begins >= last_end


def spell_told(known: Sequence[Spell], begins: date, ends: date | None, *, past: bool) -> date | None:
    """The hire of the known employment that a row speaks of; None where it tells of a new one.

    A row of the current employment corrects the last one known unless it starts anew; an older
    roster speaks of whichever it overlaps.
    """
    if past:
        return next((s.begins for s in known if overlaps(s.begins, s.ends, begins, ends)), None)
    if not known or starts_anew(begins, known[-1].ends):
        return None
    return known[-1].begins


def days_after(period: str, on: date) -> int | None:
    """The day (yyyymmdd) after which hours count on ``on``; None for a rule by registration term."""
    if period == "自然年":
        return on.year * 10_000
    if period == "滚动十二个月":
        return (on.year - 1) * 10_000 + on.month * 100 + on.day
    return None


@dataclass(frozen=True, slots=True)
class Window:
    """Hours count after the day ``after`` and until ``until``, that day included."""

    after: date
    until: date

    @property
    def days(self) -> int:
        return (self.until - self.after).days


def window_of(period: str, term_years: int | None, terms: Iterable[date], on: date) -> Window | None:
    """The time in which a rule wants its hours, as it stands on ``on``; None where it does not apply yet.

    Of registration terms (given by their last days) the last one that has begun counts, over or not.
    """
    if period == "自然年":
        return Window(date(on.year - 1, 12, 31), date(on.year, 12, 31))
    if period == "滚动十二个月":
        return Window(years_before(on, 1), on)
    begun = [Window(years_before(until, term_years or 0), until) for until in terms]
    begun = [window for window in begun if window.after <= on]
    return max(begun, key=lambda window: window.until, default=None)


def years_before(day: date, years: int) -> date:
    """The same day some years earlier; 29 February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def hours_behind(needed: Decimal, done: Decimal, window: Window, on: date) -> Decimal:
    """Hours missing against an even pace through the window (``domain.md`` §3.3), to a tenth."""
    if done >= needed:
        return Decimal(0)
    passed = min(max((on - window.after).days, 0), window.days)
    expected = needed * passed / window.days
    return max(Decimal(0), expected - done).quantize(Decimal("0.1"))
