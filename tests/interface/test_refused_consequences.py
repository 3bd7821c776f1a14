"""What follows from a row and is refused is told in words by every way in: program, file, phone (SYS-01, NFR-08)."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from linzhan.casework.api import Resident
from linzhan.casework.contacts.models import ReferralFile
from linzhan.kernel.ids import uuid7
from linzhan.kernel.registers import stepping
from linzhan.kernel.registers.refusing import HookRefused
from linzhan.kernel.registers.stepping import Taken
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.kernel.sync.declaring import KINDS, Command, Kind, Reader, Result
from linzhan.network.api import Station
from tests.factories import activities as making
from tests.factories.casework import record, resident
from tests.factories.places import TUOYUAN
from tests.factories.refusals import NAME, WHY, refuse_residents
from tests.factories.workforce import worker as any_worker
from tests.interface.conftest import Caller, Calling
from tests.interface.phoning import Phone, command
from tests.interface.test_imports import send, workbook

pytestmark = pytest.mark.django_db
HEADERS = ("对象编号", "姓名", "服务对象类别", "现住行政区划", "建档日期", "站点编号")


@pytest.fixture(autouse=True)
def refused(categories: None, monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_residents(monkeypatch)


@pytest.fixture
def worker(here: Station) -> UUID:
    with opened(EVERYTHING):
        return any_worker(station=here.pk).pk


@pytest.fixture
def desk(calling: Calling, here: Station, worker: UUID) -> Caller:
    return calling("station_worker", here.region_code, station_id=here.pk, person_id=worker)


def names() -> set[str]:
    with opened(EVERYTHING):
        return set(Resident.objects.values_list("name", flat=True))


def row(name: str, code: str = "D1") -> dict[str, object]:
    return {
        "code": code,
        "name": name,
        "categories": ["VF01"],
        "home_region": TUOYUAN,
        "registered_on": "2021-03-01",
        "station": "Z1",
    }


def test_a_program_gets_a_problem_with_the_sentence(desk: Caller) -> None:
    answer = desk.post("/residents", row(NAME))
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert answer.json()["errors"] == [{"field": "", "message": WHY}]
    assert WHY in answer.json()["detail"]
    assert names() == set()


def test_a_change_is_refused_alike_and_the_row_stays(desk: Caller) -> None:
    made = desk.post("/residents", row("佘桂莲"))
    assert made.status_code == 201, made.content.decode()
    answer = desk.patch(f"/residents/{made.json()['id']}", {"name": NAME})
    assert answer.status_code == 422
    assert WHY in answer.content.decode()
    assert names() == {"佘桂莲"}


def test_a_file_has_that_row_sent_back_and_the_others_written(calling: Calling, here: Station) -> None:
    lead = calling("station_lead", here.region_code, station_id=here.pk)
    told = [
        (code, name, "VF01", TUOYUAN, "2021-03-01", "Z1") for code, name in (("D1", "佘桂莲"), ("D2", NAME))
    ]
    answer = send(lead, workbook(服务对象=[HEADERS, *told]))
    assert answer.status_code == 201, answer.content.decode()
    [sheet] = answer.json()["result"]["sheets"]
    assert (sheet["created"], sheet["rejected"]) == (1, 1), sheet["errors"]
    assert sheet["errors"] == [{"row": 3, "key": "D2", "column": "", "message": WHY}]
    assert names() == {"佘桂莲"}


def test_a_phone_is_told_why_and_the_rest_of_its_batch_is_taken(desk: Caller) -> None:
    def new(name: str) -> dict[str, object]:
        identity = uuid7()
        values = {
            key: value for key, value in row(name).items() if key not in ("code", "station", "registered_on")
        }
        return command(
            "save", identity, {"rows": [{"register": "residents", "id": str(identity), "values": values}]}
        )

    good, bad = Phone(desk).send(new("佘桂莲"), new(NAME))["results"]
    assert (good["state"], bad["state"], bad["detail"]) == ("done", "refused", WHY)
    assert names() == {"佘桂莲"}


def test_a_change_from_a_phone_is_refused_with_the_reason(desk: Caller, here: Station, worker: UUID) -> None:
    with opened(EVERYTHING):
        who = resident(here, worker=worker)
        Resident.objects.filter(pk=who).update(name=NAME)
    fields = {"phone": {"was": "", "is": "13800001234"}}
    sent = command("amend", who, {"register": "residents", "id": str(who), "fields": fields})
    (answer,) = Phone(desk).send(sent)["results"]
    assert (answer["state"], answer["detail"]) == ("refused", WHY)
    with opened(EVERYTHING):
        assert Resident.objects.get(pk=who).phone == ""


def test_a_step_from_afar_is_refused_with_the_reason(
    desk: Caller, here: Station, worker: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_taken: Taken) -> None:
        raise HookRefused(WHY)

    monkeypatch.setitem(stepping._followers, "referral-files", [refuse])
    with opened(EVERYTHING):
        who = resident(here, worker=worker)
        service = record(here, worker, on="2026-11-01", method="转介", residents=(who,))
        sheet = making.referral(who, record=service)
    given = dict.fromkeys(("sent_on", "consented_on"), str(timezone.localdate()))
    body = {"register": "referral-files", "id": str(sheet), "step": "send", "given": given}
    (answer,) = Phone(desk).send(command("step", sheet, body))["results"]
    assert (answer["state"], answer["detail"]) == ("refused", WHY)
    with opened(EVERYTHING):
        assert ReferralFile.objects.get(pk=sheet).stage == "拟转介"


def test_any_other_kind_of_command_is_refused_with_the_reason(
    desk: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    def takes(_command: Command, _reader: Reader) -> Result:
        raise HookRefused(WHY)

    monkeypatch.setattr(KINDS, "_entries", {**KINDS._entries, "resubmit": Kind("resubmit", takes)})
    (answer,) = Phone(desk).send(command("resubmit", uuid4(), {}))["results"]
    assert (answer["state"], answer["detail"]) == ("refused", WHY)
