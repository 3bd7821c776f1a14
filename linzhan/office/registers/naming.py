"""What a column is called on a page."""

from __future__ import annotations

from linzhan.kernel.sheets.columns import Column, Kind

ENDINGS = ("证件号码", "证件号", "编号", "代码")


def heading(column: Column) -> str:
    """The header as a page says it: a reference shows names, not the keys that the workbook holds."""
    if column.kind is not Kind.REFERENCE:
        return column.header
    for ending in ENDINGS:
        if column.header.endswith(ending) and len(column.header) > len(ending):
            return column.header.removesuffix(ending)
    return column.header
