"""Rows out of a register: the values of its columns, for lists, files, export and the API.

References become the keys of what they refer to, a chunk of rows at a time, so that a page of fifty
rows costs one query per referred-to register and not one per row. What the reader may not see stays
blank. Personal values are masked unless the caller has the right to the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone

from linzhan.kernel import masking, secrecy
from linzhan.kernel.registers.attributes import SECRET_KINDS, attributes, key_attribute
from linzhan.kernel.registers.declare import Register, by_sheet, sheets_of_subject
from linzhan.kernel.scope import current_scope
from linzhan.kernel.sheets.columns import Column, Kind, Level

CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Referred:
    """What a reference points to, as a reader meets it: its key, its name and its own page."""

    register: str
    id: UUID
    key: str
    title: str


def records(
    register: Register,
    rows: models.QuerySet[Any],
    columns: Sequence[Column] | None = None,
    *,
    whole: bool = False,
) -> Iterator[dict[str, Any]]:
    """Each row as ``{"id", "region_code", column name: value}``.

    A reference is a :class:`Referred` (several: a list of them), a region its 12-digit code, a
    masked value a text with ``*``. ``whole`` gives personal values unmasked (export on the server).
    """
    wanted = tuple(columns if columns is not None else register.sheet.columns)
    names = ["id", "region_code", *(a for column in wanted for a in attributes(column))]
    stream = iter(rows.values(*dict.fromkeys(names)).iterator(chunk_size=CHUNK))
    while chunk := list(islice(stream, CHUNK)):
        targets = _targets(register, wanted, chunk)
        for row in chunk:
            yield _record(register, wanted, row, targets, whole=whole)


def _record(
    register: Register,
    columns: Sequence[Column],
    row: Mapping[str, Any],
    targets: Mapping[str, Mapping[UUID, Any]],
    *,
    whole: bool,
) -> dict[str, Any]:
    out: dict[str, Any] = {"id": row["id"], "region_code": row["region_code"]}
    for column in columns:
        if column.kind is Kind.REFERENCE and column.several and column.name in register.links:
            out[column.name] = targets[column.name].get(row["id"], [])
        elif column.kind is Kind.REFERENCE and not column.refers_to.startswith("@"):
            out[column.name] = _one(column, row, targets)
        else:
            out[column.name] = shown_value(column, row, whole=whole)
    return out


def _one(column: Column, row: Mapping[str, Any], targets: Mapping[str, Mapping[UUID, Any]]) -> Any:
    identity = row[f"{column.name}_id"]
    if identity is None and column.refers_to.startswith("?"):
        return row[f"{column.name}_code"]
    return targets[column.name].get(identity) if identity is not None else None


def shown_value(column: Column, row: Mapping[str, Any], *, whole: bool) -> Any:
    """The value of a plain, region or secret column, masked unless ``whole``."""
    first = row[attributes(column)[0]]
    if column.kind in SECRET_KINDS:
        text = secrecy.open_sealed(first) if first else ""
        return text if whole or not text else masking.mask_identity(text)
    if column.kind is Kind.TIME and first is not None:
        return timezone.localtime(first)
    if whole or column.level in (Level.L1, Level.L2) or first in (None, ""):
        return first
    return masked(column, first)


def masked(column: Column, value: Any) -> Any:
    """``value`` as a reader without the right to the whole sees it (``domain.md`` §19.2)."""
    if column.kind is Kind.PHONE:
        return masking.mask_phone(str(value))
    if column.name in ("name", "guardian", "contact", "legal_representative", "supervisor"):
        return masking.mask_name(str(value))
    if column.name == "address":
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
    wanted = list(ids)
    if not wanted:
        return {}
    return {row.id: row for row in named(register, register.model._default_manager.filter(id__in=wanted))}


def named(register: Register, rows: models.QuerySet[Any]) -> list[Referred]:
    """``rows`` as those meet them who refer to them, in their order: one query."""
    attribute = key_attribute(register)
    secret = register.sheet.keys[0].kind in SECRET_KINDS
    names = ["id", register.title, attributes(register.sheet.keys[0])[0] if secret else attribute]
    return [
        Referred(register.key, identity, secrecy.open_sealed(key) if secret and key else str(key), str(title))
        for identity, title, key in rows.values_list(*names)
    ]


def _several(register: Register, column: Column, owners: Sequence[UUID]) -> dict[UUID, list[Referred]]:
    link = register.links[column.name]
    pairs = list(
        link.model._default_manager.filter(**{f"{link.owner}_id__in": owners})
        .order_by("id")
        .values_list(f"{link.owner}_id", f"{link.target}_id")
    )
    known = look_up(by_sheet(column.refers_to), {target for _, target in pairs})
    found: dict[UUID, list[Referred]] = defaultdict(list)
    for owner, target in pairs:
        if target in known:
            found[owner].append(known[target])
    return found


def cell(value: Any) -> Any:
    """A record's value as a cell of the workbook: keys for references, codes for regions."""
    if isinstance(value, Referred):
        return value.key
    if isinstance(value, list):
        return tuple(cell(each) for each in value)
    return None if value == "" else value
