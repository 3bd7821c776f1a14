"""Taking what a phone sends: each command once, in order, and one that fails alone.

New rows of one batch go through the one door together (a week of visits is a few statements); a row
with a fault takes its own command out and no other. What was answered once is answered again to a
repeat; a command that was set aside is tried anew, for the reason may be gone (a month unlocked).
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from linzhan.kernel import places, secrecy
from linzhan.kernel.registers.batch import Incoming, Outcome
from linzhan.kernel.registers.bulk import insert_columns
from linzhan.kernel.registers.declare import REGISTERS, Register
from linzhan.kernel.registers.refusing import HookRefused
from linzhan.kernel.registers.stepping import GivenRefused, take
from linzhan.kernel.registers.told import WrongType, given
from linzhan.kernel.registers.writing import save
from linzhan.kernel.sheets.cells import MISSING
from linzhan.kernel.sheets.columns import PLATFORM_ID
from linzhan.kernel.statements import look_up
from linzhan.kernel.steps import NOTE, StepRefused
from linzhan.kernel.sync.amending import GONE, Refused, amend
from linzhan.kernel.sync.clocks import TOLERANCE, believed
from linzhan.kernel.sync.declaring import KINDS, SYNCABLES, Command, Reader, Result
from linzhan.kernel.sync.models import CommandState, SyncCommand

logger = logging.getLogger(__name__)
AT_ONCE = 200  # commands of one request
SAVE, AMEND, STEP = "save", "amend", "step"
WAITING, RETRY = "waiting", "retry"  # answers that leave no receipt: the phone sends again
OTHER_CONTENT = "这个编号已经提交过别的内容，这一份没有采用；请打开核对后另存为新的一条"
TAKEN = "这个编号的记录已经存在而内容不同，这一份没有采用；请打开核对"
FAILED = "服务器处理这一条时出错，已记入日志，稍后会自动再传"
FIRST = "前一步还没有传到，传到以后会接着办理"
ROWS_AT_MOST = 60  # of one command
RECEIPT = tuple(each.attname for each in SyncCommand._meta.concrete_fields)
_QUOTED_ID = re.compile(r"[“‘]?[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}[”’]?")


@dataclass(frozen=True, slots=True)
class Row:
    """One new row of a command, ready for the one door."""

    command: Command
    register: Register
    values: dict[str, Any]


class Malformed(ValueError):
    """A command that no phone of ours makes; the whole request is refused."""


def read_commands(
    raw: Sequence[Mapping[str, Any]],
    received: datetime,
    *,
    trusted: bool,
    tolerance: timedelta = TOLERANCE,
) -> list[Command]:
    """The commands of a request; :class:`Malformed` where one cannot be read at all."""
    if len(raw) > AT_ONCE:
        raise Malformed(f"一次最多提交 {AT_ONCE} 条")
    found = []
    for each in raw:
        try:
            made_at = datetime.fromisoformat(str(each["made_at"]))
            if made_at.tzinfo is None:
                raise Malformed("made_at 须带时区")
            body = each["body"]
            if not isinstance(body, dict):
                raise Malformed("body 须是对象")
            kind, subject = str(each["kind"]), UUID(str(each["subject"]))
            after = UUID(str(each["after"])) if each.get("after") else None
            identity = UUID(str(each["id"]))
        except (KeyError, TypeError, ValueError) as error:
            raise Malformed(f"有一条提交读不懂：{error}") from error
        found.append(
            Command(
                id=identity,
                kind=kind,
                subject=subject,
                after=after,
                made_at=made_at,
                received_at=received,
                clock_trusted=trusted and made_at <= received + tolerance,
                entered_at=believed(made_at, received, trusted=trusted, tolerance=tolerance),
                body=body,
                digest=_digest(kind, subject, body),
            )
        )
    return found


def _digest(kind: str, subject: UUID, body: Mapping[str, Any]) -> str:
    text = json.dumps([kind, str(subject), body], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.blake2b(text.encode(errors="surrogatepass"), digest_size=16).hexdigest()


def receive(commands: Sequence[Command], reader: Reader, device: UUID) -> list[Result]:
    """Take ``commands`` in their order; one result each. Runs in the request's transaction."""
    return _Reception(commands, reader, device).run()


class _Reception:
    def __init__(self, commands: Sequence[Command], reader: Reader, device: UUID) -> None:
        self.commands, self.reader, self.device = commands, reader, device
        self.receipts = _receipts(_named(commands))
        self.results: dict[UUID, Result] = {}
        self.fresh: list[Command] = []

    def run(self) -> list[Result]:
        pending: list[Command] = []
        for command in self.commands:
            if command.id in self.results:
                continue  # the same id twice in one request: the first is answered
            known = self._known(command)
            if known is not None:
                self.results[command.id] = known
                continue
            if self._waits(command, pending):
                self.results[command.id] = Result(command.id, WAITING, detail=FIRST)
                continue
            if command.kind == SAVE:
                pending.append(command)
                continue
            self._save(pending)
            pending = []
            self._settle(command, self._alone(command))
        self._save(pending)
        self._write_receipts()
        return [self.results[command.id] for command in self.commands]

    def _known(self, command: Command) -> Result | None:
        """The answer to a repeat; None where the command is new or was set aside and is tried again."""
        receipt = self.receipts.get(command.id)
        if receipt is None:
            return None
        if receipt.digest != command.digest:
            return Result(command.id, CommandState.CONFLICT, detail=OTHER_CONTENT)
        if receipt.state == CommandState.REFUSED:
            return None
        told = receipt.answer
        return Result(
            command.id,
            receipt.state,
            title=told.get("title", ""),
            detail=told.get("detail", ""),
            faults=told.get("faults", []),
            conflicts=told.get("conflicts", []),
        )

    def _waits(self, command: Command, pending: Sequence[Command]) -> bool:
        """Whether what must come before has not arrived: not known, not in this request before it."""
        after = command.after
        if after is None or after in self.receipts or any(each.id == after for each in pending):
            return False
        before = self.results.get(after)
        return before is None or before.state in (WAITING, RETRY)

    def _settle(self, command: Command, result: Result) -> None:
        self.results[command.id] = result
        if result.state != RETRY:
            self.fresh.append(command)

    def _alone(self, command: Command) -> Result:
        """A command that is not a mere new row, undone by itself where it fails."""
        try:
            with transaction.atomic():
                return self._taken(command)
        except Refused as refused:
            return Result(command.id, CommandState.REFUSED, detail=str(refused), faults=refused.faults)
        except GivenRefused as refused:
            faults = [{"column": each.column, "message": each.message} for each in refused.faults]
            return Result(command.id, CommandState.REFUSED, detail=str(refused), faults=faults)
        except (StepRefused, HookRefused) as refused:
            return Result(command.id, CommandState.REFUSED, detail=str(refused))
        except Exception:  # logged, whatever it is: it must not keep the others from arriving
            logger.exception("sync: command %s (%s) failed", command.id, command.kind)
            return Result(command.id, RETRY, detail=FAILED)

    def _taken(self, command: Command) -> Result:
        if command.kind == AMEND:
            return amend(command, self.reader)
        if command.kind == STEP:
            return _step(command, self.reader)
        if command.kind in KINDS:
            return KINDS[command.kind].takes(command, self.reader)
        raise Refused("手机应用的版本与服务器不符，请更新应用后再传；内容还保留着")

    def _save(self, commands: Sequence[Command]) -> None:
        """New rows of several commands at once; those with a fault are taken out until the rest is whole."""
        rows: list[Row] = []
        for command in commands:
            try:
                rows += _rows(command, self.reader)
            except Refused as refused:
                self._settle(
                    command,
                    Result(command.id, CommandState.REFUSED, detail=str(refused), faults=refused.faults),
                )
        left = [command for command in commands if command.id not in self.results]
        try:
            with transaction.atomic():  # a statement that fails here must not spoil the whole request
                _complete(rows, self.reader)
            while left:
                faulty = _written(rows)
                if not faulty:
                    break
                for identity, faults in faulty.items():
                    command = next(each for each in left if each.id == identity)
                    self._settle(command, _refused(command, faults))
                left = [each for each in left if each.id not in faulty]
                rows = [each for each in rows if each.command.id not in faulty]
        except Exception:  # logged, whatever it is: the phone keeps what it sent, and the others arrive
            if len(commands) == 1:
                logger.exception("sync: command %s (save) failed", commands[0].id)
                self._settle(commands[0], Result(commands[0].id, RETRY, detail=FAILED))
                return
            logger.exception("sync: %d new rows failed together; one by one", len(left))
            for command in left:
                self._save([command])
            return
        for command in left:
            self._settle(command, Result(command.id, CommandState.DONE))

    def _write_receipts(self) -> None:
        """Written with what they are the receipts of: both or neither."""
        fresh = [self._receipt(command) for command in self.fresh]
        again = [each for each in fresh if each.pk in self.receipts]
        made = [each for each in fresh if each.pk not in self.receipts]
        if made:
            columns = {name: [getattr(each, name) for each in made] for name in RECEIPT}
            if insert_columns(SyncCommand, columns) is not None:
                raise IntegrityError("a receipt stands already that is not seen from here")
        for each in again:
            each.save(force_update=True)

    def _receipt(self, command: Command) -> SyncCommand:
        result, reader = self.results[command.id], self.reader
        if _confided(command):  # its author's alone: not even that there was one is the station's business
            reader = replace(reader, region_code=places.NATION, provider_id=None, station_id=None)
        settled = result.state in (CommandState.DONE, CommandState.MERGED)
        return SyncCommand(
            pk=command.id,
            region_code=reader.region_code,
            provider_id=reader.provider_id,
            station_id=reader.station_id,
            device=self.device,
            user_id=reader.user_id,
            kind=_told_kind(command),
            subject=command.subject,
            columns=list(result.columns),
            digest=command.digest,
            made_at=command.made_at,
            received_at=command.received_at,
            clock_trusted=command.clock_trusted,
            state=result.state,
            answer={} if settled and not result.detail else result.as_json(),
            body_sealed=b"" if settled else secrecy.seal(json.dumps(command.body, ensure_ascii=False)),
        )


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


def _named(commands: Sequence[Command]) -> set[UUID]:
    return {command.id for command in commands} | {each.after for each in commands if each.after}


def _receipts(ids: set[UUID]) -> dict[UUID, SyncCommand]:
    """Those of ``ids`` that were answered before; mostly none, which a statement kept ready says quickest."""
    known = [identity for (identity,) in look_up(SyncCommand, "id", list(ids), ("id",))] if ids else []
    return {each.pk: each for each in SyncCommand.objects.filter(pk__in=known)} if known else {}


def _rows(command: Command, reader: Reader) -> list[Row]:
    """The rows that a ``save`` wants written, their values as the readers take them."""
    told = command.body.get("rows")
    if not isinstance(told, list) or not told or len(told) > ROWS_AT_MOST:
        raise Refused("提交的内容不完整，请打开草稿重新提交")
    found = []
    for each in told:
        key = str(each.get("register", "")) if isinstance(each, dict) else ""
        if key not in SYNCABLES or SYNCABLES[key].right not in reader.rights:
            raise Refused("您的任职不能在手机上登记这类内容")
        register = REGISTERS[key]
        try:
            identity = UUID(str(each["id"]))
            values = _values(register, each.get("values") or {})
        except (KeyError, ValueError, AttributeError) as error:
            raise Refused(f"提交的内容读不懂：{error}") from None
        found.append(Row(command, register, {**values, PLATFORM_ID.name: identity}))
    return found


def _values(register: Register, told: Mapping[str, Any]) -> dict[str, Any]:
    values, untyped = {}, register.kept_from_forms
    for name, raw in told.items():
        column = register.sheet.column_by_name.get(name)
        if column is None or name in untyped:
            raise WrongType(f"{register.name}没有“{name}”这一项")
        value = given(column, raw, clears=False)
        if value is not MISSING:
            values[name] = value
    return values


def _complete(rows: Iterable[Row], reader: Reader) -> None:
    by_register: dict[str, list[tuple[Command, dict[str, Any]]]] = {}
    for row in rows:
        by_register.setdefault(row.register.key, []).append((row.command, row.values))
    for key, pairs in by_register.items():
        completes = SYNCABLES[key].completes
        if completes is not None:
            completes(pairs, reader)


def _written(rows: Sequence[Row]) -> dict[UUID, list[dict[str, str]]]:
    """Write all rows, or none and say which commands have faults."""
    by_register: dict[str, list[Row]] = {}
    for row in rows:
        by_register.setdefault(row.register.key, []).append(row)
    groups = list(by_register.values())
    there = _present(groups)
    if there:
        return there
    faults: dict[UUID, list[dict[str, str]]] = {}
    with transaction.atomic():
        incoming = [
            Incoming.of(group[0].register, [row.values for row in group], creating=True) for group in groups
        ]
        for group, outcome in zip(groups, save(incoming), strict=True):
            _note(faults, group, outcome)
        if faults:
            transaction.set_rollback(True)
    return faults


def _present(groups: Sequence[Sequence[Row]]) -> dict[UUID, list[dict[str, str]]]:
    """Commands whose rows stand already, put there by something else."""
    found: dict[UUID, list[dict[str, str]]] = {}
    for group in groups:
        by_id = {row.values[PLATFORM_ID.name]: row for row in group}
        model = group[0].register.model
        for (identity,) in look_up(model, "id", list(by_id), ("id",)):
            found[by_id[identity].command.id] = [{"column": PLATFORM_ID.header, "message": TAKEN}]
    return found


def _note(faults: dict[UUID, list[dict[str, str]]], group: Sequence[Row], outcome: Outcome) -> None:
    for number, wrong in outcome.faults.items():
        row = group[number - 1]
        faults.setdefault(row.command.id, []).extend(
            {"register": row.register.key, "column": each.column, "message": _in_words(each.message)}
            for each in wrong
        )


def _in_words(message: str) -> str:
    """Without the ids that the phone sent in place of names: they say nothing to a person."""
    return _QUOTED_ID.sub("所选的一项", message)


def _refused(command: Command, faults: list[dict[str, str]]) -> Result:
    told = "；".join(f"{f['column']}：{f['message']}" if f["column"] else f["message"] for f in faults)
    return Result(command.id, CommandState.REFUSED, detail=told, faults=faults)


def _step(command: Command, reader: Reader) -> Result:
    body = command.body
    key = str(body.get("register", ""))
    if key not in SYNCABLES or REGISTERS[key].steps is None:
        raise Refused("您的任职不能在手机上办理这一步")
    register = REGISTERS[key]
    raw = dict(body.get("given") or {})
    note = str(raw.pop(NOTE, "") or "")
    try:
        identity = UUID(str(body["id"]))
        values = {**_values(register, raw), NOTE: note}
    except (KeyError, ValueError) as error:
        raise Refused(f"提交的内容读不懂：{error}") from None
    try:
        taken = take(
            register,
            identity,
            str(body.get("step", "")),
            values,
            rights=reader.rights,
            entry_id=command.id,
            at=command.entered_at,
        )
    except LookupError:
        raise Refused(GONE) from None
    return Result(command.id, CommandState.DONE, columns=tuple(sorted({*taken.given, register.stage})))
