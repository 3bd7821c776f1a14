"""Many rows at once, at the speed of COPY, through both walls and under the history triggers.

``COPY … FROM`` into a table with policies is refused by PostgreSQL, so rows go into a temporary
table first and from there by INSERT or UPDATE, where policies and triggers hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count
from typing import Any
from uuid import UUID

from django.db import connection, models
from psycopg.types.json import Jsonb

_numbers = count(1)
FEW = 20  # rows that are written by plain statements: a temporary table costs more than they do


def insert_rows(
    model: type[models.Model], attributes: Sequence[str], rows: Iterable[Sequence[Any]]
) -> set[UUID] | None:
    """Insert ``rows`` (values in the order of ``attributes``, which include ``id``).

    Returns None when all went in, else the ids that went in: the others met a row of the same key
    that the writer may not see.
    """
    columns = _columns(model, attributes)
    prepared = list(_prepared(model, attributes, rows))
    if len(prepared) <= FEW:
        return _insert_few(model, columns, prepared)
    temporary, total = _filled(model, columns, prepared)
    listed = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{model._meta.db_table}" ({listed}) SELECT {listed} FROM {temporary} ON CONFLICT DO NOTHING'
        )
        if cursor.rowcount == total:
            cursor.execute(f"DROP TABLE {temporary}")
            return None
        cursor.execute(f'SELECT t.id FROM {temporary} t JOIN "{model._meta.db_table}" r ON r.id = t.id')
        found = {row[0] for row in cursor.fetchall()}
        cursor.execute(f"DROP TABLE {temporary}")
        return found


def _insert_few(
    model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> set[UUID] | None:
    """One statement without a table of its own: a form or a call of the API writes a row or two."""
    if not rows:
        return None
    table, listed = model._meta.db_table, ", ".join(f'"{column}"' for column in columns)
    places = ", ".join(["(" + ", ".join(["%s"] * len(columns)) + ")"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{table}" ({listed}) VALUES {places} ON CONFLICT DO NOTHING',
            [value for row in rows for value in row],
        )
        if cursor.rowcount == len(rows):
            return None
        at = columns.index("id")
        cursor.execute(f'SELECT id FROM "{table}" WHERE id = ANY(%s)', [[row[at] for row in rows]])
        return {row[0] for row in cursor.fetchall()}


def update_rows(model: type[models.Model], attributes: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Set ``attributes`` (which include ``id``) of existing rows; rows out of scope stay as they are."""
    columns = _columns(model, attributes)
    prepared = list(_prepared(model, attributes, rows))
    if len(prepared) <= FEW:
        return _update_few(model, columns, prepared)
    temporary, _ = _filled(model, columns, prepared)
    pairs = ", ".join(f'"{column}" = t."{column}"' for column in columns if column != "id")
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {temporary}")
        cursor.execute(
            f'UPDATE "{model._meta.db_table}" AS r SET {pairs} FROM {temporary} t WHERE r.id = t.id'
        )
        changed: int = cursor.rowcount
        cursor.execute(f"DROP TABLE {temporary}")
    return changed


def _update_few(model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> int:
    at = columns.index("id")
    pairs = ", ".join(f'"{column}" = %s' for column in columns if column != "id")
    changed = 0
    with connection.cursor() as cursor:
        for row in rows:
            values = [value for place, value in enumerate(row) if place != at]
            cursor.execute(f'UPDATE "{model._meta.db_table}" SET {pairs} WHERE id = %s', [*values, row[at]])
            changed += cursor.rowcount
    return changed


def gather_statistics(filled: Iterable[type[models.Model]]) -> None:
    """Let the planner know what was just written to these tables, in the writer's own transaction.

    A table that was empty when it was last looked at is taken for empty: reference checks and figures of
    the same transaction may then walk whole indexes. Holds other statistics runs up until the commit.
    """
    with connection.cursor() as cursor:
        tables = [model._meta.db_table for model in filled]
        cursor.execute("SELECT linzhan_gather_statistics(%s)", [tables])


def _columns(model: type[models.Model], attributes: Sequence[str]) -> list[str]:
    by_attname = {field.attname: field.column for field in model._meta.concrete_fields}
    return [str(by_attname[name]) for name in attributes]


def _prepared(
    model: type[models.Model], attributes: Sequence[str], rows: Iterable[Sequence[Any]]
) -> Iterable[Sequence[Any]]:
    """JSON columns want their wrapper; everything else goes as it is."""
    by_attname = {field.attname: field for field in model._meta.concrete_fields}
    json = [i for i, name in enumerate(attributes) if isinstance(by_attname[name], models.JSONField)]
    if not json:
        return rows
    return ([Jsonb(v) if i in json else v for i, v in enumerate(row)] for row in rows)


def _filled(
    model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> tuple[str, int]:
    """A temporary table of ``columns`` with ``rows`` in it, and how many they are."""
    temporary = f"incoming_{next(_numbers)}"
    listed = ", ".join(f'"{column}"' for column in columns)
    total = 0
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE {temporary} ON COMMIT DROP AS "
            f'SELECT {listed} FROM "{model._meta.db_table}" WITH NO DATA'
        )
        with cursor.copy(f"COPY {temporary} ({listed}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
                total += 1
    return temporary, total
