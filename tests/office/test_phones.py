"""Phones at the desk: conflicts are settled by a person, a lost phone is reported by its user or their lead (NFR-08)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from linzhan.accounts.api import User, issue_token
from linzhan.accounts.models import Token
from linzhan.casework.api import ServiceRecord
from linzhan.kernel.ids import uuid7
from linzhan.kernel.registers import declare
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.kernel.sync.models import CommandState, Device, SyncCommand, SyncConflict
from linzhan.network.api import Station
from tests.factories.casework import record, resident
from tests.factories.network import station as any_station
from tests.factories.places import TUOYUAN, ZHONGFANG_TOWN
from tests.factories.workforce import worker as any_worker
from tests.office.conftest import browser, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


@pytest.fixture(autouse=True)
def categories(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(declare._code_lists, "categories", lambda: {"VF01": "VF01"})


@pytest.fixture
def home(db: None) -> Station:
    with opened(EVERYTHING):
        return any_station(TUOYUAN)


def signed_in(role: str, at: Station, number: int = 1) -> tuple[Client, User]:
    user = person(f"{role}-{at.code}-{number}", role, at.region_code, station_id=at.pk)
    return browser(user), user


def conflict(at: Station, **values: Any) -> UUID:
    with opened(EVERYTHING):
        worker = any_worker(station=at.pk)
        row = record(at, str(worker.pk), outcome="见到家属", residents=(resident(at),), workers=(worker.pk,))
        found = SyncConflict.objects.create(
            region_code=at.region_code,
            station_id=at.pk,
            command_id=uuid7(),
            register="service-records",
            row_id=row,
            column="outcome",
            was="见到本人",
            theirs="见到家属",
            mine="无人",
            made_by=uuid7(),
            made_at=timezone.now(),
            arrived_at=timezone.now(),
            **values,
        )
    return found.pk


def outcome_of(conflict_id: UUID) -> tuple[str, str]:
    with opened(EVERYTHING):
        found = SyncConflict.objects.get(pk=conflict_id)
        return ServiceRecord.objects.get(pk=found.row_id).outcome, found.choice


@pytest.mark.parametrize(("choice", "stands"), [("mine", "无人"), ("theirs", "见到家属")])
def test_the_lead_decides_which_value_stands(home: Station, choice: str, stands: str) -> None:
    waits = conflict(home)
    lead, user = signed_in("station_lead", home)
    page = lead.get("/phones/waiting/").content.decode()
    assert "无人" in page
    assert "见到家属" in page
    lead.post(f"/phones/waiting/{waits}/", {"choice": choice})
    assert outcome_of(waits) == (stands, choice)
    with opened(EVERYTHING):
        assert SyncConflict.objects.get(pk=waits).settled_by == user.pk
    again = lead.post(f"/phones/waiting/{waits}/", {"choice": "mine"}, follow=True).content.decode()
    assert "已经核定过了" in again
    assert outcome_of(waits) == (stands, choice)


def test_a_choice_made_on_an_older_sight_is_asked_again(home: Station) -> None:
    waits = conflict(home)
    lead, _ = signed_in("station_lead", home)
    with opened(EVERYTHING):
        row = SyncConflict.objects.get(pk=waits).row_id
        ServiceRecord.objects.filter(pk=row).update(outcome="外出")
    told = lead.post(f"/phones/waiting/{waits}/", {"choice": "mine"}, follow=True).content.decode()
    assert "请重新核对" in told
    assert outcome_of(waits) == ("外出", "")


def test_another_station_neither_sees_nor_settles_it(home: Station) -> None:
    waits = conflict(home)
    with opened(EVERYTHING):
        elsewhere = any_station(ZHONGFANG_TOWN)
    lead, _ = signed_in("station_lead", elsewhere)
    assert "没有要核对的更改" in lead.get("/phones/waiting/").content.decode()
    lead.post(f"/phones/waiting/{waits}/", {"choice": "mine"})
    assert outcome_of(waits) == ("见到家属", "")


def test_what_was_set_aside_is_told_with_its_reason(home: Station) -> None:
    with opened(EVERYTHING):
        SyncCommand.objects.create(
            region_code=home.region_code,
            station_id=home.pk,
            device=uuid7(),
            user_id=uuid7(),
            kind="save",
            subject=uuid7(),
            digest="x",
            made_at=timezone.now(),
            received_at=timezone.now(),
            clock_trusted=True,
            state=CommandState.REFUSED,
            answer={"detail": "结束时间：不能早于开始时间"},
        )
    lead, _ = signed_in("station_lead", home)
    assert "不能早于开始时间" in lead.get("/phones/waiting/").content.decode()


def device(user: User, at: Station) -> Device:
    with opened(EVERYTHING):
        return Device.objects.create(
            region_code=at.region_code,
            station_id=at.pk,
            device=uuid7(),
            user_id=user.pk,
            name="红米",
            last_seen=timezone.now(),
        )


def test_a_worker_reports_the_own_phone_and_the_lead_takes_it_back(home: Station) -> None:
    client, worker = signed_in("station_worker", home)
    lead, _ = signed_in("station_lead", home)
    own = device(worker, home)
    assert "红米" in client.get("/phones/").content.decode()
    client.post(f"/phones/{own.pk}/lost/", {"act": "lost"})
    with opened(EVERYTHING):
        own.refresh_from_db()
    assert own.lost_on is not None
    assert client.post(f"/phones/{own.pk}/lost/", {"act": "found"}).status_code == 403
    lead.post(f"/phones/{own.pk}/lost/", {"act": "found"})
    with opened(EVERYTHING):
        own.refresh_from_db()
    assert own.lost_on is None


def test_a_colleagues_phone_is_no_business_of_a_worker(home: Station) -> None:
    client, _ = signed_in("station_worker", home)
    _, colleague = signed_in("station_worker", home, 2)
    theirs = device(colleague, home)
    assert "红米" not in client.get("/phones/").content.decode()
    assert client.get(f"/phones/{theirs.pk}/lost/").status_code == 404


def test_what_stands_can_be_kept_although_the_row_is_gone(home: Station) -> None:
    waits = conflict(home)
    with opened(EVERYTHING):
        SyncConflict.objects.filter(pk=waits).update(row_id=uuid7())
    lead, _ = signed_in("station_lead", home)
    lead.post(f"/phones/waiting/{waits}/", {"choice": "mine"})
    with opened(EVERYTHING):
        assert SyncConflict.objects.get(pk=waits).settled_at is None
    lead.post(f"/phones/waiting/{waits}/", {"choice": "theirs"})
    with opened(EVERYTHING):
        assert SyncConflict.objects.get(pk=waits).choice == "theirs"


def test_reporting_a_shared_phone_ends_the_logins_of_all_who_used_it(home: Station) -> None:
    client, one = signed_in("station_worker", home)
    _, other = signed_in("station_worker", home, 2)
    shared = device(one, home)
    with opened(EVERYTHING):
        Device.objects.filter(pk=device(other, home).pk).update(device=shared.device)
        for user in (one, other):
            issue_token(user=user, appointment=None)
    client.post(f"/phones/{shared.pk}/lost/", {"act": "lost"})
    with opened(EVERYTHING):
        assert not Token.objects.exists()
        assert not Device.objects.filter(lost_on__isnull=True).exists()
