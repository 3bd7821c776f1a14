"""How a column of a sheet is kept in the table, in one place for writing, reading and export."""

from __future__ import annotations

from typing import Any

from django.db import models

from linzhan.kernel import secrecy
from linzhan.kernel.registers.declare import Register, Where
from linzhan.kernel.sheets.cells import CLEAR, MISSING
from linzhan.kernel.sheets.columns import Column, Kind

SECRET_KINDS = (Kind.IDENTITY, Kind.DOCUMENT)


def attributes(column: Column) -> tuple[str, ...]:
    """The table columns that keep ``column``; empty for a several-valued reference (a link table)."""
    if column.kind is Kind.REGION:
        return (f"{column.name}_code",)
    if column.kind in SECRET_KINDS:
        return (f"{column.name}_sealed", f"{column.name}_index")
    if column.kind is Kind.REFERENCE and column.refers_to.startswith("?"):
        return (f"{column.name}_id", f"{column.name}_code")
    if column.kind is Kind.REFERENCE and not column.refers_to.startswith("@"):
        return () if column.several else (f"{column.name}_id",)
    return (column.name,)


def compared(column: Column) -> tuple[str, ...]:
    """The attributes that tell whether a value changed: a sealed text differs each time it is sealed."""
    return attributes(column)[1:] if column.kind in SECRET_KINDS else attributes(column)


def stored_values(column: Column, value: Any) -> tuple[Any, ...]:
    """``value`` (converted and resolved, never MISSING) as the values of :func:`attributes`."""
    if column.several and not attributes(column):
        return ()
    if value is CLEAR:
        width = len(attributes(column))
        empty: Any = [] if column.several and width else ("" if is_text(column) else None)
        return (b"", "") if column.kind in SECRET_KINDS else (empty,) * width
    if column.kind in SECRET_KINDS:
        return (secrecy.seal(value), secrecy.blind_index(value))
    if column.kind is Kind.REFERENCE and column.refers_to.startswith("?"):
        known = type(value) is Where and value.id.int != 0
        return (value.id if known else None, value.region_code)
    if type(value) is tuple and column.several:
        return (list(value),)
    return (value.id if type(value) is Where else value,)


def compared_values(column: Column, value: Any) -> tuple[Any, ...]:
    """As :func:`stored_values` for :func:`compared`, without sealing anything."""
    if column.kind in SECRET_KINDS:
        return ("",) if value is CLEAR else (secrecy.blind_index(value),)
    return stored_values(column, value)


def is_text(column: Column) -> bool:
    """Whether an empty value is kept as an empty text rather than NULL."""
    if column.kind is Kind.REFERENCE:
        return column.refers_to.startswith("@")
    return column.kind in (Kind.TEXT, Kind.CODE, Kind.CHOICE, Kind.PHONE, Kind.USCC, Kind.REGION)


def default_values(model: type[models.Model], column: Column) -> tuple[Any, ...]:
    """What a new row gets where nothing is stated: the model's default (a status), else empty."""
    if len(attributes(column)) == 1 and not column.several:
        field = next(f for f in model._meta.concrete_fields if f.attname == attributes(column)[0])
        if field.has_default():
            value = field.get_default()
            return (getattr(value, "value", value),)  # an enum member is kept as its text
    return stored_values(column, CLEAR)


def key_attribute(register: Register) -> str:
    """The table column by which references find a row: that of the first key column."""
    return compared(register.sheet.keys[0])[0]


def stored_key(register: Register, text: str) -> str:
    """The text of a key as the table keeps it."""
    return secrecy.blind_index(text) if register.sheet.keys[0].kind in SECRET_KINDS else text


def given(value: Any) -> bool:
    return value is not MISSING


def stated(value: Any) -> bool:
    """Whether a value was given and is not a clearing."""
    return value is not MISSING and value is not CLEAR
