"""What only a station sees: some results of scales, and one report that was a practice, ended as such.

Written in the name of the demo worker, lead and officer, so that each finds what is theirs.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from linzhan.casework.api import Resident
from linzhan.demo.casting import row_id
from linzhan.demo.city import Cast
from linzhan.demo.doing import write
from linzhan.demo.services import LOCAL

RESIDENTS, ADULTS = 6, date(2000, 1, 1)
FIRST, APART = date(2021, 3, 15), timedelta(days=90)
PRACTISED = datetime(2021, 9, 10, 9, 30, tzinfo=LOCAL)


@dataclass(frozen=True, slots=True)
class Course:
    """One scale over time: the answers of each time, one digit an item."""

    scale: str
    answers: tuple[str, ...]


COURSES = (
    Course("PHQ-9", ("222111100", "121111000", "110010000")),
    Course("GDS-15", ("011001011111010", "100010111010100", "100010100010100")),
    Course("UCLA-3", ("332", "221", "211")),
    Course("WHO-5", ("11121", "22232", "33343")),
    Course("Lawton-IADL", ("11011001", "11111001")),
    Course("居家安全", ("011010110011000", "000010010000000")),
)
PRACTICE: tuple[tuple[str, str, int, dict[str, str]], ...] = (
    ("worker", "已上报", 12, {"body": "演练：派出所", "receipt": "演练 001"}),
    ("protection", "县级接收", 20, {}),
    ("worker", "已回复", 90, {"body": "演练：派出所", "text": "演练：已到场，孩子安全"}),
    ("lead", "保护计划", 150, {"text": "演练：由祖母照料，每周探访"}),
    ("protection", "结束", 240, {"text": "演练结束，流程走通，用时合格"}),
)
"""Who added what, minutes after the signal, and in which words."""


def tell_safeguarding(cast: Cast) -> None:
    """Write it all; the accounts are there already."""
    station = row_id("stations", cast.station)
    _results(station)
    _practice(station)


def _results(station: UUID) -> None:
    residents = Resident.objects.filter(station_id=station, born_on__lt=ADULTS).order_by("born_on", "code")
    number = 0
    for resident, course in zip(residents[:RESIDENTS], COURSES, strict=False):
        for nth, answers in enumerate(course.answers):
            number += 1
            write(
                "worker",
                "scale-results",
                code=f"CP-YS-{number:03d}",
                resident=resident.pk,
                station=station,
                scale=course.scale,
                taken_on=FIRST + nth * APART,
                answers=json.dumps({str(at): int(digit) for at, digit in enumerate(answers, 1)}),
            )


def _practice(station: UUID) -> None:
    incident = write(
        "worker",
        "incidents",
        code="BG-YS-001",
        signals=("LB1",),
        seen_at=PRACTISED,
        station=station,
        person="演练：三年级女孩小雨（虚构）",
        place="演练：本村三组",
        facts="演练：孩子说奶奶住院了，这几天晚上一个人在家。",
        danger="否",
        practice="是",
    )
    for number, (who, kind, minutes, said) in enumerate(PRACTICE, 1):
        at = PRACTISED + timedelta(minutes=minutes)
        write(who, "incident-facts", code=f"BGJ-YS-{number:03d}", incident=incident, kind=kind, at=at, **said)
