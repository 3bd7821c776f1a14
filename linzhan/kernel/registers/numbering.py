"""Numbers of rows that nobody numbers by hand: made from the row's own id, so a repeat gets the same one.

A phone without a signal numbers its rows alike: no counter has to be asked.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Final
from uuid import UUID

DIGITS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O and U, which are misread
LENGTH: Final = 6
HERE: Final = timezone(timedelta(hours=8))
NO_DAY: Final = "000000"


def number_of(prefix: str, identity: UUID) -> str:
    """``GA-261122-7K3QZD``: prefix, day of the id's making (Asia/Shanghai), 30 of its random bits.

    An id that does not tell when it was made (another program's) has ``000000`` for the day.
    """
    bits, digits = identity.int, ""
    for _ in range(LENGTH):
        digits, bits = DIGITS[bits & 31] + digits, bits >> 5
    return f"{prefix}-{_day_of(identity)}-{digits}"


def _day_of(identity: UUID) -> str:
    if identity.version != 7:
        return NO_DAY
    try:
        made = datetime.fromtimestamp((identity.int >> 80) / 1000, UTC).astimezone(HERE)
    except (ValueError, OverflowError, OSError):  # a time that no calendar has
        return NO_DAY
    return f"{made:%y%m%d}"
