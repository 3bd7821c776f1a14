"""When a record counts as written down, and what becomes of it then. Pure rules on plain values."""

from __future__ import annotations

from datetime import date, datetime


def entered(made_at: datetime | None, received_at: datetime, *, clock_ok: bool) -> datetime:
    """When a record that a phone sent was written down (``domain.md`` §7: being offline is not late by itself).

    The device's own time where its clock was trusted at the last synchronisation, never later than
    the arrival; without a trusted clock the arrival.
    """
    if made_at is None or not clock_ok:
        return received_at
    return min(made_at, received_at)


def previous_month(on: date) -> date:
    """The first day of the month before that of ``on``."""
    return date(on.year - (on.month == 1), (on.month - 2) % 12 + 1, 1)


def due_to_lock(on: date, lock_day: int) -> date | None:
    """The month that a county with this day of the month closes on ``on``, if any: the one before."""
    return previous_month(on) if on.day >= lock_day > 0 else None
