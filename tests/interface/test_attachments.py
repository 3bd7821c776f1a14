"""Photos in pieces: what joins is kept, what does not is told, and nothing half stays for ever (NFR-08)."""

from __future__ import annotations

import io
import os
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from PIL import Image
from pytest_django import Settings

from linzhan.casework.api import Resident
from linzhan.kernel.files.models import Attachment
from linzhan.kernel.jobs.cleaning import clean
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.owning import KEPT_ELSEWHERE, MERGED, why_not_joined
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.network.api import Station
from tests.factories.casework import record, resident
from tests.factories.network import station as any_station
from tests.factories.places import ZHONGFANG_TOWN
from tests.factories.workforce import worker as any_worker
from tests.interface.conftest import BASE, Caller, Calling

pytestmark = pytest.mark.django_db
PIECE = 65_536


def picture(colour: str = "teal", *, noise: bool = False) -> bytes:
    """A photo; with ``noise`` one of several pieces."""
    kept = io.BytesIO()
    size = (400, 300) if noise else (40, 30)
    found = (
        Image.frombytes("RGB", size, os.urandom(size[0] * size[1] * 3))
        if noise
        else Image.new("RGB", size, colour)
    )
    found.save(kept, "JPEG", quality=95)
    return kept.getvalue()


@pytest.fixture(autouse=True)
def files(categories: None, settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def worker(here: Station) -> UUID:
    with opened(EVERYTHING):
        return any_worker(station=here.pk).pk


@pytest.fixture
def desk(calling: Calling, here: Station, worker: UUID) -> Caller:
    return calling("station_worker", here.region_code, station_id=here.pk, person_id=worker)


@pytest.fixture
def visit(here: Station, worker: UUID) -> UUID:
    with opened(EVERYTHING):
        return record(here, worker, residents=(resident(here),))


def put(caller: Caller, identity: UUID, sent: bytes, row: UUID, offset: int = 0, **more: Any) -> Any:
    """One piece of ``sent``, the one that begins at ``offset``."""
    told = {
        "offset": offset,
        "total": len(sent),
        "kind": "photo",
        "of": "service-records",
        "row": row,
        **more,
    }
    return caller.client.generic(
        "PUT",
        f"{BASE}/attachments/{identity}?" + "&".join(f"{name}={value}" for name, value in told.items()),
        sent[offset : offset + PIECE],
        content_type="application/octet-stream",
        HTTP_AUTHORIZATION=f"Bearer {caller.token}",
    )


def kept() -> list[Attachment]:
    with opened(EVERYTHING):
        return list(Attachment.objects.all())


def lying() -> set[str]:
    with opened(EVERYTHING):
        return {path.suffix for path in Path(Attachment(pk=uuid4()).path).parent.iterdir()}


def test_pieces_join_whatever_comes_twice_and_the_same_again_is_the_same_answer(
    desk: Caller, visit: UUID
) -> None:
    sent, identity = picture(noise=True), uuid4()
    assert len(sent) > PIECE
    for _ in range(2):
        pieces = [
            put(desk, identity, sent, visit, at) for at in range(0, len(sent), PIECE) for _again in "ab"
        ]
        assert {each.status_code for each in pieces} == {200}
        assert pieces[-1].json()["complete"]
    (found,) = kept()
    assert (found.received, found.size) == (len(sent), len(sent))


def test_another_file_under_the_id_of_a_complete_one_is_told_by_its_first_piece(
    desk: Caller, visit: UUID
) -> None:
    sent, identity = picture(noise=True), uuid4()
    for offset in range(0, len(sent), PIECE):
        put(desk, identity, sent, visit, offset)
    other = os.urandom(len(sent))
    answer = put(desk, identity, other, visit)
    assert (answer.status_code, "另一个文件" in answer.json()["detail"]) == (409, True)
    assert put(desk, identity, sent, visit).status_code == 200


def test_the_id_of_a_file_out_of_sight_is_taken(calling: Calling, desk: Caller, visit: UUID) -> None:
    with opened(EVERYTHING):
        far = any_station(ZHONGFANG_TOWN)
        person = any_worker(station=far.pk).pk
        theirs = record(far, person, residents=(resident(far),))
    other = calling("station_worker", far.region_code, station_id=far.pk, person_id=person)
    identity = uuid4()
    assert put(other, identity, picture("navy"), theirs).status_code == 200
    answer = put(desk, identity, picture(), visit)
    assert (answer.status_code, "已用于另一个文件" in answer.json()["detail"]) == (409, True)
    assert [each.row_id for each in kept()] == [theirs]


def test_pieces_of_two_files_are_not_joined(desk: Caller, visit: UUID) -> None:
    sent, identity = picture(noise=True), uuid4()
    put(desk, identity, sent, visit)
    assert put(desk, identity, os.urandom(len(sent)), visit).status_code == 409
    assert put(desk, identity, sent, visit).json()["received"] == PIECE


def test_what_is_no_picture_is_refused_and_leaves_nothing_behind(desk: Caller, visit: UUID) -> None:
    answer = put(desk, uuid4(), b"no picture at all" * 40, visit)
    assert (answer.status_code, "照片" in answer.json()["detail"]) == (422, True)
    assert (kept(), lying()) == ([], set())


def test_nothing_is_put_to_a_file_that_was_joined_to_another(desk: Caller, here: Station) -> None:
    with opened(EVERYTHING):
        stays, gone = resident(here), resident(here)
        Resident.objects.filter(pk=gone).update(merged_into_id=stays)
    answer = put(desk, uuid4(), picture(), gone, of="residents")
    assert (answer.status_code, answer.json()["detail"]) == (422, MERGED)
    assert put(desk, uuid4(), picture(), stays, of="residents").status_code == 200


def test_nothing_is_put_to_a_row_that_is_only_seen(visit: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linzhan.kernel.registers.owning.kept_elsewhere", lambda _register, _id: True)
    register = REGISTERS["service-records"]
    with opened(EVERYTHING):
        assert why_not_joined(register, visit) == KEPT_ELSEWHERE
        assert why_not_joined(register, uuid4()) == "", "it may still be on its way"
        assert why_not_joined(REGISTERS["incident-facts"], visit) == "", (
            "to what is written once things are added"
        )


def test_a_file_whose_pieces_stopped_coming_is_given_up_after_a_time(
    desk: Caller, visit: UUID, settings: Settings
) -> None:
    sent, stopped, goes_on, whole = picture(noise=True), uuid4(), uuid4(), uuid4()
    for identity in (stopped, goes_on):
        put(desk, identity, sent, visit)
    put(desk, whole, picture(), visit)
    old = timezone.now() - timedelta(days=settings.KEEP_DAYS + 1)
    with opened(EVERYTHING):
        Attachment.objects.update(began_at=old)
        os.utime(Attachment.objects.get(pk=stopped).part_path, (old.timestamp(), old.timestamp()))
        assert clean() == 1
    assert {each.pk for each in kept()} == {goes_on, whole}
    assert put(desk, stopped, sent, visit, PIECE).json()["received"] == 0, "the phone begins anew"
