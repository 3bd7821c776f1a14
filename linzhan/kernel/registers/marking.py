"""What a write leaves behind in its own transaction: stale marks, and that a register is in use.

Each transaction leaves marks of its own, also where the same place and month is marked already: a mark
shared by two writers would make the second wait for the first, and a refresh that counted before the
second's commit would take the shared mark away with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, tzinfo
from itertools import chain
from typing import Any

from django.utils import timezone

from linzhan.kernel import places
from linzhan.kernel.ids import uuid7, uuid7_many
from linzhan.kernel.jobs.tasks import nudge
from linzhan.kernel.registers.declare import Register
from linzhan.kernel.registers.states import Changed
from linzhan.kernel.scope import current_scope
from linzhan.kernel.statements import Sheaf

TOWNSHIP = 4
MARK = "INSERT INTO kernel_stalemark (id, region_code, month, register) VALUES "
USE = """
INSERT INTO kernel_registeruse (id, register, region_code, since)
SELECT wanted.id, wanted.register, wanted.region_code, now()
FROM unnest(%s::uuid[], %s::text[], %s::text[]) AS wanted (id, register, region_code)
WHERE NOT EXISTS (
    SELECT FROM kernel_registeruse u WHERE u.register = wanted.register AND u.region_code = wanted.region_code
) ON CONFLICT DO NOTHING
"""


def mark_written(
    register: Register, rows: Sequence[Changed], *, today: date, sheaf: Sheaf | None = None
) -> None:
    """Mark (township, month) of every written row stale; a moved row marks both places.

    The marks go into ``sheaf``; without one they are written here. Of rows in a circle nothing is marked:
    anybody may read marks, and no figure counts such rows.
    """
    if register.in_circle:
        return
    name, zone = register.happens or register.starts or "", timezone.get_current_timezone()
    written = {
        (values["region_code"], values.get(name) or today)
        for row in rows
        for values in (row.values, row.before)
        if values and values.get("region_code")
    }
    months = {(code, _month(day, zone)) for code, day in written}
    marks = sorted({(places.at_level(code, TOWNSHIP), month) for code, month in months if month})
    if marks:
        values = ((uuid7(), code, month, register.key) for code, month in marks)
        own = sheaf or Sheaf()
        own.add(MARK + ", ".join(["(%s, %s, %s, %s)"] * len(marks)), chain.from_iterable(values))
        if sheaf is None:
            own.send()
        nudge()


def _month(day: Any, zone: tzinfo) -> date | None:
    """The month from which a row counts: of what happens, of the start of a life, or this one."""
    if isinstance(day, datetime) and day.tzinfo is not zone:
        day = timezone.localtime(day, zone)
    return date(day.year, day.month, 1) if isinstance(day, date) else None


def mark_use(registers: Iterable[str], counties: Iterable[str], sheaf: Sheaf | None = None) -> None:
    """Registers named in one call are in use in all places the call speaks of (an empty sheet too).

    Where no row says a place, the place of whoever writes counts. Goes into ``sheaf`` as marks do.
    """
    codes = {places.pad(county.rstrip("0").ljust(6, "0")) for county in counties}
    if not codes:
        codes = {places.county_of(code) for code in current_scope().regions}
    pairs = [(name, code) for name in sorted(set(registers)) for code in sorted(codes)]
    if pairs:
        names, of = zip(*pairs, strict=True)
        own = sheaf or Sheaf()
        own.add(USE, [uuid7_many(len(pairs)), list(names), list(of)])
        if sheaf is None:
            own.send()
