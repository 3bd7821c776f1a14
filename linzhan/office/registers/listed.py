"""A few rows of a register as a table on another page: a person's consents, the members of a household."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.http import HttpRequest

from linzhan.kernel.registers.confiding import seen
from linzhan.kernel.registers.declare import Register
from linzhan.kernel.registers.reading import records
from linzhan.office import parts
from linzhan.office.registers.naming import heading
from linzhan.office.registers.showing import kind_of
from linzhan.office.registers.tables import rows as table_rows

AT_MOST = 50


def short_table(
    request: HttpRequest,
    register: Register,
    rows: models.QuerySet[Any],
    names: Sequence[str],
    *,
    lead: str = "",
    caption: str = "",
    empty: parts.Empty | None = None,
) -> parts.Table:
    """The first rows with the columns ``names``; ``lead`` (else the first) opens the row."""
    columns = [register.column(name) for name in names]
    key = register.sheet.keys[0]
    needed = columns if key in columns or key.refers_to else [*columns, key]
    found = list(records(register, seen(register, rows)[:AT_MOST], needed))
    first = lead or names[0]
    return parts.Table(
        id=f"of-{register.key}",
        caption=caption or register.name,
        columns=[
            parts.TableColumn(
                key=c.name, label=heading(c), kind=kind_of(c), unit=c.unit, lead=c.name == first
            )
            for c in columns
        ],
        rows=table_rows(request, register, columns, first, found),
        empty=empty,
    )
