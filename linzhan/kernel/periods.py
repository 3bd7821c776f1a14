"""Periods of figures, reports and duties: written forms, arithmetic on the calendar, Chinese labels.

A period is written ``2021``, ``2021H1``, ``2021Q3``, ``2021-06``, ``2021-W23`` (ISO week),
``2021-06-05`` or ``A..B`` (``contract/commands.md``). Both its first and its last day belong to it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

EARLIEST_YEAR: Final = 1900
LATEST_YEAR: Final = 2100

FORMS: Final = "2021、2021H1、2021Q3、2021-06、2021-W23、2021-06-05 或 2021-06-05..2021-07-01"


class PeriodFault(ValueError):
    """A text that is no period; the message is Chinese and says which forms there are."""


class Grain(StrEnum):
    """The kinds of period."""

    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``start`` to ``end``, both included, and the text by which one asks for them."""

    text: str
    start: date
    end: date

    def __str__(self) -> str:
        return self.text

    @classmethod
    def of(cls, day: date, grain: Grain) -> Period:
        """The period of kind ``grain`` that ``day`` belongs to. ``Grain.RANGE`` has none: ValueError."""
        return _of(day, grain)

    @classmethod
    def between(cls, start: date, end: date) -> Period:
        """The days ``start..end``; :class:`PeriodFault` where the end comes first."""
        if end < start:
            raise PeriodFault(f"时段的结束 {end} 早于开始 {start}")
        return cls(f"{start}..{end}", start, end)

    @property
    def grain(self) -> Grain:
        return next(grain for grain, form in _FORMS.items() if form.fullmatch(self.text))

    @property
    def days(self) -> int:
        """How many days the period has."""
        return (self.end - self.start).days + 1

    @property
    def year(self) -> int:
        """The year the period is counted in: the ISO year of a week, else the year of the first day."""
        return self.start.isocalendar().year if self.grain is Grain.WEEK else self.start.year

    @property
    def is_whole_months(self) -> bool:
        return self.start.day == 1 and (self.end + timedelta(1)).day == 1

    def contains(self, day: date) -> bool:
        return self.start <= day <= self.end

    def covers(self, other: Period) -> bool:
        """Whether all days of ``other`` belong to this period."""
        return self.start <= other.start and other.end <= self.end

    def parts(self, grain: Grain) -> tuple[Period, ...]:
        """The periods of kind ``grain`` that share a day with this one, in order (weeks may stick out)."""
        found = [_of(self.start, grain)]
        while found[-1].end < self.end:
            found.append(_of(found[-1].end + timedelta(1), grain))
        return tuple(found)

    def months(self) -> tuple[Period, ...]:
        """The calendar months that share a day with this period, in order."""
        return self.parts(Grain.MONTH)

    def previous(self) -> Period:
        """The period just before: of the same kind, or, for a range, as many whole months or days."""
        if self.grain is not Grain.RANGE:
            return _of(self.start - timedelta(1), self.grain)
        before = timedelta(self.days)
        first = _months_on(self.start, -len(self.months())) if self.is_whole_months else self.start - before
        return Period.between(first, self.start - timedelta(1))

    def next(self) -> Period:
        """The period just after, as :meth:`previous`."""
        first = self.end + timedelta(1)
        if self.grain is not Grain.RANGE:
            return _of(first, self.grain)
        length = timedelta(self.days)
        after = _months_on(first, len(self.months())) if self.is_whole_months else first + length
        return Period.between(first, after - timedelta(1))

    def last_year(self) -> Period:
        """The same period a year earlier. Week 53 becomes the last week, 29 February the 28th."""
        return _last_year(self)

    @property
    def label(self) -> str:
        """The period in Chinese, as documents print it: ``2021年第3季度``."""
        return _LABELS[self.grain](self)


def parse_period(text: str) -> Period:
    """The period written in ``text``, also as :attr:`Period.label` words it; :class:`PeriodFault` otherwise."""
    plain = _unworded(unicodedata.normalize("NFKC", text).strip().upper())
    if ".." not in plain:
        return _simple(plain)
    first, _, last = plain.partition("..")
    start, end = _simple(first.strip()), _simple(last.strip())
    if end.end < start.start:
        raise PeriodFault(f"时段“{plain}”的结束早于开始，请对调两端")
    return Period(f"{start}..{end}", start.start, end.end)


_FORMS: Final = {
    Grain.YEAR: re.compile(r"(\d{4})"),
    Grain.HALF: re.compile(r"(\d{4})H([12])"),
    Grain.QUARTER: re.compile(r"(\d{4})Q([1-4])"),
    Grain.MONTH: re.compile(r"(\d{4})-(\d\d)"),
    Grain.WEEK: re.compile(r"(\d{4})-W(\d\d)"),
    Grain.DAY: re.compile(r"(\d{4})-(\d\d)-(\d\d)"),
    Grain.RANGE: re.compile(r".+\.\..+"),
}
_MONTHS_IN: Final = {Grain.YEAR: 12, Grain.HALF: 6, Grain.QUARTER: 3, Grain.MONTH: 1}
_PART_TEXTS: Final = {Grain.YEAR: "", Grain.HALF: "H{}", Grain.QUARTER: "Q{}", Grain.MONTH: "-{:02d}"}


_WORDED: Final = (
    (re.compile(r"(\d{4})年(?:度|全年)?"), "{}"),
    (re.compile(r"(\d{4})年上半年"), "{}H1"),
    (re.compile(r"(\d{4})年下半年"), "{}H2"),
    (re.compile(r"(\d{4})年第([1-4])季度"), "{}Q{}"),
    (re.compile(r"(\d{4})年0?(\d{1,2})月"), "{}-{:0>2}"),
)
_NUMERALS: Final = str.maketrans("一二三四", "1234")


def _unworded(text: str) -> str:
    """A period as people word it in the form that asks for it; anything else as it is."""
    plain = "".join(text.split()).translate(_NUMERALS)
    found = ((form.fullmatch(plain), written) for form, written in _WORDED)
    return next((written.format(*match.groups()) for match, written in found if match), text)


def _simple(text: str) -> Period:
    for grain, form in _FORMS.items():
        if grain is not Grain.RANGE and text.isascii() and (match := form.fullmatch(text)):
            return _built(text, grain, [int(part) for part in match.groups()])
    raise PeriodFault(f"看不懂时段“{text}”，可用的写法：{FORMS}")


def _built(text: str, grain: Grain, numbers: list[int]) -> Period:
    if not EARLIEST_YEAR <= numbers[0] <= LATEST_YEAR:
        raise PeriodFault(f"时段“{text}”的年份应在 {EARLIEST_YEAR} 与 {LATEST_YEAR} 之间")
    try:
        return _of(_first_day(grain, numbers), grain)
    except ValueError:
        raise PeriodFault(f"日历上没有“{text}”，请核对月、日或周") from None


def _first_day(grain: Grain, numbers: list[int]) -> date:
    if grain is Grain.WEEK:
        return date.fromisocalendar(numbers[0], numbers[1], 1)
    if grain is Grain.DAY:
        return date(*numbers)
    return date(numbers[0], (numbers[1] - 1) * _MONTHS_IN[grain] + 1 if len(numbers) > 1 else 1, 1)


def _of(day: date, grain: Grain) -> Period:
    if grain is Grain.DAY:
        return Period(day.isoformat(), day, day)
    if grain is Grain.WEEK:
        year, week, weekday = day.isocalendar()
        monday = day - timedelta(weekday - 1)
        return Period(f"{year:04d}-W{week:02d}", monday, monday + timedelta(6))
    if grain is Grain.RANGE:
        raise ValueError("a range is not a division of the calendar: use Period.between")
    return _of_months(day, grain)


def _of_months(day: date, grain: Grain) -> Period:
    length = _MONTHS_IN[grain]
    order = (day.month - 1) // length
    first = date(day.year, order * length + 1, 1)
    part = _PART_TEXTS[grain].format(order + 1)
    return Period(f"{day.year:04d}{part}", first, _months_on(first, length) - timedelta(1))


def _months_on(first: date, count: int) -> date:
    """The first of the month ``count`` months after the month that ``first`` begins."""
    year, month = divmod(first.year * 12 + first.month - 1 + count, 12)
    return date(year, month + 1, 1)


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _last_year(period: Period) -> Period:
    if period.grain is Grain.WEEK:
        year, week, _ = period.start.isocalendar()
        last = date(year - 1, 12, 28).isocalendar().week  # 28 December always lies in the last week
        return _of(date.fromisocalendar(year - 1, min(week, last), 1), Grain.WEEK)
    if period.grain is not Grain.RANGE:
        return _of(_year_before(period.start), period.grain)
    if period.is_whole_months:
        after = _months_on(period.end + timedelta(1), -12)
        return Period.between(_months_on(period.start, -12), after - timedelta(1))
    return Period.between(_year_before(period.start), _year_before(period.end))


def day_label(day: date) -> str:
    """``2021年6月5日``"""
    return f"{day.year}年{day.month}月{day.day}日"


_LABELS: Final[dict[Grain, Callable[[Period], str]]] = {
    Grain.YEAR: lambda p: f"{p.start.year}年",
    Grain.HALF: lambda p: f"{p.start.year}年{'上' if p.start.month == 1 else '下'}半年",
    Grain.QUARTER: lambda p: f"{p.start.year}年第{p.start.month // 3 + 1}季度",
    Grain.MONTH: lambda p: f"{p.start.year}年{p.start.month}月",
    Grain.WEEK: lambda p: f"{p.year}年第{p.start.isocalendar().week}周",
    Grain.DAY: lambda p: day_label(p.start),
    Grain.RANGE: lambda p: f"{day_label(p.start)}至{day_label(p.end)}",
}
