"""Numbers as people write them: ``1,234.50``, full-width digits, ``12.5万`` in yuan columns.

Functions return a value or a Chinese sentence. Amounts keep two decimals and are never rounded;
other measures are rounded half up to the column's places. Negative numbers are refused unless the
column says otherwise: a reversal is booked on the platform (``contract/workbook.md``).
"""

from __future__ import annotations

import re
from datetime import time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, TypeVar

from linzhan.kernel.sheets.columns import Column, Kind
from linzhan.kernel.sheets.spelling import compact, half_width, shown

LARGEST_AMOUNT: Final = Decimal(10) ** 13
LARGEST_COUNT: Final = 2**31 - 1

_NUMBER: Final = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|[-+]?\.\d+")
_SCALES: Final = (("万元", 10_000), ("万", 10_000), ("亿元", 10**8), ("亿", 10**8), ("元", 1))
_CENT: Final = Decimal("0.01")

_Number = TypeVar("_Number", int, Decimal)


def integer(column: Column, raw: object) -> int | str:
    """A count, within the column's range; by default not below 0."""
    if type(raw) is float and raw.is_integer() and 0 <= raw <= LARGEST_COUNT:
        return _ranged(column, int(raw))
    found = _decimal(column, raw, ())
    if type(found) is str:
        return found
    if found != found.to_integral_value():  # type: ignore[union-attr]  # a str has returned above
        return f"{shown(raw)}不是整数，请填整数"
    whole = int(found)
    if abs(whole) > LARGEST_COUNT:
        return f"{shown(raw)}太大，请核对"
    return _ranged(column, whole)


def measure(column: Column, raw: object) -> Decimal | str:
    """A measure, rounded half up to ``column.places``."""
    if column.unit == "小时" and isinstance(raw, (time, timedelta)):
        raw = _hours(raw)
    found = _decimal(column, raw, ())
    if isinstance(found, str):
        return found
    if abs(found) >= LARGEST_AMOUNT:
        return f"{shown(raw)}太大，请核对"
    found = found.quantize(Decimal(1).scaleb(-column.places), ROUND_HALF_UP)
    return _ranged(column, found)


def amount(column: Column, raw: object) -> Decimal | str:
    """Yuan with two decimals; bare numbers are multiplied where the header says 万元."""
    found = _decimal(column, raw, _SCALES)
    if isinstance(found, str):
        return found
    if abs(found) >= LARGEST_AMOUNT:
        return f"{shown(raw)}太大，请核对金额（单位是元）"
    exact = found.quantize(_CENT, ROUND_HALF_UP)
    if exact != found:
        return f"{shown(raw)}的小数超过两位，金额以元为单位、最多两位小数"
    return _ranged(column, exact)


def year(raw: object) -> int | str:
    """A year from 1900 to 2100; understands 2021年 and 2021年度."""
    if type(raw) is float or type(raw) is int:
        found: object = raw
    else:
        text = compact(raw) if type(raw) is str else ""
        text = text.removesuffix("度").removesuffix("年")
        found = int(text) if len(text) == 4 and text.isascii() and text.isdigit() else None
    if isinstance(found, (int, float)) and found == int(found) and 1900 <= found <= 2100:
        return int(found)
    return f"{shown(_plain(raw))}不是年度，请写成 2021 的样子"


def number_text(number: float) -> str | None:
    """The digits of a whole number cell; None where the spreadsheet has lost some (over 15) or it has a fraction."""
    return str(int(number)) if number == int(number) and abs(number) < 1e15 else None


def _decimal(column: Column, raw: object, scales: tuple[tuple[str, int], ...]) -> Decimal | str:
    if type(raw) is float:
        # 15 significant digits are what a spreadsheet keeps; the rest is binary noise of its sums
        return _scaled(column, Decimal(f"{raw:.15g}"))
    if type(raw) is str:
        return _decimal_of_text(column, raw, scales)
    if type(raw) is Decimal:
        return raw
    return Decimal(raw) if type(raw) is int else f"{shown(raw)}不是数字，请填数字"


def _decimal_of_text(column: Column, raw: str, scales: tuple[tuple[str, int], ...]) -> Decimal | str:
    text = half_width(raw).strip()
    factor = 0
    for suffix, scale in scales:
        if text.endswith(suffix):
            text, factor = text[: -len(suffix)], scale
            break
    else:
        text = text.removesuffix(column.unit) if column.unit else text
    if scales:
        text = text.strip().removeprefix("¥").removeprefix("￥").strip()
    if _NUMBER.fullmatch(text) is None:
        return f"{shown(raw)}不是数字，请填阿拉伯数字{_example(column)}"
    found = Decimal(text.replace(",", ""))
    return found * factor if factor else _scaled(column, found)


def _scaled(column: Column, found: Decimal) -> Decimal:
    """A bare number in the unit that the header states."""
    if column.unit == "万元":
        return found * 10_000
    return found / 60 if column.unit == "分钟" and column.kind is Kind.DECIMAL else found


def _example(column: Column) -> str:
    return "，如 1234.50 或 12.5万" if column.kind is Kind.MONEY else ""


def _ranged(column: Column, found: _Number) -> _Number | str:
    lowest = 0 if column.minimum is None else column.minimum
    if found < lowest or (column.maximum is not None and found > column.maximum):
        return _range_fault(column, found, lowest)
    return found


def _range_fault(column: Column, found: int | Decimal, lowest: int) -> str:
    if column.maximum is not None:
        return f"{shown(found)}超出范围，应在 {lowest} 到 {column.maximum} 之间"
    if found < 0 and lowest == 0:
        more = "；冲销或退回请在平台上登记" if column.kind is Kind.MONEY else ""
        return f"{shown(found)}不能是负数{more}"
    return f"{shown(found)}不能小于 {lowest}"


def _hours(raw: time | timedelta) -> float:
    if isinstance(raw, timedelta):
        return raw.total_seconds() / 3600
    return raw.hour + raw.minute / 60 + raw.second / 3600


def _plain(raw: object) -> object:
    return int(raw) if type(raw) is float and raw == int(raw) else raw
