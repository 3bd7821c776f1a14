"""From a definition to SQL, once per dialect; the SQL is kept, so that web processes never import Ibis.

What is kept is a JSON file under the data directory, named by a hash of everything it was made
from. A process that finds no such file compiles what it needs itself (slow the first time, right
always).
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import logging
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from linzhan.kernel.figures import definitions
from linzhan.kernel.figures.facts import FACTS, fact_of_table
from linzhan.kernel.figures.measures import Empty, Formula, Kind, Part
from linzhan.kernel.figures.query import Query, sentinel

if TYPE_CHECKING:
    from ibis.expr.types import Table
    from sqlglot.dialects.dialect import Dialect
    from sqlglot.expressions import Expression

logger = logging.getLogger(__name__)

DialectName = Literal["postgres", "duckdb", "pyspark"]
MEMBER_COLUMNS = ("key", "code", "name", "region_code")


class BadDefinition(TypeError):
    """A definition that cannot be compiled: a fault of the code, not of the reader."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Select:
    """A compiled table: its SQL with sentinels, its columns, and the tables it reads."""

    sql: str
    columns: Mapping[str, str]
    facts: tuple[str, ...]  # tables
    givens: tuple[str, ...]  # tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A compiled :class:`~linzhan.kernel.figures.measures.Several`."""

    dim: str
    on: str
    select: Select


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledPart:
    """A :class:`~linzhan.kernel.figures.measures.Part` whose rows are SQL."""

    kind: Kind
    rows: Select
    column: str
    key: tuple[str, ...]
    met: str
    month: str
    per: str
    divide: int
    several: tuple[Link, ...]
    known_by: tuple[str, ...]
    empty: Empty

    def link(self, dim: str) -> Link | None:
        return next((each for each in self.several if each.dim == dim), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """A figure in one dialect."""

    parts: tuple[CompiledPart, ...]  # one, or the two of a ratio
    times: int

    @property
    def facts(self) -> frozenset[str]:
        """Tables of all facts the figure reads, those of split dimensions included."""
        return frozenset(table for select in self._selects for table in select.facts)

    @property
    def givens(self) -> frozenset[str]:
        """Supplied tables of all that the figure reads: the calendar, the rulings."""
        return frozenset(table for select in self._selects for table in select.givens)

    @property
    def _selects(self) -> list[Select]:
        return [each for part in self.parts for each in (part.rows, *(link.select for link in part.several))]


def _dialect(name: DialectName) -> tuple[Callable[[Table], Expression], type[Dialect]]:
    if name == "postgres":
        from ibis.backends.sql.compilers.postgres import PostgresCompiler as Compiler  # noqa: PLC0415 -- heavy
    elif name == "duckdb":
        from ibis.backends.sql.compilers.duckdb import DuckDBCompiler as Compiler  # noqa: PLC0415 -- heavy
    else:
        from ibis.backends.sql.compilers.pyspark import PySparkCompiler as Compiler  # noqa: PLC0415 -- heavy

        _set_spark_options()
    made = Compiler()
    return made.to_sqlglot, made.dialect


def _set_spark_options() -> None:
    """The compiler reads an option that only its backend sets, and the backend needs Spark installed."""
    from ibis import options  # noqa: PLC0415 -- heavy
    from ibis.config import Config  # noqa: PLC0415 -- heavy

    if options.pyspark is None:
        options.pyspark = type("Spark", (Config,), {"__annotations__": {"treat_nan_as_null": bool}})(
            treat_nan_as_null=False
        )


def compile_table(table: Table, dialect: DialectName) -> Select:
    """SQL of ``table`` in ``dialect``, with the names of the facts and supplied tables it reads."""
    import ibis.expr.operations as ops  # noqa: PLC0415 -- heavy

    to_sqlglot, writer = _dialect(dialect)
    read = sorted({node.name for node in table.op().find(ops.UnboundTable)})
    facts = tuple(name for name in read if fact_of_table(name))
    return Select(
        sql=to_sqlglot(table).sql(dialect=writer),
        columns={name: str(dtype).removeprefix("!") for name, dtype in table.schema().items()},
        facts=facts,
        givens=tuple(name for name in read if name not in facts),
    )


def _compile_part(part: Part, figure: definitions.Figure, dialect: DialectName) -> CompiledPart:
    links = tuple(
        Link(dim=each.dim, on=each.on, select=compile_table(each.table, dialect)) for each in part.several
    )
    made = CompiledPart(
        kind=part.kind,
        rows=compile_table(part.rows, dialect),
        column=part.column,
        key=part.key,
        met=part.met,
        month=part.month,
        per=part.per,
        divide=part.divide,
        several=links,
        known_by=figure.known_by if part.known_by is None else part.known_by,
        empty=part.empty,
    )
    _check_columns(made, figure)
    return made


def _check_columns(part: CompiledPart, figure: definitions.Figure) -> None:
    """A definition that forgot a column fails when it is compiled, not when somebody splits by it."""
    named = [part.column, part.met, part.month, *part.key, *(link.on for link in part.several)]
    if part.kind is Kind.GIVEN:
        named += ["numerator", "denominator"]
    dims = [dim for dim in figure.all_dims if not part.link(dim)]
    missing = {"id", "region_code", *named, *dims} - {"", *part.rows.columns}
    if missing:
        raise BadDefinition(f"{figure.key}: its rows lack the columns {sorted(missing)}")
    uncertain = {dim for dim in (*figure.default, *figure.always) if part.link(dim)}
    if uncertain:
        raise BadDefinition(
            f"{figure.key}: {sorted(uncertain)} has several values and cannot be default or always"
        )


def _check_timing(figure: definitions.Figure, parts: Iterable[CompiledPart]) -> None:
    needs_period = any(_needs_period(part) for part in parts)
    if figure.timing == "date" and needs_period:
        raise BadDefinition(f"{figure.key} is taken on a date, yet it reads the period")


def _needs_period(part: CompiledPart) -> bool:
    selects = [part.rows, *(link.select for link in part.several)]
    return any(
        sentinel("start") in each.sql or sentinel("end") in each.sql or "given_months" in each.givens
        for each in selects
    )


def compile_figure(figure: definitions.Figure, dialect: DialectName) -> Compiled:
    """Call the definition and compile what it gives back; :class:`BadDefinition` says what is wrong."""
    formula = figure.define(Query())
    if not isinstance(formula, Formula):
        raise BadDefinition(
            f"{figure.key}: the definition gives back {type(formula).__name__}, not a measure"
        )
    parts = tuple(_compile_part(part, figure, dialect) for part in (formula.part, formula.below) if part)
    _check_timing(figure, parts)
    return Compiled(parts=parts, times=formula.times)


def compile_members(grouping: definitions.Grouping, dialect: DialectName) -> Select:
    """The members of a grouping; they need ``key``, ``code``, ``name`` and ``region_code``."""
    made = compile_table(grouping.members(Query()), dialect)
    missing = set(MEMBER_COLUMNS) - set(made.columns)
    if missing:
        raise BadDefinition(f"grouping {grouping.key}: its members lack the columns {sorted(missing)}")
    return made


def fingerprint(dialect: DialectName) -> str:
    """A hash of all that the compiled SQL depends on: definitions, facts, this package, Ibis."""
    digest = hashlib.sha256(f"{dialect} {importlib.metadata.version('ibis-framework')}".encode())
    for each in FACTS:
        digest.update(repr((each.key, sorted(each.columns.items()))).encode())
    for path in sorted(_sources()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:24]


def _sources() -> set[Path]:
    functions = [each.define.__module__ for each in definitions.catalogue()]
    functions += [each.members.__module__ for each in definitions.GROUPINGS]
    files = (getattr(sys.modules.get(name), "__file__", None) for name in functions)
    return {Path(file) for file in files if file} | set(Path(__file__).parent.glob("*.py"))


@dataclass(slots=True)
class Book:
    """The compiled figures of one dialect: from memory, from the kept file, or compiled now."""

    dialect: DialectName
    directory: Path | None = None
    _figures: dict[str, Compiled] = field(default_factory=dict)
    _members: dict[str, Select] = field(default_factory=dict)
    _read: bool = False

    def figure(self, key: str) -> Compiled:
        self._open()
        if key not in self._figures:
            self._figures[key] = compile_figure(definitions.figure_named(key), self.dialect)
        return self._figures[key]

    def members(self, grouping: definitions.Grouping) -> Select:
        self._open()
        if grouping.key not in self._members:
            self._members[grouping.key] = compile_members(grouping, self.dialect)
        return self._members[grouping.key]

    @property
    def is_kept(self) -> bool:
        """Whether these very definitions were compiled and kept before."""
        return self._path is not None and self._path.exists()

    def prepare(self) -> Path | None:
        """Compile everything and keep it; the file's path, or None without a directory."""
        for figure in definitions.catalogue():
            self.figure(figure.key)
        for grouping in definitions.GROUPINGS:
            self.members(grouping)
        return self._keep() if self.directory else None

    @property
    def _path(self) -> Path | None:
        return self.directory / f"{self.dialect}-{fingerprint(self.dialect)}.json" if self.directory else None

    def _open(self) -> None:
        if self._read:
            return
        self._read = True
        path = self._path
        if path is None:
            return
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            logger.debug("no compiled figures at %s: compiling as needed", path)
            return
        self._figures = {key: _compiled_from(value) for key, value in content["figures"].items()}
        self._members = {key: _select_from(value) for key, value in content["members"].items()}

    def _keep(self) -> Path | None:
        path = self._path
        if path is None or path.exists():
            return path
        path.parent.mkdir(parents=True, exist_ok=True)
        content = {
            "figures": {key: asdict(value) for key, value in self._figures.items()},
            "members": {key: asdict(value) for key, value in self._members.items()},
        }
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        draft.replace(path)
        for other in path.parent.glob(f"{self.dialect}-*.json"):
            if other != path:
                other.unlink(missing_ok=True)
        return path


def _select_from(value: dict[str, object]) -> Select:
    made = Select(**value)  # type: ignore[arg-type]  # written by asdict of the same class
    return replace(made, facts=tuple(made.facts), givens=tuple(made.givens))


def _part_from(value: dict[str, object]) -> CompiledPart:
    made = CompiledPart(**value)  # type: ignore[arg-type]  # written by asdict of the same class
    return replace(
        made,
        kind=Kind(made.kind),
        rows=_select_from(value["rows"]),  # type: ignore[arg-type]  # as above
        key=tuple(made.key),
        known_by=tuple(made.known_by),
        several=tuple(
            Link(dim=each["dim"], on=each["on"], select=_select_from(each["select"]))
            for each in value["several"]  # type: ignore[attr-defined]  # as above
        ),
    )


def _compiled_from(value: dict[str, object]) -> Compiled:
    parts = tuple(_part_from(each) for each in value["parts"])  # type: ignore[attr-defined]  # written by asdict
    return Compiled(parts=parts, times=value["times"])  # type: ignore[arg-type]  # written by asdict
