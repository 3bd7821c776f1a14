"""The figures engine: one arithmetic for every report, board, evaluation and alert.

Apps publish facts and define figures over them in ``<app>/figures.py``; importing this package is
cheap. Asking is in ``asking``, the store of results in ``store``.
"""

from __future__ import annotations

from linzhan.kernel.figures.definitions import Figure, catalogue, figure, figure_named, grouping, ruling
from linzhan.kernel.figures.facts import IN_USE, Fact, fact
from linzhan.kernel.figures.measures import Formula
from linzhan.kernel.figures.query import Query

__all__ = [
    "IN_USE",
    "Fact",
    "Figure",
    "Formula",
    "Query",
    "catalogue",
    "fact",
    "figure",
    "figure_named",
    "grouping",
    "ruling",
]
