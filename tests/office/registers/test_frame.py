"""What surrounds the pages: desks by right, places, search (NFR-06)."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from linzhan.network.api import Station
from linzhan.office.navigation import DESKS, page
from linzhan.office.regions.views import at_place
from tests.factories.places import HECHENG, HUAIHUA, TUOYUAN, ZHONGFANG
from tests.office.registers.conftest import IDENTITY, At, resident


def test_every_desk_has_a_letter_of_its_own() -> None:
    assert len({desk.letter for desk in DESKS}) == len(DESKS)


def test_a_page_on_no_desk_is_refused() -> None:
    with pytest.raises(ValueError, match="no desk"):
        page("nowhere", "大厅", "x", "x", "x")


def test_desks_hold_only_what_the_reader_has_a_right_to(at: At, county: Client) -> None:
    assert 'data-go-label="服务"' in county.get("/r/stations/").content.decode()
    html = at("finance").get("/r/stations/").content.decode()
    assert 'href="/r/residents/"' not in html
    assert 'href="/import/"' not in html


def test_the_tree_of_places_begins_at_ones_own_and_goes_no_higher(county: Client) -> None:
    html = county.get("/regions/tree/?next=/r/stations/").content.decode()
    assert "鹤城区" in html
    assert "坨院街道" in html
    assert "怀化市" not in html
    above = county.get(f"/regions/tree/?code={HUAIHUA}&next=/r/stations/").content.decode()
    assert "中方县" not in above


def test_a_place_leads_to_the_list_at_hand_or_to_its_overview() -> None:
    assert at_place("/r/stations/?q=a&at=x", TUOYUAN) == f"/r/stations/?q=a&region={TUOYUAN}"
    assert at_place("/jobs/", TUOYUAN) == f"/overview/{TUOYUAN}/"


def test_the_tree_leads_nowhere_else(county: Client) -> None:
    html = county.get("/regions/tree/?next=https://example.org/r/x/").content.decode()
    assert "example.org" not in html


def test_places_are_picked_within_the_area_or_anywhere_on_request(county: Client) -> None:
    assert "中方" not in county.get("/regions/pick/?q=中方").content.decode()
    assert ZHONGFANG in county.get("/regions/pick/?q=中方&anywhere=1").content.decode()
    assert re.findall(r'data-value="(\d+)"', county.get("/regions/pick/").content.decode())[0] == HECHENG


@pytest.mark.parametrize("url", ["/search/?q=%s", "/search/suggest/?q=%s"])
def test_search_finds_by_name_code_and_identity_number_and_shows_masks(
    county: Client, here: Station, elsewhere: Station, url: str
) -> None:
    identity = resident(here)
    assert f"/r/stations/{here.pk}/" in county.get(url % "坨院").content.decode()
    assert str(elsewhere.pk) not in county.get(url % "中方").content.decode()
    html = county.get(url % "D1").content.decode()
    assert f"/r/residents/{identity}/" in html
    assert "欧阳*生" in html
    assert "欧阳春生" not in html
    assert IDENTITY not in county.get(url % "欧阳").content.decode()


def test_search_keeps_to_the_rights(at: At, here: Station) -> None:
    identity = resident(here)
    assert str(identity) not in at("finance").get("/search/?q=D1").content.decode()


def test_the_place_at_hand_leads_only_to_places_of_ones_own(county: Client, at: At, here: Station) -> None:
    popover = county.get(f"/r/stations/?region={TUOYUAN}").content.decode().split("看哪里的数据")[1]
    links = re.findall(r'href="([^"]+)"', popover.split("</details>")[0])
    assert links == [f"/r/stations/?region={HECHENG}", f"/r/stations/?region={TUOYUAN}"]
    links = re.findall(r'href="([^"]+)"', _place_menu(county.get("/overview/", follow=True).content.decode()))
    assert HUAIHUA not in "".join(links)
    for link in links:
        assert county.get(link, follow=True).status_code == 200


def _place_menu(html: str) -> str:
    return html.split("看哪里的数据")[1].split("</details>", maxsplit=1)[0]


def test_who_works_at_a_station_has_one_place_and_nothing_to_switch(at: At, here: Station) -> None:
    lead = at("station_lead", TUOYUAN, station_id=here.pk)
    html = lead.get("/r/residents/").content.decode()
    assert "坨院街道" in html
    assert "看哪里的数据" not in html
    assert "<a" not in lead.get("/regions/tree/?next=/r/stations/").content.decode()
