"""Figures over HTTP: the objects of the command line, within the caller's scope (``contract/figures.md``)."""

from __future__ import annotations

import pytest

from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.network.api import Station
from tests.factories import network, places
from tests.factories.places import CHENGNAN, HECHENG, TUOYUAN, ZHONGFANG
from tests.interface.conftest import Caller, Calling

pytestmark = pytest.mark.django_db


def test_a_figure_is_computed_for_the_callers_own_area(
    county: Caller, here: Station, elsewhere: Station
) -> None:
    [found] = county.get("/figures?figure=network.stations_operating&as_of=2021-12-31").json()
    assert (found["value"], found["region"], found["unit"], found["stated"]) == (1, HECHENG, "个", False)
    assert found["dims"] == {}


def test_a_figure_is_cut_by_place_and_dimension(county: Caller, here: Station) -> None:
    with opened(EVERYTHING):
        places.corner()
        network.station(CHENGNAN, status="建成")
    parts = county.get("/figures?figure=network.stations&as_of=2021-12-31&split=status").json()
    assert {part["dims"]["status"]: part["value"] for part in parts} == {"运营": 1, "建成": 1}
    places_ = county.get("/figures?figure=network.stations&as_of=2021-12-31&by=region").json()
    assert {each["region"]: each["value"] for each in places_}[TUOYUAN] == 1


def test_a_place_that_is_seen_in_part_only_is_refused(county: Caller) -> None:
    answer = county.get(f"/figures?figure=network.stations&region={ZHONGFANG}&as_of=2021-12-31")
    assert answer.status_code == 403


def test_an_unknown_figure_is_not_found_and_a_wrong_period_is_named(county: Caller) -> None:
    assert county.get("/figures?figure=no.such").status_code == 404
    assert county.get("/figures/no.such").status_code == 404
    answer = county.get("/figures?figure=network.stations&period=2021-13")
    assert answer.json()["errors"][0]["field"] == "period"


def test_a_figure_says_what_it_means(county: Caller) -> None:
    found = county.get("/figures/network.coverage").json()
    assert found["name"] == "乡镇(街道)覆盖率"
    assert found["definition"]


def test_a_number_leads_to_its_rows_page_by_page(county: Caller, here: Station) -> None:
    with opened(EVERYTHING):
        network.station(CHENGNAN)
    path = "/figures/network.stations_operating/rows?as_of=2021-12-31&limit=1"
    first = county.get(path).json()
    second = county.get(f"{path}&cursor={first['next']}").json()
    assert second["next"] is None
    assert first["items"][0]["id"] != second["items"][0]["id"]
    assert {row["region_code"] for row in (*first["items"], *second["items"])} == {TUOYUAN, CHENGNAN}


def test_rows_that_name_people_want_the_right_to_the_register(calling: Calling) -> None:
    finance = calling("finance")
    assert finance.get("/figures/residents.registered/rows?as_of=2021-12-31").status_code == 403
    shown = calling().get("/figures/supervision.supervisors/rows?period=2021").json()
    assert all("supervisor" not in row and "person" not in row for row in shown["items"])
