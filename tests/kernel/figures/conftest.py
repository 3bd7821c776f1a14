"""The toy world on DuckDB, and on PostgreSQL where a test asks for it."""

from __future__ import annotations

import pytest
from django.db import connection

from linzhan.kernel.figures import engines
from linzhan.kernel.figures.compiling import Book
from linzhan.kernel.figures.definitions import FIGURES, GROUPINGS, RULINGS
from linzhan.kernel.figures.engines import DuckDBEngine, Engine, LiveEngine
from linzhan.kernel.figures.facts import FACTS
from tests.kernel.figures import toys

REGISTRIES = (FACTS, FIGURES, RULINGS, GROUPINGS)
_books: dict[str, Book] = {}


@pytest.fixture
def toy_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the toy facts and figures are registered."""
    for registry in REGISTRIES:
        monkeypatch.setattr(registry, "_entries", {})
    toys.install()


def with_toy_book(engine: Engine, dialect: str) -> Engine:
    """The toy definitions never change: compile them once for all tests."""
    engine.book = _books.setdefault(dialect, Book(dialect))  # type: ignore[misc, arg-type]  # a protocol's property
    return engine


@pytest.fixture
def duck(toy_figures: None) -> DuckDBEngine:
    """DuckDB over the toy world."""
    return duck_over(toys.world())


def duck_over(world: dict[str, toys.Rows]) -> DuckDBEngine:
    engine = engines.duckdb_of_rows(world)
    with_toy_book(engine, "duckdb")
    return engine


@pytest.fixture
def live(toy_figures: None, db: None) -> LiveEngine:
    """PostgreSQL over the toy world."""
    fill(toys.world())
    engine = LiveEngine()
    with_toy_book(engine, "postgres")
    return engine


def fill(world: dict[str, toys.Rows]) -> None:
    """Put the rows into temporary tables of the test's transaction."""
    with connection.cursor() as cursor:
        for key, columns in toys.COLUMNS.items():
            cursor.execute(f"DROP TABLE IF EXISTS pg_temp.toy_{key}")
            cursor.execute(toys.table_sql(key))
            values = [[row[name] for name in columns] for row in world[key]]
            cursor.executemany(f"INSERT INTO toy_{key} VALUES ({', '.join(['%s'] * len(columns))})", values)
