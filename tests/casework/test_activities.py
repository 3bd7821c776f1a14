"""Activities: planned, approved by somebody else, held when recorded, reported (SVC-12, SVC-26; OBJ-08)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhan.casework.activities.models import ActivityDetail, ActivityFile, Publicity
from linzhan.casework.activities.rules import outnumbered, sample
from linzhan.casework.activities.services import feedback_of
from linzhan.casework.groups.rights import APPROVE_GROUPS, EDIT_GROUPS
from linzhan.casework.models import ServiceRecord
from linzhan.casework.together import TogetherRefused, save_with_record
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import take
from linzhan.kernel.registers.writing import save_one
from linzhan.kernel.scope import EVERYTHING, Actor, Scope, acting, opened
from linzhan.kernel.steps import StepRefused
from linzhan.network.api import Station
from tests.casework.acting import worker_number
from tests.factories.activities import activity, group
from tests.factories.casework import record
from tests.factories.figures import fraction, parts, value
from tests.factories.network import station
from tests.factories.places import TUOYUAN, ZHONGFANG
from tests.factories.rows import made

BOTH = {EDIT_GROUPS, APPROVE_GROUPS}
LEAD = Actor(id="lead", label="站长")


@given(st.integers(0, 500), st.integers(0, 60))
def test_a_tenth_or_ten_forms_are_enough(present: int, forms: int) -> None:
    found = sample(present, forms, share=Decimal(10), least=10)
    assert found.enough == (forms >= 10 or forms * 10 >= present)


def test_a_part_is_not_more_than_the_whole() -> None:
    assert outnumbered(20, {"elders": 21, "minors": 20, "disabled": None}) == ["elders"]
    assert outnumbered(None, {"elders": 21}) == []


@pytest.fixture
def here(hunan: None) -> Station:
    return station(TUOYUAN)


@pytest.fixture
def by(here: Station) -> str:
    return worker_number(here)


def day_of(at: Station, by: str, **values: Any) -> dict[str, Any]:
    return {
        "method": "活动",
        "started_at": "2021-05-10 09:00",
        "ended_at": "2021-05-10 11:00",
        "station": at.code,
        "workers": (by,),
        "content": "邻里节",
        **values,
    }


def recorded(record: dict[str, Any], detail: dict[str, Any]) -> tuple[UUID, UUID]:
    return save_with_record(record, "activity-details", detail)


def step(of: UUID, name: str, **given: Any) -> str:
    return take(REGISTERS["activity-files"], of, name, given, rights=BOTH).target


def approved(at: Station, **values: Any) -> UUID:
    found = activity(at, **values)
    with acting(LEAD):
        step(found, "approve")
    return found


def test_recording_the_day_holds_the_activity_in_one_act(here: Station, by: str) -> None:
    plan = approved(here)
    detail = {"activity": plan, "registered": 60, "present": 52, "elders": 30, "indirect": 120}
    held, told = recorded(day_of(here, by, attendances=80), detail)
    assert ActivityFile.objects.get(pk=plan).stage == "已举办"
    assert ActivityDetail.objects.get(pk=told).record_id == held
    assert step(plan, "report", report="邻里彼此认识，下次增设棋类") == "已总结"


def test_persons_person_times_and_those_who_gain_indirectly_are_three_numbers(here: Station, by: str) -> None:
    """OBJ-08: eighty person-times, fifty-two people there, a hundred and twenty at home."""
    recorded(day_of(here, by, attendances=80), {"present": 52, "indirect": 120})
    assert value("services.activity_person_times", TUOYUAN) == 80
    assert value("activities.present", TUOYUAN) == 52
    assert value("activities.indirect", TUOYUAN) == 120
    assert value("services.activities", TUOYUAN) == 1


def test_a_day_whose_activity_cannot_be_called_held_is_refused_in_words(
    here: Station, by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_step: object) -> None:
        raise StepRefused("这次活动已取消，请先恢复")

    plan = approved(here)
    monkeypatch.setattr("linzhan.casework.activities.services.take", refused)
    with pytest.raises(TogetherRefused, match="这次活动已取消，请先恢复"):
        recorded(day_of(here, by), {"activity": plan})
    assert not ServiceRecord.objects.exists()
    recorded(day_of(here, by), {"present": 12})


def test_nothing_is_written_of_a_record_whose_detail_is_refused(here: Station, by: str) -> None:
    with pytest.raises(TogetherRefused) as refused:
        recorded(day_of(here, by), {"present": 10, "elders": 12})
    assert list(refused.value.faults) == ["activity-details"]
    assert not ServiceRecord.objects.exists()


def test_an_activity_is_not_called_held_without_its_record(here: Station) -> None:
    plan = approved(here)
    with pytest.raises(StepRefused, match="还没有这次活动的服务记录"):
        step(plan, "hold")


def test_nobody_approves_their_own_activity_and_a_plan_without_safety_is_incomplete(here: Station) -> None:
    with opened(EVERYTHING, Actor(id="ann", label="安")):
        own = activity(here)
        with pytest.raises(StepRefused, match="不能由提交的人自己办理"):
            step(own, "approve")
    bare = made("activity-files", name="庙会", planned_on="2021-06-01", station=here.code)
    with acting(LEAD), pytest.raises(StepRefused, match="需求依据、活动目标、安全预案"):
        step(bare, "approve")


def test_an_activity_that_was_not_planned_is_recorded_all_the_same(here: Station, by: str) -> None:
    held, told = recorded(day_of(here, by), {"present": 12})
    assert ActivityDetail.objects.get(pk=told).activity is None
    assert ServiceRecord.objects.get(pk=held).code.startswith("F-")


def test_feedback_is_judged_by_the_rules_of_the_place_and_only_shown(here: Station, by: str) -> None:
    _, told = recorded(day_of(here, by), {"present": 52, "feedback_forms": 5})
    detail = ActivityDetail.objects.select_related("record").get(pk=told)
    found = feedback_of(detail)
    assert found is not None
    assert (found.wanted, found.enough) == (6, False)
    detail.feedback_forms = None
    assert feedback_of(detail) is None


def test_publicity_goes_before_during_and_after_with_a_reach_that_somebody_stated(here: Station) -> None:
    """SVC-26: a number that nobody knows stays unknown."""
    plan, beside = activity(here), group(here)
    for moment, reach in (("开展前", 300), ("开展中", None), ("开展后", 1200)):
        told = {"title": f"邻里节{moment}", "moment": moment, "medium": "公众号", "station": here.code}
        row = {**told, "published_on": "2021-05-09", "activity": plan, "reach": reach}
        made("publicity", **{name: each for name, each in row.items() if each is not None})
    made(
        "publicity",
        title="小组招募",
        moment="开展前",
        medium="海报横幅",
        published_on="2021-02-20",
        station=here.code,
        group=beside,
    )
    assert list(Publicity.objects.filter(activity=plan).order_by("pk").values_list("reach", flat=True)) == [
        300,
        None,
        1200,
    ]
    wrong = {
        "title": "无",
        "moment": "事后",
        "medium": "公众号",
        "published_on": "2021-05-09",
        "station": here.code,
    }
    assert save_one(REGISTERS["publicity"], wrong).rejected == 1


def test_another_county_sees_neither_plan_nor_day(here: Station, by: str) -> None:
    activity(here)
    recorded(day_of(here, by), {"present": 12})
    with opened(Scope(regions=(ZHONGFANG,)), Actor(label="中方县")):
        assert not ActivityFile.objects.exists()
        assert not ActivityDetail.objects.exists()


def test_services_are_counted_by_their_occupational_tasks(here: Station, by: str) -> None:
    """SVC-25, PPL-20: a service of two tasks counts for each; one without any is seen as such."""
    for tasks in (("关系调适", "社会融入"), ("社会融入",), None):
        record(here, by, method="活动", **({"tasks": tasks} if tasks else {}))
    assert parts("services.by_task", TUOYUAN, "task") == {"关系调适": 1, "社会融入": 2}
    assert value("services.by_task", TUOYUAN) == 3
    assert fraction("services.tasked_share", TUOYUAN) == (2, 3)
