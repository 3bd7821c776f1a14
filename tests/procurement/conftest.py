"""Two counties whose every text is a code, and everything in them to be written to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from linzhan.kernel.scope import EVERYTHING, Actor, opened
from tests.factories.places import Codes, corner


@pytest.fixture(autouse=True)
def codes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linzhan.kernel.registers.resolving._region_resolver", [Codes()])


@pytest.fixture
def hunan(db: None) -> Iterator[None]:
    cache.delete("money:taken-over")
    with opened(EVERYTHING, Actor(label="李科员", origin="测试")):
        corner()
        yield
