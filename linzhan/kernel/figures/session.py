"""One call of computing: what is asked made exact, and what is read once for all of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from linzhan.kernel import places
from linzhan.kernel.figures import assembling, definitions
from linzhan.kernel.figures.assembling import Cut, Statement
from linzhan.kernel.figures.compiling import CompiledPart
from linzhan.kernel.figures.engines import Answer, Engine
from linzhan.kernel.figures.facts import FACTS, IN_USE
from linzhan.kernel.figures.givens import Ask, as_json, given_named
from linzhan.kernel.periods import Period

LOCAL = ZoneInfo("Asia/Shanghai")
REGION = "region"


class FigureFault(ValueError):
    """A question that has no answer; the message (Chinese) says why and what to ask instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRequest:
    """What is asked. One of ``period`` and ``as_of`` must be given; ``as_of`` defaults to its end.

    ``by`` groups (``region`` means the level below), ``split`` divides by dimensions, ``dims`` asks
    for one value of a dimension, ``only`` holds columns of the rows to one value (``station_id``).
    """

    figure: str
    region: str
    period: Period | None = None
    as_of: date | None = None
    by: str = ""
    split: tuple[str, ...] = ()
    dims: Mapping[str, str] = field(default_factory=dict)
    only: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Member:
    key: str
    code: str
    name: str
    region_code: str
    present: bool = True


class Session:
    """One call of :func:`compute`: equal statements run once, members and registers are read once."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.computed_at = datetime.now(LOCAL)
        self._answers: dict[tuple[object, ...], Answer] = {}
        self._members: dict[tuple[str, str, date], list[Member]] = {}
        self._givens: dict[tuple[str, Ask], str] = {}
        self._in_use: dict[str, dict[str, set[str]]] = {}

    def run(self, statement: Statement, parameters: Mapping[str, object]) -> Answer:
        key = (statement.sql, tuple(sorted((name, str(value)) for name, value in parameters.items())))
        if key not in self._answers:
            self._answers[key] = self.engine.run(statement, parameters)
        return self._answers[key]

    def given(self, table: str, ask: Ask) -> str:
        if (table, ask) not in self._givens:
            self._givens[table, ask] = as_json(given_named(table), ask)
        return self._givens[table, ask]

    def registers(self, region: str) -> dict[str, set[str]]:
        """Codes at which each register is in use: within ``region`` or above it."""
        if region not in self._in_use:
            self._in_use[region] = self._read_registers(region)
        return self._in_use[region]

    def _read_registers(self, region: str) -> dict[str, set[str]]:
        if IN_USE not in FACTS:
            return {}
        low, high = places.bounds(region)
        above = {
            f"above_{number}": code for number, code in enumerate([places.NATION, *places.lineage(region)])
        }
        statement = assembling.registers_in_use(FACTS[IN_USE].table, len(above))
        found: dict[str, set[str]] = {}
        for row in self.engine.run(statement, {"lo": low, "hi": high, **above}):
            found.setdefault(str(row["register"]), set()).add(str(row["region_code"]))
        return found

    def members(self, by: str, asked: Asked) -> list[Member]:
        key = (by, asked.ask.region, asked.ask.as_of)
        if key not in self._members:
            self._members[key] = self._read_members(by, asked)
        return self._members[key]

    def _read_members(self, by: str, asked: Asked) -> list[Member]:
        if by not in definitions.GROUPINGS:
            return []
        grouping = definitions.GROUPINGS[by]
        select = self.engine.book.members(grouping)
        for level in levels_below(asked.ask.region) if by == REGION else (None,):
            statement = assembling.members(select, level=level)
            rows = self.engine.run(statement, asked.parameters(statement))
            found = [_member(row) for row in rows if by != REGION or row["region_code"] != asked.ask.region]
            if found:
                return found
        return []


def levels_below(region: str) -> list[tuple[int, int]]:
    """Ways to say "the level below" as (digits, zeros); the next but one where a level is missing."""
    lengths = places.PREFIX_LENGTHS[places.level_of(region) + 1 :]
    return [(length, places.LENGTH - length) for length in lengths[:2]]


def _member(row: Mapping[str, object]) -> Member:
    return Member(
        str(row["key"]),
        str(row["code"]),
        str(row["name"]),
        str(row["region_code"]),
        bool(row.get("present", True)),
    )


class Asked:
    """One request made exact: the figure, the dates, the cut."""

    def __init__(self, session: Session, request: FigureRequest) -> None:
        self.session = session
        self.request = request
        self.figure = definitions.figure_named(request.figure)
        self.ask = Ask(request.region, request.period, _as_of(request))
        self.split = tuple(dict.fromkeys((*self.figure.always, *request.split)))
        unknown = {*request.split, *request.dims} - set(self.figure.all_dims)
        if unknown:
            raise FigureFault(
                f"“{self.figure.name}”没有维度 {'、'.join(sorted(unknown))}，可用：{'、'.join(self.figure.all_dims) or '无'}"
            )

    @property
    def answerable(self) -> bool:
        """Whether the dates suffice: what happened in a period cannot be known without one."""
        return self.figure.timing == "date" or self.ask.period is not None

    @cached_property
    def values(self) -> dict[str, str]:
        """Dimensions held to one value: those asked for, and the figure's defaults that are not split."""
        defaults = {dim: value for dim, value in self.figure.default.items() if dim not in self.split}
        return {**defaults, **self.request.dims}

    @cached_property
    def cut(self) -> Cut:
        digits, column = 0, ""
        if self.request.by == REGION:
            digits = self._digits_below()
        elif self.request.by:
            if self.request.by not in definitions.GROUPINGS:
                raise FigureFault(f"不能按“{self.request.by}”分组")
            column = definitions.GROUPINGS[self.request.by].column
        return Cut(
            by=column,
            digits=digits,
            split=self.split,
            wanted=tuple(self.values),
            only=tuple(self.request.only),
        )

    def _digits_below(self) -> int:
        if self.members:
            return len(places.prefix(self.members[0].region_code))
        return levels_below(self.ask.region)[0][0]

    @cached_property
    def members(self) -> list[Member]:
        return self.session.members(self.request.by, self)

    def parameters(self, statement: Statement) -> dict[str, object]:
        low, high = places.bounds(self.ask.region)
        found: dict[str, object] = {"lo": low, "hi": high, "as_of": self.ask.as_of.isoformat()}
        if self.ask.period:
            found |= {"start": self.ask.period.start.isoformat(), "end": self.ask.period.end.isoformat()}
        found |= {f"dim_{dim}": value for dim, value in self.values.items()}
        found |= {f"only_{column}": value for column, value in self.request.only.items()}
        return found | {table: self.session.given(table, self.ask) for table in statement.givens}

    def known(self, part: CompiledPart, region_code: str) -> bool:
        """Whether every register that would hold rows of ``part`` is in use at ``region_code``."""
        in_use = self.session.registers(self.ask.region)
        return all(_any_near(in_use.get(register, set()), region_code) for register in part.known_by)


def _any_near(codes: set[str], region_code: str) -> bool:
    if region_code in codes:
        return True
    return any(places.covers(code, region_code) or places.covers(region_code, code) for code in codes)


def _as_of(request: FigureRequest) -> date:
    if request.as_of:
        return request.as_of
    if request.period is None:
        raise FigureFault("请给出时段(--period)或截止日期(--as-of)")
    return request.period.end
