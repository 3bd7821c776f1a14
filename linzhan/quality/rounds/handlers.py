"""Read at start-up: what follows from the steps of rounds and objections."""

from __future__ import annotations

from linzhan.quality.rounds import services  # noqa: F401 -- registers what follows from steps
