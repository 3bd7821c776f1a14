"""What a home survey found needed, told to the desk that keeps the list of needs (OBJ-06, LST-01).

That desk stands above casework, so it registers itself here; it is called in the survey's transaction, and
a survey that cannot be turned into needs is not saved.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """One need: ``code`` stays the same when the survey is corrected. ``urgency`` is 1 to 4, 4 the most urgent."""

    code: str
    resident_id: UUID
    station_id: UUID
    region_code: str
    kind: str
    content: str
    urgency: int
    raised_on: date


Taker = Callable[[Sequence[Found]], None]
_takers: list[Taker] = []


def takes_needs(taker: Taker) -> Taker:
    """Register who takes the needs that surveys find; there is one list of needs."""
    if _takers and _takers[0] is not taker:
        raise ValueError("needs are taken by one desk")
    _takers[:] = [taker]
    return taker


def give(found: Sequence[Found]) -> None:
    """Hand them over, all of one call together."""
    if not found:
        return
    if not _takers:
        raise LookupError("no desk takes the needs that surveys find")
    _takers[0](found)
