"""What the people of the demo city decide after its rows are written: steps, by whom and on which day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Decision:
    """One step, by whom of the cast, on which day; the steps of one day follow each other by the hour."""

    step: str
    by: str
    on: date
    note: str = ""
    given: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Course:
    """The steps of one row, in their order."""

    register: str
    key: str
    decisions: tuple[Decision, ...]
