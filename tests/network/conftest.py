"""Codes for names, and everything in sight unless a test narrows it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import count

import pytest

from linzhan.kernel.scope import Actor
from linzhan.policy.api import DocumentFacts, Parameter, Statement, register_document, state_value
from tests.factories.places import corner
from tests.plain import codes, everywhere

__all__ = ["codes", "everywhere"]

State = Callable[..., None]
CLERK = Actor(id="7", label="李科员", origin="测试")


@pytest.fixture
def hunan(everywhere: None) -> None:
    """The divisions of two counties."""
    corner()


@pytest.fixture
def state(everywhere: None) -> State:
    """State a policy value for a place from 2020 on, each in the third clause of a paper of its own."""
    numbers = count(1)

    def say(parameter: Parameter[object], region: str, value: object) -> None:
        facts = DocumentFacts(
            title="关于社工站的意见", number=f"湘民发〔2020〕{next(numbers)}号", region_code=region
        )
        paper = register_document(facts, actor=CLERK)
        statement = Statement(
            parameter=parameter.code,
            region_code=region,
            value=value,
            valid_from=date(2020, 1, 1),
            document=paper,
            clause="第三条",
        )
        state_value(statement, actor=CLERK)

    return say
