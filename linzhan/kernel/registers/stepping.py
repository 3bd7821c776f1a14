"""Taking a step: the only way the stage of a staged register changes (``kernel.steps``; design: state machines).

A step asks the table of the register's machine, looks whether somebody approves their own act, asks the
guard, saves what was given through the one door, and writes the log. All of it or nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from linzhan.kernel.audit import AuditEntry
from linzhan.kernel.checks import OVERRULE, Checked, refuse_stopped, stops
from linzhan.kernel.ids import uuid7
from linzhan.kernel.registers.amending import amend
from linzhan.kernel.registers.batch import Fault, Incoming
from linzhan.kernel.registers.bulk import insert_one
from linzhan.kernel.registers.declare import REGISTERS, Register
from linzhan.kernel.registers.owning import KEPT_ELSEWHERE, kept_elsewhere, lines_of
from linzhan.kernel.registers.reading import records
from linzhan.kernel.registers.refusing import HookRefused
from linzhan.kernel.registers.steplog import StepEntry
from linzhan.kernel.registers.writing import save
from linzhan.kernel.scope import current_actor
from linzhan.kernel.sheets.cells import CLEAR, MISSING
from linzhan.kernel.steps import CREATED, NOTE, Step, StepRefused, Steps

TICK = timedelta(microseconds=1)  # the least that the log's clock tells apart
NOT_BY_YOURSELF = "“{step}”不能由提交的人自己办理，请由他人办理"
TAKEN_ALREADY = "这个办理编号已用于另一次办理，请刷新后重新办理"


class GivenRefused(StepRefused):
    """What came with the step cannot be saved; ``faults`` say which column and why."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("；".join(fault.line for fault in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """A step that was taken. ``row`` is the row after it, ``again`` says that it had been taken before."""

    register: Register
    row_id: UUID
    entry_id: UUID
    step: Step
    source: str
    target: str
    at: datetime
    note: str
    row: Mapping[str, Any]
    given: Mapping[str, Any]
    again: bool = False


Follower = Callable[[Taken], None]
_followers: dict[str, list[Follower]] = defaultdict(list)


def stepped(register_key: str) -> Callable[[Follower], Follower]:
    """Have the decorated function called in the transaction of every step of a register's rows."""

    def add(function: Follower) -> Follower:
        _followers[register_key].append(function)
        return function

    return add


_stepping: ContextVar[UUID | None] = ContextVar("linzhan_stepping", default=None)


def enter(register_key: str, rows: Sequence[Mapping[str, Any]]) -> list[UUID]:
    """Write the rows that follow from a step through the one door; their ids, in order.

    Raises :class:`StepRefused` with what the register says of them: then the step is not taken either.
    """
    outcome = save([Incoming.of(REGISTERS[register_key], rows)])[0]
    if outcome.faults:
        raise StepRefused("；".join(fault.message for faults in outcome.faults.values() for fault in faults))
    return [each for each in outcome.ids if each is not None]


def is_stepping(row_id: UUID) -> bool:
    """Whether what is being written of a row is a step of it; a file or a form that says so is not."""
    return _stepping.get() == row_id


def machine_of(register: Register) -> Steps:
    if register.steps is None:
        raise StepRefused(f"{register.name}没有办理步骤")
    return register.steps


def possible(register: Register, row: Mapping[str, Any], rights: Collection[str]) -> tuple[Step, ...]:
    """The steps that someone with ``rights`` may take from where ``row`` stands."""
    if register.steps is None:
        return ()
    return register.steps.allowed(str(row.get(register.stage) or register.steps.initial[0]), rights)


def checked(one: Step, row: Mapping[str, Any]) -> Sequence[Checked]:
    """What the checks of a step say of a row as it would stand after it."""
    return one.checks(row) if one.checks is not None else ()


def as_after(row: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """``row`` as it would stand with what is given: what is to be emptied is empty."""
    return {**row, **{key: None if value is CLEAR else value for key, value in given.items()}}


def take(
    register: Register,
    row_id: UUID,
    name: str,
    given: Mapping[str, Any] | None = None,
    *,
    rights: Collection[str] | None = None,
    entry_id: UUID | None = None,
    at: datetime | None = None,
) -> Taken:
    """Take the step ``name`` of a row, with the columns ``given`` (and ``note``, the reason).

    ``rights`` are the taker's; None where the caller has tested them (nobody then overrules a check; who
    does gives ``overrule``, why). ``entry_id`` made by the asker makes asking twice one step. Raises
    :class:`~linzhan.kernel.steps.StepRefused` (Chinese), and ``LookupError`` where the reader sees no such
    row.
    """
    values = {key: value for key, value in (given or {}).items() if value is not MISSING}
    note, why = (str(values.pop(name, "") or "").strip() for name in (NOTE, OVERRULE))
    one = machine_of(register)[name]
    with transaction.atomic():
        row = _locked(register, row_id)
        if entry_id is not None and (before := StepEntry.objects.filter(pk=entry_id).first()) is not None:
            return _again(register, one, before, row, values)
        if kept_elsewhere(register, row_id):
            raise StepRefused(KEPT_ELSEWHERE)
        unknown = sorted(set(values) - set(one.fields))
        if unknown:
            raise StepRefused(f"“{one.label}”不接收这些字段：{'、'.join(unknown)}")
        source = str(row[register.stage] or machine_of(register).initial[0])
        wanted = as_after(row, {**values, NOTE: note})
        target = machine_of(register).take(name, source, wanted, rights=rights)
        _refuse_own_act(register, row_id, one)
        if one.guard is not None and (missing := one.guard(wanted)):
            raise StepRefused(missing)
        found = checked(one, wanted)
        refuse_stopped(one.label, found, why, rights)
        token = _stepping.set(row_id)
        try:
            outcome = amend(register, row_id, {**values, register.stage: target}, row=row)
        finally:
            _stepping.reset(token)
        if outcome.faults:
            raise GivenRefused(outcome.faults[1])
        entry = _log(
            register,
            row,
            one,
            pk=entry_id or uuid7(),
            source=source,
            target=target,
            at=_in_order(register, row_id, at),
            note=note,
            checks=[each.told() for each in found],
            overruled=why if stops(found) else "",
        )
        taken = Taken(
            register=register,
            row_id=row_id,
            entry_id=entry.pk,
            step=one,
            source=source,
            target=target,
            at=entry.at,
            note=note,
            row=_read(register, row_id),
            given=values,
        )
        try:
            for follow in _followers[register.key]:
                follow(taken)
        except HookRefused as refused:  # leaves the transaction as a refusal of the step: all is undone
            raise StepRefused(str(refused)) from refused
        return taken


def _in_order(register: Register, row_id: UUID, at: datetime | None) -> datetime:
    """``at``, but after the step before it: two phones' clocks must not turn the order of the steps round."""
    if at is None:
        return timezone.now()
    before = StepEntry.objects.filter(row_id=row_id, register=register.key).order_by("-at", "-pk")
    last = before.values_list("at", flat=True).first()
    return at if last is None else max(at, last + TICK)


def taken_of(register: Register, row_id: UUID) -> list[StepEntry]:
    """The steps of a row, first one first, within the reader's scope."""
    return list(StepEntry.objects.filter(row_id=row_id, register=register.key).order_by("at", "pk"))


def _locked(register: Register, row_id: UUID) -> dict[str, Any]:
    held = register.model._default_manager.select_for_update().filter(pk=row_id).values_list("pk")
    if not list(held):
        raise LookupError(row_id)
    return _read(register, row_id)


def _read(register: Register, row_id: UUID) -> dict[str, Any]:
    return next(iter(records(register, register.model._default_manager.filter(pk=row_id)[:1], whole=True)))


def _again(
    register: Register, one: Step, before: StepEntry, row: Mapping[str, Any], given: Mapping[str, Any]
) -> Taken:
    if (before.register, before.row_id, before.step) != (register.key, row["id"], one.name):
        raise StepRefused(TAKEN_ALREADY)
    return Taken(
        register=register,
        row_id=before.row_id,
        entry_id=before.pk,
        step=one,
        source=before.source,
        target=before.target,
        at=before.at,
        note=before.note,
        row=row,
        given=given,
        again=True,
    )


def _refuse_own_act(register: Register, row_id: UUID, one: Step) -> None:
    if not one.not_by:
        return
    if one.not_by == CREATED:
        made = AuditEntry.objects.filter(
            table_name=register.model._meta.db_table, row_id=str(row_id), action="created"
        )
        doer = made.values_list("actor", flat=True).first()
    else:
        steps = StepEntry.objects.filter(row_id=row_id, register=register.key, step=one.not_by)
        doer = steps.order_by("-at").values_list("actor", flat=True).first()
    if doer in current_actor().selves:
        raise StepRefused(NOT_BY_YOURSELF.format(step=one.label))


def _log(register: Register, row: Mapping[str, Any], one: Step, **told: Any) -> StepEntry:
    """The entry of the step; :class:`StepRefused` where its id is that of an entry out of the taker's sight."""
    actor = current_actor()
    entry = StepEntry(
        region_code=row["region_code"],
        register=register.key,
        row_id=row["id"],
        step=one.name,
        actor=actor.id,
        actor_label=actor.label,
        **told,
        **lines_of(register, row["id"]),
    )
    if not insert_one(entry):
        raise StepRefused(TAKEN_ALREADY)
    return entry
