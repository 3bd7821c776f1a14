"""Read at start-up: what follows from the steps of rounds and objections, and how far evaluators see."""

from __future__ import annotations

from linzhan.accounts.api import REACHES
from linzhan.quality.rounds import services  # noqa: F401 -- registers what follows from steps
from linzhan.quality.rounds.reach import REACH

REACHES.add(REACH)
