"""Read at start-up: what follows from the steps of diagnoses."""

from __future__ import annotations

from linzhan.quality.diagnoses import services  # noqa: F401 -- registers what follows from steps
