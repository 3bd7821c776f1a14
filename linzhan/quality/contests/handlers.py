"""Read at start-up: what follows from the steps of seasons."""

from __future__ import annotations

from linzhan.quality.contests import services  # noqa: F401 -- registers what follows from steps
