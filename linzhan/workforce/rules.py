"""Pure rules on employments and terms: no ORM, clock or settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

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
