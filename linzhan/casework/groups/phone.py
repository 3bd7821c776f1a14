"""What a phone holds of groups, activities and programmes, and which of their rows it writes (SVC-11, 12, 17, 23)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from linzhan.casework.activities.enums import ActivityStage
from linzhan.casework.activities.models import ActivityFile
from linzhan.casework.enums import Method, RecordStatus
from linzhan.casework.groups.enums import GroupStage
from linzhan.casework.groups.models import GroupFile, GroupMember
from linzhan.casework.groups.rights import EDIT_ATTENDANCE, EDIT_COMMUNITY, EDIT_CONTACTS, EDIT_GROUPS
from linzhan.casework.models import Resident, ServiceRecord
from linzhan.casework.programmes.models import Programme, ProgrammeMember, ProgrammeSession, TimetableSlot
from linzhan.casework.waiting import todos
from linzhan.kernel.sync.declaring import Reader, feed, syncable

AHEAD = timedelta(days=60)  # of plans that a phone takes along
BEHIND = timedelta(days=14)  # of lessons whose record a phone is told of

Members = dict[UUID, list[dict[str, Any]]]


@feed("groups")
def groups(reader: Reader) -> Iterator[Mapping[str, Any]]:
    """Groups that recruit or run at the reader's stations, with their members of today."""
    held = (
        ServiceRecord.objects.filter(
            method=Method.GROUP, case_code=OuterRef("code"), county_code=OuterRef("county_code")
        )
        .exclude(status=RecordStatus.VOIDED)
        .order_by()
        .values("case_code")
        .annotate(number=Count("pk"))
        .values("number")
    )
    rows = GroupFile.objects.filter(
        station_id__in=reader.own_stations, stage__in=(GroupStage.RECRUITING, GroupStage.RUNNING)
    )
    found = list(rows.annotate(held=Coalesce(Subquery(held), 0)).order_by("pk"))
    members = members_of(GroupMember.objects.filter(group__in=found), "group_id", _today(reader))
    for each in found:
        yield {
            "id": str(each.pk),
            "code": each.code,
            "name": each.name,
            "kind": each.kind,
            "stage": each.stage,
            "phase": each.phase,
            "place": each.place,
            "station": each.station_id,
            "sessions": each.held,
            "planned_sessions": each.planned_sessions,
            "members": members[each.pk],
        }


@feed("activities")
def activities(reader: Reader) -> Iterator[Mapping[str, Any]]:
    """Approved activities of the reader's stations that have no record yet, and those of the next weeks."""
    today = _today(reader)
    rows = ActivityFile.objects.filter(
        Q(stage=ActivityStage.APPROVED), station_id__in=reader.own_stations, planned_on__lte=today + AHEAD
    )
    for each in rows.order_by("planned_on", "pk"):
        yield {
            "id": str(each.pk),
            "code": each.code,
            "name": each.name,
            "stage": each.stage,
            "planned_on": each.planned_on,
            "place": each.place,
            "item": each.item,
            "station": each.station_id,
            "headcount_plan": each.headcount_plan,
        }


@feed("programmes")
def programmes(reader: Reader) -> Iterator[Mapping[str, Any]]:
    """Programmes whose term is not over, with timetable, names, and which of the last lessons are recorded."""
    today = _today(reader)
    found = list(
        Programme.objects.filter(
            station_id__in=reader.own_stations, term_to__gte=today - BEHIND, term_from__lte=today + AHEAD
        ).order_by("pk")
    )
    slots: Members = defaultdict(list)
    for slot in TimetableSlot.objects.filter(programme__in=found).order_by("weekday", "begins", "pk"):
        line = {"id": slot.pk, "weekday": slot.weekday, "begins": slot.begins, "ends": slot.ends}
        slots[slot.programme_id].append({**line, "topic": slot.topic})
    members = members_of(ProgrammeMember.objects.filter(programme__in=found), "programme_id", today)
    recorded: Members = defaultdict(list)
    lately = ProgrammeSession.objects.filter(programme__in=found, held_on__gte=today - BEHIND)
    for session in lately.order_by("held_on", "pk"):
        recorded[session.programme_id].append({"slot": session.slot_id, "day": session.held_on})
    for each in found:
        yield {
            "id": str(each.pk),
            "code": each.code,
            "name": each.name,
            "method": each.method,
            "item": each.item,
            "place": each.place,
            "station": each.station_id,
            "term_from": each.term_from,
            "term_to": each.term_to,
            "skipped": each.skipped,
            "slots": slots[each.pk],
            "members": members[each.pk],
            "recorded": recorded[each.pk],
        }


@feed("todos")
def waiting(reader: Reader) -> Iterator[Mapping[str, Any]]:
    """What waits for the phone's worker besides visits, with the steps that it may take on the way."""
    return todos(reader)


def members_of(rows: models.QuerySet[Any], owner: str, day: date) -> Members:
    """The people on these lists on ``day`` by their owner, with their names: two queries."""
    on_day = rows.filter(Q(left_on__isnull=True) | Q(left_on__gt=day), joined_on__lte=day)
    lines = list(on_day.order_by("joined_on", "pk").values_list(owner, "resident_id", "name"))
    names = _names(resident for _, resident, _ in lines if resident)
    found: Members = defaultdict(list)
    for of, resident, name in lines:
        found[of].append({"resident": resident, "name": names.get(resident, name)})
    return found


def _names(ids: Iterable[UUID]) -> dict[UUID | None, str]:
    rows = Resident.objects.filter(pk__in=set(ids))
    return dict(rows.values_list("pk", "name"))


def _today(reader: Reader) -> date:
    return timezone.localdate(reader.now)


COUNTED = (
    "registered",
    "present",
    "elders",
    "minors",
    "disabled",
    "on_relief",
    "incidents",
    "expense",
    "feedback_forms",
)
ASKED = ("channel", "question", "answer", "referred")
REFERRED = ("kind", "receiver", "contact", "urgency", "reason", "shared", "consented_on", "override_reason")
GIVEN = ("donor", "kind", "what", "value", "receipt", "public_fundraising", "charity")

for _register, _right, _amends in (
    ("activity-details", EDIT_GROUPS, COUNTED),
    ("activity-files", EDIT_GROUPS, ()),
    ("attendances", EDIT_ATTENDANCE, ("present",)),
    ("consultations", EDIT_CONTACTS, ASKED),
    ("group-members", EDIT_ATTENDANCE, ()),
    ("negotiations", EDIT_COMMUNITY, ()),
    ("programme-sessions", EDIT_GROUPS, ("held_on", "slot")),
    ("publicity", EDIT_GROUPS, ()),
    ("referral-files", EDIT_CONTACTS, REFERRED),
    ("resource-links", EDIT_CONTACTS, GIVEN),
):
    syncable(_register, right=_right, amends=_amends)
