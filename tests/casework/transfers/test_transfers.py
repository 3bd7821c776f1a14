"""Assignment, transfer with acceptance, and the handover of a caseload (peers.md §4.2; domain.md §23)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from linzhan.casework.models import Handover, HandoverLine, Resident, ResidentState, Transfer
from linzhan.casework.transfers import services
from linzhan.casework.transfers.carrying import case_kinds
from linzhan.casework.transfers.enums import Consent, TransferStage
from linzhan.casework.transfers.services import ConsentGiven, TransferRefused
from linzhan.kernel import secrecy
from linzhan.kernel.ids import uuid7
from linzhan.kernel.jobs.models import Job
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.scope import Actor, Scope, acting, scope
from linzhan.network.api import Station
from linzhan.workforce.api import SocialWorker
from tests.factories.casework import record, resident
from tests.factories.figures import value
from tests.factories.network import station
from tests.factories.places import CHENGNAN, HECHENG, TUOYUAN, ZHONGFANG_TOWN
from tests.factories.workforce import worker as any_worker

pytestmark = pytest.mark.usefixtures("hunan")
START, NOW = date(2020, 1, 1), date(2021, 6, 30)
AGREED = ConsentGiven(Consent.OWN, on=NOW)


@pytest.fixture(autouse=True)
def offered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs are run by the test itself."""
    monkeypatch.setattr("linzhan.kernel.jobs.running.run_job.defer", lambda **_given: 1)


def at(region: str = TUOYUAN) -> Station:
    return station(region, opened_on=START.isoformat(), today=START, status="运营")


def employed(where: Station) -> SocialWorker:
    return any_worker(station=where.code, hired_on="2020-01-01")


def somebody(where: Station, **values: Any) -> UUID:
    return resident(where, today=START, **values)


def of(*stations: Station) -> Scope:
    return Scope(stations=tuple(str(each.pk) for each in stations))


def test_assigning_is_immediate_and_dated() -> None:
    here = at()
    first, second = employed(here), employed(here)
    persons = [somebody(here, worker=first.pk), somebody(here)]
    with scope(of(here)):
        assert services.assign(persons, worker=second.pk) == 2
        assert services.assign(persons, worker=second.pk) == 0
    assert set(Resident.objects.filter(pk__in=persons).values_list("worker_id", flat=True)) == {second.pk}
    assert ResidentState.objects.filter(subject=persons[0]).count() == 2


@pytest.mark.parametrize("whose", ["elsewhere", "left"])
def test_only_who_works_at_the_station_answers_for_its_residents(whose: str) -> None:
    here, there = at(), at(CHENGNAN)
    worker = employed(there)
    if whose == "left":
        worker = any_worker(station=here.code, hired_on="2020-01-01", left_on="2021-01-01")
    person = somebody(here)
    with scope(of(here)), pytest.raises(TransferRefused, match="在岗"):
        services.assign([person], worker=worker.pk)


def test_a_transfer_changes_nothing_until_it_is_accepted() -> None:
    here, there = at(TUOYUAN), at(CHENGNAN)
    worker = employed(there)
    person = somebody(here, worker=employed(here).pk)
    with scope(of(here)):
        asked = services.ask(person, to_station=there.pk, reason="搬到城南随子女居住", consent=AGREED)
    assert Resident.objects.get(pk=person).station_id == here.pk
    with scope(of(there)):
        assert not Resident.objects.filter(pk=person).exists()
        services.accept(asked.pk, worker=worker.pk, answer="周三上门")
        file = Resident.objects.get(pk=person)
    assert (file.station_id, file.region_code, file.worker_id) == (there.pk, CHENGNAN, worker.pk)
    with scope(of(here)):
        assert not Resident.objects.filter(pk=person).exists()
        assert Transfer.objects.get().stage == TransferStage.ACCEPTED
    assert [value("residents.registered", HECHENG, as_of=NOW)] == [1]


def test_the_receiver_learns_only_what_it_must_before_it_accepts() -> None:
    """Name masked, categories without the restricted ones, reason: no file, no number, no home."""
    here, there = at(TUOYUAN), at(CHENGNAN)
    person = somebody(here, name="欧阳小娜", phone="13800138000")
    Resident.objects.filter(pk=person).update(categories=["D03", "A01", "E06"])
    with scope(of(here)):
        services.ask(person, to_station=there.pk, reason="搬家", consent=AGREED)
    with scope(of(there)):
        seen = Transfer.objects.get()
        assert seen.shown_name != "欧阳小娜"
        assert "*" in seen.shown_name
        assert seen.shown_categories == ["受限", "A01"]
        assert not Resident.objects.filter(pk=seen.resident_id).exists()


def test_what_was_done_stays_where_it_was_done() -> None:
    here, there = at(TUOYUAN), at(CHENGNAN)
    worker = employed(here)
    number = secrecy.open_sealed(bytes(worker.identity_number_sealed))
    person = somebody(here, code="D1")
    record(here, number, residents=("D1",))
    asked = services.ask(person, to_station=there.pk, reason="搬家", consent=AGREED)
    services.accept(asked.pk)
    assert [value("services.persons", code, "2021-05") for code in (TUOYUAN, CHENGNAN)] == [1, 0]
    assert Resident.objects.get(pk=person).worker_id is None


@pytest.mark.parametrize(
    ("consent", "told"),
    [
        (ConsentGiven("", on=NOW), "是否同意"),
        (ConsentGiven(Consent.OWN), "日期"),
        (ConsentGiven(Consent.OVERRIDE), "为什么"),
    ],
)
def test_consent_or_a_recorded_reason_without_it(consent: ConsentGiven, told: str) -> None:
    here, there = at(TUOYUAN), at(CHENGNAN)
    person = somebody(here)
    with pytest.raises(TransferRefused, match=told):
        services.ask(person, to_station=there.pk, reason="搬家", consent=consent)
    forced = ConsentGiven(Consent.OVERRIDE, override_reason="监护人失联，已报乡镇")
    services.ask(person, to_station=there.pk, reason="搬家", consent=forced)
    assert Transfer.objects.get().override_reason == "监护人失联，已报乡镇"


def answer_of(step: str) -> Callable[[UUID], Any]:
    return {
        "accept": services.accept,
        "decline": lambda pk: services.decline(pk, answer="人手不足"),
        "withdraw": services.withdraw,
    }[step]


@pytest.mark.parametrize("step", ["accept", "decline", "withdraw"])
def test_only_the_station_whose_turn_it_is_answers(step: str) -> None:
    here, there, third = at(TUOYUAN), at(CHENGNAN), at(CHENGNAN)
    person = somebody(here)
    asked = services.ask(person, to_station=there.pk, reason="搬家", consent=AGREED)
    turn = here if step == "withdraw" else there
    for each in (of(here), of(there), of(third), Scope(regions=(HECHENG,)), Scope(regions=(ZHONGFANG_TOWN,))):
        if each != of(turn):
            with scope(each), pytest.raises(TransferRefused):
                answer_of(step)(asked.pk)
    with scope(of(third)):
        assert not Transfer.objects.exists()
    with scope(of(turn)):
        answer_of(step)(asked.pk)
        with pytest.raises(TransferRefused, match="最终状态"):
            answer_of(step)(asked.pk)
    moved = Resident.objects.get(pk=person).station_id
    assert moved == (there.pk if step == "accept" else here.pk)


def test_a_refusal_needs_its_reason() -> None:
    here, there = at(TUOYUAN), at(CHENGNAN)
    asked = services.ask(somebody(here), to_station=there.pk, reason="搬家", consent=AGREED)
    with pytest.raises(TransferRefused, match="谢绝的理由"):
        services.decline(asked.pk, answer=" ")


def test_a_resident_is_offered_once_at_a_time_and_not_across_counties() -> None:
    here, there, abroad = at(TUOYUAN), at(CHENGNAN), at(ZHONGFANG_TOWN)
    person = somebody(here)
    with pytest.raises(TransferRefused, match="本县"):
        services.ask(person, to_station=abroad.pk, reason="搬家", consent=AGREED)
    services.ask(person, to_station=there.pk, reason="搬家", consent=AGREED)
    with pytest.raises(TransferRefused, match="待答复"):
        services.ask(person, to_station=there.pk, reason="搬家", consent=AGREED)


def test_a_station_asks_for_somebody_it_cannot_see() -> None:
    here, there = at(TUOYUAN), at(CHENGNAN)
    person = somebody(there, name="欧阳小娜")
    with scope(of(here)):
        asked = services.ask_for(
            station=here.pk, of_station=there.pk, description="欧阳女士，住坨院 3 组", reason="现由本站送餐"
        )
        assert asked.resident_id is None
        with pytest.raises(TransferRefused):
            services.accept(asked.pk, resident=person, consent=AGREED)
    with scope(of(there)):
        with pytest.raises(TransferRefused, match="选出"):
            services.accept(asked.pk)
        services.accept(asked.pk, resident=person, consent=AGREED)
    assert Resident.objects.get(pk=person).station_id == here.pk


def test_a_worker_s_caseload_is_handed_over_by_one_job_and_taken_back_one_by_one_that_day() -> None:
    here = at()
    leaving, first, second = (employed(here) for _ in range(3))
    persons = [somebody(here, worker=leaving.pk) for _ in range(3)]
    receivers = {persons[0]: first.pk, persons[1]: first.pk, persons[2]: second.pk}
    lead = str(uuid7())
    mine = Scope(stations=(str(here.pk),), people=(lead,))
    with scope(mine), acting(Actor(id=lead, label="站长")):
        handover = services.hand_over(leaving.pk, receivers=receivers, reason="离职", note="D1 每周二透析")
        ordered = Job.objects.get(kind=services.HANDOVER)
        assert Resident.objects.filter(worker_id=leaving.pk).count() == 3
        services.carry_out(ordered.payload, lambda *_told: None)  # type: ignore[arg-type]
        services.carry_out(ordered.payload, lambda *_told: None)  # type: ignore[arg-type]
        now = dict(Resident.objects.values_list("pk", "worker_id"))
        assert now == receivers
        line = HandoverLine.objects.get(resident=persons[0])
        services.take_back(line.pk)
        assert Resident.objects.get(pk=persons[0]).worker_id == leaving.pk
        with pytest.raises(TransferRefused, match="已经撤回"):
            services.take_back(line.pk)
        rest = list(HandoverLine.objects.values_list("pk", flat=True))
        assert services.note_told(rest, how="电话", on=NOW) == 2
    assert Handover.objects.get().pk == handover.pk


def test_a_handover_is_not_taken_back_the_next_day_nor_over_a_later_change() -> None:
    here = at()
    leaving, first, second = (employed(here) for _ in range(3))
    persons = [somebody(here, worker=leaving.pk) for _ in range(2)]
    services.hand_over(
        leaving.pk, receivers=dict.fromkeys(persons, first.pk), reason="休假", note="两周后回来"
    )
    services.carry_out(Job.objects.get(kind=services.HANDOVER).payload, lambda *_told: None)  # type: ignore[arg-type]
    services.assign([persons[0]], worker=second.pk)
    lines = {line.resident_id: line for line in HandoverLine.objects.all()}
    with pytest.raises(TransferRefused, match="又有变动"):
        services.take_back(lines[persons[0]].pk)
    Handover.objects.update(done_at="2021-01-01T09:00+08:00")
    with pytest.raises(TransferRefused, match="当天"):
        services.take_back(lines[persons[1]].pk)


def test_a_handover_takes_only_what_is_the_worker_s_own() -> None:
    here, there = at(TUOYUAN), at(CHENGNAN)
    leaving, first = employed(here), employed(here)
    mine, other, far = (
        somebody(here, worker=leaving.pk),
        somebody(here),
        somebody(there),
    )
    for wrong in ({mine: first.pk, other: first.pk}, {mine: leaving.pk}, {mine: employed(there).pk}):
        with pytest.raises(TransferRefused):
            services.hand_over(leaving.pk, receivers=wrong, reason="离职", note="说明")
    with scope(of(here)), pytest.raises(TransferRefused, match="管辖"):
        services.hand_over(leaving.pk, receivers={far: first.pk}, reason="离职", note="说明")
    assert not Handover.objects.exists()


def test_every_staged_register_about_a_resident_is_carried() -> None:
    """From the registry, so that what is staged tomorrow goes along."""
    staged = {each.key for each in REGISTERS if each.steps is not None}
    assert {kind.register.key for kind in case_kinds()} <= staged
