"""Groups: a plan that somebody else approves, phases, sessions that count (SVC-11; ``domain.md`` §7.3)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhan.casework.attendance.selectors import Attendant
from linzhan.casework.attendance.services import take_attendance
from linzhan.casework.groups.enums import GroupStage
from linzhan.casework.groups.models import GroupFile, GroupFileState, GroupMember
from linzhan.casework.groups.rights import APPROVE_GROUPS, EDIT_GROUPS
from linzhan.casework.groups.rules import is_valid, lacks, misfit
from linzhan.casework.groups.selectors import attendance_grid, members_on
from linzhan.casework.groups.steps import GROUP_STEPS
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import take
from linzhan.kernel.registers.writing import save_one
from linzhan.kernel.scope import EVERYTHING, Actor, Scope, acting, opened
from linzhan.kernel.steps import StepRefused
from linzhan.network.api import Station
from tests.casework.acting import worker_number
from tests.factories.activities import group, member
from tests.factories.casework import record, resident
from tests.factories.figures import parts, value
from tests.factories.network import station
from tests.factories.places import TUOYUAN, ZHONGFANG
from tests.factories.rows import made

FILES = "group-files"
BOTH = {EDIT_GROUPS, APPROVE_GROUPS}
LEAD = Actor(id="lead", label="站长")


@given(st.integers(0, 40), st.integers(1, 20), st.integers(0, 20))
def test_a_size_fits_exactly_within_its_bounds(size: int, low: int, more: int) -> None:
    assert (misfit(size, low, low + more) == "") == (low <= size <= low + more)


@given(st.integers(0, 30), st.integers(1, 10))
def test_a_session_counts_from_the_least_number_on(present: int, least: int) -> None:
    assert is_valid(present, least) == (present >= least)


def test_a_plan_names_what_it_lacks() -> None:
    told = lacks({"goals": " ", "size": 0}, {"goals": "小组目标", "size": "计划人数"})
    assert "小组目标" in told
    assert "计划人数" not in told  # nought is a statement


def test_the_table_knows_every_stage_and_no_way_back_from_the_ends() -> None:
    assert set(GROUP_STEPS.states) == set(GroupStage.values)
    for end in (GroupStage.CLOSED, GroupStage.CANCELLED):
        assert GROUP_STEPS.allowed(end, BOTH) == ()


@pytest.fixture
def here(hunan: None) -> Station:
    return station(TUOYUAN)


def step(of: UUID, name: str, rights: set[str] | None = None, **given: Any) -> str:
    return take(REGISTERS[FILES], of, name, given, rights=rights or BOTH).target


def approved(at: Station, **values: Any) -> UUID:
    found = group(at, **values)
    with acting(LEAD):
        step(found, "approve")
    return found


def test_a_group_goes_its_way_from_draft_to_closed(here: Station) -> None:
    found = approved(here)
    assert step(found, "recruit") == "招募中"
    assert step(found, "start", starts_on="2021-03-05", phase="形成期") == "进行中"
    assert step(found, "advance", phase="转折期") == "进行中"
    assert GroupFile.objects.get(pk=found).phase == "转折期"
    assert step(found, "evaluate", evaluation="目标基本达成") == "已评估"
    assert step(found, "close", ends_on="2021-06-30") == "已结束"
    assert GroupFileState.objects.filter(subject=found, valid_to=None).get().stage == "已结束"


def test_nobody_approves_the_plan_they_wrote(here: Station) -> None:
    with opened(EVERYTHING, Actor(id="ann", label="安")):
        own = group(here)
        with pytest.raises(StepRefused, match="不能由提交的人自己办理"):
            step(own, "approve")
    with opened(EVERYTHING, LEAD):
        assert step(own, "approve") == "已批准"


def test_a_worker_without_the_right_cannot_approve(here: Station) -> None:
    found = group(here)
    with acting(LEAD), pytest.raises(StepRefused, match="没有“批准”的权限"):
        step(found, "approve", {EDIT_GROUPS})


def test_a_plan_with_holes_is_not_approved(here: Station) -> None:
    found = made(FILES, name="空计划", kind="兴趣", drafted_on="2021-02-01", station=here.code)
    with acting(LEAD), pytest.raises(StepRefused, match="小组目标、计划节数、计划人数、风险预案"):
        step(found, "approve")


def test_an_unusual_size_needs_a_reason(here: Station) -> None:
    found = group(here, planned_size=5)
    with acting(LEAD):
        with pytest.raises(StepRefused, match="6—15"):
            step(found, "approve")
        assert step(found, "approve", note="村里只有五名留守儿童") == "已批准"


def test_the_stage_is_not_jumped_over(here: Station) -> None:
    found = group(here)
    with pytest.raises(StepRefused, match="不能“开组”"):
        step(found, "start", starts_on="2021-03-05", phase="形成期")


def test_another_county_does_not_see_the_group(here: Station) -> None:
    found = group(here)
    with opened(Scope(regions=(ZHONGFANG,)), Actor(label="中方县")):
        assert not GroupFile.objects.exists()
        with pytest.raises(LookupError):
            step(found, "approve")


def test_who_is_a_member_depends_on_the_day(here: Station) -> None:
    found, one = group(here), resident(here)
    member(found, resident=one)
    member(found, name="吴阿姨", joined_on="2021-04-01", left_on="2021-05-01")
    on = [members_on(found, day) for day in _days("2021-02-28", "2021-03-01", "2021-04-30", "2021-05-01")]
    neighbour, known = Attendant(name="吴阿姨"), Attendant(resident=one)
    assert on == [[], [known], [known, neighbour], [known]]


def _days(*texts: str) -> list[Any]:
    return [date.fromisoformat(text) for text in texts]


def test_a_resident_is_in_a_group_once_and_may_come_back(here: Station) -> None:
    found, one = group(here), resident(here)
    first = member(found, resident=one)
    row = {"group": found, "resident": one, "joined_on": "2021-06-01"}
    assert save_one(REGISTERS["group-members"], row).rejected == 1
    code = GroupMember.objects.get(pk=first).code
    save_one(
        REGISTERS["group-members"],
        {"id": first, "code": code, "group": found, "joined_on": "2021-03-01", "left_on": "2021-05-01"},
    )
    assert save_one(REGISTERS["group-members"], row).created == 1


def test_sessions_stand_beside_members_and_those_with_too_few_do_not_count(here: Station) -> None:
    found = group(here, code="XZ-1")
    people = [Attendant(resident=resident(here)) for _ in range(4)]
    for each in people:
        member(found, resident=each.resident)
    by = worker_number(here)
    days = ("2021-05-10", "2021-05-17", "2021-05-24")
    full, thin, none = (record(here, by, on=day, method="小组", case_code="XZ-1") for day in days)
    take_attendance({full: dict.fromkeys(people, True), thin: {each: each in people[:2] for each in people}})
    grid = attendance_grid(GroupFile.objects.get(pk=found))
    assert list(grid.people) == people
    assert [(each.number, each.present, each.is_valid) for each in grid.sessions] == [
        (1, 4, True),
        (2, 2, False),
        (3, 0, False),
    ]
    assert grid.sessions[2].record.pk == none
    assert value("groups.valid_sessions", TUOYUAN) == 1
    assert value("services.group_sessions", TUOYUAN) == 3
    assert value("services.groups", TUOYUAN) == 1


def test_a_session_without_a_list_counts_by_its_stated_number(here: Station) -> None:
    by = worker_number(here)
    record(here, by, method="小组", case_code="XZ-1", attendances=12)
    record(here, by, method="小组", case_code="XZ-1")
    assert value("groups.valid_share", TUOYUAN) == 50


def test_groups_are_counted_in_the_stage_they_had_on_the_day(here: Station) -> None:
    group(here)
    gone = group(here)
    step(gone, "cancel", note="报名不足")
    assert value("groups.by_stage", TUOYUAN, as_of=date(2021, 1, 31)) == 0
    assert parts("groups.by_stage", TUOYUAN, "stage", as_of=date(2021, 3, 1)) == {"草拟": 2}
    assert value("groups.by_stage", TUOYUAN, as_of=date(2030, 1, 1)) == 1
