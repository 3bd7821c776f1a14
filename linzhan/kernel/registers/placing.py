"""Where each row belongs: what it says itself, what it refers to, or whoever it is the doing of.

A place out of the scope is refused in the words of one that does not exist.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from linzhan.kernel import places
from linzhan.kernel.registers.batch import Batch
from linzhan.kernel.registers.declare import Where
from linzhan.kernel.registers.doing import at_the_doers, counties_of, is_institution
from linzhan.kernel.registers.resolving import Targets
from linzhan.kernel.scope import current_scope
from linzhan.kernel.sheets.cells import MISSING

Stays = Callable[[Mapping[int, Where]], Mapping[int, str]]
"""Of rows that tell what somebody did with an institution: the division where each is stored already."""


Named = tuple[Where | None, str, tuple[Where, ...]]
"""Where a row belongs, the header of what says so (for messages), and the places that it names."""


def place_rows(batch: Batch, targets: Targets, stays: Stays) -> None:
    """Settle where each row belongs, and refuse those outside the scope (same words as unknown)."""
    named = {i: _place(batch, i) for i in range(batch.size) if not batch.faults[i]}
    for index, (_, header, _) in named.items():
        if (kept := batch.wheres[index]) is not None:
            named[index] = (kept, header, (kept,))
    if not batch.register.place_open:
        targets.counties |= counties_of(where for where, _, _ in named.values() if where is not None)
    if batch.register.by_doer:
        named |= _moved_to_doers(batch, named, targets, stays)
    theirs: dict[str, Where | None] = {}
    for index, found in named.items():
        _settle(batch, index, found, theirs)


def _moved_to_doers(
    batch: Batch, named: Mapping[int, Named], targets: Targets, stays: Stays
) -> dict[int, Named]:
    """Rows placed by an institution: they stay where they are stored, new ones stand where their doer is."""
    done = {
        index: where
        for index, (where, _, _) in named.items()
        if where is not None and batch.wheres[index] is None and is_institution(where)
    }
    stored = stays(done)
    found: dict[int, Named] = {}
    for index, where in done.items():
        at = at_the_doers(where, targets.counties)
        if index in stored:
            at = replace(where, region_code=stored[index])
        found[index] = (at, named[index][1], (at,))
    return found


def _settle(batch: Batch, index: int, found: Named, theirs: dict[str, Where | None]) -> None:
    """Take the place, or note why not; ``theirs`` remembers whose ground a division is."""
    (where, header, named), register, scope = found, batch.register, current_scope()
    if where is None:
        batch.fault(index, header, f"“{header}”没有填写，无法确定这一行属于哪里")
        return
    if not register.place_open and not all(_within(scope, each) for each in named):
        code = where.region_code
        if register.whose is not None and code not in theirs:
            theirs[code] = register.whose(code)
        own = theirs.get(code)
        if own is None:
            batch.fault(index, header, f"未找到“{header}”所指的地方，或它不在您的管辖范围内")
        else:
            where = replace(where, provider_id=own.provider_id, station_id=own.station_id)
    batch.wheres[index] = _along(batch, index, where)
    batch.counties[index] = where.region_code[:6]


def _along(batch: Batch, index: int, where: Where) -> Where:
    """``where`` with the lines of what the row goes along with (money with its project)."""
    values = batch.resolved.get(batch.register.along)
    value = values[index] if values else None
    if type(value) is not Where:
        return where
    return replace(where, provider_id=value.provider_id, station_id=value.station_id)


def _within(scope: Any, where: Where) -> bool:
    if scope.covers_region(where.region_code):
        return True
    return str(where.provider_id or "") in scope.providers or str(where.station_id or "") in scope.stations


def _place(batch: Batch, index: int) -> Named:
    """The first stated of the register's place columns."""
    header = ""
    for name in batch.register.place:
        column = batch.register.column(name)
        header = header or column.header
        values = batch.resolved.get(name)
        value = values[index] if values else MISSING
        if type(value) is str:
            where = Where(UUID(int=0), value, None, None)
            return where, column.header, (where,)
        if type(value) is Where:
            return value, column.header, (value,)
        if type(value) is tuple and value:
            return _joint(value), column.header, value
    return None, header, ()


def _joint(wheres: Sequence[Where]) -> Where:
    """Several places are one: the smallest subtree that holds them all, and what they share."""
    first = wheres[0]
    if len(wheres) == 1:
        return first
    shared = _smallest_common([w.region_code for w in wheres])
    provider = first.provider_id if len({w.provider_id for w in wheres}) == 1 else None
    return Where(first.id, shared, provider, None)


def _smallest_common(codes: Sequence[str]) -> str:
    """The smallest division that covers all of ``codes``; the nation if nothing smaller does."""
    for code in reversed(places.lineage(codes[0])):
        if all(places.covers(code, other) for other in codes):
            return code
    return places.NATION
