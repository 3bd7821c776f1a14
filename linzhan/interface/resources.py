"""The resources: list, read, create and change, made for every register from its declaration.

Nothing is deleted here: what happened stays, and what is over is closed by its own columns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router, Status

from linzhan.interface import schemas
from linzhan.interface.callers import require
from linzhan.interface.problems import FieldError, Problem, not_found
from linzhan.interface.querying import cursor_after, known_only, matching, page
from linzhan.interface.stepping import add_steps
from linzhan.interface.values import WrongType, given, row_json, row_writer
from linzhan.interface.written import answered
from linzhan.kernel.ids import uuid7
from linzhan.kernel.registers.batch import Incoming, Outcome
from linzhan.kernel.registers.confiding import seen
from linzhan.kernel.registers.declare import Register, Values
from linzhan.kernel.registers.entering import stamps
from linzhan.kernel.registers.owning import kept_elsewhere, why_kept
from linzhan.kernel.registers.reading import Referred, records
from linzhan.kernel.registers.writing import TAKEN, save
from linzhan.kernel.sheets.cells import MISSING
from linzhan.kernel.sheets.columns import PLATFORM_ID, Origin

Answer = Mapping[str, Any]


def add_register(router: Router, register: Register) -> None:
    """The four operations of one register."""
    path, one = f"/{register.key}", f"/{register.key}/{{uuid:identity}}"
    row, name = schemas.row_schema(register), schemas.class_name(register)
    router.get(
        path,
        response={200: schemas.page_schema(register)},
        operation_id=f"list{name}",
        summary=f"{register.name}：列表",
        tags=[register.name],
        exclude_unset=True,
    )(lister(register))
    router.get(
        one,
        response={200: row},
        operation_id=f"get{name}",
        summary=f"{register.name}：一行",
        tags=[register.name],
        exclude_unset=True,
    )(reader(register))
    router.post(
        path,
        response={200: row, 201: row},
        operation_id=f"create{name}",
        summary=f"{register.name}：登记",
        description="id 由客户端生成：同一 id 同一内容再次提交得到 200 和已存的那一行，内容不同得到 409。",
        tags=[register.name],
        exclude_unset=True,
    )(creator(register))
    router.patch(
        one,
        response={200: row},
        operation_id=f"change{name}",
        summary=f"{register.name}：更改",
        description="只写要改的字段；null 表示清空，遮盖的值不算填写。",
        tags=[register.name],
        exclude_unset=True,
    )(changer(register))
    if register.steps is not None:
        add_steps(router, register)


def add_part(router: Router, key: str, title: str, register: Register, fixed: Mapping[str, str]) -> None:
    """A part of a register under a name of its own, to be read only."""

    def part(request: HttpRequest, identity: UUID) -> Answer:
        require(request, register.view)
        return _shown(register, identity, within=matching(register, fixed))

    about = "、".join(f"{register.column(name).header}为{value}" for name, value in fixed.items())
    shared: dict[str, Any] = {"tags": [title], "exclude_unset": True}
    router.get(
        f"/{key}",
        response={200: schemas.page_schema(register)},
        operation_id=f"list{key.title()}",
        summary=f"{title}：列表",
        description=f"{register.name}中{about}的那些行；登记和更改请用 {register.key}。",
        **shared,
    )(lister(register, fixed))
    router.get(
        f"/{key}/{{uuid:identity}}",
        response={200: schemas.row_schema(register)},
        operation_id=f"get{key.title()}",
        summary=f"{title}：一行",
        **shared,
    )(part)


def lister(register: Register, fixed: Mapping[str, str] | None = None) -> Callable[..., HttpResponse]:
    """``GET``: a page of the rows that the caller sees.

    The rows are written as they are: to read each into its type and out again would cost more than to
    find them. That they are what the type describes is a test's to say.
    """
    wanted: Any = schemas.filter_schema(register)

    def list_rows(request: HttpRequest, query: Any) -> HttpResponse:
        require(request, register.view)
        known_only(request.GET, wanted.model_fields)
        asked = {**query.dict(), **(fixed or {})}
        if fixed and any(query.dict()[name] not in ("", value) for name, value in fixed.items()):
            return answered({"items": [], "next": None})
        rows, limit = page(matching(register, asked), limit=query.limit, cursor=query.cursor)
        found = list(map(row_writer(register), records(register, rows)))
        more = len(found) > limit
        return answered(
            {"items": found[:limit], "next": cursor_after(found[limit - 1]["id"]) if more else None}
        )

    list_rows.__annotations__["query"] = Query[wanted]  # type: ignore[misc]  # made at run time
    return list_rows


def reader(register: Register) -> Callable[..., Answer]:
    """``GET`` of one row."""

    def get_row(request: HttpRequest, identity: UUID) -> Answer:
        require(request, register.view)
        return _shown(register, identity)

    return get_row


def creator(register: Register) -> Callable[..., Any]:
    """``POST``: idempotent by the id that the client made."""

    def create_row(request: HttpRequest, response: HttpResponse, body: Any) -> Any:
        require(request, register.edit)
        values = _values(register, body.dict(exclude_unset=True), clears=False)
        identity = body.id or uuid7()
        values[PLATFORM_ID.name] = identity
        if _stored(register, identity) is not None:
            return _again(register, identity, values)
        outcome = save([Incoming.of(register, [stamps(register) | values], creating=True)])[0]
        _raise_faults(register, outcome)
        made = outcome.ids[0] or identity
        response["Location"] = f"{request.path}/{made}"
        return Status(201, _shown(register, made))

    create_row.__annotations__["body"] = schemas.new_schema(register)
    return create_row


def changer(register: Register) -> Callable[..., Answer]:
    """``PATCH``: the fields that are given."""

    def change_row(request: HttpRequest, identity: UUID, body: Any) -> Answer:
        require(request, register.edit)
        stored = _stored(register, identity)
        if stored is None:
            raise not_found()
        if kept_elsewhere(register, identity):
            raise Problem("kept-elsewhere", _(why_kept(register)))
        values = _values(register, body.dict(exclude_unset=True), clears=True)
        if values:
            whole = {**_needed(register, stored, values), **values, PLATFORM_ID.name: identity}
            _raise_faults(register, save([Incoming.of(register, [whole])])[0])
        return _shown(register, identity)

    change_row.__annotations__["body"] = schemas.change_schema(register)
    return change_row


def _again(register: Register, identity: UUID, values: Values) -> Any:
    """The same id once more: the stored row if it says the same, else a conflict."""
    outcome = save([Incoming.of(register, [values])], dry_run=True)[0]
    if outcome.unchanged != 1:
        raise Problem("conflict", _("这个 id 已经用于另一份内容；更改请用 PATCH，登记新的一行请用新的 id"))
    return Status(200, _shown(register, identity))


def _stored(register: Register, identity: UUID) -> dict[str, Any] | None:
    rows = register.model._default_manager.filter(pk=identity)
    return next(iter(records(register, seen(register, rows)[:1], whole=True)), None)


def _shown(register: Register, identity: UUID, within: Any = None) -> Answer:
    rows = register.model._default_manager.all() if within is None else within
    found = next(iter(records(register, seen(register, rows.filter(pk=identity))[:1])), None)
    if found is None:
        raise not_found()
    return row_json(register, found)


def _values(register: Register, body: Mapping[str, Any], *, clears: bool) -> dict[str, Any]:
    """The body as the register's readers take it; what is of a wrong JSON type is refused here."""
    values: dict[str, Any] = {}
    errors: list[FieldError] = []
    for name, raw in body.items():
        if name == PLATFORM_ID.name:
            continue
        if name in register.derived:
            errors.append(FieldError(name, _("这一项由平台计算，不用填写")))
            continue
        if name in register.kept_from_forms and register.column(name).origin is not Origin.STAMPED:
            errors.append(FieldError(name, _("这一项由平台填写或随办理步骤改变，不能直接写入")))
            continue
        column = register.column(name)
        try:
            value = given(column, raw, clears=clears)
        except WrongType as wrong:
            errors.append(FieldError(name, str(wrong)))
        else:
            values |= {} if value is MISSING else {name: value}
    if errors:
        raise Problem("invalid", _("有的字段填得不对"), errors)
    return values


def _needed(register: Register, stored: Mapping[str, Any], values: Values) -> dict[str, Any]:
    """What the rules of a whole row ask for and the change does not state: as it is stored."""
    partners = {c.not_before: c.name for c in register.sheet.columns if c.not_before}
    partners |= {end: start for start, end in partners.items()}
    names = {c.name for c in register.sheet.required} | {
        partners[name] for name in values if name in partners
    }
    names |= {c.document_type for c in register.sheet.columns if c.document_type and c.name in values}
    kept = {name: _raw(stored[name]) for name in names if name not in values}
    return {name: value for name, value in kept.items() if value is not None and value != ""}


def _raw(value: Any) -> Any:
    if isinstance(value, Referred):
        return value.id
    if isinstance(value, list):
        return tuple(map(_raw, value))
    return value


def _raise_faults(register: Register, outcome: Outcome) -> None:
    faults = outcome.faults.get(1)
    if not faults:
        return
    names = {column.header: column.name for column in register.sheet.columns}
    errors = [FieldError(names.get(fault.column, ""), fault.message) for fault in faults]
    if any(fault.message == TAKEN for fault in faults):
        raise Problem("conflict", TAKEN, errors)
    whole = "；".join(fault.message for fault in faults if not fault.column)
    raise Problem("invalid", whole or _("有的字段填得不对"), errors)
