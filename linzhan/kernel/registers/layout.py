"""How a register's rows lie in its table, worked out once a register: what each write would ask again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models

from linzhan.kernel.registers.attributes import (
    SECRET_KINDS,
    attributes,
    compared,
    default_values,
    stored_values,
)
from linzhan.kernel.registers.declare import Register
from linzhan.kernel.sheets.cells import MISSING, Blank
from linzhan.kernel.sheets.columns import Column, Kind, Origin

PLACES = ("region_code", "provider_id", "station_id")


@dataclass(frozen=True, slots=True)
class Kept:
    """A column of the sheet as the table keeps it: the attributes it fills, and those that tell a change.

    ``as_read``: its one attribute holds the value as it was read. ``names_a_row``: it holds the id of the
    row referred to. ``fixed``: what a new row gets where nothing is stated; None if that is asked each time.
    """

    column: Column
    model: type[models.Model]
    attributes: tuple[str, ...]
    compared: tuple[str, ...]
    as_read: bool
    names_a_row: bool
    fixed: tuple[Any, ...] | None

    @property
    def default(self) -> tuple[Any, ...]:
        return default_values(self.model, self.column) if self.fixed is None else self.fixed

    def of_new_rows(self, values: Sequence[Any] | None, size: int) -> list[Sequence[Any]]:
        """What the table gets for the ``values`` that ``size`` new rows state, attribute by attribute."""
        default = self.default
        if values is None:
            return [[each] * size for each in default]
        blank = Blank in set(map(type, values))
        if self.as_read and not blank:
            return [values]
        if self.names_a_row and not blank:
            return [[where.id for where in values]]
        rows = [default if value is MISSING else stored_values(self.column, value) for value in values]
        return [[row[place] for row in rows] for place in range(len(self.attributes))]


class Layout:
    """The columns of one register and the names by which its rows are asked for."""

    def __init__(self, register: Register) -> None:
        present = {field.attname for field in register.model._meta.concrete_fields}
        keys = register.sheet.keys
        columns = (column for column in register.sheet.columns if column.origin is not Origin.DERIVED)
        self.all = tuple(_kept(register.model, column) for column in columns)
        self.kept = tuple(each for each in self.all if each.attributes)
        self.by_name = {each.column.name: each for each in self.all}
        self.places = tuple(name for name in PLACES if name in present)
        self.own = frozenset(name for each in self.kept for name in each.attributes)
        self.keys = tuple(compared(column)[0] for column in keys)
        self.secret_key = keys[0].kind in SECRET_KINDS
        whole = (name for each in self.kept for name in each.attributes)
        telling = (name for each in self.kept for name in each.compared)
        self.whole = tuple(dict.fromkeys(("id", *whole, *self.places)))
        merged = (register.merged,) if register.merged else ()
        self.telling = tuple(dict.fromkeys(("id", *telling, *self.places, *self.keys, *merged)))


@cache
def layout_of(register: Register) -> Layout:
    return Layout(register)


def _kept(model: type[models.Model], column: Column) -> Kept:
    names = attributes(column)
    single = len(names) == 1 and not column.several and column.kind not in SECRET_KINDS
    referring = column.kind is Kind.REFERENCE and not column.refers_to.startswith("@")
    return Kept(
        column=column,
        model=model,
        attributes=names,
        compared=compared(column),
        as_read=single and not referring,
        names_a_row=single and referring,
        fixed=None if _asked_each_time(model, names) else default_values(model, column),
    )


def _asked_each_time(model: type[models.Model], names: Sequence[str]) -> bool:
    fields = (field for field in model._meta.concrete_fields if field.attname in names)
    return any(field.has_default() and callable(field.default) for field in fields)
