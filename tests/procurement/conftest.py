"""Places with everything in them to be written to: with the shipped rulebook, and two counties whose every text is a code."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from linzhan.kernel.registers import declare
from linzhan.kernel.scope import EVERYTHING, Actor, opened
from linzhan.policy.api import load_reference
from tests.factories.places import Codes, corner


@pytest.fixture(autouse=True)
def codes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linzhan.kernel.registers.resolving._region_resolver", [Codes()])
    monkeypatch.setitem(declare._code_lists, "categories", lambda: {"VF01": "VF01"})


@pytest.fixture
def rulebook(db: None) -> Iterator[None]:
    """The rules of the studied places, in force; the reader sees everything."""
    with opened(EVERYTHING, Actor(id="ann", label="李科员", origin="测试")):
        corner()
        load_reference()
        yield


@pytest.fixture
def hunan(db: None) -> Iterator[None]:
    cache.delete("money:taken-over")
    with opened(EVERYTHING, Actor(label="李科员", origin="测试")):
        corner()
        yield
