"""Writing down who was there (SVC-11, SVC-12, SVC-17)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from linzhan.casework.attendance.selectors import Attendant, Mark, marks_of
from linzhan.casework.together import save_together
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.sheets.columns import PLATFORM_ID

Ticks = Mapping[Attendant, bool]


def take_attendance(ticks: Mapping[UUID, Ticks]) -> int:
    """Write who was there at each record; gives how many lines changed. Lines that say the same are left alone.

    Raises ``TogetherRefused`` or ``AttendanceRefused`` (Chinese) with nothing written.
    """
    with transaction.atomic():
        written = marks_of(ticks)
        rows = [
            line(record, who, present, written[record].get(who))
            for record, people in ticks.items()
            for who, present in people.items()
            if (mark := written[record].get(who)) is None or mark.present != present
        ]
        if rows:
            save_together([(REGISTERS["attendances"], rows)])
    return len(rows)


def line(record: UUID | str, who: Attendant, present: bool, mark: Mark | None = None) -> dict[str, Any]:  # noqa: FBT001 -- the mark itself
    """A row of the register: of ``record`` (its id, or its code where it is written in the same call)."""
    row: dict[str, Any] = {"record": record, "present": present}
    if mark is not None:
        return row | {PLATFORM_ID.name: mark.id, "code": mark.code}
    return row | ({"resident": who.resident} if who.resident else {"name": who.name})
