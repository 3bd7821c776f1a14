"""Pairs of files at the desk: who sees them, two files side by side, merged and taken apart."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client

from linzhan.casework.models import DuplicatePair, Merging, Resident
from linzhan.kernel.registers import declare
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.network.api import Station
from tests.factories.casework import resident
from tests.factories.network import station as any_station
from tests.factories.places import CHENGNAN, HECHENG, TUOYUAN, ZHONGFANG
from tests.office.conftest import Sit

LIST = "/residents/duplicates/"
SAME = {"name": "王建国", "born_on": "1950-02-03", "categories": ("A01",), "household": "H1"}


@pytest.fixture(autouse=True)
def categories(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(declare._code_lists, "categories", lambda: {code: code for code in ("A01", "D03")})


@pytest.fixture
def files(station: Station) -> tuple[UUID, UUID]:
    with opened(EVERYTHING):
        first = resident(station, code="D1", phone="13800138001", **SAME)
        second = resident(station, code="D2", phone="13800138002", risk="高风险", **SAME)
        return first, second


@pytest.fixture
def pair(files: tuple[UUID, UUID]) -> str:
    with opened(EVERYTHING):
        return f"{LIST}{DuplicatePair.objects.get().pk}/"


def text(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return str(answer.content.decode())


def test_a_lead_and_the_county_see_the_pair_side_by_side(sit: Sit, station: Station, pair: str) -> None:
    lead = sit("station_lead", TUOYUAN, station_id=station.pk)
    for client in (lead, sit("county_official", HECHENG)):
        assert "姓名相同、出生日期相同" in text(client, LIST)
        page = text(client, pair)
        assert "D1" in page
        assert "D2" in page
        assert "王建国" not in page, "masked like every list"
        assert page.count('name="take.phone"') == 2
        assert 'name="take.name"' not in page, "what is the same needs no choice"


@pytest.mark.parametrize("role", ["station_worker", "township_official", "purchaser", "evaluator", "finance"])
def test_other_roles_do_not_open_it(sit: Sit, station: Station, pair: str, role: str) -> None:
    line = {"station_id": station.pk} if role.startswith("station") else {}
    client = sit(role, HECHENG if role in ("purchaser", "evaluator", "finance") else TUOYUAN, **line)
    for url in (LIST, pair):
        assert client.get(url).status_code == 403
    assert client.post(pair, {"decision": "apart"}).status_code == 403


def test_another_county_and_another_station_find_nothing(sit: Sit, station: Station, pair: str) -> None:
    with opened(EVERYTHING):
        other = any_station(CHENGNAN, opened_on="2020-01-01")
    for client in (sit("county_official", ZHONGFANG), sit("station_lead", CHENGNAN, station_id=other.pk)):
        assert client.get(pair).status_code == 404
        assert client.post(pair, {"decision": "apart"}).status_code == 404
        assert "D1" not in text(client, LIST)


def test_merging_at_the_desk_and_taking_it_back(sit: Sit, files: tuple[UUID, UUID], pair: str) -> None:
    kept, gone = files
    client = sit("county_official", HECHENG)
    refused = client.post(pair, {"decision": "merge"})
    assert (refused.status_code, "请选择保留哪一份" in refused.content.decode()) == (422, True)
    answer = client.post(
        pair, {"decision": "merge", "kept": kept, "take.phone": gone, "take.risk": gone, "note": "两次建档"}
    )
    with opened(EVERYTHING):
        merging = Merging.objects.get()
        file = Resident.objects.get(pk=kept)
    assert answer.headers["Location"] == f"/residents/mergings/{merging.pk}/"
    assert (file.phone, file.risk, merging.note) == ("13800138002", "高风险", "两次建档")
    assert "撤销合并" in text(client, answer.headers["Location"])
    old = text(client, f"/r/residents/{gone}/")
    assert "已并入 D1" in old
    assert f"/r/residents/{kept}/" in old
    assert f"/residents/mergings/{merging.pk}/" in text(client, f"/r/residents/{kept}/")
    listed = text(client, "/r/residents/")
    assert "D1" in listed
    assert "D2" not in listed
    client.post(f"/residents/mergings/{merging.pk}/undo/")
    with opened(EVERYTHING):
        assert Resident.objects.get(pk=gone).merged_into_id is None
        assert Resident.objects.get(pk=kept).phone == "13800138001"
    assert "已撤销" in text(client, f"/residents/mergings/{merging.pk}/")
    assert "D2" in text(client, "/r/residents/")


def test_somebody_else_s_merging_is_not_found(sit: Sit, files: tuple[UUID, UUID], pair: str) -> None:
    sit("county_official", HECHENG).post(pair, {"decision": "merge", "kept": files[0]})
    with opened(EVERYTHING):
        url = f"/residents/mergings/{Merging.objects.get().pk}/"
    stranger = sit("county_official", ZHONGFANG)
    assert stranger.get(url).status_code == 404
    assert stranger.post(f"{url}undo/").status_code == 404
    with opened(EVERYTHING):
        assert Merging.objects.get().undone_at is None


def test_not_the_same_person_is_remembered_and_can_be_looked_at_again(sit: Sit, pair: str) -> None:
    client = sit("county_official", HECHENG)
    client.post(pair, {"decision": "apart", "note": "堂兄弟"})
    assert "堂兄弟" in text(client, f"{LIST}?state=不是同一人")
    assert "D1" not in text(client, LIST)
    client.post(pair, {"decision": "again"})
    assert "D1" in text(client, LIST)


def test_pairs_wait_on_the_bench(sit: Sit, pair: str) -> None:
    assert "1 对服务对象档案疑似重复" in text(sit("county_official", HECHENG), "/")


def test_a_county_orders_a_search_of_itself(sit: Sit, pair: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ordered: list[str] = []
    monkeypatch.setattr("linzhan.office.merging.views.find_soon", ordered.append)
    assert sit("county_official", HECHENG).post(f"{LIST}find/").status_code == 302
    assert ordered == [HECHENG]
    lead = sit("city_official", "431200000000")
    assert lead.post(f"{LIST}find/").status_code == 403
    assert ordered == [HECHENG]


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_asks_the_same_number_of_times(
    sit: Sit, station: Station, many: int, django_assert_max_num_queries: object
) -> None:
    with opened(EVERYTHING):
        for number in range(many):
            for _ in range(2):
                resident(
                    station,
                    name=f"王建{'甲乙丙'[number]}",
                    categories=("A01",),
                    household=f"H{number}",
                    born_on="1950-01-01",
                )
        assert DuplicatePair.objects.count() == many
    client = sit("county_official", HECHENG)
    client.get(LIST)
    with django_assert_max_num_queries(10):  # type: ignore[operator]  # the fixture's own type
        client.get(LIST)
