"""From a cell to a value: one reader per :class:`Kind`, forgiving in spelling, strict in value.

A reader never raises and never guesses: it yields a value, ``MISSING`` (not stated), ``CLEAR`` (the
word 清空) or a :class:`CellFault` with a Chinese sentence that says what would be right. Reading a
value that is already converted gives the same value, so forms, API and workbook share these readers.
Source: ``contract/workbook.md``, "Rules for every sheet".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from math import isfinite
from typing import Final, cast

from linzhan.kernel.identity import identity_fault, normalise_identity, normalise_uscc, uscc_fault
from linzhan.kernel.periods import PeriodFault, parse_period
from linzhan.kernel.sheets import days, numbers
from linzhan.kernel.sheets.columns import Column, Kind, Level
from linzhan.kernel.sheets.spelling import (
    CLEAR_WORD,
    compact,
    half_width,
    hidden,
    is_blank,
    masked_day,
    masked_number,
    masked_text,
    shown,
    tidy,
)


class Blank(Enum):
    """What a cell says when it holds no value."""

    MISSING = "not stated"
    CLEAR = "to be emptied"

    def __repr__(self) -> str:
        return self.name


MISSING: Final = Blank.MISSING
CLEAR: Final = Blank.CLEAR


@dataclass(frozen=True, slots=True)
class CellFault:
    """Why a cell is not a value of its column: a Chinese sentence for the person who filled it."""

    message: str


@dataclass(frozen=True, slots=True)
class BrokenCell:
    """A raw cell without a usable content: a formula that was never computed, an error value."""

    message: str


Value = str | int | bool | Decimal | date | datetime | tuple[str, ...]
Cell = Value | Blank | CellFault
Reader = Callable[[object], Cell]

CELL_LIMIT: Final = 32_767  # characters that a spreadsheet cell can hold

_YES: Final = frozenset(("是", "有", "对", "√", "✓", "✔", "☑", "1", "Y", "YES", "T", "TRUE"))
_NO: Final = frozenset(("否", "无", "错", "×", "✗", "✘", "✕", "☒", "0", "N", "NO", "F", "FALSE", "X"))
SEPARATOR: Final = "；"  # the only one that no name of a code list contains
_SEPARATORS: Final = re.compile(r"[;；,，、\r\n]+")
_SCIENTIFIC: Final = re.compile(r"\d(?:\.\d+)?E\+\d+", re.IGNORECASE)
_ID_TAIL: Final = re.compile(r"\d{17}x")

_LOST_DIGITS: Final = (
    "被表格当作数字保存，超过 15 位的部分已经丢失；请把这一列设为文本格式，再重新填写完整号码"
)
_LOST_CODE: Final = "被表格当作数字或日期保存，原来的写法已经丢失；请把这一列设为文本格式，再重新填写"


def convert(column: Column, raw: object) -> Cell:
    """What ``raw`` (a cell of a workbook, a field of a form, or a converted value) states in ``column``."""
    return _reader(column)(raw)


def convert_many(column: Column, raws: Sequence[object]) -> list[Cell]:
    """:func:`convert` for a whole column; a value that repeats is converted once."""
    read = _reader(column)
    types = set(map(type, raws))
    if bool in types or list in types or column.key:
        return [read(raw) for raw in raws]  # True equals 1.0, a list has no hash, keys hardly repeat
    return list(map(_Memory(read).__getitem__, raws))


def is_masked(column: Column, raw: object) -> bool:
    """Whether ``raw`` is what an export shows instead of a value that the reader may not see."""
    if type(raw) is not str or not ("*" in raw or "＊" in raw or "岁" in raw):
        return False
    if column.kind is Kind.DATE or hidden(raw):
        return masked_day(raw)
    if column.kind is Kind.TEXT:
        return masked_text(raw, personal=column.level in (Level.L3, Level.L4))
    if column.several:
        return all(masked_number(piece) for piece in pieces(column, raw))
    return column.kind in _NUMBERED and masked_number(raw)


def pieces(column: Column, raw: str) -> list[str]:
    """The values of a cell that holds several."""
    parts = raw.splitlines() if column.by_line else _SEPARATORS.split(raw)
    return [piece.strip() for piece in parts if not is_blank(piece)]


def in_one_cell(column: Column, values: Iterable[object]) -> str:
    """Several values as one text, such as :func:`pieces` takes apart again."""
    return ("\n" if column.by_line else SEPARATOR).join(map(str, values))


class _Memory(dict[object, Cell]):
    """Converts what it has not seen yet."""

    def __init__(self, read: Reader) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, raw: object) -> Cell:
        found = self[raw] = self._read(raw)
        return found


@lru_cache(maxsize=1024)
def _reader(column: Column) -> Reader:
    read = _several(column, _MAKERS[column.kind](column)) if column.several else _MAKERS[column.kind](column)

    def whole(raw: object) -> Cell:
        if type(raw) is str:
            if not raw or is_blank(raw):
                return MISSING
            if CLEAR_WORD in raw and compact(raw) == CLEAR_WORD:
                return CLEAR
            return MISSING if is_masked(column, raw) else read(raw)
        settled = _settled(raw)
        return read(raw) if settled is None else settled

    return whole


def _settled(raw: object) -> Cell | None:
    """What a cell that is no text says by itself, in a column of any kind."""
    if raw is None:
        return MISSING
    if type(raw) is Blank or type(raw) is CellFault:
        return raw
    if type(raw) is BrokenCell:
        return CellFault(raw.message)
    if (type(raw) is float and not isfinite(raw)) or (type(raw) is Decimal and not raw.is_finite()):
        return CellFault(f"{shown(raw)}不是数字，请核对")
    return None


def _several(column: Column, read: Reader) -> Reader:
    def each(raw: object) -> Cell:
        parts: Sequence[object] = pieces(column, raw) if type(raw) is str else _as_parts(raw)
        found: dict[str, None] = {}
        for part in parts:
            value = read(part) if not is_masked(column, part) else CellFault(_PARTLY_MASKED)
            if type(value) is CellFault:
                return value
            found[str(value)] = None
        return tuple(found) if found else MISSING

    return each


_PARTLY_MASKED: Final = "其中有的号码被遮盖了一部分；请全部填写完整，或整格留空表示不改动"


def _as_parts(raw: object) -> Sequence[object]:
    return raw if isinstance(raw, (tuple, list)) else (raw,)


def _text(column: Column) -> Reader:
    limit = column.max_length or CELL_LIMIT

    def read(raw: object) -> Cell:
        text = tidy(raw) if type(raw) is str else _text_of(raw)
        if text is None:
            return CellFault(_LOST_DIGITS)
        return text if len(text) <= limit else _too_long(text, limit)

    return read


def _too_long(text: str, limit: int) -> CellFault:
    return CellFault(f"有 {len(text)} 个字，最多 {limit} 个字，请删减")


def _text_of(raw: object) -> str | None:
    """A number, date or truth value in a text column, as it reads on the screen."""
    if type(raw) is float:
        return _text_of_float(raw)
    if isinstance(raw, datetime):
        return f"{raw:%Y-%m-%d %H:%M}"
    if isinstance(raw, time):
        return f"{raw:%H:%M}"
    if isinstance(raw, timedelta):
        return f"{raw.total_seconds() / 3600:g}小时"
    return raw.isoformat() if isinstance(raw, date) else str(raw)


def _text_of_float(raw: float) -> str | None:
    return numbers.number_text(raw) if raw == int(raw) else f"{raw:.15g}"


def _code(column: Column) -> Reader:
    limit = column.max_length or CELL_LIMIT
    of_person = column.kind is Kind.REFERENCE

    def read(raw: object) -> Cell:
        if type(raw) is str:
            text = compact(raw)
        else:
            found = _digits(raw)
            if type(found) is CellFault:
                return found
            text = cast("str", found)
        if "+" in text and _SCIENTIFIC.fullmatch(text):
            return CellFault(f"{shown(text)}{_LOST_DIGITS}")
        if of_person and text.endswith("x") and _ID_TAIL.fullmatch(text):
            text = text.upper()
        return text if len(text) <= limit else _too_long(text, limit)

    return read


def _digits(raw: object) -> str | CellFault:
    """A code that a spreadsheet keeps as a number."""
    if type(raw) is float or type(raw) is int:
        text = numbers.number_text(raw)
        if text is not None:
            return text
        return CellFault(f"{shown(raw)}{_LOST_DIGITS if abs(raw) >= 1e15 else _LOST_CODE}")
    return CellFault(f"{shown(raw)}{_LOST_CODE}")


def _identity(_: Column) -> Reader:
    def read(raw: object) -> Cell:
        if type(raw) is not str:
            return CellFault(f"号码{_LOST_DIGITS}")
        number = normalise_identity(raw)
        fault = identity_fault(number)
        return number if fault is None else CellFault(fault)

    return read


def _document(column: Column) -> Reader:
    if not column.document_type:
        return _identity(column)

    def read(raw: object) -> Cell:
        text = raw if type(raw) is str else _digits(raw)
        if type(text) is CellFault:
            return CellFault(f"号码{_LOST_DIGITS}")
        number = normalise_identity(cast("str", text))
        if "+" in number and _SCIENTIFIC.fullmatch(number):
            return CellFault(f"号码{_LOST_DIGITS}")
        return number

    return read


def _uscc(_: Column) -> Reader:
    def read(raw: object) -> Cell:
        text = raw if type(raw) is str else _digits(raw)
        if type(text) is CellFault:
            return text
        code = normalise_uscc(cast("str", text))
        fault = uscc_fault(code)
        return code if fault is None else CellFault(fault)

    return read


def _phone(column: Column) -> Reader:
    def read(raw: object) -> Cell:
        text = half_width(raw).strip() if type(raw) is str else _digits(raw)
        if type(text) is CellFault or not column.max_length:
            return text
        return text if len(str(text)) <= column.max_length else _too_long(str(text), column.max_length)

    return read


def _region(_: Column) -> Reader:
    def read(raw: object) -> Cell:
        return half_width(raw).strip() if type(raw) is str else _digits(raw)

    return read


def _choice(column: Column) -> Reader:
    known = {compact(choice).upper(): choice for choice in column.choices}

    def read(raw: object) -> Cell:
        text = raw if type(raw) is str else (_text_of(raw) or "")
        found = known.get(compact(text).upper())
        if found is not None:
            return found
        return CellFault(f"{shown(text)}不在可选范围内，请填：{'、'.join(column.choices)}")

    return read


def _yes_no(_: Column) -> Reader:
    def read(raw: object) -> Cell:
        if type(raw) is bool:
            return raw
        text = compact(raw).upper() if type(raw) is str else (_text_of(raw) or "")
        if text in _YES or text in _NO:
            return text in _YES
        return CellFault(f"{shown(raw)}看不出是或否，请填：是、否（也可填 √、×、有、无、1、0）")

    return read


def _or_fault(found: Value | str) -> Cell:
    return CellFault(found) if type(found) is str else found


def _integer(column: Column) -> Reader:
    return lambda raw: _or_fault(numbers.integer(column, raw))


def _decimal(column: Column) -> Reader:
    return lambda raw: _or_fault(numbers.measure(column, raw))


def _money(column: Column) -> Reader:
    return lambda raw: _or_fault(numbers.amount(column, raw))


def _year(_: Column) -> Reader:
    return lambda raw: _or_fault(numbers.year(raw))


def _month(_: Column) -> Reader:
    return lambda raw: _or_fault(days.month(raw))


def _period(_: Column) -> Reader:
    def read(raw: object) -> Cell:
        text = raw if type(raw) is str else _digits(raw)
        if type(text) is CellFault:
            return text
        try:
            return parse_period(str(text)).text
        except PeriodFault as fault:
            return CellFault(str(fault))

    return read


def _date(_: Column) -> Reader:
    return lambda raw: _or_fault(days.day(raw))


def _time(_: Column) -> Reader:
    return lambda raw: _or_fault(days.moment(raw))


_NUMBERED: Final = frozenset({Kind.CODE, Kind.REFERENCE, Kind.IDENTITY, Kind.DOCUMENT, Kind.USCC, Kind.PHONE})

_MAKERS: Final[dict[Kind, Callable[[Column], Reader]]] = {
    Kind.TEXT: _text,
    Kind.CODE: _code,
    Kind.REFERENCE: _code,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.MONEY: _money,
    Kind.YEAR: _year,
    Kind.MONTH: _month,
    Kind.PERIOD: _period,
    Kind.DATE: _date,
    Kind.TIME: _time,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
    Kind.IDENTITY: _identity,
    Kind.DOCUMENT: _document,
    Kind.USCC: _uscc,
    Kind.PHONE: _phone,
    Kind.REGION: _region,
}
