"""PC05 on real pictures: sent like a phone sends them, cleaned, kept sealed, signed (``domain.md`` §14)."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from PIL import Image

from linzhan.demo.simulating.pictures import as_photo, scene, taken_again
from linzhan.kernel.files.receiving import PIECE, take_piece
from linzhan.kernel.sync.declaring import Reader
from linzhan.network.api import Station
from linzhan.oversight.models import PhotoSignature
from linzhan.oversight.plausibility.declaring import CHECKS
from linzhan.oversight.plausibility.running import check
from tests.factories.casework import record
from tests.factories.network import station
from tests.factories.places import HECHENG
from tests.factories.workforce import identity_number, save_worker

pytestmark = pytest.mark.django_db


def attach(row: UUID, at: Station, picture: Image.Image, quality: int) -> None:
    sent, identity = as_photo(picture, quality), uuid4()
    reader = Reader(
        user_id=uuid4(),
        role="station_worker",
        rights=frozenset(),
        region_code=at.region_code,
        now=timezone.now(),
    )
    for offset in range(0, len(sent), PIECE):
        take_piece(
            identity, sent[offset : offset + PIECE], offset=offset, total=len(sent), kind="photo",
            register="service-records", row_id=row, name="现场.jpg", purpose="", reader=reader,
        )  # fmt: skip


def test_a_photo_sent_twice_is_known_again_though_no_byte_is_the_same(hunan: None) -> None:
    at, number = station(), identity_number()
    assert not save_worker(identity_number=number, station=at.code, hired_on="2020-01-01").faults
    rows = [record(at, number, on=f"2021-05-1{n}") for n in range(4)]
    attach(rows[0], at, scene(1), 88)
    attach(rows[1], at, taken_again(scene(1)), 55)
    attach(rows[2], at, scene(2), 88)
    attach(rows[3], at, Image.new("RGB", (800, 600), "black"), 88)  # a lens that was covered says nothing
    [answer] = check(HECHENG, date(2021, 12, 31), checks=[CHECKS["PC05"]]).answers
    found = [{each for key, each in one.rows if key == "service-records"} for one in answer.findings]
    assert found == [{str(rows[0]), str(rows[1])}]
    signed = dict(PhotoSignature.objects.values_list("record_id", "bits"))
    assert len(signed) == 4
    assert signed[rows[3]] is None
