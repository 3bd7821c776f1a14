"""Attendance, the week's timetable and services with their detail at the desk (SVC-11, 12, 17; OBJ-08)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from linzhan.casework.api import ServiceRecord
from linzhan.casework.api.gatherings import Attendance
from linzhan.casework.contacts.models import Consultation, ReferralFile
from linzhan.casework.programmes.rules import WEEKDAYS
from linzhan.kernel import secrecy
from linzhan.kernel.registers import declare
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.network.api import Station
from linzhan.workforce.api import SocialWorker
from tests.factories import activities as making
from tests.factories.casework import record, resident
from tests.factories.places import TUOYUAN, ZHONGFANG
from tests.factories.workforce import worker as any_worker
from tests.office.conftest import Sit

DAY = "2021-05-10"


@pytest.fixture(autouse=True)
def categories(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(declare._code_lists, "categories", lambda: {"VF01": "VF01"})


@pytest.fixture
def carer(station: Station) -> SocialWorker:
    with opened(EVERYTHING):
        return any_worker(station=station.code)


@pytest.fixture
def by(carer: SocialWorker) -> str:
    return secrecy.open_sealed(carer.identity_number_sealed)


@pytest.fixture
def desk(sit: Sit, station: Station, carer: SocialWorker) -> Client:
    return sit("station_worker", TUOYUAN, station_id=station.pk, person_id=carer.pk)


@pytest.fixture
def everything(house: None) -> Iterator[None]:
    with opened(EVERYTHING):
        yield


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.content.decode()[:500]
    return str(answer.content.decode())


def seals(answer: Any) -> list[str]:
    return [value["seal"] for value in answer.context["sessions"]]


def made_group(
    station: Station, by: str, people: int = 3, sessions: int = 2
) -> tuple[UUID, list[UUID], list[UUID]]:
    with opened(EVERYTHING):
        group = making.group(station, code="XZ-1", stage="进行中")
        known = [resident(station) for _ in range(people)]
        for each in known:
            making.member(group, resident=each)
        day = date.fromisoformat(DAY)
        days = [(day + timedelta(7 * n)).isoformat() for n in range(sessions)]
        held = [record(station, by, on=on, method="小组", case_code="XZ-1") for on in days]
    return group, known, held


def numbers(*records: UUID) -> list[int | None]:
    with opened(EVERYTHING):
        return [ServiceRecord.objects.get(pk=each).attendances for each in records]


def test_ticking_the_grid_writes_the_sessions_that_were_touched(
    desk: Client, station: Station, by: str
) -> None:
    group, known, (first, second) = made_group(station, by)
    page = desk.get(f"/groups/{group}/attendance/")
    assert "第 2 节" in text_of(page)
    was = [f"{each}|{seal}" for each, seal in zip((first, second), seals(page), strict=True)]
    ticks = [f"{first}|r{known[0].hex}", f"{first}|r{known[2].hex}"]
    answer = desk.post(f"/groups/{group}/attendance/", {"was": was, "tick": ticks}, follow=True)
    assert "已保存，改了 3 处" in text_of(answer)
    assert numbers(first, second) == [2, None]
    assert answer.context["lines"][1]["times"] == 0


def test_a_grid_that_somebody_else_changed_meanwhile_is_shown_again_first(
    desk: Client, station: Station, by: str
) -> None:
    group, known, (first, second) = made_group(station, by)
    was = [
        f"{each}|{seal}"
        for each, seal in zip((first, second), seals(desk.get(f"/groups/{group}/attendance/")), strict=True)
    ]
    with opened(EVERYTHING):
        making.made("attendances", record=first, resident=known[1])
    sent = {"was": was, "tick": [f"{first}|r{known[0].hex}"]}
    answer = desk.post(f"/groups/{group}/attendance/", sent)
    assert answer.status_code == 409
    assert "别人改过这份名单" in answer.content.decode()
    assert numbers(first) == [1]
    again = [f"{each}|{seal}" for each, seal in zip((first, second), seals(answer), strict=True)]
    desk.post(f"/groups/{group}/attendance/", {**sent, "was": again})
    with opened(EVERYTHING):
        present = Attendance.objects.filter(record=first, present=True)
        assert [each.resident_id for each in present] == [known[0]]


def test_the_grid_asks_as_often_for_many_people_as_for_one(desk: Client, station: Station, by: str) -> None:
    group, _, _ = made_group(station, by, people=1, sessions=3)
    few = queries(desk, f"/groups/{group}/attendance/")
    with opened(EVERYTHING):
        for _ in range(6):
            making.member(group, resident=resident(station))
    assert queries(desk, f"/groups/{group}/attendance/") == few


def queries(desk: Client, url: str) -> int:
    desk.get(url)
    with CaptureQueriesContext(connection) as asked:
        text_of(desk.get(url))
    return len(asked)


def test_names_on_the_list_of_a_service_are_masked_and_strangers_can_be_added(
    desk: Client, station: Station, by: str
) -> None:
    _, known, (first, _) = made_group(station, by, people=2)
    page = desk.get(f"/attendance/{first}/")
    assert "佘*莲" in text_of(page)
    assert "佘桂莲" not in text_of(page)
    sent = {
        "was": page.context["was"],
        "tick": [f"r{each.hex}" for each in known],
        "others": "吴阿姨\n 周大爷 \n\n",
    }
    text_of(desk.post(f"/attendance/{first}/", sent, follow=True))
    assert numbers(first) == [4]


def test_a_sheet_to_sign_on_carries_masked_names_and_blank_lines(
    desk: Client, station: Station, by: str
) -> None:
    group, _, _ = made_group(station, by)
    sheet = text_of(desk.get(f"/sign-in-sheets/group-files/{group}/"))
    assert "佘*莲" in sheet
    assert "佘桂莲" not in sheet
    with opened(EVERYTHING):
        plan = making.activity(station, headcount_plan=30)
    assert text_of(desk.get(f"/sign-in-sheets/activity-files/{plan}/")).count("<tr>") == 1 + 30 + 12
    assert desk.get(f"/sign-in-sheets/stations/{station.pk}/").status_code == 404


def course(station: Station, by: str) -> tuple[UUID, date]:
    """A lesson of yesterday or the day before, within this week's timetable or the last one's."""
    day = timezone.localdate() - timedelta(1)
    term = {"term_from": str(day - timedelta(60)), "term_to": str(day + timedelta(60))}
    with opened(EVERYTHING):
        of = making.programme(station, by, skipped=(), **term)
        making.enrolled(of, resident=resident(station), joined_on=term["term_from"])
        making.enrolled(of, name="佘小宝", joined_on=term["term_from"])
        return making.slot(of, WEEKDAYS[day.weekday()]), day


def test_one_press_records_the_lesson_with_everybody_who_is_enrolled(
    desk: Client, station: Station, by: str
) -> None:
    slot, day = course(station, by)
    week = text_of(desk.get(f"/timetable/?day={day}"))
    assert f"/timetable/{slot}/{day}/" in week
    assert "待登记" in week
    form = desk.get(f"/timetable/{slot}/{day}/")
    assert text_of(form).count("checked") == 2
    keys = [line["person"].key for line in form.context["lines"]]
    answer = desk.post(f"/timetable/{slot}/{day}/", {"tick": keys, "volunteers": "2"}, follow=True)
    assert "已登记，到场 2 人" in text_of(answer)
    assert f"/timetable/{slot}/{day}/" not in answer.content.decode()
    with opened(EVERYTHING):
        held = ServiceRecord.objects.get()
    assert (held.attendances, held.volunteers, held.method) == (2, 2, "活动")


def test_a_lesson_that_is_none_is_refused_in_words(desk: Client, station: Station, by: str) -> None:
    slot, day = course(station, by)
    answer = desk.post(f"/timetable/{slot}/{day + timedelta(1)}/", {})
    assert answer.status_code == 422
    assert "没有这一次课" in answer.content.decode()
    assert desk.get(f"/timetable/{slot}/昨天/").status_code == 404


def form_of(station: Station, carer: SocialWorker, **values: Any) -> dict[str, Any]:
    usual = {"started_at": f"{DAY}T09:00", "ended_at": f"{DAY}T09:20", "station": str(station.pk)}
    return {**usual, "workers": [str(carer.pk)], **values}


def test_a_consultation_is_written_once_on_one_form(
    desk: Client, station: Station, carer: SocialWorker
) -> None:
    begun = text_of(desk.get("/record/consultation/"))
    assert station.name in begun
    sent = form_of(station, carer, channel="来站", question="低保怎么申请", answer="带户口簿来")
    answer: HttpResponse = desk.post("/record/consultation/", sent)
    assert answer.status_code == 302, answer.content.decode()
    with opened(EVERYTHING):
        told = Consultation.objects.select_related("record").get()
    assert answer["Location"] == f"/r/consultations/{told.pk}/"
    assert (told.record.method, told.record.content) == ("咨询", "问：低保怎么申请；答：带户口簿来")
    assert told.record.entered_at is not None


def test_a_referral_names_its_resident_in_the_record_by_itself(
    desk: Client, station: Station, carer: SocialWorker, everything: None
) -> None:
    known = resident(station, name="佘桂莲")
    asked = {
        "resident": str(known),
        "kind": "外部",
        "receiver": "县残联",
        "urgency": "一般",
        "reason": "轮椅损坏",
    }
    answer = desk.post("/record/referral/", form_of(station, carer, **asked))
    assert answer.status_code == 302, answer.content.decode()
    sheet = ReferralFile.objects.get()
    assert (sheet.stage, sheet.resident_id, sheet.record.method) == ("拟转介", known, "转介")  # type: ignore[union-attr]


def test_what_is_missing_is_said_at_its_field_and_nothing_is_kept(
    desk: Client, station: Station, carer: SocialWorker
) -> None:
    bare = desk.post("/record/activity/", form_of(station, carer, present="10"))
    assert bare.status_code == 422
    assert "“内容”必须填写" in bare.content.decode()
    wrong = desk.post(
        "/record/activity/", form_of(station, carer, present="10", elders="12", content="邻里节")
    )
    assert wrong.status_code == 422
    assert "比到场人数还多" in wrong.content.decode()
    with opened(EVERYTHING):
        assert not ServiceRecord.objects.exists()


@pytest.mark.parametrize("role", ["finance", "evaluator", "supervisor"])
def test_who_may_not_register_services_finds_no_form(sit: Sit, station: Station, role: str) -> None:
    line = {"station_id": station.pk} if role == "supervisor" else {}
    reader = sit(role, TUOYUAN, **line)
    assert reader.get("/record/").status_code == 403
    assert reader.get("/record/consultation/").status_code == 403


def test_a_supervisor_reads_the_grid_and_ticks_nothing(sit: Sit, station: Station, by: str) -> None:
    group, known, (first, second) = made_group(station, by)
    reader = sit("supervisor", TUOYUAN, station_id=station.pk)
    page = reader.get(f"/groups/{group}/attendance/")
    assert 'type="checkbox"' not in text_of(page)
    was = [f"{each}|{seal}" for each, seal in zip((first, second), seals(page), strict=True)]
    sent = {"was": was, "tick": [f"{first}|r{known[0].hex}"]}
    assert reader.post(f"/groups/{group}/attendance/", sent).status_code == 403


def test_another_county_finds_nothing(sit: Sit, station: Station, by: str) -> None:
    group, _, (first, _) = made_group(station, by)
    slot, day = course(station, by)
    stranger = sit("county_official", ZHONGFANG)
    for url in (
        f"/groups/{group}/attendance/",
        f"/attendance/{first}/",
        f"/sign-in-sheets/group-files/{group}/",
        f"/timetable/{slot}/{day}/",
    ):
        assert stranger.get(url).status_code == 404, url
    assert f"/timetable/{slot}" not in text_of(stranger.get(f"/timetable/?day={day}"))


def test_files_lead_to_lists_and_sheets_for_whoever_may_see_them(
    sit: Sit, desk: Client, station: Station, by: str
) -> None:
    group, _, (first, _) = made_group(station, by)
    with opened(EVERYTHING):
        plan = making.activity(station, stage="已批准")
    assert f"/groups/{group}/attendance/" in text_of(desk.get(f"/r/group-files/{group}/"))
    assert f"/record/activity/?activity={plan}" in text_of(desk.get(f"/r/activity-files/{plan}/"))
    assert f"/attendance/{first}/" in text_of(desk.get(f"/r/service-records/{first}/"))
    assert "邻里节" in text_of(desk.get(f"/record/activity/?activity={plan}"))
    payer = sit("finance", TUOYUAN)
    assert f"/groups/{group}/attendance/" not in text_of(payer.get(f"/r/group-files/{group}/"))


def test_a_referral_says_how_long_the_receipt_took(desk: Client, station: Station, everything: None) -> None:
    dated = {"stage": "已接收", "sent_on": "2021-05-10", "received_on": "2021-05-14"}
    sheet = making.referral(resident(station), **dated)
    page = desk.get(f"/r/referral-files/{sheet}/")
    assert [(each.label, each.value) for each in page.context["head"].facts][-1] == ("回执用时", 4)
