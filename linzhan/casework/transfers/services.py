"""Who is responsible (peers.md §4.2): *assign* within a station at once; *transfer* to another station when it
accepts; *ask for* somebody whom another station keeps; *hand over* a whole caseload, undone one by one that day.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from linzhan.casework.children import children_among, refused
from linzhan.casework.enums import ResidentStatus
from linzhan.casework.models import Resident
from linzhan.casework.residents.services import FollowRefused, amend_residents
from linzhan.casework.transfers import carrying
from linzhan.casework.transfers.enums import Consent, HandoverReason, NoticeMode, TransferKind, TransferStage
from linzhan.casework.transfers.models import Handover, HandoverLine, Transfer
from linzhan.casework.transfers.steps import TRANSFER_STEPS
from linzhan.kernel import masking, places
from linzhan.kernel.jobs.running import Progress, job, order
from linzhan.kernel.scope import current_actor, current_scope, unscoped
from linzhan.kernel.sheets.cells import CLEAR
from linzhan.kernel.steps import StepRefused
from linzhan.network.api import Station, StationStatus
from linzhan.workforce.api import SocialWorker

IN_HAND = (ResidentStatus.REGISTERED, ResidentStatus.PAUSED)
RESTRICTED = frozenset({"C09", "D03", "E01", "E02", "E03", "E06"})
"""Categories that nobody learns of before they answer for the person (``domain.md`` §19.2)."""
HIDDEN = "受限"


class TransferRefused(ValueError):
    """What was asked cannot be; the message (Chinese) says what to do."""


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """That the person (or a guardian) agrees, or why the transfer goes on without."""

    consent: str
    on: date | None = None
    override_reason: str = ""

    def require(self) -> None:
        if self.consent not in Consent.values:
            raise TransferRefused("请写明本人或监护人是否同意")
        if self.consent == Consent.OVERRIDE and not self.override_reason.strip():
            raise TransferRefused("没有取得同意的，请写明为什么仍须转移")
        if self.consent != Consent.OVERRIDE and self.on is None:
            raise TransferRefused("请填写同意的日期")


@transaction.atomic
def assign(residents: Collection[UUID], *, worker: UUID) -> int:
    """``worker`` answers for ``residents`` of their station from today; their open cases follow. How many changed."""
    files = _own(residents)
    _require_worker(worker, {file.station_id for file in files.values()})
    changed = {pk: file for pk, file in files.items() if file.worker_id != worker}
    _require_vetted(dict.fromkeys(changed, worker))
    _amend({pk: {"worker": worker} for pk in changed})
    for was in {file.worker_id for file in changed.values() if file.worker_id is not None}:
        of_one = {pk: worker for pk, file in changed.items() if file.worker_id == was}
        carrying.to_worker(of_one, was)
    return len(changed)


def stations_of_county(region_code: str) -> list[tuple[UUID, str]]:
    """The stations at work in a county by name: which they are is public (their plates say it)."""
    low, high = places.bounds(places.county_of(region_code))
    with unscoped("which stations there are stands on their doors"):
        rows = Station.objects.filter(
            region_code__gte=low, region_code__lt=high, status=StationStatus.OPERATING
        )
        return list(rows.order_by("region_code", "code").values_list("pk", "name"))


@transaction.atomic
def ask(resident: UUID, *, to_station: UUID, reason: str, consent: ConsentGiven) -> Transfer:
    """Offer a resident to another station of the county. Nothing moves until it accepts."""
    file = _own([resident])[resident]
    consent.require()
    _require_reason(reason)
    _require_other(file.region_code, file.station_id, to_station)
    if Transfer.objects.filter(resident=resident, stage=TransferStage.ASKED).exists():
        raise TransferRefused("这位对象已有一份待答复的转移，请等答复或先撤回")
    return Transfer.objects.create(
        kind=TransferKind.GIVEN,
        resident_id=resident,
        station_id=file.station_id,
        provider_id=file.provider_id,
        region_code=file.region_code,
        other_station_id=to_station,
        reason=reason.strip(),
        **_shown(file),
        **_consent(consent),
        **_asked(),
    )


@transaction.atomic
def ask_for(*, station: UUID, of_station: UUID, description: str, reason: str) -> Transfer:
    """A station asks for somebody whom another one may keep; it says who is meant, for it cannot see."""
    own = Station.objects.filter(current_scope().own(Station), pk=station).first()
    if own is None:
        raise TransferRefused("请选择自己的站点")
    _require_reason(reason)
    if not description.strip():
        raise TransferRefused("请写明所指何人，例如姓名、住址、与本站的联系，让对方能认出来")
    _require_other(own.region_code, station, of_station)
    return Transfer.objects.create(
        kind=TransferKind.ASKED_FOR,
        station_id=station,
        provider_id=own.provider_id,
        region_code=own.region_code,
        other_station_id=of_station,
        description=description.strip(),
        reason=reason.strip(),
        **_asked(),
    )


@transaction.atomic
def accept(
    transfer_id: UUID,
    *,
    worker: UUID | None = None,
    resident: UUID | None = None,
    consent: ConsentGiven | None = None,
    answer: str = "",
) -> Transfer:
    """The station asked agrees, and the resident changes hands at once, open cases too.

    Of an offer the receiver may name the ``worker`` who takes over; of a request the keeper names whom it
    gives, with the person's consent.
    """
    transfer = _answering(transfer_id, "accept", {})
    if transfer.kind == TransferKind.GIVEN:
        to = transfer.other_station_id
        if worker is not None:
            _require_worker(worker, {to})
    else:
        to = transfer.station_id
        if resident is None or consent is None:
            raise TransferRefused("请选出对方所指的对象，并写明是否同意")
        consent.require()
        file = _own([resident])[resident]
        if file.station_id != transfer.other_station_id:
            raise TransferRefused("这位对象不在本站")
        _set(transfer, {"resident_id": resident, **_consent(consent), **_shown(file)})
    _answered(transfer, "accept", answer)
    assert transfer.resident_id is not None
    if worker is not None:
        with unscoped("whether the resident is a child, before the receiver sees the file"):
            children = children_among([transfer.resident_id], timezone.localdate())
        _require_vetted({transfer.resident_id: worker}, children)
    _hand_to_station(transfer.resident_id, to, worker)
    _set(transfer, {"to_worker_id": worker})
    return transfer


@transaction.atomic
def decline(transfer_id: UUID, *, answer: str) -> Transfer:
    """The station asked says no, and why; nothing moves."""
    transfer = _answering(transfer_id, "decline", {"answer": answer})
    _answered(transfer, "decline", answer)
    return transfer


@transaction.atomic
def withdraw(transfer_id: UUID) -> Transfer:
    """The station that asked takes it back before an answer."""
    transfer = _locked(transfer_id)
    if not _acts_for(transfer.station_id):
        raise TransferRefused("只有提出的站点可以撤回")
    _step(transfer, "withdraw", {})
    _answered(transfer, "withdraw", "")
    return transfer


def _hand_to_station(resident: UUID, to: UUID, worker: UUID | None) -> None:
    with unscoped("a resident goes to the station that accepted"):
        file = Resident.objects.select_for_update().get(pk=resident)
        if file.status not in IN_HAND or file.merged_into_id is not None:
            raise TransferRefused(f"这位对象的档案现为“{file.status}”，不能转移")
        station = Station.objects.get(pk=to)
        if station.region_code[:6] != file.region_code[:6]:
            raise TransferRefused("跨县的请按“迁出”办理，由接收的县另行建档")
        _amend({resident: {"station": to, "worker": CLEAR if worker is None else worker}})
        try:
            carrying.to_station([resident], to, worker)
        except carrying.CarryRefused as refusal:
            raise TransferRefused(str(refusal)) from refusal


def hand_over(
    from_worker: UUID,
    *,
    receivers: Mapping[UUID, UUID],
    reason: str,
    note: str,
) -> Handover:
    """Order that each of ``receivers`` (resident to colleague) gets a new responsible worker; done by a job at once.

    All residents are of one station and in the hands of ``from_worker``; ``note`` says what colleagues must know.
    """
    files = _own(list(receivers))
    stations = {file.station_id for file in files.values()}
    if reason not in HandoverReason.values or not note.strip():
        raise TransferRefused("请选择交接的原因，并写下接手的人须知道的事")
    if len(stations) != 1 or any(file.worker_id != from_worker for file in files.values()):
        raise TransferRefused("名单已有变化：有对象不再由这位社工负责，请重新打开这一页")
    if from_worker in receivers.values():
        raise TransferRefused("接手的须是另一位社工")
    for worker in set(receivers.values()):
        _require_worker(worker, stations)
    _require_vetted(receivers)
    first = next(iter(files.values()))
    place = {
        "region_code": first.region_code,
        "station_id": first.station_id,
        "provider_id": first.provider_id,
    }
    with transaction.atomic():
        handover = Handover.objects.create(
            from_worker_id=from_worker,
            reason=reason,
            note=note.strip(),
            made_at=timezone.now(),
            made_by=current_actor().label,
            **place,
        )
        HandoverLine.objects.bulk_create(
            HandoverLine(handover=handover, resident_id=pk, to_worker_id=worker, **place)
            for pk, worker in sorted(receivers.items())
        )
        order(HANDOVER, f"交接 {len(files)} 位服务对象", {"handover": str(handover.pk)})
    return handover


HANDOVER = "casework.handover"


@job(HANDOVER)
def carry_out(payload: Mapping[str, Any], progress: Progress) -> dict[str, object]:
    """All of a handover in one transaction, in the name and scope of whoever ordered it."""
    handover = Handover.objects.select_for_update().get(pk=payload["handover"])
    lines = list(HandoverLine.objects.filter(handover=handover).order_by("pk"))
    if handover.done_at is None:
        wanted = {line.resident_id: line.to_worker_id for line in lines}
        _amend({pk: {"worker": worker} for pk, worker in wanted.items()})
        moved = carrying.to_worker(wanted, handover.from_worker_id)
        for line in lines:
            line.moved = moved.get(line.resident_id, [])
        HandoverLine.objects.bulk_update(lines, ["moved"], batch_size=500)
        handover.done_at = timezone.now()
        handover.save(update_fields=["done_at"])
    progress(len(lines), len(lines))
    return {"number": len(lines), "url": f"/residents/handovers/{handover.pk}/", "label": "查看交接"}


@transaction.atomic
def take_back(line_id: UUID) -> None:
    """One resident of a handover goes back to the worker who had them, on the day of the handover."""
    line = HandoverLine.objects.select_for_update().select_related("handover").filter(pk=line_id).first()
    if line is None or line.undone_at is not None:
        raise TransferRefused("找不到这一条，或已经撤回")
    handover = line.handover
    if handover.done_at is None or timezone.localdate(handover.done_at) != timezone.localdate():
        raise TransferRefused("只能在交接当天撤回；此后请另行指定责任社工")
    file = _own([line.resident_id])[line.resident_id]
    if file.worker_id != line.to_worker_id:
        raise TransferRefused("这位对象的责任社工后来又有变动，不能撤回")
    _amend({file.pk: {"worker": handover.from_worker_id}})
    carrying.give_back(line.moved, line.to_worker_id, handover.from_worker_id)
    line.undone_at, line.undone_by = timezone.now(), current_actor().label
    line.save(update_fields=["undone_at", "undone_by"])


def note_told(line_ids: Collection[UUID], *, how: str, on: date) -> int:
    """That these residents were told who answers for them now: how, and on which day."""
    if how not in NoticeMode.values:
        raise TransferRefused("请选择告知的方式")
    if on > timezone.localdate():
        raise TransferRefused("告知日期不能晚于今天")
    lines = HandoverLine.objects.filter(pk__in=list(line_ids), undone_at__isnull=True)
    return lines.update(told_how=how, told_on=on, told_by=current_actor().label)


def _own(residents: Collection[UUID]) -> dict[UUID, Resident]:
    """Files in the hands of whoever acts, still on the register."""
    rows = Resident.objects.filter(current_scope().own(Resident), pk__in=list(residents))
    rows = rows.filter(status__in=IN_HAND, merged_into__isnull=True)
    found = {file.pk: file for file in rows.order_by("pk").select_for_update()}
    if not found or len(found) != len(set(residents)):
        raise TransferRefused("有对象找不到、已不在册，或不在您的管辖范围内")
    return found


def _require_worker(worker: UUID, stations: Collection[UUID]) -> None:
    """Somebody who works at each of the stations."""
    found = SocialWorker.objects.filter(pk=worker, left_on__isnull=True).first()
    if found is None or set(stations) != {found.station_id}:
        raise TransferRefused("责任社工须是本站在岗的社工")


def _require_vetted(answering: Mapping[UUID, UUID], children: Sequence[Resident] | None = None) -> None:
    """Whoever answers for a child has been vetted this year (``domain.md`` §3.5)."""
    if words := refused(answering, timezone.localdate(), children=children):
        raise TransferRefused(words)


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise TransferRefused("请写明理由，对方据此答复")


def _require_other(region_code: str, own: UUID, other: UUID) -> None:
    if other == own or other not in {pk for pk, _name in stations_of_county(region_code)}:
        raise TransferRefused("请选择本县另一个运营中的站点；跨县的请按“迁出”办理")


def _locked(transfer_id: UUID) -> Transfer:
    found = Transfer.objects.select_for_update().filter(pk=transfer_id).first()
    if found is None:
        raise TransferRefused("找不到这份转移")
    return found


def _answering(transfer_id: UUID, name: str, given: Mapping[str, object]) -> Transfer:
    transfer = _locked(transfer_id)
    if not _acts_for(transfer.other_station_id):
        raise TransferRefused("由对方站点答复")
    _step(transfer, name, given)
    return transfer


def _acts_for(station: UUID) -> bool:
    """Stations answer for themselves: an area above reads, and the machine may do all."""
    return current_scope().everything or str(station) in current_scope().stations


def _step(transfer: Transfer, name: str, given: Mapping[str, object]) -> None:
    try:
        TRANSFER_STEPS.take(name, transfer.stage, given)
    except StepRefused as refusal:
        raise TransferRefused(str(refusal)) from refusal


def _answered(transfer: Transfer, name: str, answer: str) -> None:
    _set(
        transfer,
        {
            "stage": TRANSFER_STEPS[name].target,
            "answer": answer.strip(),
            "answered_at": timezone.now(),
            "answered_by": current_actor().label,
        },
    )


def _set(transfer: Transfer, values: Mapping[str, object]) -> None:
    for name, value in values.items():
        setattr(transfer, name, value)
    transfer.save(update_fields=list(values))


def _shown(file: Resident) -> dict[str, Any]:
    shown = [HIDDEN if category in RESTRICTED else category for category in file.categories]
    return {"shown_name": masking.mask_name(file.name), "shown_categories": list(dict.fromkeys(shown))}


def _consent(given: ConsentGiven) -> dict[str, Any]:
    own = given.consent != Consent.OVERRIDE
    return {
        "consent": given.consent,
        "consented_on": given.on if own else None,
        "override_reason": "" if own else given.override_reason.strip(),
    }


def _asked() -> dict[str, Any]:
    return {"asked_at": timezone.now(), "asked_by": current_actor().label}


def _amend(changes: Mapping[UUID, Mapping[str, Any]]) -> None:
    try:
        amend_residents(changes, today=timezone.localdate())
    except FollowRefused as refusal:
        raise TransferRefused(str(refusal)) from refusal
