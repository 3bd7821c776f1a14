"""A returned record on the phone: all of it comes back, and it goes again as one whole (SVC-23, NFR-08)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from linzhan.casework.models import ServiceRecord, VisitDetail
from linzhan.casework.sheets import RECORDS
from linzhan.kernel.ids import uuid7
from linzhan.kernel.registers.stepping import take
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.kernel.sync.models import SyncConflict
from linzhan.network.api import Station
from tests.factories.casework import resident
from tests.factories.network import station as any_station
from tests.factories.workforce import worker as any_worker
from tests.interface.conftest import Calling
from tests.interface.phoning import Phone, command, phone_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("categories")]
NOTE = "时间和当天另一次探访重叠，请核对"


@pytest.fixture
def sent(phone: Phone, home: Station) -> tuple[UUID, UUID]:
    """A visit that a phone sent and the lead sent back: its record and its details."""
    record, detail = uuid7(), uuid7()
    day = timezone.localdate()
    with opened(EVERYTHING):
        who = str(resident(home))
    rows = [
        ("service-records", record, {"method": "探访", "started_at": f"{day}T00:10:00+08:00", "travel_minutes": 30,
         "ended_at": f"{day}T00:30:00+08:00", "residents": [who], "outcome": "见到家属", "content": "精神很好"}),
        ("visit-details", detail, {"record": str(record), "mode": "入户", "health": "正常", "events": ["跌倒"], "met": "儿媳"}),
    ]  # fmt: skip
    told = [{"register": key, "id": str(each), "values": values} for key, each, values in rows]
    assert phone.states(command("save", record, {"rows": told})) == ["done"]
    with opened(EVERYTHING):
        take(RECORDS, record, "return", {"returned_reason": NOTE})
    return record, detail


def held(phone: Phone) -> dict[str, Any]:
    (row,) = phone.fetch()["feeds"]["records"]["rows"]
    found: dict[str, Any] = row
    return found


def amend(register: str, row: UUID, **fields: tuple[Any, Any]) -> dict[str, Any]:
    told = {name: {"was": was, "is": new} for name, (was, new) in fields.items()}
    return {"register": register, "id": str(row), "fields": told}


def status(record: UUID) -> str:
    with opened(EVERYTHING):
        return ServiceRecord.objects.get(pk=record).status


def test_what_came_back_is_on_the_phone_as_it_was_sent(phone: Phone, sent: tuple[UUID, UUID]) -> None:
    row = held(phone)
    assert (row["status"], row["returned_reason"]) == ("已退回", NOTE)
    record, detail = row["sent"]
    assert (record["register"], record["id"]) == ("service-records", str(sent[0]))
    assert (record["values"]["outcome"], record["values"]["travel_minutes"]) == ("见到家属", 30)
    assert record["values"]["residents"] == row["residents"]
    assert (detail["register"], detail["id"]) == ("visit-details", str(sent[1]))
    told = detail["values"]
    assert (told["record"], told["mode"], told["events"], told["met"]) == (
        str(sent[0]),
        "入户",
        ["跌倒"],
        "儿媳",
    )


def test_a_record_that_stands_comes_without_what_was_sent(phone: Phone, sent: tuple[UUID, UUID]) -> None:
    with opened(EVERYTHING):
        take(RECORDS, sent[0], "resubmit")
    assert "sent" not in held(phone)


def test_what_was_put_right_and_the_step_are_one(phone: Phone, sent: tuple[UUID, UUID]) -> None:
    record, detail = sent
    values = {each["register"]: each["values"] for each in held(phone)["sent"]}
    was = values["service-records"]["started_at"]
    amends = [
        amend("service-records", record, started_at=(was, was.replace("00:10", "00:05")), outcome=("见到家属", "见到本人")),
        amend("visit-details", detail, met=("儿媳", None), health=("正常", "变化")),
    ]  # fmt: skip
    work = command("resubmit", record, {"amends": amends})
    assert phone.states(work) == ["done"]
    assert phone.states(work) == ["done"], "twice is once"
    with opened(EVERYTHING):
        now, more = ServiceRecord.objects.get(pk=record), VisitDetail.objects.get(pk=detail)
    assert (now.status, now.outcome, now.started_at.minute) == ("待审核", "见到本人", 5)
    assert (more.met, more.health, more.events) == ("", "变化", ["跌倒"])
    assert "sent" not in held(phone)


def test_what_cannot_be_saved_leaves_all_of_it_as_it_was(phone: Phone, sent: tuple[UUID, UUID]) -> None:
    record, detail = sent
    values = held(phone)["sent"][0]["values"]
    amends = [
        amend("visit-details", detail, met=("儿媳", "邻居")),
        amend("service-records", record, ended_at=(values["ended_at"], values["ended_at"].replace("00:30", "00:01"))),
    ]  # fmt: skip
    (result,) = phone.send(command("resubmit", record, {"amends": amends}))["results"]
    assert (result["state"], status(record)) == ("refused", "已退回")
    assert "结束时间" in result["detail"]
    with opened(EVERYTHING):
        assert VisitDetail.objects.get(pk=detail).met == "儿媳"


def test_what_the_desk_changed_too_is_left_for_a_person_and_the_rest_goes(
    phone: Phone, sent: tuple[UUID, UUID]
) -> None:
    record, detail = sent
    with opened(EVERYTHING):
        VisitDetail.objects.filter(pk=detail).update(met="村医")
    amends = [
        amend("visit-details", detail, met=("儿媳", "邻居")),
        amend("service-records", record, content=("精神很好", "精神很好，能下地")),
    ]
    assert phone.states(command("resubmit", record, {"amends": amends})) == ["conflict"]
    with opened(EVERYTHING):
        assert ServiceRecord.objects.get(pk=record).content == "精神很好，能下地"
        assert [(each.theirs, each.mine) for each in SyncConflict.objects.all()] == [("村医", "邻居")]
    assert status(record) == "待审核"


def test_a_record_that_is_not_returned_is_not_sent_again(phone: Phone, sent: tuple[UUID, UUID]) -> None:
    with opened(EVERYTHING):
        take(RECORDS, sent[0], "resubmit")
    work = command(
        "resubmit", sent[0], {"amends": [amend("service-records", sent[0], content=("精神很好", "另一句"))]}
    )
    assert phone.states(work) == ["refused"]
    with opened(EVERYTHING):
        assert ServiceRecord.objects.get(pk=sent[0]).content == "精神很好"


def test_rows_of_another_record_do_not_ride_along(
    phone: Phone, sent: tuple[UUID, UUID], home: Station
) -> None:
    record, _ = sent
    with opened(EVERYTHING):
        other = resident(home)
    for amends in (
        [amend("residents", other, phone=("", "13800001111"))],
        [amend("service-records", uuid7(), content=("", "别的"))],
        [amend("visit-details", uuid7(), met=("", "别的"))],
        [],
    ):
        assert phone.states(command("resubmit", record, {"amends": amends})) == ["refused"]
    assert status(record) == "已退回"


def test_somebody_elses_returned_record_is_as_if_it_were_not_there(
    phone: Phone, calling: Calling, sent: tuple[UUID, UUID]
) -> None:
    with opened(EVERYTHING):
        abroad = any_station("431221100000")
        person = any_worker(station=abroad.pk).pk
    other = phone_of(calling, abroad, person)
    work = command(
        "resubmit", sent[0], {"amends": [amend("service-records", sent[0], content=("精神很好", "另一句"))]}
    )
    assert other.states(work) == ["refused"]
    assert status(sent[0]) == "已退回"
