"""People at their desks: an account with one appointment, and its browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from linzhan.accounts.api import User, appoint, create_account
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.network.api import Station
from linzhan.territory.sheets import SheetRegions
from tests.factories import network
from tests.factories.places import HECHENG, TUOYUAN, corner

BACKEND = "linzhan.accounts.backends.AccountBackend"
PASSWORD = "nicht-Erraten-9"
Sit = Callable[..., Client]


@pytest.fixture
def house(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two counties, places looked up as in a real instance, nothing kept from another test."""
    monkeypatch.setattr("linzhan.kernel.registers.resolving._region_resolver", [SheetRegions()])
    corner()
    cache.clear()
    yield
    cache.clear()


def person(username: str, role: str = "county_official", region: str = HECHENG, **line: Any) -> User:
    """An account that need not change its password, with one appointment."""
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


def browser(user: User | None = None) -> Client:
    client = Client(headers={"accept": "text/html"})
    if user is not None:
        with opened(EVERYTHING):
            client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture
def sit(house: None) -> Sit:
    """``sit(role, region)``: the browser of such a person."""
    made: list[User] = []

    def down(role: str = "county_official", region: str = HECHENG, **line: Any) -> Client:
        made.append(person(f"p{len(made)}", role, region, **line))
        return browser(made[-1])

    return down


@pytest.fixture
def station(house: None) -> Station:
    with opened(EVERYTHING):
        return network.station(TUOYUAN, code="Z1", name="坨院街道社工站", opened_on="2020-01-01")
