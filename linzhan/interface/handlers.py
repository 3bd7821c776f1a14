"""Read at start-up: the work that the interface orders in the background."""

from __future__ import annotations

from linzhan.interface import imports

__all__ = ["imports"]
