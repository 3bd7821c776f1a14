"""Closed months and their unlocks, as sheets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from linzhan.casework.review.enums import LockState
from linzhan.casework.review.models import MonthLock, MonthUnlock
from linzhan.casework.rights import LOCK_MONTHS, VIEW_RECORDS
from linzhan.kernel import places
from linzhan.kernel.registers.declare import Register, Values, register
from linzhan.kernel.sheets.columns import Column, Kind, Sheet
from linzhan.kernel.sheets.making import choice, day, key, region, text
from linzhan.network.api import station_column

COUNTY = 3


def _month(*, is_key: bool = False) -> Column:
    return Column(
        name="month",
        header="月份",
        kind=Kind.MONTH,
        required=True,
        key=is_key,
        help="按服务开始的日期算，如 2021-06",
    )


def _lock_faults(values: Values) -> Iterable[tuple[str, str]]:
    code = values.get("region")
    if isinstance(code, str) and places.is_code(code) and places.level_of(code) != COUNTY:
        yield "region", "月份按县(市、区)锁定，请填县一级的行政区划"


MONTH_LOCKS = register(
    Register(
        key="month-locks",
        starter=False,
        sheet=Sheet(
            name="月份锁定",
            by_headers=False,
            columns=(
                region(key=True, hint="锁定哪个县(市、区)的服务记录"),
                _month(is_key=True),
                choice(
                    "state", "锁定状态", "/".join(LockState.values), hint="改为“解除”后，全县这个月重新开放"
                ),
                text("note", "说明"),
            ),
        ),
        model=MonthLock,
        place=("region",),
        own_place=True,
        check=_lock_faults,
        view=VIEW_RECORDS,
        edit=LOCK_MONTHS,
        title="note",
        listed=("month", "region", "state", "note"),
        filters=("state",),
        order="-month",
        nav="服务",
        beside=True,
    )
)
MONTH_UNLOCKS = register(
    Register(
        key="month-unlocks",
        starter=False,
        numbered="JS",
        sheet=Sheet(
            name="月份解锁",
            by_headers=False,
            columns=(
                key("解锁编号"),
                replace(station_column(required=True), help="对哪个站点开放"),
                _month(),
                day("until_on", "开放至", required=True, hint="过了这一天自动重新锁定"),
                text("reason", "解锁原因", required=True, hint="写明要补录或更正什么"),
            ),
        ),
        model=MonthUnlock,
        place=("station",),
        view=VIEW_RECORDS,
        edit=LOCK_MONTHS,
        title="code",
        listed=("month", "station", "until_on", "reason"),
        searched=("code",),
        nav="服务",
        beside=True,
    )
)
