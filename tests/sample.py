"""The contract's sample county, imported once and kept as a database that tests clone in an instant.

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
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
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
SHAPES = ("linzhan/**/*.py", "linzhan/policy/reference/*.toml", "frontend/package-lock.json")
NO_DATA = ("linzhan/office/", "linzhan/interface/", "linzhan/portal/", "linzhan/field/", "linzhan/reporting/")
SAMPLE, CLONE = "test_sample_", "test_county_"
REFERENCE = (("regions", "load"), ("policy", "load"))

Document = dict[str, Any]


def fingerprint() -> str:
    """What the imported county depends on."""
    digest = hashlib.sha256(ground.fingerprint().encode() + WORKBOOK.read_bytes())
    for path in sorted({path for pattern in SHAPES for path in CHECKOUT.glob(pattern)}):
        name = str(path.relative_to(CHECKOUT))
        if not name.startswith(NO_DATA):
            digest.update(name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def run(*words: str | Path) -> tuple[int, str]:
    """A command of the house as the console script runs it: exit status and standard output."""
    name, *rest = map(str, words)
    from linzhan.command import commands  # noqa: PLC0415 - after the settings

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


def _answer(layout: Layout, name: str) -> Path:
    return layout.run / f"{name}.json"


def _make(connection: Connection[tuple[object, ...]], layout: Layout, name: str) -> None:
    draft = f"draft_{name}"
    ground.drop(connection, draft)
    ground.create(connection, draft, f"{ground.TEMPLATE}{ground.fingerprint()}")
    ground.point_at(draft)
    for words in REFERENCE:
        with redirect_stdout(io.StringIO()):
            call_command(*words)
    status, printed = run("import", WORKBOOK, "--json")
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
    _answer(layout, name).write_text(json.dumps({"status": status, "document": json.loads(printed)}))
    _close()
    for old in ground.databases(connection, SAMPLE):
        ground.drop(connection, old)
        _answer(layout, old).unlink(missing_ok=True)
    statement = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    connection.execute(statement.format(sql.Identifier(draft), sql.Identifier(name)))


def _close() -> None:
    for alias in connections:
        connections[alias].close()


def _abandoned(clone: str) -> bool:
    return ground.is_abandoned(clone.replace(CLONE, ground.CLONE))


@contextmanager
def imported(layout: Layout) -> Iterator[Document]:
    """Both aliases point at a clone of the imported county; gives what its import answered."""
    name, clone = f"{SAMPLE}{fingerprint()}", f"{CLONE}{os.getpid()}"
    with ground.alone(layout) as connection:
        for old in filter(_abandoned, ground.databases(connection, CLONE)):
            ground.drop(connection, old)
        if name not in ground.databases(connection, SAMPLE):
            _make(connection, layout, name)
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
    with django_db_blocker.unblock(), imported(test_server) as answer:
        asking.prepare()  # kept beside the test database until a definition changes
        yield answer
