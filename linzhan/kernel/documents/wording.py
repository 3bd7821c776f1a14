"""Numbers and days as official documents write them (GB/T 9704-2012, 7.3.3 and 7.3.5)."""

from __future__ import annotations

from datetime import date

DIGITS: tuple[str, ...] = ("", *"一二三四五六七八九")


def chinese_number(number: int) -> str:
    """The number of a part: 一, 十, 二十一; digits from 100 on."""
    tens, ones = divmod(number, 10)
    if tens > 9:
        return str(number)
    return (DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + DIGITS[ones]


def chinese_day(day: date | None) -> str:
    """``2026年2月5日``, without leading zeros; empty where there is none."""
    return f"{day.year}年{day.month}月{day.day}日" if day is not None else ""
