"""What a figure's arithmetic is made of: rows, and one way of adding them up.

A :class:`Part` is a set of rows (an Ibis table expression) and an aggregate; a :class:`Formula` is
one part or the quotient of two. Both are plain descriptions: the rows are compiled to SQL once per
dialect (``compiling``), the aggregate around them is a fixed text in portable SQL (``assembling``),
so that region, grouping and split are chosen at run time without compiling again.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from ibis.expr.types import Table

Empty = Literal["zero", "null"]


class Kind(StrEnum):
    """How the rows of a part become a number."""

    COUNT = "count"  # rows, or distinct values of ``key``
    SUM = "sum"  # of ``column``; with ``key`` the value of one key is added once
    MEDIAN = "median"  # of ``column``
    SHARE = "share"  # rows (or distinct keys) that are ``met``, of all of them
    MONTHLY = "monthly"  # the mean over months of the monthly share
    GIVEN = "given"  # one row per thing of ``per``: its value, numerator and denominator are columns


@dataclass(frozen=True, slots=True)
class Several:
    """A dimension of which one row may have several values: a table of (``on``, ``dim``)."""

    dim: str
    table: Table
    on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Rows and how they are added up. ``known_by`` None takes the figure's own."""

    kind: Kind
    rows: Table
    column: str = ""
    key: tuple[str, ...] = ()
    met: str = ""
    month: str = ""
    per: str = ""
    divide: int = 1
    several: tuple[Several, ...] = ()
    known_by: tuple[str, ...] | None = None
    empty: Empty = "zero"


@dataclass(frozen=True, slots=True)
class Formula:
    """``part``, or ``times`` × ``part`` ÷ ``below``."""

    part: Part
    below: Part | None = None
    times: int = 1
