"""The demo city at a fiftieth of its scale, told once and loaded once for all tests of this directory."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from linzhan.demo import city, elsewhere, ground, loading, published
from linzhan.demo.telling import Story
from linzhan.kernel import places
from linzhan.kernel.scope import EVERYTHING, scope
from linzhan.policy.api import load_reference
from linzhan.territory import books, loader

SCALE = 0.02
SPINE = {"430000000000", *(above for code in elsewhere.NAMES for above in places.lineage(code))}


def only_the_city(real: list[books.Entry]) -> list[books.Entry]:
    """The province's spine down to the townships of the city, and the two counties elsewhere; the country takes too long."""
    return [entry for entry in real if entry.code.startswith("4312") or entry.code in SPINE]


@pytest.fixture(scope="module")
def ground_of_city(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[ground.City]:
    """The real divisions of the city in the tree, undone after the module."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        real = books.spine()
        patch.setattr(books, "spine", lambda: only_the_city(real))
        patch.setattr(loader, "_missing_centres", dict)
        loader.load()
        with scope(EVERYTHING):
            load_reference()
            yield ground.read(published.CITY)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def story(ground_of_city: ground.City) -> Story:
    return city.tell(ground_of_city, SCALE)[0]


@pytest.fixture(scope="module")
def loaded(ground_of_city: ground.City) -> loading.Result:
    """The city in the registers, with its accounts."""
    result = loading.load(SCALE)
    assert result is not None
    return result
