"""A group's members and sessions side by side (SVC-11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import models
from django.utils import timezone

from linzhan.casework.attendance.selectors import Attendant, Mark, marks_of, on_list
from linzhan.casework.enums import Method, RecordStatus
from linzhan.casework.groups.models import GroupFile, GroupMember
from linzhan.casework.groups.rules import is_valid
from linzhan.casework.models import ServiceRecord
from linzhan.policy.api import casework, ruling_for


@dataclass(frozen=True, slots=True)
class Session:
    """One session: its record, its number in order, who was written down for it."""

    record: ServiceRecord
    number: int
    marks: dict[Attendant, Mark]
    minimum: int

    @property
    def day(self) -> date:
        return timezone.localtime(self.record.started_at).date()

    @property
    def present(self) -> int:
        return sum(mark.present for mark in self.marks.values())

    @property
    def is_valid(self) -> bool:
        """By attendance; a session without a list is judged by its stated number."""
        number = self.present if self.marks else self.record.attendances or 0
        return is_valid(number, self.minimum)


@dataclass(frozen=True, slots=True)
class Grid:
    """Members × sessions of one group."""

    group: GroupFile
    people: Sequence[Attendant]
    sessions: Sequence[Session]


def sessions_of(group: GroupFile) -> models.QuerySet[ServiceRecord]:
    """The records of a group: method 小组 with its code, in its county, oldest first."""
    rows = ServiceRecord.objects.filter(method=Method.GROUP, case_code=group.code)
    rows = rows.filter(county_code=group.county_code).exclude(status=RecordStatus.VOIDED)
    return rows.order_by("started_at", "pk")


def group_of(record: ServiceRecord) -> GroupFile | None:
    """The file of the group that a session is of; a code that no file has is a group without one."""
    if record.method != Method.GROUP or not record.case_code:
        return None
    return GroupFile.objects.filter(code=record.case_code, county_code=record.county_code).first()


def attendance_grid(group: GroupFile) -> Grid:
    """Everybody who ever was a member or came, beside every session."""
    records = list(sessions_of(group))
    marks = marks_of(record.pk for record in records)
    day = timezone.localdate()
    minimum = ruling_for(casework.GROUP_VALID_PRESENT, region=group.region_code, on=day).value
    first = timezone.localtime(records[0].started_at).date() if records else day
    people = dict.fromkeys(
        on_list(GroupMember.objects.filter(group=group), min(first, group.drafted_on), day)
    )
    for record in records:
        people |= dict.fromkeys(marks[record.pk])
    found = [Session(record, n, marks[record.pk], minimum) for n, record in enumerate(records, 1)]
    return Grid(group, tuple(people), found)


def members_on(group_id: UUID, day: date) -> list[Attendant]:
    """Who is a member on a day."""
    return on_list(GroupMember.objects.filter(group_id=group_id), day)
