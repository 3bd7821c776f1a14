from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from pytest_django import DjangoDbBlocker

from linzhan.kernel.postgres import Layout
from linzhan.kernel.postgres.connection import DATABASE
from linzhan.kernel.postgres.roles import superuser_dsn
from tests import conftest as ground
from tests import sample


@pytest.fixture(scope="session")
def instance(test_server: Layout, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Path:
    """The data directory of the tests as an operator's instance, beside the databases of the tests.

    The first time its database is cloned from the country that other tests stand on, which the next command
    brings to the rest: how an instance is made from nothing is told in ``test_killing``.
    """
    with django_db_blocker.unblock(), sample.by_turns(test_server, "instance"):
        if not _was_prepared(test_server):
            sample.prepare(test_server, sample.COUNTRY)
            with ground.alone(test_server) as connection:
                ground.drop(connection, DATABASE)
                ground.create(connection, DATABASE, sample.COUNTRY.database)
    return test_server.data


def _was_prepared(layout: Layout) -> bool:
    with psycopg.connect(superuser_dsn(layout, name=DATABASE)) as connection:
        found = connection.execute("SELECT to_regclass('preparation.steps')").fetchone()
        return found is not None and found[0] is not None
