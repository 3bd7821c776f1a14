"""Where compiled figures run: live PostgreSQL, DuckDB over a copy of the facts, or a Spark cluster.

An engine takes a statement with sentinels and answers rows as dictionaries. Facts are common table
expressions over the app's tables on PostgreSQL (no views, hence no DDL, and row-level security of
the reader applies) and tables of the same columns elsewhere.
"""

# ruff: noqa: S608 -- the texts are made of registered names only
from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from linzhan.kernel.figures.assembling import Statement, bound, only_used, parameter
from linzhan.kernel.figures.compiling import Book, DialectName
from linzhan.kernel.figures.facts import FACTS, Fact, fact_of_table
from linzhan.kernel.figures.givens import Given, given_named

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa
    from django.db.backends.utils import CursorWrapper

Answer = list[dict[str, object]]
ROW_LIMIT = "row_limit"
"""The parameter of statements that read a page of rows."""

_POSTGRES_TYPES = {
    "string": "text",
    "int64": "bigint",
    "float64": "double precision",
    "boolean": "boolean",
    "date": "date",
    "timestamp": "timestamp",
}
_DUCKDB_TYPES = {**_POSTGRES_TYPES, "string": "varchar", "float64": "double", "uuid": "uuid"}


class EngineUnavailable(RuntimeError):
    """The engine asked for cannot be used here; the message says what to do."""


class Engine(Protocol):
    """What ``running`` needs of an engine."""

    @property
    def book(self) -> Book: ...

    def run(self, statement: Statement, parameters: Mapping[str, object]) -> Answer:
        """The rows of ``statement``; of ``parameters`` only those that it has are sent."""


def fact_select(fact: Fact) -> str:
    """The live rows of a fact, just its columns."""
    columns = ", ".join(f'"{name}"' for name in fact.columns)
    return f"SELECT {columns} FROM ({fact.live_sql}) published"


def _known(table: str) -> Fact:
    found = fact_of_table(table)
    if found is None:
        raise KeyError(f"no fact behind {table}")
    return found


class LiveEngine:
    """PostgreSQL through Django's connection, within the caller's transaction and scope."""

    def __init__(self, alias: str = "default", directory: Path | None = None) -> None:
        self.alias = alias
        self.book = _kept_book("postgres", directory)

    def run(self, statement: Statement, parameters: Mapping[str, object]) -> Answer:
        from django.db import connections  # noqa: PLC0415 -- the other engines need no Django

        sql, names = bound(self.text(statement), "percent")
        given = {name: str(value) for name, value in only_used(parameters, names).items()}
        page = ROW_LIMIT in given  # a few rows along an index: the planner's own choice is right
        with connections[self.alias].cursor() as cursor:
            cursor.execute(sql, given) if page else count(cursor, sql, given)
            headers = [column[0] for column in cursor.description or ()]
            return [dict(zip(headers, row, strict=True)) for row in cursor.fetchall()]

    @staticmethod
    def text(statement: Statement) -> str:
        """``statement`` with its facts and supplied tables in front."""
        tables = [f"{name} AS NOT MATERIALIZED ({fact_select(_known(name))})" for name in statement.facts]
        tables += [_supplied_live(given_named(name)) for name in statement.givens]
        return "WITH " + ", ".join([*tables, statement.sql])


def count(cursor: CursorWrapper, sql: str, given: Mapping[str, str]) -> None:
    """Execute a statement that counts whole sets, planned without nested loops: one round trip.

    Behind row-level security and conditions on text the planner expects a row or two of a join and
    loops over a city's records for each: ten minutes where hashing takes seconds.
    """
    cursor.execute(f"SET LOCAL enable_nestloop = off; {sql}; SET LOCAL enable_nestloop = on", given)
    cursor.nextset()


def _supplied_live(given: Given) -> str:
    shape = ", ".join(f'"{name}" {_POSTGRES_TYPES[dtype]}' for name, dtype in given.columns.items())
    json = f"CAST({parameter(given.table)} AS jsonb)"
    return f"{given.table} AS (SELECT * FROM jsonb_to_recordset({json}) AS supplied({shape}))"


@cache
def _kept_book(dialect: DialectName, directory: Path | None) -> Book:
    return Book(dialect, directory)


class DuckDBEngine:
    """DuckDB in this process, over tables that hold the facts (``fact_…``).

    With a ``source`` a fact is copied from live PostgreSQL when a statement first reads it, as the
    caller's scope shows it then.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        source: LiveEngine | None = None,
        directory: Path | None = None,
    ) -> None:
        self.connection = connection
        self.book = _kept_book("duckdb", directory)
        self._source = source
        self._copied: set[str] = set()

    def run(self, statement: Statement, parameters: Mapping[str, object]) -> Answer:
        if self._source:
            for name in set(statement.facts) - self._copied:
                self.load(_known(name), arrow_table(_known(name), _live_rows(self._source, _known(name))))
                self._copied.add(name)
        tables = [_supplied_duckdb(given_named(name)) for name in statement.givens]
        sql, names = bound("WITH " + ", ".join([*tables, statement.sql]), "dollar")
        cursor = self.connection.execute(sql, only_used(parameters, names))
        headers = [column[0] for column in cursor.description or ()]
        return [dict(zip(headers, row, strict=True)) for row in cursor.fetchall()]

    def load(self, fact: Fact, table: pa.Table) -> None:
        """Fill the table of ``fact``."""
        self.connection.register("incoming", table)
        columns = ", ".join(
            f'CAST("{name}" AS {_duckdb_type(dtype)}) AS "{name}"' for name, dtype in fact.columns.items()
        )
        self.connection.execute(f"CREATE OR REPLACE TABLE {fact.table} AS SELECT {columns} FROM incoming")
        self.connection.unregister("incoming")


def _duckdb_type(dtype: str) -> str:
    return _DUCKDB_TYPES.get(dtype, dtype)


def _supplied_duckdb(given: Given) -> str:
    shape = ", ".join(f'"{name}": "{_DUCKDB_TYPES[dtype].upper()}"' for name, dtype in given.columns.items())
    source = f"from_json(CAST({parameter(given.table)} AS json), '[{{{shape}}}]')"
    return f"{given.table} AS (SELECT unnest({source}, recursive := true))"


def duckdb_of_rows(rows: Mapping[str, Iterable[Mapping[str, object]]]) -> DuckDBEngine:
    """An engine over the given rows of facts; facts that are not named are empty."""
    import duckdb  # noqa: PLC0415 -- heavy

    engine = DuckDBEngine(duckdb.connect())
    for each in FACTS:
        engine.load(each, arrow_table(each, rows.get(each.key, ())))
    return engine


def duckdb_of_live(live: LiveEngine, directory: Path | None = None) -> DuckDBEngine:
    """An engine over a copy of the facts it needs, as the caller's scope on PostgreSQL shows them."""
    import duckdb  # noqa: PLC0415 -- heavy

    return DuckDBEngine(duckdb.connect(), live, directory)


def _live_rows(live: LiveEngine, fact: Fact) -> Iterator[Mapping[str, object]]:
    yield from live.run(
        Statement(f"copied AS (SELECT * FROM {fact.table}) SELECT * FROM copied", (fact.table,), ()), {}
    )


def arrow_table(fact: Fact, rows: Iterable[Mapping[str, object]]) -> pa.Table:
    """The rows of a fact as Arrow, with its declared types (identifiers as text)."""
    import pyarrow as pa  # noqa: PLC0415 -- heavy

    listed = list(rows)
    arrays = {
        name: pa.array(
            [_plain(row[name]) if dtype == "uuid" else row[name] for row in listed], _arrow_type(dtype)
        )
        for name, dtype in fact.columns.items()
    }
    return pa.table(arrays)


def _plain(value: object) -> str | None:
    return None if value is None else str(value)


def _arrow_type(dtype: str) -> pa.DataType:
    import pyarrow as pa  # noqa: PLC0415 -- heavy

    if dtype.startswith("decimal("):
        precision, scale = dtype.removeprefix("decimal(").removesuffix(")").split(",")
        return pa.decimal128(int(precision), int(scale))
    named = {"string": "string", "uuid": "string", "int64": "int64", "float64": "float64", "boolean": "bool_"}
    if dtype in named:
        return getattr(pa, named[dtype])()
    return pa.date32() if dtype == "date" else pa.timestamp("us")


def engine_named(name: str, directory: Path | None = None) -> Engine:
    """``live``, ``duckdb`` or ``spark``; :class:`EngineUnavailable` where there is none."""
    live = LiveEngine(directory=directory)
    if name == "live":
        return live
    if name == "duckdb":
        return duckdb_of_live(live, directory)
    raise EngineUnavailable(
        "本机没有 Spark 集群，不能用 --engine spark。请改用 --engine live 或 --engine duckdb，三者的指标口径相同。"
    )


def missing_columns(live: LiveEngine) -> dict[str, str]:
    """Facts whose live SQL does not give their columns, with the database's message; for a test."""
    from django.db import DatabaseError, transaction  # noqa: PLC0415 -- as above

    faults = {}
    for each in FACTS:
        try:
            with transaction.atomic(using=live.alias):
                live.run(
                    Statement(
                        f"one AS (SELECT * FROM {each.table} LIMIT 0) SELECT * FROM one", (each.table,), ()
                    ),
                    {},
                )
        except DatabaseError as fault:
            faults[each.key] = str(fault)
    return faults
