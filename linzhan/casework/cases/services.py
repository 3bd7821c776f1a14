"""What follows from notes and steps: sessions counted and tied to their case, days noted, the record closed.

A closed case file and the service records with its code must say the same, because figures count cases by
their records (``contract/figures.md``): closing marks the last record, or says that it cannot.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.casework.cases.enums import ENDED, Stage
from linzhan.casework.cases.models import CaseFile, SessionNote
from linzhan.casework.enums import Method, RecordStatus
from linzhan.casework.models import ServiceRecord
from linzhan.kernel.ids import uuid7
from linzhan.kernel.registers.batch import Incoming
from linzhan.kernel.registers.declare import REGISTERS, Register, Values, Where, Written
from linzhan.kernel.registers.reading import cell, records
from linzhan.kernel.registers.stepping import Taken, stepped
from linzhan.kernel.registers.writing import save
from linzhan.kernel.sheets.columns import PLATFORM_ID
from linzhan.kernel.steps import StepRefused

CASES: Final = "case-files"
NOTES: Final = "session-notes"
RECORDS: Final = "service-records"
NOTED: Final = (Method.CASE.value, Method.GROUP.value)


def note_faults(values: Values) -> Iterator[tuple[str, str]]:
    """A note belongs to a record of case or group work, and to the case that the record names."""
    record = values.get("record")
    if not isinstance(record, Where):
        return
    found = ServiceRecord.objects.filter(pk=record.id).values_list("method", "case_code").first()
    if found is None:
        return
    method, code = found
    if method not in NOTED:
        yield "record", _("过程记录写在服务方式为“个案”或“小组”的服务记录上，这条是“%s”") % method
    known = SessionNote.objects.filter(record=record.id).values_list("case_id", flat=True)
    case = _case_of(values, list(known))
    if case is not None:
        yield from _case_faults(case, code, is_new=not known)
    elif method == Method.CASE:
        yield "case", _("个案的过程记录要填写个案编号")


def _case_of(values: Values, known: Sequence[UUID | None]) -> UUID | None:
    """The case that a note names, or named before where it says nothing about it now."""
    stated = values.get("case")
    if stated is None:
        return known[0] if known else None
    return stated.id if isinstance(stated, Where) else None


def _case_faults(case: UUID, code: str, *, is_new: bool) -> Iterator[tuple[str, str]]:
    own, stage = CaseFile.objects.values_list("code", "stage").get(pk=case)
    if code not in ("", own):
        yield "case", _("服务记录写的是个案“%(code)s”，与这里的“%(own)s”不一致") % {"code": code, "own": own}
    if stage in ENDED and is_new:
        told = {"own": own, "stage": stage}
        yield "case", _("个案“%(own)s”已经%(stage)s，不能再写新的面谈；结案后的回访请登记为探访") % told


def keep_sessions(written: Written) -> None:
    """Number new sessions after the last one, and write the case's code into their records."""
    notes = SessionNote.objects.filter(
        pk__in=[row_id for row_id, _values in written.rows], case__isnull=False
    )
    last: dict[UUID, int] = {}
    for note in notes.select_related("case", "record").order_by("record__started_at", "pk"):
        assert note.case_id is not None
        assert note.case is not None
        if note.number is None:
            if note.case_id not in last:
                highest = SessionNote.objects.filter(case=note.case_id).aggregate(top=Max("number"))["top"]
                last[note.case_id] = highest or 0
            last[note.case_id] += 1
            amend(REGISTERS[NOTES], note.pk, {"number": last[note.case_id]})
        if not note.record.case_code:
            amend(REGISTERS[RECORDS], note.record_id, {"case_code": note.case.code})


def amend(register: Register, row_id: UUID, values: Mapping[str, Any]) -> None:
    """Change some columns of one stored row through the door; :class:`StepRefused` where it refuses."""
    rows = register.model._default_manager.filter(pk=row_id)
    row = next(iter(records(register, rows, register.sheet.required, whole=True)))
    kept = {column.name: _as_given(row[column.name]) for column in register.sheet.required}
    stated = {name: value for name, value in kept.items() if value not in (None, "", ())}
    outcome = save([Incoming.of(register, [{**stated, **values, PLATFORM_ID.name: row_id}])])[0]
    if outcome.faults:
        raise StepRefused("；".join(fault.message for fault in outcome.faults[1]))


def _as_given(value: Any) -> Any:
    """A stored value as the door takes it: references by id."""
    if isinstance(value, list):
        return tuple(_as_given(each) for each in value)
    return getattr(value, "id", None) or cell(value)


@stepped(CASES)
def note_days(taken: Taken) -> None:
    """Write down the days that follow from a step."""
    today = timezone.localdate(taken.at)
    days = {
        "intake": {"opened_on": taken.row["opened_on"] or today},
        "approve_plan": {"plan_approved_on": today},
        "suspend": {"suspended_on": today},
    }.get(taken.step.name)
    if days is not None and not taken.again:
        amend(taken.register, taken.row_id, days)


@stepped(CASES)
def close_records(taken: Taken) -> None:
    """Mark the last record of a closed case as the one that closes it; the case ends on that day."""
    if taken.target != Stage.CLOSED or taken.again:
        return
    own = records_of(str(taken.row["code"]), str(taken.row["region_code"]))
    closing = own.filter(closes=True).order_by("ended_at").first()
    if closing is None:
        closing = own.order_by("-ended_at", "-pk").first()
        if closing is not None:
            amend(REGISTERS[RECORDS], closing.pk, {"closes": True})
    ended_at = closing.ended_at if closing is not None else taken.at
    opened_on: date | None = taken.row["opened_on"]
    closed_on = max(timezone.localdate(ended_at), opened_on or date.min)
    amend(taken.register, taken.row_id, {"closed_on": closed_on})


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
        raise StepRefused("；".join(fault.message for fault in outcome.faults[1]))
    return identity
