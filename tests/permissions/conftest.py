from __future__ import annotations

import pytest

from tests.permissions.world import World, build
from tests.sample import Document, county

__all__ = ["county"]


@pytest.fixture(scope="module")
def world(county: Document) -> World:
    """Two counties in the sample's database, built once a module; tests undo what they do."""
    return build()
