"""Professional supervision through its registers: pools, agreements, tasks, what two keep to themselves (SPV-01…13)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import take
from linzhan.kernel.registers.writing import save_one
from linzhan.kernel.scope import EVERYTHING, Actor, Scope, acting, opened
from linzhan.kernel.steps import StepRefused
from linzhan.network.api import Station
from linzhan.policy.api import load_reference
from linzhan.workforce.api import (
    RATE,
    WRITE_NOTES,
    Question,
    SocialWorker,
    Supervision,
    SupervisionAgreement,
    SupervisionNote,
    SupervisionRating,
    SupervisionTask,
    SupervisorEntry,
    match,
    open_tasks,
    owed,
    rated,
    received_by_year,
    uncovered,
)
from linzhan.workforce.supervision import rules
from tests.factories.providers import provider
from tests.factories.rows import made, went_in
from tests.factories.workforce import save_session, station, worker

HECHENG, HAINING, CITY = "431202101000", "330481001000", "431200000000"
MARCH, TODAY = date(2022, 3, 10), date(2022, 3, 31)

pytestmark = pytest.mark.django_db


@pytest.fixture
def rulebook() -> None:
    with opened(EVERYTHING):
        load_reference()


def fault(register: str, **values: Any) -> str:
    outcome = save_one(REGISTERS[register], values)
    assert outcome.rejected == 1
    return "；".join(each.line for each in outcome.faults[1])


def supervisor(*, used: bool = True, **values: Any) -> SupervisorEntry:
    row = {"name": "侯朋玲", "level": "市级", "region": CITY, **values}
    entry = SupervisorEntry.objects.get(pk=made("supervisors", **row))
    if used:
        take(REGISTERS["supervisors"], entry.pk, "choose", {"chosen_on": "2020-01-02"})
        take(REGISTERS["supervisors"], entry.pk, "use", {"used_from": "2020-03-01"})
    entry.refresh_from_db()
    return entry


def agreement(entry: SupervisorEntry, *stations: Station, signed: bool = True, **values: Any) -> UUID:
    row = {
        "kind": "聘请督导",
        "supervisor": entry.pk,
        "starts_on": "2022-01-01",
        "ends_on": "2022-12-31",
        **values,
    }
    made_ = made("supervision-agreements", stations=tuple(each.pk for each in stations), **row)
    if signed:
        take(REGISTERS["supervision-agreements"], made_, "sign", {"signed_on": "2021-12-30"})
    return made_


def session(stand: Station, *who: SocialWorker, **values: Any) -> UUID:
    row = {"held_on": "2022-03-08", "workers": tuple(each.pk for each in who), **values}
    return went_in(save_session(stand, **row))


def test_a_supervisor_goes_from_the_front_line_through_the_pool() -> None:
    with opened(EVERYTHING):
        stand = station(HECHENG)
        one = worker(station=stand.code)
        entry = supervisor(used=False, worker=one.pk, from_front_line="是", batch="第一期")
        walk = (
            ("choose", {"chosen_on": "2020-01-02"}), ("train", {}), ("use", {"used_from": "2020-06-01", "capacity": "6"}),
            ("evaluate", {"evaluation": "称职", "evaluated_on": "2021-01-05"}),
            ("reward", {"incentive": "通报表扬", "rewarded_on": "2021-02-01"}),
            ("leave", {"left_on": "2022-01-01", "note": "调离"}),
        )  # fmt: skip
        for step, given in walk:
            take(REGISTERS["supervisors"], entry.pk, step, given)
        entry.refresh_from_db()
        assert (entry.stage, entry.capacity, entry.incentive) == ("退出", 6, "通报表扬")
        with pytest.raises(StepRefused, match="不能“考核”"):
            take(
                REGISTERS["supervisors"],
                entry.pk,
                "evaluate",
                {"evaluation": "再", "evaluated_on": "2022-02-01"},
            )


def test_only_who_is_in_use_signs_and_a_draft_covers_nobody() -> None:
    with opened(EVERYTHING):
        here, there = station(HECHENG), station("431202102000")
        new = supervisor(used=False)
        draft = agreement(new, here, signed=False)
        with pytest.raises(StepRefused, match="开始使用"):
            take(REGISTERS["supervision-agreements"], draft, "sign", {"signed_on": "2021-12-30"})
        assert set(uncovered(TODAY)) == {here, there}
        shared = agreement(supervisor(), here, there, code="DX-2")  # one supervisor for two stations (SPV-05)
        assert not uncovered(TODAY).exists()
        take(REGISTERS["supervision-agreements"], shared, "end", {"ended_on": "2022-03-01", "note": "换人"})
        assert set(uncovered(TODAY)) == {here, there}


def test_an_outside_institution_is_named_where_no_person_is() -> None:
    with opened(EVERYTHING):
        stand = station(HECHENG)
        row = {"starts_on": "2022-01-01", "ends_on": "2022-12-31", "stations": (stand.pk,)}
        assert "须填写督导机构" in fault("supervision-agreements", kind="委托机构", **row)
        assert "须填写督导人才编号" in fault("supervision-agreements", kind="聘请督导", **row)
        made(
            "supervision-agreements",
            kind="委托机构",
            institution="深圳某社工服务社",
            hours="120",
            fee="60000",
            **row,
        )


def test_a_pool_is_read_below_and_kept_where_it_stands() -> None:
    with opened(EVERYTHING):
        institution = provider(region="431202000000")
        stand = station(HECHENG, provider=institution.uscc)
        city, elsewhere = supervisor(code="DR-1"), supervisor(code="DR-2", region="330400000000")
    with opened(Scope(stations=(str(stand.pk),))):
        assert set(SupervisorEntry.objects.all()) == {city}
        assert _counted("workforce_supervisorentry") == 1
    with opened(Scope(regions=("431202000000",))):
        assert city in SupervisorEntry.objects.all()
        assert elsewhere not in SupervisorEntry.objects.all()
        assert "管辖范围" in fault("supervisors", id=city.pk, name="改名", level="市级", region=CITY)
    with opened(Scope(providers=(str(institution.pk),))):
        own = {"name": "钟可", "region": "431202000000", "provider": institution.pk}
        assert "请选“机构”" in fault("supervisors", level="市级", **own)
        made("supervisors", level="机构", belonging="内部", **own)
        assert SupervisorEntry.objects.filter(provider_id=institution.pk).count() == 1


def _counted(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        [(number,)] = cursor.fetchall()
    return int(number)


@pytest.mark.usefixtures("rulebook")
def test_who_is_owed_supervision_is_told_with_what_is_missing_and_the_clause() -> None:
    with opened(EVERYTHING):
        stand = station(HECHENG)
        met, short, none = (worker(station=stand.code, name=name) for name in ("安好", "白短", "陈无"))
        fresh = worker(station=stand.code, name="丁新", hired_on="2022-02-01")
        worker(station=stand.code, name="会计", post="行政财务")
        worker(station=stand.code, name="今来", hired_on="2022-03-05")
        session(stand, met, fresh, hours="2", form="个别")
        session(stand, short, hours="1.5")
        found = {each.name: each.missing for each in owed(MARCH, today=TODAY)}
        assert found == {
            "白短": ("还差 0.5 小时",),
            "陈无": ("还差 1 次", "还差 2 小时"),
            "丁新": ("还差 1 次",),
        }
        assert all(each.authority.citation for each in owed(MARCH, today=TODAY))
        assert none.pk in {each.worker_id for each in owed(MARCH, today=TODAY, stations=[stand.pk])}
        assert owed(MARCH, today=TODAY, stations=[uuid4()]) == []


@pytest.mark.usefixtures("rulebook")
def test_haining_asks_for_individual_and_group_supervision_every_month() -> None:
    with opened(EVERYTHING):
        stand = station(HAINING)
        one = worker(station=stand.code, name="海宁")
        session(stand, one, form="个别", hours="2")
        [found] = owed(MARCH, today=TODAY)
        assert found.missing == ("本站没有团体督导",)
        assert "275" in found.authority.citation
        session(stand, one, form="团体", hours="1")
        assert owed(MARCH, today=TODAY) == []


@pytest.mark.usefixtures("rulebook")
def test_what_a_worker_received_is_counted_by_year_in_hours_and_working_days() -> None:
    with opened(EVERYTHING):
        stand = station(HECHENG)
        one = worker(station=stand.code)
        for day, hours in (
            ("2021-05-10", "6"),
            ("2021-05-10", "2"),
            ("2021-06-10", "4"),
            ("2022-01-10", "2"),
        ):
            session(stand, one, held_on=day, hours=hours)
        told = received_by_year(one.pk, region=HECHENG, on=TODAY)
        assert [(each.year, each.times, each.hours, each.days, each.working_days) for each in told] == [
            (2022, 1, Decimal(2), 1, Decimal("0.2")),  # 2 ÷ 8, half to even
            (2021, 3, Decimal(12), 2, Decimal("1.5")),
        ]


def test_a_task_stays_open_until_it_is_done() -> None:
    with opened(EVERYTHING):
        stand = station(HECHENG)
        one = worker(station=stand.code)
        held = session(stand, one)
        task = made(
            "supervision-tasks", session=held, worker=one.pk, content="补写接案记录", due_on="2022-03-20"
        )
        with pytest.raises(StepRefused, match="完成情况"):
            take(REGISTERS["supervision-tasks"], task, "done", {})
        take(REGISTERS["supervision-tasks"], task, "done", {"result": "已补齐"})
        assert not open_tasks().exists()
        assert SupervisionTask.objects.get().done_on is not None
        take(REGISTERS["supervision-tasks"], task, "again", {"note": "还缺签字"})
        assert SupervisionTask.objects.get().done_on is None


def seats(stand: Station, *people: UUID) -> Scope:
    return Scope(stations=(str(stand.pk),), people=tuple(map(str, people)), circles=(RATE, WRITE_NOTES))


def test_a_confidential_note_is_for_its_writer_and_the_worker_alone() -> None:
    writer, account = uuid4(), uuid4()
    with opened(EVERYTHING):
        stand = station(HECHENG)
        one, other = worker(station=stand.code), worker(station=stand.code)
        held = session(stand, one)
    with opened(seats(stand, writer), Actor(id=str(writer))):
        note = made("supervision-notes", session=held, worker=one.pk, content="谈到了倦怠")
        assert "没有列名" in fault("supervision-notes", session=held, worker=other.pk, content="不在场")
        assert SupervisionNote.objects.count() == _counted("workforce_supervisionnote") == 1
    with opened(Scope(stations=(str(stand.pk),), people=(str(account), str(one.pk))), Actor(id=str(account))):
        assert [each.pk for each in SupervisionNote.objects.all()] == [note]  # read, not changed
        assert _counted("workforce_supervisionnote") == 1
        with connection.cursor() as cursor:
            cursor.execute("UPDATE workforce_supervisionnote SET content = ''")
            assert cursor.rowcount == 0
    for nobody in (
        seats(stand, uuid4()),  # another supervisor of the same station
        Scope(stations=(str(stand.pk),), people=(str(other.pk),)),
        Scope(regions=("430000000000",), people=(str(uuid4()),), circles=(RATE,)),
        Scope(everything=True, people=(str(uuid4()),)),
    ):
        with opened(nobody):
            assert SupervisionNote.objects.count() == _counted("workforce_supervisionnote") == 0


@pytest.mark.usefixtures("rulebook")
def test_what_workers_say_of_a_supervisor_is_told_in_sum_from_five_on() -> None:
    boss = uuid4()
    with opened(EVERYTHING):
        stand = station(HECHENG)
        people = [worker(station=stand.code) for _each in range(5)]
        held = session(stand, *people)
    for number, one in enumerate(people, 1):
        account = uuid4()
        with opened(seats(stand, account, one.pk), Actor(id=str(account))):
            row = {"session": held, "worker": one.pk, "side": "社工评督导", "words": "讲得清楚"}
            made("supervision-ratings", score=str(number), **row)
            assert SupervisionRating.objects.count() == 1
            others = {"session": held, "worker": people[number % 5].pk, "side": "社工评督导"}
            assert "本人填写" in fault("supervision-ratings", score="1", **others)
        with opened(seats(stand, boss), Actor(id=str(boss))):
            assert SupervisionRating.objects.count() == _counted("workforce_supervisionrating") == 0
            told = rated(Supervision.objects.all(), region=HECHENG, on=TODAY)
            assert told is None if number < 5 else (told.average, told.raters) == (Decimal("3.0"), 5)
    with opened(seats(stand, boss), Actor(id=str(boss))):
        made("supervision-ratings", session=held, worker=people[0].pk, side="督导评社工", score="5")
    with opened(Scope(stations=(str(stand.pk),), people=(str(people[0].pk),))):
        assert [each.side for each in SupervisionRating.objects.all()] == [
            "督导评社工"
        ]  # told first to whom it is about


def test_matching_tells_its_reasons_and_puts_whoever_is_full_last() -> None:
    with opened(EVERYTHING):
        stand, other = (station(HECHENG, longitude="109.98", latitude="27.55"), station("431202102000"))
        near = supervisor(code="DR-1", longitude="109.90", latitude="27.50", fields="儿童", capacity="1")
        far = supervisor(code="DR-2", home_region="431281000000", belonging="内部")
        supervisor(code="DR-3", used=False)
        agreement(near, other)
        (first, why), (second, full) = match(stand, TODAY)
        assert (first.pk, second.pk) == (far.pk, near.pk)
        assert not why.full
        assert full.full
        assert why.reasons == (
            "同市（没有经纬度，按行政区划）",
            "没有登记擅长领域",
            "现带 0 个站，没有登记上限",
            "内部督导",
        )
        assert full.reasons[0].startswith("直线约 10 公里")
        assert full.reasons[2] == "现带 1 个站，最多 1 个，已满"


def test_nearness_follows_the_tree_and_points() -> None:
    assert [rules.nearness(HECHENG, each)[1] for each in (HECHENG, "431202000000", CITY, "430100000000", HAINING)] == [
        "同一乡镇", "同县", "同市", "同省", "外省",
    ]  # fmt: skip
    assert rules.kilometres((0, 0), (0, 1)) == pytest.approx(111.19, abs=0.01)
    assert rules.months_between(date(2022, 1, 31), date(2022, 3, 1)) == 1


def test_questions_are_read_by_the_county_and_the_asker_says_which_answer_helped() -> None:
    asker, helper = uuid4(), uuid4()
    with opened(EVERYTHING):
        here, colleague, stranger = station(HECHENG), station("431202102000"), station(HAINING)
    with opened(seats(here, asker), Actor(id=str(asker))):
        asked = made(
            "questions", title="低保边缘户怎么建档", topic="服务", station=here.pk, asked_on="2022-03-01"
        )
    with opened(seats(colleague, helper), Actor(id=str(helper))):
        assert Question.objects.count() == _counted("workforce_question") == 1
        made(
            "answers",
            code="JD-1",
            question=asked,
            content="先填边缘户认定表",
            answered_on="2022-03-02",
            station=colleague.pk,
        )
        with pytest.raises(LookupError):
            take(REGISTERS["questions"], asked, "accept", {"accepted": "JD-1"})
    with opened(seats(stranger, uuid4())):
        assert Question.objects.count() == _counted("workforce_question") == _counted("workforce_answer") == 0
    with opened(seats(here, asker), Actor(id=str(asker))):
        assert _counted("workforce_answer") == 1
        with pytest.raises(StepRefused, match="没有这个编号"):
            take(REGISTERS["questions"], asked, "accept", {"accepted": "JD-9"})
        with acting(Actor(id=str(helper))), pytest.raises(StepRefused, match="由提问的人"):
            take(REGISTERS["questions"], asked, "accept", {"accepted": "JD-1"})
        take(REGISTERS["questions"], asked, "accept", {"accepted": "JD-1"})
        assert Question.objects.get().stage == "已解决"


def test_a_talk_room_is_open_to_all_and_a_worker_signs_up_once() -> None:
    with opened(EVERYTHING):
        stand = station(HECHENG)
        one = worker(station=stand.code)
        talk = made(
            "talk-rooms",
            title="连线",
            region="230000000000",
            starts_at="2022-04-01 19:00",
            mode="线上",
            host="省厅",
        )
    with opened(seats(stand, uuid4(), one.pk)):
        row = {"talk": talk, "worker": one.pk, "signed_up_on": "2022-03-20"}
        made("talk-signups", code="BM-1", **row)
        assert fault("talk-signups", code="BM-2", **row)


def test_an_agreement_is_seen_from_each_of_its_stations() -> None:
    with opened(EVERYTHING):
        here, there = station(HECHENG), station("431224101000")
        agreement(supervisor(), here, there)
    for stand in (here, there):
        with opened(Scope(stations=(str(stand.pk),))):
            assert SupervisionAgreement.objects.count() == _counted("workforce_supervisionagreement") == 1
    with opened(Scope(regions=("431281000000",))):
        assert _counted("workforce_supervisionagreement") == 0
