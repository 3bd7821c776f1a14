"""What a visit found is proposed to a person: nobody is declared dead or gone by a record of service."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from linzhan.casework.enums import Outcome, ResidentStatus
from linzhan.casework.transfers.enums import ProposalState
from linzhan.casework.transfers.models import StatusProposal
from linzhan.kernel.ids import uuid7
from linzhan.kernel.registers.amending import amend, told
from linzhan.kernel.registers.declare import REGISTERS, Told
from linzhan.kernel.scope import current_actor, unscoped

PROPOSED: Mapping[str, str] = {Outcome.DIED: ResidentStatus.DIED, Outcome.MOVED: ResidentStatus.MOVED}
ON_THE_REGISTER = (ResidentStatus.REGISTERED, ResidentStatus.PAUSED)
NAMED = """
SELECT n.resident_id, n.record_id, r.outcome, (r.started_at AT TIME ZONE 'Asia/Shanghai')::date, p.region_code,
    p.station_id, p.provider_id
FROM casework_recordresident n JOIN casework_servicerecord r ON r.id = n.record_id
JOIN casework_resident p ON p.id = n.resident_id
WHERE n.record_id = ANY(%s) AND p.status = ANY(%s) AND p.merged_into_id IS NULL
"""


class ProposalRefused(ValueError):
    """A proposal that cannot be decided so; the message is Chinese."""


def heard(told: Told) -> Callable[[], None] | None:
    """Of services that were written: a question for each resident on the register who was found dead or gone."""
    outcomes = told.column("outcome")
    telling = [each for each, outcome in zip(told.ids, outcomes, strict=True) if outcome in PROPOSED]
    return partial(_propose, [each for each in telling if each is not None]) if telling else None


def _propose(telling: Sequence[UUID]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(NAMED, [list(telling), [each.value for each in ON_THE_REGISTER]])
        found = cursor.fetchall()
    proposals = [
        StatusProposal(
            id=uuid7(), resident_id=resident, record_id=record, status=PROPOSED[outcome], seen_on=day,
            region_code=region, station_id=station, provider_id=provider, state=ProposalState.OPEN,
            decided_by="", note="",
        )
        for resident, record, outcome, day, region, station, provider in found
    ]  # fmt: skip
    with unscoped("a question goes to the station that keeps the file"):
        StatusProposal.objects.bulk_create(proposals, ignore_conflicts=True)


@transaction.atomic
def take_up(proposal_id: UUID, *, on: date) -> None:
    """The file says it from ``on``, the day it happened; other open questions about the same person are closed."""
    proposal = _open(proposal_id)
    if not (proposal.resident.registered_on <= on <= timezone.localdate()):
        raise ProposalRefused("日期应在建档之后、今天之前，请核对")
    outcome = amend(REGISTERS["residents"], proposal.resident_id, {"status": proposal.status}, today=on)
    if wrong := told(outcome):
        raise ProposalRefused(wrong)
    others = StatusProposal.objects.filter(resident=proposal.resident_id, state=ProposalState.OPEN)
    others.exclude(pk=proposal.pk).update(**_decided(ProposalState.DROPPED, "已按另一次探访处理"))
    StatusProposal.objects.filter(pk=proposal.pk).update(**_decided(ProposalState.TAKEN, f"自 {on} 起"))


def drop(proposal_id: UUID, *, note: str) -> None:
    """The file stays as it is, and says why."""
    if not note.strip():
        raise ProposalRefused("请说明为什么不采纳，例如：看错人、已回来")
    proposal = _open(proposal_id)
    StatusProposal.objects.filter(pk=proposal.pk).update(**_decided(ProposalState.DROPPED, note.strip()))


def _open(proposal_id: UUID) -> StatusProposal:
    found = (
        StatusProposal.objects.select_related("resident")
        .select_for_update(of=("self",))
        .filter(pk=proposal_id)
    ).first()
    if found is None:
        raise ProposalRefused("找不到这一条")
    if found.state != ProposalState.OPEN:
        raise ProposalRefused(f"这一条已由{found.decided_by}处理：{found.state}")
    return found


def _decided(state: ProposalState, note: str) -> dict[str, object]:
    return {
        "state": state,
        "note": note,
        "decided_at": timezone.now(),
        "decided_by": current_actor().label,
    }
