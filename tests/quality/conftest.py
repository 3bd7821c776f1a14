"""Two counties to evaluate in, with the shipped rulebook."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from linzhan.kernel.registers import declare
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.policy.api import load_reference
from tests.factories.places import Codes, corner
from tests.factories.quality import ANN


@pytest.fixture
def hunan(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("linzhan.kernel.registers.resolving._region_resolver", [Codes()])
    monkeypatch.setitem(declare._code_lists, "categories", lambda: {"VF01": "VF01"})
    with opened(EVERYTHING, ANN):
        corner()
        load_reference()
        yield
