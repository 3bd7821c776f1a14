"""Cases on the phone: what it holds, and a session written down without a signal (SVC-10, NFR-08)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from linzhan.casework.api import ServiceRecord
from linzhan.casework.api.cases import CaseFile, SessionNote
from linzhan.kernel.ids import uuid7
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.network.api import Station
from linzhan.workforce.api import SocialWorker
from tests.factories.cases import case_file, goal, session
from tests.factories.casework import resident
from tests.factories.workforce import identity_number
from tests.factories.workforce import worker as any_worker
from tests.interface.conftest import Calling
from tests.interface.phoning import Phone, command, phone_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("categories")]


@pytest.fixture
def ann(home: Station) -> tuple[SocialWorker, str]:
    with opened(EVERYTHING):
        identity = identity_number()
        return any_worker(station=home.pk, identity_number=identity), identity


@pytest.fixture
def case(home: Station, ann: tuple[SocialWorker, str]) -> UUID:
    with opened(EVERYTHING):
        made = case_file(home, ann[0], resident(home), stage="介入", code="GA-1", crisis=2)
        goal(made)
        session(made, home, ann[1], next_step="下周陪同就医")
    return made


def cases_on(phone: Phone) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = phone.fetch()["feeds"].get("cases", {}).get("rows", [])
    return rows


def test_a_phone_holds_the_open_cases_of_its_worker(
    calling: Calling, home: Station, ann: tuple[SocialWorker, str], case: UUID
) -> None:
    (row,) = cases_on(phone_of(calling, home, ann[0].pk))
    assert (row["id"], row["code"], row["stage"], row["crisis"]) == (str(case), "GA-1", "介入", 2)
    assert (row["next_number"], row["next_step"]) == (2, "下周陪同就医")
    assert [each["goal"] for each in row["goals"]] == ["每周出门三次"]


def test_a_colleagues_phone_does_not_hold_them(calling: Calling, home: Station, case: UUID) -> None:
    with opened(EVERYTHING):
        other = any_worker(station=home.pk).pk
    assert cases_on(phone_of(calling, home, other)) == []


def test_a_session_comes_with_its_record_and_is_numbered(
    calling: Calling, home: Station, ann: tuple[SocialWorker, str], case: UUID
) -> None:
    record, note = uuid7(), uuid7()
    values = {
        "method": "个案", "started_at": "2026-11-20T09:00:00+08:00", "ended_at": "2026-11-20T09:50:00+08:00",
        "content": "谈了就医", "case_code": "GA-1",
    }  # fmt: skip
    told = {
        "record": str(record),
        "case": str(case),
        "mode": "入户",
        "process": "陪同就医",
        "next_step": "复诊",
    }
    rows = [
        {"register": "service-records", "id": str(record), "values": values},
        {"register": "session-notes", "id": str(note), "values": told},
    ]
    phone = phone_of(calling, home, ann[0].pk)
    assert phone.states(command("save", record, {"rows": rows})) == ["done"]
    with opened(EVERYTHING):
        kept = SessionNote.objects.get(pk=note)
        assert (kept.number, kept.case_id, kept.process) == (2, case, "陪同就医")
        assert ServiceRecord.objects.get(pk=record).case_code == "GA-1"
    (row,) = cases_on(phone)
    assert (row["next_number"], row["next_step"]) == (3, "复诊")


def test_a_case_begun_on_a_phone_is_taken_in_by_a_step(
    calling: Calling, home: Station, ann: tuple[SocialWorker, str]
) -> None:
    with opened(EVERYTHING):
        who = resident(home)
    new, phone = uuid7(), phone_of(calling, home, ann[0].pk)
    begun = {"register": "case-files", "id": str(new), "values": {"resident": str(who), "problem": "失眠"}}
    given = {
        "source": "探访发现",
        "consented_on": "2026-11-20",
        "consent_by": "本人",
        "consent_method": "签字",
    }
    first = command("save", new, {"rows": [begun]})
    then = command(
        "step", new, {"register": "case-files", "id": str(new), "step": "intake", "given": given},
        after=first["id"],
    )  # fmt: skip
    assert phone.states(first, then) == ["done", "done"]
    with opened(EVERYTHING):
        made = CaseFile.objects.get(pk=new)
        assert (made.stage, made.worker_id, made.station_id) == ("接案", ann[0].pk, home.pk)
        assert made.code.startswith("GA-")
        assert made.opened_on is not None


def test_a_phone_cannot_write_the_stage_itself(
    calling: Calling, home: Station, ann: tuple[SocialWorker, str], case: UUID
) -> None:
    body = {"register": "case-files", "id": str(case), "fields": {"stage": {"was": "介入", "is": "结案"}}}
    assert phone_of(calling, home, ann[0].pk).states(command("amend", case, body)) == ["refused"]
    with opened(EVERYTHING):
        assert CaseFile.objects.get(pk=case).stage == "介入"
