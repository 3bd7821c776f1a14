"""Rules about institutions on plain values: the calendar of the year, terms, the order of a draw."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from math import ceil

YEAR_END = (12, 31)


def months_later(day: date, months: int) -> date:
    """The same day ``months`` later (or earlier), or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def years_later(day: date, years: int) -> date:
    return months_later(day, years * 12)


def latest_due_year(on: date, month: int, day: int) -> int:
    """The last year whose report was due before ``on``: that of year Y by ``month``/``day`` of Y + 1."""
    return on.year - 1 if on > date(on.year, month, day) else on.year - 2


def exempt(registered_on: date, year: int, months: int) -> bool:
    """Whether a report of ``year`` is not owed: registered later, or less than ``months`` before its end."""
    return registered_on > months_later(date(year, *YEAR_END), -months)


def term_of(starts_on: date, ends_on: date | None, on: date) -> bool:
    """Whether a term that ends before ``ends_on`` holds on a day; without an end it lasts."""
    return starts_on <= on and (ends_on is None or on < ends_on)


def objection_fault(notified_on: date, reply_by: date, days: int) -> str:
    """What is wrong with the time given for an answer."""
    earliest = notified_on + timedelta(days=days)
    if reply_by < earliest:
        return f"陈述申辩期限不得少于 {days} 日：截止日期最早为 {earliest}，现填 {reply_by}"
    return ""


def sample_size(population: int, percent: Decimal | None, number: int | None) -> int:
    """How many to draw: a share is rounded up, and nobody draws more than there are."""
    wanted = max(ceil(Fraction(percent) * population / 100) if percent else 0, number or 0)
    return min(wanted, population)


def digest(seed: str, *of: str) -> str:
    """The mark of one subject (or one subject and inspector) under a published seed."""
    return sha256("|".join((seed, *of)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Drawn:
    """One drawn subject: its digest, who inspects it, and who was passed over for a conflict of interest."""

    subject: str
    digest: str
    inspectors: tuple[str, ...]
    excluded: tuple[str, ...]


def draw(
    seed: str,
    subjects: Collection[str],
    size: int,
    inspectors: Sequence[str],
    conflicts: Mapping[str, Collection[str]],
    per_subject: int,
) -> list[Drawn]:
    """The draw of a seed: anybody who has seed, subjects and inspectors gets the same one.

    Subjects are the first ``size`` in ascending order of ``sha256("seed|subject")``; the inspectors of a
    subject the first ``per_subject`` in order of ``sha256("seed|subject|inspector")`` of those that have no
    conflict of interest (``conflicts``: inspector to subjects). The order in which they are given counts
    for nothing.
    """
    chosen = sorted(set(subjects), key=lambda each: (digest(seed, each), each))[:size]
    return [
        Drawn(each, digest(seed, each), *_inspectors(seed, each, inspectors, conflicts, per_subject))
        for each in chosen
    ]


def _inspectors(
    seed: str, subject: str, inspectors: Iterable[str], conflicts: Mapping[str, Collection[str]], number: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    order = sorted(set(inspectors), key=lambda each: (digest(seed, subject, each), each))
    free = [each for each in order if subject not in conflicts.get(each, ())]
    taken = free[:number]
    last = order.index(taken[-1]) if taken else len(order)
    passed = [each for each in order[:last] if each not in free]
    return tuple(taken), tuple(passed)
