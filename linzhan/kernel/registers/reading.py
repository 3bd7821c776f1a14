"""Rows out of a register: the values of its columns, for lists, files, export and the API.

References become the keys of what they refer to, a chunk of rows at a time, so that a page of fifty
rows costs one query per referred-to register and not one per row. What the reader may not see stays
blank. Personal values are masked unless the caller has the right to the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone

from linzhan.kernel import masking, secrecy
from linzhan.kernel.registers.attributes import SECRET_KINDS, attributes
from linzhan.kernel.registers.confiding import without_hidden
from linzhan.kernel.registers.declare import Register, by_sheet, sheets_of_subject
from linzhan.kernel.registers.following import linked_names, named_columns, names_of
from linzhan.kernel.scope import current_scope
from linzhan.kernel.sheets.columns import Column, Kind, Level

CHUNK = 2000
NAMES = frozenset(
    {"name", "guardian", "contact", "legal_representative", "supervisor", "head"}
    | {"emergency_contact", "giver", "witness", "carer", "child_director"}
)
ADDRESSES = frozenset({"address", "hukou_address"})

Targets = Mapping[str, Mapping[UUID, Any]]
Reader = Callable[[Mapping[str, Any], Targets], Any]


@dataclass(frozen=True, slots=True)
class Referred:
    """What a reference points to, as a reader meets it: its key, its name and its own page."""

    register: str
    id: UUID
    key: str
    title: str


def identity_of(value: Any) -> UUID:
    """The id that a reference names: of a row as it is read, as it is stored, or as it came with a step."""
    found = getattr(value, "id", value)
    return found if isinstance(found, UUID) else UUID(str(found))


def standing(register: Register) -> models.QuerySet[Any]:
    """Its rows in scope, without those that have become another one (``Register.merged``)."""
    rows = register.model._default_manager.all()
    return rows.filter(**{f"{register.merged}__isnull": True}) if register.merged else rows


def records(
    register: Register,
    rows: models.QuerySet[Any],
    columns: Sequence[Column] | None = None,
    *,
    whole: bool = False,
    also: Sequence[str] = (),
) -> Iterator[dict[str, Any]]:
    """Each row as ``{"id", "region_code", column name: value}``, and what ``rows`` is annotated with as ``also``.

    A reference is a :class:`Referred` (several: a list of them), a region its 12-digit code, a
    masked value a text with ``*``. ``whole`` gives personal values unmasked (export on the server).
    """
    wanted = tuple(columns if columns is not None else register.sheet.columns)
    own = ("id", "region_code", *also)
    names = [*own, *(a for column in wanted for a in attributes(column))]
    readers = [(column.name, _reader(register, column, whole=whole)) for column in wanted]
    for chunk in _chunks(rows.values(*dict.fromkeys(names))):
        targets = _targets(register, wanted, chunk)
        for row in chunk:
            record = {name: row[name] for name in own}
            for name, read in readers:
                record[name] = read(row, targets)
            yield record


def _chunks(rows: models.QuerySet[Any, dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Rows by the thousand through a cursor on the server; a page is fetched at once."""
    low, high = rows.query.low_mark, rows.query.high_mark
    if high is not None and high - low <= CHUNK:
        yield list(rows)
        return
    stream = iter(rows.iterator(chunk_size=CHUNK))
    while chunk := list(islice(stream, CHUNK)):
        yield chunk


def _reader(register: Register, column: Column, *, whole: bool) -> Reader:
    """How the value of ``column`` is read out of a row and of what its chunk refers to."""
    name = column.name
    if column.kind is Kind.REFERENCE and column.several and name in register.links:
        return lambda row, targets: targets[name].get(row["id"], [])
    if column.kind is not Kind.REFERENCE or column.refers_to.startswith("@"):
        shown = _shower(column, whole=whole)
        return lambda row, _targets: shown(row)
    identity = f"{name}_id"
    if column.refers_to.startswith("?"):
        place = f"{name}_code"
        return lambda row, targets: row[place] if row[identity] is None else targets[name].get(row[identity])
    return lambda row, targets: targets[name].get(row[identity])


def _shower(column: Column, *, whole: bool) -> Callable[[Mapping[str, Any]], Any]:
    name = attributes(column)[0]
    if column.refers_to.startswith("@"):
        return lambda row: without_hidden(column, row[name])
    if column.kind in SECRET_KINDS:
        return lambda row: _opened(row[name], whole=whole)
    if column.kind is Kind.TIME:
        here = timezone.get_current_timezone()
        return lambda row: row[name] if row[name] is None else row[name].astimezone(here)
    if whole or column.level in (Level.L1, Level.L2):
        return itemgetter(name)
    return lambda row: row[name] if row[name] in (None, "") else masked(column, row[name])


def _opened(sealed: bytes, *, whole: bool) -> str:
    text = secrecy.open_sealed(sealed) if sealed else ""
    return text if whole or not text else masking.mask_identity(text)


def masked(column: Column, value: Any) -> Any:
    """``value`` as a reader without the right to the whole sees it (``domain.md`` §19.2)."""
    if column.kind is Kind.PHONE:
        return masking.mask_phone(str(value))
    if column.name in NAMES:
        return masking.mask_name(str(value))
    if column.name in ADDRESSES:
        return masking.mask_address(str(value))
    return "***" if column.kind is Kind.TEXT and column.level is Level.L4 else value


def _targets(
    register: Register, columns: Sequence[Column], chunk: Sequence[Mapping[str, Any]]
) -> dict[str, dict[UUID, Any]]:
    found: dict[str, dict[UUID, Any]] = {}
    for column in columns:
        if column.kind is not Kind.REFERENCE or column.refers_to.startswith("@"):
            continue
        if column.several:
            found[column.name] = _several(register, column, [row["id"] for row in chunk])
        else:
            ids = {row[f"{column.name}_id"] for row in chunk} - {None}
            sheets = [column.refers_to]
            if column.refers_to.startswith("?"):
                sheets = [sheet for sheet in sheets_of_subject(column.refers_to[1:]).values() if sheet]
            found[column.name] = {}
            for sheet in sheets:
                found[column.name].update(_met(by_sheet(sheet), ids))
    return found


def _met(register: Register, ids: set[UUID]) -> dict[UUID, Referred]:
    """What rows refer to; where a reader has only rows of their own, also by what shows to the street."""
    found = look_up(register, ids)
    hidden = ids - found.keys()
    if not hidden or register.sign is None or not current_scope().only_own:
        return found
    signs = register.sign(list(hidden))
    return found | {each: Referred(register.key, each, *sign) for each, sign in signs.items()}


def look_up(register: Register, ids: Iterable[UUID]) -> dict[UUID, Referred]:
    """Key and name of rows by id, within the reader's scope: one query."""
    refer = _referring(register)
    return {identity: refer(identity, title, key) for identity, title, key in names_of(register, ids)}


def named(register: Register, rows: models.QuerySet[Any]) -> list[Referred]:
    """``rows`` as those meet them who refer to them, in their order: one query."""
    refer = _referring(register)
    return [refer(*found) for found in rows.values_list(*named_columns(register))]


def _referring(register: Register) -> Callable[[UUID, Any, Any], Referred]:
    """From (id, title, key as stored) to how the row is referred to."""
    if register.sheet.keys[0].kind not in SECRET_KINDS:
        return lambda identity, title, key: Referred(register.key, identity, str(key), str(title))
    return lambda identity, title, key: Referred(
        register.key, identity, secrecy.open_sealed(key) if key else str(key), str(title)
    )


def _several(register: Register, column: Column, owners: Sequence[UUID]) -> dict[UUID, list[Referred]]:
    target = by_sheet(column.refers_to)
    refer = _referring(target)
    known: dict[UUID, Referred] = {}
    found: dict[UUID, list[Referred]] = defaultdict(list)
    for owner, identity, title, key in linked_names(target, register.links[column.name], owners):
        if identity not in known:  # a page's fifty services are by a handful of people
            known[identity] = refer(identity, title, key)
        found[owner].append(known[identity])
    return found


def cell(value: Any) -> Any:
    """A record's value as a cell of the workbook: keys for references, codes for regions."""
    if isinstance(value, Referred):
        return value.key
    if isinstance(value, list):
        return tuple(cell(each) for each in value)
    return None if value == "" else value
