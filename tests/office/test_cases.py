"""Cases at the desk: one look, who may read what was said, writing, approving, the folder (SPV-11, SVC-10, SVC-24)."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import pytest
from django.test import Client

from linzhan.accounts.models import Appointment
from linzhan.casework.api import ServiceRecord
from linzhan.casework.api.cases import CASE_FILES, CaseFile, SessionNote
from linzhan.kernel.audit import RevealEntry
from linzhan.kernel.registers.stepping import take
from linzhan.kernel.scope import EVERYTHING, Actor, opened
from linzhan.network.api import Station
from linzhan.policy.api import ResidentCategory, load_reference
from linzhan.workforce.api import SocialWorker
from tests.factories.cases import WHOLE, case_file, goal, session
from tests.factories.casework import resident
from tests.factories.network import station as any_station
from tests.factories.places import TUOYUAN, ZHONGFANG, ZHONGFANG_TOWN
from tests.factories.workforce import identity_number
from tests.factories.workforce import worker as any_worker
from tests.office.conftest import Sit

SECRET = str(WHOLE["problem"])


@dataclass(frozen=True)
class Ground:
    station: Station
    worker: SocialWorker
    case: UUID


@pytest.fixture
def ground(station: Station) -> Ground:
    with opened(EVERYTHING):
        if not ResidentCategory.objects.exists():
            load_reference()
        identity = identity_number()
        led_by = any_worker(identity_number=identity, station=station.code, name="宋浩全")
        person = resident(station, name="欧阳桂莲", categories=("A01",))
        made = case_file(station, led_by, person, stage="预估", code="GA-1", **WHOLE)
        goal(made, level=1)
        for number in range(3):
            session(made, station, identity, on=f"2022-01-{6 + number:02d}")
        with opened(EVERYTHING, Actor(label="宋浩全")):
            take(CASE_FILES, made, "plan", {})
    return Ground(station, led_by, made)


@pytest.fixture
def ann(sit: Sit, ground: Ground) -> Client:
    """The worker who leads the case."""
    return sit("station_worker", TUOYUAN, station_id=ground.station.pk, person_id=ground.worker.pk)


@pytest.fixture
def supervisor(sit: Sit, ground: Ground) -> Client:
    return sit("supervisor", TUOYUAN, stations=[ground.station.pk])


def page(client: Client, ground: Ground, rest: str = "") -> str:
    answer = client.get(f"/cases/{ground.case}/{rest}")
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_case_is_told_in_one_look(ann: Client, ground: Ground) -> None:
    text = page(ann, ground)
    for wanted in (
        "GA-1",
        "欧阳*莲",
        "督导：核准或退回计划",
        SECRET,
        "每周出门三次",
        "超过预期",
        "T = 60.0",
        "下周再来",
        "预估表",
    ):
        assert wanted in text, wanted
    assert 'aria-current="step"' in text


def test_the_content_is_for_who_leads_heads_and_supervises(
    sit: Sit, ground: Ground, ann: Client, supervisor: Client
) -> None:
    with opened(EVERYTHING):
        other = any_worker(station=ground.station.code)
        far = any_station(ZHONGFANG_TOWN)
    lead = sit("station_lead", TUOYUAN, station_id=ground.station.pk)
    colleague = sit("station_worker", TUOYUAN, station_id=ground.station.pk, person_id=other.pk)
    asked = {"ann": ann, "lead": lead, "supervisor": supervisor, "colleague": colleague}
    asked["county"] = sit("county_official")
    asked["elsewhere"] = sit("supervisor", ZHONGFANG, stations=[far.pk])
    found = {name: client.get(f"/cases/{ground.case}/").status_code for name, client in asked.items()}
    assert found == {
        "ann": 200, "lead": 200, "supervisor": 200, "colleague": 403, "county": 403, "elsewhere": 404,
    }  # fmt: skip


def test_the_list_hides_what_was_said(sit: Sit, ground: Ground) -> None:
    text = sit("county_official").get(f"/r/case-files/{ground.case}/").content.decode()
    assert "GA-1" in text
    assert SECRET not in text


def test_a_supervisor_sees_nothing_once_the_agreement_ended(supervisor: Client, ground: Ground) -> None:
    assert supervisor.get(f"/cases/{ground.case}/").status_code == 200
    with opened(EVERYTHING):
        Appointment.objects.filter(role="supervisor").update(
            valid_from=date(2020, 1, 1), valid_to=date(2021, 1, 1)
        )
    assert supervisor.get(f"/cases/{ground.case}/").status_code != 200


def test_a_supervisor_finds_what_waits_and_approves_it(supervisor: Client, ground: Ground) -> None:
    assert "1 个个案的计划、结案或转介等您核准" in supervisor.get("/").content.decode()
    assert f"/cases/{ground.case}/" in supervisor.get("/cases/").content.decode()
    text = page(supervisor, ground)
    assert "核准计划" in text
    assert "填写" not in text
    address = f"/r/case-files/{ground.case}/steps/approve_plan/"
    assert supervisor.post(address, {"note": ""}).status_code == 422
    assert supervisor.post(address, {"note": "目标清楚"}).status_code == 302
    with opened(EVERYTHING):
        found = CaseFile.objects.get(pk=ground.case)
        assert (found.stage, found.plan_approved_on is not None) == ("介入", True)
    assert "目标清楚" in page(supervisor, ground)


def test_whoever_leads_the_case_has_no_button_to_approve(ann: Client, ground: Ground) -> None:
    assert "steps/approve_plan" not in page(ann, ground)
    ann.post(f"/r/case-files/{ground.case}/steps/approve_plan/", {"note": "好"})
    with opened(EVERYTHING):
        assert CaseFile.objects.get(pk=ground.case).stage == "计划"


def test_a_paper_is_written_with_what_stands_in_it(ann: Client, ground: Ground) -> None:
    text = page(ann, ground, "write/assessment/")
    assert str(WHOLE["biological"]) in text
    version = text.split('name="version" value="')[1].split('"')[0]
    sent = {name: WHOLE[name] for name in ("biological", "psychological", "social", "risk_view", "baseline")}
    sent |= {"strengths": "会做针线，还会唱戏", "version": version}
    assert ann.post(f"/cases/{ground.case}/write/assessment/", sent).status_code == 302
    with opened(EVERYTHING):
        found = CaseFile.objects.get(pk=ground.case)
    assert (found.strengths, found.problem) == ("会做针线，还会唱戏", SECRET)
    again = ann.post(f"/cases/{ground.case}/write/assessment/", sent | {"strengths": "旧页面"})
    assert again.status_code == 422
    assert "别人改过这一份" in again.content.decode()


@pytest.mark.parametrize("key", ["sessions", "supervision", "nothing"])
def test_papers_that_are_rows_of_their_own_are_not_written_so(ann: Client, ground: Ground, key: str) -> None:
    assert ann.get(f"/cases/{ground.case}/write/{key}/").status_code == 404


def test_a_supervisor_reads_and_does_not_write(supervisor: Client, ground: Ground) -> None:
    for rest in ("write/assessment/", "session/", "folder/"):
        assert supervisor.get(f"/cases/{ground.case}/{rest}").status_code == 403
        assert supervisor.post(f"/cases/{ground.case}/{rest}", {"reason": "归档"}).status_code == 403


def test_a_session_is_one_form_and_two_rows(ann: Client, ground: Ground) -> None:
    sent = {
        "started_at": "2022-02-01T09:00",
        "ended_at": "2022-02-01T10:00",
        "mode": "到站",
        "process": "谈了睡眠",
    }
    assert ann.post(f"/cases/{ground.case}/session/", sent).status_code == 302
    with opened(EVERYTHING):
        note = SessionNote.objects.get(case=ground.case, number=4)
        record = ServiceRecord.objects.get(pk=note.record_id)
    assert (note.process, note.mode) == ("谈了睡眠", "到站")
    assert (record.case_code, record.method, record.content) == ("GA-1", "个案", "谈了睡眠")


def test_a_session_that_cannot_be_saved_leaves_nothing(ann: Client, ground: Ground) -> None:
    sent = {"started_at": "2022-02-01T09:00", "ended_at": "2022-02-01T08:00", "process": "谈了睡眠"}
    answer = ann.post(f"/cases/{ground.case}/session/", sent)
    assert answer.status_code == 422
    assert "谈了睡眠" in answer.content.decode()
    with opened(EVERYTHING):
        assert ServiceRecord.objects.filter(case_code="GA-1").count() == 3


def test_the_folder_goes_out_for_a_reason_that_is_kept(ann: Client, ground: Ground) -> None:
    address = f"/cases/{ground.case}/folder/"
    assert "督导意见" in page(ann, ground, "folder/")
    assert ann.post(address, {"reason": " ", "as": "pdf"}).status_code == 422
    document = ann.post(address, {"reason": "归档", "as": "pdf"})
    assert document.content.startswith(b"%PDF")
    assert ".pdf" in document.headers["Content-Disposition"]
    pack = ann.post(address, {"reason": "督导会议", "as": "zip"})
    with zipfile.ZipFile(io.BytesIO(b"".join(pack.streaming_content))) as archive:  # type: ignore[attr-defined]  # a streaming answer
        assert "05-过程记录.pdf" in archive.namelist()
    with opened(EVERYTHING):
        reasons = RevealEntry.objects.filter(row_id=ground.case, field="卷宗").values_list(
            "reason", flat=True
        )
        assert sorted(reasons) == ["归档", "督导会议"]


def test_a_closed_case_is_reopened_as_a_new_one(sit: Sit, ground: Ground) -> None:
    lead = sit("station_lead", TUOYUAN, station_id=ground.station.pk)
    assert "重开" not in page(lead, ground)
    with opened(EVERYTHING):
        CaseFile.objects.filter(pk=ground.case).update(stage="结案")
    assert "reopen" in page(lead, ground)
    answer = lead.post(f"/cases/{ground.case}/reopen/")
    with opened(EVERYTHING):
        made = CaseFile.objects.get(reopens=ground.case)
    assert answer.headers["Location"] == f"/cases/{made.pk}/"
    assert "GA-1" in lead.get(f"/cases/{made.pk}/").content.decode()


def test_the_board_shows_what_was_left_lying(sit: Sit, ground: Ground) -> None:
    with opened(EVERYTHING):
        CaseFile.objects.filter(pk=ground.case).update(stage="暂停", resume_on=date(2022, 3, 1))
    text = sit("station_lead", TUOYUAN, station_id=ground.station.pk).get("/cases/").content.decode()
    assert "暂停超期" in text
