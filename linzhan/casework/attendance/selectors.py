"""Who is expected and who was there, as plain values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import models
from django.db.models import Q

from linzhan.casework.attendance.models import Attendance


@dataclass(frozen=True, slots=True, order=True)
class Attendant:
    """Somebody on a list: a resident by id, or a name alone."""

    name: str = ""
    resident: UUID | None = None

    @property
    def key(self) -> str:
        """What stands for the person in a form."""
        return f"r{self.resident.hex}" if self.resident else f"n{self.name}"


@dataclass(frozen=True, slots=True)
class Mark:
    """A written line of the list: its row, and whether the person was there."""

    id: UUID
    code: str
    present: bool


def person(resident: UUID | None, name: str) -> Attendant:
    """A resident is told apart by id, whatever name was written beside."""
    return Attendant(resident=resident) if resident else Attendant(name=name)


def on_list(rows: models.QuerySet[models.Model], first: date, last: date | None = None) -> list[Attendant]:
    """Those of a list of members who were on it on one day from ``first`` to ``last``, both included."""
    stayed = Q(left_on__isnull=True) | Q(left_on__gt=first)
    found = rows.filter(stayed, joined_on__lte=last or first).order_by("joined_on", "pk")
    people = (person(resident, name) for resident, name in found.values_list("resident_id", "name"))
    return list(dict.fromkeys(people))


def marks_of(record_ids: Iterable[UUID]) -> dict[UUID, dict[Attendant, Mark]]:
    """The lines written for each of these records: one query."""
    found: dict[UUID, dict[Attendant, Mark]] = defaultdict(dict)
    rows = Attendance.objects.filter(record_id__in=list(record_ids)).order_by("pk")
    for row in rows.values_list("record_id", "resident_id", "name", "pk", "code", "present"):
        record, resident, name, identity, code, present = row
        found[record][person(resident, name)] = Mark(identity, code, present is not False)
    return found
