"""The red button on the phone: taken whatever is wrong with it, once, discreetly (domain.md §20)."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from linzhan.casework.incidents import taking
from linzhan.casework.incidents.models import Incident, IncidentFact
from linzhan.kernel import places
from linzhan.kernel.ids import uuid7
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.kernel.sync.models import SyncCommand
from linzhan.network.api import Station
from tests.factories.casework import resident
from tests.interface.phoning import Phone, command

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("categories")]
SEEN = "2026-11-20T21:15:00+08:00"


def signal(identity: UUID, *facts: dict[str, Any], made_at: str = SEEN, **values: Any) -> dict[str, Any]:
    rows = [
        {
            "register": "incidents",
            "id": str(identity),
            "values": {"signals": ["M6"], "seen_at": SEEN, **values},
        }
    ]
    rows += [{"register": "incident-facts", "id": str(uuid7()), "values": fact} for fact in facts]
    return command("incident", identity, {"rows": rows}, made_at=made_at)


def only() -> Incident:
    with opened(EVERYTHING):
        return Incident.objects.get()


def facts() -> list[tuple[str, str, str]]:
    with opened(EVERYTHING):
        return list(IncidentFact.objects.order_by("recorded_at", "id").values_list("kind", "body", "text"))


def test_a_report_made_offline_keeps_the_time_of_the_signal(phone: Phone, home: Station) -> None:
    call = {"kind": "已上报", "at": "2026-11-20T21:20:00+08:00", "body": "110"}
    answer = phone.send(signal(uuid7(), call, facts="一个人在家"))
    assert [each["state"] for each in answer["results"]] == ["done"]
    found = only()
    assert found.seen_at == datetime(2026, 11, 20, 13, 15, tzinfo=UTC)
    assert (found.station_id, found.stage, found.signals) == (home.pk, "已上报", ["M6"])
    assert found.received_at is not None
    assert found.received_at > found.seen_at


def test_the_same_report_twice_is_one(phone: Phone) -> None:
    sent = signal(uuid7())
    assert phone.states(sent) == phone.states(sent) == ["done"]
    again = signal(UUID(sent["subject"]))
    assert phone.states(again) == ["done"]
    assert only().pk == UUID(sent["subject"])


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"signals": ["没有的信号"]}, id="a signal that no list has"),
        pytest.param({"signals": []}, id="no signal"),
        pytest.param({"seen_at": "昨天晚上"}, id="a time that is none"),
        pytest.param({"resident": str(uuid7())}, id="a resident out of sight"),
        pytest.param({"station": str(uuid7())}, id="a station out of sight"),
        pytest.param({"facts": "坏\x00字"}, id="a character that no text holds"),
        pytest.param({"place": "很长" * 500}, id="a text too long"),
        pytest.param({"colour": "红"}, id="a part that nobody knows"),
        pytest.param({"danger": {"a": 1}}, id="a wrong type"),
        pytest.param({"stage": "结束"}, id="a stage that is not the phone's to say"),
    ],
)
def test_a_fault_in_a_detail_keeps_the_report(phone: Phone, home: Station, values: dict[str, Any]) -> None:
    answer = phone.send(signal(uuid7(), **{"facts": "孩子在哭", **values}))
    assert [each["state"] for each in answer["results"]] == ["done"]
    found = only()
    assert found.stage == "待上报"
    assert found.station_id == home.pk
    [(name, value)] = values.items()
    kept = str(value[0]) if isinstance(value, list) and value else str(value)
    if name not in ("signals", "facts", "danger") or kept == "没有的信号":
        assert kept[:20] in found.facts or getattr(found, name, None) not in (None, "")


def test_what_was_not_read_is_told_and_kept_in_words(phone: Phone) -> None:
    answer = phone.send(signal(uuid7(), signals=["奇怪"], facts="门口有血迹"))
    result = answer["results"][0]
    assert result["faults"]
    assert "补充" in result["detail"]
    assert "奇怪" in only().facts
    assert "门口有血迹" in only().facts


def test_a_body_of_another_shape_is_a_report_all_the_same(phone: Phone) -> None:
    assert phone.states(command("incident", uuid7(), {"facts": "救命"})) == ["done"]
    assert "救命" in only().facts
    assert only().signals == ["M9"]


def test_what_was_done_is_taken_with_what_it_does_not_say(phone: Phone) -> None:
    phone.send(
        signal(
            uuid7(), {"kind": "已上报"}, {"kind": "飞走", "text": "不知道"}, {"kind": "结束", "text": "算了"}
        )
    )
    kinds = [kind for kind, _body, _text in facts()]
    assert kinds == ["已上报", "补充", "补充"]
    assert facts()[0][1] == "未写明"
    assert only().stage == "已上报"


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"facts": "长" * 40_000}, id="a text too long"),
        pytest.param({"colour": "红" * 70_000}, id="an unknown part too long"),
        pytest.param({"facts": "前" * 30_000, "place": "后" * 30_000}, id="two that are too long together"),
        pytest.param({"co\x00lour": "红\x00色"}, id="an unknown part that no text holds"),
        pytest.param({"\ud83d": "\ude00"}, id="half characters"),
    ],
)
def test_a_report_goes_in_at_once_however_long_or_broken(phone: Phone, values: dict[str, str]) -> None:
    """What the text cannot hold follows in facts; nothing is sent again and again."""
    assert phone.states(signal(uuid7(), **values)) == ["done"]
    kept = "".join([only().facts, *(text for _kind, _body, text in facts())])
    for value in values.values():
        letter = value.replace("\x00", "")[0]
        assert "\ud800" <= letter <= "\udfff" or kept.count(letter) >= value.count(letter)


def test_a_fact_too_long_or_sent_twice_keeps_the_report(phone: Phone) -> None:
    identity, fact = uuid7(), str(uuid7())
    call = {"kind": "已上报", "body": "派" * 300, "text": "说" * 40_000}
    rows = [
        {"register": "incidents", "id": str(identity), "values": {"signals": ["M6"]}},
        {"register": "incident-facts", "id": fact, "values": call},
    ]
    for _time in range(2):
        assert phone.states(command("incident", identity, {"rows": rows}, made_at=SEEN)) == ["done"]
    kept = "".join(text for _kind, _body, text in facts())
    assert (kept.count("派"), kept.count("说")) == (300, 40_000)
    assert [kind for kind, _body, _text in facts()] == ["已上报", "补充"]


def test_a_fact_that_goes_in_no_way_is_kept_word_for_word_under_its_own_id(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    def written(draft: taking.Draft, identity: UUID, **how: Any) -> list[str]:
        if draft.register.key == "incident-facts":
            raise taking.NotWritten
        return write(draft, identity, **how)

    write = taking._write
    monkeypatch.setattr(taking, "_write", written)
    identity, fact = uuid7(), uuid7()
    rows = [
        {"register": "incidents", "id": str(identity), "values": {"signals": ["M6"]}},
        {"register": "incident-facts", "id": str(fact), "values": {"kind": "已上报", "body": "派出所"}},
    ]
    for _time in range(2):
        assert phone.states(command("incident", identity, {"rows": rows}, made_at=SEEN)) == ["done"]
    with opened(EVERYTHING):
        (kept,) = IncidentFact.objects.all()
    assert (kept.pk, kept.kind) == (fact, "补充")
    assert "派出所" in kept.text


def test_receiving_is_not_the_phones_to_say(phone: Phone) -> None:
    phone.send(signal(uuid7(), {"kind": "县级接收", "text": "收到"}))
    assert [kind for kind, _body, _text in facts()] == ["补充"]
    assert only().acknowledged_at is None


def test_a_clock_that_is_off_is_noted_and_refuses_nothing(phone: Phone) -> None:
    wrong = timezone.now() - timedelta(days=400)
    answer = phone.send(signal(uuid7(), made_at=wrong.isoformat()), clock=wrong)
    assert [each["state"] for each in answer["results"]] == ["done"]
    assert any("时钟" in text for _kind, _body, text in facts())


def test_the_receipt_does_not_tell_that_there_was_a_report(phone: Phone) -> None:
    phone.send(signal(uuid7()))
    with opened(EVERYTHING):
        receipt = SyncCommand.objects.get()
    assert (receipt.kind, receipt.station_id, receipt.region_code) == ("save", None, places.NATION)


def test_the_phone_holds_its_own_open_reports_whom_to_call_and_the_scales(phone: Phone) -> None:
    identity = uuid7()
    phone.send(signal(identity))
    feeds = phone.fetch()["feeds"]
    rows = {row["id"]: row for row in feeds["incidents"]["rows"]}
    assert rows[str(identity)]["stage"] == "待上报"
    assert {"110", "12345", "12349"} <= {each["number"] for each in rows["help"]["contacts"]}
    assert {"M1", "M9", "DV", "CR"} <= {each["code"] for each in rows["help"]["signals"]}
    scales = {row["code"]: row for row in feeds["scales"]["rows"]}
    assert "SSRS" not in scales
    assert [rule["items"] for rule in scales["PHQ-9"]["rules"] if rule["act"] == "crisis"] == [["9"]]


def test_a_scale_filled_in_offline_opens_its_crisis_when_it_arrives(phone: Phone, home: Station) -> None:
    with opened(EVERYTHING):
        who = resident(home)
    row = uuid7()
    values = {
        "resident": str(who),
        "scale": "C-SSRS",
        "version": "1",
        "taken_on": "2026-11-20",
        "answers": json.dumps({"1": 1, "2": 1, "3": 2, "4": 0, "5": 0, "6": 0}),
    }
    body = {"rows": [{"register": "scale-results", "id": str(row), "values": values}]}
    assert phone.states(command("save", row, body)) == ["done"]
    assert (only().signals, only().origin) == (["CR"], "测评")
