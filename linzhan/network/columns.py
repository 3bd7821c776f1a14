"""The column by which other sheets refer to a station."""

from __future__ import annotations

from linzhan.kernel.sheets.columns import Column
from linzhan.kernel.sheets.making import reference


def station_column(
    *, required: bool = False, dated: bool = False, key: bool = False, hint: str = ""
) -> Column:
    """站点编号: the station a row belongs to; ``key``: there is one row per station."""
    return reference(
        "station",
        "站点编号",
        "社工站",
        "站点编码",
        "社工站编号",
        key=key,
        required=required,
        dated=dated,
        hint=hint or "社工站的站点编号，须已在“社工站”中登记",
    )
