"""What the clock says of a row that somebody registers now, by a form or a program (SVC-15)."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from linzhan.kernel.registers.declare import Register
from linzhan.kernel.sheets.columns import Origin


def stamps(register: Register) -> dict[str, Any]:
    """The stamped columns of a new row, to the second as a file keeps them."""
    now = timezone.now().replace(microsecond=0)
    return {column.name: now for column in register.sheet.columns if column.origin is Origin.STAMPED}
