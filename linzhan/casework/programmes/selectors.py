"""Which lessons a week brings, which of them are recorded, and who is enrolled (SVC-17)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from django.utils import timezone

from linzhan.casework.attendance.selectors import Attendant, on_list
from linzhan.casework.programmes.models import Programme, ProgrammeMember, ProgrammeSession, TimetableSlot
from linzhan.casework.programmes.rules import clock, falls_on, is_skipped


class LessonState(StrEnum):
    """Where a lesson stands."""

    RECORDED = "已登记"
    OPEN = "待登记"
    COMING = "未到"
    SKIPPED = "停课"


@dataclass(frozen=True, slots=True)
class Lesson:
    """One line of the timetable on one day."""

    programme: Programme
    slot: TimetableSlot
    day: date
    state: LessonState
    record_id: UUID | None = None
    present: int | None = None


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week of ``day``."""
    monday = day - timedelta(day.weekday())
    return monday, monday + timedelta(6)


def last_day_of_term(before: date) -> date | None:
    """The end of the last term that was over before a day, within the scope."""
    rows = Programme.objects.filter(term_to__lt=before).order_by("-term_to")
    return rows.values_list("term_to", flat=True).first()


def lessons_between(first: date, last: date, *, on: date | None = None) -> list[Lesson]:
    """Every lesson of the programmes within the scope from ``first`` to ``last``, in order of time: three queries."""
    today = on or timezone.localdate()
    programmes = {
        each.pk: each
        for each in Programme.objects.filter(term_from__lte=last, term_to__gte=first).order_by("pk")
    }
    slots = list(TimetableSlot.objects.filter(programme__in=list(programmes)).order_by("pk"))
    held = {
        (session.slot_id, session.held_on): session.record
        for session in ProgrammeSession.objects.filter(
            programme__in=list(programmes), held_on__range=(first, last)
        ).select_related("record")
    }
    found = []
    for programme, slot, day in _due(programmes, slots, first, last):
        record = held.get((slot.pk, day))
        if record is not None:
            found.append(Lesson(programme, slot, day, LessonState.RECORDED, record.pk, record.attendances))
        elif is_skipped(day, programme.skipped):
            found.append(Lesson(programme, slot, day, LessonState.SKIPPED))
        else:
            found.append(
                Lesson(programme, slot, day, LessonState.OPEN if day <= today else LessonState.COMING)
            )
    return sorted(
        found, key=lambda each: (each.day, clock(each.slot.begins), each.programme.name, each.slot.pk)
    )


def _due(
    programmes: dict[UUID, Programme], slots: Sequence[TimetableSlot], first: date, last: date
) -> Iterator[tuple[Programme, TimetableSlot, date]]:
    for slot in slots:
        programme = programmes[slot.programme_id]
        for number in range((last - first).days + 1):
            day = first + timedelta(number)
            if falls_on(day, slot.weekday, (programme.term_from, programme.term_to)):
                yield programme, slot, day


def enrolled_on(programme_id: UUID, day: date) -> list[Attendant]:
    """Who is enrolled on a day."""
    return on_list(ProgrammeMember.objects.filter(programme_id=programme_id), day)
