"""What refers to a row: rows of other registers that name it, counted in one query whatever their number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.http import HttpRequest

from linzhan.kernel.registers.declare import REGISTERS, Register, sheets_of_subject
from linzhan.kernel.sheets.columns import Column
from linzhan.office.registers.asking import Asked, reference_columns
from linzhan.office.registers.listing import matching
from linzhan.office.requests import holds

COUNTED = 1000


@dataclass(frozen=True, slots=True)
class Related:
    """Rows of ``register`` that name the row in ``column``; ``count`` up to a bound."""

    register: Register
    column: Column
    count: int = 0

    @property
    def key(self) -> str:
        return f"{self.register.key}.{self.column.name}"

    @property
    def label(self) -> str:
        """The register's name, and the column where a register can name a row in two ways."""
        ways = [c for c in reference_columns(self.register) if c.refers_to == self.column.refers_to]
        return f"{self.register.name}（{self.column.header}）" if len(ways) > 1 else self.register.name


def ways_to(request: HttpRequest, register: Register) -> list[Related]:
    """Registers and columns that can name a row of ``register``, as far as the reader may read them."""
    return [
        Related(other, column)
        for other in REGISTERS
        if holds(request, other.view)
        for column in reference_columns(other)
        if _can_name(column, register)
    ]


def _can_name(column: Column, register: Register) -> bool:
    if column.refers_to.startswith("?"):
        return register.name in sheets_of_subject(column.refers_to[1:]).values()
    return column.refers_to == register.name


def counted(ways: Sequence[Related], row_id: UUID) -> list[Related]:
    """The ways that lead to at least one row, with how many: one query for all."""
    texts: list[str] = []
    values: list[Any] = []
    seen = []
    for way in ways:
        try:
            text, parameters = (
                referring(way, row_id).order_by().values("pk")[: COUNTED + 1].query.sql_with_params()
            )
        except EmptyResultSet:  # rows of a kind that the reader's line never sees
            continue
        seen.append(way)
        texts.append(f"(SELECT count(*) FROM ({text}) AS rows)")  # noqa: S608 -- compiled by the ORM, values bound
        values.extend(parameters)
    if not seen:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(texts)}", values)
        numbers = cursor.fetchone() or ()
    return [Related(w.register, w.column, number) for w, number in zip(seen, numbers, strict=True) if number]


def referring(way: Related, row_id: UUID) -> models.QuerySet[Any]:
    """The rows themselves, within the reader's scope."""
    return matching(Asked(way.register, referred={way.column.name: row_id}))
