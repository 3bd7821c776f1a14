from __future__ import annotations

from tests.sample import county

__all__ = ["county"]
