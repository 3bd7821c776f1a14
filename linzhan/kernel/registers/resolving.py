"""From texts to rows: regions, code lists and references, over the whole file and the stored data.

A row that refers to a rejected row is rejected too, whatever the order of sheets and rows. A key
that exists out of the reader's scope gets exactly the answer of one that does not exist.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
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
from linzhan.kernel.registers.meaning import meant
from linzhan.kernel.sheets.cells import CLEAR, MISSING, CellFault
from linzhan.kernel.sheets.columns import Column, Kind
from linzhan.kernel.statements import look_up

NEAREST = 3  # names told beside one that no list has
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
        self.counties: set[str] = set()  # of which the rows of this call speak
        self.rejected: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))

    def reject(self, sheet: str, key: str, county: str) -> None:
        """A rejected row of this call: who means it must not be given another county's of the same key."""
        if key and county:
            self.rejected[sheet][key].add(county)

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
            known.update(dict(_places_of(register, "id", wanted)))

    def find(self, sheet: str, key: str | UUID, county: str) -> Where | str:
        """The row meant by ``key`` (or by its id), or a Chinese sentence."""
        if type(key) is UUID:
            return (
                self.by_id[sheet].get(key)
                or f"在“{sheet}”中找不到“{key}”，请先登记它（或改正本行），再重新导入"
            )
        assert isinstance(key, str)
        filed = self.filed[sheet].get(key, [])
        stored = [w for w in self.stored[sheet].get(key, []) if all(w.id != f.id for f in filed)]
        found = filed + stored
        lost = self.rejected[sheet].get(key, set()) - {where.region_code[:6] for where in found}
        if county in lost or (lost and not county):
            found = []
        return meant(by_sheet(sheet), key, found, county)


def _places_of(register: Register, attribute: str, wanted: Sequence[Any]) -> Iterable[tuple[Any, Where]]:
    places_kept = layout_of(register).places
    merged = (register.merged,) if register.merged else ()
    names = (attribute, "id", *places_kept, *merged)
    doubles: dict[UUID, list[Any]] = defaultdict(list)
    for key, identity, *at in look_up(register.model, attribute, wanted, names):
        given = dict(zip((*places_kept, *merged), at, strict=True))
        if stands := given.get(register.merged):
            doubles[stands].append(key)
            continue
        yield (
            key,
            where_of(
                register, identity, given["region_code"], given.get("provider_id"), given.get("station_id")
            ),
        )
    yield from instead(register, doubles)


def instead(register: Register, doubles: Mapping[UUID, Sequence[Any]]) -> Iterator[tuple[Any, Where]]:
    """Who names a row that has become another (``Register.merged``) means that one."""
    if doubles:
        for identity, where in _places_of(register, "id", list(doubles)):
            yield from ((key, where) for key in doubles[identity])


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
    told: dict[tuple[str, ...], str] = {}
    out: list[Any] = []
    for index, value in enumerate(batch.columns[column.name]):
        if value in EMPTY or type(value) is CellFault:
            out.append(value)
            continue
        texts = value if column.several else (value,)
        unknown = tuple(text for text in texts if text not in codes)
        if unknown:
            if unknown not in told:
                told[unknown] = _not_listed(column.header, unknown, codes)
            batch.fault(index, column.header, told[unknown])
            out.append(MISSING)
        else:
            found = tuple(dict.fromkeys(codes[text] for text in texts))
            out.append(found if column.several else found[0])
    batch.resolved[column.name] = out


def _not_listed(header: str, unknown: Sequence[str], codes: Mapping[str, str]) -> str:
    """What is wrong, and what may have been meant: a guess is for the reader to take, never for us."""
    near = {f"{name}（{codes[name]}）" for text in unknown for name in _near(text, codes)}
    told = f"“{header}”中没有“{'、'.join(unknown)}”，请填目录里的代码或名称"
    return f"{told}；相近的有：{'、'.join(sorted(near))}" if near else told


def _near(text: str, codes: Mapping[str, str]) -> list[str]:
    names = [name for name in codes if name != codes[name]]
    within = [name for name in names if len(text) > 1 and (text in name or name in text)]
    return within[:NEAREST] or get_close_matches(text, names, NEAREST)


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
    sheet = batch.register.sheet.name
    if isinstance(key, UUID):
        return targets.find(sheet, key, batch.counties[asker])
    county, here = batch.counties[asker], dict[UUID, Where]()
    for row in rows:
        identity = batch.ids[row]  # given when rows were matched; a mere repeat has none
        if identity and row not in batch.faults:
            code = batch.counties[row].ljust(places.LENGTH, "0")
            here[identity] = Where(identity, code, None, None)
    found = [*here.values(), *(w for w in targets.stored[sheet].get(key, ()) if w.id not in here)]
    if any(row in batch.faults and batch.counties[row] == county for row in rows):
        found = [where for where in found if where.region_code[:6] == county]
    return meant(batch.register, key, found, county)
