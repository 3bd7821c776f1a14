"""The story before it is written: the same every time, nobody real in it, nothing a workbook would refuse."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from dataclasses import asdict
from datetime import date, datetime
from itertools import pairwise
from typing import Any

import pytest

from linzhan.accounts.api import Role
from linzhan.casework.cases.steps import CASE_STEPS
from linzhan.demo import cases, city, ground
from linzhan.demo.telling import Story, in_proportion, shared
from linzhan.kernel.access import rights_of
from linzhan.kernel.identity import FICTIONAL_PREFIX
from linzhan.kernel.registers.batch import Incoming
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.sheets.cells import MISSING, CellFault

from .conftest import SCALE

RETELLING = """
import json, sys
import django
django.setup()
from linzhan.demo.city import tell
from linzhan.demo.ground import City, County, Township
told = json.load(sys.stdin)
counties = []
for county in told["counties"]:
    townships = tuple(
        Township(t["code"], t["name"], tuple(map(tuple, t["villages"]))) for t in county["townships"]
    )
    counties.append(County(county["code"], county["name"], townships, county["statistical"]))
print(tell(City(told["code"], told["name"], tuple(counties)), float(sys.argv[1]))[0].fingerprint())
"""


def stated(story: Story, register: str, name: str) -> list[Any]:
    """What the chapters of a register state in a column."""
    chapters = [each.table for each in story.chapters if each.table.register == register]
    return [v for t in chapters if name in t.columns for v in t.stated(name) if v is not None]


def test_the_same_seed_tells_the_same_city(ground_of_city: ground.City, story: Story) -> None:
    assert city.tell(ground_of_city, SCALE)[0].fingerprint() == story.fingerprint()


def test_another_process_tells_the_same_city(ground_of_city: ground.City, story: Story) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": "4312"}
    retold = subprocess.run(
        [sys.executable, "-c", RETELLING, str(SCALE)],
        input=json.dumps(asdict(ground_of_city)),
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert retold.stdout.strip() == story.fingerprint()


def test_nobody_of_the_city_is_real(story: Story) -> None:
    for register, name in (
        ("workers", "identity_number"),
        ("residents", "identity_number"),
        ("volunteers", "identity_number"),
        ("supervisions", "supervisor_identity"),
    ):
        numbers = stated(story, register, name)
        assert numbers
        assert all(number.startswith(FICTIONAL_PREFIX) for number in numbers)
    for register in (
        "workers",
        "residents",
        "volunteers",
        "providers",
        "households",
        "community-organisations",
    ):
        called = stated(story, register, "phone")
        assert called, register
        assert all(number.startswith("1990000") for number in called)
    assert all(code[2:4] == FICTIONAL_PREFIX for code in stated(story, "providers", "uscc"))


@pytest.mark.usefixtures("ground_of_city")
def test_no_row_would_be_refused_as_a_cell_of_a_workbook(story: Story) -> None:
    for chapter in story.chapters:
        table, register = chapter.table, REGISTERS[chapter.table.register]
        whole = [c.name for c in register.sheet.required if c.name in table.columns]
        rows = [
            {name: values[i] for name, values in table.columns.items() if values[i] is not MISSING}
            for i in range(len(table))
        ]
        read = Incoming.of(register, rows).columns
        faults = [
            (name, value.message)
            for name, values in read.items()
            for value in values
            if isinstance(value, CellFault) and (name in whole or name in table.columns)
        ]
        assert not faults, (table.register, faults[0])


def test_the_scale_moves_residents_services_volunteers_and_needs_only(
    ground_of_city: ground.City, story: Story
) -> None:
    larger, _cast = city.tell(ground_of_city, SCALE * 10)
    for register in ("providers", "stations", "workers", "supervisions", "trainings", "funds", "evaluations"):
        assert larger.rows(register) == story.rows(register)
    for register in ("residents", "service-records", "volunteers", "volunteer-hours", "needs"):
        assert larger.rows(register) > story.rows(register)


def test_nobody_serves_two_people_at_once(story: Story) -> None:
    tables = [each.table for each in story.chapters if each.table.register == "service-records"]
    spans: dict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
    columns = (tables[0].columns[name] for name in ("workers", "started_at", "ended_at"))
    for workers, begin, end in zip(*columns, strict=True):
        spans[workers[0]].append((begin, end))
    for of_worker in spans.values():
        of_worker.sort()
        assert all(one[1] <= other[0] for one, other in pairwise(of_worker))


def test_everything_happens_between_2012_and_the_reply(story: Story) -> None:
    days = stated(story, "service-records", "started_at")
    assert {day.year for day in days} == {2021, 2022}
    assert max(day.isoformat() for day in days) <= "2022-05-25"
    assert max(stated(story, "volunteer-hours", "served_on")).isoformat() <= "2022-05-25"


@pytest.mark.parametrize(("total", "parts"), [(3785, 220), (342, 4), (2, 5)])
def test_a_total_is_shared_without_a_rest(total: int, parts: int) -> None:
    found = shared(total, parts)
    assert (sum(found), len(found)) == (total, parts)
    assert max(found) - min(found) <= 1


def test_parts_in_proportion_add_up() -> None:
    assert in_proportion(10, [1, 1, 1]) == [4, 3, 3]
    assert in_proportion(100, [0.5, 1.5, 2]) == [13, 37, 50]


@pytest.mark.parametrize("returned", [False, True])
@pytest.mark.parametrize("at", range(len(cases.WRITTEN)))
def test_the_steps_of_a_case_lead_to_its_stage_and_nobody_approves_their_own(
    at: int, *, returned: bool
) -> None:
    """The whole way as the machine of cases has it, at any scale of the city."""
    course = cases._course("C1", "worker", at, date(2021, 3, 1), date(2021, 9, 1), returned=returned)
    filled = {name: "有" for step in CASE_STEPS for name in step.requires}
    roles = {"worker": Role.STATION_WORKER, "supervisor": Role.SUPERVISOR}
    stage, took = cases.DRAFT, dict[str, str]()
    for each in course.decisions:
        stage = CASE_STEPS.take(each.step, stage, filled, rights=rights_of(roles[each.by]))
        assert took.get(CASE_STEPS[each.step].not_by) != each.by
        took[each.step] = each.by
    assert stage == cases.WRITTEN[at]
    assert [each.on for each in course.decisions] == sorted(each.on for each in course.decisions)
