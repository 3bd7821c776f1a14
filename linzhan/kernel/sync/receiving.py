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
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from linzhan.kernel.registers import matching
from linzhan.kernel.registers.batch import Incoming, Outcome
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
from linzhan.kernel.sync.models import CommandState
from linzhan.kernel.sync.receipts import (
    SAVE,
    Receipted,
    answer_again,
    other_content,
    receipts_of,
    write_receipts,
)

logger = logging.getLogger(__name__)
AT_ONCE = 200  # commands of one request
AMEND, STEP = "amend", "step"
WAITING, RETRY = "waiting", "retry"  # answers that leave no receipt: the phone sends again
TAKEN = "这个编号的记录已经存在而内容不同，这一份没有采用；请打开核对"
TAKEN_UNSEEN = "这个编号已被别的记录使用，这一份没有采用；请重新登记一次"
FAILED = "服务器处理这一条时出错，已记入日志，稍后会自动再传"
FIRST = "前一步还没有传到，传到以后会接着办理"
ROWS_AT_MOST = 500  # of one command
TOO_MANY = "一次提交不能超过 {most} 行，这一条有 {rows} 行；请分成几次提交，内容还保留着"
TRIES = 3  # how often a request starts over because of receipts that it did not see
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
    """Take ``commands`` in their order; one result each. Runs in the request's transaction.

    A receipt that stands already and is not seen from here shows only when its own is written: all is
    undone then and taken once more without those commands, which are answered like other content.
    """
    taken: frozenset[UUID] = frozenset()
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                return _Reception(commands, reader, device, taken).run()
        except Receipted as found:
            taken |= found.ids
    raise IntegrityError("receipts keep appearing while they are written")


class _Reception:
    def __init__(
        self, commands: Sequence[Command], reader: Reader, device: UUID, taken: frozenset[UUID]
    ) -> None:
        """``taken`` are ids with a receipt that is not seen from here."""
        self.commands, self.reader, self.device, self.taken = commands, reader, device, taken
        self.receipts = receipts_of(commands)
        self.results: dict[UUID, Result] = {}
        self.fresh: list[Command] = []

    def run(self) -> list[Result]:
        pending: list[Command] = []
        for command in self.commands:
            if command.id in self.results or any(each.id == command.id for each in pending):
                continue  # the same id twice in one request: the first is answered
            known = self._known(command)
            if known is not None:
                self.results[command.id] = known
                continue
            if command.kind != SAVE or any(each.id == command.after for each in pending):
                self._save(pending)  # what came of the one before it says whether this one waits
                pending = []
            if self._waits(command):
                self.results[command.id] = Result(command.id, WAITING, detail=FIRST)
            elif command.kind == SAVE:
                pending.append(command)
            else:
                self._settle(command, self._alone(command))
        self._save(pending)
        write_receipts(self.fresh, self.results, self.reader, self.device, known=self.receipts.keys())
        return [self.results[command.id] for command in self.commands]

    def _known(self, command: Command) -> Result | None:
        """The answer to a repeat; None where the command is new or was set aside and is tried again."""
        if command.id in self.taken:
            return other_content(command)
        receipt = self.receipts.get(command.id)
        return None if receipt is None else answer_again(command, receipt)

    def _waits(self, command: Command) -> bool:
        """Whether what must come before has not arrived: not in this request before it, not in an earlier one."""
        if command.after is None:
            return False
        before = self.results.get(command.after)
        if before is not None:
            return before.state in (WAITING, RETRY)
        return command.after not in self.receipts

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

    def _rows_of(self, commands: Sequence[Command]) -> list[Row]:
        """The rows of ``commands``; one that cannot be read is answered at once."""
        rows: list[Row] = []
        for command in commands:
            try:
                rows += _rows(command, self.reader)
            except Refused as refused:
                told = Result(command.id, CommandState.REFUSED, detail=str(refused), faults=refused.faults)
                self._settle(command, told)
        return rows

    def _save(self, commands: Sequence[Command]) -> None:
        """New rows of several commands at once; those with a fault are taken out until the rest is whole."""
        rows = self._rows_of(commands)
        left = [command for command in commands if command.id not in self.results]
        if not left:
            return
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


def _rows(command: Command, reader: Reader) -> list[Row]:
    """The rows that a ``save`` wants written, their values as the readers take them."""
    told = command.body.get("rows")
    if not isinstance(told, list) or not told:
        raise Refused("提交的内容不完整，请打开草稿重新提交")
    if len(told) > ROWS_AT_MOST:
        raise Refused(TOO_MANY.format(most=ROWS_AT_MOST, rows=len(told)))
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
    with transaction.atomic():  # a look-up that fails must not spoil the whole request either
        faults = _present(groups)
        if faults:
            return faults
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
        made = (
            row.register.sheet.keys[0].name not in row.values
        )  # from the id: then it is the id that is taken
        faults.setdefault(row.command.id, []).extend(
            {"register": row.register.key, "column": "", "message": TAKEN_UNSEEN}
            if made and each.message == matching.TAKEN
            else {"register": row.register.key, "column": each.column, "message": _in_words(each.message)}
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
