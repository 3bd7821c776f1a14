"""What a rule of early warning is: an entry with its thresholds, its base data, and one question for a whole place.

A rule is asked of a subtree and a day, never of one row: its question is one statement over the rows of the
subtree (``domain.md`` §13). It answers with findings; what becomes of them is :mod:`.keeping`'s.

    sql_rule("RW08", name=_("个案超期"), …, asks={"days": CASE_OVERRUN_DAYS}, needs=("case-files",), sql=…, told=…)
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection

from linzhan.kernel import places
from linzhan.kernel.registry import Registry
from linzhan.oversight.audiences import NARROW
from linzhan.oversight.enums import SEVERITIES, About, MoneyStage, Severity, Tier
from linzhan.oversight.warning.thresholds import Thresholds, worded
from linzhan.policy.api import Parameter

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Row = tuple[str, str]
"""A row behind a finding: the register's key and the id."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a rule is asked: the subtree, the day, and the thresholds as they hold in every part of it."""

    region: str
    on: date
    thresholds: Thresholds

    @property
    def bounds(self) -> tuple[str, str]:
        return places.bounds(self.region)


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """What a rule found of one subject.

    ``key`` tells it from the rule's other findings, in every later run. ``past``: it happened and cannot cease
    to be true (a filing that came late); it stays until somebody closes it, and is then not raised again.
    ``rows`` are behind it (a few are kept, ``rows_count`` says how many there are). ``about`` says what it is
    about where that is not what the rule's findings are mostly about.
    """

    key: str
    region_code: str
    severity: int
    message: str
    subject_id: UUID | None = None
    subject_code: str = ""
    station_id: UUID | None = None
    provider_id: UUID | None = None
    person_id: UUID | None = None
    since: date | None = None
    clause: str = ""
    rulings: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    rows_count: int = 0
    past: bool = False
    about: About | None = None

    @property
    def word(self) -> Severity:
        return SEVERITIES[self.severity - 1]


Ask = Callable[[Asked], Iterable[Finding]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """A rule: what it asks, against which thresholds, of which registers, and with whom its alerts begin.

    ``needs`` are registers without which a county holds nothing to say: there the rule is silent and says why;
    so it is where none of ``any_of`` is kept.
    ``wakes`` are registers whose rows must not wait for the night: a write of one asks the rule at once.
    ``hours`` says that its terms are hours or less, so that it is asked every ten minutes and not every hour.
    ``names`` are registers whose rows behind a finding are its subjects too (the projects of one worker).
    ``money`` is where in the way of the money the risk lies (RSK-05). In ``formula`` a name of ``asks`` in braces
    stands for the number of the place.
    """

    code: str
    name: StrOrPromise
    about: About
    severity: Severity
    formula: StrOrPromise
    action: StrOrPromise
    tier: Tier
    asks: Mapping[str, Parameter[Any]]
    needs: tuple[str, ...]
    ask: Ask
    wakes: tuple[str, ...] = ()
    hours: bool = False
    names: tuple[str, ...] = ()
    money: MoneyStage | None = None
    any_of: tuple[str, ...] = ()

    def method(self, region: str, on: date) -> str:
        """``formula`` with the numbers that hold in a place on a day (Chinese)."""
        return worded(str(self.formula), self.asks, region, on)

    def lacks(self, kept: Collection[str]) -> bool:
        """Whether a county that keeps these registers holds nothing that the rule could look at."""
        return not set(self.needs) <= set(kept) or bool(self.any_of and set(self.any_of).isdisjoint(kept))

    @property
    def narrow(self) -> bool:
        """Whether even that it found something is told to a narrow circle only."""
        return self.code in NARROW


RULES: Registry[Rule] = Registry("early-warning rules", key="code")
Told = Callable[[Mapping[str, Any]], str]

COLUMNS = (
    "subject_id", "subject_code", "key", "region_code", "station_id", "provider_id", "person_id", "severity",
    "since", "n", "facts", "rows", "rows_count", "past", "about",
)  # fmt: skip
HERE = """JOIN LATERAL (
    SELECT * FROM ruled WHERE starts_with({row}.region_code::text, ruled.prefix) ORDER BY length(ruled.prefix) DESC LIMIT 1
) r ON true"""
"""Joins to a row the thresholds of the nearest place that decides, as ``r``."""
WORDS = frozenset({"grade"})
"""Thresholds that are words, not numbers."""
LOCAL = "({moment} AT TIME ZONE 'Asia/Shanghai')::date"


def here(row: str) -> str:
    return HERE.format(row=row)


def local(moment: str) -> str:
    return LOCAL.format(moment=moment)


def sql_rule(code: str, *, sql: str, told: Told, asks: Mapping[str, Parameter[Any]], **entry: Any) -> Rule:
    """Register a rule whose question is a statement.

    ``sql`` begins after ``WITH ruled AS (…)`` with further common tables or with the select that gives the
    columns of :data:`COLUMNS` it has, by name; it may use ``%(low)s``, ``%(high)s`` and ``%(day)s``.
    ``told`` makes the Chinese sentence of the facts of a finding.
    """

    return RULES.add(Rule(code=code, asks=asks, ask=in_sql(sql, told), **entry))


def in_sql(sql: str, told: Told) -> Ask:
    """One statement as a question, for a rule that asks several."""

    def ask(asked: Asked) -> Iterable[Finding]:
        return findings_of(asked, sql, told)

    return ask


def together(*asks: Ask) -> Ask:
    """What several questions find, as the findings of one rule."""

    def ask(asked: Asked) -> Iterable[Finding]:
        return chain.from_iterable(each(asked) for each in asks)

    return ask


def findings_of(asked: Asked, sql: str, told: Told) -> list[Finding]:
    """What a statement finds (see :func:`sql_rule` for what it may say)."""
    low, high = asked.bounds
    lines, names = asked.thresholds.lines, asked.thresholds.names
    typed = "".join(f', "{name}" {"text" if name in WORDS else "numeric"}' for name in names)
    # S608: the names are those of declared thresholds
    head = f"WITH ruled AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(%(lines)s::jsonb) AS t (prefix text, n int{typed}))"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"{head} {sql}", {"lines": lines, "low": low, "high": high, "day": asked.on})
        present = [column.name for column in cursor.description or ()]
        return [_finding(dict(zip(present, row, strict=True)), asked, told) for row in cursor.fetchall()]


def _finding(row: Mapping[str, Any], asked: Asked, told: Told) -> Finding:
    facts: dict[str, Any] = _loaded(row["facts"])
    behind = tuple((each[0], each[1]) for each in _loaded(row.get("rows")) or ())
    n = row["n"]
    return Finding(
        key=row["key"],
        region_code=row["region_code"],
        severity=row["severity"],
        message=told(facts),
        subject_id=row.get("subject_id"),
        subject_code=row.get("subject_code") or "",
        station_id=row.get("station_id"),
        provider_id=row.get("provider_id"),
        person_id=row.get("person_id"),
        since=row.get("since"),
        clause=asked.thresholds.clauses[n],
        rulings=asked.thresholds.records[n],
        facts=facts,
        rows=behind,
        rows_count=row.get("rows_count") or len(behind),
        past=bool(row.get("past")),
        about=About(row["about"]) if row.get("about") else None,
    )


def _loaded(value: Any) -> Any:
    """A bare cursor gives JSON as text."""
    return json.loads(value) if isinstance(value, str) else value
