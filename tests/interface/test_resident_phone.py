"""The caseload on the phone, and the file written at the door (NFR-08, OBJ-06, SYS-03)."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from linzhan.casework.api import Resident
from linzhan.casework.api.residents import Consent, HomeSurvey, MajorChange, ResidentDetail, RiskReview
from linzhan.casework.residents.phone import residents
from linzhan.kernel.ids import uuid7
from linzhan.kernel.registers import declare
from linzhan.kernel.registers.batch import Incoming
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.writing import save, save_one
from linzhan.kernel.scope import EVERYTHING, Scope, opened
from linzhan.kernel.sync.declaring import Reader
from linzhan.linkage.models import Need
from linzhan.network.api import Station
from tests.factories import casework
from tests.factories.network import station as any_station
from tests.factories.places import LITOUYUAN, TUOYUAN, corner
from tests.factories.workforce import worker as any_worker
from tests.interface.conftest import Calling
from tests.interface.phoning import Phone, command, phone_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def categories(monkeypatch: pytest.MonkeyPatch) -> None:
    codes = ("A01", "B01", "C07", "D03")
    monkeypatch.setitem(declare._code_lists, "categories", lambda: {code: code for code in codes})


@pytest.fixture
def home(db: None) -> Station:
    with opened(EVERYTHING):
        corner()
        return any_station(TUOYUAN)


@pytest.fixture
def worker(home: Station) -> UUID:
    with opened(EVERYTHING):
        return any_worker(station=home.pk).pk


@pytest.fixture
def phone(calling: Calling, home: Station, worker: UUID) -> Phone:
    return phone_of(calling, home, worker)


def person(home: Station, worker: UUID | None, **values: Any) -> UUID:
    with opened(EVERYTHING):
        return casework.resident(home, **{"categories": ("A01",), "worker": worker or None, **values})


def held(phone: Phone) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in phone.fetch()["feeds"].get("residents", {}).get("rows", [])}


def row(register: str, **values: Any) -> dict[str, Any]:
    return {"register": register, "id": str(uuid7()), "values": values}


def new_person(**values: Any) -> dict[str, Any]:
    told = {
        "name": "单桂莲",
        "categories": ["A01"],
        "home_region": LITOUYUAN,
        "born_on": "1950-01-02",
        **values,
    }
    return row("residents", **told)


def test_the_phone_holds_ones_own_and_those_whom_nobody_has(
    phone: Phone, home: Station, worker: UUID
) -> None:
    with opened(EVERYTHING):
        other, colleague = any_station(TUOYUAN), any_worker(station=home.pk).pk
    mine, nobodys = person(home, worker), person(home, None)
    person(home, colleague), person(other, None), person(home, worker, status="死亡")
    paused = person(home, worker, status="暂停")
    assert set(held(phone)) == {str(mine), str(nobodys), str(paused)}


def test_who_moves_away_leaves_the_phone(phone: Phone, home: Station, worker: UUID) -> None:
    mine = person(home, worker, code="D1")
    held(phone)
    with opened(EVERYTHING):
        told = {"id": mine, **casework.resident_row(home, code="D1", categories=("A01",), status="迁出")}
        assert not save_one(REGISTERS["residents"], told).faults
    assert phone.fetch()["feeds"]["residents"] == {"rows": [], "gone": [str(mine)]}


def test_a_row_has_what_a_visit_needs(phone: Phone, home: Station, worker: UUID) -> None:
    mine = person(home, worker, name="单桂莲", home_region=LITOUYUAN, born_on="1940-02-29", risk="高风险")
    with opened(EVERYTHING):
        told = {"resident": mine, "living": "独居", "emergency_phone": "0745-123456"}
        assert not save_one(REGISTERS["resident-details"], told).faults
    (one,) = held(phone).values()
    assert one["pinyin"] == {"initials": "sgl", "full": "shanguilian"}
    assert (one["village"], one["born_on"], one["risk"]) == ("犁头园村", "1940-02-29", "高风险")
    assert one["details"]["living"] == "独居"
    assert one["emergency_phone"] == "0745-123456"
    assert one["notes"] == ["还没有建档同意，请征求"]


def test_a_confidential_category_waits_for_whoever_becomes_responsible(
    phone: Phone, home: Station, worker: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Listed:
        code, confidential = "D03", True

    monkeypatch.setattr("linzhan.casework.residents.phone.resident_categories", lambda *_: [Listed()])
    mine = person(home, worker, categories=("A01", "D03"))
    nobodys = person(home, None, categories=("A01", "D03"))
    found = held(phone)
    assert found[str(mine)]["categories"] == ["A01", "D03"]
    assert found[str(nobodys)]["categories"] == ["A01"]


def test_a_new_person_with_consent_and_survey_arrives_as_one(
    phone: Phone, home: Station, worker: UUID
) -> None:
    who = new_person()
    consent = row(
        "resident-consents", resident=who["id"], purpose="建档服务", given_by="本人", method="签字",
        given_on="2026-11-20",
    )  # fmt: skip
    survey = row(
        "home-surveys", resident=who["id"], surveyed_on="2026-11-20", living="独居", health="较差",
        need_kinds=["养老"], need_text="助浴", urgency=2,
    )  # fmt: skip
    sent = command("save", UUID(who["id"]), {"rows": [who, consent, survey]})
    answer = phone.send(sent)["results"]
    assert [each["state"] for each in answer] == ["done"], answer
    with opened(EVERYTHING):
        made = Resident.objects.get(pk=who["id"])
        assert (made.station_id, made.worker_id) == (home.pk, worker)
        assert made.code.startswith("DX-")
        assert made.consented_on is not None
        assert Consent.objects.get().code.startswith("TY-")
        assert HomeSurvey.objects.get().worker_id == worker
        assert ResidentDetail.objects.get().living == "独居"
        assert Need.objects.get().content == "助浴"
    assert phone.states(sent) == ["done"]
    with opened(EVERYTHING):
        assert Need.objects.count() == 1


def test_a_child_without_the_guardians_word_is_set_aside_with_the_reason(phone: Phone) -> None:
    who = new_person(born_on="2015-01-01", categories=["C07"])
    consent = row(
        "resident-consents", resident=who["id"], purpose="建档服务", given_by="本人", method="签字",
        given_on="2026-11-20",
    )  # fmt: skip
    (answer,) = phone.send(command("save", UUID(who["id"]), {"rows": [who, consent]}))["results"]
    assert answer["state"] == "refused"
    assert "监护人" in str(answer["faults"])
    with opened(EVERYTHING):
        assert not Resident.objects.exists()


def test_risk_and_a_major_change_are_written_at_the_door(phone: Phone, home: Station, worker: UUID) -> None:
    mine = str(person(home, worker, risk="一般"))
    review = row("risk-reviews", resident=mine, level="高风险", reason="房子烧了", reviewed_on="2026-11-20")
    at = "2026-11-20T08:00:00+08:00"
    change = row("major-changes", resident=mine, kind="火灾", happened_at=at, found_at=at)
    assert phone.states(command("save", UUID(mine), {"rows": [review, change]})) == ["done"]
    with opened(EVERYTHING):
        assert Resident.objects.get().risk == "高风险"
        assert RiskReview.objects.get().worker_id == worker
        assert MajorChange.objects.get().kind == "火灾"


def test_two_who_change_one_person_lose_nothing(phone: Phone, home: Station, worker: UUID) -> None:
    mine = person(home, worker, code="D1", phone="19900000001", address="一组")
    with opened(EVERYTHING):
        told = {"resident": mine, "goals": "按时服药", "chronic": ("高血压",)}
        detail = save_one(REGISTERS["resident-details"], told).ids[0]
    held(phone)
    with opened(EVERYTHING):
        theirs = {
            "id": detail,
            "resident": mine,
            "goals": "按时服药\n有人上门",
            "chronic": ("高血压", "糖尿病"),
        }
        assert not save_one(REGISTERS["resident-details"], theirs).faults
        stated = casework.resident_row(home, code="D1", categories=("A01",), address="二组")
        assert not save_one(REGISTERS["residents"], {"id": mine, **stated}).faults
    fields = {
        "goals": {"was": "按时服药", "is": "按时服药\n每周通话"},
        "chronic": {"was": ["高血压"], "is": ["高血压", "关节炎"]},
    }
    body = {"register": "resident-details", "id": str(detail), "fields": fields}
    assert phone.states(command("amend", mine, body)) == ["merged"]
    with opened(EVERYTHING):
        kept = ResidentDetail.objects.get()
        assert kept.goals == "按时服药\n有人上门\n每周通话"
        assert set(kept.chronic) == {"高血压", "糖尿病", "关节炎"}
    fields = {"address": {"was": "一组", "is": "三组"}, "phone": {"was": "19900000001", "is": "19900000002"}}
    body = {"register": "residents", "id": str(mine), "fields": fields}
    (answer,) = phone.send(command("amend", mine, body))["results"]
    assert answer["state"] == "conflict"
    assert [each["column"] for each in answer["conflicts"]] == ["住址"]
    with opened(EVERYTHING):
        stored = Resident.objects.get(pk=mine)
        assert (stored.address, stored.phone) == ("二组", "19900000002")


def reader(home: Station, worker: UUID, now: datetime) -> Reader:
    return Reader(
        user_id=uuid7(), role="station_worker", rights=frozenset(), region_code=home.region_code,
        station_id=home.pk, person_id=worker, now=now,
    )  # fmt: skip


def test_a_caseload_of_500_is_six_questions_and_quick(home: Station, worker: UUID) -> None:
    now = timezone.now()

    def more(number: int) -> None:
        rows = [
            casework.resident_row(home, categories=("A01",), worker=worker, name="单桂莲")
            for _each in range(number)
        ]
        assert not save([Incoming.of(REGISTERS["residents"], rows)])[0].faults

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            list(residents(reader(home, worker, now)))
        return len(queries)

    with opened(EVERYTHING):
        more(3)
    with opened(Scope(stations=(str(home.pk),))):
        few = asked()
    with opened(EVERYTHING):
        more(497)
    with opened(Scope(stations=(str(home.pk),))):
        assert asked() == few <= 7
        began = time.process_time()
        assert len(list(residents(reader(home, worker, now)))) == 500
        spent = time.process_time() - began
    assert spent < 0.15, f"{spent * 1000:.0f} ms"
