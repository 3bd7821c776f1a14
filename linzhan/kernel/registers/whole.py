"""Rows taken out whole, as JSON that can be kept, and put back as they were (``registers.joining``).

By id and beneath the registers: whoever uses these has said why the scope does not bound them.
"""

# ruff: noqa: S608 -- the texts are made of registered names only
from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models

from linzhan.kernel.registers.links import column_of


def row_of(model: type[models.Model], identity: UUID) -> dict[str, Any]:
    return rows_where(model, "id = %s", [identity])[0]


def rows_where(model: type[models.Model], condition: str, values: Sequence[Any]) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT to_jsonb(t) FROM {quoted(model)} t WHERE {condition} ORDER BY id", list(values)
        )
        return [json.loads(row) for (row,) in cursor.fetchall()]


def update(model: type[models.Model], ids: Sequence[UUID], values: Mapping[str, Any]) -> None:
    pairs = ", ".join(f'"{column_of(model, name)}" = %s' for name in values)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {quoted(model)} SET {pairs} WHERE id = ANY(%s)", [*values.values(), list(ids)]
        )


def put_back(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> None:
    if not rows:
        return
    columns = ", ".join(f'"{name}"' for name in _columns(model))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quoted(model)} ({columns}) SELECT {columns}"
            f" FROM jsonb_populate_recordset(NULL::{quoted(model)}, %s::jsonb)",
            [json.dumps(rows)],
        )


def restore(
    model: type[models.Model], identity: UUID | str, row: Mapping[str, Any], columns: Iterable[str]
) -> None:
    known = _columns(model)
    names = [name for name in columns if name in known and name != "id"]
    if not names:
        return
    ours, theirs = (", ".join(f'{side}"{name}"' for name in names) for side in ("", "s."))
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {quoted(model)} t SET ({ours}) = (SELECT {theirs}"
            f" FROM jsonb_populate_record(NULL::{quoted(model)}, %s::jsonb) s) WHERE t.id = %s",
            [json.dumps(row), identity],
        )


def model_of(table: str) -> type[models.Model]:
    return next(each for each in apps.get_models() if each._meta.db_table == table)


def _columns(model: type[models.Model]) -> list[str]:
    return [str(f.column) for f in model._meta.concrete_fields if not f.generated]


def quoted(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)
