"""One worker with 500 residents and two months of visits: what a full phone holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

RESIDENTS, RECORDS = 500, 300
TOWNSHIP = "431202101000"
VILLAGES = ("罗家村", "石桥村", "柳溪村", "杨柳坪村", "桥南社区", "大塘村", "新田村", "白岩村")
HERE = ZoneInfo("Asia/Shanghai")
NAME, PASSWORD = "phone-500", "Xiang-2021-cun"
KINDS = (("A01",), ("A01", "D01"), ("A03",), ("B01",), ("B01", "B07"), ("B02",), ("C07",), ("E05",))
TOLD = (
    "见到本人；六项都正常。", "身体情况稳定，提醒按时服药，电热毯线路正常", "腰腿痛加重，已约村医周五上门，儿子电话告知",
    "屋后电线老化，已请村里来修；补贴到账，米油够吃半个月", "情绪低落，聊了四十分钟，愿意参加站里的手工小组",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Full:
    """The account whose phone is full, and one resident of it."""

    username: str
    resident: str


def made() -> Full:
    """Station, worker, residents and visits through their registers, and the worker's account."""
    from linzhan.accounts.api import Role, appoint, create_account
    from linzhan.demo.persons import Population
    from linzhan.kernel.scope import EVERYTHING, Actor, opened

    chance, people = Random(500), Population()
    with opened(EVERYTHING, Actor(label="测速")):
        station = _saved("stations", [{
            "code": "Z-PHONE", "name": "测速社工站", "tier": "乡镇街道社工站", "region": TOWNSHIP, "status": "运营",
        }])[0]  # fmt: skip
        person = people.person(chance, 1985, 1995)
        worker = _saved("workers", [{
            "identity_number": person.identity_number, "name": person.name, "post": "一线社工", "employment": "全职",
            "hired_on": "2020-03-01", "station": "Z-PHONE",
        }])[0]  # fmt: skip
        rows = [_resident(chance, people, number, worker) for number in range(RESIDENTS)]
        residents = _saved("residents", rows)
        _saved("service-records", [_record(chance, number, worker, residents) for number in range(RECORDS)])
        user = create_account(
            username=NAME, display_name=person.name, password=PASSWORD, region_code=TOWNSHIP,
            must_change_password=False,
        )  # fmt: skip
        appoint(
            user=user, role=Role.STATION_WORKER, region_code=TOWNSHIP, station_id=station, person_id=worker
        )
    return Full(NAME, str(residents[0]))


def _resident(chance: Random, people: Any, number: int, worker: Any) -> dict[str, Any]:
    kind = chance.choice(KINDS)
    child = kind[0].startswith("C")
    person = people.person(chance, *((2008, 2016) if child else (1930, 1965)))
    guarded = {"guardian": people.person(chance, 1960, 1990).name, "guardian_phone": people.phone()}
    return {
        "code": f"DX-{number:05d}", "name": person.name, "sex": person.sex, "born_on": person.born_on,
        "document_type": "身份证", "identity_number": person.identity_number, "categories": kind,
        "risk": chance.choice(("一般", "一般", "重点", "高风险")), "household": f"H{number // 2:04d}",
        "phone": people.phone(), "home_region": TOWNSHIP,
        "address": f"{chance.choice(VILLAGES)} {chance.randrange(1, 20)} 组 {chance.randrange(1, 180)} 号", "station": "Z-PHONE",
        "worker": worker, "registered_on": "2020-06-01", "consented_on": "2020-06-01", **(guarded if child else {}),
    }  # fmt: skip


def _record(chance: Random, number: int, worker: Any, residents: list[Any]) -> dict[str, Any]:
    day = datetime.now(HERE).date() - timedelta(days=1 + number % 55)
    began = datetime(day.year, day.month, day.day, 8, tzinfo=HERE) + timedelta(minutes=chance.randrange(540))
    return {
        "code": f"FW-{number:05d}", "method": "探访", "started_at": began, "ended_at": began + timedelta(minutes=30),
        "station": "Z-PHONE", "workers": (worker,), "residents": (residents[number],), "outcome": "见到本人",
        "content": chance.choice(TOLD), "travel_minutes": 30, "entered_at": began + timedelta(minutes=40),
    }  # fmt: skip


def _saved(register: str, rows: list[dict[str, Any]]) -> list[Any]:
    from linzhan.kernel.registers.batch import Incoming
    from linzhan.kernel.registers.declare import REGISTERS
    from linzhan.kernel.registers.writing import save

    (outcome,) = save(
        [Incoming.of(REGISTERS[register], rows)], today=date(2020, 6, 1) if register == "residents" else None
    )
    if outcome.faults:
        raise RuntimeError(f"{register}: {next(iter(outcome.faults.items()))}")
    return list(outcome.ids)
