"""Rows of an export come back: what the export masked is completed from the stored row.

An export carries 平台编号 beside every row. Where a required cell was masked (which states nothing),
the row of that number says what stood there, so that keys can be compared and nothing is lost
(``contract/workbook.md``: a masked cell means "not stated"). What is stated in full counts as stated.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from linzhan.kernel.registers.batch import Incoming
from linzhan.kernel.registers.reading import cell, records
from linzhan.kernel.sheets.cells import MISSING, CellFault
from linzhan.kernel.sheets.columns import PLATFORM_ID, Column, Level

CHUNK = 5000


def complete_masked(part: Incoming) -> None:
    """Fill the masked required cells of ``part`` in place; a number nobody has is a fault of the key."""
    ids = part.columns.get(PLATFORM_ID.name)
    if ids is None:
        return
    _drop_own_masks(part, ids)
    required = [column for column in part.register.sheet.required if column.name in part.columns]
    rows = {
        index: found
        for index, text in enumerate(ids)
        if any(part.columns[column.name][index] is MISSING for column in required)
        and (found := _identity(text)) is not None
    }
    stored = _stored(part, required, list(rows.values()))
    for index, identity in rows.items():
        _fill(part, required, index, stored.get(identity))


def _drop_own_masks(part: Incoming, ids: Sequence[object]) -> None:
    """What an export showed instead of a value states nothing, also where it does not look like a mask."""
    columns = [
        column
        for column in part.register.sheet.columns
        if column.level in (Level.L3, Level.L4) and _shows_asterisks(part.columns.get(column.name, ()))
    ]
    if not columns:
        return
    rows = {index: found for index, text in enumerate(ids) if (found := _identity(text)) is not None}
    shown = _stored(part, columns, list(rows.values()), whole=False)
    for column in columns:
        values = part.columns[column.name]
        for index, identity in rows.items():
            if (
                identity in shown
                and type(values[index]) is str
                and values[index] == shown[identity][column.name]
            ):
                values[index] = MISSING


def _shows_asterisks(values: Iterable[object]) -> bool:
    return any(type(value) is str and "*" in value for value in values)


def _identity(text: object) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None


def _stored(
    part: Incoming, columns: Sequence[Column], ids: Sequence[UUID], *, whole: bool = True
) -> dict[UUID, dict[str, Any]]:
    found: dict[UUID, dict[str, Any]] = {}
    for start in range(0, len(ids), CHUNK):
        rows = part.register.model._default_manager.filter(id__in=ids[start : start + CHUNK])
        found.update({row["id"]: row for row in records(part.register, rows, columns, whole=whole)})
    return found


def _fill(part: Incoming, columns: Iterable[Column], index: int, row: dict[str, Any] | None) -> None:
    for column in columns:
        values = part.columns[column.name]
        if values[index] is not MISSING:
            continue
        if row is not None:
            value = cell(row[column.name])
            values[index] = MISSING if value is None else value
        elif column.key:
            values[index] = CellFault(
                f"找不到“{PLATFORM_ID.header}”所指的那一行，请不要改动“{PLATFORM_ID.header}”一列"
            )
