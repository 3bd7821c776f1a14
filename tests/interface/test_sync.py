"""``POST sync``: once, in order, one by one, nothing overwritten in silence, nothing that is not one's own (NFR-08)."""

from __future__ import annotations

import gzip
import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from linzhan.casework.api import RecordWorker
from linzhan.interface import admission
from linzhan.kernel.ids import uuid7
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.writing import save_one
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.kernel.sync.declaring import SYNCABLES, Syncable
from linzhan.kernel.sync.devices import report_lost
from linzhan.kernel.sync.models import Device, SyncCommand, SyncConflict
from linzhan.network.api import Station
from tests.factories.casework import resident
from tests.factories.network import station as any_station
from tests.factories.places import ZHONGFANG_TOWN
from tests.interface.conftest import Caller, Calling
from tests.interface.phoning import Phone, command, phone_at, records, visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("categories")]


def test_a_visit_arrives_with_what_the_server_knows(phone: Phone, who: UUID, home: Station) -> None:
    assert phone.states(visit(who)) == ["done"]
    (one,) = records()
    assert (one.station_id, one.region_code, one.status) == (home.pk, home.region_code, "已通过")
    assert one.code.startswith("F-")
    with opened(EVERYTHING):
        assert RecordWorker.objects.filter(record=one).count() == 1


def test_what_a_busy_platform_sent_away_arrives_later_exactly_once(
    monkeypatch: pytest.MonkeyPatch, phone: Phone, who: UUID
) -> None:
    """NFR-08: sent away, nothing is kept or counted; the same batch later is taken as if for the first time."""
    turns = admission.Turns(places=1, waiting=0)
    monkeypatch.setattr(admission, "Turns", lambda _places: turns)
    body = {"device": str(phone.device), "clock": timezone.now().isoformat(), "commands": [visit(who)]}
    with turns.taken():
        away = phone.caller.post("/sync", body)
        assert phone.caller.get("/service-records").status_code == 200  # the others are not kept waiting
    assert (away.status_code, int(away["Retry-After"]) >= 1) == (503, True)
    with opened(EVERYTHING):
        assert (len(records()), SyncCommand.objects.count(), Device.objects.count()) == (0, 0, 0)
    for _ in range(2):
        answer = json.loads(phone.caller.post("/sync", body).content)
        assert [each["state"] for each in answer["results"]] == ["done"]
    assert len(records()) == 1
    with opened(EVERYTHING):
        assert SyncCommand.objects.count() == 1


def test_the_same_again_is_the_same_answer_and_one_record(phone: Phone, who: UUID) -> None:
    one = visit(who)
    assert [phone.states(one), phone.states(one), phone.states(one, one)] == [
        ["done"],
        ["done"],
        ["done"] * 2,
    ]
    assert len(records()) == 1


def test_the_same_id_with_other_content_is_a_conflict_in_words(phone: Phone, who: UUID) -> None:
    one = visit(who)
    phone.send(one)
    other = json.loads(json.dumps(one))
    other["body"]["rows"][0]["values"]["content"] = "别的内容"
    (told,) = phone.send(other)["results"]
    assert told["state"] == "conflict"
    assert "没有采用" in told["detail"]
    assert records()[0].content == "精神很好"


def test_one_that_can_never_succeed_does_not_stop_the_others(phone: Phone, who: UUID) -> None:
    wrong = visit(who, ended_at="2026-11-20T08:00:00+08:00")
    answer = phone.send(visit(who), wrong, visit(uuid4()), visit(who))
    assert [each["state"] for each in answer["results"]] == ["done", "refused", "refused", "done"]
    assert answer["results"][1]["faults"][0]["column"] == "结束时间"
    assert len(records()) == 2


def test_what_was_set_aside_is_tried_anew_when_it_comes_again(phone: Phone, home: Station) -> None:
    late = uuid7()
    early = visit(late)
    assert phone.states(early) == ["refused"]
    with opened(EVERYTHING):
        save_one(REGISTERS["residents"], {"id": late, "name": "佘桂莲", "categories": ("VF01",),
                 "home_region": home.region_code, "registered_on": "2020-03-01", "station": home.pk})  # fmt: skip
    assert phone.states(early) == ["done"]


def test_a_command_waits_for_the_one_before_it(phone: Phone, who: UUID) -> None:
    first = visit(who)
    subject = first["body"]["rows"][0]["id"]
    second = command(
        "amend",
        UUID(subject),
        {
            "register": "service-records",
            "id": subject,
            "fields": {"content": {"was": "精神很好", "is": "精神很好\n又打了电话"}},
        },
        after=first["id"],
    )
    assert phone.states(second) == ["waiting"]
    assert phone.states(first, second) == ["done", "done"]
    assert records()[0].content == "精神很好\n又打了电话"


def test_notes_of_two_phones_are_joined_and_what_cannot_be_is_left_for_a_person(
    calling: Calling, home: Station, who: UUID, phone: Phone
) -> None:
    other = phone_at(calling, home)
    one = visit(who)
    subject = one["body"]["rows"][0]["id"]
    phone.send(one)

    def amended(**fields: dict[str, str]) -> dict[str, Any]:
        return command(
            "amend", UUID(subject), {"register": "service-records", "id": subject, "fields": fields}
        )

    first = {
        "content": {"was": "精神很好", "is": "精神很好\n血压偏高"},
        "outcome": {"was": "见到本人", "is": "见到家属"},
    }
    then = {
        "content": {"was": "精神很好", "is": "精神很好\n已约体检"},
        "outcome": {"was": "见到本人", "is": "无人"},
    }
    assert phone.states(amended(**first)) == ["done"]
    (told,) = other.send(amended(**then))["results"]
    assert told["state"] == "conflict"
    assert told["conflicts"] == [
        {"column": "探访结果", "was": "见到本人", "theirs": "见到家属", "mine": "无人"}
    ]
    (now,) = records()
    assert (now.content, now.outcome) == ("精神很好\n血压偏高\n已约体检", "见到家属")
    with opened(EVERYTHING):
        kept = SyncConflict.objects.get()
    assert (kept.column, kept.mine, kept.settled_at) == ("outcome", "无人", None)


def test_a_clock_that_is_right_says_when_it_was_written_down(phone: Phone, who: UUID) -> None:
    then = timezone.now() - timedelta(days=3)
    phone.send()
    phone.send(visit(who) | {"made_at": then.isoformat()})
    entered = records()[0].entered_at
    assert entered is not None
    assert abs(entered - then) < timedelta(seconds=1)


def test_a_clock_that_is_wrong_is_told_and_not_believed(phone: Phone, who: UUID) -> None:
    ahead = timezone.now() + timedelta(days=400)
    answer = phone.send(visit(who) | {"made_at": ahead.isoformat()}, clock=ahead)
    assert (answer["clock_ok"], answer["results"][0]["state"]) == (False, "done")
    entered = records()[0].entered_at
    assert entered is not None
    assert abs(entered - timezone.now()) < timedelta(minutes=1)


def test_later_syncs_send_only_what_changed_and_say_what_has_gone(phone: Phone, who: UUID) -> None:
    first = phone.fetch()
    assert first["reset"]
    assert {"me", "lists"} <= set(first["feeds"])
    assert phone.fetch()["feeds"] == {}
    with opened(EVERYTHING):
        Device.objects.update(confirmed_token="lost")
    assert phone.fetch()["reset"]


def test_an_answer_that_was_lost_is_made_again(phone: Phone) -> None:
    lost = phone.send(want=True)
    again = phone.fetch()
    assert again["feeds"].keys() == lost["feeds"].keys()
    assert phone.fetch()["feeds"] == {}


def test_a_phone_reported_lost_is_told_to_wipe_itself_and_gets_nothing(phone: Phone, who: UUID) -> None:
    phone.fetch()
    with opened(EVERYTHING):
        report_lost(Device.objects.get(), uuid7())
    answer = phone.send(visit(who), want=True)
    assert (answer["order"], answer["feeds"], answer["results"]) == ("wipe", {}, [])
    assert records() == []
    phone.caller = Caller(phone.caller.client, "not a token any more")
    turned_away = phone.caller.post(
        "/sync", {"device": str(phone.device), "clock": timezone.now().isoformat()}
    )
    assert (turned_away.status_code, turned_away.headers["X-Linzhan-Order"]) == (401, "wipe")


def test_somebody_elses_county_is_as_if_it_were_not_there(phone: Phone, calling: Calling) -> None:
    with opened(EVERYTHING):
        theirs = resident(any_station(ZHONGFANG_TOWN))
    answer = phone.send(
        visit(theirs),
        visit(uuid4()),
        command(
            "amend",
            theirs,
            {"register": "service-records", "id": str(theirs), "fields": {"content": {"was": "", "is": "x"}}},
        ),
    )
    told = [each["detail"] for each in answer["results"]]
    assert [each["state"] for each in answer["results"]] == ["refused"] * 3
    assert told[0] == told[1], "the same words for what is elsewhere and what is nowhere"
    assert "-" not in told[0], "no id is read out to a person"


@pytest.mark.parametrize("role", ["township_official", "evaluator", "finance"])
def test_who_may_not_write_records_may_not_send_them(
    calling: Calling, home: Station, who: UUID, role: str
) -> None:
    """Whoever scores may send scores, and nothing of a worker's; whoever has nothing to send is not let in."""
    region = home.region_code if role == "township_official" else home.region_code[:6].ljust(12, "0")
    if role == "finance":
        body = {"device": str(uuid4()), "clock": timezone.now().isoformat(), "commands": [visit(who)]}
        assert calling(role, region).post("/sync", body).status_code == 403
    else:
        [result] = Phone(calling(role, region)).send(visit(who))["results"]
        assert (result["state"], result["detail"]) == ("refused", "您的任职不能在手机上登记这类内容")
    assert records() == []


def test_the_answer_travels_compressed(phone: Phone) -> None:
    body = {"device": str(phone.device), "clock": timezone.now().isoformat()}
    answer = phone.caller.send("POST", "/sync", body, HTTP_ACCEPT_ENCODING="gzip")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(answer.content))["state"]


def test_every_register_of_the_phone_is_a_register() -> None:
    for each in SYNCABLES:
        assert isinstance(each, Syncable)
        assert each.amends <= set(REGISTERS[each.register].sheet.column_by_name)
