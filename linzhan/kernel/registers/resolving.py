"""From texts to rows: regions, code lists and references, over the whole file and the stored data.

A row that refers to a rejected row is rejected too, whatever the order of sheets and rows. A key
that exists out of the reader's scope gets exactly the answer of one that does not exist.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol
from uuid import UUID

from linzhan.kernel import places
from linzhan.kernel.registers.attributes import key_attribute, stored_key
from linzhan.kernel.registers.batch import Batch
from linzhan.kernel.registers.declare import (
    Register,
    Where,
    by_sheet,
    codes_of,
    sheets_of_subject,
)
from linzhan.kernel.registers.layout import layout_of
from linzhan.kernel.scope import current_scope
from linzhan.kernel.sheets.cells import CLEAR, MISSING, CellFault
from linzhan.kernel.sheets.columns import Column, Kind
from linzhan.kernel.statements import look_up

EMPTY = (MISSING, CLEAR)


class RegionResolver(Protocol):
    """What the territory lends: texts to codes, or to a Chinese sentence that says what is wrong."""

    def resolve_many(self, texts: Iterable[str]) -> Mapping[str, str | CellFault]: ...


_region_resolver: list[RegionResolver] = []


def lend_region_resolver(resolver: RegionResolver) -> None:
    """The territory hands over its look-up at start-up (the kernel knows no divisions)."""
    _region_resolver[:] = [resolver]


def region_codes(texts: Iterable[str]) -> Mapping[str, str | CellFault]:
    """Code of each text, or the fault; needs the territory to be installed."""
    return _region_resolver[0].resolve_many(texts)


class Targets:
    """Rows that can be referred to: good rows of this call, then stored rows within the scope.

    A key may stand for several rows of different counties; :meth:`find` prefers the asker's.
    """

    def __init__(self) -> None:
        self.filed: dict[str, dict[str, list[Where]]] = defaultdict(lambda: defaultdict(list))
        self.stored: dict[str, dict[str, list[Where]]] = defaultdict(dict)
        self.by_id: dict[str, dict[UUID, Where]] = defaultdict(dict)

    def add(self, sheet: str, key: str, where: Where) -> None:
        self.filed[sheet][key].append(where)

    def unknown(self, register: Register, keys: Iterable[str]) -> dict[str, str]:
        """Those of ``keys`` that were not asked for yet, by the text that the table keeps."""
        known = self.stored[register.sheet.name]
        return {stored_key(register, key): key for key in dict.fromkeys(keys) if key not in known}

    def learn(self, register: Register, wanted: Mapping[str, str], rows: Iterable[tuple[str, Where]]) -> None:
        """Take in the stored rows of the ``wanted`` keys (:meth:`unknown`): what is not among them is not there."""
        known = self.stored[register.sheet.name]
        known.update((key, []) for key in wanted.values())
        for stored, where in rows:
            known[wanted[stored]].append(where)

    def load(self, register: Register, keys: Iterable[str]) -> None:
        """Fetch the stored rows of ``keys`` that are not known yet: one query per 5,000."""
        wanted = self.unknown(register, keys)
        if wanted:
            self.learn(register, wanted, _places_of(register, key_attribute(register), list(wanted)))

    def load_ids(self, register: Register, ids: Iterable[UUID]) -> None:
        """Fetch the stored rows of these ids: references that a program gives by id."""
        known = self.by_id[register.sheet.name]
        wanted = [identity for identity in dict.fromkeys(ids) if identity not in known]
        if wanted:
            known.update({where.id: where for _, where in _places_of(register, "id", wanted)})

    def find(self, sheet: str, key: str | UUID, county: str) -> Where | str:
        """The row meant by ``key`` (or by its id), or a Chinese sentence."""
        if type(key) is UUID:
            return (
                self.by_id[sheet].get(key) or f"在“{sheet}”中找不到“{key}”,请先登记它(或改正本行),再重新导入"
            )
        assert isinstance(key, str)
        filed = self.filed[sheet].get(key, [])
        stored = [w for w in self.stored[sheet].get(key, []) if all(w.id != f.id for f in filed)]
        found = filed + stored
        if len(found) > 1 and county:
            found = [where for where in found if where.region_code[:6] == county] or found
        if len(found) == 1:
            return found[0]
        if not found:
            return f"在“{sheet}”中找不到“{key}”,请先登记它(或改正本行),再重新导入"
        return f"“{key}”在多个县的“{sheet}”中都有,无法判断是哪一个,请分县导入"


def _places_of(register: Register, attribute: str, wanted: Sequence[Any]) -> Iterable[tuple[Any, Where]]:
    places_kept = layout_of(register).places
    for key, identity, *at in look_up(register.model, attribute, wanted, (attribute, "id", *places_kept)):
        given = dict(zip(places_kept, at, strict=True))
        yield (
            key,
            where_of(
                register, identity, given["region_code"], given.get("provider_id"), given.get("station_id")
            ),
        )


def where_of(
    register: Register, identity: UUID, region_code: str, provider_id: UUID | None, station_id: UUID | None
) -> Where:
    """The place of a stored row; a station stands for itself, and so does an institution."""
    return Where(
        identity,
        region_code,
        identity if register.stands_for == "provider" else provider_id,
        identity if register.stands_for == "station" else station_id,
    )


def resolve(batch: Batch, targets: Targets) -> None:
    """Fill ``batch.resolved`` for every region, code list and reference column; note faults."""
    for column in batch.register.sheet.columns:
        if column.name not in batch.columns:
            continue
        if column.kind is Kind.REGION:
            _resolve_regions(batch, column)
        elif column.kind is Kind.REFERENCE and column.refers_to.startswith("@"):
            _resolve_codes(batch, column)
    _own_counties(batch)
    own = batch.register.sheet.name
    place = batch.register.place
    # What says where a row belongs comes first: its county decides between equal keys of other columns.
    for column in sorted(batch.register.sheet.columns, key=lambda each: each.name not in place):
        if column.name in batch.columns and column.kind is Kind.REFERENCE and column.refers_to != own:
            if column.refers_to.startswith("?"):
                _resolve_subjects(batch, column, targets)
            elif not column.refers_to.startswith("@"):
                _resolve_references(batch, column, by_sheet(column.refers_to), targets)


def _resolve_regions(batch: Batch, column: Column) -> None:
    values = batch.columns[column.name]
    codes = region_codes({value for value in values if type(value) is str})
    out: list[Any] = []
    for index, value in enumerate(values):
        code = codes[value] if type(value) is str else value
        if type(code) is CellFault:
            if type(value) is str:
                batch.fault(index, column.header, code.message)
            code = MISSING
        out.append(code)
    batch.resolved[column.name] = out


def _resolve_codes(batch: Batch, column: Column) -> None:
    codes = codes_of(column.refers_to)
    out: list[Any] = []
    for index, value in enumerate(batch.columns[column.name]):
        if value in EMPTY or type(value) is CellFault:
            out.append(value)
            continue
        texts = value if column.several else (value,)
        unknown = [text for text in texts if text not in codes]
        if unknown:
            batch.fault(
                index, column.header, f"“{column.header}”中没有“{'、'.join(unknown)}”,请填目录里的代码或名称"
            )
            out.append(MISSING)
        else:
            found = tuple(dict.fromkeys(codes[text] for text in texts))
            out.append(found if column.several else found[0])
    batch.resolved[column.name] = out


def _own_counties(batch: Batch) -> None:
    """The county a row itself names, to tell equal keys of different counties apart."""
    for name in batch.register.place:
        if batch.register.column(name).kind is Kind.REGION and name in batch.resolved:
            for index, code in enumerate(batch.resolved[name]):
                if type(code) is str and not batch.counties[index]:
                    batch.counties[index] = code[:6]


def _resolve_references(batch: Batch, column: Column, target: Register, targets: Targets) -> None:
    values = batch.columns[column.name]
    _load(targets, target, values)
    known: dict[Any, Any] = {}
    out = [
        value if value is MISSING else _look_up(batch, index, column, target, value, targets, known)
        for index, value in enumerate(values)
    ]
    batch.resolved[column.name] = out
    if column.name in batch.register.place:
        for index, where in enumerate(out):
            if type(where) is Where and not batch.counties[index]:
                batch.counties[index] = where.region_code[:6]


def _load(targets: Targets, target: Register, values: Iterable[Any]) -> None:
    wanted: set[Any] = set()
    for value in values:
        if type(value) is tuple:
            wanted.update(value)
        elif type(value) is str or type(value) is UUID:
            wanted.add(value)
    ids = {value for value in wanted if type(value) is UUID}
    targets.load(target, wanted - ids)
    if ids:
        targets.load_ids(target, ids)


def _look_up(
    batch: Batch,
    index: int,
    column: Column,
    target: Register,
    value: Any,
    targets: Targets,
    known: dict[Any, Any],
) -> Any:
    """The rows that ``value`` names, or a fault; ``known`` remembers values by county, for many repeat."""
    if type(value) is Where:  # a service names the row itself
        return value
    if value in EMPTY or type(value) is CellFault:
        return MISSING if type(value) is CellFault else value
    asked = (value, batch.counties[index])
    if asked not in known:
        known[asked] = _found(column, target, value, batch.counties[index], targets)
    found = known[asked]
    if type(found) is str:
        batch.fault(index, column.header, found)
        return MISSING
    return found


def _found(column: Column, target: Register, value: Any, county: str, targets: Targets) -> Any:
    found: dict[UUID, Where] = {}
    for key in value if type(value) is tuple else (value,):
        where = targets.find(target.sheet.name, key, county)
        if not isinstance(where, Where):
            return where
        found[where.id] = where
    wheres = tuple(found.values())
    return wheres if column.several else wheres[0]


def _resolve_subjects(batch: Batch, column: Column, targets: Targets) -> None:
    sheets = sheets_of_subject(column.refers_to[1:])
    kinds = batch.columns[column.refers_to[1:]]
    values = batch.columns[column.name]
    out: list[Any] = [MISSING] * batch.size
    for kind, sheet in sheets.items():
        rows = [i for i in range(batch.size) if kinds[i] == kind and type(values[i]) in (str, UUID)]
        if sheet:
            target = by_sheet(sheet)
            _load(targets, target, (values[i] for i in rows))
            known: dict[Any, Any] = {}
            for i in rows:
                out[i] = _look_up(batch, i, column, target, values[i], targets, known)
        else:
            codes = region_codes({str(values[i]) for i in rows})
            for i in rows:
                out[i] = _region_subject(batch, i, column, codes[str(values[i])])
    batch.resolved[column.name] = out


def _region_subject(batch: Batch, index: int, column: Column, code: str | CellFault) -> Any:
    if type(code) is CellFault:
        batch.fault(index, column.header, code.message)
        return MISSING
    return Where(UUID(int=0), str(code), None, None)


def resolve_own_references(batch: Batch, targets: Targets) -> None:
    """References of a sheet to itself (上级站点编号): until nothing more falls away."""
    register = batch.register
    own = [
        c for c in register.sheet.columns if c.refers_to == register.sheet.name and c.name in batch.columns
    ]
    for column in own:
        values = batch.columns[column.name]
        _load(targets, register, values)
        batch.resolved[column.name] = [MISSING] * batch.size
        keys: dict[str, list[int]] = defaultdict(list)
        for index, (key, *_) in enumerate(batch.keys()):
            keys[key].append(index)
        changed = True
        while changed:
            changed = False
            for index, value in enumerate(values):
                if index in batch.faults or type(value) not in (str, UUID):
                    batch.resolved[column.name][index] = value if value is CLEAR else MISSING
                    continue
                where = _own_target(batch, keys.get(value, ()), value, targets, index)
                if type(where) is str:
                    batch.fault(index, column.header, where)
                    changed = True
                else:
                    batch.resolved[column.name][index] = where


def _own_target(
    batch: Batch, rows: Sequence[int], key: str | UUID, targets: Targets, asker: int
) -> Where | str:
    for row in rows:
        identity = batch.ids[row]  # given when rows were matched; a mere repeat has none
        if identity and row not in batch.faults and batch.counties[row] == batch.counties[asker]:
            return Where(identity, batch.counties[row].ljust(places.LENGTH, "0"), None, None)
    return targets.find(batch.register.sheet.name, key, batch.counties[asker])


def place_rows(batch: Batch) -> None:
    """Settle where each row belongs, and refuse those outside the scope (same words as unknown)."""
    register, scope = batch.register, current_scope()
    header = register.column(register.place[0]).header
    columns = [(register.column(name).header, batch.resolved.get(name)) for name in register.place]
    settled: dict[int, tuple[Where | None, bool]] = {}  # many rows share the very same value
    for index in range(batch.size):
        if index in batch.faults:
            continue
        value, told = _stated_place(columns, index) or (None, header)
        if id(value) not in settled:
            where, named = _places_named(value)
            settled[id(value)] = where, all(_within(scope, each) for each in named)
        where, within = settled[id(value)]
        kept = batch.wheres[index]
        if kept is not None:
            where, within = kept, _within(scope, kept)
        if where is None:
            batch.fault(index, told, f"“{told}”没有填写,无法确定这一行属于哪里")
            continue
        if not (within or register.place_open):
            batch.fault(index, told, f"未找到“{told}”所指的地方,或它不在您的管辖范围内")
        batch.wheres[index] = where
        batch.counties[index] = where.region_code[:6]


def _within(scope: Any, where: Where) -> bool:
    if scope.covers_region(where.region_code):
        return True
    return str(where.provider_id or "") in scope.providers or str(where.station_id or "") in scope.stations


def _stated_place(columns: Iterable[tuple[str, Sequence[Any] | None]], index: int) -> tuple[Any, str] | None:
    """The first stated of the register's place columns, with its header for messages."""
    for header, values in columns:
        value = values[index] if values else MISSING
        if type(value) is Where or type(value) is str or (type(value) is tuple and value):
            return value, header
    return None


def _places_named(value: Any) -> tuple[Where | None, tuple[Where, ...]]:
    """Where a row of this value belongs, and all places that the value names."""
    if type(value) is str:
        value = Where(UUID(int=0), value, None, None)
    if type(value) is Where:
        return value, (value,)
    return (_joint(value), value) if value else (None, ())


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
