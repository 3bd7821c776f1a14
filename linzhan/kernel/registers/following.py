"""From ids to keys and names: what references point to, one statement per register that is referred to.

A page of a list asks this for every column that refers to rows. The part of the statement that the
manager writes (which rows a scope sees) says the same all day, so it is compiled once per scope and
kept; each side of a join brings its own, since a join passes a manager's filter by.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection, models

from linzhan.kernel.registers.attributes import SECRET_KINDS, attributes, key_attribute
from linzhan.kernel.registers.declare import Link, Register
from linzhan.kernel.scope import Scope, current_scope

KEPT = 4096  # statements: registers × people who work at the same time

Statement = tuple[str, tuple[Any, ...]]


@lru_cache(maxsize=KEPT)
def _seen(model: type[models.Model], names: tuple[str, ...], value: Scope) -> Statement | None:
    """``names`` of the rows of ``model`` that the scope ``value`` (the one in force) sees; None for none."""
    assert value == current_scope()  # the manager reads the scope in force; ``value`` is the key
    try:
        text, values = model._default_manager.order_by().values_list(*names).query.sql_with_params()
    except EmptyResultSet:
        return None
    return text, tuple(values)


def seen_rows(model: type[models.Model], *names: str) -> Statement | None:
    """The statement that reads ``names`` of all rows of ``model`` in scope, to be put into another one."""
    return _seen(model, names, current_scope())


def named_columns(register: Register) -> tuple[str, str, str]:
    """The attributes by which a row of ``register`` is named: id, title, key."""
    key = register.sheet.keys[0]
    own = attributes(key)[0] if key.kind in SECRET_KINDS else key_attribute(register)
    return "id", register.title, own


def names_of(register: Register, ids: Iterable[UUID]) -> list[tuple[UUID, Any, Any]]:
    """(id, title, key as stored) of those of ``ids`` that are in scope."""
    wanted = list(ids)
    seen = seen_rows(register.model, *named_columns(register)) if wanted else None
    if seen is None:
        return []
    identity, title, key = named_columns(register)
    return _rows(
        f'SELECT r."{identity}", r."{title}", r."{key}" FROM ({seen[0]}) AS r WHERE r."{identity}" = ANY(%s)',  # noqa: S608 -- columns of declared registers, compiled by the ORM
        (*seen[1], wanted),
    )


def linked_names(register: Register, link: Link, owners: Sequence[UUID]) -> list[tuple[UUID, UUID, Any, Any]]:
    """(owner, id, title, key as stored) of the rows of ``register`` that ``link`` ties to ``owners``, in order."""
    ties = seen_rows(link.model, "id", f"{link.owner}_id", f"{link.target}_id") if owners else None
    seen = seen_rows(register.model, *named_columns(register))
    if ties is None or seen is None:
        return []
    identity, title, key = named_columns(register)
    return _rows(
        f'SELECT t."{link.owner}_id", r."{identity}", r."{title}", r."{key}" FROM ({ties[0]}) AS t'  # noqa: S608 -- as above
        f' JOIN ({seen[0]}) AS r ON r."{identity}" = t."{link.target}_id"'
        f' WHERE t."{link.owner}_id" = ANY(%s) ORDER BY t."id"',
        (*ties[1], *seen[1], list(owners)),
    )


def _rows(statement: str, values: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
