"""A register's row as JSON and back.

Out: references as id, key and title, divisions by code, personal values masked. A hidden value that
has no mask (a birth date, a position) is left out; ``masked`` names all that is not shown whole. In:
what the register's own readers understand, so that API and workbook say the same of the same value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from linzhan.kernel import masking
from linzhan.kernel.registers.attributes import SECRET_KINDS
from linzhan.kernel.registers.declare import REGISTERS, Register
from linzhan.kernel.registers.reading import Referred, masked
from linzhan.kernel.registers.told import WrongType, given, is_row_reference
from linzhan.kernel.sheets.columns import Column, Kind, Level

PERSONAL = (Level.L3, Level.L4)
MASKABLE = frozenset({Kind.TEXT, Kind.PHONE, Kind.CODE, *SECRET_KINDS})


def is_hidden(column: Column) -> bool:
    """Whether the interface leaves the column out: personal, and of a kind that no mask fits."""
    if column.kind is Kind.DATE:
        return column.level in PERSONAL
    return column.level is Level.L4 and column.kind not in MASKABLE and column.kind is not Kind.REFERENCE


def is_open(column: Column) -> bool:
    """Whether its value is shown whole: only by such a column may a list be filtered."""
    if column.kind in SECRET_KINDS or is_hidden(column):
        return False
    return column.kind not in MASKABLE or column.level not in PERSONAL


def row_json(register: Register, record: Mapping[str, Any]) -> dict[str, Any]:
    """One record of ``kernel.registers.reading`` as the object the interface shows."""
    return row_writer(register)(record)


def row_writer(register: Register) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    """From a record to the object the interface shows; what holds for a column is settled once for a page."""
    known: dict[UUID, dict[str, Any]] = {}  # a page's fifty rows refer to a handful
    columns = [
        (c.name, None if is_hidden(c) else _writer(c, known), c.level in PERSONAL)
        for c in register.sheet.columns
    ]

    def written(record: Mapping[str, Any]) -> dict[str, Any]:
        shown: dict[str, Any] = {"id": record["id"], "region_code": record["region_code"]}
        covered = []
        for name, write, is_personal in columns:
            value = record[name]
            if write is None:
                covered += [name] if value is not None else []
                continue
            shown[name] = value = write(value)
            if is_personal and _is_masked(value):
                covered.append(name)
        shown["masked"] = covered
        return shown

    return written


def _writer(column: Column, known: dict[UUID, dict[str, Any]]) -> Callable[[Any], Any]:
    if not is_row_reference(column):
        return lambda value: None if value == "" else value

    def one(value: Any) -> dict[str, Any]:
        if not isinstance(value, Referred):
            return {"id": None, "key": value, "title": None}  # a subject that is a place
        if value.id not in known:
            known[value.id] = reference(value)
        return known[value.id]

    if column.several:
        return lambda every: [one(each) for each in every]
    return lambda value: None if value in (None, "") else one(value)


def reference(referred: Referred) -> dict[str, Any]:
    """What a row points to; a person's number and name are masked."""
    register = REGISTERS[referred.register]
    key, title = referred.key, referred.title
    if register.sheet.keys[0].kind in SECRET_KINDS and "*" not in key:
        key = masking.mask_identity(key)
    column = register.sheet.column_by_name.get(register.title)
    if column is not None and column.level in PERSONAL and title and "*" not in title:
        title = str(masked(column, title))
    return {"id": referred.id, "key": key, "title": title or None}


def _is_masked(value: Any) -> bool:
    if isinstance(value, dict):
        return "*" in str(value["key"]) or "*" in str(value["title"])
    if isinstance(value, list):
        return any(_is_masked(each) for each in value)
    return isinstance(value, str) and "*" in value


__all__ = [
    "WrongType",
    "given",
    "is_hidden",
    "is_open",
    "is_row_reference",
    "reference",
    "row_json",
    "row_writer",
]
