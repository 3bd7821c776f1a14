"""What refers to a row: rows of other registers that name it, counted in one query whatever their number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import models
from django.http import HttpRequest

from linzhan.kernel.registers.confiding import hidden_codes
from linzhan.kernel.registers.declare import REGISTERS, Register, sheets_of_subject
from linzhan.kernel.scope import Scope, current_scope
from linzhan.kernel.sheets.columns import Column
from linzhan.kernel.statements import PROBE, fetch
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
        made = _counting(way.register.key, way.column.name, current_scope(), _hidden(way.register))
        if made is None:  # rows of a kind that the reader's line never sees
            continue
        seen.append(way)
        texts.append(made[0])
        values.extend(_asked(value, row_id) for value in made[1])
    if not seen:
        return []
    [numbers] = fetch(f"SELECT {', '.join(texts)}", values)
    return [Related(w.register, w.column, number) for w, number in zip(seen, numbers, strict=True) if number]


@lru_cache(maxsize=4096)
def _counting(
    register: str, column: str, scope: Scope, hidden: tuple[frozenset[str], ...]
) -> tuple[str, tuple[Any, ...]] | None:
    """The text that counts rows of ``register`` naming :data:`PROBE`, and its values: made once for each scope."""
    del scope, hidden  # the managers read them; here they are only what the text is kept by
    way = Related(REGISTERS[register], REGISTERS[register].column(column))
    try:
        rows = referring(way, PROBE).order_by().values("pk")[: COUNTED + 1]
        text, values = rows.query.sql_with_params()
    except EmptyResultSet:
        return None
    return f"(SELECT count(*) FROM ({text}) AS rows)", values  # noqa: S608 -- compiled by the ORM, values bound


def _asked(value: Any, row_id: UUID) -> Any:
    if value == PROBE:
        return row_id
    return str(row_id) if value == str(PROBE) else value


def _hidden(register: Register) -> tuple[frozenset[str], ...]:
    """What of its code lists the reader at hand does not see."""
    return tuple(frozenset(hidden_codes(column)) for column in register.sheet.columns if hidden_codes(column))


def referring(way: Related, row_id: UUID) -> models.QuerySet[Any]:
    """The rows themselves, within the reader's scope."""
    return matching(Asked(way.register, referred={way.column.name: row_id}))
