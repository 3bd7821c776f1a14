"""JSON values as the register's own readers take them: what a program and a phone say, before it is converted."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from linzhan.kernel.sheets.cells import CLEAR, MISSING
from linzhan.kernel.sheets.columns import Column, Kind

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def is_row_reference(column: Column) -> bool:
    """Whether the column points to rows of a register (not to a closed list of codes)."""
    return column.kind is Kind.REFERENCE and not column.refers_to.startswith("@")


class WrongType(ValueError):
    """A JSON value that no reader of the column is to see; the message is Chinese."""


def given(column: Column, value: Any, *, clears: bool) -> Any:
    """A JSON value as the register's readers take it; null states nothing, or ``clears``."""
    if value is None or (isinstance(value, (str, list, tuple)) and not value):
        return CLEAR if clears else MISSING
    if isinstance(value, (list, tuple)):
        if not column.several:
            raise WrongType("这里只能填一个值")
        return tuple(_one(column, each) for each in value)
    return _one(column, value)


def _one(column: Column, value: Any) -> Any:
    if isinstance(value, dict) and is_row_reference(column):
        value = value.get("id") or value.get("key")
    if value is None or isinstance(value, (dict, list)):
        raise WrongType("这里须填一个值")
    if isinstance(value, str):
        _require_storable(value)
        if is_row_reference(column):
            return _identity(value) or value
    elif isinstance(value, bool) and column.kind is not Kind.YES_NO:
        raise WrongType("这里不是“是/否”")
    return value


def _identity(text: str) -> UUID | None:
    """The id that ``text`` spells in the usual form of 36 characters; anything else is a key."""
    try:
        return UUID(text) if len(text) == 36 else None
    except ValueError:
        return None


def _require_storable(text: str) -> None:
    """No text of a database holds a NUL or half a character."""
    if _UNSTORABLE.search(text):
        raise WrongType("含有无法保存的字符")
