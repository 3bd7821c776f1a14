"""Every step of a case, allowed and refused, as ``domain.md`` §7.2 has the stages; and what each asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.utils import timezone

from linzhan.accounts.models import Appointment, User
from linzhan.casework.api import Resident, ServiceRecord
from linzhan.casework.api.cases import (
    APPROVE_CASES,
    CASE_FILES,
    EDIT_CASES,
    SESSION_NOTES,
    CaseFile,
    CaseGoal,
    SessionNote,
    Stage,
    follow_ups_due,
    reopen,
)
from linzhan.casework.api.residents import CONSENTS
from linzhan.casework.cases.steps import CASE_STEPS
from linzhan.casework.models import CaseMember
from linzhan.kernel.access import rights_of
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import Taken, take, taken_of
from linzhan.kernel.registers.writing import save_one
from linzhan.kernel.scope import Actor, Scope, acting, opened
from linzhan.kernel.steps import StepRefused
from linzhan.network.api import Station
from linzhan.workforce.api import SocialWorker
from tests.factories.activities import group
from tests.factories.cases import WHOLE, case_file, goal, session, whole_case
from tests.factories.casework import record, resident
from tests.factories.network import station
from tests.factories.places import HECHENG, TUOYUAN, ZHONGFANG
from tests.factories.workforce import identity_number, vetted, worker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hunan")]

MAY_GO_TO = {
    "草稿": {"接案", "作废"},
    "接案": {"预估", "谢绝", "转介"},
    "预估": {"计划", "转介", "谢绝"},
    "计划": {"介入", "预估"},
    "介入": {"暂停", "评估", "转介", "计划"},
    "暂停": {"介入", "评估"},
    "评估": {"介入", "结案审核"},
    "结案审核": {"结案", "评估"},
    "结案": set(),
    "转介": {"结案", "介入"},
    "谢绝": set(),
    "作废": set(),
}
"""The table of the domain, state by state."""
BOTH = {EDIT_CASES, APPROVE_CASES}
GIVEN: dict[str, Any] = {
    "source": "自求",
    "consented_on": "2022-01-05",
    "consent_by": "本人",
    "consent_method": "签字",
    "model": "任务中心",
    "frequency": "每周一次",
    "expected_end": "2022-06-30",
    "agreed_on": "2022-01-12",
    "satisfaction": 4,
    "close_reason": "部分达成",
    "receiver": "县精神卫生中心",
    "referral_consented_on": "2022-02-01",
    "receipt_on": "2022-02-03",
    "note": "情况如此",
}


@dataclass(frozen=True)
class Ground:
    station: Station
    worker: SocialWorker
    identity: str
    resident: UUID


@pytest.fixture
def ground() -> Ground:
    at, identity = station(TUOYUAN), identity_number()
    led_by = worker(identity_number=identity, station=at.code)
    return Ground(at, led_by, identity, resident(at))


def whole(ground: Ground, stage: str, **values: Any) -> UUID:
    return whole_case(ground.station, ground.worker, ground.identity, ground.resident, stage=stage, **values)


def given_for(name: str, **more: Any) -> dict[str, Any]:
    one = CASE_STEPS[name]
    days = {"resume_on": (timezone.localdate() + timedelta(30)).isoformat()}
    known = {**GIVEN, **days}
    return {**{key: known[key] for key in one.requires}, **more}


def step(case: UUID, name: str, rights: set[str] | frozenset[str] = frozenset(BOTH), **more: Any) -> Taken:
    return take(CASE_FILES, case, name, given_for(name, **more), rights=rights)


def stage_of(case: UUID) -> str:
    return CaseFile.objects.values_list("stage", flat=True).get(pk=case)


def test_the_table_is_that_of_the_domain() -> None:
    found: dict[str, set[str]] = {stage.value: set() for stage in Stage}
    for one in CASE_STEPS:
        for source in one.sources:
            found[source].add(one.target)
    assert found == MAY_GO_TO


@pytest.mark.parametrize("stage", list(MAY_GO_TO))
def test_from_each_stage_the_tables_steps_can_be_taken_and_no_other(ground: Ground, stage: str) -> None:
    case = whole(ground, stage, plan_approved_on="2022-01-15")
    for one in CASE_STEPS:
        with transaction.atomic():
            if stage in one.sources:
                assert step(case, one.name).target == one.target, one.name
                assert stage_of(case) == one.target
            else:
                with pytest.raises(StepRefused, match=f"现为“{stage}”"):
                    step(case, one.name)
            transaction.set_rollback(True)


@pytest.mark.parametrize("name", [one.name for one in CASE_STEPS])
def test_a_step_is_for_those_with_its_right(ground: Ground, name: str) -> None:
    one = CASE_STEPS[name]
    case = whole(ground, min(one.sources), plan_approved_on="2022-01-15")
    other = BOTH - {one.right}
    with pytest.raises(StepRefused, match="权限"):
        step(case, name, other)
    assert stage_of(case) in one.sources


def test_workers_lead_and_supervisors_approve() -> None:
    holders = {
        right: {role for role in ("station_lead", "station_worker", "supervisor", "provider_manager",
                                  "county_official", "evaluator") if right in rights_of(role)}
        for right in (EDIT_CASES, APPROVE_CASES)
    }  # fmt: skip
    assert holders == {EDIT_CASES: {"station_lead", "station_worker"}, APPROVE_CASES: {"supervisor"}}


WANTED = [
    ("intake", "草稿", "problem"),
    ("assess", "接案", "biological"),
    ("assess", "接案", "psychological"),
    ("assess", "接案", "social"),
    ("assess", "接案", "strengths"),
    ("assess", "接案", "risk_view"),
    ("assess", "接案", "baseline"),
    ("evaluate", "介入", "endline"),
    ("submit_closing", "评估", "report"),
    ("submit_closing", "评估", "followup_plan"),
    ("take_back", "转介", "plan_approved_on"),
]


@pytest.mark.parametrize(("name", "stage", "column"), WANTED)
def test_a_stage_is_entered_with_what_belongs_to_it(
    ground: Ground, name: str, stage: str, column: str
) -> None:
    filled = {"plan_approved_on": "2022-01-15", **WHOLE, column: ""}
    case = case_file(ground.station, ground.worker, ground.resident, stage=stage, **filled)
    goal(case, level=0)
    for number in range(3):
        session(case, ground.station, ground.identity, on=f"2022-01-{6 + number:02d}")
    with pytest.raises(StepRefused, match=r"还没有填写|核准过的计划"):
        step(case, name)
    assert stage_of(case) == stage


@pytest.mark.parametrize("name", [one.name for one in CASE_STEPS if one.requires])
def test_what_a_step_requires_must_come_with_it_or_stand_there(ground: Ground, name: str) -> None:
    one = CASE_STEPS[name]
    case = case_file(ground.station, ground.worker, ground.resident, stage=min(one.sources))
    for column, label in one.requires.items():
        given = {key: value for key, value in given_for(name).items() if key != column}
        with pytest.raises(StepRefused, match=str(label)):
            take(CASE_FILES, case, name, given, rights=BOTH)


def test_the_person_is_met_before_being_assessed(ground: Ground) -> None:
    case = case_file(ground.station, ground.worker, ground.resident, stage="接案", **WHOLE)
    session(case, ground.station, ground.identity, mode="电话")
    with pytest.raises(StepRefused, match="见面的面谈"):
        step(case, "assess")
    session(case, ground.station, ground.identity, mode="到站")
    assert step(case, "assess").target == "预估"


def test_a_plan_has_a_goal_that_can_be_checked(ground: Ground) -> None:
    case = case_file(ground.station, ground.worker, ground.resident, stage="预估", **WHOLE)
    with pytest.raises(StepRefused, match="至少要有一个目标"):
        step(case, "plan")
    goal(case, indicator="")
    with pytest.raises(StepRefused, match="衡量指标"):
        step(case, "plan")


def test_goals_are_scored_before_the_evaluation(ground: Ground) -> None:
    case = whole(ground, "介入")
    goal(case, goal="和女儿通话")
    with pytest.raises(StepRefused, match="1 个目标没有评定"):
        step(case, "evaluate")


def test_a_pause_ends_within_the_places_limit(ground: Ground) -> None:
    case = whole(ground, "介入")
    with pytest.raises(StepRefused, match="最长 60 天"):
        step(case, "suspend", resume_on="2099-01-01")
    with pytest.raises(StepRefused, match="今天以后"):
        step(case, "suspend", resume_on="2022-01-01")
    step(case, "suspend")
    assert CaseFile.objects.get(pk=case).suspended_on is not None
    assert taken_of(CASE_FILES, case)[0].note == "情况如此"


def test_few_sessions_close_with_a_reason_only(ground: Ground) -> None:
    case = case_file(ground.station, ground.worker, ground.resident, stage="评估", **WHOLE)
    goal(case, level=0)
    session(case, ground.station, ground.identity)
    with pytest.raises(StepRefused, match="少于 3 次"):
        step(case, "submit_closing")
    assert step(case, "submit_closing", few_sessions="迁往外省").target == "结案审核"


def test_nobody_is_given_up_as_lost_unsought(ground: Ground) -> None:
    case = whole(ground, "评估")
    with pytest.raises(StepRefused, match="没有联系上的记录，现有 0 次"):
        step(case, "submit_closing", close_reason="失联")
    today = timezone.localdate().isoformat()
    code = Resident.objects.values_list("code", flat=True).get(pk=ground.resident)
    for _each in range(3):
        record(ground.station, ground.identity, on=today, outcome="无人", residents=(code,))
    assert step(case, "submit_closing", close_reason="失联").target == "结案审核"


CHILD = [
    ("2010-01-01", "本人", "", "监护人同意"),
    ("2010-01-01", "监护人", "", ""),
    ("2006-01-01", "监护人", "", "本人的意愿"),
    ("2006-01-01", "监护人", "愿意谈", ""),
    ("1950-01-01", "本人", "", ""),
]


@pytest.mark.parametrize(("born_on", "by", "view", "told"), CHILD)
def test_children_are_taken_in_with_their_guardians_consent(
    ground: Ground, born_on: str, by: str, view: str, told: str
) -> None:
    person = resident(ground.station, born_on=born_on)
    vetted(ground.worker)
    case = case_file(ground.station, ground.worker, person, problem="逃学", child_view=view)
    given = {"consented_on": "2022-01-05", "consent_by": by, "consent_method": "签字"}
    if not told:
        assert step(case, "intake", **given).target == "接案"
        assert CaseFile.objects.get(pk=case).opened_on is not None
        return
    with pytest.raises(StepRefused, match=told):
        step(case, "intake", **given)


def test_a_case_is_not_taken_in_without_consent(ground: Ground) -> None:
    case = case_file(ground.station, ground.worker, ground.resident, problem="失眠")
    with pytest.raises(StepRefused, match="同意日期、同意人、同意方式"):
        step(case, "intake")


def test_a_consent_of_the_register_serves_as_well(ground: Ground) -> None:
    case = case_file(ground.station, ground.worker, ground.resident, problem="失眠")
    row = {"resident": ground.resident, "given_by": "本人", "method": "签字", "given_on": "2022-01-03"}
    outcome = save_one(CONSENTS, {**row, "purpose": "个案与健康评估"})
    assert not outcome.faults, outcome.faults
    assert step(case, "intake").target == "接案"
    found = CaseFile.objects.get(pk=case)
    assert (str(found.consented_on), found.consent_by, found.consent_method) == ("2022-01-03", "本人", "签字")


def test_a_closed_month_gets_a_record_of_the_closing_instead(ground: Ground) -> None:
    case = whole(ground, "结案审核")
    outcome = save_one(REGISTERS["month-locks"], {"region": HECHENG, "month": "2022-01", "state": "锁定"})
    assert not outcome.faults, outcome.faults
    step(case, "close")
    file = CaseFile.objects.get(pk=case)
    closing = ServiceRecord.objects.get(case_code=file.code, closes=True)
    assert (closing.attendances, timezone.localdate(closing.ended_at)) == (0, file.closed_on)
    assert file.closed_on == timezone.localdate()


def account(name: str, person: UUID | None = None) -> Actor:
    user = User.objects.create(username=name, display_name=name, region_code=TUOYUAN)
    Appointment.objects.create(user=user, role="supervisor", region_code=TUOYUAN, person_id=person)
    return Actor(id=str(user.pk), label=name)


APPROVALS = [
    ("plan", "预估", "approve_plan"),
    ("plan", "预估", "return_plan"),
    ("submit_closing", "评估", "close"),
    ("submit_closing", "评估", "return_closing"),
    ("refer", "介入", "close_referred"),
]


@pytest.mark.parametrize(("hands_in", "stage", "decides"), APPROVALS)
def test_nobody_approves_what_they_handed_in(ground: Ground, hands_in: str, stage: str, decides: str) -> None:
    case = whole(ground, stage)
    lead, supervisor = account("lead"), account("supervisor")
    with acting(lead):
        step(case, hands_in)
        with pytest.raises(StepRefused, match="不能由提交的人"):
            step(case, decides)
    with acting(supervisor):
        assert step(case, decides).target == CASE_STEPS[decides].target
    entry = taken_of(CASE_FILES, case)[-1]
    assert (entry.actor_label, entry.note) == ("supervisor", "情况如此")


@pytest.mark.parametrize(("hands_in", "stage", "decides"), APPROVALS)
def test_nobody_approves_a_case_of_their_own_whoever_handed_it_in(
    ground: Ground, hands_in: str, stage: str, decides: str
) -> None:
    case = whole(ground, stage)
    with acting(account("lead")):
        step(case, hands_in)
    with acting(account("both", ground.worker.pk)), pytest.raises(StepRefused, match="自己主责"):
        step(case, decides)


def test_a_case_of_another_county_is_none(ground: Ground) -> None:
    case = whole(ground, "介入")
    with opened(Scope(regions=(ZHONGFANG,))), pytest.raises(LookupError):
        step(case, "suspend")


def test_a_session_is_numbered_and_its_record_bears_the_cases_code(ground: Ground) -> None:
    case = case_file(ground.station, ground.worker, ground.resident, code="GA-1", stage="介入")
    made = [session(case, ground.station, ground.identity) for _each in range(2)]
    assert list(SessionNote.objects.order_by("pk").values_list("number", flat=True)) == [1, 2]
    assert {ServiceRecord.objects.get(pk=each).case_code for each in made} == {"GA-1"}


def test_a_note_to_a_record_of_a_closed_month_is_refused_with_the_records_reason(ground: Ground) -> None:
    """The case's code would have to be written into the record, and that is closed."""
    case = case_file(ground.station, ground.worker, ground.resident, code="GA-1", stage="介入")
    held = record(ground.station, ground.identity, method="个案", on="2021-05-10")
    locked = {"region": HECHENG, "month": "2021-05", "state": "锁定"}
    assert not save_one(REGISTERS["month-locks"], locked).faults
    (fault,) = save_one(SESSION_NOTES, {"record": held, "case": case}).faults[1]
    assert "2021" in fault.message
    assert not SessionNote.objects.exists()


def test_a_note_that_contradicts_its_record_or_comes_after_the_end_is_refused(ground: Ground) -> None:
    case = case_file(ground.station, ground.worker, ground.resident, code="GA-1", stage="介入")
    ended = case_file(
        ground.station, ground.worker, ground.resident, code="GA-2", stage="结案", closed_on="2021-05-01"
    )
    other = record(ground.station, ground.identity, method="个案", case_code="GA-9")
    visit = record(ground.station, ground.identity)
    free = record(ground.station, ground.identity, method="个案")
    told = [
        save_one(SESSION_NOTES, {"record": at, **({"case": of} if of else {})}).faults[1][0].message
        for at, of in ((other, case), (visit, case), (free, ended), (free, None))
    ]
    assert [
        "不一致" in told[0],
        "这条是“探访”" in told[1],
        "登记为探访" in told[2],
        "要填写个案编号" in told[3],
    ] == [True] * 4


def test_a_closed_file_and_its_records_say_the_same(ground: Ground) -> None:
    case = whole(ground, "结案审核")
    step(case, "close")
    file = CaseFile.objects.get(pk=case)
    records = list(ServiceRecord.objects.filter(case_code=file.code).order_by("ended_at"))
    assert [each.closes for each in records] == [None, None, True]
    assert str(file.closed_on) == "2022-01-08"


def test_a_record_that_closed_the_case_already_stays_the_one(ground: Ground) -> None:
    case = case_file(ground.station, ground.worker, ground.resident, stage="结案审核", **WHOLE)
    session(case, ground.station, ground.identity, on="2022-01-06", closes="是")
    session(case, ground.station, ground.identity, on="2022-01-20")
    step(case, "close")
    file = CaseFile.objects.get(pk=case)
    assert str(file.closed_on) == "2022-01-06"
    assert ServiceRecord.objects.filter(case_code=file.code, closes=True).count() == 1


def test_reopening_makes_a_linked_draft_once(ground: Ground) -> None:
    case = CaseFile.objects.get(pk=whole(ground, "结案"))
    again = CaseFile.objects.get(pk=reopen(case))
    assert (again.reopens_id, again.stage, again.resident_id) == (case.pk, "草稿", case.resident_id)
    assert again.code.startswith("GA-")
    with pytest.raises(StepRefused, match="已经重开"):
        reopen(case)
    with pytest.raises(StepRefused, match="只有结案的个案"):
        reopen(again)


def test_follow_ups_are_owed_until_somebody_was_reached(ground: Ground) -> None:
    case = whole(ground, "结案", closed_on="2022-01-10", close_reason="目标达成")
    due = follow_ups_due(date(2022, 5, 1))
    assert [(each.case, each.number, str(each.due_on)) for each in due] == [
        (case, 1, "2022-02-09"),
        (case, 2, "2022-04-10"),
    ]
    code = Resident.objects.values_list("code", flat=True).get(pk=ground.resident)
    record(ground.station, ground.identity, on="2022-02-08", outcome="无人", residents=(code,))
    record(ground.station, ground.identity, on="2022-04-09", outcome="见到本人", residents=(code,))
    assert [each.number for each in follow_ups_due(date(2022, 5, 1))] == [2]


def test_a_family_case_names_its_other_members(ground: Ground) -> None:
    mother = resident(ground.station)
    case = case_file(ground.station, ground.worker, ground.resident, members=(mother,))
    member = CaseMember.objects.get(case=case)
    assert (member.resident_id, member.region_code) == (mother, TUOYUAN)


def test_goals_stand_where_their_case_stands(ground: Ground) -> None:
    case = whole(ground, "介入")
    found = CaseGoal.objects.get(case=case)
    assert (found.station_id, found.region_code) == (ground.station.pk, TUOYUAN)


def test_a_session_of_a_group_has_its_note_and_number(ground: Ground) -> None:
    of = group(ground.station, code="XZ-1")
    made = [record(ground.station, ground.identity, method="小组") for _each in range(2)]
    for each in made:
        assert not save_one(SESSION_NOTES, {"record": each, "group": of, "process": "破冰"}).faults
    notes = SessionNote.objects.filter(group_id=of).order_by("number")
    assert list(notes.values_list("number", flat=True)) == [1, 2]
    assert ServiceRecord.objects.get(pk=made[0]).case_code == "XZ-1"
    elsewhere = record(ground.station, ground.identity, method="小组", case_code="XZ-2")
    assert "不一致" in save_one(SESSION_NOTES, {"record": elsewhere, "group": of}).faults[1][0].message
