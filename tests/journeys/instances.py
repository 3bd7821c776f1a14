"""The instances that journeys start in: an empty one, and one with the imported county and its people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from linzhan.accounts.api import Role, appoint, create_account
from linzhan.kernel import places
from linzhan.kernel.figures import asking
from linzhan.kernel.postgres import Layout
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.scope import EVERYTHING, Actor, opened
from linzhan.territory.api import Region
from tests import sample
from tests.factories import network
from tests.factories.places import HECHENG, HUAIHUA, HUNAN, ZHONGFANG

PASSWORD = "Hegu-2021-zhan"
SINCE = date(2020, 1, 1)
ELSEWHERE = "邻县甲镇社工站"
MAKER = Actor(label="测试准备", origin="测试")


@contextmanager
def empty(layout: Layout) -> Iterator[None]:
    """An instance as it is after the first start: rules and places, nobody in it."""
    with sample.standing_on(layout, sample.COUNTRY):
        asking.prepare()
        yield


@contextmanager
def county(layout: Layout) -> Iterator[People]:
    """The imported county with one person in each role, and a neighbouring county with a station of its own."""
    with sample.standing_on(layout, sample.SAMPLE):
        asking.prepare()
        with opened(EVERYTHING, MAKER):
            found = _people()
        yield found


@dataclass(slots=True)
class People:
    """User names by what they are, and the rows that the stories are about."""

    station: UUID
    station_name: str
    township: str
    elsewhere: UUID
    names: list[str] = field(default_factory=list)

    def add(self, username: str, role: Role, region: str, **place: Any) -> None:
        user = create_account(
            username=username, display_name=f"测试{role.label}", password=PASSWORD, region_code=region,
            must_change_password=False,
        )  # fmt: skip
        appoint(user=user, role=role, region_code=region, valid_from=SINCE, **place)
        self.names.append(username)


def _people() -> People:
    stations = REGISTERS["stations"].model._default_manager
    station: Any = (
        stations.filter(tier="乡镇街道社工站", status="运营", provider_id__isnull=False)
        .order_by("code")
        .first()
    )
    elsewhere = network.station(township_of(ZHONGFANG), name=ELSEWHERE)
    people = People(station.pk, station.name, station.region_code, elsewhere.pk)
    for username, role, region in (
        ("admin", Role.SYSTEM_ADMIN, places.NATION),
        ("province", Role.PROVINCE_OFFICIAL, HUNAN),
        ("city", Role.CITY_OFFICIAL, HUAIHUA),
        ("county", Role.COUNTY_OFFICIAL, HECHENG),
        ("purchaser", Role.PURCHASER, HECHENG),
        ("finance", Role.FINANCE, HECHENG),
        ("evaluator", Role.EVALUATOR, HECHENG),
        ("township", Role.TOWNSHIP_OFFICIAL, places.pad(station.region_code[:9])),
        ("neighbour", Role.COUNTY_OFFICIAL, ZHONGFANG),
    ):
        people.add(username, role, region)
    _of_stations(people, station, elsewhere)
    return people


def township_of(county: str) -> str:
    low, high = places.bounds(county)
    codes = Region.objects.filter(code__gt=low, code__lt=high, level=4, statistical=False).order_by("code")
    found: str = codes.values_list("code", flat=True)[0]
    return found


def _of_stations(people: People, station: Any, elsewhere: Any) -> None:
    volunteer, resident = (_first(register, station.region_code) for register in ("volunteers", "residents"))
    people.add("provider", Role.PROVIDER_MANAGER, HECHENG, provider_id=station.provider_id)
    for username, role in (
        ("lead", Role.STATION_LEAD),
        ("worker", Role.STATION_WORKER),
        ("supervisor", Role.SUPERVISOR),
    ):
        people.add(username, role, station.region_code, station_id=station.pk)
    people.add("volunteer", Role.VOLUNTEER, HECHENG, person_id=volunteer)
    people.add("resident", Role.RESIDENT, HECHENG, person_id=resident)
    people.add("stranger", Role.STATION_WORKER, elsewhere.region_code, station_id=elsewhere.pk)


def _first(register: str, region: str) -> UUID:
    low, high = places.bounds(places.pad(region[:6]))
    rows = REGISTERS[register].model._default_manager.filter(region_code__gte=low, region_code__lt=high)
    found: UUID = rows.order_by("code").values_list("pk", flat=True)[0]
    return found
