"""Deciding about a pair: not the same person, or one file from now on; and taking a merger back (``domain.md`` §6.2)."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from linzhan.casework.enums import ResidentStatus
from linzhan.casework.merging.enums import PairState
from linzhan.casework.merging.finding import find_for
from linzhan.casework.merging.models import DuplicatePair, Merging
from linzhan.casework.models import Resident
from linzhan.casework.residents.following import follow_residents
from linzhan.kernel.registers import joining
from linzhan.kernel.registers.amending import amend, told, values_of
from linzhan.kernel.registers.declare import REGISTERS, Register
from linzhan.kernel.registers.joining import JoinRefused
from linzhan.kernel.scope import current_actor, current_scope

KEPT_ALWAYS = ("code", "registered_on")
"""Of the one that stays: its number, and the earlier of the two first days."""


class MergeRefused(ValueError):
    """Two files cannot be merged, or not be taken apart; the message is Chinese."""


def choosable(register: Register) -> list[str]:
    """The columns of which one of two values has to be chosen."""
    return [column.name for column in register.sheet.columns if column.name not in KEPT_ALWAYS]


@transaction.atomic
def set_apart(pair_id: UUID, *, note: str = "") -> None:
    """Somebody looked: these are two persons. The pair is not shown again."""
    if not DuplicatePair.objects.filter(pk=pair_id, state=PairState.OPEN).update(
        **_decided(PairState.DIFFERENT, note)
    ):
        raise MergeRefused("这一对已经处理过了")


@transaction.atomic
def look_again(pair_id: UUID) -> None:
    """A pair that was set apart by mistake waits for a decision again."""
    if not DuplicatePair.objects.filter(pk=pair_id, state=PairState.DIFFERENT).update(
        state=PairState.OPEN, decided_at=None, decided_by="", note=""
    ):
        raise MergeRefused("这一对不是“不是同一人”，不能重新核对")


def merge(*, kept: UUID, gone: UUID, taken: Collection[str] = (), note: str = "") -> Merging:
    """``gone`` becomes ``kept``, in one transaction; ``taken`` names the columns whose value comes from ``gone``.

    Both files must be in the scope of whoever merges. Raises :class:`MergeRefused`.
    """
    register = REGISTERS["residents"]
    unknown = set(taken) - set(choosable(register))
    if unknown or kept == gone:
        raise MergeRefused("请选择两份不同的档案，并逐项选定保留的值")
    with transaction.atomic():
        files = _own_files(kept, gone)
        chosen = values_of(register, gone, tuple(map(register.column, taken)))
        try:
            snapshot = joining.join(
                register,
                kept,
                gone,
                closes={"status": ResidentStatus.ENDED.value},
                amend=lambda: _amend(register, kept, chosen),
            )
        except JoinRefused as refusal:
            raise MergeRefused(str(refusal)) from refusal
        merging = Merging.objects.create(
            kept_id=kept,
            gone_id=gone,
            merged_at=timezone.now(),
            merged_by=current_actor().label,
            note=note.strip(),
            snapshot=snapshot,
            region_code=files[kept].region_code,
            station_id=files[kept].station_id,
            provider_id=files[kept].provider_id,
        )
        _close_pairs(kept, gone, note)
    return merging


@transaction.atomic
def undo(merging_id: UUID) -> int:
    """Take the two files apart; how many rows went back. Raises :class:`MergeRefused`."""
    merging = Merging.objects.select_for_update().filter(pk=merging_id).first()
    if merging is None:
        raise MergeRefused("找不到这次合并")
    if merging.undone_at is not None:
        raise MergeRefused(f"这次合并已由{merging.undone_by}撤销")
    _own_files(merging.kept_id, merging.gone_id)
    try:
        back = joining.part(REGISTERS["residents"], merging.kept_id, merging.gone_id, merging.snapshot)
    except JoinRefused as refusal:
        raise MergeRefused(str(refusal)) from refusal
    follow_residents([merging.kept_id, merging.gone_id])
    merging.undone_at, merging.undone_by = timezone.now(), current_actor().label
    merging.save(update_fields=["undone_at", "undone_by"])
    first, second = sorted((merging.kept_id, merging.gone_id))
    DuplicatePair.objects.filter(first=first, second=second).update(
        state=PairState.DIFFERENT,
        decided_at=merging.undone_at,
        decided_by=merging.undone_by,
        note="合并后又撤销",
    )
    return back


def _own_files(*ids: UUID) -> dict[UUID, Resident]:
    """The files, all of them in the scope of whoever acts; else they do not exist."""
    found = Resident.objects.filter(current_scope().own(Resident), pk__in=ids)
    files = {each.pk: each for each in found.order_by("pk").select_for_update()}
    if len(files) != len(set(ids)):
        raise MergeRefused("找不到这两份档案，或其中一份不在您的管辖范围内")
    return files


def _amend(register: Register, kept: UUID, chosen: dict[str, object]) -> None:
    """Through the one door: what is chosen of the other file. What is known of a person stands with the person."""
    if chosen and (wrong := told(amend(register, kept, chosen))):
        raise MergeRefused(f"选定的值不能写入保留的档案：{wrong}")
    follow_residents([kept])


def _close_pairs(kept: UUID, gone: UUID, note: str) -> None:
    """The pair is decided; other pairs of the file that went are looked for again with the one that stays."""
    first, second = sorted((kept, gone))
    DuplicatePair.objects.filter(first=first, second=second).update(**_decided(PairState.MERGED, note))
    of_gone = DuplicatePair.objects.filter(state=PairState.OPEN)
    (of_gone.filter(first=gone) | of_gone.filter(second=gone)).delete()
    file = Resident.objects.get(pk=kept)
    find_for([kept], [(kept, file.name)], file.region_code[:6])


def _decided(state: PairState, note: str) -> dict[str, object]:
    return {
        "state": state,
        "note": note.strip(),
        "decided_at": timezone.now(),
        "decided_by": current_actor().label,
    }
