"""Some values of stored rows, written through the one door (:mod:`.writing`) by a service that knows the rows.

What is required and not among the values is stated as it stands, references by id, so that their keys
need not be read and a caller says only what changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from linzhan.kernel.registers.batch import Incoming, Outcome
from linzhan.kernel.registers.declare import Register
from linzhan.kernel.registers.reading import Referred, cell, records
from linzhan.kernel.registers.writing import save
from linzhan.kernel.sheets.cells import CLEAR
from linzhan.kernel.sheets.columns import PLATFORM_ID, Column

EMPTY = (None, "", ())


def amend(
    register: Register,
    identity: UUID,
    values: Mapping[str, Any],
    *,
    row: Mapping[str, Any] | None = None,
    today: date | None = None,
) -> Outcome:
    """Write ``values`` over a stored row; what is required and not among them is stated as it is.

    ``row`` is the row as :func:`~.reading.records` gives it whole, where the caller has read it.
    ``today`` dates the change of dated columns. The row must be in scope (else ``ValueError``).
    """
    if row is None:
        [row] = _stored(register, [identity])
    return save([Incoming.of(register, [_restated(register, row, identity, values)])], today=today)[0]


def amend_all(
    register: Register, changes: Mapping[UUID, Mapping[str, Any]], *, today: date | None = None
) -> Outcome:
    """As :func:`amend` for several rows in one call, in the order of their ids; those out of scope are left out.

    ``ids`` of the outcome has the row's id for refused rows as well.
    """
    stored = list(_stored(register, sorted(changes)))
    rows = [_restated(register, row, row["id"], changes[row["id"]]) for row in stored]
    outcome = save([Incoming.of(register, rows)], today=today)[0]
    outcome.ids = [row["id"] for row in stored]
    return outcome


def values_of(register: Register, identity: UUID, columns: tuple[Column, ...]) -> dict[str, Any]:
    """The values of a stored row as they are written: references by id, nothing as a clearing."""
    rows = register.model._default_manager.filter(pk=identity)
    [row] = records(register, rows, columns, whole=True)
    given = {column.name: as_given(row[column.name]) for column in columns}
    return {name: CLEAR if value in EMPTY else value for name, value in given.items()}


def as_given(value: Any) -> Any:
    """A stored value as the engine takes it: references by id."""
    if isinstance(value, list):
        return tuple(as_given(each) for each in value)
    return value.id if isinstance(value, Referred) else cell(value)


def told(outcome: Outcome) -> str:
    """What is wrong with the one row, in a line; empty where it went in."""
    return "；".join(fault.line for fault in outcome.faults.get(1, ()))


def _stored(register: Register, ids: Sequence[UUID]) -> Iterable[dict[str, Any]]:
    rows = register.model._default_manager.filter(pk__in=ids).order_by("pk")[: len(ids)]
    return records(register, rows, register.sheet.required, whole=True)


def _restated(
    register: Register, row: Mapping[str, Any], identity: UUID, values: Mapping[str, Any]
) -> dict[str, Any]:
    names = (column.name for column in register.sheet.required if column.name not in values)
    kept = {name: as_given(row[name]) for name in names}
    stands = {name: value for name, value in kept.items() if value not in EMPTY}
    return {**stands, **values, PLATFORM_ID.name: identity}
