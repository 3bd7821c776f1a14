"""Pure rules of supervision: who is owed what in a month, and which supervisor suits a station (SPV-03, SPV-05, SPV-10)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0
DIVISIONS = ((9, "同一乡镇"), (6, "同县"), (4, "同市"), (2, "同省"))
FAR = "外省"


def months_between(begins: date, on: date) -> int:
    """Whole months from one day to another."""
    months = (on.year - begins.year) * 12 + on.month - begins.month
    return months - (on.day < begins.day)


@dataclass(frozen=True, kw_only=True, slots=True)
class Received:
    """What one worker got in a month: sessions and their hours, and how often the worker's station had each form."""

    times: int = 0
    hours: Decimal = Decimal(0)
    forms: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What a place asks for one worker in a month; ``forms`` says how often each station is to have which."""

    times: int
    hours: int
    forms: Mapping[str, int] = field(default_factory=dict)


def asked_of(
    hired_on: date,
    on: date,
    *,
    times: int,
    hours: int,
    new_times: int,
    new_months: int,
    forms: Mapping[str, int],
) -> Asked:
    """A worker who came less than ``new_months`` ago is supervised more often."""
    new = months_between(hired_on, on) < new_months
    return Asked(times=max(times, new_times) if new else times, hours=hours, forms=forms)


def lacking(asked: Asked, received: Received) -> list[str]:
    """What is still owed, in words; nothing where the month is met."""
    found = []
    if (missing := asked.times - received.times) > 0:
        found.append(f"还差 {missing} 次")
    if (short := Decimal(asked.hours) - received.hours) > 0:
        found.append(f"还差 {short.normalize():f} 小时")
    for form, times in asked.forms.items():
        had = received.forms.get(form, 0)
        if had < times:
            found.append(f"本站只有 {had} 次{form}督导，须有 {times} 次" if had else f"本站没有{form}督导")
    return found


def working_days(hours: Decimal, day_hours: int) -> Decimal:
    """Hours as working days, one decimal."""
    return (hours / day_hours).quantize(Decimal("0.1")) if day_hours else Decimal(0)


Point = tuple[float, float]
"""Longitude and latitude."""


def kilometres(one: Point, other: Point) -> float:
    """The great circle between two points."""
    (lon1, lat1), (lon2, lat2) = ((radians(x), radians(y)) for x, y in (one, other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


@dataclass(frozen=True, kw_only=True, slots=True)
class Seat:
    """Where somebody is: a division, and a point where one is known."""

    region: str
    point: Point | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A supervisor who may be asked: where, in what, for how many stations already and at most."""

    key: str
    at: Seat
    fields: tuple[str, ...] = ()
    load: int = 0
    capacity: int | None = None
    internal: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """A candidate with the reasons for and against; a person decides."""

    candidate: Candidate
    reasons: tuple[str, ...]
    full: bool


def nearness(one: str, other: str) -> tuple[int, str]:
    """How near two divisions are in the tree: 0 the same township … 4 another province, and the word for it."""
    for rank, (width, word) in enumerate(DIVISIONS):
        if one[:width] == other[:width] and one[width - 1 : width] and one[:width].strip("0"):
            return rank, word
    return len(DIVISIONS), FAR


def proposals(station: Seat, wanted: Collection[str], candidates: Sequence[Candidate]) -> list[Proposal]:
    """The candidates for a station: those with room first, then by field, distance and load.

    The distance is that of points where both are known, else that of the tree of divisions.
    """
    found = [(_order(station, wanted, each), each) for each in candidates]
    return [
        Proposal(candidate=each, reasons=_reasons(station, wanted, each), full=_full(each))
        for _order_of, each in sorted(found, key=lambda pair: (pair[0], pair[1].key))
    ]


def _full(each: Candidate) -> bool:
    return each.capacity is not None and each.load >= each.capacity


def _order(station: Seat, wanted: Collection[str], each: Candidate) -> tuple[bool, int, float, int]:
    shared = len(set(wanted) & set(each.fields))
    rank, _word = nearness(station.region, each.at.region)
    far = kilometres(station.point, each.at.point) if station.point and each.at.point else _usual(rank)
    return _full(each), -shared, far, each.load


def _usual(rank: int) -> float:
    """What a step of the tree is taken for where there are no points: kilometres to the middle of a division."""
    return (5.0, 25.0, 80.0, 250.0, 800.0)[rank]


def _reasons(station: Seat, wanted: Collection[str], each: Candidate) -> tuple[str, ...]:
    _rank, word = nearness(station.region, each.at.region)
    if station.point and each.at.point:
        near = f"直线约 {kilometres(station.point, each.at.point):.0f} 公里（{word}）"
    else:
        near = f"{word}（没有经纬度，按行政区划）"
    shared = [field for field in each.fields if field in wanted]
    match = f"擅长{'、'.join(shared)}，与站点需要相合" if shared else _other_fields(each, wanted)
    room = f"，最多 {each.capacity} 个" if each.capacity is not None else "，没有登记上限"
    load = f"现带 {each.load} 个站{room}" + ("，已满" if _full(each) else "")
    return (near, match, load, "内部督导" if each.internal else "外部督导")


def _other_fields(each: Candidate, wanted: Collection[str]) -> str:
    if not wanted:
        return f"擅长{'、'.join(each.fields)}" if each.fields else "没有登记擅长领域"
    return f"擅长{'、'.join(each.fields)}，与站点需要不同" if each.fields else "没有登记擅长领域"
