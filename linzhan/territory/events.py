"""What the territory tells the desks above it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from linzhan.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class RegionsChanged(Event):
    """A dated change of the tree was recorded; rows placed in ``from_codes`` may have to move."""

    kind: str
    on: dt.date
    from_codes: tuple[str, ...]
    to_codes: tuple[str, ...]
