"""What follows from notes and steps: sessions counted and tied to their case, days noted, the record closed.

A closed case file and the service records with its code must say the same, because figures count cases by
their records (``contract/figures.md``): closing marks the last record, or says that it cannot.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.casework.cases.enums import ENDED, Stage
from linzhan.casework.cases.guards import standing_consent
from linzhan.casework.cases.models import CaseFile, SessionNote
from linzhan.casework.enums import Method, RecordStatus
from linzhan.casework.models import ServiceRecord
from linzhan.kernel.ids import uuid7
from linzhan.kernel.registers.amending import amend as written_over
from linzhan.kernel.registers.amending import told
from linzhan.kernel.registers.batch import Incoming
from linzhan.kernel.registers.declare import REGISTERS, Register, Values, Where, Written
from linzhan.kernel.registers.refusing import HookRefused
from linzhan.kernel.registers.stepping import Taken, stepped
from linzhan.kernel.registers.writing import save
from linzhan.kernel.sheets.columns import PLATFORM_ID
from linzhan.kernel.steps import StepRefused

CASES: Final = "case-files"
NOTES: Final = "session-notes"
RECORDS: Final = "service-records"
GROUPS: Final = "group-files"
OWNERS: Final = ("case", "group")
NOTED: Final = (Method.CASE.value, Method.GROUP.value)


def note_faults(values: Values) -> Iterator[tuple[str, str]]:
    """A note belongs to a record of case or group work, and to the case or group that the record names."""
    record = values.get("record")
    if not isinstance(record, Where):
        return
    found = ServiceRecord.objects.filter(pk=record.id).first()
    if found is None:
        return
    if found.method not in NOTED:
        text = _("过程记录写在服务方式为“个案”或“小组”的服务记录上，这条是“%s”")
        yield "record", text % found.method
    known = SessionNote.objects.filter(record=record.id).values_list("case_id", "group_id").first()
    case, group = (
        _named(values, name, before) for name, before in zip(OWNERS, known or (None, None), strict=True)
    )
    if case is not None:
        yield from _case_faults(case, found)
    elif found.method == Method.CASE:
        yield "case", _("个案的过程记录要填写个案编号")
    if group is not None:
        yield from _code_faults("group", _group_code(group), found)


def _named(values: Values, name: str, before: UUID | None) -> UUID | None:
    """The case or group that a note names, or named before where it says nothing about it now."""
    stated = values.get(name)
    if stated is None:
        return before
    return stated.id if isinstance(stated, Where) else None


def _code_faults(column: str, own: str, record: ServiceRecord) -> Iterator[tuple[str, str]]:
    if record.case_code not in ("", own):
        names = {"code": record.case_code, "own": own}
        yield column, _("服务记录写的编号是“%(code)s”，与这里的“%(own)s”不一致") % names


def _case_faults(case: UUID, record: ServiceRecord) -> Iterator[tuple[str, str]]:
    """A session of the case is one of its records, and was held before it ended."""
    own, stage, closed_on = CaseFile.objects.values_list("code", "stage", "closed_on").get(pk=case)
    yield from _code_faults("case", own, record)
    day = timezone.localdate(record.started_at)
    if stage == Stage.DROPPED or (stage == Stage.CLOSED and closed_on and day > closed_on):
        names = {"own": own, "stage": stage}
        yield "case", _("个案“%(own)s”已经%(stage)s，不能再写以后的面谈；结案后的回访请登记为探访") % names


def _group_code(group: UUID) -> str:
    return str(REGISTERS[GROUPS].model._default_manager.values_list("code", flat=True).get(pk=group))


def keep_sessions(written: Written) -> None:
    """Number new sessions after the last one, and write the case's or group's code into their records."""
    notes = SessionNote.objects.filter(pk__in=[row_id for row_id, _values in written.rows])
    last: dict[UUID, int] = {}
    for note in notes.select_related("case", "record").order_by("record__started_at", "pk"):
        owner = note.case_id or note.group_id
        if owner is None:
            continue
        changes: list[tuple[str, UUID, Mapping[str, Any]]] = []
        if note.number is None:
            last[owner] = last.get(owner, _highest(owner)) + 1
            changes.append((NOTES, note.pk, {"number": last[owner]}))
        if not note.record.case_code:
            code = note.case.code if note.case is not None else _group_code(owner)
            changes.append((RECORDS, note.record_id, {"case_code": code}))
        for register, row_id, values in changes:
            if fault := told(written_over(REGISTERS[register], row_id, values)):
                raise HookRefused(fault, {note.pk: fault})


def _highest(owner: UUID) -> int:
    notes = SessionNote.objects.filter(Q(case=owner) | Q(group_id=owner))
    return notes.aggregate(top=Max("number"))["top"] or 0


def amend(register: Register, row_id: UUID, values: Mapping[str, Any]) -> None:
    """Change some columns of one stored row through the door; :class:`StepRefused` where it refuses."""
    if fault := told(written_over(register, row_id, values)):
        raise StepRefused(fault)


@stepped(CASES)
def note_days(taken: Taken) -> None:
    """Write down the days that follow from a step."""
    if taken.again:
        return
    today = timezone.localdate(taken.at)
    if taken.step.name == "intake":
        noted = {"opened_on": taken.row["opened_on"] or today, **_consent(taken.row)}
    else:
        column = {"approve_plan": "plan_approved_on", "suspend": "suspended_on"}.get(taken.step.name)
        noted = {column: today} if column else {}
    if noted:
        amend(taken.register, taken.row_id, noted)


def _consent(row: Mapping[str, Any]) -> dict[str, Any]:
    """What the register of consents says, for a file that says nothing itself."""
    found = None if row["consented_on"] else standing_consent(row["resident"].id)
    if found is None:
        return {}
    return {
        "consented_on": found.given_on,
        "consent_by": found.given_by,
        "consent_method": found.method,
        **({"child_view": found.child_view} if found.child_view else {}),
    }


@stepped(CASES)
def close_records(taken: Taken) -> None:
    """Mark the last record of a closed case as the one that closes it; the case ends on that day."""
    if taken.target != Stage.CLOSED or taken.again:
        return
    own = records_of(str(taken.row["code"]), str(taken.row["region_code"]))
    ended_at = taken.at
    closing = own.filter(closes=True).order_by("ended_at").first()
    last = closing or own.order_by("-ended_at", "-pk").first()
    if closing is not None:
        ended_at = closing.ended_at
    elif last is not None:
        ended_at = _mark_closing(taken, last)
    opened_on: date | None = taken.row["opened_on"]
    amend(
        taken.register, taken.row_id, {"closed_on": max(timezone.localdate(ended_at), opened_on or date.min)}
    )


def _mark_closing(taken: Taken, last: ServiceRecord) -> datetime:
    """Mark ``last``; where it can no longer be changed (its month is closed), write a record of the closing.

    That one is nobody's visit: it counts no person-times.
    """
    if not told(written_over(REGISTERS[RECORDS], last.pk, {"closes": True})):
        return last.ended_at
    row = {
        "method": Method.CASE.value,
        "started_at": taken.at,
        "ended_at": taken.at,
        "station": taken.row["station"].id,
        "workers": (taken.row["worker"].id,),
        "case_code": taken.row["code"],
        "attendances": 0,
        "content": _("结案：%s") % taken.row["close_reason"],
        "closes": True,
        **({"project": last.project_id} if last.project_id else {}),
    }
    outcome = save([Incoming.of(REGISTERS[RECORDS], [row])])[0]
    if outcome.faults:
        raise StepRefused(told(outcome))
    return taken.at


def records_of(code: str, region_code: str) -> QuerySet[ServiceRecord]:
    """The service records of a case, by its code within its county; voided ones are not counted."""
    return ServiceRecord.objects.filter(
        case_code=code, region_code__startswith=region_code[:6], method=Method.CASE
    ).exclude(status=RecordStatus.VOIDED)


def reopen(case: CaseFile) -> UUID:
    """A new draft for the resident of a closed case, linked to it; what was, stays as it was.

    Raises :class:`StepRefused` where the case is not closed or was reopened already.
    """
    if case.stage != Stage.CLOSED:
        raise StepRefused(_("只有结案的个案可以重开，这个还在“%s”") % case.stage)
    again = CaseFile.objects.filter(reopens=case.pk).exclude(stage__in=ENDED).values_list("code", flat=True)
    if open_one := again.first():
        raise StepRefused(_("这个个案已经重开为“%s”，还在办理") % open_one)
    identity = uuid7()
    row = {
        PLATFORM_ID.name: identity,
        "resident": case.resident_id,
        "station": case.station_id,
        "worker": case.worker_id,
        "reopens": case.pk,
    }
    outcome = save([Incoming.of(REGISTERS[CASES], [row])])[0]
    if outcome.faults:
        raise StepRefused(told(outcome))
    return identity
