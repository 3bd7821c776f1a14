"""Rows to choose from in a form: the typeahead over the register that a column refers to."""

from __future__ import annotations

from typing import Any

from linzhan.kernel.registers.declare import Register, by_sheet, sheets_of_subject
from linzhan.kernel.registers.reading import named
from linzhan.kernel.sheets.columns import Column
from linzhan.office.registers.asking import Asked
from linzhan.office.registers.forms import words
from linzhan.office.registers.listing import matching

OFFERED = 12


def targets_of(column: Column) -> list[Register]:
    """The registers whose rows ``column`` can name."""
    if column.refers_to.startswith("?"):
        return [by_sheet(sheet) for sheet in sheets_of_subject(column.refers_to[1:]).values() if sheet]
    return [by_sheet(column.refers_to)]


def offered(register: Register, text: str, *, limit: int = OFFERED) -> list[dict[str, Any]]:
    """Options for a picker: id, name with key, within the reader's scope."""
    found = named(register, matching(Asked(register, text=text)).order_by("-pk")[:limit])
    return [{"value": str(each.id), "label": words(each), "hint": register.name} for each in found]
