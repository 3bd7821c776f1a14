"""A figure opens down to the rows it was counted from (NFR-02)."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from linzhan.kernel.figures.definitions import catalogue
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.network.api import Station
from linzhan.office.figures.showing import DIMENSIONS
from linzhan.office.figures.views import GROUPS
from tests.factories import network
from tests.factories.places import CHENGNAN, HECHENG, HUAIHUA, TUOYUAN
from tests.office.conftest import Sit
from tests.office.test_home import queries, resident

COVERAGE = "/figures/network.coverage/"


@pytest.fixture
def county(sit: Sit, station: Station) -> Client:
    return sit()


def test_the_catalogue_lists_every_figure_with_its_definition(county: Client) -> None:
    page = county.get("/figures/").content.decode()
    assert all(each.name in page for each in catalogue())
    found = county.get("/figures/?q=覆盖率").content.decode()
    assert "乡镇(街道)覆盖率" in found
    assert "合同金额" not in found


def test_every_desk_and_every_part_of_a_figure_has_a_chinese_name() -> None:
    assert {each.key.partition(".")[0] for each in catalogue()} <= set(GROUPS)
    assert {name for each in catalogue() for name in each.dims} <= set(DIMENSIONS)


def test_the_page_shows_the_quotient_the_definition_and_the_date(county: Client) -> None:
    page = county.get(f"{COVERAGE}?period=2021-06").content.decode()
    assert "1 ÷ 4" in page
    assert "安置点站不提高覆盖率" in page
    assert "截至 2021-06-30" in page


def test_an_earlier_day_can_be_asked_for(county: Client) -> None:
    page = county.get("/figures/network.stations/?period=2021-06&as_of=2019-12-31").content.decode()
    assert "截至 2019-12-31" in page


def test_parts_and_the_level_below_stand_in_tables(county: Client) -> None:
    page = county.get("/figures/network.stations/?period=2021-06&split=tier&by=region").content.decode()
    assert "乡镇街道社工站" in page
    assert "坨院街道" in page


def test_rows_lead_to_their_registers(county: Client, station: Station) -> None:
    page = county.get("/figures/network.stations/?period=2021-06").content.decode()
    assert f"/r/stations/{station.pk}/" in page


def test_names_of_persons_are_masked(county: Client, station: Station) -> None:
    resident(station)
    page = county.get("/figures/residents.registered/?period=2021-06").content.decode()
    assert "欧阳春生" not in page
    assert "欧阳*" in page


def test_the_page_asks_as_often_for_three_rows_as_for_one(county: Client) -> None:
    address = "/figures/network.stations/?period=2021-06"
    county.get(address)
    before = queries(county, address)
    with opened(EVERYTHING):
        network.station(CHENGNAN)
        network.station(CHENGNAN)
    county.get(address)  # names of further places are kept
    assert queries(county, address) == before <= 10


def test_an_unknown_figure_or_a_place_out_of_scope_is_not_found(county: Client) -> None:
    assert county.get("/figures/no.such/").status_code == 404
    assert county.get(f"{COVERAGE}?region={HUAIHUA}").status_code == 404


def test_a_stated_number_stands_apart(county: Client) -> None:
    address = f"{COVERAGE}state/?period=2021-06"
    assert "必填" in county.get(address).content.decode()
    assert county.post(address, {"value": "88", "source": ""}).status_code == 200
    county.post(address, {"value": "88", "source": "县民政局月报"})
    page = county.get(f"{COVERAGE}?period=2021-06").content.decode()
    assert "说明性数据" in page
    assert "县民政局月报" in page
    assert "1 ÷ 4" in page


def test_only_the_bureau_states_figures(sit: Sit, station: Station) -> None:
    assert sit("purchaser").post(f"{COVERAGE}state/", {"value": "1", "source": "x"}).status_code == 403


def test_a_download_holds_the_numbers_of_the_page(county: Client) -> None:
    answer = county.get(f"{COVERAGE}download/?period=2021-06")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert "乡镇(街道)覆盖率,2021-06,2021-06-30,25,%,1,4" in lines
    book = load_workbook(io.BytesIO(county.get(f"{COVERAGE}download/?period=2021-06&format=xlsx").content))
    assert book.sheetnames == ["数值", "口径"]


def test_a_name_that_looks_like_a_formula_is_made_harmless(county: Client) -> None:
    from linzhan.office.figures.tables import _safe

    assert _safe("=HYPERLINK()") == "'=HYPERLINK()"
    assert _safe("覆盖率") == "覆盖率"


def test_a_station_sees_the_figure_of_its_own(sit: Sit, station: Station) -> None:
    with opened(EVERYTHING):
        foreign = network.station(CHENGNAN)
    client = sit("station_lead", TUOYUAN, station_id=station.pk)
    assert client.get("/figures/services.records/?period=2021-06").status_code == 200
    assert client.get(f"/figures/services.records/?station={foreign.code}").status_code == 404
    assert (
        "我的站点"
        in client.get(f"/figures/services.records/?region={HECHENG}&period=2021-06").content.decode()
    )
