"""Groups, activities and lessons on a phone: what it holds, and what it sends in one act (SVC-11, 12, 17, 23)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from linzhan.casework.activities.models import ActivityDetail, ActivityFile
from linzhan.casework.attendance.models import Attendance
from linzhan.casework.models import RecordResident, ServiceRecord
from linzhan.casework.programmes.models import ProgrammeSession
from linzhan.casework.programmes.rules import WEEKDAYS
from linzhan.kernel import secrecy
from linzhan.kernel.ids import uuid7
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.network.api import Station
from linzhan.workforce.api import SocialWorker
from tests.factories import activities as making
from tests.factories.casework import resident
from tests.factories.network import station as any_station
from tests.factories.places import ZHONGFANG_TOWN
from tests.factories.workforce import worker as any_worker
from tests.interface.conftest import Calling
from tests.interface.phoning import Phone, command, phone_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("categories")]


@pytest.fixture
def carer(home: Station) -> SocialWorker:
    with opened(EVERYTHING):
        return any_worker(station=home.code)


@pytest.fixture
def phone(calling: Calling, home: Station, carer: SocialWorker) -> Phone:
    return phone_of(calling, home, carer.pk)


def rows(*given: tuple[str, UUID, dict[str, Any]]) -> dict[str, Any]:
    return {"rows": [{"register": key, "id": str(identity), "values": each} for key, identity, each in given]}


def held(method: str, day: date, **values: Any) -> dict[str, Any]:
    return {
        "method": method,
        "started_at": f"{day}T16:30:00+08:00",
        "ended_at": f"{day}T18:00:00+08:00",
        "content": "课业辅导",
        **values,
    }


def number(of: SocialWorker) -> str:
    return secrecy.open_sealed(of.identity_number_sealed)


def test_a_phone_holds_open_groups_plans_and_programmes_of_its_station_only(
    phone: Phone, home: Station, carer: SocialWorker
) -> None:
    today = timezone.localdate()
    with opened(EVERYTHING):
        running = making.group(home, stage="进行中", code="XZ-1")
        making.group(home)  # a draft stays at the desk
        making.group(any_station(ZHONGFANG_TOWN), stage="进行中")
        known = resident(home, name="佘桂莲")
        making.member(running, resident=known)
        making.member(running, name="吴阿姨", left_on="2021-05-01")
        plan = making.activity(home, stage="已批准", planned_on=str(today))
        term = {"term_from": str(today - timedelta(30)), "term_to": str(today + timedelta(30))}
        course = making.programme(home, number(carer), skipped=(), **term)
        line = making.slot(course, WEEKDAYS[today.weekday()])
    feeds = phone.fetch()["feeds"]
    [group] = feeds["groups"]["rows"]
    assert (group["id"], group["code"], group["sessions"]) == (str(running), "XZ-1", 0)
    assert group["members"] == [{"resident": str(known), "name": "佘桂莲"}]
    assert [each["id"] for each in feeds["activities"]["rows"]] == [str(plan)]
    [programme] = feeds["programmes"]["rows"]
    assert programme["slots"] == [
        {
            "id": str(line),
            "weekday": WEEKDAYS[today.weekday()],
            "begins": "16:30",
            "ends": "18:00",
            "topic": "课业辅导",
        }
    ]


def test_a_lesson_arrives_whole_and_a_second_phones_lesson_is_set_aside(
    phone: Phone, home: Station, carer: SocialWorker
) -> None:
    day = timezone.localdate() - timedelta(1)
    term = {"term_from": str(day - timedelta(30)), "term_to": str(day + timedelta(30))}
    with opened(EVERYTHING):
        course = making.programme(home, number(carer), skipped=(), **term)
        line, child = making.slot(course, WEEKDAYS[day.weekday()]), resident(home)

    def lesson() -> dict[str, Any]:
        record = uuid7()
        told = {"record": str(record), "programme": str(course), "slot": str(line), "held_on": str(day)}
        body = rows(
            ("service-records", record, held("活动", day)),
            ("programme-sessions", uuid7(), told),
            ("attendances", uuid7(), {"record": str(record), "resident": str(child), "present": True}),
            ("attendances", uuid7(), {"record": str(record), "name": "佘小宝"}),
        )
        return command("save", record, body)

    first = lesson()
    assert phone.states(first) == ["done"]
    assert phone.states(first) == ["done"]  # the answer was lost, the phone asks again
    assert phone.states(lesson()) == ["refused"]
    with opened(EVERYTHING):
        record = ServiceRecord.objects.get()
        assert (record.attendances, record.station_id) == (2, home.pk)
        assert RecordResident.objects.get(record=record).resident_id == child
        assert ProgrammeSession.objects.count() == 1
        assert Attendance.objects.count() == 2


def test_an_activity_recorded_on_a_phone_holds_its_plan(phone: Phone, home: Station) -> None:
    day = timezone.localdate()
    with opened(EVERYTHING):
        plan = making.activity(home, stage="已批准", planned_on=str(day))
    record = uuid7()
    detail = {"record": str(record), "activity": str(plan), "present": 52, "elders": 30}
    body = rows(
        ("service-records", record, held("活动", day - timedelta(1), attendances=80)),
        ("activity-details", uuid7(), detail),
    )
    assert phone.states(command("save", record, body)) == ["done"]
    with opened(EVERYTHING):
        assert ActivityFile.objects.get(pk=plan).stage == "已举办"
        assert ActivityDetail.objects.get().present == 52


def test_a_referral_goes_out_by_a_step_from_the_phone_only_with_consent(phone: Phone, home: Station) -> None:
    with opened(EVERYTHING):
        known = resident(home)
    record, sheet, day = uuid7(), uuid7(), timezone.localdate() - timedelta(1)
    asked = {"resident": str(known), "record": str(record), "kind": "外部", "receiver": "县残联"}
    asked |= {"urgency": "一般", "reason": "轮椅损坏"}
    body = rows(
        ("service-records", record, held("转介", day, residents=[str(known)])),
        ("referral-files", sheet, asked),
    )
    saved = command("save", record, body)
    out = {"register": "referral-files", "id": str(sheet), "step": "send"}
    without = command("step", sheet, {**out, "given": {"sent_on": str(day)}})
    consented = command("step", sheet, {**out, "given": {"sent_on": str(day), "consented_on": str(day)}})
    assert phone.states(saved, without, consented) == ["done", "refused", "done"]
