"""The checks of records, one by one: what each asks about, and its innocent look-alikes (``domain.md`` §14)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from linzhan.casework.models import ActivityDetail, Attendance, ServiceRecord, VisitDetail
from linzhan.kernel import secrecy
from linzhan.kernel.models import Attachment, RegisterUse, StepEntry
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import take
from linzhan.kernel.registers.writing import save_one
from linzhan.kernel.scope import Actor, Scope, acting, scope
from linzhan.kernel.steps import StepRefused
from linzhan.network.api import Station
from linzhan.oversight.models import (
    Callback,
    CallbackSample,
    PlausibilityFlag,
    TextSignature,
)
from linzhan.oversight.plausibility import parameters as named
from linzhan.oversight.plausibility.calling import waiting_calls
from linzhan.oversight.plausibility.declaring import CHECKS
from linzhan.oversight.plausibility.running import Checked, check
from linzhan.oversight.rights import CALL_BACK, REPLY_FLAGS, SEE_CALLBACKS, SEE_FLAGS, SETTLE_FLAGS
from linzhan.workforce.api import SocialWorker
from tests.factories.casework import record, resident
from tests.factories.network import station
from tests.factories.places import HECHENG, HUAIHUA, ZHONGFANG, ZHONGFANG_TOWN
from tests.factories.policy import stated
from tests.factories.workforce import identity_number, save_worker
from tests.oversight.conftest import found as raised

pytestmark = pytest.mark.usefixtures("hunan")
ON = date(2021, 12, 31)
NOTE = "老人近来夜里咳嗽，已陪同到卫生院复查并领回药品，叮嘱家属按时照看，帮助联系村医每周上门测量血压，下次带去防滑垫"
OTHER = "儿童与外婆同住，作业由志愿者辅导，班主任反映上课走神，已约定周末参加阅读小组，并请社区主任协调申请困难补助金"


@pytest.fixture
def town(hunan: None) -> Station:
    return station()


def person(at: Station) -> str:
    number = identity_number()
    assert not save_worker(identity_number=number, station=at.code, hired_on="2020-01-01").faults
    return number


def worker_of(number: str) -> UUID:
    return SocialWorker.objects.get(identity_number_index=secrecy.blind_index(number)).pk


def ran(*codes: str, on: date = ON) -> Checked:
    return check(HECHENG, on, checks=[CHECKS[each] for each in codes])


def found(code: str) -> list[set[str]]:
    """The records behind each finding of a check."""
    [answer] = ran(code).answers
    return [{identity for key, identity in each.rows if key == "service-records"} for each in answer.findings]


def at(town: Station, number: str, starts: str, ends: str, **values: Any) -> str:
    day, _clock = starts.split()
    return str(record(town, number, started_at=starts, ended_at=f"{day} {ends}", **values))


def test_pc01_two_households_at_one_time_but_not_one_household(town: Station) -> None:
    number = person(town)
    apart = [resident(town), resident(town)]
    together = [resident(town, household="H1"), resident(town, household="H1")]
    one = at(town, number, "2021-05-18 09:20", "10:10", residents=(apart[0],))
    other = at(town, number, "2021-05-18 09:45", "10:30", residents=(apart[1],))
    at(town, number, "2021-05-19 09:00", "10:00", residents=(together[0],))
    at(town, number, "2021-05-19 09:00", "10:00", residents=(together[1],))
    at(town, number, "2021-05-20 09:00", "10:00")
    at(town, number, "2021-05-20 09:56", "10:30")
    assert found("PC01") == [{one, other}]


def test_pc02_far_apart_within_minutes_and_only_where_places_were_given(town: Station) -> None:
    number, far = person(town), {"longitude": "110.40", "latitude": "27.90"}
    near = {"longitude": "110.00", "latitude": "27.55"}
    one = at(town, number, "2021-06-15 09:00", "09:30", **near)
    other = at(town, number, "2021-06-15 09:42", "10:00", **far)
    at(town, number, "2021-06-15 13:00", "13:30", **near)
    at(town, number, "2021-06-16 09:00", "09:30", **near)
    at(town, number, "2021-06-16 09:31", "10:00")
    assert found("PC02") == [{one, other}]


def test_pc03_own_notes_of_other_people_and_pc04_notes_of_another_worker(town: Station) -> None:
    me, you = person(town), person(town)
    people = [resident(town, name=f"对象{word}") for word in "甲乙丙"]
    mine = [
        at(town, me, f"2021-03-0{n} 09:00", "10:00", residents=(people[n - 1],), content=f"第{n}次：{NOTE}")
        for n in (1, 2)
    ]
    again = at(town, me, "2021-03-09 09:00", "10:00", residents=(people[0],), content=OTHER)
    at(town, me, "2021-03-10 09:00", "10:00", residents=(people[0],), content=OTHER)
    copied = at(town, you, "2021-04-02 09:00", "10:00", residents=(people[2],), content=NOTE)
    at(town, you, "2021-09-02 09:00", "10:00", residents=(people[1],), content=OTHER)
    assert found("PC03") == [set(mine)]
    assert [copied in each and len(each) == 2 for each in found("PC04")] == [True]
    assert again not in set().union(*found("PC04"))
    assert TextSignature.objects.count() == 6


def test_pc04_each_place_decides_how_long_apart_two_notes_may_be(town: Station) -> None:
    """A run over a wider region keeps the widest span; what counts where is asked of each place."""
    elsewhere = station(ZHONGFANG_TOWN)
    for where in (town, elsewhere):
        content = NOTE if where is town else OTHER
        for day in ("2021-03-02", "2021-07-20"):
            at(where, person(where), f"{day} 09:00", "10:00", residents=(resident(where),), content=content)
    stated(named.OTHER_TEXT_DAYS, 180, ZHONGFANG)
    [answer] = check(HUAIHUA, ON, checks=[CHECKS["PC04"]]).answers
    assert [each.station_id for each in answer.findings] == [elsewhere.pk]


def test_pc05_one_photo_for_two_services_but_not_of_one_activity(town: Station) -> None:
    number = person(town)
    one, other = (at(town, number, f"2021-05-1{n} 09:00", "10:00") for n in (1, 2))
    grouped = [
        at(town, number, f"2021-05-2{n} 09:00", "10:00", method="小组", case_code="X1") for n in (1, 2)
    ]
    for row, digest in ((one, "a"), (other, "a"), (grouped[0], "b"), (grouped[1], "b")):
        Attachment.objects.create(
            region_code=town.region_code, station_id=town.pk, register="service-records", row_id=row,
            kind="photo", size=1, received=1, digest=digest * 64, made_by=uuid4(), completed_at=timezone.now(),
        )  # fmt: skip
    assert found("PC05") == [{one, other}]


def test_pc07_a_burst_of_many_days_but_not_a_phone_that_came_back(town: Station) -> None:
    number, offline = person(town), person(town)
    burst = {
        at(town, number, f"2021-09-0{n} 09:00", "10:00", entered_at="2021-09-28 20:05") for n in range(1, 10)
    } | {at(town, number, "2021-09-10 09:00", "10:00", entered_at="2021-09-28 20:18")}
    for n in range(1, 10):
        identity = at(town, offline, f"2021-09-0{n} 09:00", "10:00", entered_at="2021-09-28 20:05")
        ServiceRecord.objects.filter(pk=identity).update(made_at=f"2021-09-0{n}T10:05:00+08:00")
    assert found("PC07") == [burst]


def test_pc08_and_pc14_one_length_and_one_score_throughout(town: Station) -> None:
    same, varied = person(town), person(town)
    for n in range(30):
        day = f"2021-{1 + n // 20:02d}-{1 + n % 20:02d}"
        at(town, same, f"{day} 09:00", "09:30", satisfaction=5)
        at(town, varied, f"{day} 09:00", f"09:{20 + n}", satisfaction=4 if n == 7 else 5)
    ran("PC08", "PC14")
    assert set(PlausibilityFlag.objects.values_list("rule", "person_id")) == {
        ("PC08", worker_of(same)),
        ("PC14", worker_of(same)),
    }


def test_pc09_more_visits_than_a_day_holds_but_calls_are_no_visits(town: Station) -> None:
    number, caller = person(town), person(town)
    for n in range(21):
        starts, ends = (
            f"2021-10-22 {8 + n // 2:02d}:{30 * (n % 2):02d}",
            f"{8 + n // 2:02d}:{30 * (n % 2) + 10:02d}",
        )
        at(town, number, starts, ends)
        called = at(town, caller, starts, ends)
        place = {"region_code": town.region_code, "station_id": town.pk}
        VisitDetail.objects.create(record_id=called, mode="电话", **place)
    assert [len(each) for each in found("PC09")] == [21]


def test_pc10_met_after_death_but_not_the_family_nor_a_file_that_began_so(town: Station) -> None:
    number, gone = person(town), resident(town)
    began = resident(town, status="死亡", registered_on="2020-01-01")
    at(town, number, "2021-05-06 09:00", "10:00", residents=(gone,), outcome="已去世")
    met = at(town, number, "2021-06-08 09:00", "10:00", residents=(gone,), outcome="见到本人")
    at(town, number, "2021-06-09 09:00", "10:00", residents=(gone,), outcome="见到家属")
    at(town, number, "2021-06-10 09:00", "10:00", residents=(began,), outcome="见到本人")
    assert found("PC10") == [{met}]


def attended(record_id: str, people: list[UUID], present: int | None = None) -> None:
    held = ServiceRecord.objects.get(pk=record_id)
    place = {"region_code": held.region_code, "station_id": held.station_id, "provider_id": held.provider_id}
    for each in people:
        Attendance.objects.create(code=uuid4().hex[:20], record=held, resident_id=each, present=True, **place)
    if present is not None:
        ActivityDetail.objects.create(record=held, present=present, **place)


def test_pc11_the_same_list_three_times_and_a_headcount_that_differs(town: Station) -> None:
    RegisterUse.objects.get_or_create(
        register="attendances", region_code=HECHENG, defaults={"since": timezone.now()}
    )
    number, people = person(town), [resident(town) for _ in range(6)]
    same = [at(town, number, f"2021-05-0{n} 09:00", "10:00", method="活动") for n in (1, 2, 3)]
    for each in same:
        attended(each, people)
    course = [
        at(town, number, f"2021-07-0{n} 09:00", "10:00", method="活动", case_code="KC") for n in (1, 2, 3)
    ]
    for each in course:
        attended(each, people)
    told = at(town, number, "2021-09-01 09:00", "10:00", method="活动")
    attended(told, people, present=20)
    close = at(town, number, "2021-10-01 09:00", "10:00", method="活动")
    attended(close, people, present=7)
    assert sorted(map(len, found("PC11"))) == [1, 3]
    assert {told} in found("PC11")


def test_pc11_one_person_at_two_stations_at_one_time(town: Station) -> None:
    RegisterUse.objects.get_or_create(
        register="attendances", region_code=HECHENG, defaults={"since": timezone.now()}
    )
    other, somebody = station(), resident(town)
    rows = [
        at(where, person(where), f"2021-05-0{day} {starts}", ends, residents=(somebody,))
        for day, starts, ends in ((1, "09:00", "10:00"), (2, "09:00", "09:30"))
        for where in (town, other)
        if (day, where) != (2, other)
    ]
    at(other, person(other), "2021-05-02 09:30", "10:00", residents=(somebody,))
    at(town, person(town), "2021-05-02 09:10", "09:20", residents=(resident(town),))
    assert found("PC11") == [set(rows[:2])]


def test_pc12_one_signature_for_two_households(town: Station) -> None:
    apart, together = [resident(town), resident(town)], [resident(town, household="H2") for _ in range(2)]
    for digest, people in (("a", apart), ("b", together)):
        for each in people:
            Attachment.objects.create(
                region_code=town.region_code, station_id=town.pk, register="residents", row_id=each,
                kind="signature", size=1, received=1, digest=digest * 64, made_by=uuid4(),
                completed_at="2021-05-01T10:00:00+08:00",
            )  # fmt: skip
    [answer] = ran("PC12").answers
    assert [{UUID(i) for _key, i in each.rows} for each in answer.findings] == [set(apart)]


def test_pc12_a_signature_on_a_consent_is_its_givers_and_on_a_record_of_two_homes_nobodys(
    town: Station,
) -> None:
    one, other, third = (resident(town) for _ in range(3))
    shared = at(town, person(town), "2021-05-03 09:00", "10:00", residents=(one, other))
    alone = at(town, person(town), "2021-05-04 09:00", "10:00", residents=(other,))
    row = {
        "code": "TY1", "resident": third, "purpose": "建档服务", "given_by": "本人", "method": "签字",
        "given_on": "2021-05-01",
    }  # fmt: skip
    [consent] = save_one(REGISTERS["resident-consents"], row).ids
    for register, kept in (
        ("service-records", shared),
        ("service-records", alone),
        ("resident-consents", consent),
    ):
        Attachment.objects.create(
            region_code=town.region_code, station_id=town.pk, register=register, row_id=kept, kind="signature",
            size=1, received=1, digest="a" * 64, made_by=uuid4(), completed_at="2021-05-05T10:00:00+08:00",
        )  # fmt: skip
    [answer] = ran("PC12").answers
    assert [{UUID(i) for _key, i in each.rows} for each in answer.findings] == [{other, third}]


def test_pc13_written_down_at_the_end_of_the_month(town: Station) -> None:
    late, timely = person(town), person(town)
    for n in range(20):
        day = f"2021-05-{1 + n:02d}"
        at(town, late, f"{day} 09:00", "10:00", entered_at="2021-05-30 20:00" if n < 10 else f"{day} 11:00")
        at(town, timely, f"{day} 09:00", "10:00", entered_at=f"{day} 11:00" if n > 5 else "2021-05-30 20:00")
    assert [len(each) for each in found("PC13")] == [10]


def test_what_cannot_be_checked_says_why_and_is_not_asked() -> None:
    assert {each.code for each in CHECKS if each.unable} == {"PC06"}
    assert [each.code for each in sorted(CHECKS, key=lambda one: one.code)] == [
        f"PC{n:02d}" for n in range(1, 15)
    ]
    assert all(each.innocent or each.unable for each in CHECKS)


@pytest.fixture
def flag(town: Station) -> PlausibilityFlag:
    number = person(town)
    at(town, number, "2021-05-18 09:20", "10:10")
    at(town, number, "2021-05-18 09:45", "10:30")
    ran("PC01")
    return PlausibilityFlag.objects.get()


def step(flag: PlausibilityFlag, name: str, who: str = "", **given: str) -> None:
    """As the worker concerned, or as somebody else of the place."""
    people = (str(flag.person_id),) if who == "worker" else (str(uuid4()),)
    seen = Scope(regions=(HECHENG,), people=people, circles=(SEE_FLAGS,))
    with scope(seen), acting(Actor(id=str(uuid4()), label=who or "站长")):
        take(REGISTERS["plausibility-flags"], flag.pk, name, given, rights={REPLY_FLAGS, SETTLE_FLAGS})


def test_the_worker_is_heard_first_and_somebody_else_settles(flag: PlausibilityFlag) -> None:
    PlausibilityFlag.objects.update(answer_by=timezone.localdate())
    with pytest.raises(StepRefused, match="先听社工说明"):
        step(flag, "confirm", decision="查过")
    with pytest.raises(StepRefused, match="本人可以说明"):
        step(flag, "reply", reply="我来说")
    step(flag, "reply", "worker", reply="两户住同一栋楼，一起看的")
    with pytest.raises(StepRefused, match="您自己"):
        step(flag, "explain", "worker", decision="没事")
    step(flag, "explain", decision="走访过，属实是同一栋楼")
    flag.refresh_from_db()
    assert (flag.stage, flag.replied_on, flag.settled_on) == (
        "说明成立",
        timezone.localdate(),
        timezone.localdate(),
    )
    ran("PC01")
    assert PlausibilityFlag.objects.get().stage == "说明成立"


def test_who_does_not_answer_in_time_is_not_waited_for_and_may_contest(flag: PlausibilityFlag) -> None:
    PlausibilityFlag.objects.update(answer_by=date(2022, 1, 5))
    step(flag, "confirm", decision="两户都说没来过")
    step(flag, "contest", "worker", note="当天有签到")
    flag.refresh_from_db()
    assert (flag.stage, flag.settled_on) == ("已答复", None)
    assert StepEntry.objects.filter(row_id=flag.pk).count() == 2


def test_a_flag_is_seen_by_its_worker_and_by_those_who_settle(flag: PlausibilityFlag) -> None:
    seen = {}
    for name, people, circles in (
        ("worker", (str(flag.person_id),), ()),
        ("colleague", (str(uuid4()),), ()),
        ("lead", (), (SEE_FLAGS,)),
    ):
        with scope(Scope(stations=(str(flag.station_id),), people=people, circles=circles)):
            seen[name] = PlausibilityFlag.objects.count()
    assert seen == {"worker": 1, "colleague": 0, "lead": 1}


def test_what_is_voided_closes_its_flag_by_itself(flag: PlausibilityFlag, town: Station) -> None:
    ServiceRecord.objects.filter(started_at__minute=45).update(status="已作废")
    ran("PC01")
    flag.refresh_from_db()
    assert (flag.stage, flag.holds) == ("自动关闭", False)


def test_rw30_counts_confirmed_flags_and_nothing_else(flag: PlausibilityFlag, town: Station) -> None:
    PlausibilityFlag.objects.update(since=date(2021, 12, 1))
    at(town, person(town), "2021-12-02 09:00", "10:00")
    assert raised("RW30", least=1) == []
    PlausibilityFlag.objects.update(stage="属实")
    [one] = raised("RW30", least=1)
    assert (one.subject_id, one.facts["confirmed"], one.facts["is_late"]) == (town.pk, 1, False)


def test_a_sample_is_drawn_from_its_seed_and_called_by_others(town: Station) -> None:
    number = person(town)
    for n in range(1, 9):
        somebody = resident(town, phone="13900000000" if n < 6 else "")
        at(town, number, f"2021-05-0{n} 09:00", "10:00", residents=(somebody,), outcome="见到本人")
    terms = {
        "title": "二季度",
        "region": HECHENG,
        "begins_on": "2021-04-01",
        "ends_on": "2021-06-30",
        "seed": "0471936",
    }
    samples = []
    for _ in range(2):
        outcome = save_one(REGISTERS["callback-samples"], terms)
        assert not outcome.faults, outcome.faults
        take(REGISTERS["callback-samples"], outcome.ids[0], "draw", {})  # type: ignore[arg-type]  # it was written
        samples.append(CallbackSample.objects.get(pk=outcome.ids[0]))  # type: ignore[misc]  # as above
    assert [(each.population, each.size, each.digest) for each in samples] == [(5, 5, samples[0].digest)] * 2
    calls = list(Callback.objects.filter(sample=samples[0]).order_by("code"))
    mine = Scope(regions=(HECHENG,), people=(str(worker_of(number)),), circles=(SEE_CALLBACKS,))
    with scope(mine), pytest.raises(StepRefused, match="您自己提供"):
        take(REGISTERS["callbacks"], calls[0].pk, "unreached", {}, rights={CALL_BACK})
    with pytest.raises(StepRefused, match="还有 5 条没有回访"):
        take(REGISTERS["callback-samples"], samples[0].pk, "finish", {})
    for each, visited in zip(calls, "是否否是是", strict=True):
        said = {"visited": visited, "same_day": "记不清", "same_service": "是", "satisfied": "否"}
        take(REGISTERS["callbacks"], each.pk, "answer", said)
    assert Callback.objects.filter(mismatch=True).count() == 2
    take(REGISTERS["callback-samples"], samples[0].pk, "finish", {})
    samples[0].refresh_from_db()
    assert "不符 2 条，不符率 40.0%(区间 14.3%—72.8%)" in samples[0].summary
    take(REGISTERS["callback-samples"], samples[1].pk, "drop", {"note": "与上一次重复"})
    assert not waiting_calls().exists()
    again = Callback.objects.filter(sample=samples[1]).order_by("code")[0]
    with pytest.raises(StepRefused, match="这次抽样已中止"):
        take(REGISTERS["callbacks"], again.pk, "unreached", {})
    Callback.objects.update(called_on=date(2021, 12, 20))
    at(town, number, "2021-12-02 09:00", "10:00")
    [one] = raised("RW30")
    assert (one.facts["calls"], one.facts["wrong"], Decimal(str(one.facts["lowest"]))) == (
        5,
        2,
        Decimal("14.3"),
    )
