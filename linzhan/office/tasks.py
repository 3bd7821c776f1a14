"""Where the worker finds the office's background work (procrastinate looks for ``tasks`` in every app)."""

from __future__ import annotations

from linzhan.office.figures.answers import keep_figures

__all__ = ["keep_figures"]
