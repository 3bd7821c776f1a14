"""Which rows a table holds only once besides its keys, and what to say of one that is there already.

A session is rated once by each side, an institution reports once a year: the table refuses a second row, and who
wrote it hears of the columns that are alike, not of a number that the platform made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from django.db import models

from linzhan.kernel.registers.declare import Register
from linzhan.kernel.registers.layout import layout_of

STANDS = "已经登记过{columns}都相同的一条，同样的只登记一条；要改的请打开那一条"


@cache
def rules_of(register: Register) -> Sequence[tuple[models.UniqueConstraint, tuple[str, ...]]]:
    """The uniqueness rules of a register's table other than its keys', each with its attributes."""
    keys, meta = set(layout_of(register).keys), register.model._meta
    found = []
    for rule in meta.constraints:
        if isinstance(rule, models.UniqueConstraint) and rule.fields:
            names = tuple(
                field.attname for field in map(meta.get_field, rule.fields) if isinstance(field, models.Field)
            )
            if not keys & set(names):
                found.append((rule, names))
    return found


def bound(register: Register) -> frozenset[str]:
    """The attributes whose change may meet another row."""
    return frozenset(name for _rule, names in rules_of(register) for name in names)


def why_refused(register: Register, identity: UUID, row: Mapping[str, Any]) -> str:
    """What ``row`` has in common with a row within the scope that may stand only once; empty where there is none."""
    for rule, names in rules_of(register):
        values = {name: row.get(name) for name in names}
        if any(value is None for value in values.values()) and rule.nulls_distinct is not False:
            continue
        rows = register.model._default_manager.filter(**values).exclude(pk=identity)
        if rule.condition is not None:
            rows = rows.filter(rule.condition)
        if rows.exists():
            return STANDS.format(columns="、".join(_headers(register, names)))
    return ""


def _headers(register: Register, names: Sequence[str]) -> list[str]:
    """As the sheet calls them; what is in no column goes without saying."""
    return [f"“{kept.column.header}”" for kept in layout_of(register).kept if set(kept.compared) & set(names)]
