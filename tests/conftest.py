"""The database under the tests: a real embedded PostgreSQL, used as the application's own role.

The owner's role migrates once into a template, named after a fingerprint of everything that shapes
the tables; every run (and every worker of pytest-xdist) clones it in a fraction of a second and
drops its clone at the end. Both aliases point at the clone, so row-level security is real: a test
through ``default`` sees what the application would see, and cannot touch what belongs to the owner.
"""

from __future__ import annotations

import fcntl
import gc
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import hypothesis
import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import TransactionTestCase
from psycopg import sql
from pytest_django import DjangoDbBlocker

from linzhan.kernel.postgres import Layout, database
from linzhan.kernel.postgres.connection import OWNER
from linzhan.kernel.postgres.roles import superuser_dsn

CHECKOUT = Path(__file__).resolve().parents[1]
SHAPES = (
    "requirements/core.txt",
    "config/settings/*.py",
    "linzhan/**/migrations/*.py",
    "linzhan/**/models.py",
    "linzhan/**/models/*.py",
    "linzhan/kernel/**/*.py",
)
TEMPLATE, CLONE = "test_template_", "test_run_"
COSTLY_GROUND = ("platform", "journeys", "permissions", "demo", "contract")
"""Directories whose modules share what takes long to make: begun first, in one go, and not at the end by halves.

The longest come first: whole first starts at the end would leave the other worker with nothing to do.
"""

hypothesis.settings.register_profile(
    "linzhan", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile(
    "linzhan"
)  # what is slow is measured in bench/; a loaded machine is no fault

gc.disable()  # what is imported and collected stays: nothing to be found in it until the first test


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The last tests to be shared out between workers are short ones on ground that every worker has."""
    here = Path(__file__).parent
    rank = {name: number for number, name in enumerate(COSTLY_GROUND)}
    items.sort(key=lambda item: rank.get(item.path.relative_to(here).parts[0], len(rank)))


def pytest_collection_finish() -> None:
    """Modules and tests are not searched for garbage after every few thousand objects."""
    gc.freeze()
    gc.enable()


@cache  # read once: a file saved during a run must not part it from its template
def fingerprint() -> str:
    """What the tables and the wall depend on; a change makes a new template."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in SHAPES for path in CHECKOUT.glob(pattern)}):
        digest.update(str(path.relative_to(CHECKOUT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def alone(layout: Layout) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A superuser's connection while no other run makes or clones a template."""
    with (layout.run / "tests.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with psycopg.connect(superuser_dsn(layout), autocommit=True) as connection:
            yield connection


def databases(connection: psycopg.Connection[tuple[object, ...]], prefix: str) -> list[str]:
    rows = connection.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix]
    ).fetchall()
    return [str(name) for (name,) in rows]


def drop(connection: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def create(connection: psycopg.Connection[tuple[object, ...]], name: str, template: str) -> None:
    statement = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}")
    connection.execute(
        statement.format(sql.Identifier(name), sql.Identifier(OWNER), sql.Identifier(template))
    )


def is_abandoned(clone: str) -> bool:
    """A clone is named after the process that uses it."""
    try:
        os.kill(int(clone.removeprefix(CLONE)), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def point_at(name: str) -> None:
    """Make both aliases use the database ``name`` on the server as it now listens."""
    addresses = settings.DATABASES
    for alias in connections:
        connections[alias].close()
        connections[alias].settings_dict.update(NAME=name, PORT=addresses[alias]["PORT"])


def make_template(connection: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    """Migrate into a draft and rename it: an interrupted attempt is never mistaken for a template."""
    draft = f"draft_{name}"
    drop(connection, draft)
    create(connection, draft, "template1")
    point_at(draft)
    call_command("migrate", database="owner", verbosity=0, interactive=False, skip_checks=True)
    for alias in connections:
        connections[alias].close()
    for old in databases(connection, TEMPLATE):
        drop(connection, old)
    connection.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(draft), sql.Identifier(name))
    )


@pytest.fixture(scope="session")
def test_server() -> Iterator[Layout]:
    """The embedded server of the tests, shared with other runs on the same directory."""
    layout = Layout(settings.DATA)
    with database(settings.DATA, durable=False) as connection:
        from config import env

        for alias, address in (("default", connection.app_dsn), ("owner", connection.owner_dsn)):
            settings.DATABASES[alias].update(env.django_database(address))
        yield layout


@pytest.fixture(scope="session")
def django_db_setup(
    test_server: Layout, django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """A fresh clone of the migrated template for this process."""
    template, clone = f"{TEMPLATE}{fingerprint()}", f"{CLONE}{os.getpid()}"
    with django_db_blocker.unblock():
        with alone(test_server) as connection:
            for abandoned in filter(is_abandoned, databases(connection, CLONE)):
                drop(connection, abandoned)
            if template not in databases(connection, TEMPLATE):
                make_template(connection, template)
            drop(connection, clone)
            create(connection, clone, template)
        point_at(clone)
        with psycopg.connect(superuser_dsn(test_server, name=clone), autocommit=True) as cleaner:
            setattr(TransactionTestCase, "_fixture_teardown", empty_with(cleaner))  # noqa: B010 - private to Django's stubs
            yield
        for alias in connections:
            connections[alias].close()
        with alone(test_server) as connection:
            drop(connection, clone)


def tables_to_empty(connection: psycopg.Connection[tuple[object, ...]]) -> tuple[str, ...]:
    """The tables that are empty after migrating; the others hold what every instance has."""
    rows = connection.execute(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition"
        " AND relnamespace = 'public'::regnamespace"
    ).fetchall()
    return tuple(str(name) for (name,) in rows if not _has_rows(connection, str(name)))


def _has_rows(connection: psycopg.Connection[tuple[object, ...]], table: str) -> bool:
    statement = sql.SQL("SELECT 1 FROM {} LIMIT 1").format(sql.Identifier(table))
    return connection.execute(statement).fetchone() is not None


START_AGAIN = """
SELECT setval(s.seqrelid, s.seqstart, false)
FROM pg_sequence s JOIN pg_depend d ON d.objid = s.seqrelid AND d.classid = 'pg_class'::regclass
WHERE d.deptype IN ('a', 'i') AND d.refobjid = ANY(%s::regclass[])
"""


def empty_with(session: psycopg.Connection[tuple[object, ...]]) -> Callable[[TransactionTestCase], None]:
    """Django would empty the tables through the test's own connection, which the application's role may not do.

    A test leaves a few rows in a few tables: to look for them and to delete them, in a session that stays,
    costs a small part of truncating everything.
    """
    tables = tables_to_empty(session)
    asked = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(sql.Literal(name), sql.Identifier(name))
        for name in tables
    )

    def empty(self: TransactionTestCase) -> None:
        del self
        with session.transaction():
            session.execute("SET LOCAL session_replication_role = replica")  # history refuses to be emptied
            for (name,) in session.execute(asked).fetchall():
                session.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(str(name))))
            session.execute(START_AGAIN, [list(tables)])

    return empty
