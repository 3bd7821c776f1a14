"""How far a phone's clock can be believed (``domain.md`` §7): pure."""

from __future__ import annotations

from datetime import datetime, timedelta

TOLERANCE = timedelta(minutes=10)
"""The default of the parameter ``casework.clock_tolerance``."""


def offset_of(told: datetime, received: datetime) -> float:
    """Seconds by which the server is ahead of the phone."""
    return (received - told).total_seconds()


def is_trusted(now: float, last: float | None, *, tolerance: timedelta = TOLERANCE) -> bool:
    """Whether the clock was right at this contact and at the one before, so that it was between them."""
    limit = tolerance.total_seconds()
    return abs(now) <= limit and (last is None or abs(last) <= limit)


def believed(
    made_at: datetime, received: datetime, *, trusted: bool, tolerance: timedelta = TOLERANCE
) -> datetime:
    """When something was written down: by the phone's clock where it can be believed, else when it arrived.

    A moment later than the arrival is never believed beyond it.
    """
    if not trusted or made_at > received + tolerance:
        return received
    return min(made_at, received)
