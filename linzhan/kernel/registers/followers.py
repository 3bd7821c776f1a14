"""Which tables hold rows that something else places, and by which columns: read from the registers' declarations.

What a register's own declaration cannot say (certificates kept beside a worker, appointments, stated
parameters) is registered here as a follower. :mod:`linzhan.kernel.registers.moving` moves them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models

from linzhan.kernel.registers.attributes import attributes
from linzhan.kernel.registers.declare import REGISTERS, Link, Register, by_sheet
from linzhan.kernel.registers.links import column_of
from linzhan.kernel.scope import ScopedModel, place_columns
from linzhan.kernel.sheets.columns import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table whose rows are placed by something else.

    ``happens`` names the day on which a row happened: earlier ones stay. ``ends`` names the day on which
    a row ends: ended ones stay. ``dated`` tables hold stretches (``valid_from``, ``valid_to``), which are
    split; columns ``cleared`` start empty in the new stretch. ``copies_provider``: the institution is a
    copy too. ``owner`` names the key of the register's row that a row is kept for: it goes where that goes.
    ``same_unit_only``: rows that carry authority follow a division that goes on under another code, but
    nobody gains or loses any by a merger.
    """

    model: type[models.Model]
    register: str = ""
    happens: str = ""
    ends: str = ""
    dated: bool = False
    cleared: tuple[str, ...] = ()
    copies_provider: bool = True
    owner: str = ""
    same_unit_only: bool = False
    lines: tuple[str, ...] = ("station", "provider")

    @property
    def own_register(self) -> Register | None:
        """The register whose rows these are, now or as dated states; None for what is kept beside them."""
        found = register_of(self.register)
        return found if found is not None and self.model in (found.model, found.states) else None

    def has(self, attribute: str) -> bool:
        return any(each.attname == attribute for each in self.model._meta.concrete_fields)


_followers: list[Table] = []


def follower(table: Table) -> None:
    """Register a table that is no register's own and still is placed by something (certificates, appointments)."""
    _followers.append(table)


def register_of(key: str) -> Register | None:
    return REGISTERS[key] if key and key in REGISTERS else None


def tables() -> Iterator[Table]:
    """Every table with rows of a place, each register's rows before what is kept for them."""
    for register in REGISTERS:
        if register.written_once:  # what nobody may change stays where it was written
            continue
        kept_for = _kept_for(register)
        if kept_for is not None:
            yield kept_for
            continue
        copied, lines = not _names_provider(register), _lines(register)
        ends = register.ends
        happens = "" if register.states or ends else register.happens
        yield Table(
            model=register.model,
            register=register.key,
            happens=happens,
            ends=ends,
            copies_provider=copied,
            lines=lines,
        )
        if register.states is not None:
            yield Table(
                model=register.states, register=register.key, dated=True, copies_provider=copied, lines=lines
            )
        for name, link in register.links.items():
            if link.place == "target":
                yield _of_link(register, name, link)
    yield from _followers


def _kept_for(register: Register) -> Table | None:
    """Rows that tell more of something that happened (who was at a service) go where that goes, and stay with it."""
    column = register.column(register.place[0])
    if column.kind is not Kind.REFERENCE or column.several or column.refers_to.startswith("?"):
        return None
    owner = by_sheet(column.refers_to)
    if not owner.happens or owner.states is not None or owner.ends:
        return None
    return Table(model=register.model, register=owner.key, owner=f"{column.name}_id")


def _of_link(register: Register, name: str, link: Link) -> Table:
    """Links at the place of what they name (a station, a worker), on the day of their owner."""
    target = by_sheet(register.column(name).refers_to)
    when = register.happens if register.happens in link.copies else ""
    copied = not _names_provider(target) or target.stands_for == "station"
    return Table(model=link.model, register=register.key, happens=when, copies_provider=copied)


def _names_provider(register: Register) -> bool:
    return any("provider_id" in attributes(column) for column in register.sheet.columns)


def _lines(register: Register) -> tuple[str, ...]:
    """The lines that can place rows of ``register``: those its place columns refer along."""
    found = []
    for name in register.place:
        column = register.column(name)
        if column.kind is not Kind.REFERENCE or column.several:
            continue
        if column.refers_to.startswith("?"):
            return ("station", "provider")
        found += [each.stands_for or "station" for each in REGISTERS if each.sheet.name == column.refers_to]
    return tuple(found)


def region_columns(table: Table) -> list[str]:
    """The columns of ``table`` with codes that follow: its place, and what places it or is dated."""
    found = ["region_code"]
    register = table.own_register
    if register is not None:
        named = [
            c
            for c in register.sheet.columns
            if c.kind is Kind.REGION and (c.dated or c.name in register.place)
        ]
        found += [name for column in named for name in attributes(column) if table.has(name)]
    return list(dict.fromkeys(found))


def line_of(table: Table, line: str) -> str:
    if not issubclass(table.model, ScopedModel):
        return ""
    attribute = place_columns(table.model).get(line, "")
    return column_of(table.model, attribute) if attribute else ""
