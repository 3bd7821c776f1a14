"""What a stored figure depends on, and which marks reach it.

A figure depends on *sources*: the registers behind its facts, the tree of divisions, and the policy
parameters behind its rulings. A mark names a source, a place and a month. A write to a register reaches
the figures of its place and of those above; a policy value holds for everything below its place too, and
the figures above count what lies below, each row by its own rule. A mark reaches no figure that is taken
before its month.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from linzhan.kernel import places
from linzhan.kernel.figures.definitions import RULINGS
from linzhan.kernel.figures.engines import Engine
from linzhan.kernel.figures.facts import fact_of_table

DIVISIONS = "divisions"
"""The tree itself: units were loaded."""
ANY = "*"
"""A division was changed by decree: rows, registers in use and the tree follow, so every figure may differ."""
PARAMETER = "parameter:"
"""What the sources of policy parameters begin with."""


def of_parameter(code: str) -> str:
    """The source that a policy parameter is."""
    return f"{PARAMETER}{code}"


def is_parameter(source: str) -> bool:
    """Whether a mark of this source holds for all places below its own."""
    return source.startswith(PARAMETER)


def parameters_used() -> frozenset[str]:
    """The policy parameters that any ruling rests on: a value of another one changes no figure."""
    return frozenset(code for ruling in RULINGS for code in ruling.rests_on)


def registers_of(figure: str, engine: Engine) -> frozenset[str]:
    """The registers a figure is counted over, and ``divisions`` where it reads the tree."""
    facts = (fact_of_table(table) for table in engine.book.figure(figure).facts)
    return frozenset(register for fact in facts if fact for register in fact.registers)


def sources_of(figure: str, engine: Engine) -> frozenset[str]:
    """All that a figure is counted from: registers, divisions, parameters."""
    givens = engine.book.figure(figure).givens
    rulings = (ruling for ruling in RULINGS if givens & {ruling.table, ruling.here})
    parameters = {of_parameter(code) for each in rulings for code in each.rests_on}
    return registers_of(figure, engine) | parameters | {ANY}


class Mark(Protocol):
    """Where and since when a source changed."""

    region_code: str
    month: date
    register: str


@dataclass(slots=True)
class Marks:
    """Many marks, asked which figures they reach."""

    _of_places: dict[tuple[str, str], date] = field(default_factory=dict)
    _of_subtrees: dict[tuple[str, str], date] = field(default_factory=dict)

    @classmethod
    def of(cls, marks: Iterable[Mark]) -> Marks:
        found = cls()
        for mark in marks:
            found.add(mark.region_code, mark.register, mark.month)
        return found

    def add(self, region_code: str, source: str, month: date) -> None:
        for code in _upwards(region_code):
            key = (code, source)
            self._of_places[key] = min(month, self._of_places.get(key, month))
        if is_parameter(source):
            key = (region_code, source)
            self._of_subtrees[key] = min(month, self._of_subtrees.get(key, month))

    @property
    def places(self) -> set[str]:
        """The places that hold a marked one, and the marked ones themselves."""
        return {code for code, _source in self._of_places}

    @property
    def subtrees(self) -> set[str]:
        """The places all of whose units are reached."""
        return {code for code, _source in self._of_subtrees}

    def reach(self, region: str, as_of: date, sources: Iterable[str]) -> bool:
        """Whether a figure of ``region`` as of a day, counted from ``sources``, may differ now."""
        return any(month <= as_of for source in sources for month in self._months(region, source))

    def _months(self, region: str, source: str) -> Iterator[date]:
        if month := self._of_places.get((region, source)):
            yield month
        if is_parameter(source):
            for code in _upwards(region):
                if month := self._of_subtrees.get((code, source)):
                    yield month


def _upwards(code: str) -> tuple[str, ...]:
    return (places.NATION, *places.lineage(code))
