"""Many rows at once, at the speed of COPY, through both walls and under the history triggers.

``COPY … FROM`` into a table with policies is refused by PostgreSQL, so rows go into a temporary
table first and from there by INSERT or UPDATE, where policies and triggers hold.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import count
from typing import Any
from uuid import UUID

from django.db import connection, models
from psycopg.types.json import Jsonb

from linzhan.kernel import statements
from linzhan.kernel.registers import copying

_numbers = count(1)
FEW = 20  # rows that are written by plain statements: a temporary table costs more than they do
SOME = (
    500  # rows that go as one array a column, a phone's week of visits: nothing is made and dropped for them
)


def insert_rows(
    model: type[models.Model], attributes: Sequence[str], rows: Iterable[Sequence[Any]]
) -> set[UUID] | None:
    """:func:`insert_columns` of rows (values in the order of ``attributes``, which include ``id``)."""
    listed = list(rows)
    if not listed:
        return None
    return insert_columns(model, dict(zip(attributes, zip(*listed, strict=True), strict=True)))


def insert_columns(model: type[models.Model], values: Mapping[str, Sequence[Any]]) -> set[UUID] | None:
    """Insert the rows whose attributes (``id`` among them) stand in ``values``, column by column.

    Returns None when all went in, else the ids that went in: the others met a row of the same key
    that the writer may not see.
    """
    total = len(values["id"])
    if not total:
        return None
    prepared = _prepared(model, values)
    if total <= FEW:
        return _insert_few(model, prepared, total)
    shared = {name: each[0] for name, each in prepared.items() if _is_one_value(each)}
    own = {name: each for name, each in prepared.items() if name not in shared}
    if total <= SOME and _all_plain(model, own):
        return _insert_some(model, own, shared, total)
    temporary = _filled(model, own)
    table, listed = _quoted(model._meta.db_table), _listed([*own, *shared])
    source = ", ".join([*map(_quoted, own), *["%s"] * len(shared)])
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({listed}) SELECT {source} FROM {temporary} ON CONFLICT DO NOTHING",
            list(shared.values()),
        )
        found = None
        if cursor.rowcount != total:
            cursor.execute(f"SELECT t.id FROM {temporary} t JOIN {table} r ON r.id = t.id")
            found = {row[0] for row in cursor.fetchall()}
        cursor.execute(f"DROP TABLE {temporary}")
        return found


def insert_one(row: models.Model) -> bool:
    """Insert a row whose id its asker made; False where a row has that id already, seen from here or not."""
    values = {field.attname: [field.pre_save(row, add=True)] for field in row._meta.concrete_fields}
    if insert_columns(type(row), values) is not None:
        return False
    row._state.adding = False
    return True


def insert_with(
    sheaf: statements.Sheaf, model: type[models.Model], values: Mapping[str, Sequence[Any]]
) -> None:
    """:func:`insert_columns` of rows that cannot meet others: few of them go with what else is written."""
    total = len(values["id"])
    if total > FEW:
        insert_columns(model, values)
    elif total:
        sheaf.add(*_statement_of_few(model, _prepared(model, values), total))


def _insert_few(
    model: type[models.Model], values: Mapping[str, Sequence[Any]], total: int
) -> set[UUID] | None:
    """One statement without a table of its own: a form or a call of the API writes a row or two."""
    if statements.execute(*_statement_of_few(model, values, total)) == total:
        return None
    table = _quoted(model._meta.db_table)
    found = statements.fetch(f"SELECT id FROM {table} WHERE id = ANY(%s)", [list(values["id"])])
    return {row[0] for row in found}


def _insert_some(
    model: type[models.Model], own: Mapping[str, Sequence[Any]], shared: Mapping[str, Any], total: int
) -> set[UUID] | None:
    """One statement with an array for each column."""
    table, types = _quoted(model._meta.db_table), _types(model)
    arrays = ", ".join(f"%s::{types[name]}[]" for name in own)
    constants = [f"%s::{types[name]}" for name in shared]
    source = ", ".join([*(f"u.{_quoted(name)}" for name in own), *constants])
    statement = (
        f"INSERT INTO {table} ({_listed([*own, *shared])}) SELECT {source}"
        f" FROM unnest({arrays}) AS u ({_listed(own)}) ON CONFLICT DO NOTHING"
    )
    if statements.execute(statement, [*shared.values(), *map(list, own.values())]) == total:
        return None
    found = statements.fetch(f"SELECT id FROM {table} WHERE id = ANY(%s)", [list(own["id"])])
    return {row[0] for row in found}


def _all_plain(model: type[models.Model], names: Iterable[str]) -> bool:
    """Whether none of the columns holds an array, which an array of arrays would lay flat."""
    types = _types(model)
    return not any(types[name].endswith("]") for name in names)


@cache
def _types(model: type[models.Model]) -> dict[str, str]:
    """The table's columns and their types, without limits: the table itself keeps those."""
    found = {}
    for field in model._meta.concrete_fields:
        kind = str(field.db_type(connection))
        found[str(field.column)] = re.sub(r"^varchar\(\d+\)$", "text", kind)
    return found


def _statement_of_few(
    model: type[models.Model], values: Mapping[str, Sequence[Any]], total: int
) -> tuple[str, list[Any]]:
    table = _quoted(model._meta.db_table)
    places = ", ".join([f"({', '.join(['%s'] * len(values))})"] * total)
    statement = f"INSERT INTO {table} ({_listed(values)}) VALUES {places} ON CONFLICT DO NOTHING"
    return statement, [value for row in zip(*values.values(), strict=True) for value in row]


def update_rows(model: type[models.Model], attributes: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Set ``attributes`` (which include ``id``) of existing rows; rows out of scope stay as they are."""
    listed = list(rows)
    if not listed:
        return 0
    values = _prepared(model, dict(zip(attributes, zip(*listed, strict=True), strict=True)))
    if len(listed) <= FEW:
        return _update_few(model, values)
    temporary = _filled(model, values)
    pairs = ", ".join(f'"{column}" = t."{column}"' for column in values if column != "id")
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {temporary}")
        cursor.execute(
            f'UPDATE "{model._meta.db_table}" AS r SET {pairs} FROM {temporary} t WHERE r.id = t.id'
        )
        changed: int = cursor.rowcount
        cursor.execute(f"DROP TABLE {temporary}")
    return changed


def _update_few(model: type[models.Model], values: Mapping[str, Sequence[Any]]) -> int:
    names = [*(column for column in values if column != "id"), "id"]
    pairs = ", ".join(f'"{column}" = %s' for column in names[:-1])
    statement = f'UPDATE "{model._meta.db_table}" SET {pairs} WHERE id = %s'
    rows = zip(*(values[name] for name in names), strict=True)
    return sum(statements.execute(statement, row) for row in rows)


@contextmanager
def collector_paused() -> Iterator[None]:
    """While many rows are made, Python's search for cycles walks them again and again and finds none."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def gather_statistics(filled: Iterable[type[models.Model]]) -> None:
    """Let the planner know what was just written to these tables, in the writer's own transaction.

    A table that was empty when it was last looked at is taken for empty: reference checks and figures of
    the same transaction may then walk whole indexes. Holds other statistics runs up until the commit.
    """
    with connection.cursor() as cursor:
        tables = [model._meta.db_table for model in filled]
        cursor.execute("SELECT linzhan_gather_statistics(%s)", [tables])


def _prepared(model: type[models.Model], values: Mapping[str, Sequence[Any]]) -> dict[str, Sequence[Any]]:
    """The same by name of the table's columns; JSON wants its wrapper, everything else goes as it is."""
    fields = _fields(model)
    return {
        str(fields[name].column): [Jsonb(value) for value in each]
        if isinstance(fields[name], models.JSONField)
        else each
        for name, each in values.items()
    }


@cache
def _fields(model: type[models.Model]) -> dict[str, models.Field[Any, Any]]:
    return {field.attname: field for field in model._meta.concrete_fields}


def _is_one_value(values: Sequence[Any]) -> bool:
    """Whether all rows say the same here: then it is said once, not copied for each."""
    first = values[0]
    return not isinstance(first, Jsonb) and values[-1] == first and list(values).count(first) == len(values)


def _quoted(name: str) -> str:
    return f'"{name}"'


def _listed(columns: Iterable[str]) -> str:
    return ", ".join(map(_quoted, columns))


def _filled(model: type[models.Model], values: Mapping[str, Sequence[Any]]) -> str:
    """A temporary table of these columns with these rows in it."""
    temporary, listed = f"incoming_{next(_numbers)}", _listed(values)
    blocks = copying.blocks(list(values.values()))
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE {temporary} ON COMMIT DROP AS "
            f'SELECT {listed} FROM "{model._meta.db_table}" WITH NO DATA'
        )
        with cursor.copy(f"COPY {temporary} ({listed}) FROM STDIN") as copy:
            for block in blocks or ():
                copy.write(block)
            for row in zip(*values.values(), strict=True) if blocks is None else ():
                copy.write_row(row)
    return temporary
