"""A small cast of places and documents for the rulebook."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from linzhan.kernel.scope import EVERYTHING, Actor, scope
from linzhan.policy.api import (
    PARAMETERS,
    PERCENT,
    Binding,
    DocumentFacts,
    Group,
    Parameter,
    ParameterValue,
    PolicyDocument,
    Statement,
    parameter,
    register_document,
    state_value,
)

NATION = "000000000000"
HUNAN, HUAIHUA, HECHENG, HONGJIANG = "430000000000", "431200000000", "431202000000", "431281000000"
CLERK = Actor(id="7", label="李科员", origin="测试")
EARLY, MIDDLE, LATE = date(2020, 1, 1), date(2021, 7, 1), date(2023, 1, 1)

State = Callable[..., ParameterValue]


@pytest.fixture
def everywhere() -> Iterator[None]:
    with scope(EVERYTHING):
        yield


@pytest.fixture
def paper(db: None, everywhere: None) -> PolicyDocument:
    facts = DocumentFacts(title="关于社工站的意见", number="民发〔2020〕1号", region_code=NATION)
    return register_document(facts, actor=CLERK)


@pytest.fixture
def own() -> Iterator[Callable[..., Parameter[object]]]:
    """Declare a parameter for one test only."""
    made: list[str] = []

    def declare(
        binding: Binding = Binding.NEAREST, variants: str = "", kind: object = PERCENT
    ) -> Parameter[object]:
        code = f"test.number_{len(made)}"
        made.append(code)
        return parameter(
            code=code,
            label="测试比例",
            group=Group.NETWORK,
            kind=kind,  # type: ignore[arg-type]  # as above
            unit="%",
            binding=binding,
            variants=variants,
        )

    yield declare
    for code in made:
        del PARAMETERS._entries[code]


@pytest.fixture
def state(paper: PolicyDocument) -> State:
    """State a value in one line."""

    def say(
        param: Parameter[object],
        region: str,
        value: object,
        start: date = EARLY,
        end: date | None = None,
        variant: str = "",
    ) -> ParameterValue:
        return state_value(
            Statement(
                parameter=param.code,
                region_code=region,
                value=value,
                valid_from=start,
                valid_to=end,
                document=paper,
                clause="第三条",
                variant=variant,
            ),
            actor=CLERK,
        )

    return say
