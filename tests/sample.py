"""The country's reference data, and the contract's sample county in it: kept as databases that tests clone.

The import is repeated only when something changed that can shape its result: the house's code, its
reference data, or the workbook. What the first import printed lies beside it, so that a test can read
it without importing again. Tests that use :func:`county` see committed data through the
application's own role; they need no ``django_db`` mark and must not ask for one.
"""

from __future__ import annotations

import fcntl
import hashlib
import io
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command, load_command_class
from django.db import connections
from psycopg import sql
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
CLONE = "test_county_"
REFERENCE = (("regions", "load"), ("policy", "load"))

Document = dict[str, Any]


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


@dataclass(frozen=True)
class Ground:
    """A database that is filled once and cloned whenever tests want to stand on it.

    ``fill`` writes into the clone of what lies ``below`` (nothing: the migrated template); what it answers
    is kept beside it. ``shapes`` are the files that its result depends on.
    """

    name: str
    shapes: tuple[str, ...]
    fill: Callable[[], Document]
    below: Ground | None = None

    @property
    def prefix(self) -> str:
        return f"test_{self.name}_"

    @cached_property
    def database(self) -> str:
        """Its name, which changes with what it depends on."""
        digest = hashlib.sha256(ground.fingerprint().encode() + WORKBOOK.read_bytes())
        for path in sorted({path for pattern in self.shapes for path in CHECKOUT.glob(pattern)}):
            name = str(path.relative_to(CHECKOUT))
            if not name.startswith(NO_DATA):
                digest.update(name.encode() + path.read_bytes())
        return f"{self.prefix}{digest.hexdigest()[:16]}"


def _reference_data() -> Document:
    for words in REFERENCE:
        with redirect_stdout(io.StringIO()):
            call_command(*words)
    return {}


def _sample_county() -> Document:
    status, printed = run("import", WORKBOOK, "--json")
    return {"status": status, "document": json.loads(printed)}


COUNTRY = Ground("country", COUNTRY_SHAPES, _reference_data)
SAMPLE = Ground("sample", SHAPES, _sample_county, COUNTRY)


def _answer(layout: Layout, database: str) -> Path:
    return layout.run / f"{database}.json"


def _is_there(layout: Layout, wanted: Ground) -> bool:
    with ground.alone(layout) as connection:
        return wanted.database in ground.databases(connection, wanted.database)


@contextmanager
def by_turns(layout: Layout, what: str) -> Iterator[None]:
    """No other process does this meanwhile."""
    with (layout.run / f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def prepare(layout: Layout, wanted: Ground) -> None:
    """Fill what is not filled yet, lowest first. Whoever wants the same waits for it; others go on."""
    if _is_there(layout, wanted):
        return
    if wanted.below:
        prepare(layout, wanted.below)
    with by_turns(layout, wanted.name):
        if not _is_there(layout, wanted):
            _make(layout, wanted)


def _make(layout: Layout, wanted: Ground) -> None:
    """Fill a draft and rename it: an interrupted attempt is never mistaken for the finished one."""
    name, draft = wanted.database, f"draft_{wanted.database}"
    below = wanted.below.database if wanted.below else f"{ground.TEMPLATE}{ground.fingerprint()}"
    with ground.alone(layout) as connection:
        ground.drop(connection, draft)
        ground.create(connection, draft, below)
    before = connections["owner"].settings_dict["NAME"]
    ground.point_at(draft)
    try:
        _answer(layout, name).write_text(json.dumps(wanted.fill()))
        with connections["owner"].cursor() as cursor:
            cursor.execute("ANALYZE")
    finally:
        ground.point_at(before)
    with ground.alone(layout) as connection:
        for old in ground.databases(connection, wanted.prefix):
            ground.drop(connection, old)
            _answer(layout, old).unlink(missing_ok=True)
        statement = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        connection.execute(statement.format(sql.Identifier(draft), sql.Identifier(name)))


def _abandoned(clone: str) -> bool:
    return ground.is_abandoned(clone.replace(CLONE, ground.CLONE))


@contextmanager
def standing_on(layout: Layout, wanted: Ground) -> Iterator[Document]:
    """Both aliases point at a clone of ``wanted``; gives what filling it answered."""
    clone = f"{CLONE}{os.getpid()}"
    prepare(layout, wanted)
    with ground.alone(layout) as connection:
        for old in filter(_abandoned, ground.databases(connection, CLONE)):
            ground.drop(connection, old)
        ground.drop(connection, clone)
        ground.create(connection, clone, wanted.database)
    ground.point_at(clone)
    try:
        yield json.loads(_answer(layout, wanted.database).read_text())
    finally:
        ground.point_at(f"{ground.CLONE}{os.getpid()}")
        with ground.alone(layout) as connection:
            ground.drop(connection, clone)


@pytest.fixture(scope="module")
def county(
    test_server: Layout, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Document]:
    """The sample county in a database of its own; changes stay until the module ends."""
    with django_db_blocker.unblock(), standing_on(test_server, SAMPLE) as answer:
        asking.prepare()  # kept beside the test database until a definition changes
        yield answer
