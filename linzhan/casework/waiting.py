"""What waits for a worker besides visits, and the steps that can be taken on the way (SVC-10, SVC-23).

Only one's own: referrals of one's residents, cases that one leads, activities that one recorded and nobody has
summed up. A step is the register's own, with what it asks for; what it refuses at the desk it refuses from afar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.casework.activities.enums import ActivityStage
from linzhan.casework.activities.models import ActivityDetail, ActivityFile
from linzhan.casework.cases.enums import Stage
from linzhan.casework.cases.models import CaseFile
from linzhan.casework.cases.selectors import follow_ups_due
from linzhan.casework.contacts.enums import ReferralStage
from linzhan.casework.contacts.models import ReferralFile
from linzhan.casework.models import RecordWorker, Resident
from linzhan.casework.residents.phone import caseload
from linzhan.kernel.registers.declare import REGISTERS, Register
from linzhan.kernel.registers.stepping import possible
from linzhan.kernel.sheets.columns import Kind
from linzhan.kernel.steps import NOTE, Step
from linzhan.kernel.sync.declaring import SYNCABLES, Reader

SOON = timedelta(days=7)
RECENT = timedelta(days=60)
OFFERED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "referral-files": {"send": ("consented_on",), "receive": (), "settle": (), "refuse": (), "prepare": ()},
    "case-files": {"resume": ()},
    "activity-files": {"report": ()},
}
"""The steps for the way by register, and what they ask for besides what they require."""
LONG = 200  # characters from which a text is asked for in a large field


@dataclass(frozen=True, slots=True)
class Waiting:
    """One row that waits: what the list says of it."""

    register: str
    row: Any
    title: str
    about: str
    due_on: Any = None


def todos(reader: Reader) -> Iterator[dict[str, Any]]:
    """What waits, each with the steps that the reader may take now; follow-ups open a visit instead."""
    names = dict(caseload(reader).values_list("pk", "name"))
    for each in (*_referrals(names), *_cases(reader, names), *_activities(reader)):
        register = REGISTERS[each.register]
        if register.key not in SYNCABLES:
            continue
        steps = [_told(register, one, each.row) for one in _steps(register, each.row, reader)]
        if steps:
            yield {
                "id": str(each.row.pk),
                "register": register.key,
                "title": each.title,
                "about": each.about,
                "stage": each.row.stage,
                "due_on": each.due_on,
                "steps": steps,
            }
    yield from _follow_ups(reader, names)
    for ask in _besides:
        yield from ask(reader)


Asks = Callable[[Reader], Iterable[dict[str, Any]]]
_besides: list[Asks] = []


def also_waits(ask: Asks) -> Asks:
    """Register what waits for a phone's worker on another desk; told like :func:`todos` tells its own."""
    _besides.append(ask)
    return ask


def _steps(register: Register, row: Any, reader: Reader) -> list[Step]:
    offered = OFFERED[register.key]
    found = possible(register, {register.stage: getattr(row, register.stage)}, reader.rights)
    return [one for one in found if one.name in offered]


def _told(register: Register, one: Step, row: Any) -> dict[str, Any]:
    """A step with its fields; what is asked for besides is left out where the row has it."""
    asked = [name for name in OFFERED[register.key][one.name] if getattr(row, name) in (None, "", False)]
    labels = {**one.requires, **{name: register.column(name).header for name in asked}}
    fields = [
        {"name": name, "label": str(label), "kind": _kind(register, name), "required": name in one.requires}
        for name, label in labels.items()
    ]
    return {"name": one.name, "label": str(one.label), "fields": fields}


def _kind(register: Register, name: str) -> str:
    if name == NOTE:
        return "long"
    column = register.column(name)
    if column.kind is Kind.DATE:
        return "date"
    return "long" if (column.max_length or LONG) >= LONG else "line"


def _referrals(names: Mapping[Any, str]) -> Iterator[Waiting]:
    stages = (ReferralStage.PREPARED, ReferralStage.SENT, ReferralStage.RECEIVED, ReferralStage.REFUSED)
    rows = ReferralFile.objects.filter(resident_id__in=list(names), stage__in=stages).order_by("pk")
    for row in rows:
        yield Waiting(
            "referral-files", row, f"{names[row.resident_id]} · {_('转介到')}{row.receiver}", row.urgency
        )


def _cases(reader: Reader, names: Mapping[Any, str]) -> Iterator[Waiting]:
    """Suspended cases whose day of return has come near."""
    if reader.person_id is None:
        return
    until = timezone.localdate(reader.now) + SOON
    rows = CaseFile.objects.filter(
        worker_id=reader.person_id, stage=Stage.SUSPENDED, resume_on__lte=until
    ).order_by("resume_on", "pk")
    for row in rows:
        yield Waiting(
            "case-files", row, f"{names.get(row.resident_id, '') or row.code} · {_('个案')}", _("到了预计恢复的日子"), row.resume_on
        )  # fmt: skip


def _activities(reader: Reader) -> Iterator[Waiting]:
    """Activities that the reader recorded lately and nobody has summed up."""
    if reader.person_id is None:
        return
    own = RecordWorker.objects.filter(
        worker_id=reader.person_id, started_at__gte=reader.now - RECENT, record_id=OuterRef("record_id")
    )
    held = ActivityDetail.objects.filter(Exists(own), activity_id=OuterRef("pk"))
    rows = ActivityFile.objects.filter(
        Exists(held), station_id__in=reader.own_stations, stage=ActivityStage.HELD
    )
    for row in rows.order_by("planned_on", "pk"):
        yield Waiting("activity-files", row, row.name, _("还没有写活动总结"))


def _follow_ups(reader: Reader, names: Mapping[Any, str]) -> Iterator[dict[str, Any]]:
    """Follow-ups of closed cases that come due: a call or a visit makes one, so that is what opens."""
    if reader.person_id is None:
        return
    own = CaseFile.objects.filter(worker_id=reader.person_id)
    dues = follow_ups_due(timezone.localdate(reader.now) + SOON, cases=own)
    others = _named({each.resident for each in dues} - names.keys())
    for due in dues:
        yield {
            "id": f"{due.case}:{due.number}",
            "register": "",
            "title": f"{names.get(due.resident) or others.get(due.resident, due.code)} · {_('结案后随访')}",
            "about": _("第 {number} 次，打电话或上门都算").format(number=due.number),
            "stage": "",
            "due_on": due.due_on,
            "resident": str(due.resident),
            "steps": [],
        }


def _named(ids: Iterable[Any]) -> dict[Any, str]:
    wanted = list(ids)
    return dict(Resident.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}
