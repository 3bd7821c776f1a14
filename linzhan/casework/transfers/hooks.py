"""What follows when residents or services were written."""

from __future__ import annotations

from linzhan.kernel.registers.declare import REGISTERS, Written
from linzhan.kernel.registers.moving import follow_named


def carry_along(written: Written) -> None:
    """What stands where a resident stands goes with them to another station."""
    if written.moved:
        follow_named(REGISTERS["residents"], written.moved, on=written.today)
