"""What a table can hold: a number or text beyond it is a fault of its cell, not the end of the import.

The sheets state what a value means, the tables how much room it has; a value in between (an area of a
billion square metres) would otherwise stop the whole file when it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache, partial
from typing import Any

from django.db import connection, models

from linzhan.kernel.registers.attributes import attributes
from linzhan.kernel.registers.batch import Batch
from linzhan.kernel.registers.declare import Register
from linzhan.kernel.sheets.columns import Column

Fits = Callable[[Any], bool]


def note_misfits(batch: Batch) -> None:
    """Give every value that its column of the table cannot hold a fault."""
    for column, type_, fits, message in _bounds(batch.register):
        values = batch.columns.get(column.name)
        if values is None or type_ not in set(map(type, values)):
            continue
        for index, value in enumerate(values):
            if type(value) is type_ and not fits(value):
                batch.fault(index, column.header, message)


@cache
def _bounds(register: Register) -> tuple[tuple[Column, type, Fits, str], ...]:
    return tuple(_found_bounds(register))


def _found_bounds(register: Register) -> Iterator[tuple[Column, type, Fits, str]]:
    fields = {field.attname: field for field in register.model._meta.concrete_fields}
    for column in register.sheet.columns:
        names = attributes(column)
        field = fields.get(names[0]) if len(names) == 1 else None
        if isinstance(field, models.DecimalField):
            limit = 10 ** ((field.max_digits or 0) - (field.decimal_places or 0))
            yield column, Decimal, partial(_below, limit), f"数字太大，应小于 {limit}，请核对"
        elif isinstance(field, models.IntegerField):
            _, highest = connection.ops.integer_field_range(field.get_internal_type())
            if highest is not None:
                yield column, int, partial(_below, highest + 1), f"数字太大，最大 {highest}，请核对"
        elif isinstance(field, models.CharField) and 0 < (field.max_length or 0) < (column.max_length or 0):
            yield (
                column,
                str,
                partial(_short, field.max_length or 0),
                f"太长，最多 {field.max_length} 个字，请删减",
            )


def _below(limit: int, value: Decimal | int) -> bool:
    return value < limit


def _short(limit: int, value: str) -> bool:
    return len(value) <= limit
