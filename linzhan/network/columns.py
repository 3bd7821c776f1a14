"""The column by which other sheets refer to a station."""

from __future__ import annotations

from linzhan.kernel.sheets.columns import Column, Kind


def station_column(*, required: bool = False, dated: bool = False) -> Column:
    """站点编号: the station a row belongs to."""
    return Column(
        name="station",
        header="站点编号",
        kind=Kind.REFERENCE,
        refers_to="社工站",
        required=required,
        dated=dated,
        aliases=("站点编码", "社工站编号"),
        help="社工站的站点编号,须已在“社工站”中登记",
    )
