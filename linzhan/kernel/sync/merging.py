"""Two changes of one field, made apart: joined by the meaning of the field, or left for a person. Pure.

``was`` is what the phone had before it, ``mine`` what it wants, ``theirs`` what stands now. Values are
normal forms (:func:`normal`), so that a date and its text, a row and its id are the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from linzhan.kernel.sheets.cells import CLEAR, MISSING
from linzhan.kernel.sheets.columns import Column

APPEND, HIGHER, NEWEST, ASK = "append", "higher", "newest", ""
Normal = Any
"""None for blank, a text, a number, a bool, or a sorted tuple of texts."""


class Verdict(Enum):
    APPLY = "apply"  # nothing stands in the way
    NOTHING = "nothing"  # it stands already
    MERGED = "merged"  # joined, or settled by the field's own rule
    KEEP = "keep"  # theirs stays by the field's own rule
    ASK = "ask"  # a person decides


@dataclass(frozen=True, slots=True)
class Merge:
    """``value`` is what is to stand; None where nothing is written (``KEEP``, ``NOTHING``, ``ASK``)."""

    verdict: Verdict
    value: Normal = None


def normal(value: Any) -> Normal:
    """A stored, given or read value in its normal form; references by id."""
    if value is None or value is MISSING or value is CLEAR or value in ("", (), []):
        return None
    if isinstance(value, (list, tuple)):
        return tuple(sorted(str(normal(each)) for each in value))
    return value if isinstance(value, bool) else _spelled(value)


def _spelled(value: Any) -> str:
    if isinstance(value, (int, float, Decimal)):
        return format(Decimal(str(value)).normalize(), "f")  # never 1E+1
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, (str, date, UUID)):
        return str(value).strip()
    return str(value.id)  # a row that is referred to


def merged(column: Column, was: Normal, theirs: Normal, mine: Normal, *, mine_is_later: bool) -> Merge:
    """How ``mine`` and ``theirs`` come together. ``mine_is_later``: it was written down after theirs."""
    if mine in (theirs, was):
        return Merge(Verdict.NOTHING)
    if theirs == was:
        return Merge(Verdict.APPLY, mine)
    if column.merges == APPEND:
        return Merge(Verdict.MERGED, _appended(was, theirs, mine))
    if column.merges == HIGHER:
        return _higher(column, theirs, mine)
    if column.merges == NEWEST:
        return Merge(Verdict.MERGED, mine) if mine_is_later else Merge(Verdict.KEEP)
    return Merge(Verdict.ASK)


def _appended(was: Normal, theirs: Normal, mine: Normal) -> Normal:
    if any(isinstance(each, tuple) for each in (was, theirs, mine)):
        had, have, want = (set(each or ()) for each in (was, theirs, mine))
        return tuple(sorted((have | (want - had)) - (had - want))) or None
    there, here, before = str(theirs or ""), str(mine or ""), str(was or "")
    added = here.removeprefix(before).strip() if before and here.startswith(before) else here
    if not added or f"\n{added}\n" in f"\n{there}\n":
        return there or None
    return f"{there}\n{added}" if there else added


def _higher(column: Column, theirs: Normal, mine: Normal) -> Merge:
    order = list(column.choices)  # the gravest first

    def place(value: Normal) -> int:
        return order.index(value) if value in order else len(order)

    if place(mine) < place(theirs):
        return Merge(Verdict.MERGED, mine)
    return Merge(Verdict.KEEP)
