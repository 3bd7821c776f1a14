"""A page of a register: found, ordered and cut so that a million rows cost what fifty cost.

Pages follow a cursor (the sorted value and the id), so no page is counted off; the total is counted up
to a bound. Under row-level security only ``=`` and ranges use an index: codes are searched by prefix as
a range, identity numbers by their blind index, names by their pieces (``linzhan.kernel.registers.searching``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, cast

from django.core.cache import cache
from django.core.exceptions import EmptyResultSet, ValidationError
from django.db import connection, models
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.db.models.expressions import RawSQL
from django.utils import timezone

from linzhan.kernel.registers import searching
from linzhan.kernel.registers.attributes import attributes
from linzhan.kernel.registers.confiding import seen
from linzhan.kernel.registers.declare import Register
from linzhan.kernel.registers.pieces import indexed_texts
from linzhan.kernel.registers.reading import records, standing
from linzhan.kernel.scope import ScopedModel, current_scope, within
from linzhan.kernel.sheets.columns import Column, Kind
from linzhan.office.registers.asking import OPEN, Asked, Cursor, sortable

PAGE = 50
COUNTED = 1_000  # totals beyond read 1,000+
ESTIMATES = "rows-by-table"
FEW = 20_000  # rows a reader may have for a search or an order without an index
KEPT = 300  # seconds that a reader's having few is remembered
TOTAL, RANK = "total", "word_rank"


@dataclass(frozen=True, slots=True)
class Listed:
    """One page: rows as the register reads them, cursors to its neighbours, how many there are in all.

    ``orders_freely``: so few that they may be ordered by any column; else only by one with an index.
    """

    rows: Sequence[dict[str, Any]]
    before: str
    after: str
    total: int
    orders_freely: bool

    @property
    def is_exact(self) -> bool:
        return self.total <= COUNTED


def listed(asked: Asked, columns: Sequence[Column]) -> Listed:
    """The page that ``asked`` names, with ``columns``; its total is counted in the same statement."""
    rows = matching(asked)
    freely = None if is_indexed(asked) else orders_freely(asked.register, _count(rows))
    name, descending = order_of(asked, any_column=bool(freely))
    column = sortable(asked.register).get(name)
    by = _By.column(asked.register, column) if column is not None else BY_ARRIVAL
    cut = _cut(by.beside(rows), by, asked.cursor, descending=descending)
    page = list(records(asked.register, _with_total(cut, rows), columns, also=(TOTAL, *by.kept)))
    total = page[0][TOTAL] if page else _count(rows)
    if freely is None:
        freely = orders_freely(asked.register, total)
    return _framed(page, by, asked.cursor, total, orders_freely=freely)


def _bounded(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    return rows.order_by().values("pk")[: COUNTED + 1]


def _count(rows: models.QuerySet[Any]) -> int:
    return _bounded(rows).count()


def _with_total(cut: models.QuerySet[Any], rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """``cut`` with the bounded count of all ``rows`` beside each of its own: PostgreSQL counts once."""
    total: Any = Value(0)
    with suppress(EmptyResultSet):
        text, values = _bounded(rows).query.sql_with_params()
        counted = f"(SELECT count(*) FROM ({text}) AS counted)"  # noqa: S608 -- compiled by the ORM, values bound
        total = RawSQL(counted, values, IntegerField())  # noqa: S611 -- as above
    found: models.QuerySet[Any] = cut.annotate(**{TOTAL: total})
    return found


def orders_freely(register: Register, total: int) -> bool:
    """Whether rows of ``register``, ``total`` of them (up to the bound), may be ordered by any column."""
    return total <= COUNTED or has_few(register)


def matching(asked: Asked) -> models.QuerySet[Any]:
    """All rows that ``asked`` names, within the reader's scope, in no order."""
    rows = seen(asked.register, standing(asked.register))
    if asked.text:
        rows = rows.filter(searching.matching(asked.register, asked.text))
    if asked.place:
        rows = rows.filter(within(cast("type[ScopedModel]", asked.register.model), asked.place))
    if asked.those is not None:
        rows = rows.filter(pk__in=asked.those.order_by().values("pk"))
    for name, value in asked.chosen.items():
        rows = rows.filter(_chosen(asked.register, asked.register.column(name), value))
    for name, identity in asked.referred.items():
        rows = rows.filter(_refers(asked.register, asked.register.column(name), identity))
    return _within_days(rows, asked)


def _chosen(register: Register, column: Column, value: str) -> Q:
    attribute = attributes(column)[0]
    if value == OPEN and column.name == register.stage:
        return ~Q(**{f"{attribute}__in": register.settled})
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


def has_few(register: Register) -> bool:
    """Whether the reader has so few rows that looking at each is quick; a small table is few for everybody.

    Kept for a while, since every page of a long list asks.
    """
    if _estimates().get(register.model._meta.db_table, 0) <= FEW:
        return True
    key = f"few-rows:{register.key}:{hash(current_scope())}"
    known: bool | None = cache.get(key)
    if known is None:
        rows = register.model._default_manager.order_by().values("pk")[: FEW + 1]
        known = rows.count() <= FEW
        cache.set(key, known, KEPT)
    return known


def _estimates() -> dict[str, int]:
    """How many rows the planner believes each table to have; asked for once a minute."""
    known: dict[str, int] | None = cache.get(ESTIMATES)
    if known is None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT c.relname, greatest(c.reltuples, s.n_live_tup)::bigint FROM pg_class c"
                " JOIN pg_stat_user_tables s ON s.relid = c.oid"
            )
            known = dict(cursor.fetchall())
        cache.set(ESTIMATES, known, 60)
    return known


def is_indexed(asked: Asked) -> bool:
    """Whether the order asked for (else the register's own) is that of an index."""
    name = (asked.sort or asked.register.order).lstrip("-")
    return name in ("id", asked.register.order.lstrip("-")) or name in indexed_texts(asked.register.model)


def order_of(asked: Asked, *, any_column: bool) -> tuple[str, bool]:
    """Column (``id`` for the order of arrival) and direction; a wide list is ordered by what is indexed."""
    wanted = asked.sort or asked.register.order
    name = wanted.lstrip("-")
    if name not in sortable(asked.register) or not (any_column or is_indexed(asked)):
        return "id", True
    return name, wanted.startswith("-")


@dataclass(frozen=True, slots=True)
class _By:
    """What a list is ordered by: a column of its table, the place of a word in its closed list, or arrival.

    ``read`` makes a value of what stands in an address; ``case`` is computed beside the rows.
    """

    name: str
    null: bool = False
    read: Callable[[Any], Any] = str
    case: Case | None = None

    @classmethod
    def column(cls, register: Register, column: Column) -> _By:
        attribute = register.ranks.get(column.name) or attributes(column)[0]
        ranked = attribute != column.name or attribute in indexed_texts(register.model)
        if column.kind is Kind.CHOICE and not ranked:
            words = [When(**{attribute: word}, then=Value(at)) for at, word in enumerate(column.choices)]
            return cls(RANK, null=True, read=int, case=Case(*words, output_field=IntegerField()))
        field = register.model._meta.get_field(attribute)
        return cls(attribute, null=bool(field.null), read=field.to_python)  # type: ignore[union-attr]  # a column of the table

    @property
    def kept(self) -> tuple[str, ...]:
        """What a page brings along, for the cursors to its neighbours."""
        return (self.name,) if self.name else ()

    def beside(self, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        return rows if self.case is None else rows.annotate(**{self.name: self.case})

    def of(self, row: Mapping[str, Any]) -> Any:
        return row[self.name] if self.name else None


BY_ARRIVAL = _By("")


def _cut(
    rows: models.QuerySet[Any], by: _By, cursor: Cursor | None, *, descending: bool
) -> models.QuerySet[Any]:
    backward = bool(cursor and cursor.backward)
    down = descending != backward
    if not by.name:
        if cursor:
            rows = rows.filter(**{"pk__lt" if down else "pk__gt": cursor.id})
        return rows.order_by("-pk" if down else "pk")[: PAGE + 1]
    if cursor:
        try:
            rows = rows.filter(_beyond(by, cursor, down=down, blanks_follow=not backward))
        except (ValidationError, ValueError):
            cursor = None  # an address somebody made up
    return rows.order_by(*_ordering(by, down=down, blanks_last=not backward))[: PAGE + 1]


def _ordering(by: _By, *, down: bool, blanks_last: bool) -> tuple[Any, str]:
    expression = F(by.name)
    if not by.null:
        return (expression.desc() if down else expression.asc()), "-pk" if down else "pk"
    blanks = {"nulls_last": True} if blanks_last else {"nulls_first": True}
    return (expression.desc(**blanks) if down else expression.asc(**blanks)), "-pk" if down else "pk"


def _beyond(by: _By, cursor: Cursor, *, down: bool, blanks_follow: bool) -> Q:
    """Rows after the cursor in the order at hand; rows without a value stand at the end of the list."""
    name, than = by.name, "lt" if down else "gt"
    next_id = Q(**{f"pk__{than}": cursor.id})
    if cursor.value is None:
        same = Q(**{f"{name}__isnull": True}) & next_id
        return same if blanks_follow else same | Q(**{f"{name}__isnull": False})
    value = by.read(cursor.value)
    further = Q(**{f"{name}__{than}e": value}) & (Q(**{f"{name}__{than}": value}) | next_id)
    return further | Q(**{f"{name}__isnull": True}) if by.null and blanks_follow else further


def _framed(
    page: list[dict[str, Any]], by: _By, cursor: Cursor | None, total: int, *, orders_freely: bool
) -> Listed:
    more, page = len(page) > PAGE, page[:PAGE]
    backward = bool(cursor and cursor.backward)
    if backward:
        page.reverse()
    has_before = more if backward else bool(cursor)
    has_after = bool(cursor) if backward else more
    edges = [Cursor(by.of(row), str(row["id"])).text() for row in (page[:1] + page[-1:])]
    return Listed(
        page,
        before=edges[0] if page and has_before else "",
        after=edges[-1] if page and has_after else "",
        total=total,
        orders_freely=orders_freely,
    )
