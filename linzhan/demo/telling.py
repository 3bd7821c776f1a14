"""How the story is written down: tables of column values, each a call of the register engine.

A chapter is one call: a register, its rows, and the day it is written on, from which changes of dated
columns hold. Later chapters of the same register name only what changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar

from linzhan.kernel.sheets.cells import MISSING

SEED = "怀化市演示城市/1"
T = TypeVar("T")


def dice(of: str) -> Random:
    """A source of chance of its own for each part of the story, so that one part does not move another."""
    return Random(f"{SEED}/{of}")


class Table:
    """Rows of one register as columns; a value that is None is not stated."""

    def __init__(self, register: str, names: str) -> None:
        self.register = register
        self.columns: dict[str, list[Any]] = {name: [] for name in names.split()}

    def add(self, **values: Any) -> None:
        """One row; columns that are not named are not stated."""
        for name, column in self.columns.items():
            value = values.pop(name, None)
            column.append(MISSING if value is None else value)
        if values:
            raise KeyError(f"{self.register} has no columns {sorted(values)} in this story")

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def stated(self, name: str) -> list[Any]:
        """The values of a column, None where not stated."""
        return [None if value is MISSING else value for value in self.columns[name]]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A table written on the day ``on``."""

    table: Table
    on: date


@dataclass(slots=True)
class Story:
    """All chapters in the order in which they are written."""

    chapters: list[Chapter] = field(default_factory=list)

    def tell(self, table: Table, on: date) -> None:
        if len(table):
            self.chapters.append(Chapter(table, on))

    def rows(self, register: str) -> int:
        """How many rows the chapters of a register have."""
        return sum(len(each.table) for each in self.chapters if each.table.register == register)

    def fingerprint(self) -> str:
        """A digest of everything told: the same seed and the same divisions give the same one."""
        digest = hashlib.sha256()
        for chapter in self.chapters:
            digest.update(f"{chapter.on} {chapter.table.register}".encode())
            for name, values in chapter.table.columns.items():
                told = ("" if value is MISSING else str(value) for value in values)
                digest.update(f"{name}\0{chr(1).join(told)}".encode())
        return digest.hexdigest()


def shared(total: int, parts: int) -> list[int]:
    """``total`` in ``parts`` whole parts that differ by at most one; the larger ones come first."""
    each, over = divmod(total, parts)
    return [each + (number < over) for number in range(parts)]


def in_proportion(total: int, weights: Sequence[float]) -> list[int]:
    """``total`` in whole parts as near as possible to ``weights``, by largest remainder."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [int(value) for value in exact]
    by_remainder = sorted(range(len(exact)), key=lambda index: (parts[index] - exact[index], index))
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return parts


def weighted(chance: Random, choices: Iterable[tuple[T, float]]) -> T:
    """One of the values, by weight."""
    values, weights = zip(*choices, strict=True)
    picked: T = chance.choices(values, weights)[0]
    return picked


def day_between(chance: Random, first: date, last: date) -> date:
    """A day from ``first`` to ``last``, both included."""
    return first + timedelta(chance.randrange((last - first).days + 1))


def working_day(day: date) -> date:
    """``day``, or the Monday after a weekend."""
    return day + timedelta((7 - day.weekday()) % 7 if day.weekday() > 4 else 0)
