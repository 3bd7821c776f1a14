"""A county whose every text is a code, its rulebook, and rules asked of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from linzhan.kernel.registers import declare
from linzhan.kernel.scope import EVERYTHING, Actor, opened
from linzhan.oversight.warning.asking import Answer, ask_rules
from linzhan.oversight.warning.declaring import RULES, Finding
from tests.factories.places import HECHENG, Codes, corner

ON = date(2021, 12, 31)


@pytest.fixture
def hunan(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("linzhan.kernel.registers.resolving._region_resolver", [Codes()])
    monkeypatch.setitem(declare._code_lists, "categories", lambda: {"VF01": "VF01"})
    with opened(EVERYTHING, Actor(label="李科员", origin="测试")):
        corner()
        yield


def asked(rule: str, on: date = ON, region: str = HECHENG, **instead: int) -> Answer:
    tried = {rule: instead} if instead else None
    [answer] = ask_rules(region, on, [RULES[rule]], instead=tried)  # type: ignore[arg-type]  # whole numbers do
    return answer


def found(rule: str, on: date = ON, region: str = HECHENG, **instead: int) -> list[Finding]:
    return list(asked(rule, on, region, **instead).findings)
