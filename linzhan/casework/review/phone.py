"""A returned record put right on the phone: what changed and the step, as one command (SVC-23, ADR 0019)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from linzhan.casework.models import ServiceRecord
from linzhan.casework.review.reopening import OWN, is_of_record
from linzhan.casework.rights import EDIT_RECORDS
from linzhan.casework.sheets import RECORDS
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import take
from linzhan.kernel.sync.amending import GONE, Refused, amend
from linzhan.kernel.sync.declaring import Command, Reader, Result, command_kind
from linzhan.kernel.sync.models import CommandState

KIND = "resubmit"
AT_MOST = 60  # rows of one record


@command_kind(KIND)
def resubmit(command: Command, reader: Reader) -> Result:
    """``{"amends": [{register, id, fields}, …]}`` about the record ``subject``: all of it and sent in again, or nothing.

    Each row is the record's own or tells more of it. Fields meet what others wrote as in every ``amend``; what
    cannot be joined is left for a person, and the record goes to the station lead all the same.
    """
    if EDIT_RECORDS not in reader.rights:
        raise Refused(_("您的任职不能在手机上改服务记录"))
    if not ServiceRecord.objects.filter(pk=command.subject).exists():
        raise Refused(GONE)
    results = [amend(replace(command, body=body), reader) for body in _amends(command)]
    try:
        taken = take(
            RECORDS,
            command.subject,
            KIND,
            rights=reader.rights,
            entry_id=command.id,
            at=command.entered_at,
        )
    except LookupError:
        raise Refused(GONE) from None
    conflicts = [each for result in results for each in result.conflicts]
    told = [result.detail for result in results if result.detail]
    state = CommandState.CONFLICT if conflicts else CommandState.MERGED if told else CommandState.DONE
    columns = {name for result in results for name in result.columns} | {taken.register.stage}
    return Result(
        command.id, state, detail="；".join(told), conflicts=conflicts, columns=tuple(sorted(columns))
    )


def _amends(command: Command) -> list[Mapping[str, Any]]:
    told = command.body.get("amends")
    if not isinstance(told, list) or not told or len(told) > AT_MOST:
        raise Refused(_("还没有改动，请按退回原因改好后再提交"))
    for each in told:
        if not isinstance(each, dict) or not _belongs(each, command.subject):
            raise Refused(_("提交的内容不是这条记录的，请重新打开再改"))
    return told


def _belongs(body: Mapping[str, Any], record: UUID) -> bool:
    key = str(body.get("register", ""))
    try:
        identity = UUID(str(body.get("id", "")))
    except ValueError:
        return False
    if key == OWN:
        return identity == record
    if key not in REGISTERS or not is_of_record(REGISTERS[key]):
        return False
    rows = REGISTERS[key].model._default_manager.filter(pk=identity, record_id=record)
    return rows.exists()
