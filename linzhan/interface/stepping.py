"""Steps over HTTP: what was done with a row, what can be done now, and doing it."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from linzhan.interface.callers import require
from linzhan.interface.problems import FieldError, Problem, not_found
from linzhan.interface.schemas import class_name
from linzhan.interface.values import WrongType, given
from linzhan.kernel.checks import OVERRULE
from linzhan.kernel.registers.declare import Register
from linzhan.kernel.registers.reading import records
from linzhan.kernel.registers.stepping import GivenRefused, checked, possible, take, taken_of
from linzhan.kernel.sheets.cells import MISSING
from linzhan.kernel.steps import NOTE, StepRefused


class CheckSaid(Schema):
    """What one check said: its outcome, the number with its base, and the clause."""

    key: str
    title: str
    outcome: str
    words: str
    clause: str


class TakenStep(Schema):
    """A step that was taken."""

    id: UUID
    step: str
    source: str
    target: str
    at: dt.datetime
    by: str
    note: str
    checks: list[CheckSaid]
    overruled: str


class PossibleStep(Schema):
    """A step that the caller may take now; ``requires`` and ``asks`` are fields of the row."""

    name: str
    label: str
    target: str
    requires: list[str]
    asks: list[str]


class StepsAnswer(Schema):
    """Where a row stands, how it came there, and how it can go on."""

    stage: str
    taken: list[TakenStep]
    possible: list[PossibleStep]


class StepBody(Schema):
    """What goes with a step. ``id`` made by the client makes sending twice one step."""

    model_config = ConfigDict(extra="forbid")
    id: UUID | None = Field(None, description="由客户端生成的 UUID；重复提交只办理一次")
    note: str = Field("", max_length=2000, description="理由或说明")
    overrule: str = Field("", max_length=2000, description="核对结果为不得办理、确须办理的理由；须有相应权限")
    given: dict[str, Any] = Field(default_factory=dict, description="这一步要填的字段")


def add_steps(router: Router, register: Register) -> None:
    """The two operations of a staged register."""
    path, name = f"/{register.key}/{{uuid:identity}}/steps", class_name(register)
    shared: dict[str, Any] = {"tags": [register.name], "response": {200: StepsAnswer}}

    def list_steps(request: HttpRequest, identity: UUID) -> Any:
        require(request, register.view)
        return _answer(request, register, identity)

    def take_step(request: HttpRequest, identity: UUID, step: str, body: StepBody) -> Any:
        require(request, register.view)
        rights: frozenset[str] = request.rights  # type: ignore[attr-defined]
        values = {NOTE: body.note, OVERRULE: body.overrule, **_values(register, body.given)}
        try:
            take(register, identity, step, values, rights=rights, entry_id=body.id)
        except LookupError:
            raise not_found() from None
        except GivenRefused as refused:
            names = {column.header: column.name for column in register.sheet.columns}
            errors = [FieldError(names.get(fault.column, ""), fault.message) for fault in refused.faults]
            whole = "；".join(fault.message for fault in refused.faults if not fault.column)
            raise Problem("invalid", whole or _("有的字段填得不对"), errors) from None
        except StepRefused as refused:
            raise Problem("conflict", str(refused)) from None
        return _answer(request, register, identity)

    def check_step(request: HttpRequest, identity: UUID, step: str) -> Any:
        require(request, register.view)
        rights: frozenset[str] = request.rights  # type: ignore[attr-defined]
        row = next(iter(records(register, register.model._default_manager.filter(pk=identity)[:1])), None)
        if row is None:
            raise not_found()
        one = next((each for each in possible(register, row, rights) if each.name == step), None)
        if one is None:
            raise Problem("conflict", _("现在不能办理这一步"))
        return [each.told() for each in checked(one, row)]

    if any(each.checks is not None for each in register.steps or ()):
        router.get(
            f"{path}/{{step}}/checks",
            operation_id=f"check{name}Step",
            summary=f"{register.name}：办理前的核对",
            description="按当地规定逐项核对，给出数值、基数和依据条款；没有规定的地方没有这一项。",
            tags=[register.name],
            response={200: list[CheckSaid]},
        )(check_step)
    router.get(path, operation_id=f"list{name}Steps", summary=f"{register.name}：办理过程", **shared)(
        list_steps
    )
    router.post(
        f"{path}/{{step}}",
        operation_id=f"take{name}Step",
        summary=f"{register.name}：办理一步",
        description="可以办理的步骤见 steps；不能办理时答复 409 和原因。",
        **shared,
    )(take_step)


def _values(register: Register, raw: dict[str, Any]) -> dict[str, Any]:
    errors: list[FieldError] = []
    values: dict[str, Any] = {}
    for name, value in raw.items():
        column = register.sheet.column_by_name.get(name)
        if column is None:
            errors.append(FieldError(name, _("没有这个字段")))
            continue
        try:
            found = given(column, value, clears=True)
        except WrongType as wrong:
            errors.append(FieldError(name, str(wrong)))
        else:
            values |= {} if found is MISSING else {name: found}
    if errors:
        raise Problem("invalid", _("有的字段填得不对"), errors)
    return values


def _answer(request: HttpRequest, register: Register, identity: UUID) -> dict[str, Any]:
    column = register.column(register.stage)
    rows = records(register, register.model._default_manager.filter(pk=identity)[:1], [column])
    row = next(iter(rows), None)
    if row is None:
        raise not_found()
    rights: frozenset[str] = request.rights  # type: ignore[attr-defined]
    return {
        "stage": row[register.stage],
        "taken": [
            {
                "id": entry.pk,
                "step": entry.step,
                "source": entry.source,
                "target": entry.target,
                "at": entry.at,
                "by": entry.actor_label,
                "note": entry.note,
                "checks": entry.checks,
                "overruled": entry.overruled,
            }
            for entry in taken_of(register, identity)
        ],
        "possible": [
            {
                "name": each.name,
                "label": str(each.label),
                "target": each.target,
                "requires": list(each.requires),
                "asks": list(each.asks),
            }
            for each in possible(register, row, rights)
        ],
    }
