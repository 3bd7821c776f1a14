"""What a write leaves behind in its own transaction: stale marks, and that a register is in use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, tzinfo
from typing import Any

from django.utils import timezone

from linzhan.kernel import places
from linzhan.kernel.figures.models import RegisterUse, StaleMark
from linzhan.kernel.jobs.tasks import nudge
from linzhan.kernel.registers.declare import Register
from linzhan.kernel.registers.states import Changed
from linzhan.kernel.scope import current_scope

TOWNSHIP = 4


def mark_written(register: Register, rows: Sequence[Changed], *, today: date) -> None:
    """Mark (township, month) of every written row stale; a moved row marks both places."""
    name, zone = register.happens or register.starts or "", timezone.get_current_timezone()
    written = {
        (values["region_code"], _month(values.get(name) or today, zone))
        for row in rows
        for values in (row.values, row.before)
        if values and values.get("region_code")
    }
    marks = {(places.at_level(code, TOWNSHIP), month) for code, month in written if month}
    StaleMark.objects.bulk_create(
        StaleMark(region_code=code, month=month, register=register.key) for code, month in sorted(marks)
    )
    if marks:
        nudge()


def _month(day: Any, zone: tzinfo) -> date | None:
    """The month from which a row counts: of what happens, of the start of a life, or this one."""
    if isinstance(day, datetime) and day.tzinfo is not zone:
        day = timezone.localtime(day, zone)
    return date(day.year, day.month, 1) if isinstance(day, date) else None


def mark_use(registers: Iterable[str], counties: Iterable[str]) -> None:
    """Registers named in one call are in use in all places the call speaks of (an empty sheet too).

    Where no row says a place, the place of whoever writes counts.
    """
    codes = {places.pad(county.rstrip("0").ljust(6, "0")) for county in counties}
    if not codes:
        codes = {places.county_of(code) for code in current_scope().regions}
    names = sorted(set(registers))
    known = set(
        RegisterUse.objects.filter(register__in=names, region_code__in=codes).values_list(
            "register", "region_code"
        )
    )
    RegisterUse.objects.bulk_create(
        (
            RegisterUse(register=name, region_code=code)
            for name in names
            for code in sorted(codes)
            if (name, code) not in known
        ),
        ignore_conflicts=True,
    )
