"""Who was there is written once; numbers and residents of the record follow (SVC-11, SVC-12; record once)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from linzhan.casework.attendance import following
from linzhan.casework.attendance.models import Attendance
from linzhan.casework.attendance.selectors import Attendant
from linzhan.casework.attendance.services import take_attendance
from linzhan.casework.models import RecordResident, ServiceRecord
from linzhan.casework.together import TogetherRefused
from linzhan.kernel.registers.amending import amend_all
from linzhan.kernel.registers.batch import Fault, Incoming, Outcome
from linzhan.kernel.registers.declare import REGISTERS, Register
from linzhan.kernel.registers.writing import save, save_one
from linzhan.kernel.scope import Actor, Scope, opened
from linzhan.network.api import Station, move_stations
from tests.casework.acting import worker_number
from tests.factories.casework import record, resident
from tests.factories.figures import value
from tests.factories.network import station
from tests.factories.places import CHENGNAN, TUOYUAN, ZHONGFANG
from tests.factories.rows import made

pytestmark = pytest.mark.usefixtures("hunan")


@pytest.fixture
def here(hunan: None) -> Station:
    return station(TUOYUAN)


@pytest.fixture
def session(here: Station) -> UUID:
    return record(here, worker_number(here), method="小组", case_code="XZ-1", content="第一节")


def named(record_id: UUID) -> set[UUID]:
    return set(RecordResident.objects.filter(record_id=record_id).values_list("resident_id", flat=True))


def times(record_id: UUID) -> int | None:
    return ServiceRecord.objects.get(pk=record_id).attendances


def test_person_times_and_residents_follow_from_who_was_there(here: Station, session: UUID) -> None:
    came, stayed_away = Attendant(resident=resident(here)), Attendant(resident=resident(here))
    neighbour = Attendant(name="吴阿姨")
    assert take_attendance({session: {came: True, stayed_away: False, neighbour: True}}) == 3
    assert times(session) == 2
    assert named(session) == {came.resident}


def test_ticking_anew_moves_the_number_and_writes_only_what_changed(here: Station, session: UUID) -> None:
    first, second = Attendant(resident=resident(here)), Attendant(resident=resident(here))
    take_attendance({session: {first: True, second: True}})
    assert take_attendance({session: {first: True, second: False}}) == 1
    assert (times(session), named(session)) == (1, {first.resident})
    assert take_attendance({session: {first: True, second: False}}) == 0


def test_a_number_that_was_stated_stays(here: Station) -> None:
    held = record(here, worker_number(here), method="活动", attendances=80)
    take_attendance({held: {Attendant(name="吴阿姨"): True}})
    assert times(held) == 80


def test_a_resident_whom_the_record_names_and_the_list_does_not_stays_named(here: Station) -> None:
    by, guest = worker_number(here), resident(here, code="D-guest")
    held = record(here, by, method="小组", residents=("D-guest",))
    member = Attendant(resident=resident(here))
    take_attendance({held: {member: True}})
    assert named(held) == {guest, member.resident}


def test_person_times_are_counted_from_the_list_and_persons_once(here: Station) -> None:
    """OBJ-08: twice there is two person-times of one person."""
    by, one = worker_number(here), Attendant(resident=resident(here))
    for day in ("2021-05-10", "2021-05-17"):
        held = record(here, by, method="活动", on=day)
        take_attendance({held: {one: True, Attendant(name="吴阿姨"): True}})
    assert value("services.person_times", TUOYUAN) == 4
    assert value("services.persons", TUOYUAN) == 1


def test_one_person_stands_once_on_a_list(here: Station, session: UUID) -> None:
    known = resident(here)
    made("attendances", record=session, resident=known)
    again = save_one(REGISTERS["attendances"], {"record": session, "resident": known})
    assert again.rejected == 1
    assert Attendance.objects.count() == 1


def test_a_line_for_nobody_is_refused(session: UUID) -> None:
    nobody = save_one(REGISTERS["attendances"], {"record": session})
    assert "至少填写一项" in nobody.faults[1][0].message


def test_another_county_neither_sees_nor_writes_the_list(here: Station, session: UUID) -> None:
    take_attendance({session: {Attendant(name="吴阿姨"): True}})
    with opened(Scope(regions=(ZHONGFANG,)), Actor(label="中方县")):
        assert not Attendance.objects.exists()
        with pytest.raises(TogetherRefused):
            take_attendance({session: {Attendant(name="外人"): True}})
    assert Attendance.objects.count() == 1


def test_a_list_stays_with_its_service_when_the_station_moves(here: Station) -> None:
    """ADR 0013: what happened stays, with everything that is told of it."""
    by, day = worker_number(here), date(2021, 7, 1)
    before, after = (record(here, by, method="活动", on=on) for on in ("2021-05-10", "2021-08-10"))
    for each in (before, after):
        take_attendance({each: {Attendant(name="吴阿姨"): True}})
    move_stations(regions={here.pk: CHENGNAN}, on=day)
    places = dict(Attendance.objects.values_list("record_id", "region_code"))
    assert places == {before: TUOYUAN, after: CHENGNAN}


def test_a_list_of_a_closed_month_is_closed_with_it(here: Station, session: UUID) -> None:
    made("month-locks", region=here.region_code[:6].ljust(12, "0"), month="2021-05")
    with pytest.raises(TogetherRefused, match="2021"):
        take_attendance({session: {Attendant(name="吴阿姨"): True}})
    assert not Attendance.objects.exists()


def test_a_list_whose_record_cannot_follow_is_refused_and_the_other_record_has_its_own(
    here: Station, session: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = record(here, worker_number(here), method="活动")

    def refusing(register: Register, changes: Mapping[UUID, Mapping[str, Any]]) -> Outcome:
        if session not in changes:
            return amend_all(register, changes)
        return Outcome(register, "", rejected=1, faults={1: [Fault("人次", "须先撤回审核")]}, ids=[session])

    monkeypatch.setattr(following, "amend_all", refusing)
    rows = [{"record": each, "name": "吴阿姨"} for each in (session, other)]
    [outcome] = save([Incoming.of(REGISTERS["attendances"], rows)])
    assert {row: [f.message for f in faults] for row, faults in outcome.faults.items()} == {
        1: ["须先撤回审核"]
    }
    assert list(Attendance.objects.values_list("record_id", flat=True)) == [other]
    assert (times(session), times(other)) == (None, 1)
    with pytest.raises(TogetherRefused, match="须先撤回审核"):
        take_attendance({session: {Attendant(name="吴阿姨"): True}})
