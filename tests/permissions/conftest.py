from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from linzhan.kernel.figures import asking
from linzhan.kernel.postgres import Layout
from tests import sample
from tests.permissions.world import World, build

SHAPES = ("tests/permissions/world.py", "tests/factories/*.py")
WORLD = sample.Ground("world", (*sample.SHAPES, *SHAPES), lambda: build().told(), sample.COUNTRY)


@pytest.fixture(scope="module")
def world(test_server: Layout, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Two counties in a country of their own, a clone for each module; tests undo what they do."""
    with django_db_blocker.unblock(), sample.standing_on(test_server, WORLD) as told:
        asking.prepare()
        yield World.of(told)
