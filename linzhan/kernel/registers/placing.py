"""Where each row belongs: what it says itself, what it refers to, or whoever it is the doing of.

A place out of the scope is refused in the words of one that does not exist.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast
from uuid import UUID

from linzhan.kernel import places
from linzhan.kernel.registers.batch import Batch
from linzhan.kernel.registers.declare import Register, Where
from linzhan.kernel.registers.doing import at_the_doers, counties_of, is_institution
from linzhan.kernel.registers.resolving import Targets
from linzhan.kernel.scope import Scope, ScopedModel, current_scope, place_columns
from linzhan.kernel.sheets.cells import MISSING

Stays = Callable[[Mapping[int, Where]], Mapping[int, str]]
"""Of rows that tell what somebody did with an institution: the division where each is stored already."""


Named = tuple[Where | None, str, tuple[Where, ...]]
"""Where a row belongs, the header of what says so (for messages), and the places that it names."""


def place_rows(batch: Batch, targets: Targets, stays: Stays) -> None:
    """Settle where each row belongs, and refuse those outside the scope (same words as unknown)."""
    named = _named(batch)
    if not batch.register.place_open:
        spoken = {id(found[0]): found[0] for found in named.values() if found[0] is not None}
        targets.counties |= counties_of(spoken.values())
    if batch.register.by_doer:
        named |= _moved_to_doers(batch, named, targets, stays)
    settled: dict[int, Where | None] = {}
    for index, found in named.items():
        _settle(batch, index, found, settled)


def _named(batch: Batch) -> dict[int, Named]:
    """The places that good rows name; many rows share the very same value."""
    register = batch.register
    header = register.column(register.place[0]).header
    columns = [(register.column(name).header, batch.resolved.get(name)) for name in register.place]
    known: dict[tuple[int, str], Named] = {}
    found: dict[int, Named] = {}
    for index in range(batch.size):
        if index in batch.faults:
            continue
        value, told = _stated_place(columns, index) or (None, header)
        if (same := (id(value), told)) not in known:
            known[same] = _places_named(value, told)
        kept = batch.wheres[index]
        found[index] = known[same] if kept is None else (kept, told, (kept,))
    return found


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


def _settle(batch: Batch, index: int, found: Named, settled: dict[int, Where | None]) -> None:
    """Take the place, or note why not; ``settled`` remembers by identity what was found of shared ones."""
    where, header, _ = found
    if where is None:
        batch.fault(index, header, f"“{header}”没有填写，无法确定这一行属于哪里")
        return
    if id(found) not in settled:
        settled[id(found)] = _allowed(batch, found)
    allowed = settled[id(found)]
    if allowed is None:
        batch.fault(index, header, f"未找到“{header}”所指的地方，或它不在您的管辖范围内")
    batch.wheres[index] = _along(batch, index, allowed or where)
    batch.counties[index] = where.region_code[:6]


def _allowed(batch: Batch, found: Named) -> Where | None:
    """Where rows of such a place go, with whose ground it is; None out of the writer's authority."""
    (where, _, named), register, scope = found, batch.register, current_scope()
    assert where is not None
    if register.place_open or all(_within(scope, register, each) for each in named):
        return where
    own = register.whose(where.region_code) if register.whose is not None else None
    return own and replace(where, provider_id=own.provider_id, station_id=own.station_id)


def _along(batch: Batch, index: int, where: Where) -> Where:
    """``where`` with the lines of what the row goes along with (money with its project)."""
    values = batch.resolved.get(batch.register.along)
    value = values[index] if values else None
    if type(value) is not Where:
        return where
    return replace(where, provider_id=value.provider_id, station_id=value.station_id)


def _within(scope: Scope, register: Register, where: Where) -> bool:
    """Whether the writer's area covers it, or a line of theirs that rows of this register keep."""
    if scope.covers_region(where.region_code):
        return True
    lines = place_columns(cast("type[ScopedModel]", register.model))
    provider = "provider" in lines and str(where.provider_id or "") in scope.providers
    return provider or ("station" in lines and str(where.station_id or "") in scope.stations)


def _stated_place(columns: Iterable[tuple[str, Sequence[Any] | None]], index: int) -> tuple[Any, str] | None:
    """The first stated of the register's place columns, with its header for messages."""
    for header, values in columns:
        value = values[index] if values else MISSING
        if type(value) is Where or type(value) is str or (type(value) is tuple and value):
            return value, header
    return None


def _places_named(value: Any, header: str) -> Named:
    """Where a row of this value belongs, and all places that the value names."""
    if type(value) is str:
        value = Where(UUID(int=0), value, None, None)
    if type(value) is Where:
        return value, header, (value,)
    return (_joint(value), header, value) if value else (None, header, ())


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
