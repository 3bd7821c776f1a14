"""A country whose every text is a code, and the scopes of people in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

from linzhan.kernel import places
from linzhan.kernel.scope import EVERYTHING, opened


class Codes:
    def resolve_many(self, texts: Iterable[str]) -> dict[str, str]:
        return {text: places.pad(text) for text in texts}


@pytest.fixture(autouse=True)
def codes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linzhan.kernel.registers.resolving._region_resolver", [Codes()])


@pytest.fixture
def everywhere(db: None) -> Iterator[None]:
    with opened(EVERYTHING):
        yield
