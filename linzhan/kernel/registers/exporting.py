"""A workbook out: the starter workbook's rows with full keys, whole or of one place.

The file of one place stands by itself: a row elsewhere that one of its rows refers to (the institution
of another county, the city's centre, a worker who came to a training) is written too, in its own
sheet. Left blank, the reference would make an empty instance refuse the row and a stored list lose a
name (``contract/workbook.md``: what was exported can be imported again).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import models

from linzhan.kernel.registers.attributes import attributes, compared, default_values
from linzhan.kernel.registers.declare import (
    REGISTERS,
    Register,
    by_sheet,
    in_order,
    references,
    sheets_of_subject,
)
from linzhan.kernel.registers.reading import cell, records
from linzhan.kernel.scope import Scope, scope
from linzhan.kernel.sheets.columns import Column, Origin, Sheet
from linzhan.kernel.sheets.writing import write_sheets

Rows = models.QuerySet[Any]
CHUNK = 5000


@dataclass(frozen=True, slots=True)
class Exported:
    """How many rows of a register (or of all) were written, and how many of them lie elsewhere."""

    rows: int = 0
    elsewhere: int = 0


Report = Callable[[str, Exported], None]


def starter_registers() -> list[Register]:
    """The registers of the starter workbook, in their order."""
    return [entry for entry in REGISTERS if entry.starter]


def starter_sheets() -> list[Sheet]:
    """The sheets of the starter workbook, in the order of the registers."""
    return [entry.sheet.of_starter() for entry in starter_registers()]


def sheet_of(entry: Register, *some: Rows) -> Sheet:
    """The sheet that an export of ``some`` rows has: the starter workbook's, and what else they hold."""
    further = [c for c in entry.sheet.columns if not c.starter and c.origin is not Origin.DERIVED]
    return entry.sheet.of_starter(
        *(column for column in further if any(_holds(entry, column, rows) for rows in some))
    )


def _holds(entry: Register, column: Column, rows: Rows) -> bool:
    """Whether any of ``rows`` says more in ``column`` than a new row that says nothing."""
    if not attributes(column):
        link = entry.links[column.name]
        owners = {f"{link.owner}_id__in": rows.order_by().values("pk")}
        return link.model._default_manager.filter(**owners).exists()
    name, empty = compared(column)[0], default_values(entry.model, column)[-1]
    usual = {f"{name}__isnull": True} if empty is None else {name: empty}
    return rows.order_by().exclude(**usual).exists()


def export_workbook(path: Path, *, region: str = "", report: Report | None = None) -> Exported:
    """All rows of the reader's scope as a starter workbook with full keys, or those of ``region`` (12 digits).

    Read and written as a stream, so memory grows with the rows elsewhere that are referred to and not
    with the data. Only the file's owner may read it. ``report`` hears of each register when it is done.
    """
    chosen = _Chosen(starter_registers(), region)
    counts: dict[str, Exported] = {}

    def rows_of(entry: Register, sheet: Sheet) -> Iterator[dict[str, Any]]:
        inside, elsewhere = 0, 0
        here = chosen.inside[entry.key].order_by("id")
        for inside, row in enumerate(_rows(entry, sheet, here), 1):  # noqa: B007 -- read after the loop
            yield row
        for elsewhere, row in enumerate(chosen.rows_elsewhere(entry, sheet), 1):  # noqa: B007 -- as above
            yield row
        counts[entry.key] = Exported(inside + elsewhere, elsewhere)
        if report:
            report(entry.name, counts[entry.key])

    path.touch(mode=0o600)
    path.chmod(0o600)
    sheets = [(entry, chosen.sheet(entry)) for entry in starter_registers()]
    write_sheets(path, [(sheet, rows_of(entry, sheet)) for entry, sheet in sheets])
    return Exported(
        sum(each.rows for each in counts.values()), sum(each.elsewhere for each in counts.values())
    )


def _rows(entry: Register, sheet: Sheet, rows: Rows) -> Iterator[dict[str, Any]]:
    for record in records(entry, rows, sheet.columns, whole=True):
        yield {name: cell(record[name]) for name in sheet.column_by_name}


class _Chosen:
    """Which rows go into the file: ``inside`` the place, and ``elsewhere`` what these refer to, and those again."""

    def __init__(self, entries: Iterable[Register], region: str) -> None:
        self.entries = list(entries)
        # A query keeps the scope that it was made in: of the place alone, asked with the reader's eyes.
        with scope(Scope(regions=(region,))) if region else nullcontext():
            self.inside: dict[str, Rows] = {e.key: e.model._default_manager.all() for e in self.entries}
        self.elsewhere: dict[str, set[UUID]] = defaultdict(set)
        if region:
            for entry in reversed(in_order(self.entries)):  # who refers comes before what is referred to
                self._follow(entry)

    def sheet(self, entry: Register) -> Sheet:
        return sheet_of(entry, self.inside[entry.key], *_by_id(entry, self.elsewhere[entry.key]))

    def rows_elsewhere(self, entry: Register, sheet: Sheet) -> Iterator[dict[str, Any]]:
        for rows in _by_id(entry, self.elsewhere[entry.key]):
            yield from _rows(entry, sheet, rows.order_by("id"))

    def _follow(self, entry: Register) -> None:
        self._note_references(entry, self.inside[entry.key])
        followed: set[UUID] = set()
        while fresh := self.elsewhere[entry.key] - followed:  # a station's centre has one above it, too
            followed |= fresh
            for rows in _by_id(entry, fresh):
                self._note_references(entry, rows)

    def _note_references(self, entry: Register, rows: Rows) -> None:
        for column in references(entry):
            for sheet, identities, name in _referring(entry, column, rows):
                target = by_sheet(sheet)
                here = self.inside[target.key].filter(pk=models.OuterRef(name))
                outside = identities.filter(~models.Exists(here)).order_by()
                self.elsewhere[target.key].update(outside.values_list(name, flat=True).distinct())


def _by_id(entry: Register, identities: set[UUID]) -> Iterator[Rows]:
    wanted = sorted(identities)
    for start in range(0, len(wanted), CHUNK):
        yield entry.model._default_manager.filter(pk__in=wanted[start : start + CHUNK])


def _referring(entry: Register, column: Column, rows: Rows) -> Iterator[tuple[str, Rows, str]]:
    """The rows that hold the references of ``column``: sheet referred to, rows, and their attribute."""
    if column.several:
        link = entry.links[column.name]
        owners = {f"{link.owner}_id__in": rows.order_by().values("pk")}
        yield column.refers_to, link.model._default_manager.filter(**owners), f"{link.target}_id"
        return
    name = f"{column.name}_id"
    stated = rows.exclude(**{f"{name}__isnull": True})
    if not column.refers_to.startswith("?"):
        yield column.refers_to, stated, name
        return
    decides = column.refers_to[1:]
    for value, sheet in sheets_of_subject(decides).items():
        if sheet:
            yield sheet, stated.filter(**{decides: value}), name


__all__ = ["Exported", "export_workbook", "sheet_of", "starter_registers", "starter_sheets"]
