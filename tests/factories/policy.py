"""Numbers that a place states for itself."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from linzhan.kernel.scope import Actor
from linzhan.policy.api import (
    DocumentFacts,
    Parameter,
    ParameterValue,
    Statement,
    register_document,
    state_value,
)

_numbers = count(1)
OFFICIAL = Actor(label="李科员")


def stated(
    parameter: Parameter[Any], value: Any, region: str, *, since: date = date(2020, 1, 1), variant: str = ""
) -> ParameterValue:
    """``value`` in force in ``region`` from a day, on the word of a document of its own."""
    number = next(_numbers)
    paper = register_document(DocumentFacts(title=f"办法之{number}", region_code=region), actor=OFFICIAL)
    statement = Statement(
        parameter=parameter.code,
        variant=variant,
        region_code=region,
        value=value,
        valid_from=since,
        document=paper,
        clause="第一条",
        reference_key=f"test-{number}",
    )
    return state_value(statement, actor=OFFICIAL)
