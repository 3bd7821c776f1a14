"""Millions of rows of columns of fixed length, straight into arrays: by COPY in its binary form, nothing made for a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final
from uuid import UUID

import numpy as np
from django.db import connection
from numpy.typing import NDArray

Rows = NDArray[Any]
Ids = NDArray[Any]
HEADER: Final = 19
TRAILER: Final = 2
AT_ONCE: Final = 16_384
"""Rows that are handed on at once."""


def fixed_rows(select: str, asked: Mapping[str, Any], columns: Mapping[str, str]) -> Rows:
    """All rows of ``select`` as one array with a field for each of ``columns``, by name (see :func:`parts_of`)."""
    kind = np.dtype(list(columns.items()))
    parts = list(parts_of(select, asked, columns))
    return np.concatenate(parts) if parts else np.empty(0, dtype=kind)


def parts_of(select: str, asked: Mapping[str, Any], columns: Mapping[str, str]) -> Iterator[Rows]:
    """The rows of ``select`` a part at a time. ``columns`` are its columns in order, with the bytes that
    PostgreSQL sends for them (``V16`` an id, ``?`` a boolean, ``V128`` so long a ``bytea``); none may be null.
    """
    sent = np.dtype(
        [
            ("", ">i2"),
            *(each for name, kind in columns.items() for each in ((f"{name} size", ">i4"), (name, kind))),
        ]
    )
    whole = AT_ONCE * sent.itemsize
    waiting = bytearray()
    skipped = HEADER
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY ({select}) TO STDOUT (FORMAT BINARY)", asked) as copy,
    ):
        for block in copy:
            waiting += block
            if len(waiting) >= whole + skipped + TRAILER:
                yield _rows(waiting[skipped : skipped + whole], sent, columns)
                del waiting[: skipped + whole]
                skipped = 0
    if len(waiting) > skipped + TRAILER:
        yield _rows(waiting[skipped:-TRAILER], sent, columns)


def _rows(sent: bytearray, kind: np.dtype[Any], columns: Mapping[str, str]) -> Rows:
    found = np.frombuffer(sent, dtype=kind)
    for name in columns:
        if (found[f"{name} size"] != kind[name].itemsize).any():
            raise ValueError(f"{name} is not of one length")
    return found[list(columns)]


def texts_of(ids: Ids) -> list[str]:
    """Ids as the database reads them."""
    every = ids.tobytes().hex()
    return [every[at : at + 32] for at in range(0, len(every), 32)]


def uuids_of(ids: Ids) -> list[UUID]:
    return list(map(UUID, texts_of(ids)))
