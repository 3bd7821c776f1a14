"""A page of a register: found, ordered and cut so that a million rows cost what fifty cost.

Pages follow a cursor (the sorted value and the id), so no page is counted off; the total is counted up
to a bound. Under row-level security only ``=`` and ranges use an index: codes are searched by prefix as
a range, identity numbers by their blind index, names by their pieces (``linzhan.kernel.registers.searching``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from linzhan.kernel import places
from linzhan.kernel.registers import searching
from linzhan.kernel.registers.attributes import attributes
from linzhan.kernel.registers.declare import Register
from linzhan.kernel.registers.pieces import indexed_texts
from linzhan.kernel.registers.reading import records
from linzhan.kernel.sheets.columns import Column, Kind
from linzhan.office.registers.asking import Asked, Cursor, sortable

PAGE = 50
COUNTED = 10_000  # totals beyond read 10,000+


@dataclass(frozen=True, slots=True)
class Listed:
    """One page: rows as the register reads them, cursors to its neighbours, how many there are in all."""

    rows: Sequence[dict[str, Any]]
    before: str
    after: str
    total: int

    @property
    def is_exact(self) -> bool:
        return self.total <= COUNTED


def listed(asked: Asked, columns: Sequence[Column]) -> Listed:
    """The page that ``asked`` names, with ``columns``."""
    rows = matching(asked)
    total = rows.order_by().values("pk")[: COUNTED + 1].count()
    name, descending = order_of(asked, any_column=total <= COUNTED)
    column = sortable(asked.register).get(name)
    wanted = [*columns, *([column] if column and column not in columns else [])]
    page = list(records(asked.register, _cut(rows, column, asked.cursor, descending=descending), wanted))
    return _framed(page, name, asked.cursor, total)


def matching(asked: Asked) -> models.QuerySet[Any]:
    """All rows that ``asked`` names, within the reader's scope, in no order."""
    rows = asked.register.model._default_manager.all()
    if asked.text:
        rows = rows.filter(searching.matching(asked.register, asked.text))
    if asked.place:
        low, high = places.bounds(asked.place)
        rows = rows.filter(region_code__gte=low, region_code__lt=high)
    for name, value in asked.chosen.items():
        rows = rows.filter(_chosen(asked.register.column(name), value))
    for name, identity in asked.referred.items():
        rows = rows.filter(_refers(asked.register, asked.register.column(name), identity))
    return _within_days(rows, asked)


def _chosen(column: Column, value: str) -> Q:
    attribute = attributes(column)[0]
    if column.several:
        return Q(**{f"{attribute}__contains": [value]})
    return Q(**{attribute: value == "yes" if column.kind is Kind.YES_NO else value})


def _refers(register: Register, column: Column, identity: object) -> Q:
    if not column.several:
        return Q(**{f"{column.name}_id": identity})
    link = register.links[column.name]
    owners = link.model._default_manager.filter(**{f"{link.target}_id": identity})
    return Q(pk__in=owners.values(f"{link.owner}_id"))


def _within_days(rows: models.QuerySet[Any], asked: Asked) -> models.QuerySet[Any]:
    name = asked.register.happens
    if not name:
        return rows
    timed = asked.register.column(name).kind is Kind.TIME
    if asked.since:
        start = timezone.make_aware(datetime.combine(asked.since, time())) if timed else asked.since
        rows = rows.filter(**{f"{name}__gte": start})
    if asked.until:
        day = asked.until + timedelta(days=1)
        rows = rows.filter(
            **{f"{name}__lt": timezone.make_aware(datetime.combine(day, time())) if timed else day}
        )
    return rows


def order_of(asked: Asked, *, any_column: bool) -> tuple[str, bool]:
    """Column (``id`` for the order of arrival) and direction; a wide list is ordered by what is indexed."""
    wanted = asked.sort or asked.register.order
    name = wanted.lstrip("-")
    usual = asked.register.order.lstrip("-")
    if name not in sortable(asked.register) or not (
        any_column or name == usual or name in indexed_texts(asked.register.model)
    ):
        return "id", True
    return name, wanted.startswith("-")


def _cut(
    rows: models.QuerySet[Any], column: Column | None, cursor: Cursor | None, *, descending: bool
) -> models.QuerySet[Any]:
    backward = bool(cursor and cursor.backward)
    down = descending != backward
    if column is None:
        if cursor:
            rows = rows.filter(**{"pk__lt" if down else "pk__gt": cursor.id})
        return rows.order_by("-pk" if down else "pk")[: PAGE + 1]
    field = rows.model._meta.get_field(attributes(column)[0])
    if cursor:
        try:
            rows = rows.filter(_beyond(field, cursor, down=down, blanks_follow=not backward))
        except (ValidationError, ValueError):
            cursor = None  # an address somebody made up
    return rows.order_by(*_ordering(field, down=down, blanks_last=not backward))[: PAGE + 1]


def _ordering(field: Any, *, down: bool, blanks_last: bool) -> tuple[Any, str]:
    expression = F(field.attname)
    if not field.null:
        return (expression.desc() if down else expression.asc()), "-pk" if down else "pk"
    blanks = {"nulls_last": True} if blanks_last else {"nulls_first": True}
    return (expression.desc(**blanks) if down else expression.asc(**blanks)), "-pk" if down else "pk"


def _beyond(field: Any, cursor: Cursor, *, down: bool, blanks_follow: bool) -> Q:
    """Rows after the cursor in the order at hand; rows without a value stand at the end of the list."""
    name, than = field.attname, "lt" if down else "gt"
    next_id = Q(**{f"pk__{than}": cursor.id})
    if cursor.value is None:
        same = Q(**{f"{name}__isnull": True}) & next_id
        return same if blanks_follow else same | Q(**{f"{name}__isnull": False})
    value = field.to_python(cursor.value)
    further = Q(**{f"{name}__{than}e": value}) & (Q(**{f"{name}__{than}": value}) | next_id)
    return further | Q(**{f"{name}__isnull": True}) if field.null and blanks_follow else further


def _framed(page: list[dict[str, Any]], name: str, cursor: Cursor | None, total: int) -> Listed:
    more, page = len(page) > PAGE, page[:PAGE]
    backward = bool(cursor and cursor.backward)
    if backward:
        page.reverse()
    has_before = more if backward else bool(cursor)
    has_after = bool(cursor) if backward else more
    edges = [
        Cursor(row.get(name) if name != "id" else None, str(row["id"])).text()
        for row in (page[:1] + page[-1:])
    ]
    return Listed(
        page,
        before=edges[0] if page and has_before else "",
        after=edges[-1] if page and has_after else "",
        total=total,
    )
