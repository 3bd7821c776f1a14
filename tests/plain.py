"""A country whose every text is a code, with everything in it to be written to: no tree, no rulebook."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.policy.api import load_reference
from tests.factories.places import Codes


@pytest.fixture(autouse=True)
def codes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linzhan.kernel.registers.resolving._region_resolver", [Codes()])


@pytest.fixture
def everywhere(db: None) -> Iterator[None]:
    with opened(EVERYTHING):
        yield


@pytest.fixture
def rulebook(everywhere: None) -> None:
    """The documents of the studied places."""
    load_reference()
