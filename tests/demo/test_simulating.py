"""What is hidden in a simulated place is found by the checks, and its look-alikes are not (``domain.md`` §14)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

import pytest

from bench.plausibility import means, named
from linzhan.demo import ground as divisions
from linzhan.demo.published import CITY
from linzhan.demo.simulating.background import PRESETS, Worker, services
from linzhan.demo.simulating.ground import ABUSES, INNOCENT, Planted
from linzhan.demo.simulating.loading import Simulated, simulate
from linzhan.demo.simulating.planting import HABITS
from linzhan.oversight.models import PlausibilityFlag
from linzhan.oversight.plausibility.declaring import CHECKS, asking
from linzhan.oversight.plausibility.running import check

ON = date(2021, 12, 31)
EACH = {True: max(map(len, ABUSES.values())), False: max(map(len, INNOCENT.values()))}
"""So many of each that every kind is there."""
WORKERS = 130

Flags = Sequence[tuple[str, str, frozenset[str]]]


@pytest.fixture(scope="module")
def made(ground_of_city: divisions.City) -> Simulated:
    return simulate("city", months=3, abuses=EACH[True], innocents=EACH[False], workers=WORKERS)


@pytest.fixture(scope="module")
def flags(made: Simulated) -> Flags:
    check(CITY, ON)
    return named(PlausibilityFlag.objects.values_list("rule", "person_id", "rows"))


def told(planted: Planted, flags: Flags) -> bool:
    return any(rule == planted.check and means(planted, person, codes) for rule, person, codes in flags)


def test_every_check_that_is_made_has_something_hidden_for_it() -> None:
    hidden = {*ABUSES, *(code for code, _habit, _name, wrong in HABITS if wrong)}
    alike = {*INNOCENT, *(code for code, _habit, _name, wrong in HABITS if not wrong)}
    assert hidden == alike == {each.code for each in asking()}


def test_every_abuse_is_asked_about(made: Simulated, flags: Flags) -> None:
    abuses = [each for each in made.planted if each.abuse]
    assert {each.check for each in abuses} == {each.code for each in CHECKS if not each.unable}
    assert [(each.check, each.name) for each in abuses if not told(each, flags)] == []


def test_no_look_alike_is_asked_about(made: Simulated, flags: Flags) -> None:
    alike = [each for each in made.planted if not each.abuse]
    assert {each.check for each in alike} == {each.code for each in asking()}
    assert [(each.check, each.name) for each in alike if told(each, flags)] == []


def test_nothing_else_is_asked_about(made: Simulated, flags: Flags) -> None:
    strange = [
        (rule, sorted(codes)[:3])
        for rule, person, codes in flags
        if not any(each.check == rule and means(each, person, codes) for each in made.planted)
    ]
    assert strange == []


@pytest.mark.parametrize("seed", range(20))
def test_who_catches_up_a_little_at_the_end_of_the_month_stays_below_the_line_in_every_month(
    seed: int,
) -> None:
    """PC13 asks about 35 % of a month; left to chance one look-alike in a few hundred months would have more."""
    who = Worker("990101199001010019", "MZ00000", "431202000000", residents=["MD1"], habit="weekly")
    late: dict[int, int] = {}
    for row in services(PRESETS["city"], who, 12, Random(seed), 1):
        if (row["entered_at"] - row["ended_at"]).days >= 7:
            late[row["started_at"].month] = late.get(row["started_at"].month, 0) + 1
    assert late
    assert max(late.values()) / PRESETS["city"].monthly <= 0.25
