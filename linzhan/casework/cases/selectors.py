"""Questions to cases: where each stands, what waits for whom, what is owed after closing (SPV-11, SVC-10)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from linzhan.casework.cases import rules
from linzhan.casework.cases.enums import ENDED, Stage
from linzhan.casework.cases.models import CaseFile, CaseGoal, SessionNote
from linzhan.casework.enums import Method, Outcome, RecordStatus
from linzhan.casework.models import RecordResident, ServiceRecord
from linzhan.casework.scales.models import ScaleResult, VoidedResult
from linzhan.policy.api import NoRuling, casework, ruling_for

MET = (Outcome.MET, Outcome.MET_FAMILY)
FOLLOW_UPS = "VF12"  # the rule of visits after a case was closed
LOOKED_BACK = timedelta(days=400)  # follow-ups of cases closed longer ago are history
WITH_SUPERVISOR = (Stage.PLANNING, Stage.CLOSING, Stage.REFERRED)


def open_cases() -> QuerySet[CaseFile]:
    """Cases that somebody still works on."""
    return CaseFile.objects.exclude(stage__in=ENDED)


def led_by(worker: UUID) -> QuerySet[CaseFile]:
    """The open cases of a worker."""
    return open_cases().filter(worker_id=worker)


def awaiting_approval() -> QuerySet[CaseFile]:
    """Plans, closings and referrals that only a supervisor takes further."""
    return CaseFile.objects.filter(stage__in=WITH_SUPERVISOR)


def paused_too_long(on: date) -> QuerySet[CaseFile]:
    """Suspended cases whose day of return has passed."""
    return CaseFile.objects.filter(stage=Stage.SUSPENDED, resume_on__lt=on)


def sessions_without_note(since: date) -> QuerySet[ServiceRecord]:
    """Case records since a day that no note goes with."""
    noted = SessionNote.objects.filter(record=OuterRef("pk"))
    records = ServiceRecord.objects.filter(method=Method.CASE, started_at__date__gte=since)
    return records.exclude(status=RecordStatus.VOIDED).filter(~Exists(noted))


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpDue:
    """A follow-up that was not made yet: whose, of which case, the how manieth, until when."""

    case: UUID
    code: str
    resident: UUID
    worker: UUID
    station: UUID
    number: int
    due_on: date


def follow_ups_due(until: date, *, cases: QuerySet[CaseFile] | None = None) -> list[FollowUpDue]:
    """Follow-ups of closed cases due by a day and not made, the earliest first (``domain.md`` §6.4 VF12).

    A visit or call at which the resident or family was reached makes one. The days are the rulebook's; a
    place without them, or where the rule is not in force, asks for none. Who died or moved away is not asked for.
    """
    closed = CaseFile.objects.all() if cases is None else cases
    rows = list(
        closed.filter(stage=Stage.CLOSED, closed_on__gte=until - LOOKED_BACK, closed_on__lte=until)
        .exclude(close_reason__in=("去世", "迁出", "失联"))
        .only("id", "code", "resident", "worker_id", "station_id", "region_code", "closed_on")
    )
    days = {region: follow_up_days(region, until) for region in {row.region_code for row in rows}}
    contacts = _contacts(rows)
    found = [
        FollowUpDue(
            case=row.pk,
            code=row.code,
            resident=row.resident_id,
            worker=row.worker_id,
            station=row.station_id,
            number=each.number,
            due_on=each.due_on,
        )
        for row in rows
        if row.closed_on
        for each in rules.follow_ups(row.closed_on, days[row.region_code], contacts[row.resident_id])
        if each.made_on is None and each.due_on <= until
    ]
    return sorted(found, key=lambda due: (due.due_on, due.code))


def follow_up_days(region: str, on: date) -> Sequence[int]:
    """So many days after closing a follow-up is owed, where the rulebook says so."""
    try:
        rule = ruling_for(casework.VISIT_RULES, region=region, on=on, variant=FOLLOW_UPS).value
    except NoRuling:
        return ()
    return [int(day) for day in rule.after_days if day.isdigit()] if rule.enabled else ()


def _contacts(cases: Iterable[CaseFile]) -> dict[UUID, list[date]]:
    """The days on which the residents of ``cases`` were reached after closing, one query."""
    rows = list(cases)
    closed = [row.closed_on for row in rows if row.closed_on]
    found: dict[UUID, list[date]] = defaultdict(list)
    if not closed:
        return found
    reached = RecordResident.objects.filter(
        resident__in=[row.resident_id for row in rows],
        started_at__date__gte=min(closed),
        method=Method.VISIT,
        record__outcome__in=MET,
    ).exclude(record__status=RecordStatus.VOIDED)
    for resident, started_at in reached.values_list("resident_id", "started_at"):
        found[resident].append(timezone.localdate(started_at))
    return found


def attained(case: UUID) -> Decimal | None:
    """The T score of a case's scored goals; None where none is scored."""
    goals = CaseGoal.objects.filter(case=case, level__isnull=False).values_list("weight", "level")
    return rules.attainment((weight or 1, level) for weight, level in goals if level is not None)


def scores(code: str, region_code: str) -> dict[str, list[tuple[date, Decimal]]]:
    """By scale the days and scores of a case's results, in order; voided ones are left out."""
    rows = ScaleResult.objects.filter(case_code=code, region_code__startswith=region_code[:6])
    counted = rows.exclude(pk__in=VoidedResult.objects.values("result_id")).order_by("taken_on", "pk")
    found: dict[str, list[tuple[date, Decimal]]] = defaultdict(list)
    for scale, day, score in counted.values_list("scale", "taken_on", "score"):
        found[scale].append((day, score))
    return found


__all__ = [
    "FollowUpDue",
    "attained",
    "awaiting_approval",
    "follow_up_days",
    "follow_ups_due",
    "led_by",
    "open_cases",
    "paused_too_long",
    "scores",
    "sessions_without_note",
]
