"""What waits besides visits, on the phone: whose it is, which steps it offers, and that they are taken once (NFR-08)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from linzhan.casework.cases.models import CaseFile
from linzhan.casework.contacts.models import ReferralFile
from linzhan.casework.waiting import OFFERED
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.kernel.sync.declaring import SYNCABLES
from linzhan.network.api import Station
from linzhan.workforce.api import SocialWorker
from tests.factories import activities as making
from tests.factories.cases import case_file
from tests.factories.casework import record, resident
from tests.factories.workforce import identity_number
from tests.factories.workforce import worker as any_worker
from tests.interface.conftest import Calling
from tests.interface.phoning import Phone, command, phone_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("categories")]
IDENTITY = identity_number()


@pytest.fixture
def ann(home: Station) -> SocialWorker:
    with opened(EVERYTHING):
        return any_worker(station=home.pk, identity_number=IDENTITY)


@pytest.fixture
def mine(home: Station, ann: SocialWorker) -> UUID:
    with opened(EVERYTHING):
        return resident(home, worker=ann.pk, name="佘桂莲")


def todos(phone: Phone) -> list[dict[str, Any]]:
    phone.state = ""
    rows: list[dict[str, Any]] = phone.fetch()["feeds"].get("todos", {}).get("rows", [])
    return rows


def test_a_referral_is_taken_all_the_way_on_the_phone(
    calling: Calling, home: Station, ann: SocialWorker, mine: UUID
) -> None:
    with opened(EVERYTHING):
        of = record(home, IDENTITY, on="2026-11-01", method="转介", residents=(mine,))
        sheet = making.referral(mine, record=of)
    phone, today = phone_of(calling, home, ann.pk), str(timezone.localdate())
    (row,) = todos(phone)
    assert (row["title"], row["stage"], row["register"]) == (
        "佘桂莲 · 转介到县残联",
        "拟转介",
        "referral-files",
    )
    (send,) = row["steps"]
    assert {each["name"]: (each["kind"], each["required"]) for each in send["fields"]} == {
        "sent_on": ("date", True), "consented_on": ("date", False),
    }  # fmt: skip

    def step(name: str, **given: str) -> dict[str, Any]:
        body = {"register": "referral-files", "id": str(sheet), "step": name, "given": given}
        return command("step", sheet, body)

    (refused,) = phone.send(step("send", sent_on=today))["results"]
    assert (refused["state"], "同意" in refused["detail"]) == ("refused", True)
    sent = step("send", sent_on=today, consented_on=today)
    assert phone.states(sent) == ["done"]
    assert phone.states(sent) == ["done"], "twice is once"
    (row,) = todos(phone)
    assert [each["name"] for each in row["steps"]] == ["receive", "refuse"]
    assert phone.states(step("receive", received_on=today, receipt="轮椅科")) == ["done"]
    assert phone.states(step("settle", settled_on=today, result="已换新轮椅")) == ["done"]
    assert todos(phone) == []
    with opened(EVERYTHING):
        now = ReferralFile.objects.get(pk=sheet)
    assert (now.stage, now.receipt, now.result) == ("有结果", "轮椅科", "已换新轮椅")


def test_what_is_a_colleagues_does_not_wait_on_this_phone(
    calling: Calling, home: Station, ann: SocialWorker, mine: UUID
) -> None:
    with opened(EVERYTHING):
        making.referral(mine)
        case_file(home, ann, mine, stage="暂停", resume_on=str(timezone.localdate()))
        other = any_worker(station=home.pk).pk
    assert len(todos(phone_of(calling, home, ann.pk))) == 2
    assert todos(phone_of(calling, home, other)) == []


def test_a_paused_case_waits_from_a_week_before_its_day(
    calling: Calling, home: Station, ann: SocialWorker, mine: UUID
) -> None:
    today = timezone.localdate()
    with opened(EVERYTHING):
        due = case_file(home, ann, mine, stage="暂停", resume_on=str(today + timedelta(days=7)))
        case_file(home, ann, mine, stage="暂停", resume_on=str(today + timedelta(days=8)))
    phone = phone_of(calling, home, ann.pk)
    (row,) = todos(phone)
    assert (row["id"], [each["name"] for each in row["steps"]]) == (str(due), ["resume"])
    body = {"register": "case-files", "id": str(due), "step": "resume", "given": {}}
    assert phone.states(command("step", due, body)) == ["done"]
    with opened(EVERYTHING):
        assert CaseFile.objects.get(pk=due).stage == "介入"


def test_an_activity_waits_for_its_summary_with_whoever_recorded_it(
    calling: Calling, home: Station, ann: SocialWorker
) -> None:
    with opened(EVERYTHING):
        plan = making.activity(home, stage="已批准", planned_on="2026-11-01")
        making.activity(home, stage="已批准", planned_on="2026-11-02")
        held = record(home, IDENTITY, on=f"{timezone.localdate() - timedelta(days=3)}", method="活动")
        making.made("activity-details", record=held, activity=plan, present=20)
        other = any_worker(station=home.pk).pk
    phone = phone_of(calling, home, ann.pk)
    (row,) = todos(phone)
    assert (row["id"], row["stage"]) == (str(plan), "已举办")
    (step,) = row["steps"]
    assert [(each["name"], each["kind"], each["required"]) for each in step["fields"]] == [
        ("report", "long", True)
    ]
    assert todos(phone_of(calling, home, other)) == []
    body = {
        "register": "activity-files",
        "id": str(plan),
        "step": "report",
        "given": {"report": "二十人到场，反响好"},
    }
    assert phone.states(command("step", plan, body)) == ["done"]
    assert todos(phone) == []


def test_every_step_for_the_way_is_one_that_a_phone_can_fill_in() -> None:
    for key, names in OFFERED.items():
        machine = REGISTERS[key].steps
        assert key in SYNCABLES
        assert machine is not None
        assert set(names) <= {each.name for each in machine}
        for name, besides in names.items():
            assert set(besides) <= set(machine[name].fields)
