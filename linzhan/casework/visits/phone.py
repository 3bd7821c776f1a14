"""What the phone is told of duties and of one's own records, and how it writes a visit's details (NFR-08)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from linzhan.casework.enums import RecordStatus, ResidentStatus
from linzhan.casework.models import RecordResident, RecordWorker, ServiceRecord
from linzhan.casework.residents.phone import caseload
from linzhan.casework.review.reopening import sent_with
from linzhan.casework.rights import EDIT_RECORDS
from linzhan.casework.visits.due import due_of
from linzhan.casework.visits.models import VisitDetail
from linzhan.casework.visits.sheets import VISIT_DETAILS
from linzhan.kernel.sync.declaring import Reader, feed, syncable

OWN_DAYS = 60

syncable(
    VISIT_DETAILS.key,
    right=EDIT_RECORDS,
    amends=tuple(column.name for column in VISIT_DETAILS.sheet.columns if not column.key),
)


@feed("duties")
def duties(reader: Reader) -> Iterator[Mapping[str, Any]]:
    """The strictest duty towards each resident of the phone's caseload."""
    if not reader.person_id and not reader.own_stations:
        return
    mine = caseload(reader).filter(status=ResidentStatus.REGISTERED)
    for due in due_of(mine, timezone.localdate(reader.now)):
        yield {
            "id": str(due.resident_id),
            "due_on": due.due_on,
            "last_on": due.last_on,
            "rule": due.rule.code if due.rule else "",
            "first_contact": due.first_contact,
            "reason": due.words or (due.rule.name if due.rule else ""),
            "mode": due.mode,
            "workers": due.rule.workers if due.rule else 1,
        }


@feed("records")
def records(reader: Reader) -> Iterator[Mapping[str, Any]]:
    """One's own records of the last sixty days; with those that came back the reason and all that was sent."""
    if not reader.person_id:
        return
    since = reader.now - timedelta(days=OWN_DAYS)
    mine = RecordWorker.objects.filter(worker_id=reader.person_id, started_at__gte=since).values("record_id")
    rows = list(ServiceRecord.objects.filter(pk__in=mine).order_by("-started_at", "pk"))
    ids = [each.pk for each in rows]
    residents: dict[UUID, list[str]] = defaultdict(list)
    for named in RecordResident.objects.filter(record_id__in=ids).order_by("pk"):
        residents[named.record_id].append(str(named.resident_id))
    details = {detail.record_id: detail for detail in VisitDetail.objects.filter(record_id__in=ids)}
    back = sent_with([each.pk for each in rows if each.status == RecordStatus.RETURNED], reader)
    for each in rows:
        row = _record(each, residents[each.pk], details.get(each.pk))
        yield row if each.status != RecordStatus.RETURNED else {**row, "sent": back[each.pk]}


def _record(record: ServiceRecord, residents: list[str], detail: VisitDetail | None) -> dict[str, Any]:
    return {
        "id": str(record.pk),
        "code": record.code,
        "method": record.method,
        "item": record.item,
        "started_at": record.started_at,
        "ended_at": record.ended_at,
        "residents": residents,
        "case_code": record.case_code,
        "outcome": record.outcome,
        "content": record.content,
        "tasks": record.tasks,
        "status": record.status,
        "returned_reason": record.returned_reason,
        "mode": detail.mode if detail else "",
        "next_on": detail.next_on if detail else None,
    }
