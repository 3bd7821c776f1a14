"""What else than the visit rules makes somebody owed a contact: events and days that other parts keep.

``owed_after``: after such a day (a major change) the first contact of the rule that holds is due again.
``owed_on``: somebody is to be contacted on a day (the follow-up of a closed case); whoever keeps the day
leaves it out once it was done. Each gives a scoped query of residents and days (of the latter with the
words that say why), or such rows where it must count them itself, so that one statement asks them all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from linzhan.kernel.registry import Registry

Told = list[tuple[Any, ...]]
Asked = Callable[[date], QuerySet[Any, Any] | Told]
COLUMN_TYPES = ("uuid", "date", "text")


@dataclass(frozen=True, slots=True)
class Source:
    name: str
    ask: Asked


AFTER: Registry[Source] = Registry("events after which a contact is owed")
ON: Registry[Source] = Registry("days on which a contact is owed")


def owed_after(name: str) -> Callable[[Asked], Asked]:
    """Register ``(on) -> values_list(resident id, day of the event)``, of events until ``on``."""

    def add(ask: Asked) -> Asked:
        AFTER.add(Source(name, ask))
        return ask

    return add


def owed_on(name: str) -> Callable[[Asked], Asked]:
    """Register ``(on) -> values_list(resident id, day due, words)``, of what was not done yet."""

    def add(ask: Asked) -> Asked:
        ON.add(Source(name, ask))
        return ask

    return add


def statement(sources: Registry[Source], on: date, *, none: str) -> tuple[str, list[Any]]:
    """All sources as one statement; ``none`` where there is none that the reader sees anything of."""
    texts, values = [], list[Any]()
    for source in sources:
        compiled = _compiled(source.ask(on))
        if compiled is not None:
            texts.append(f"({compiled[0]})")
            values.extend(compiled[1])
    return (" UNION ALL ".join(texts) or none), values


def _compiled(rows: QuerySet[Any, Any] | Told) -> tuple[str, Sequence[Any]] | None:
    if isinstance(rows, list):
        columns = [list(each) for each in zip(*rows, strict=True)]
        arrays = ", ".join(f"%s::{kind}[]" for kind, _ in zip(COLUMN_TYPES, columns, strict=False))
        return (f"SELECT * FROM unnest({arrays})", columns) if rows else None  # noqa: S608 -- own types
    try:
        text, values = rows.order_by().query.sql_with_params()
    except EmptyResultSet:
        return None
    return text, values
