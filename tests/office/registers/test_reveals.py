"""Masked values in clear: for a reason, on record, in measure (NFR-05)."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client

from linzhan.kernel.audit import RevealEntry
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.network.api import Station
from linzhan.office.registers.revealing import PER_HOUR
from tests.factories import workforce
from tests.office.registers.conftest import IDENTITY, At, resident


def entries() -> list[RevealEntry]:
    with opened(EVERYTHING):
        return list(RevealEntry.objects.order_by("at"))


def test_a_reveal_answers_the_value_and_writes_down_who_why_and_what(county: Client, here: Station) -> None:
    identity = resident(here)
    url = f"/r/residents/{identity}/reveal/identity_number/"
    assert url in county.get(f"/r/residents/{identity}/").content.decode()
    answer = county.post(url, {"reason": "入户核对身份"})
    assert IDENTITY in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    [entry] = entries()
    assert (entry.row_id, entry.field, entry.reason) == (identity, "identity_number", "入户核对身份")
    assert entry.region_code == here.region_code
    assert "梁一凡" in entry.actor_label


def test_a_reveal_without_a_reason_shows_and_records_nothing(county: Client, here: Station) -> None:
    identity = resident(here)
    answer = county.post(f"/r/residents/{identity}/reveal/identity_number/", {"reason": " "})
    assert answer.status_code == 422
    assert IDENTITY not in answer.content.decode()
    assert entries() == []


def test_who_may_not_reveal_is_offered_no_reveal(at: At, here: Station) -> None:
    identity = resident(here)
    supervisor = at("supervisor", stations=[here.pk])
    assert "data-reveal=" not in supervisor.get(f"/r/residents/{identity}/").content.decode()
    answer = supervisor.post(f"/r/residents/{identity}/reveal/name/", {"reason": "联系本人"})
    assert answer.status_code == 403
    assert entries() == []


def test_values_of_a_row_out_of_scope_are_not_found(county: Client, elsewhere: Station) -> None:
    identity = resident(elsewhere)
    answer = county.post(f"/r/residents/{identity}/reveal/name/", {"reason": "联系本人"})
    assert answer.status_code == 404


def test_a_worker_is_revealed_by_the_right_to_edit_workers(at: At, here: Station) -> None:
    with opened(EVERYTHING):
        worker = workforce.worker(station=here.code)
    url = f"/r/workers/{worker.pk}/reveal/name/"
    assert "宋浩全" in at("county_official").post(url, {"reason": "联系本人"}).content.decode()
    assert at("finance").post(url, {"reason": "联系本人"}).status_code == 403


def test_an_hour_holds_a_measured_number_of_reveals(county: Client, here: Station) -> None:
    url = f"/r/residents/{resident(here)}/reveal/name/"
    for _ in range(PER_HOUR):
        assert county.post(url, {"reason": "联系本人"}).status_code == 200
    answer = county.post(url, {"reason": "联系本人"})
    assert answer.status_code == 429
    assert "欧阳春生" not in answer.content.decode()
    assert len(entries()) == PER_HOUR


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_record_of_reveals_cannot_be_changed(county: Client, here: Station, act: str) -> None:
    county.post(f"/r/residents/{resident(here)}/reveal/name/", {"reason": "联系本人"})
    with opened(EVERYTHING):
        rows = RevealEntry.objects.all()
        change = partial(rows.update, reason="另一个理由") if act == "update" else rows.delete
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()
