"""Two files side by side: what each says, and which value is offered to stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from linzhan.casework.api import RESIDENTS, RecordResident, Resident
from linzhan.casework.api.merging import choosable
from linzhan.kernel.registers.reading import records
from linzhan.office import parts
from linzhan.office.registers.naming import heading
from linzhan.office.registers.showing import Showing, kind_of


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two files: how it is called, and what speaks for keeping it."""

    id: UUID
    code: str
    url: str
    registered_on: Any
    services: int
    kept: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A column: both values, whether they differ, and whose is chosen to begin with."""

    name: str
    label: str
    kind: str
    values: tuple[object, object]
    differs: bool
    chosen: UUID


def sides(ids: Sequence[UUID], kept: UUID | None) -> list[Side]:
    """The files in the order told; the one with more services is offered to stay."""
    found = Resident.objects.in_bulk(list(ids))
    served = {pk: RecordResident.objects.filter(resident=pk).count() for pk in ids}
    offered = kept or max(ids, key=lambda pk: (served[pk], -found[pk].registered_on.toordinal()))
    return [
        Side(pk, found[pk].code, f"/r/residents/{pk}/", found[pk].registered_on, served[pk], pk == offered)
        for pk in ids
    ]


def lines(request: HttpRequest, ids: Sequence[UUID], kept: UUID) -> list[Line]:
    """Every column that either fills, masked as everywhere; blank values are never offered."""
    columns = [RESIDENTS.column(name) for name in choosable(RESIDENTS)]
    rows = {row["id"]: row for row in records(RESIDENTS, Resident.objects.filter(pk__in=ids), columns)}
    both = [rows[pk] for pk in ids]
    whole = records(RESIDENTS, Resident.objects.filter(pk__in=ids), columns, whole=True)
    clear = {row["id"]: row for row in whole}
    showing = Showing(request, RESIDENTS, both)
    found = []
    for column in columns:
        told = [clear[pk][column.name] for pk in ids]
        if not any(map(_says, told)):
            continue
        first = kept if _says(clear[kept][column.name]) else next(pk for pk in ids if pk != kept)
        shown = showing.shower(column, full=True)
        found.append(
            Line(
                column.name,
                heading(column),
                kind_of(column),
                (shown(both[0]), shown(both[1])),
                told[0] != told[1],
                first,
            )
        )
    return found


def _says(value: object) -> bool:
    return value not in (None, "", [], ())


def taken(given: Mapping[str, str], ids: Sequence[UUID], kept: UUID) -> list[str]:
    """The columns whose value comes from the file that goes."""
    gone = next(str(pk) for pk in ids if pk != kept)
    return [name for name in choosable(RESIDENTS) if given.get(f"take.{name}") == gone]


def moved(snapshot: Mapping[str, Any], names: Mapping[str, str]) -> list[parts.Fact]:
    """What went from one file to the other, by what it is called."""
    counted: dict[str, int] = {}
    for way in snapshot["ways"]:
        number = len(way["rows"]) + len(way["doubles"])
        label = names.get(way["register"]) or names.get(way["table"], "")
        if number and label:
            counted[label] = counted.get(label, 0) + number
    stayed = sum(way["stayed"] for way in snapshot["ways"])
    facts = [parts.Fact(label, number, "number") for label, number in counted.items()]
    if stayed:
        facts.append(parts.Fact(_("留在并入的档案上"), stayed, "number", note=_("保留的档案已有同样的一份")))
    return facts
