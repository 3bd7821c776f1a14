"""The state of many rows at once: dated today, through the same engine as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from linzhan.kernel.registers.batch import Incoming
from linzhan.kernel.registers.declare import Register
from linzhan.kernel.registers.reading import cell, records
from linzhan.kernel.registers.writing import save
from linzhan.kernel.sheets.columns import Column
from linzhan.office import parts
from linzhan.office.registers.listing import PAGE
from linzhan.office.registers.naming import heading
from linzhan.office.registers.showing import kind_of
from linzhan.office.registers.tables import listed_columns, needed_columns
from linzhan.office.registers.tables import rows as table_rows


@dataclass(frozen=True, slots=True)
class Stated:
    number: int
    refusals: Sequence[str]


def selected(register: Register, ids: Sequence[str]) -> list[UUID]:
    """Those of ``ids`` that are rows one may see, a page at most."""
    wanted = []
    for text in ids[:PAGE]:
        try:
            wanted.append(UUID(text))
        except ValueError:
            continue
    return list(
        register.model._default_manager.filter(pk__in=wanted).order_by("pk").values_list("pk", flat=True)
    )


def changed(register: Register, ids: Sequence[UUID], value: str) -> Stated:
    """Give the rows the state ``value`` from today on; those that the rules refuse stay as they are."""
    found = records(
        register, register.model._default_manager.filter(pk__in=ids), register.sheet.required, whole=True
    )
    given = [
        {c.name: cell(row[c.name]) for c in register.sheet.required} | {"status": value} for row in found
    ]
    outcome = save([Incoming.of(register, given)])[0]
    refusals = [
        f"{outcome.keys[at]}：{fault.message}" for at, faults in outcome.faults.items() for fault in faults
    ]
    return Stated(outcome.updated, refusals)


def confirmation(
    request: HttpRequest, register: Register, column: Column, ids: Sequence[UUID]
) -> dict[str, Any]:
    """The page that names what will happen: which rows, which states to choose from."""
    columns = [*listed_columns(register)[:3], column]
    columns = list(dict.fromkeys(columns))
    needed = [*columns, *(c for c in needed_columns(register)[-1:] if c not in columns)]
    found = list(records(register, register.model._default_manager.filter(pk__in=ids), needed))
    lead = register.title if register.title in {c.name for c in columns} else columns[0].name
    table = parts.Table(
        caption=register.name,
        columns=[
            parts.TableColumn(key=c.name, label=heading(c), kind=kind_of(c), lead=c.name == lead)
            for c in columns
        ],
        rows=table_rows(request, register, columns, lead, found),
        compact=True,
    )
    return {
        "head": parts.PageHead(
            name=_("更改 %(n)d 条%(what)s的状态") % {"n": len(found), "what": register.name},
            place=register.name,
            place_url=f"/r/{register.key}/",
        ),
        "table": table,
        "ids": [str(row["id"]) for row in found],
        "field": parts.Field(
            name="status",
            label=_("改为"),
            kind="chips",
            choices=[(c, c) for c in column.choices],
            required=True,
        ),
        "back_url": f"/r/{register.key}/",
    }
