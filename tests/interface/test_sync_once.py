"""Receipts and phones: taken once whatever comes twice, told from where it is kept, and lost phones wiped (NFR-08)."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from linzhan.accounts.api import Appointment, User, issue_token
from linzhan.casework.api import ServiceRecord
from linzhan.casework.contacts.models import ReferralFile
from linzhan.kernel.ids import uuid7
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.kernel.sync.devices import report_lost, take_back
from linzhan.kernel.sync.models import Device, SyncCommand, SyncConflict
from linzhan.network.api import Station
from tests.factories import activities as making
from tests.factories.casework import record, resident
from tests.factories.network import station as any_station
from tests.factories.places import TUOYUAN, ZHONGFANG_TOWN
from tests.factories.workforce import worker as any_worker
from tests.interface.conftest import Caller, Calling
from tests.interface.phoning import Phone, command, phone_at, records, visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("categories")]


def test_the_same_command_twice_in_one_batch_is_one_record(phone: Phone, who: UUID) -> None:
    one = visit(who)
    answer = phone.send(one, one)
    assert [each["state"] for each in answer["results"]] == ["done", "done"]
    assert len(records()) == 1


def test_an_id_that_somebody_out_of_sight_has_used_is_a_conflict_and_keeps_nothing_else_up(
    calling: Calling, phone: Phone, who: UUID
) -> None:
    with opened(EVERYTHING):
        far = any_station(ZHONGFANG_TOWN)
        theirs = visit(resident(far))
    assert phone_at(calling, far).states(theirs) == ["done"]
    mine = visit(who)
    told = phone.send(mine, visit(who) | {"id": theirs["id"]})["results"]
    assert [each["state"] for each in told] == ["done", "conflict"]
    assert "没有采用" in told[1]["detail"]
    assert phone.states(mine) == ["done"]
    assert len(records()) == 2


def test_an_id_of_a_row_out_of_sight_is_a_refusal_in_words(
    calling: Calling, phone: Phone, home: Station, who: UUID
) -> None:
    """NFR-08: neither an error that the phone repeats for ever nor a row of somebody else's."""
    with opened(EVERYTHING):
        far = any_station(ZHONGFANG_TOWN)
        ours, theirs = (
            making.referral(person, record=record(at, any_worker(station=at.pk).pk, method="转介", residents=(person,)))
            for at, person in ((home, who), (far, resident(far)))
        )  # fmt: skip

    def send(sheet: UUID, **more: Any) -> dict[str, Any]:
        given = {"sent_on": "2026-11-20", "consented_on": "2026-11-20"}
        body = {"register": "referral-files", "id": str(sheet), "step": "send", "given": given}
        return command("step", sheet, body, **more)

    elsewhere = send(theirs)
    other = phone_at(calling, far)
    assert other.states(elsewhere) == ["done"]
    with opened(EVERYTHING):
        SyncCommand.objects.filter(pk=elsewhere["id"]).delete()  # it was taken at the desk, without a receipt
    (told,) = phone.send(send(ours, id=elsewhere["id"]))["results"]
    assert (told["state"], "已用于另一次办理" in told["detail"]) == ("refused", True)
    with opened(EVERYTHING):
        assert ReferralFile.objects.get(pk=ours).stage == "拟转介"
        taken = ServiceRecord.objects.exclude(station_id=home.pk).values_list("pk", flat=True)[0]
    row = visit(who)
    row["body"]["rows"][0]["id"] = str(taken)
    (told,) = phone.send(row)["results"]
    assert (told["state"], "已被别的记录使用" in told["detail"]) == ("refused", True)
    assert phone.states(send(ours)) == ["done"]


def test_what_comes_after_one_that_failed_waits_for_it(
    phone: Phone, who: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = visit(who)
    subject = first["body"]["rows"][0]["id"]
    fields = {"content": {"was": "精神很好", "is": "精神很好\n又打了电话"}}
    body = {"register": "service-records", "id": subject, "fields": fields}
    then = command("amend", UUID(subject), body, after=first["id"])
    with monkeypatch.context() as broken:
        broken.setattr("linzhan.kernel.sync.receiving.save", lambda _incoming: 1 / 0)
        assert phone.states(first, then) == ["retry", "waiting"]
    assert phone.states(first, then) == ["done", "done"]


def test_a_command_of_too_many_rows_says_how_many_there_may_be(phone: Phone, who: UUID) -> None:
    rows = [visit(who)["body"]["rows"][0] for _ in range(501)]
    (many,) = phone.send(command("save", uuid4(), {"rows": rows}))["results"]
    assert (many["state"], "不能超过 500 行" in many["detail"]) == ("refused", True)
    assert phone.states(command("save", uuid4(), {"rows": rows[:61]})) == ["done"]
    assert len(records()) == 61


def test_a_conflict_is_told_again_from_where_it_is_kept_and_stands_where_its_row_does(
    calling: Calling, home: Station, who: UUID, phone: Phone
) -> None:
    with opened(EVERYTHING):
        other = any_station(TUOYUAN)
        person = any_worker(station=other.pk).pk
    both = calling(
        "station_worker", home.region_code, station_id=other.pk, stations=[home.pk], person_id=person
    )
    one = visit(who)
    subject = one["body"]["rows"][0]["id"]

    def amended(value: str) -> dict[str, Any]:
        fields = {"outcome": {"was": "见到本人", "is": value}}
        return command(
            "amend", UUID(subject), {"register": "service-records", "id": subject, "fields": fields}
        )

    phone.send(one, amended("见到家属"))
    late, far = amended("无人"), Phone(both)
    told = [far.send(late)["results"], far.send(late)["results"]]
    assert told[0] == told[1]
    assert told[0][0]["conflicts"] == [
        {"column": "探访结果", "was": "见到本人", "theirs": "见到家属", "mine": "无人"}
    ]
    with opened(EVERYTHING):
        assert SyncConflict.objects.get().station_id == home.pk
        assert "conflicts" not in SyncCommand.objects.get(pk=late["id"]).answer


def test_a_shared_phone_that_one_reports_lost_is_wiped_whoever_holds_it(
    phone: Phone, calling: Calling, home: Station, who: UUID
) -> None:
    colleague, own = phone_at(calling, home), Phone(phone.caller)
    colleague.device = phone.device
    phone.send(), colleague.send(), own.send()
    with opened(EVERYTHING):
        report_lost(Device.objects.filter(device=phone.device).first(), uuid7())  # type: ignore[arg-type]
        assert Device.objects.filter(device=phone.device, lost_on__isnull=False).count() == 2
    answer = colleague.send(visit(who), want=True)
    assert (answer["order"], answer["results"]) == ("wipe", [])
    with opened(EVERYTHING):
        take_back(Device.objects.filter(device=phone.device).first())  # type: ignore[arg-type]
    assert phone.send()["order"] == ""


def test_wiping_ends_the_login_of_that_phone_and_of_no_other(
    calling: Calling, home: Station, phone: Phone
) -> None:
    phone.send()
    with opened(EVERYTHING):
        user = Device.objects.get().user_id
        report_lost(Device.objects.get(), uuid7())
        other = issue_token(user=User.objects.get(pk=user), appointment=Appointment.objects.get(user_id=user))
    assert phone.send()["order"] == "wipe"
    body = {"device": str(uuid4()), "clock": timezone.now().isoformat()}
    assert phone.caller.post("/sync", body).status_code == 401
    assert Caller(phone.caller.client, other).post("/sync", body).status_code == 200


def test_a_phone_stands_where_its_user_works_now(phone: Phone, home: Station) -> None:
    phone.send()
    with opened(EVERYTHING):
        Device.objects.update(station_id=any_station(ZHONGFANG_TOWN).pk)
    phone.send()
    with opened(EVERYTHING):
        assert Device.objects.get().station_id == home.pk
