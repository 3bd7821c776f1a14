"""A county with stations, workers and residents, and people at their desks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from linzhan.accounts.api import User, appoint, create_account
from linzhan.kernel.registers import declare
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.network.api import Station
from linzhan.territory.sheets import SheetRegions
from tests.factories import network, workforce
from tests.factories.places import HECHENG, TUOYUAN, ZHONGFANG_TOWN, corner
from tests.factories.rows import made

BACKEND = "linzhan.accounts.backends.AccountBackend"
IDENTITY = workforce.identity_number(7)
CATEGORIES = {"最低生活保障对象": "A01", "A01": "A01", "留守儿童": "C02", "C02": "C02"}
At = Callable[..., Client]


@pytest.fixture(autouse=True)
def desk(db: None, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Real places, no names kept from another test, files of one's own."""
    settings.FILES_ROOT = tmp_path
    monkeypatch.setattr("linzhan.kernel.registers.resolving._region_resolver", [SheetRegions()])
    monkeypatch.setitem(declare._code_lists, "categories", lambda: CATEGORIES)
    corner()
    cache.clear()
    yield
    cache.clear()


def person(role: str, region: str, **line: Any) -> User:
    with opened(EVERYTHING):
        user = create_account(
            username=f"{role}-{User.objects.count()}",
            display_name="梁一凡",
            password="nicht-erraten-9",
            region_code=region,
            must_change_password=False,
        )
        appoint(user=user, role=role, region_code=region, **line)
    return user


@pytest.fixture
def at() -> At:
    """``at(role, region)``: the browser of such a person."""

    def sit(role: str = "county_official", region: str = HECHENG, **line: Any) -> Client:
        client = Client()
        user = person(role, region, **line)
        with opened(EVERYTHING):
            client.force_login(user, backend=BACKEND)
        return client

    return sit


@pytest.fixture
def county(at: At) -> Client:
    """The bureau of 鹤城区."""
    return at()


@pytest.fixture
def here() -> Station:
    with opened(EVERYTHING):
        return network.station(TUOYUAN, code="Z1", name="坨院街道社工站", address="坨院路 1 号", head="夏青")


@pytest.fixture
def elsewhere() -> Station:
    with opened(EVERYTHING):
        return network.station(ZHONGFANG_TOWN, code="Z9", name="中方镇社工站")


def resident(station: Station, **values: Any) -> UUID:
    """A resident of ``station``, with an identity number."""
    row = {
        "code": "D1",
        "name": "欧阳春生",
        "identity_number": IDENTITY,
        "phone": "19912345678",
        "categories": "A01",
        "home_region": TUOYUAN,
        "station": station.code,
        "registered_on": "2021-03-01",
    }
    with opened(EVERYTHING):
        return made("residents", **row | values)


def inputs(html: str) -> dict[str, Any]:
    """What a browser would send back of the form in ``html``, untouched."""
    from html.parser import HTMLParser

    class Form(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.sent: dict[str, list[str]] = {}
            self.select = self.area = ""

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            given = {name: value or "" for name, value in attrs}
            name, kind = given.get("name", ""), given.get("type", "")
            chosen = "checked" in given if kind in ("radio", "checkbox") else kind != "submit"
            if tag == "input" and name and chosen:
                self.sent.setdefault(name, []).append(given.get("value", ""))
            elif tag in ("select", "textarea"):
                self.select, self.area = (name, "") if tag == "select" else ("", name)
            elif tag == "option" and "selected" in given:
                self.sent.setdefault(self.select, []).append(given.get("value", ""))

        def handle_data(self, data: str) -> None:
            if self.area:
                self.sent.setdefault(self.area, []).append(data)

        def handle_endtag(self, tag: str) -> None:
            if tag == "textarea":
                self.area = ""

    form = Form()
    form.feed(html[html.index('<form class="form"') : html.index("form-foot")])
    return dict(form.sent)
