"""PC05 on real pictures: sent like a phone sends them, cleaned, kept sealed, signed (``domain.md`` §14)."""

from __future__ import annotations

import io
from datetime import date
from random import Random
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

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


def scene(seed: int) -> Image.Image:
    """A room as a camera sees it: large soft shapes, grain, light from one side."""
    chance = Random(seed)
    picture = Image.linear_gradient("L").resize((1200, 900)).convert("RGB")
    draw = ImageDraw.Draw(picture)
    for _ in range(14):
        left, top = chance.randrange(1100), chance.randrange(800)
        box = (left, top, left + chance.randrange(80, 500), top + chance.randrange(80, 400))
        draw.ellipse(box, fill=tuple(chance.randrange(30, 230) for _ in range(3)))
    return picture.filter(ImageFilter.GaussianBlur(6))


def taken_again(picture: Image.Image) -> Image.Image:
    """The same photo from a chat group: smaller, a little brighter, a rim cut off."""
    wide, high = picture.size
    cut = picture.crop((8, 6, wide - 8, high - 6)).resize((wide * 2 // 3, high * 2 // 3))
    return ImageEnhance.Brightness(cut).enhance(1.08)


def attach(row: UUID, at: Station, picture: Image.Image, quality: int) -> None:
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=quality)
    sent, identity = kept.getvalue(), uuid4()
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
