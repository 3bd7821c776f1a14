"""Two counties that keep every register, and everybody who might look: made from the registry, not by hand.

Each county holds two rows of every register. The first belongs to station 1 of institution P, which works
in both counties; the second to station 2, in another township, of institution Q, which works only there.
Rows are called ``A1 A2 B1 B2``. The first rows of both counties bear the same keys wherever a key is
unique within its county only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from linzhan.accounts.api import Role, scope_of
from linzhan.accounts.models import Appointment, User
from linzhan.casework.api import ServiceRecord
from linzhan.kernel.access import RIGHTS
from linzhan.kernel.ids import uuid7
from linzhan.kernel.registers.batch import Incoming, Outcome
from linzhan.kernel.registers.declare import (
    REGISTERS,
    Register,
    by_sheet,
    codes_of,
    in_order,
    sheets_of_subject,
)
from linzhan.kernel.registers.writing import save
from linzhan.kernel.scope import EVERYTHING, Actor, Scope, opened
from linzhan.kernel.sheets.columns import Column, Kind
from linzhan.network.api import Station
from linzhan.oversight.api import Alert
from linzhan.quality.models import RoundEvaluator
from linzhan.territory.loader import load_villages
from linzhan.territory.models import Region
from tests.factories.providers import credit_code
from tests.factories.workforce import identity_number

COUNTIES = {"A": "431202000000", "B": "431281000000"}
NAMES = ("A1", "A2", "B1", "B2")
EVALUATOR = "评估(甲县)"
"""Sits in the round that evaluates station A1."""
SUBJECT = "站点"
CLERKS = {
    "A": "99010119-6001-0100-9000-00000000000a",
    "B": "99010119-6001-0100-9000-00000000000b",
}
SAID = {
    "answers": '{"1": 10, "2": 5, "3": 5, "4": 10, "5": 10, "6": 10, "7": 10, "8": 15, "9": 15, "10": 10}',
    "body": "派出所",
    "begins": "16:30",
    "ends": "18:00",
    "until_on": "2021-12-31",
    "paid_out": "100",
}
"""What a column says where its kind alone does not tell: answers to the first scale, who was called, the clock."""

SAID_OF = {
    ("month-locks", "month"): "2019-01",
    ("month-unlocks", "month"): "2019-01",
    ("evaluation-rounds", "period"): "2021",
    ("evaluation-rounds", "scheme"): "county-100@1",
    ("round-evaluators", "side"): "第三方",
    ("evaluation-scores", "line"): "A3",
    ("score-objections", "line"): "A3",
    ("supervision-ratings", "side"): "督导评社工",
    ("contest-seasons", "period"): "2021Q3",
    ("contest-seasons", "scheme"): "contest-4@1",
    ("personnel-diagnoses", "period"): "2021",
    ("satisfaction-surveys", "period"): "2021",
    ("satisfaction-surveys", "questions"): ("评分：您满意吗",),
}
"""The same of one register: the month that is closed is not the one in which all else happens."""

METHOD_OF = {
    "activity-details": "活动",
    "attendances": "小组",
    "consultations": "咨询",
    "referral-files": "转介",
    "resource-links": "资源链接",
    "session-notes": "个案",
    "visit-details": "探访",
}
"""What the records of the world have to be of when rows of these registers are told of them."""

STAGE_OF = {
    "sanction-statements": ("provider-sanctions", "已告知"),
    "evaluation-scores": ("evaluation-rounds", "评分"),
    "score-objections": ("evaluation-rounds", "已告知"),
}
"""How far the rows of another register have to be when rows of these are written."""

Cells = dict[str, Any]


@dataclass
class World:
    """What was made: the cells of each row as given, and its id, by register key and row name."""

    towns: dict[str, str] = field(default_factory=dict)
    levels: list[dict[str, str]] = field(default_factory=list)
    regions: dict[str, str] = field(default_factory=dict)
    cells: dict[str, dict[str, Cells]] = field(default_factory=dict)
    ids: dict[str, dict[str, UUID]] = field(default_factory=dict)
    keys: dict[str, dict[str, str]] = field(default_factory=dict)

    def id(self, register: str, name: str) -> str:
        return str(self.ids[register][name])

    def told(self) -> dict[str, Any]:
        """The world in words that can be written down."""
        return {
            **vars(self),
            "ids": {key: {name: str(pk) for name, pk in own.items()} for key, own in self.ids.items()},
        }

    @classmethod
    def of(cls, told: dict[str, Any]) -> World:
        """The world that was :meth:`told`; several values of a cell are a tuple."""
        cells = {
            key: {name: {column: _cell(value) for column, value in row.items()} for name, row in rows.items()}
            for key, rows in told["cells"].items()
        }
        ids = {key: {name: UUID(pk) for name, pk in own.items()} for key, own in told["ids"].items()}
        return cls(**{**told, "cells": cells, "ids": ids})


def _cell(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def entries() -> list[Register]:
    """The registers, referred-to ones first."""
    return in_order(REGISTERS)


def build() -> World:
    """Make all rows, each county its own; every row must go in."""
    world = World()
    with opened(EVERYTHING, Actor(label="生成")):
        for letter, county in COUNTIES.items():
            load_villages(county)
            towns = Region.objects.filter(parent_code=county, grouping=False, level=4).order_by("code")[:2]
            world.towns |= {f"{letter}{n}": town.code for n, town in enumerate(towns, 1)}
        world.levels = levels(world.towns)
    for register in entries():
        _fill(world, register)
    with opened(EVERYTHING):
        seat = RoundEvaluator.objects.filter(pk=world.id("round-evaluators", "A1"))
        assert seat.update(username=_username(Role.EVALUATOR, EVALUATOR)) == 1
    return world


def _clerk(letter: str) -> Scope:
    """Whoever enters the rows of a county: in every circle, and nobody of the cast."""
    circles = tuple(sorted(right.key for right in RIGHTS if right.opens))
    return Scope(regions=(COUNTIES[letter],), people=(CLERKS[letter],), circles=circles)


def _raise(world: World, register: Register) -> None:
    """Alerts are the rules' own: nobody writes one down. One about a worker of each station."""
    with opened(EVERYTHING):
        for name in NAMES:
            at = Station.objects.get(pk=world.id("stations", name))
            made = Alert.objects.create(
                region_code=at.region_code,
                station_id=at.pk,
                provider_id=at.provider_id,
                person_id=world.id("workers", name),
                subject_id=world.id("workers", name),
                about="社工",
                code=f"RW17-{name}",
                rule="RW17",
                severity="黄",
                level=2,
                key=name,
                message="登记到期",
                opened_on="2021-03-01",
                checked_on="2021-03-01",
                tier="站点",
                due_at="2021-03-04T10:00:00+08:00",
            )
            world.cells.setdefault(register.key, {})[name] = {"code": made.code}
            world.ids.setdefault(register.key, {})[name] = made.pk
            world.keys.setdefault(register.key, {})[name] = made.code


def _ask(world: World, register: Register) -> None:
    """Flags are the checks' own, as alerts are the rules'; calls come from a draw."""
    with opened(EVERYTHING):
        for name in NAMES:
            at = Station.objects.get(pk=world.id("stations", name))
            row: dict[str, Any] = {
                "region_code": at.region_code, "station_id": at.pk, "provider_id": at.provider_id, "code": f"PC01-{name}"
            }  # fmt: skip
            if register.key == "callbacks":
                row |= {
                    "sample_id": world.id("callback-samples", name),
                    "record_id": world.id("service-records", name),
                    "resident_id": world.id("residents", name),
                    "worker_ids": [world.id("workers", name)],
                }
            else:
                row |= {
                    "person_id": world.id("workers", name),
                    "rule": "PC01",
                    "key": name,
                    "message": "重叠",
                }
                row |= dict.fromkeys(("since", "opened_on", "checked_on", "answer_by"), "2021-03-01")
            made = register.model._default_manager.create(**row)
            world.cells.setdefault(register.key, {})[name] = {"code": row["code"]}
            world.ids.setdefault(register.key, {})[name] = made.pk
            world.keys.setdefault(register.key, {})[name] = row["code"]


def _fill(world: World, register: Register) -> None:
    if register.key == "alerts":
        _raise(world, register)
        return
    if register.key in ("plausibility-flags", "callbacks"):
        _ask(world, register)
        return
    own: dict[str, Cells] = {}
    found: dict[str, UUID] = {}
    if register.key in METHOD_OF:
        with opened(EVERYTHING):
            ServiceRecord.objects.update(method=METHOD_OF[register.key])
    if register.key in STAGE_OF:
        other, stage = STAGE_OF[register.key]
        with opened(EVERYTHING):
            REGISTERS[other].model._default_manager.update(stage=stage)
    for number, name in enumerate(NAMES, 1):
        for regions in world.levels:
            world.regions = regions
            with opened(_clerk(name[0]), Actor(id=CLERKS[name[0]], label=f"{name[0]} 县")):
                own[name] = cells(world, register, name, number)
                outcome = save([Incoming.of(register, [own[name]])])[0]
            if not outcome.faults:
                break
        assert not outcome.faults, f"{register.key} {name}: {outcome.faults} {own[name]}"
        found[name] = _one(outcome)
    world.cells[register.key], world.ids[register.key] = own, found
    world.keys[register.key] = {name: _key(register, each) for name, each in own.items()}


def levels(towns: dict[str, str]) -> list[dict[str, str]]:
    """Townships; for registers that want another level of division, villages or counties."""
    villages = {name: _first_village(town) for name, town in towns.items()}
    return [towns, villages, {name: COUNTIES[name[0]] for name in towns}]


def _first_village(town: str) -> str:
    return str(Region.objects.filter(parent_code=town, level=5).order_by("code")[0].code)


def _one(outcome: Outcome) -> UUID:
    (identity,) = outcome.ids
    assert identity is not None
    return identity


def _key(register: Register, row: Cells) -> str:
    return str(row[register.sheet.keys[0].name])


def cells(world: World, register: Register, name: str, number: int) -> Cells:
    """One row, as a form would send it: what is required, what places it, and every reference."""
    row: Cells = {}
    for column in register.sheet.columns:
        wanted = (
            column.required
            or column.key
            or column.name in register.place
            or column.kind is Kind.REFERENCE
            or column.name in SAID
        )
        if wanted and column.refers_to != register.sheet.name:
            said = SAID_OF.get((register.key, column.name))
            value = said or cell(world, register, column, name, number)
            if column.kind is Kind.YEAR and _moves(register, name):
                value = "2020"  # not the year that the other row of the same institution has
            if value is not None:
                row[column.name] = value
    return row


def cell(world: World, register: Register, column: Column, name: str, number: int) -> Any:
    if column.kind is Kind.REFERENCE or column.name in SAID:
        return SAID.get(column.name) or _reference(world, column, _at_home(register, column, name))
    if column.key and column.kind is Kind.CODE:
        return f"CUN-{name}".replace("A1", "1").replace("B1", "1")
    if column.kind is Kind.IDENTITY:
        return identity_number(9000 + 10 * len(world.cells) + number)
    if column.kind is Kind.USCC:
        return credit_code({"A1": 90001, "A2": 90002, "B1": 90001, "B2": 90004}[name])
    if column.kind is Kind.REGION:
        return world.regions[name]
    if column.name == "subject_kind":
        return SUBJECT
    if column.kind is Kind.CHOICE:
        return column.choices[0]
    if column.kind is Kind.TEXT:
        return f"{column.header}{name}"
    if column.not_before:
        return "2021-03-02 11:00" if column.kind is Kind.TIME else "2021-12-31"
    return PLAIN[column.kind]


PLAIN: Mapping[Kind, Any] = {
    Kind.CODE: "BM-1",
    Kind.INTEGER: "1",
    Kind.DECIMAL: "1",
    Kind.MONEY: "100",
    Kind.YEAR: "2021",
    Kind.MONTH: "2021-03",
    Kind.PERIOD: "2021Q1",
    Kind.DATE: "2021-03-01",
    Kind.TIME: "2021-03-02 10:00",
    Kind.YES_NO: "是",
    Kind.PHONE: "13800000000",
}


def _moves(register: Register, name: str) -> bool:
    """What stands where its institution is registered is written there: institution P is registered in county A."""
    return name == "B1" and register.place == ("provider",) and not register.by_doer


def _at_home(register: Register, column: Column, name: str) -> str:
    return "B2" if column.name == "provider" and _moves(register, name) else name


def _reference(world: World, column: Column, name: str) -> Any:
    if column.refers_to.startswith("@"):
        first = sorted(set(codes_of(column.refers_to).values()))[0]
        return (first,) if column.several else first
    sheet = column.refers_to
    if sheet.startswith("?"):
        sheet = sheets_of_subject(sheet[1:])[SUBJECT]
    target = world.keys[by_sheet(sheet).key]
    return (target[name],) if column.several else target[name]


@dataclass(frozen=True)
class Person:
    """Somebody of the cast: a role over a place."""

    name: str
    role: Role
    appointment: Appointment
    reach: tuple[str, ...] = ()  # where somebody evaluates now, within the place of their appointment

    @property
    def scope(self) -> Scope:
        return scope_of(self.appointment)


def cast(world: World) -> Iterator[Person]:
    """Everybody, by the names of the matrix."""
    provider, station = world.ids["providers"], world.ids["stations"]
    area = {
        "管理员": (Role.SYSTEM_ADMIN, "000000000000"),
        "湖南省": (Role.PROVINCE_OFFICIAL, "430000000000"),
        "广东省": (Role.PROVINCE_OFFICIAL, "440000000000"),
        "怀化市": (Role.CITY_OFFICIAL, "431200000000"),
        "李科长(甲县)": (Role.COUNTY_OFFICIAL, COUNTIES["A"]),
        "张科长(乙县)": (Role.COUNTY_OFFICIAL, COUNTIES["B"]),
        "购买主体(甲县)": (Role.PURCHASER, COUNTIES["A"]),
        "财务(甲县)": (Role.FINANCE, COUNTIES["A"]),
        EVALUATOR: (Role.EVALUATOR, COUNTIES["A"]),
        "未保专员(甲县)": (Role.CHILD_PROTECTION, COUNTIES["A"]),
        "乡镇(甲1)": (Role.TOWNSHIP_OFFICIAL, world.towns["A1"]),
        "乡镇(乙2)": (Role.TOWNSHIP_OFFICIAL, world.towns["B2"]),
    }
    for name, (role, code) in area.items():
        who = person(name, role, region_code=code)
        yield replace(who, reach=(world.towns["A1"],)) if name == EVALUATOR else who
    yield person("机构P(两县)", Role.PROVIDER_MANAGER, region_code=COUNTIES["A"], provider_id=provider["A1"])
    yield person("机构Q(甲县)", Role.PROVIDER_MANAGER, region_code=COUNTIES["A"], provider_id=provider["A2"])
    yield person("站长(甲1)", Role.STATION_LEAD, region_code=world.towns["A1"], station_id=station["A1"])
    yield person("社工(甲1)", Role.STATION_WORKER, region_code=world.towns["A1"], station_id=station["A1"])
    yield person("社工(乙1)", Role.STATION_WORKER, region_code=world.towns["B1"], station_id=station["B1"])
    yield person(
        "督导(甲1甲2)", Role.SUPERVISOR, region_code=COUNTIES["A"], stations=[station["A1"], station["A2"]]
    )
    for name, role, register in (
        ("志愿者", Role.VOLUNTEER, "volunteers"),
        ("居民", Role.RESIDENT, "residents"),
    ):
        yield person(f"{name}(甲1)", role, region_code=world.towns["A1"], person_id=world.ids[register]["A1"])


def person(name: str, role: Role, **place: Any) -> Person:
    user = User(
        id=uuid7(), username=_username(role, name), display_name=name, region_code=place["region_code"]
    )
    return Person(name, role, Appointment(user=user, role=role, **place))


def _username(role: Role, name: str) -> str:
    return f"cast-{role}-{name}"
