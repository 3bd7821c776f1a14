"""What follows for a service record from who was there: its person-times and its residents (record once).

A number that somebody stated stays; one that attendance filled goes on following it. Residents who were
there are named in the record, those who are marked absent are not; others that it names stay.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from linzhan.casework.attendance.models import Attendance
from linzhan.casework.models import RecordResident, ServiceRecord
from linzhan.casework.review.locking import held, refusal, slot
from linzhan.kernel.registers.amending import amend_all
from linzhan.kernel.registers.batch import Batch
from linzhan.kernel.registers.declare import REGISTERS, Where, Written
from linzhan.kernel.registers.refusing import HookRefused


class AttendanceRefused(HookRefused):
    """Records cannot take what follows from their attendance; ``rows`` says which of them, and why."""


@dataclass(slots=True)
class Present:
    """Who was there at one service and who was not."""

    number: int = 0
    residents: set[UUID] = field(default_factory=set)
    absent: set[UUID] = field(default_factory=set)


def vet(batch: Batch, rows: Sequence[int], stored: Mapping[int, Mapping[str, Any]]) -> None:
    """A list follows its record: of a closed month nothing is changed any more."""
    of = {index: _record_of(batch, index, stored.get(index)) for index in rows}
    found = ServiceRecord.objects.filter(pk__in={each for each in of.values() if each is not None})
    places = found.values_list("pk", "region_code", "station_id", "started_at")
    slots = {record: slot(region, station, moment) for record, region, station, moment in places}
    shut = held(set(slots.values())) if slots else frozenset()
    for index, record in of.items() if shut else ():
        if record in slots and slots[record] in shut:
            batch.fault(index, batch.register.column("record").header, refusal(slots[record][2]))


def _record_of(batch: Batch, index: int, was: Mapping[str, Any] | None) -> UUID | None:
    value = batch.value("record", index) if "record" in batch.columns else None
    return value.id if type(value) is Where else was["record_id"] if was else None


def follow(written: Written) -> None:
    """Hook of the register: bring the records of the written rows in step."""
    of = {row_id: values["_row"]["record_id"] for row_id, values in written.rows}
    try:
        follow_up(set(of.values()))
    except AttendanceRefused as refused:
        rows = {row_id: refused.rows[record] for row_id, record in of.items() if record in refused.rows}
        raise HookRefused(str(refused), rows) from refused


def follow_up(record_ids: Iterable[UUID]) -> None:
    """Bring these records in step with their attendance; :class:`AttendanceRefused` where one cannot be."""
    ids = sorted(record_ids)
    held = {
        row.pk: row for row in ServiceRecord.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    }
    there, named = present_at(held), _residents_of(held)
    changes: dict[UUID, dict[str, Any]] = {}
    for identity, record in held.items():
        was, now = named[identity], there[identity]
        change: dict[str, Any] = {}
        if record.attendances in (None, record.counted) and record.attendances != now.number:
            change["attendances"] = now.number
        residents = (was - now.absent) | now.residents
        if residents != was:
            change["residents"] = tuple(sorted(residents))
        if change:
            changes[identity] = change
    _save(changes)
    counted = [row for row in held.values() if changes.get(row.pk, {}).get("attendances") is not None]
    for record in counted:
        record.counted = there[record.pk].number
    ServiceRecord.objects.bulk_update(counted, ["counted"])


def present_at(record_ids: Iterable[UUID]) -> dict[UUID, Present]:
    """By record: an unstated mark counts as present, for a row is written of whoever came."""
    found: dict[UUID, Present] = defaultdict(Present)
    rows = Attendance.objects.filter(record_id__in=list(record_ids))
    for record, resident, present in rows.values_list("record_id", "resident_id", "present"):
        one = found[record]
        if present is not False:
            one.number += 1
        if resident is not None:
            (one.absent if present is False else one.residents).add(resident)
    return found


def _residents_of(record_ids: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = defaultdict(set)
    rows = RecordResident.objects.filter(record_id__in=list(record_ids))
    for record, resident in rows.values_list("record_id", "resident_id"):
        found[record].add(resident)
    return found


def _save(changes: Mapping[UUID, Mapping[str, Any]]) -> None:
    if not changes:
        return
    outcome = amend_all(REGISTERS["service-records"], changes)
    if outcome.faults:
        told = {
            outcome.ids[number - 1]: "；".join(fault.message for fault in faults)
            for number, faults in outcome.faults.items()
        }
        raise AttendanceRefused(
            "；".join(dict.fromkeys(told.values())),
            {record: why for record, why in told.items() if record is not None},
        )
