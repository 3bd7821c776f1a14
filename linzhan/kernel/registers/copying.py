"""Columns of values as the text that COPY reads, made column by column.

psycopg's own row-by-row writing costs as much as everything else that Python does for an imported row.
A kind of value that is not known here is left to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

NULL = "\\N"
LINES = 10_000  # a block that is sent at once
ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
TEXTS: dict[type, Callable[[Any], str]] = {
    str: lambda value: value.translate(ESCAPED),
    UUID: lambda value: f"{value.int:032x}",
    int: str,
    bool: lambda value: "t" if value else "f",
    Decimal: str,
    date: date.isoformat,
    datetime: datetime.isoformat,
    bytes: lambda value: f"\\\\x{value.hex()}",
    type(None): lambda _: NULL,
}


def blocks(columns: Sequence[Sequence[Any]]) -> list[bytes] | None:
    """The rows of ``columns`` in blocks of COPY's text format; None if a value is of an unknown kind."""
    texts: list[Sequence[str]] = []
    for values in columns:
        column = _texts(values)
        if column is None:
            return None
        texts.append(column)
    lines = list(map("\t".join, zip(*texts, strict=True)))
    return [
        ("\n".join(lines[start : start + LINES]) + "\n").encode() for start in range(0, len(lines), LINES)
    ]


def _texts(values: Sequence[Any]) -> Sequence[str] | None:
    kinds = set(map(type, values))
    if kinds == {str}:
        return values if _is_plain("".join(values)) else [value.translate(ESCAPED) for value in values]
    if not kinds <= TEXTS.keys():
        return None
    if kinds == {UUID}:
        return [f"{value.int:032x}" for value in values]
    return [TEXTS[type(value)](value) for value in values]


def _is_plain(text: str) -> bool:
    return not any(special in text for special in "\\\t\n\r")
