"""Categories that are confidential in themselves are seen by those whose duty it is (``domain.md`` §19.2, OBJ-12)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client

from linzhan.casework.models import Resident
from linzhan.kernel.registers import declare
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.network.api import Station
from tests.factories.places import HUAIHUA, TUOYUAN
from tests.factories.rows import made
from tests.office.registers.conftest import At, inputs, resident

NAME = "社区矫正对象"
CODES = {
    "最低生活保障对象": "A01",
    "A01": "A01",
    NAME: "E01",
    "E01": "E01",
    "独居老年人": "B01",
    "B01": "B01",
}


@pytest.fixture(autouse=True)
def categories(desk: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(declare._code_lists, "categories", lambda: CODES)
    cache.set("confidential-categories", frozenset({"E01"}))


@pytest.fixture
def person(here: Station) -> UUID:
    return resident(here, categories="A01;E01")


@pytest.fixture
def city(at: At) -> Client:
    """May keep residents of the city, without the duty."""
    return at("city_official", HUAIHUA)


def keep(person: UUID, **values: Any) -> UUID:
    with opened(EVERYTHING):
        return made("resident-categories", resident=person, **values)


def held(person: UUID) -> list[str]:
    with opened(EVERYTHING):
        return list(Resident.objects.get(pk=person).categories)


@pytest.mark.parametrize("way", ["", "{person}/", "{person}/history/", "?categories=E01"])
def test_it_is_shown_to_those_whose_duty_it_is_and_to_nobody_else(
    county: Client, city: Client, person: UUID, way: str
) -> None:
    address = f"/r/residents/{way.format(person=person)}"
    told = {who: who.get(address).content.decode() for who in (county, city)}
    if way.endswith("history/"):
        assert NAME in told[county]
    elif not way.startswith("?"):
        assert NAME in told[county]
        assert "最低生活保障对象" in told[city]
    assert NAME not in told[city]


def test_nobody_finds_by_it_what_they_do_not_see(
    county: Client, city: Client, here: Station, person: UUID
) -> None:
    resident(here, code="D2", identity_number="", categories="B01")
    assert "共 1 条" in county.get("/r/residents/?categories=E01").content.decode()
    assert "共 2 条" in city.get("/r/residents/?categories=E01").content.decode(), "no such filter for them"


def test_a_basis_of_it_is_not_found(county: Client, city: Client, person: UUID) -> None:
    kept = keep(person, category="E01", starts_on="2021-03-01", basis="矫正决定书")
    address = f"/r/resident-categories/{kept}/"
    assert county.get(address).status_code == 200
    assert city.get(address).status_code == 404
    assert city.get(f"{address}edit/").status_code == 404
    for page in ("/r/resident-categories/", f"/r/residents/{person}/"):
        assert "矫正" not in city.get(page).content.decode()
        assert "矫正" in county.get(page).content.decode()


def test_whoever_sees_a_part_of_a_list_takes_nothing_unseen_away(city: Client, person: UUID) -> None:
    address = f"/r/residents/{person}/edit/"
    sent = inputs(city.get(address).content.decode())
    assert sent["categories"] == ["A01"]
    answer = city.post(address, {**sent, "categories": ["B01"]})
    assert answer.status_code == 302, answer.content.decode()
    assert held(person) == ["B01", "E01"]


def test_whose_duty_it_is_can_take_it_away(county: Client, person: UUID) -> None:
    address = f"/r/residents/{person}/edit/"
    sent = inputs(county.get(address).content.decode())
    assert county.post(address, {**sent, "categories": ["A01"]}).status_code == 302
    assert held(person) == ["A01"]


def test_it_leaves_in_no_workbook_of_others(city: Client, person: UUID) -> None:
    import io

    import openpyxl

    answer = city.post("/r/residents/export/")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    text = str([[cell.value for cell in row] for row in book.worksheets[0].rows])
    assert "A01" in text
    assert "E01" not in text


def test_over_the_interface_it_is_the_same(at: At, person: UUID) -> None:
    worker, provider = at("county_official"), at("city_official", HUAIHUA)
    mine = worker.get(f"/api/v1/residents/{person}").json()
    theirs = provider.get(f"/api/v1/residents/{person}").json()
    assert (mine["categories"], theirs["categories"]) == (["A01", "E01"], ["A01"])
    assert provider.get("/api/v1/residents?categories=E01").status_code in (400, 422)
    own = at("resident", TUOYUAN, person_id=person)
    assert NAME in own.get(f"/r/residents/{person}/").content.decode(), "one's own file is whole"
