"""我的服务: one's own page and file, whoever else asks."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from linzhan.kernel.registers import declare
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.network.api import Station
from linzhan.workforce.api import SocialWorker
from tests.factories.casework import record, resident
from tests.factories.places import HECHENG, TUOYUAN
from tests.factories.workforce import identity_number, save_worker
from tests.office.conftest import Sit


@pytest.fixture(autouse=True)
def categories(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(declare._code_lists, "categories", lambda: {"A01": "A01"})


@pytest.fixture
def workers(station: Station) -> list[SocialWorker]:
    with opened(EVERYTHING):
        resident(station, code="D1", name="欧阳小娜", categories=("A01",))
        for name in ("甲社工", "乙社工"):
            number = identity_number()
            saved = save_worker(
                identity_number=number, station=station.code, hired_on="2020-01-01", name=name
            )
            assert not saved.faults
            record(station, number, on="2021-05-10", residents=("D1",))
            if name == "甲社工":
                record(station, number, on="2021-04-10", residents=("D1",))
        return list(SocialWorker.objects.order_by("pk"))


def test_everybody_sees_their_own_and_takes_it_along(
    sit: Sit, station: Station, workers: list[SocialWorker]
) -> None:
    first = sit("station_worker", TUOYUAN, station_id=station.pk, person_id=workers[0].pk)
    second = sit("station_worker", TUOYUAN, station_id=station.pk, person_id=workers[1].pk)
    assert "2021-04" in first.get("/mine/").content.decode()
    assert "2021-04" not in second.get("/mine/").content.decode()
    answer = first.get("/mine/export/")
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]  # a file response
    assert book.sheetnames[:4] == ["服务", "服务人数", "培训学时", "证书"]
    cells = [str(cell) for page in book for row in page.iter_rows(values_only=True) for cell in row if cell]
    assert "2021-04" in cells
    assert not any("欧阳" in cell or "D1" in cell for cell in cells)


def test_an_account_without_a_worker_is_told_how_to_get_one(sit: Sit, station: Station) -> None:
    client = sit("station_worker", TUOYUAN, station_id=station.pk)
    assert "还没有关联社工档案" in client.get("/mine/").content.decode()
    assert client.get("/mine/export/").status_code == 404


@pytest.mark.parametrize("role", ["county_official", "township_official", "purchaser"])
def test_nobody_above_opens_it(sit: Sit, role: str, station: Station) -> None:
    client = sit(role, TUOYUAN if role == "township_official" else HECHENG)
    assert client.get("/mine/").status_code == 403
    assert client.get("/mine/export/").status_code == 403


def test_only_a_lead_sees_the_station_s_sum(sit: Sit, station: Station, workers: list[SocialWorker]) -> None:
    lead = sit("station_lead", TUOYUAN, station_id=station.pk, person_id=workers[0].pk)
    own = sit("station_worker", TUOYUAN, station_id=station.pk, person_id=workers[1].pk)
    assert "本站合计" in lead.get("/mine/").content.decode()
    assert "至少 3 人有记录时才显示合计" not in own.get("/mine/").content.decode()
