"""Registers who counts what was done for a contract."""

from __future__ import annotations

from linzhan.casework.delivery import selectors  # noqa: F401 -- registers the counters
