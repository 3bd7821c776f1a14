"""Some values of one stored row, written through the one door (:mod:`.writing`) by a service that knows the row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from linzhan.kernel.registers.batch import Incoming, Outcome
from linzhan.kernel.registers.declare import Register
from linzhan.kernel.registers.reading import Referred, cell, records
from linzhan.kernel.registers.writing import save
from linzhan.kernel.sheets.cells import CLEAR
from linzhan.kernel.sheets.columns import PLATFORM_ID, Column


def amend(
    register: Register, identity: UUID, values: Mapping[str, Any], *, today: date | None = None
) -> Outcome:
    """Write ``values`` over a stored row; what is required and not among them is stated as it is.

    ``today`` dates the change of dated columns. The row must be in scope (else ``ValueError``).
    """
    row = values_of(register, identity, register.sheet.required) | dict(values)
    return save([Incoming.of(register, [{PLATFORM_ID.name: identity, **row}])], today=today)[0]


def values_of(register: Register, identity: UUID, columns: tuple[Column, ...]) -> dict[str, Any]:
    """The values of a stored row as they are written: references by id, nothing as a clearing."""
    rows = register.model._default_manager.filter(pk=identity)
    [row] = records(register, rows, columns, whole=True)
    return {column.name: _given(row[column.name]) for column in columns}


def _given(value: Any) -> Any:
    if isinstance(value, Referred):
        return value.id
    if isinstance(value, list) and any(isinstance(each, Referred) for each in value):
        return tuple(each.id for each in value)
    found = cell(value)
    return CLEAR if found in (None, ()) else found


def told(outcome: Outcome) -> str:
    """What is wrong with the one row, in a line; empty where it went in."""
    return "；".join(f"{fault.column}：{fault.message}" for fault in outcome.faults.get(1, ()))
