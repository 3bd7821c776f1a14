"""A city that goes about its work: stations, workers, residents, and a year of services without anything odd."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Final
from zoneinfo import ZoneInfo

from linzhan.demo.simulating.wording import note
from linzhan.kernel.identity import fictional_identity
from linzhan.kernel.registers.declare import codes_of
from linzhan.territory.api import Region

LOCAL: Final = ZoneInfo("Asia/Shanghai")
YEAR: Final = 2021
SLOTS: Final = ((8, 40), (9, 30), (10, 20), (11, 10), (14, 10), (15, 0), (15, 50), (16, 40))
METHODS: Final = ("探访", "探访", "探访", "个案", "咨询")
RESIDENTS: Final = 10
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Preset:
    """How large: the place, workers at a station, services of a worker in a month."""

    region: str
    workers: int
    monthly: int


PRESETS: Final = {
    "county": Preset("431202000000", 4, 28),
    "city": Preset("431200000000", 4, 28),
    "province": Preset("430000000000", 6, 36),
    "nation": Preset("000000000000", 4, 28),
}


@dataclass(slots=True)
class Worker:
    """A worker with those they serve. ``habit`` changes how their year was written down."""

    number: str
    station: str
    region: str
    residents: list[str] = field(default_factory=list)
    habit: str = ""
    taken: bool = False


@dataclass(slots=True)
class Town:
    """What stands before there are services: rows by register, and the workers."""

    stations: list[Row]
    workers: list[Row]
    residents: list[Row]
    people: list[Worker]


def town_of(preset: Preset, chance: Random, workers: int | None = None) -> Town:
    """Stations in the townships of the place, as many as ``workers`` need."""
    within = Region.objects.within(preset.region).filter(level=4, grouping=False, valid_to__isnull=True)
    codes = list(within.order_by("code").values_list("code", flat=True))
    made, category = Town([], [], [], []), min(codes_of("@categories").values())
    wanted = workers or len(codes) * preset.workers
    for number in range(wanted):
        code = codes[number // preset.workers % len(codes)]
        at = f"MZ{number // preset.workers:05d}"
        if number % preset.workers == 0:
            made.stations.append(
                {
                    "code": at,
                    "name": f"模拟{at[2:]}站",
                    "region": code,
                    "tier": "乡镇街道社工站",
                    "status": "运营",
                }
            )
        who = Worker(
            fictional_identity(date(1970, 1, 1) + timedelta(days=number % 9000), "女", 1 + number // 9000),
            at,
            code,
        )
        made.people.append(who)
        made.workers.append(
            {
                "identity_number": who.number, "name": f"模{chr(0x4E00 + number % 5000)}", "post": "一线社工",
                "employment": "全职", "hired_on": "2020-01-01", "station": at,
            }
        )  # fmt: skip
        for nth in range(RESIDENTS):
            key = f"MD{number:06d}{nth:02d}"
            who.residents.append(key)
            made.residents.append(
                {
                    "code": key, "name": f"拟{chr(0x4E00 + chance.randrange(8000))}{chr(0x5200 + chance.randrange(8000))}",
                    "categories": (category,), "risk": "一般", "station": at, "worker": who.number,
                    "registered_on": "2020-06-01", "home_region": code, "household": f"MH{number:06d}{nth // 2:02d}",
                }
            )  # fmt: skip
    return made


def moment(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour, minute), LOCAL)


def services(
    preset: Preset, who: Worker, months: int, chance: Random, number: int
) -> Iterator[dict[str, Any]]:
    """A worker's services on working days, none beside another; weekends stay free for what is planted."""
    count = 0
    for month in range(1, months + 1):
        days = [each for each in _days(month) if each.weekday() < 5]
        places = chance.sample([(day, slot) for day in days for slot in SLOTS], preset.monthly)
        for day, (hour, minute) in sorted(places):
            begins = moment(day, hour, minute) + timedelta(minutes=chance.randrange(4))
            ends = begins + timedelta(minutes=_length(who, chance))
            method = "小组" if who.habit == "course" else chance.choice(METHODS)
            count += 1
            yield {
                "code": f"MF{number:06d}{count:05d}",
                "method": method,
                "started_at": begins,
                "ended_at": ends,
                "station": who.station,
                "workers": (who.number,),
                "residents": (chance.choice(who.residents),),
                "outcome": "见到本人" if method == "探访" else "",
                "case_code": "MKC" if who.habit == "course" else "",
                "content": note(chance, chance.randrange(7, 12)),
                "satisfaction": _rating(who, count, chance),
                "entered_at": _entered(who, count, begins, ends, chance),
            }


def _days(month: int) -> list[date]:
    first = date(YEAR, month, 1)
    return [each for n in range(31) if (each := first + timedelta(days=n)).month == month]


def _length(who: Worker, chance: Random) -> int:
    if who.habit == "constant":
        return 30 if chance.random() < 0.85 else chance.randrange(18, 46)
    if who.habit == "course":
        return 45
    if who.habit == "rounded":
        return chance.choice((20, 25, 30, 35, 40, 45))
    return chance.randrange(18, 46)


def _rating(who: Worker, count: int, chance: Random) -> int | None:
    if who.habit == "perfect":
        return 5 if count % 4 == 0 else None
    if who.habit == "nearly":
        return (4 if count == 8 else 5) if count % 4 == 0 else None
    if who.habit == "few":
        return 5 if count in (4, 8, 12) else None
    return chance.choice((3, 4, 4, 5, 5)) if count % 4 == 0 else None


def _entered(who: Worker, count: int, begins: datetime, ends: datetime, chance: Random) -> datetime:
    """On the day, minutes after; the one who does it at the end of the month sits down each day for some of it.

    The innocent one leaves every fifth for then: by chance some month would come to what is asked about.
    """
    next_month = (begins.replace(day=28) + timedelta(days=4)).replace(day=1)
    if who.habit == "tail" and begins.day <= 18 and chance.random() < 0.75:
        return (next_month - timedelta(days=chance.randrange(1, 4))).replace(hour=9) + timedelta(
            minutes=chance.randrange(600)
        )
    if who.habit == "weekly" and begins.day <= 18 and count % 5 == 0:
        return (next_month - timedelta(days=1)).replace(hour=9) + timedelta(minutes=chance.randrange(600))
    return ends + timedelta(minutes=chance.randrange(5, 90))
