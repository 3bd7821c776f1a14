"""Changing stored rows from afar: field by field against what the phone had (``kernel.sync.merging``).

Nothing is overwritten silently: what the field's own rule joins is said, what it cannot is kept as a
:class:`~linzhan.kernel.sync.models.SyncConflict` for a person, and the rest of the change is applied.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from linzhan.kernel import places
from linzhan.kernel.audit import AuditEntry
from linzhan.kernel.registers.amending import amend as written_over
from linzhan.kernel.registers.attributes import compared
from linzhan.kernel.registers.declare import REGISTERS, Register
from linzhan.kernel.registers.owning import KEPT_ELSEWHERE, kept_elsewhere, lines_of
from linzhan.kernel.registers.reading import records
from linzhan.kernel.registers.told import WrongType, given, is_row_reference
from linzhan.kernel.sheets.cells import CLEAR, CellFault, convert
from linzhan.kernel.sheets.columns import Column
from linzhan.kernel.sync.declaring import SYNCABLES, Command, Reader, Result
from linzhan.kernel.sync.merging import Merge, Normal, Verdict, merged, normal
from linzhan.kernel.sync.models import CommandState, SyncCommand, SyncConflict

GONE = "这条记录已不在您的名下，或已不存在；内容还保留着，请联系站长"
NOT_AMENDABLE = "“{header}”不能在手机上改，请在电脑上办理"
SAME_MOMENT = timedelta(seconds=30)  # between a command's arrival and the change it made


class Refused(Exception):
    """The command cannot succeed as it is; the message (Chinese) goes to its author."""

    def __init__(self, detail: str, faults: list[dict[str, str]] | None = None) -> None:
        super().__init__(detail)
        self.faults = faults or []


@dataclass(slots=True)
class _Fields:
    """What is to be written, and what became of the fields that met another change."""

    values: dict[str, Any] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    asked: list[tuple[Column, Normal, Normal, Normal]] = field(default_factory=list)


def amend(command: Command, reader: Reader) -> Result:
    """Apply an ``amend``; raises :class:`Refused`."""
    register, identity = _subject(command, reader)
    row = stored(register, identity)
    fields = _Fields()
    for name, change in _changes(register, command).items():
        _settle(register, register.column(name), change, row, command, fields)
    if fields.values:
        write(register, row, fields.values)
    conflicts = [_keep(register, row, command, reader, *asked) for asked in fields.asked]
    state = CommandState.CONFLICT if conflicts else CommandState.MERGED if fields.told else CommandState.DONE
    detail = "；".join(fields.told)
    if conflicts:
        detail = "；".join(
            [*fields.told, "别人也改了这些内容，没有覆盖，请核对后决定：" + _headers(fields.asked)]
        )
    return Result(command.id, state, detail=detail, conflicts=conflicts, columns=tuple(sorted(fields.values)))


def _headers(asked: list[tuple[Column, Normal, Normal, Normal]]) -> str:
    return "、".join(column.header for column, *_rest in asked)


def _subject(command: Command, reader: Reader) -> tuple[Register, UUID]:
    key = str(command.body.get("register", ""))
    if key not in SYNCABLES or SYNCABLES[key].right not in reader.rights:
        raise Refused("您的任职不能在手机上改这类内容")
    try:
        return REGISTERS[key], UUID(str(command.body["id"]))
    except (KeyError, ValueError):
        raise Refused("没有说明要改哪一条，请重新填写") from None


def _changes(register: Register, command: Command) -> Mapping[str, Mapping[str, Any]]:
    fields = command.body.get("fields")
    if not isinstance(fields, dict) or not fields:
        raise Refused("没有要改的内容")
    amends = SYNCABLES[register.key].amends
    for name, change in fields.items():
        column = register.sheet.column_by_name.get(name)
        if column is None or name not in amends:
            raise Refused(NOT_AMENDABLE.format(header=column.header if column else name))
        if not isinstance(change, dict) or "is" not in change:
            raise Refused("更改的内容不完整，请重新填写")
    return fields


def stored(register: Register, identity: UUID) -> dict[str, Any]:
    """The row, locked, with every value whole; :class:`Refused` where it is not the reader's to change."""
    rows = register.model._default_manager.filter(pk=identity)
    if not list(rows.select_for_update().values_list("pk")):
        raise Refused(GONE)
    if kept_elsewhere(register, identity):
        raise Refused(KEPT_ELSEWHERE)
    return next(iter(records(register, rows[:1], whole=True)))


def _settle(
    register: Register,
    column: Column,
    change: Mapping[str, Any],
    row: Mapping[str, Any],
    command: Command,
    fields: _Fields,
) -> None:
    was, mine = (normal_of(column, change.get(side)) for side in ("was", "is"))
    theirs = normal(row[column.name])
    later = column.merges == "newest" and _is_later(register, column, row["id"], command)
    found: Merge = merged(column, was, theirs, mine, mine_is_later=later)
    if found.verdict is Verdict.ASK:
        fields.asked.append((column, was, theirs, mine))
    elif found.verdict in (Verdict.APPLY, Verdict.MERGED):
        fields.values[column.name] = writable(column, found.value)
    if found.verdict is Verdict.MERGED:
        fields.told.append(f"{column.header}：与别人的更改已合并")
    elif found.verdict is Verdict.KEEP:
        fields.told.append(f"{column.header}：别人的更改更近或更高，保留了现有内容")


def normal_of(column: Column, raw: Any) -> Normal:
    """A value as a phone told it in its normal form; :class:`Refused` where nobody can read it."""
    try:
        value = given(column, raw, clears=True)
    except WrongType as wrong:
        raise Refused(str(wrong), [_fault(column, str(wrong))]) from None
    if is_row_reference(column) or value is CLEAR:
        return normal(value)
    value = convert(column, value)
    if isinstance(value, CellFault):
        raise Refused(f"{column.header}：{value.message}", [_fault(column, value.message)])
    return normal(value)


def _fault(column: Column, message: str) -> dict[str, str]:
    return {"column": column.header, "message": message}


def writable(column: Column, value: Normal) -> Any:
    """A normal form as the one door takes it."""
    if value is None:
        return CLEAR
    if is_row_reference(column):
        return tuple(map(UUID, value)) if isinstance(value, tuple) else UUID(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return value


def _is_later(register: Register, column: Column, identity: UUID, command: Command) -> bool:
    """Whether ``command`` was written down after the last change of ``column``."""
    name = compared(column)[0] if compared(column) else column.name
    changes = AuditEntry.objects.filter(
        table_name=register.model._meta.db_table, row_id=str(identity), after__has_key=name
    )
    changed_at = changes.order_by("-id").values_list("at", flat=True).first()
    if changed_at is None:
        return True
    return command.entered_at >= _written_down(identity, column.name, changed_at)


def _written_down(identity: UUID, column: str, changed_at: datetime) -> datetime:
    """When the change that arrived at ``changed_at`` was made: earlier, if it came from a phone."""
    sent = SyncCommand.objects.filter(
        subject=identity,
        columns__contains=[column],
        received_at__gte=changed_at - SAME_MOMENT,
        received_at__lte=changed_at + SAME_MOMENT,
        clock_trusted=True,
    )
    made_at = sent.order_by("-received_at").values_list("made_at", flat=True).first()
    return min(made_at, changed_at) if made_at else changed_at


def write(register: Register, row: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Save ``values`` over the stored ``row``; :class:`Refused` with the faults where that is not possible."""
    outcome = written_over(register, row["id"], values, row=row)
    if outcome.faults:
        faults = [{"column": f.column, "message": f.message} for f in outcome.faults[1]]
        raise Refused("；".join(fault.line for fault in outcome.faults[1]), faults)


def _stands(register: Register, row: Mapping[str, Any]) -> dict[str, Any]:
    """Where a conflict stands: where its row does; of a narrower audience nowhere, its author sees it."""
    if register.in_circle:
        return {"region_code": places.NATION}
    return {"region_code": row["region_code"], **lines_of(register, row["id"])}


def _keep(
    register: Register,
    row: Mapping[str, Any],
    command: Command,
    reader: Reader,
    column: Column,
    was: Normal,
    theirs: Normal,
    mine: Normal,
) -> dict[str, Any]:
    SyncConflict.objects.create(
        **_stands(register, row),
        command_id=command.id,
        register=register.key,
        row_id=row["id"],
        column=column.name,
        was=was,
        theirs=theirs,
        mine=mine,
        made_by=reader.user_id,
        made_at=command.entered_at,
        arrived_at=command.received_at,
    )
    return {"column": column.header, "was": was, "theirs": theirs, "mine": mine}


def kept_of(command_id: UUID) -> list[dict[str, Any]]:
    """What a command left for a person to decide, as its author was told."""
    return [
        {
            "column": REGISTERS[each.register].column(each.column).header,
            "was": each.was,
            "theirs": each.theirs,
            "mine": each.mine,
        }
        for each in SyncConflict.objects.filter(command_id=command_id).order_by("pk")
    ]
