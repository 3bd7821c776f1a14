"""Days, months and moments as people and spreadsheets write them (``contract/workbook.md``, forgiving cells).

Functions return a value or a Chinese sentence (``str``); times are local, Asia/Shanghai.
Serial numbers below 1910 are refused: a bare 2021 in a date column is a year, not a day of 1905.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from linzhan.kernel.sheets.spelling import half_width, shown

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
EARLIEST: Final = date(1900, 1, 1)
LATEST: Final = date(2100, 12, 31)

_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 -- serials count local days, the zone is put on afterwards
_FIRST_SERIAL: Final = 3654  # 1910-01-01
_LAST_SERIAL: Final = (LATEST - _EPOCH.date()).days
_SECONDS: Final = 86_400

_DAY: Final = (
    r"(?P<year>\d{4})(?:(?P<sep>[-./])(?P<m1>\d{1,2})(?P=sep)(?P<d1>\d{1,2})"
    r"|年(?P<m2>\d{1,2})月(?P<d2>\d{1,2})[日号]?|(?P<m3>\d{2})(?P<d3>\d{2}))"
)
_CLOCK: Final = (
    r"(?:T|\s+|(?<=[日号]))\s*(?P<half>上午|下午|晚上|[AaPp][Mm])?\s*(?P<hour>\d{1,2})[:时点]"
    r"(?P<minute>\d{1,2})分?(?::?(?P<second>\d{1,2})(?:\.\d+)?秒?)?\s*(?P<after>[AaPp][Mm])?"
)
_MOMENT: Final = re.compile(f"{_DAY}(?:{_CLOCK})?")
_MONTH: Final = re.compile(r"(\d{4})(?:[-./](\d{1,2})|年(\d{1,2})月|(\d{2}))")
_SERIAL: Final = re.compile(r"\d{4,5}(?:\.\d+)?")
_SPAN: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\s*(?:至|到|~|—|－)\s*(\d{4}-\d{2}-\d{2}))?")
_LOOSE: Final = re.compile(r"\s*([-./年月日号:])\s*")

DAY_FORM: Final = "请写成 2021-06-05 的样子"
MOMENT_FORM: Final = "请写成 2021-06-05 14:30 的样子"
MONTH_FORM: Final = "请写成 2021-06 的样子"
SPAN_FORM: Final = "请写成 2021-10-01 或 2021-10-01至2021-10-07"


def day(raw: object) -> date | str:
    """The day a cell states; a time of day beside it is left out."""
    if type(raw) is date:
        return _in_range(raw, raw)
    if isinstance(raw, datetime):
        return _in_range(_local(raw).date(), raw)
    if type(raw) is float or type(raw) is int:
        return _day_of_number(raw)
    if type(raw) is not str:
        return f"{shown(raw)}不是日期，{DAY_FORM}"
    found = _moment_match(raw)
    if found is None:
        return _day_of_serial_text(raw)
    return _day_of_match(found, raw)


def moment(raw: object) -> datetime | str:
    """The moment a cell states, aware, whole seconds. A date cell is midnight, a text without a clock a fault."""
    if isinstance(raw, datetime):
        return _moment_of_datetime(raw)
    if type(raw) is date:
        return datetime(raw.year, raw.month, raw.day, tzinfo=SHANGHAI)
    if type(raw) is float or type(raw) is int:
        return _moment_of_number(raw)
    return _moment_of_text(raw) if type(raw) is str else f"{shown(raw)}不是日期和时间，{MOMENT_FORM}"


def _moment_of_text(raw: str) -> datetime | str:
    found = _moment_match(raw)
    if found is None:
        return _moment_of_other_text(raw)
    whole = _day_of_match(found, raw)
    if isinstance(whole, str):
        return whole
    if found["hour"] is None:
        return f"{shown(raw)}只有日期，没有时刻，{MOMENT_FORM}"
    clock = _clock(found)
    if clock is None:
        return f"{shown(raw)}中没有这样的时刻，{MOMENT_FORM}"
    return datetime.combine(whole, clock, SHANGHAI)


def month(raw: object) -> date | str:
    """The first day of the month a cell states."""
    if type(raw) is float or type(raw) is int:
        if raw != int(raw):
            return f"{shown(raw)}分不清是 1 月还是 10 月，{MONTH_FORM}，并把这一列设为文本格式"
        if 190001 <= raw <= 210012:
            return _first_of(int(raw) // 100, int(raw) % 100, raw)
    if type(raw) is str:
        found = _MONTH.fullmatch(_tight(raw))
        if found:
            return _first_of(int(found[1]), int(found[2] or found[3] or found[4]), raw)
    whole = day(raw)
    return whole.replace(day=1) if isinstance(whole, date) else f"{shown(raw)}不是月份，{MONTH_FORM}"


def span(text: str) -> tuple[date, date] | None:
    """``2021-10-01`` or ``2021-10-01至2021-10-07`` as first and last day; None where it is neither."""
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        return None
    try:
        first = date.fromisoformat(found[1])
        last = date.fromisoformat(found[2]) if found[2] else first
    except ValueError:
        return None
    return (first, last) if first <= last else None


def _tight(text: str) -> str:
    return _LOOSE.sub(r"\1", half_width(text).strip())


def _moment_match(text: str) -> re.Match[str] | None:
    found = _MOMENT.fullmatch(text)
    return found or _MOMENT.fullmatch(_tight(text))


def _day_of_match(found: re.Match[str], raw: object) -> date | str:
    year = int(found["year"])
    months = int(found["m1"] or found["m2"] or found["m3"])
    days = int(found["d1"] or found["d2"] or found["d3"])
    try:
        return _in_range(date(year, months, days), raw)
    except ValueError:
        return f"{shown(raw)}不是存在的日期（{year} 年没有 {months} 月 {days} 日），请核对"


def _in_range(found: date, raw: object) -> date | str:
    if EARLIEST <= found <= LATEST:
        return found
    return f"{shown(raw)}不在 1900 年到 2100 年之间，请核对"


def _first_of(year: int, months: int, raw: object) -> date | str:
    if 1 <= months <= 12 and EARLIEST.year <= year <= LATEST.year:
        return date(year, months, 1)
    return f"{shown(raw)}不是存在的月份，{MONTH_FORM}"


def _clock(found: re.Match[str]) -> time | None:
    hour = int(found["hour"])
    half = (found["half"] or found["after"] or "").upper()
    if half in ("下午", "晚上", "PM") and hour < 12:
        hour += 12
    elif half in ("上午", "AM") and hour == 12:
        hour = 0
    try:
        return time(hour, int(found["minute"]), int(found["second"] or 0))
    except ValueError:
        return None


def _day_of_number(number: float) -> date | str:
    if number >= 19_000_000:
        whole = int(number)
        if whole != number or whole > 99_999_999:
            return f"{shown(number)}不是日期，{DAY_FORM}"
        found = _MOMENT.fullmatch(str(whole))
        return _day_of_match(found, whole) if found else f"{shown(whole)}不是日期，{DAY_FORM}"
    if not _FIRST_SERIAL <= number < _LAST_SERIAL + 1:
        return f"{shown(_plain(number))}不是完整的日期，{DAY_FORM}"
    return (_EPOCH + timedelta(days=int(number))).date()


def _day_of_serial_text(raw: str) -> date | str:
    text = half_width(raw).strip()
    if _SERIAL.fullmatch(text):
        return _day_of_number(float(text))
    stamp = _iso_stamp(text)
    return _local(stamp).date() if stamp else f"{shown(raw)}不是日期，{DAY_FORM}"


def _moment_of_datetime(raw: datetime) -> datetime:
    found = _local(raw) if raw.tzinfo else raw.replace(tzinfo=SHANGHAI)
    if found.microsecond:
        found = (found + timedelta(microseconds=500_000)).replace(microsecond=0)
    return found


def _moment_of_number(number: float) -> datetime | str:
    if not _FIRST_SERIAL <= number < _LAST_SERIAL + 1:
        return f"{shown(_plain(number))}不是完整的日期和时间，{MOMENT_FORM}"
    found = _EPOCH + timedelta(seconds=round(number * _SECONDS))
    return found.replace(tzinfo=SHANGHAI)


def _moment_of_other_text(raw: str) -> datetime | str:
    text = half_width(raw).strip()
    if _SERIAL.fullmatch(text):
        return _moment_of_number(float(text))
    stamp = _iso_stamp(text)
    return _moment_of_datetime(stamp) if stamp else f"{shown(raw)}不是日期和时间，{MOMENT_FORM}"


def _iso_stamp(text: str) -> datetime | None:
    """A stamp with a time zone, as programs write it."""
    if "T" not in text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def _local(found: datetime) -> datetime:
    return found.astimezone(SHANGHAI) if found.tzinfo else found


def _plain(number: float) -> object:
    return int(number) if number == int(number) else number


def day_of(value: object) -> date | None:
    """A day as it is stored, or as it came with a step; None where there is none or it cannot be read.

    For guards, which judge a row before what came with the step was read: what cannot be read is refused with
    its column.
    """
    found = None if value is None else day(value)
    return found if isinstance(found, date) else None
