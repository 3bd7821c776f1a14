"""What a desk asks of rows before they are written, where the row alone cannot tell (``Register.examine``).

``Register.check`` sees the stated values of one row. Whether a consent is valid depends on the age of whom it
is about: such a rule is given all rows of the call at once, each with what it will hold, so that it asks the
database once whatever their number. It may refuse a row, and fill what a new one leaves open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from linzhan.kernel.registers.attributes import stored_values
from linzhan.kernel.registers.batch import Batch
from linzhan.kernel.registers.declare import Where
from linzhan.kernel.registers.layout import layout_of
from linzhan.kernel.registers.matching import Matching
from linzhan.kernel.sheets.cells import CLEAR, MISSING
from linzhan.kernel.sheets.columns import Column
from linzhan.kernel.sheets.rowchecks import order_fault


@dataclass(frozen=True, slots=True)
class Arriving:
    """A row on its way in. ``values`` are what it will hold, by attribute (``resident_id``), a new one's
    without what it leaves to its model's defaults."""

    batch: Batch
    index: int
    is_new: bool
    values: Mapping[str, Any]
    stated: frozenset[str]

    @property
    def id(self) -> UUID:
        identity = self.batch.ids[self.index]
        assert identity is not None
        return identity

    @property
    def where(self) -> Where:
        where = self.batch.wheres[self.index]
        assert where is not None
        return where

    def refuse(self, column: str, message: str) -> None:
        """``message`` (Chinese) is shown at ``column``; the row is not written."""
        self.batch.fault(self.index, self.batch.register.column(column).header, message)

    def derive(self, column: str, value: Any) -> None:
        """Put ``value`` into ``column``, whatever the row says there: nobody types it."""
        self.batch.columns.setdefault(column, [MISSING] * self.batch.size)[self.index] = value

    def complete(self, column: str, value: Any) -> None:
        """Fill ``column`` where the row says nothing there."""
        values = self.batch.columns.get(column)
        if values is None or values[self.index] is MISSING or values[self.index] is CLEAR:
            self.derive(column, value)


def examine(batch: Batch, matching: Matching) -> None:
    """Hold what is stated against what is stored, then let the register look at its good rows."""
    _check_spans(batch, matching)
    look = batch.register.examine
    good = batch.good() if look is not None else []
    if look is None or not good:
        return
    by_name, meant = layout_of(batch.register).by_name, batch.meant()
    arriving = []
    for index in good:
        given = batch.stated(index, meant)
        told = {
            attribute: value
            for name, each in given.items()
            for attribute, value in zip(
                by_name[name].compared, stored_values(by_name[name].column, each), strict=False
            )
        }
        stored = matching.stored.get(index)
        arriving.append(Arriving(batch, index, stored is None, {**(stored or {}), **told}, frozenset(given)))
    look(arriving)


def _check_spans(batch: Batch, matching: Matching) -> None:
    """An end that is stated without its start (by a step, by one changed field) is not before the stored one.

    Rows that state both were looked at as rows (``sheets.rowchecks``). Where a row may tell of another life
    than the stored one (``Register.ends``), the stored partner says nothing of it.
    """
    register, stored = batch.register, matching.stored
    if not stored or register.ends:
        return
    for end in register.sheet.columns:
        if not end.not_before or not {end.name, end.not_before} & set(batch.columns):
            continue
        start = register.column(end.not_before)
        for index in batch.good():
            if index in stored and (wrong := _span_fault(batch, index, stored[index], end, start)):
                batch.fault(index, end.header, wrong)


def _span_fault(batch: Batch, index: int, stored: Mapping[str, Any], end: Column, start: Column) -> str:
    told = {
        column.name: batch.value(column.name, index) if column.name in batch.columns else MISSING
        for column in (end, start)
    }
    if all(value is not MISSING for value in told.values()):
        return ""
    now = {name: stored.get(name) if value is MISSING else value for name, value in told.items()}
    if now == {name: stored.get(name) for name in told}:
        return ""
    return order_fault(end, now[end.name], start, now[start.name])
