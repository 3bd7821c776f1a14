"""Rows to choose from in a form: the typeahead over the register that a column refers to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from linzhan.kernel.registers.declare import Register, by_sheet, sheets_of_subject
from linzhan.kernel.registers.reading import Referred, named, standing
from linzhan.kernel.registers.searching import nearest
from linzhan.kernel.sheets.columns import Column
from linzhan.office.registers.forms import words

OFFERED = 12


def targets_of(column: Column) -> list[Register]:
    """The registers whose rows ``column`` can name."""
    if column.refers_to.startswith("?"):
        return [by_sheet(sheet) for sheet in sheets_of_subject(column.refers_to[1:]).values() if sheet]
    return [by_sheet(column.refers_to)]


def offered(register: Register, text: str, *, limit: int = OFFERED) -> list[dict[str, Any]]:
    """Options for a picker: id, name with key, within the reader's scope."""
    found = best(register, text, limit=limit) if text else _latest(register, limit)
    return [{"value": str(each.id), "label": words(each), "hint": register.name} for each in found]


def best(register: Register, text: str, *, limit: int) -> list[Referred]:
    """The rows that ``text`` names, those that fit best first, within the reader's scope."""
    return picked(register, nearest([register], text, limit=limit).get(register.key, []))


def picked(register: Register, ids: Sequence[UUID]) -> list[Referred]:
    """The rows of these ids, in this order, as those meet them who refer to them."""
    found = {row.id: row for row in named(register, standing(register).filter(pk__in=ids))}
    return [found[identity] for identity in ids if identity in found]


def _latest(register: Register, limit: int) -> list[Referred]:
    return named(register, standing(register).order_by("-pk")[:limit])
