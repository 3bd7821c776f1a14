"""A lesson is recorded from the timetable: its service record, the lesson and who was there in one act (SVC-17)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.utils import timezone

from linzhan.casework.attendance.selectors import Attendant
from linzhan.casework.attendance.services import line
from linzhan.casework.enums import Method
from linzhan.casework.programmes.models import ProgrammeSession, TimetableSlot
from linzhan.casework.programmes.rules import at, falls_on, is_skipped
from linzhan.casework.together import numbered_record, save_together
from linzhan.kernel.registers.declare import REGISTERS


class LessonRefused(ValueError):
    """The lesson cannot be recorded; the message is Chinese and says why."""


def record_lesson(
    slot_id: UUID,
    day: date,
    ticks: Mapping[Attendant, bool],
    *,
    worker_id: UUID | None = None,
    content: str = "",
    volunteers: int | None = None,
) -> UUID:
    """Record the lesson of ``slot_id`` on ``day``; gives the id of its service record.

    Who takes it again gets the record that is there. Raises :class:`LessonRefused`, ``TogetherRefused`` or
    ``AttendanceRefused`` with nothing written, and ``LookupError`` where the reader sees no such line.
    """
    slot = (
        TimetableSlot.objects.select_related("programme")
        .select_for_update(of=("self",))
        .filter(pk=slot_id)
        .first()
    )
    if slot is None:
        raise LookupError(slot_id)
    held = ProgrammeSession.objects.filter(slot=slot, held_on=day).first()
    if held is not None:
        return held.record_id
    _require_lesson(slot, day)
    programme = slot.programme
    record = numbered_record(
        {
            "method": programme.method,
            "item": programme.item,
            "started_at": timezone.make_aware(at(day, slot.begins)),
            "ended_at": timezone.make_aware(at(day, slot.ends)),
            "station": programme.station_id,
            "project": programme.project_id,
            "workers": (worker_id or programme.worker_id,),
            "place": programme.place,
            "content": content or "、".join(filter(None, (programme.name, slot.topic))),
            "volunteers": volunteers,
            "case_code": programme.code if programme.method == Method.GROUP else None,
        }
    )
    record = {name: value for name, value in record.items() if value not in (None, "")}
    lesson = {"record": record["code"], "programme": programme.pk, "slot": slot.pk, "held_on": day}
    lines = [line(record["code"], who, present) for who, present in ticks.items()]
    [[record_id], *_rest] = save_together(
        [
            (REGISTERS["service-records"], [record]),
            (REGISTERS["programme-sessions"], [lesson]),
            (REGISTERS["attendances"], lines),
        ]
    )
    return record_id


def _require_lesson(slot: TimetableSlot, day: date) -> None:
    programme = slot.programme
    if not falls_on(day, slot.weekday, (programme.term_from, programme.term_to)):
        raise LessonRefused(
            f"{day}没有这一次课：课表上是{slot.weekday}，学期为{programme.term_from}至{programme.term_to}"
        )
    if is_skipped(day, programme.skipped):
        raise LessonRefused(f"{day}停课；确实开了课的，请先在定期服务里改停课日期")
    if day > timezone.localdate():
        raise LessonRefused("还没有到上课的日子，开课后再登记")
