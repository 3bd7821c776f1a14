"""Receipts: that a command came and what became of it, so that a repeat is answered and not done twice.

The content of a command is not kept with its receipt: the phone has it until it was taken, and what two of
them said differently is kept as a conflict. A receipt is written with what it is the receipt of.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from linzhan.kernel import places
from linzhan.kernel.registers.bulk import insert_columns
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.statements import look_up
from linzhan.kernel.sync.amending import kept_of
from linzhan.kernel.sync.declaring import KINDS, Command, Reader, Result
from linzhan.kernel.sync.models import CommandState, SyncCommand

SAVE = "save"
OTHER_CONTENT = "这个编号已经提交过别的内容，这一份没有采用；请打开核对后另存为新的一条"
COLUMNS = tuple(each.attname for each in SyncCommand._meta.concrete_fields)


class Receipted(Exception):
    """Commands of these ids have receipts that could not be seen: the reception starts over without them."""

    def __init__(self, ids: frozenset[UUID]) -> None:
        super().__init__()
        self.ids = ids


def receipts_of(commands: Sequence[Command]) -> dict[UUID, SyncCommand]:
    """What was answered before of ``commands`` and of those that they come after.

    Mostly nothing, which a statement kept ready says quickest.
    """
    ids = {command.id for command in commands} | {each.after for each in commands if each.after}
    known = [identity for (identity,) in look_up(SyncCommand, "id", list(ids), ("id",))] if ids else []
    return {each.pk: each for each in SyncCommand.objects.filter(pk__in=known)} if known else {}


def answer_again(command: Command, receipt: SyncCommand) -> Result | None:
    """The answer to a repeat; None where the command was set aside and is tried again."""
    if receipt.digest != command.digest:
        return other_content(command)
    if receipt.state == CommandState.REFUSED:
        return None
    told = receipt.answer
    return Result(
        command.id,
        receipt.state,
        title=told.get("title", ""),
        detail=told.get("detail", ""),
        faults=told.get("faults", []),
        conflicts=kept_of(command.id) if receipt.state == CommandState.CONFLICT else [],
    )


def other_content(command: Command) -> Result:
    """The answer where the id has been used for something else."""
    return Result(command.id, CommandState.CONFLICT, detail=OTHER_CONTENT)


def write_receipts(
    commands: Sequence[Command],
    results: Mapping[UUID, Result],
    reader: Reader,
    device: UUID,
    *,
    known: Collection[UUID],
) -> None:
    """The receipts of ``commands``, those ``known`` over what stands; :class:`Receipted` where one stands unseen."""
    fresh = [_receipt(command, results[command.id], reader, device) for command in commands]
    made = [each for each in fresh if each.pk not in known]
    if made:
        columns = {name: [getattr(each, name) for each in made] for name in COLUMNS}
        went_in = insert_columns(SyncCommand, columns)
        if went_in is not None:
            raise Receipted(frozenset(each.pk for each in made) - went_in)
    for each in fresh:
        if each.pk in known:
            each.save(force_update=True)


def _receipt(command: Command, result: Result, reader: Reader, device: UUID) -> SyncCommand:
    if _confided(command):  # its author's alone: not even that there was one is the station's business
        reader = replace(reader, region_code=places.NATION, provider_id=None, station_id=None)
    settled = result.state in (CommandState.DONE, CommandState.MERGED)
    return SyncCommand(
        pk=command.id,
        region_code=reader.region_code,
        provider_id=reader.provider_id,
        station_id=reader.station_id,
        device=device,
        user_id=reader.user_id,
        kind=_told_kind(command),
        subject=command.subject,
        columns=list(result.columns),
        digest=command.digest,
        made_at=command.made_at,
        received_at=command.received_at,
        clock_trusted=command.clock_trusted,
        state=result.state,
        answer={} if settled and not result.detail else _answer(result),
    )


def _answer(result: Result) -> dict[str, Any]:
    """What a repeat is told; conflicts are told from where they are kept."""
    return {"title": result.title, "detail": result.detail, "faults": result.faults}


def _confided(command: Command) -> bool:
    """Whether it is about rows of a narrower circle than the station's (a mandatory report)."""
    if command.kind in KINDS and KINDS[command.kind].discreet:
        return True
    rows = command.body.get("rows")
    told = [*(rows if isinstance(rows, list) else ()), command.body]
    keys = {str(each.get("register", "")) for each in told if isinstance(each, dict)}
    return any(key in REGISTERS and REGISTERS[key].in_circle for key in keys)


def _told_kind(command: Command) -> str:
    """The kind as the receipt says it."""
    return SAVE if command.kind in KINDS and KINDS[command.kind].discreet else command.kind
