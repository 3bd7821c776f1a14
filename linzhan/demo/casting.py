"""The demo accounts of ``contract/commands.md``, each appointed where the story has a place for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password

from linzhan.accounts.api import Role, appoint, create_account
from linzhan.demo import elsewhere
from linzhan.demo.city import Cast
from linzhan.demo.published import CITY
from linzhan.kernel import places
from linzhan.kernel.registers.attributes import key_attribute, stored_key
from linzhan.kernel.registers.declare import REGISTERS

SINCE = date(2020, 1, 1)


class NoSuchRow(LookupError):
    """An account stands for a row that was not written."""


@dataclass(frozen=True, slots=True)
class Part:
    """Who an account is: role, place, and the rows it is bound to."""

    username: str
    role: str
    region: str
    title: str
    provider: UUID | None = None
    station: UUID | None = None
    stations: tuple[UUID, ...] = ()
    person: UUID | None = None


def give_accounts(cast: Cast) -> int:
    """Make and appoint all demo accounts; how many there are."""
    titles = dict(settings.DEMO_ACCOUNTS)
    parts = _parts(cast)
    if {part.username for part in parts} != set(titles):
        raise ValueError("the demo accounts of the settings and of the story differ")
    encoded = make_password(settings.DEMO_PASSWORD)
    for part in parts:
        user = create_account(
            username=part.username,
            display_name=cast.names.get(part.username) or str(titles[part.username]),
            password=settings.DEMO_PASSWORD,
            region_code=part.region,
            is_demo=True,
            must_change_password=False,
            encoded=encoded,
        )
        appoint(
            user=user,
            role=part.role,
            region_code=part.region,
            title=part.title,
            provider_id=part.provider,
            station_id=part.station,
            stations=part.stations,
            person_id=part.person,
            valid_from=SINCE,
        )
    return len(parts)


def _parts(cast: Cast) -> list[Part]:
    return [*_of_areas(cast), *_of_services(cast)]


def _of_areas(cast: Cast) -> list[Part]:
    return [
        Part("admin", Role.SYSTEM_ADMIN, places.NATION, "系统管理员"),
        Part("province", Role.PROVINCE_OFFICIAL, places.province_of(CITY), "慈善社工处"),
        Part("city", Role.CITY_OFFICIAL, CITY, "慈善事业促进和社会工作科"),
        Part("county", Role.COUNTY_OFFICIAL, cast.county, "社会工作股"),
        Part("purchaser", Role.PURCHASER, cast.county, "购买服务经办"),
        Part("finance", Role.FINANCE, cast.county, "社会保障股"),
        Part("township", Role.TOWNSHIP_OFFICIAL, cast.township, "民政办"),
        Part("protection", Role.CHILD_PROTECTION, cast.county, "未成年人保护专员"),
        Part("evaluator", Role.EVALUATOR, CITY, "第三方评估"),
        Part("haining", Role.COUNTY_OFFICIAL, elsewhere.HAINING, "社会工作科"),
        Part("zhengzhou", Role.COUNTY_OFFICIAL, elsewhere.ERQI, "社会工作科"),
    ]


def _of_services(cast: Cast) -> list[Part]:
    station = row_id("stations", cast.station)
    stations = tuple(row_id("stations", each) for each in cast.supervised)
    provider = row_id("providers", cast.provider)
    lead, worker = row_id("workers", cast.lead), row_id("workers", cast.worker)
    return [
        Part("provider", Role.PROVIDER_MANAGER, cast.county, "机构负责人", provider=provider),
        Part("lead", Role.STATION_LEAD, cast.township, "站长", station=station, person=lead),
        Part("worker", Role.STATION_WORKER, cast.township, "一线社工", station=station, person=worker),
        Part("supervisor", Role.SUPERVISOR, cast.county, "实务督导", stations=stations),
        Part("volunteer", Role.VOLUNTEER, cast.township, "", person=row_id("volunteers", cast.volunteer)),
        Part("resident", Role.RESIDENT, cast.township, "", person=row_id("residents", cast.resident)),
    ]


def row_id(register: str, key: str) -> UUID:
    """The id of the row of ``register`` with this key."""
    entry = REGISTERS[register]
    found = entry.model._default_manager.filter(**{key_attribute(entry): stored_key(entry, key)})
    identity = found.values_list("id", flat=True).first()
    if identity is None:
        raise NoSuchRow(f"{register}: {key}")
    result: UUID = identity
    return result
