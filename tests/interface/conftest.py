"""A county with a station and people in it, and programs that call for them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from linzhan.accounts.api import User, appoint, create_account
from linzhan.kernel.registers import declare
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.network.api import Station
from linzhan.territory.sheets import SheetRegions
from tests.factories import network
from tests.factories.casework import resident
from tests.factories.places import HECHENG, TUOYUAN, ZHONGFANG, ZHONGFANG_TOWN, Codes, corner
from tests.interface.phoning import Phone, phone_at

PASSWORD = "nicht-erraten-9"
BASE = "/api/v1"


@dataclass(frozen=True)
class Caller:
    """One program with one token."""

    client: Client
    token: str

    def send(self, method: str, path: str, body: object = None, **more: Any) -> HttpResponse:
        content = "" if body is None else json.dumps(body)
        found: Any = self.client.generic(
            method,
            BASE + path,
            content,
            content_type="application/json",
            HTTP_AUTHORIZATION=f"Bearer {self.token}",
            **more,
        )
        return found

    def get(self, path: str) -> Any:
        return self.send("GET", path)

    def post(self, path: str, body: object) -> Any:
        return self.send("POST", path, body)

    def patch(self, path: str, body: object) -> Any:
        return self.send("PATCH", path, body)


Calling = Callable[..., Caller]


@pytest.fixture
def real_places(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Places as in a real instance: looked up in the tree by code and by name."""
    corner()
    monkeypatch.setattr("linzhan.kernel.registers.resolving._region_resolver", [SheetRegions()])


@pytest.fixture(autouse=True)
def codes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("linzhan.kernel.registers.resolving._region_resolver", [Codes()])
    cache.clear()
    yield
    cache.clear()


def person(username: str, role: str, region: str, **line: Any) -> User:
    with opened(EVERYTHING):
        user = create_account(
            username=username,
            display_name="梁一凡",
            password=PASSWORD,
            region_code=region,
            must_change_password=False,
        )
        appoint(user=user, role=role, region_code=region, **line)
    return user


def token_of(username: str) -> str:
    answer = Client().post(
        f"{BASE}/tokens", {"username": username, "password": PASSWORD}, content_type="application/json"
    )
    assert answer.status_code == 201, answer.content.decode()
    return str(answer.json()["token"])


@pytest.fixture
def calling(db: None) -> Calling:
    """``calling(role, region)``: a program of such a person."""

    def make(role: str = "county_official", region: str = HECHENG, **line: Any) -> Caller:
        name = f"{role}-{region}-{len(made)}"
        made.append(name)
        person(name, role, region, **line)
        return Caller(Client(), token_of(name))

    made: list[str] = []
    return make


@pytest.fixture
def county(calling: Calling) -> Caller:
    """The bureau of 鹤城区."""
    return calling()


@pytest.fixture
def here(db: None) -> Station:
    with opened(EVERYTHING):
        return network.station(TUOYUAN, code="Z1", name="坨院街道社工站")


@pytest.fixture
def categories(monkeypatch: pytest.MonkeyPatch) -> None:
    """One category of residents, without a rulebook."""
    monkeypatch.setitem(declare._code_lists, "categories", lambda: {"VF01": "VF01"})


@pytest.fixture
def home(db: None) -> Station:
    with opened(EVERYTHING):
        return network.station(TUOYUAN)


@pytest.fixture
def who(home: Station) -> UUID:
    with opened(EVERYTHING):
        return resident(home)


@pytest.fixture
def phone(calling: Calling, home: Station) -> Phone:
    """The phone of a worker of ``home``."""
    return phone_at(calling, home)


@pytest.fixture
def elsewhere(db: None) -> Station:
    with opened(EVERYTHING):
        return network.station(ZHONGFANG_TOWN, code="Z9", name="中方镇社工站")


def need_body(**values: Any) -> dict[str, Any]:
    return {
        "code": "X1",
        "source": "探访",
        "raised_on": "2021-06-05",
        "raised_region": TUOYUAN,
        "kind": "养老",
        "urgency": 2,
        "content": "助浴",
        **values,
    }


def resource_body(**values: Any) -> dict[str, Any]:
    return {
        "code": "R1",
        "name": "轮椅",
        "owner": "慈善会",
        "kind": "物资",
        "region": HECHENG,
        "quantity": 3,
        "unit": "辆",
        "valid_from": "2021-01-01",
        **values,
    }


def volunteer_body(**values: Any) -> dict[str, Any]:
    return {
        "code": "V1",
        "name": "欧阳小娜",
        "identity_number": "990101199001010019",
        "born_on": "1990-01-01",
        "phone": "13800005678",
        "home_region": TUOYUAN,
        "registered_on": "2021-01-01",
        **values,
    }


def identity(answer: Any) -> UUID:
    return UUID(answer.json()["id"])


__all__ = ["ZHONGFANG", "Caller", "Calling"]
