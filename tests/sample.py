"""The country's reference data, and the contract's sample county in it: kept as databases that tests clone.

The import is repeated only when something changed that can shape its result: the house's code, its
reference data, or the workbook. What the first import printed lies beside it, so that a test can read
it without importing again. Tests that use :func:`county` see committed data through the
application's own role; they need no ``django_db`` mark and must not ask for one.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command, load_command_class
from django.db import connections
from psycopg import Connection, sql
from pytest_django import DjangoDbBlocker

from linzhan.kernel.figures import asking
from linzhan.kernel.postgres import Layout
from tests import conftest as ground

CHECKOUT = Path(__file__).resolve().parents[1]
DATA = CHECKOUT / "tests" / "data"
WORKBOOK = DATA / "hecheng-2021.xlsx"
EXPECTED = DATA / "hecheng-2021.expected.json"
COUNTRY_SHAPES = (
    "linzhan/territory/*.py",
    "linzhan/policy/**/*.py",
    "linzhan/policy/reference/*.toml",
    "frontend/package-lock.json",
)
SHAPES = (*COUNTRY_SHAPES, "linzhan/**/*.py")
NO_DATA = ("linzhan/office/", "linzhan/interface/", "linzhan/portal/", "linzhan/field/", "linzhan/reporting/")
COUNTRY, SAMPLE, CLONE = "test_country_", "test_sample_", "test_county_"
REFERENCE = (("regions", "load"), ("policy", "load"))

Document = dict[str, Any]


@cache
def fingerprint(shapes: tuple[str, ...]) -> str:
    """What the country, or the imported county, depends on."""
    digest = hashlib.sha256(ground.fingerprint().encode() + WORKBOOK.read_bytes())
    for path in sorted({path for pattern in shapes for path in CHECKOUT.glob(pattern)}):
        name = str(path.relative_to(CHECKOUT))
        if not name.startswith(NO_DATA):
            digest.update(name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def run(*words: str | Path) -> tuple[int, str]:
    """A command of the house as the console script runs it: exit status and standard output."""
    name, *rest = map(str, words)
    from linzhan.command import commands

    command = load_command_class(f"linzhan.{commands()[name].parents[2].name}", name)
    printed = io.StringIO()
    command.stdout._out = printed
    with redirect_stdout(printed):
        try:
            skip = ["--skip-checks"] if command.requires_system_checks else []
            command.run_from_argv(["linzhan", name, *skip, *rest])
        except SystemExit as stop:
            return int(stop.code or 0), printed.getvalue()
    return 0, printed.getvalue()


def expected() -> Document:
    """What the sample's maker says must come out of it."""
    found: Document = json.loads(EXPECTED.read_text(encoding="utf-8"))
    return found


Fill = Callable[[], Document]


def _reference_data() -> Document:
    for words in REFERENCE:
        with redirect_stdout(io.StringIO()):
            call_command(*words)
    return {}


def _sample_county() -> Document:
    status, printed = run("import", WORKBOOK, "--json")
    return {"status": status, "document": json.loads(printed)}


def _answer(layout: Layout, name: str) -> Path:
    return layout.run / f"{name}.json"


def _make(
    connection: Connection[tuple[object, ...]], layout: Layout, name: str, ground_name: str, fill: Fill
) -> None:
    """Fill a draft and rename it: an interrupted attempt is never mistaken for the finished one."""
    draft = f"draft_{name}"
    ground.drop(connection, draft)
    ground.create(connection, draft, ground_name)
    ground.point_at(draft)
    _answer(layout, name).write_text(json.dumps(fill()))
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
    for alias in connections:
        connections[alias].close()
    for old in ground.databases(connection, name.rpartition("_")[0] + "_"):
        ground.drop(connection, old)
        _answer(layout, old).unlink(missing_ok=True)
    statement = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    connection.execute(statement.format(sql.Identifier(draft), sql.Identifier(name)))


def _abandoned(clone: str) -> bool:
    return ground.is_abandoned(clone.replace(CLONE, ground.CLONE))


@contextmanager
def standing_in(layout: Layout, *, sample: bool) -> Iterator[Document]:
    """Both aliases point at a clone of the country, or of the sample county; gives what its import answered."""
    country, clone = f"{COUNTRY}{fingerprint(COUNTRY_SHAPES)}", f"{CLONE}{os.getpid()}"
    name = f"{SAMPLE}{fingerprint(SHAPES)}" if sample else country
    with ground.alone(layout) as connection:
        for old in filter(_abandoned, ground.databases(connection, CLONE)):
            ground.drop(connection, old)
        base = f"{ground.TEMPLATE}{ground.fingerprint()}"
        for wanted, below, fill in ((country, base, _reference_data), (name, country, _sample_county)):
            if wanted not in ground.databases(connection, wanted):
                _make(connection, layout, wanted, below, fill)
        ground.drop(connection, clone)
        ground.create(connection, clone, name)
    ground.point_at(clone)
    try:
        yield json.loads(_answer(layout, name).read_text())
    finally:
        ground.point_at(f"{ground.CLONE}{os.getpid()}")
        with ground.alone(layout) as connection:
            ground.drop(connection, clone)


@pytest.fixture(scope="module")
def county(
    test_server: Layout, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Document]:
    """The sample county in a database of its own; changes stay until the module ends."""
    with django_db_blocker.unblock(), standing_in(test_server, sample=True) as answer:
        asking.prepare()  # kept beside the test database until a definition changes
        yield answer


@pytest.fixture(scope="module")
def country(test_server: Layout, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """All divisions and the rulebook and nothing else, in a database of its own."""
    with django_db_blocker.unblock(), standing_in(test_server, sample=False):
        asking.prepare()
        yield
