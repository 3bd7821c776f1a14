"""Statements that come again and again: their text is made once, and each connection plans them once.

Django's query builder and the planning under a row-level policy cost a look-up by key some forty times
what finding the row costs. Here the text of a look-up is kept by model and scope (the first wall is part
of it, as everywhere), and values are sent beside the text, so that psycopg has the server keep the plan
(``prepare_threshold`` in the settings). Counted, logged and wrapped like any statement of Django's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any, cast
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.utils import CursorWrapper

from linzhan.kernel.scope import Scope, current_scope

CHUNK = 5000
PROBE = UUID("99010119-6001-0100-9000-000000000000")  # stands for the wanted values while a text is made
Row = tuple[Any, ...]


def cursor() -> CursorWrapper:
    """A cursor that sends values beside the text; where statements are logged, one that can tell its text."""
    connection.ensure_connection()
    if connection.queries_logged:
        return connection.cursor()
    raw = cast("CursorWrapper", ServerBindingCursor(connection.connection))  # type: ignore[call-arg]  # psycopg's
    return connection.make_cursor(raw)


def execute(statement: str, values: Sequence[Any]) -> int:
    """How many rows it wrote."""
    with cursor() as ready:
        ready.execute(statement, values)
        return int(ready.rowcount)


def fetch(statement: str, values: Sequence[Any]) -> list[Row]:
    with cursor() as ready:
        ready.execute(statement, values)
        return list(ready.fetchall())


def look_up(
    model: type[models.Model],
    attribute: str,
    wanted: Sequence[Any],
    names: tuple[str, ...],
    *,
    lock: bool = False,
) -> list[Row]:
    """``names`` of the rows within the scope whose ``attribute`` is one of ``wanted``.

    ``lock`` keeps others from changing them until the transaction ends.
    """
    made = _made(model, attribute, names, current_scope(), lock=lock)
    if made is None:
        return []
    one, many, before, after, converters = made
    if len(wanted) == 1:
        rows = fetch(one, (*before, wanted[0], *after))
    else:
        chunks = (list(wanted[start : start + CHUNK]) for start in range(0, len(wanted), CHUNK))
        rows = list(chain.from_iterable(fetch(many, (*before, chunk, *after)) for chunk in chunks))
    return [_converted(row, converters) for row in rows] if converters else rows


@dataclass(frozen=True, slots=True)
class Question:
    """A :func:`look_up` of many that are asked together: a text, an id, and what else ``names`` says."""

    model: type[models.Model]
    attribute: str
    wanted: Sequence[Any]
    names: tuple[str, ...]


def look_up_together(questions: Sequence[Question], kinds: Sequence[str]) -> list[list[Row]]:
    """The answers to ``questions`` by one statement.

    Their columns have the PostgreSQL types ``kinds``; a name that is empty stands for a missing column.
    """
    parts: list[str] = []
    values: list[Any] = []
    for number, each in enumerate(questions):
        names = tuple(filter(None, each.names))
        made = _made(each.model, each.attribute, names, current_scope(), lock=False)
        if made is not None:
            one, many, before, after, _ = made
            single = len(each.wanted) == 1
            values += [*before, each.wanted[0] if single else list(each.wanted), *after]
            listed = (f"q.{name}" if name else "NULL" for name in each.names)
            columns = ", ".join(f"{name}::{kind}" for name, kind in zip(listed, kinds, strict=True))
            parts.append(f"SELECT {number}, {columns} FROM ({one if single else many}) AS q")  # noqa: S608 -- own names
    answers: list[list[Row]] = [[] for _ in questions]
    for number, *row in fetch(" UNION ALL ".join(parts), values) if parts else ():
        answers[number].append(tuple(row))
    return answers


class Sheaf:
    """Inserts that nobody waits for, gathered so that they travel as one statement."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._values: list[Any] = []

    def add(self, text: str, values: Iterable[Any]) -> None:
        self._texts.append(text)
        self._values += values

    def send(self) -> None:
        """Write what was gathered; whoever reads it must have it sent before."""
        *first, last = self._texts or [""]
        if last:
            named = ", ".join(f"part_{number} AS ({text})" for number, text in enumerate(first))
            execute(f"WITH {named} {last}" if named else last, self._values)
        self._texts, self._values = [], []


Converters = tuple[tuple[int, Any, Any], ...]
Made = tuple[str, str, tuple[Any, ...], tuple[Any, ...], Converters]


@lru_cache(maxsize=2048)
def _made(
    model: type[models.Model],
    attribute: str,
    names: tuple[str, ...],
    scope: Scope,
    *,
    lock: bool,
) -> Made | None:
    """Django's own text for it, asking for one value and for an array of them; None where the scope is empty."""
    del scope  # the manager reads it; here it is only what the text is kept by
    rows = model._default_manager.filter(**{f"{attribute}__in": [_probe(model, attribute)]})
    if lock:
        rows = rows.order_by("pk").select_for_update()
    compiler = rows.values_list(*names).query.get_compiler(DEFAULT_DB_ALIAS)
    try:
        text, values = compiler.as_sql()
    except EmptyResultSet:
        return None
    [at] = [place for place, value in enumerate(values) if value in (PROBE, str(PROBE))]
    parts = text.split("%s")
    assert parts[at].endswith(" IN (") and parts[at + 1].startswith(")"), text  # noqa: PT018 -- one shape
    own = parts[at].removesuffix("IN (")
    one, many = ("%s".join([*parts[:at], *around, *parts[at + 2 :]]) for around in _asked(own, parts[at + 1]))
    converters = compiler.get_converters(expression for expression, _, _ in compiler.select)
    found = tuple((place, tuple(each), expression) for place, (each, expression) in converters.items())
    return one, many, tuple(values[:at]), tuple(values[at + 1 :]), found


def _asked(before: str, after: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """What stands around the wanted value, and around an array of them."""
    return (f"{before}= ", after.removeprefix(")")), (f"{before}= ANY(", after)


def _probe(model: type[models.Model], attribute: str) -> Any:
    field = next(f for f in model._meta.concrete_fields if attribute in (f.attname, f.name))
    return PROBE if isinstance(getattr(field, "target_field", field), models.UUIDField) else str(PROBE)


def _converted(row: Row, converters: Converters) -> Row:
    values = list(row)
    for place, each, expression in converters:
        for convert in each:
            values[place] = convert(values[place], expression, connection)
    return tuple(values)
