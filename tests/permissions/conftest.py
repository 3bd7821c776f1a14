from __future__ import annotations

import pytest

from tests.permissions.world import World, build
from tests.sample import country

__all__ = ["country"]


@pytest.fixture(scope="module")
def world(country: None) -> World:
    """Two counties in a country of their own, built once a module; tests undo what they do."""
    return build()
