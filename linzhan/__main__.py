"""``python -m linzhan`` is the console script."""

from __future__ import annotations

from linzhan.command import run

run()
