"""The catalogue: figures, rulings and groupings that apps register at start-up.

A definition is a function that is handed a :class:`~linzhan.kernel.figures.query.Query` and gives
back a formula. It is called only when it is compiled, so a module of definitions imports no
engine and costs a web process nothing (``docs/how-to/add-a-figure.md``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from linzhan.kernel.registry import Registry

if TYPE_CHECKING:
    from ibis.expr.types import Table

    from linzhan.kernel.figures.measures import Formula
    from linzhan.kernel.figures.query import Query

Timing = Literal["date", "period"]
Cell = str | int | float | bool | date | None
Define = Callable[["Query"], "Formula"]
DefineMembers = Callable[["Query"], "Table"]
FillRuling = Callable[[date], Iterable[Mapping[str, Cell]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number that can be defended.

    ``timing``: ``date`` for the state at the end of the period (or at ``--as-of``), ``period`` for
    what happened in it. ``dims`` may be split by; ``always`` are split in every answer; ``default``
    holds for a dimension unless it is split by or asked for. ``known_by`` names the registers that
    must all be in use for an empty result to be 0; with none named an empty result is 0.
    """

    key: str
    name: str
    unit: str
    definition: str
    timing: Timing
    dims: tuple[str, ...] = ()
    always: tuple[str, ...] = ()
    default: Mapping[str, str] = field(default_factory=dict)
    known_by: tuple[str, ...] = ()
    define: Define

    @property
    def all_dims(self) -> tuple[str, ...]:
        return self.always + tuple(dim for dim in self.dims if dim not in self.always)


@dataclass(frozen=True, slots=True)
class Ruling:
    """Policy numbers as a table: ``prefix`` (a region code, ``""`` for everywhere) and ``columns``.

    ``rests_on`` names the policy parameters it is filled from: a new value of one makes the stored figures
    over it stale.
    """

    key: str
    columns: Mapping[str, str]
    fill: FillRuling
    rests_on: tuple[str, ...]

    @property
    def table(self) -> str:
        return "given_ruling_" + self.key.replace(".", "_")

    @property
    def here(self) -> str:
        return "given_here_" + self.key.replace(".", "_")


@dataclass(frozen=True, slots=True)
class Grouping:
    """What ``--by`` can ask for: the column that carries it and the members with codes and names."""

    key: str
    label: str
    column: str
    members: DefineMembers


FIGURES: Registry[Figure] = Registry("figures", key="key")
RULINGS: Registry[Ruling] = Registry("rulings", key="key")
GROUPINGS: Registry[Grouping] = Registry("groupings", key="key")


def _names(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def figure(
    key: str,
    name: str,
    unit: str,
    *,
    definition: str,
    timing: Timing,
    dims: tuple[str, ...] = (),
    always: tuple[str, ...] = (),
    default: Mapping[str, str] | None = None,
    known_by: str | tuple[str, ...] = (),
) -> Callable[[Define], Define]:
    """Register the decorated function as the figure ``key`` (see :class:`Figure`)."""

    def register(define: Define) -> Define:
        made = Figure(
            key=key,
            name=name,
            unit=unit,
            definition=definition,
            timing=timing,
            dims=dims,
            always=always,
            default=dict(default or {}),
            known_by=_names(known_by),
            define=define,
        )
        if set(made.default) - set(made.all_dims):
            raise ValueError(f"figure {key}: a default for a dimension it does not have")
        FIGURES.add(made)
        return define

    return register


def ruling(key: str, *, rests_on: tuple[str, ...] = (), **columns: str) -> Callable[[FillRuling], FillRuling]:
    """Register the source of policy numbers: a function from the as-of date to rows.

    ``rests_on`` names the parameters it reads, by default the one of its own name.

    Each row has ``prefix`` (a region code of any length, ``""`` for everywhere) and ``columns``;
    the rows are read when figures are computed, in the caller's transaction.
    """

    def register(fill: FillRuling) -> FillRuling:
        RULINGS.add(Ruling(key, columns, fill, rests_on or (key,)))
        return fill

    return register


def grouping(key: str, label: str, *, column: str) -> Callable[[DefineMembers], DefineMembers]:
    """Register what ``--by key`` means: ``column`` of the rows, and its members.

    The function gives a table of ``key`` (as in ``column``), ``code``, ``name``, ``region_code``
    and, if not all members are to be listed when they have no rows, a boolean ``present``.
    """

    def register(members: DefineMembers) -> DefineMembers:
        GROUPINGS.add(Grouping(key, label, column, members))
        return members

    return register


class UnknownFigure(LookupError):
    """No such figure; the message is for the reader."""


def figure_named(key: str) -> Figure:
    """The figure ``key``; :class:`UnknownFigure` otherwise."""
    if key not in FIGURES:
        raise UnknownFigure(f"指标目录里没有“{key}”，请用 linzhan figures --list 查看全部指标")
    return FIGURES[key]


def catalogue() -> tuple[Figure, ...]:
    """All figures in the order in which they were registered, kept together by their first word."""
    first: dict[str, int] = {}
    for key in FIGURES.names():
        first.setdefault(key.partition(".")[0], len(first))
    return tuple(sorted(FIGURES, key=lambda each: first[each.key.partition(".")[0]]))
