"""By which columns the rows of the house name a row of a register (``registers.joining``).

References and links that a register declares, foreign keys to its table, and what is registered here
because neither says it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models

from linzhan.kernel.registers.declare import REGISTERS, Register, references, sheets_of_subject
from linzhan.kernel.registers.links import column_of


@dataclass(frozen=True, slots=True)
class Way:
    """A column by which rows of ``model`` name a row: of the register ``register``, or of none.

    ``owner`` is set for links: two links of one owner to the two rows are one afterwards.
    """

    model: type[models.Model]
    attribute: str
    register: str = ""
    owner: str = ""

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def column(self) -> str:
        return column_of(self.model, self.attribute)


_beside: list[tuple[type[models.Model], str]] = []


def names_rows(model: type[models.Model], attribute: str) -> None:
    """Register a column that holds ids of rows of registers and is neither declared nor a foreign key."""
    _beside.append((model, attribute))


def ways(register: Register) -> list[Way]:
    """Every column of the house by which a row of ``register`` is named, its own states left aside."""
    found: dict[tuple[str, str], Way] = {}
    for way in (*_declared(register), *_keyed(register), *(Way(model, name) for model, name in _beside)):
        known = found.get((way.table, way.attribute))
        if known is None or (way.register and not known.register):
            found[way.table, way.attribute] = way
    return list(found.values())


def _declared(register: Register) -> Iterator[Way]:
    for each in REGISTERS:
        for column in references(each):
            if not _refers(column.refers_to, register):
                continue
            if column.several:
                link = each.links[column.name]
                yield Way(link.model, f"{link.target}_id", each.key, f"{link.owner}_id")
                continue
            attribute = f"{column.name}_id"
            yield Way(each.model, attribute, each.key)
            if column.dated and each.states is not None:
                yield Way(each.states, attribute, each.key)


def _refers(to: str, register: Register) -> bool:
    if to.startswith("?"):
        return register.name in sheets_of_subject(to[1:]).values()
    return to == register.name


def _keyed(register: Register) -> Iterator[Way]:
    """Foreign keys; ``names_both`` says of a model that it is about the two rows themselves."""
    for model in apps.get_models():
        if model is register.states or getattr(model, "names_both", False):
            continue
        for field in model._meta.concrete_fields:
            if field.remote_field is not None and field.related_model is register.model:
                yield Way(model, field.attname)
