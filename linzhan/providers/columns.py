"""The column by which other sheets refer to an institution."""

from __future__ import annotations

from linzhan.kernel.sheets.columns import Column
from linzhan.kernel.sheets.making import reference


def provider_column(*, required: bool = False, dated: bool = False, hint: str = "") -> Column:
    """承接机构代码: the institution a row belongs to (``contract/workbook.md``, last row of its aliases)."""
    return reference(
        "provider",
        "承接机构代码",
        "承接机构",
        "机构",
        "承接机构",
        "机构代码",
        "承接机构信用代码",
        required=required,
        dated=dated,
        hint=hint or "承接机构的统一社会信用代码，须已在“承接机构”中登记",
    )
