"""Read at start-up: what follows from the steps of surveys."""

from __future__ import annotations

from linzhan.quality.surveys import services  # noqa: F401 -- registers what follows from steps
