"""What a row must hold as a whole: required cells, documents of the stated type, ends after starts.

Works in place on converted columns, for workbooks, forms and the API alike; a broken rule puts a
:class:`CellFault` where the value was.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, MutableMapping
from datetime import date, datetime
from typing import Final

from linzhan.kernel.identity import identity_fault
from linzhan.kernel.sheets.cells import CLEAR, MISSING, Blank, Cell, CellFault
from linzhan.kernel.sheets.columns import Column, Kind, Sheet

CHECKED_DOCUMENTS: Final = frozenset({"身份证", "港澳台居民居住证"})
"""Documents that share the arithmetic of GB 11643."""

Columns = MutableMapping[str, list[Cell]]


def check_rows(
    sheet: Sheet, columns: Columns, size: int, masked: Mapping[str, Collection[int]] | None = None
) -> None:
    """Apply the sheet's row rules to ``size`` rows.

    ``masked`` names rows whose required cell was hidden by an export: "not stated", to be completed
    from the stored row. A required column that is missing altogether is a fault of every row.
    """
    masked = masked or {}
    for column in sheet.required:
        _check_required(column, columns, size, masked.get(column.name, ()))
    for column in sheet.columns:
        if column.name in columns:
            if column.kind is Kind.DOCUMENT and column.document_type:
                _check_documents(sheet, column, columns)
            if column.not_before in columns:
                _check_order(column, sheet.column_by_name[column.not_before], columns)


def missing_message(column: Column) -> str:
    """What to say of a required cell without a value."""
    wish = f"，请填：{'、'.join(column.choices)}" if 0 < len(column.choices) <= 12 else "，请补填"
    return f"“{column.header}”必须填写{wish}"


def _check_required(column: Column, columns: Columns, size: int, masked: Collection[int]) -> None:
    values = columns.get(column.name)
    if values is None:
        fault = CellFault(f"表头里没有“{column.header}”这一列，它是必填的；请加上这一列并填写")
        columns[column.name] = [fault] * size
        return
    if Blank not in set(map(type, values)):
        return
    absent = CellFault(missing_message(column))
    for index, value in enumerate(values):
        if value is MISSING and index not in masked:
            values[index] = absent
        elif value is CLEAR:
            values[index] = CellFault(f"“{column.header}”必须填写，不能清空")


def _check_documents(sheet: Sheet, column: Column, columns: Columns) -> None:
    values = columns[column.name]
    types = columns.get(column.document_type) or [MISSING] * len(values)
    header = sheet.column_by_name[column.document_type].header
    for index, (number, kind) in enumerate(zip(values, types, strict=True)):
        if type(number) is not str or not (kind in CHECKED_DOCUMENTS or type(kind) is Blank):
            continue
        fault = identity_fault(number)
        if fault is not None:
            other = "" if type(kind) is str else f"；如果不是身份证，请在“{header}”里注明"
            values[index] = CellFault(fault + other)


def _check_order(end: Column, start: Column, columns: Columns) -> None:
    ends = columns[end.name]
    for index, (finish, begin) in enumerate(zip(ends, columns[start.name], strict=True)):
        if fault := order_fault(end, finish, start, begin):
            ends[index] = CellFault(fault)


def order_fault(end: Column, finish: object, start: Column, begin: object) -> str:
    """What is wrong with two days or moments of which ``end`` is not to be the earlier; empty where nothing is."""
    if not isinstance(finish, date) or not isinstance(begin, date) or finish >= begin:
        return ""
    return (
        f"{_spelled(finish)} 早于“{start.header}”的 {_spelled(begin)}，“{end.header}”不能更早，请核对这两格"
    )


def _spelled(value: date) -> str:
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value.isoformat()
