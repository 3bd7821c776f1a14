"""The residents on the stations' registers: where they live, what they are, who is responsible for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from linzhan.demo.persons import Person, Population, named
from linzhan.demo.staff import HOME, Staff, Worker
from linzhan.demo.stations import Network, Station
from linzhan.demo.telling import Story, Table, day_between, dice, in_proportion, weighted

AT_FULL_SCALE = 6000
LEAST_AT_HOME = 12  # in the smallest city too the demo accounts have somebody to care for
COLUMNS = (
    "code name document_type identity_number sex born_on categories risk household guardian guardian_phone phone"
    " home_region address station worker registered_on consented_on status"
)
WITHOUT_CONSENT = "431226"  # the county that asks for consent too rarely
ENTERED = date(2021, 10, 8)
KINDS = (  # categories, weight, born from, born until, risk
    (("A01",), 16, 1950, 1995, "一般"),
    (("A01", "D01"), 5, 1955, 1998, "一般"),
    (("A02",), 4, 1955, 1995, "一般"),
    (("A03",), 8, 1938, 1962, "重点"),
    (("A08",), 5, 1955, 1992, "一般"),
    (("B01",), 9, 1936, 1961, "一般"),
    (("B01", "B07"), 2, 1928, 1941, "高风险"),
    (("B02",), 10, 1938, 1961, "一般"),
    (("B03",), 11, 1938, 1961, "一般"),
    (("B04",), 3, 1930, 1958, "重点"),
    (("C01",), 1, 2006, 2017, "重点"),
    (("C03",), 2, 2006, 2017, "重点"),
    (("C04",), 3, 2006, 2017, "重点"),
    (("C07",), 10, 2007, 2017, "一般"),
    (("D01",), 5, 1950, 2000, "一般"),
    (("D02",), 3, 1950, 2000, "重点"),
    (("E05",), 2, 1975, 1996, "一般"),
    (("F01",), 3, 1948, 1996, "普通"),
)
LEAVING = ((date(2021, 6, 28), 0.008), (date(2021, 11, 29), 0.012), (date(2022, 4, 25), 0.01))


@dataclass(slots=True)
class Resident:
    code: str
    person: Person
    categories: tuple[str, ...]
    risk: str
    station: Station
    worker: Worker
    registered_on: date
    village: tuple[str, str]
    left_on: date | None = None

    @property
    def is_child(self) -> bool:
        return self.categories[0].startswith("C")

    def on_register(self, day: date) -> bool:
        return self.registered_on <= day and (self.left_on is None or day < self.left_on)


def tell_residents(
    story: Story, network: Network, staff: Staff, people: Population, scale: float
) -> list[Resident]:
    """About 6,000 at full scale, by township; every station has at least one, that of the accounts a dozen."""
    chance = dice("residents")
    stations = network.township
    weights = [len(each.township.villages) + 6 for each in stations if each.township]
    numbers = in_proportion(round(AT_FULL_SCALE * scale), weights)
    table, found = Table("residents", COLUMNS), []
    for station, number in zip(stations, numbers, strict=True):
        household, least = 0, LEAST_AT_HOME if station.region.startswith(HOME) else 1
        for nth in range(max(least, number)):
            household += chance.random() < 0.8
            found.append(_resident(chance, station, nth, staff, people))
            table.add(**_facts(chance, found[-1], people, f"{station.code}-H{household:04d}"))
    story.tell(table, ENTERED)
    _tell_leaving(story, found)
    return found


def _resident(chance: Random, station: Station, nth: int, staff: Staff, people: Population) -> Resident:
    kind = weighted(chance, [(each, each[1]) for each in KINDS])
    categories, _weight, born_from, born_to, risk = kind
    assert station.township is not None
    villages = station.township.villages or ((station.township.code, station.township.name),)
    begin = max(station.opened_on, date(2019, 3, 1))
    registered = (
        day_between(chance, begin, date(2020, 12, 28))
        if chance.random() < 0.86
        else day_between(chance, date(2021, 1, 4), date(2021, 9, 29))
    )
    return Resident(
        code=f"{station.code}-D{nth + 1:04d}",
        person=people.person(chance, born_from, born_to),
        categories=categories,
        risk="高风险" if risk == "重点" and chance.random() < 0.04 else risk,
        station=station,
        worker=chance.choice(staff.engaged(station, date(2021, 12, 31))),
        registered_on=registered,
        village=chance.choice(villages),
    )


def _facts(chance: Random, resident: Resident, people: Population, household: str) -> dict[str, object]:
    person = resident.person
    guarded = {
        "guardian": named(chance, "女" if chance.random() < 0.6 else "男"),
        "guardian_phone": people.phone(),
    }
    consents = 0.66 if resident.code.startswith(WITHOUT_CONSENT) else 0.95
    return {
        "code": resident.code,
        "name": person.name,
        "document_type": "身份证",
        "identity_number": person.identity_number,
        "sex": person.sex,
        "born_on": person.born_on,
        "categories": resident.categories,
        "risk": resident.risk,
        "household": household,
        "phone": None if resident.is_child or chance.random() < 0.25 else people.phone(),
        "home_region": resident.village[0],
        "address": f"{resident.village[1]}{1 + chance.randrange(18)}组{1 + chance.randrange(80)}号",
        "station": resident.station.code,
        "worker": resident.worker.identity_number,
        "registered_on": resident.registered_on,
        "consented_on": resident.registered_on if chance.random() < consents else None,
        "status": "在册",
        **(guarded if resident.is_child else {}),
    }


def _tell_leaving(story: Story, found: list[Resident]) -> None:
    """Some die, move away or need the station no longer."""
    chance = dice("leaving the register")
    for day, share in LEAVING:
        table = Table("residents", "code station status")
        for resident in found:
            if resident.on_register(day) and chance.random() < share:
                resident.left_on = day
                old = resident.person.born_on.year < 1950
                status = weighted(chance, [("死亡", 6 if old else 0), ("迁出", 3), ("结束", 2), ("暂停", 1)])
                table.add(code=resident.code, station=resident.station.code, status=status)
        story.tell(table, day)
