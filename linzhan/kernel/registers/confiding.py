"""Codes of a closed list that not every reader may see (``domain.md`` §19.2: L4 by a named duty).

Whoever lists, opens, filters or exports rows sees them without these codes, and finds no rows whose one
code is such. Whoever writes a list that they saw in part keeps what they did not see. The machine (a
command, a job without a reader) sees all: nobody looks over its shoulder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models

from linzhan.kernel.registers.declare import Register
from linzhan.kernel.sheets.columns import Column

Hides = Callable[[frozenset[str]], frozenset[str]]
_hides: dict[str, Hides] = {}
_rights: ContextVar[frozenset[str] | None] = ContextVar("linzhan_rights", default=None)


def confides(list_name: str, hides: Hides) -> None:
    """``hides(rights)`` says which codes of ``@name`` a reader with these rights does not see."""
    _hides[list_name] = hides


@contextmanager
def reading_with(rights: frozenset[str] | None) -> Iterator[None]:
    """The block reads for somebody who holds ``rights``; None: for the machine."""
    token = _rights.set(rights)
    try:
        yield
    finally:
        _rights.reset(token)


def rights_at_hand() -> frozenset[str] | None:
    """The rights of the reader at hand; None where nobody looks over the machine's shoulder."""
    return _rights.get()


def hidden_codes(column: Column) -> frozenset[str]:
    """The codes of ``column`` that the reader at hand does not see."""
    hides, rights = _hides.get(column.refers_to), _rights.get()
    return hides(rights) if hides is not None and rights is not None else frozenset()


def without_hidden(column: Column, value: Any) -> Any:
    """``value`` of ``column`` as the reader at hand sees it."""
    hidden = hidden_codes(column) if column.refers_to in _hides else frozenset()
    if not hidden:
        return value
    if isinstance(value, (list, tuple)):
        return [each for each in value if each not in hidden]
    return "" if value in hidden else value


def seen(register: Register, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """``rows`` without those whose one code is hidden from the reader at hand."""
    for column in register.sheet.columns:
        if column.refers_to in _hides and not column.several and (hidden := hidden_codes(column)):
            rows = rows.exclude(**{f"{column.name}__in": sorted(hidden)})
    return rows


def keep_hidden(column: Column, was: Mapping[str, Any], row: dict[str, Any]) -> None:
    """A list about to be replaced keeps the codes that its writer did not see; for ``Register.settle``."""
    hidden = hidden_codes(column)
    unseen = [code for code in was.get(column.name) or () if code in hidden]
    row[column.name] = [*(row[column.name] or ()), *(code for code in unseen if code not in row[column.name])]
