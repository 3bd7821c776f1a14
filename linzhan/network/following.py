"""What hangs on a station follows it: residents, postings, files, open things (ADR 0013)."""

from __future__ import annotations

from linzhan.kernel.registers import moving
from linzhan.kernel.registers.declare import REGISTERS, Written


def follow_stations(written: Written) -> None:
    """Have everything placed by the stations that moved or changed hands go with them."""
    moving.follow(REGISTERS["stations"], written.moved, on=written.today)
