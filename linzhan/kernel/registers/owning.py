"""What is seen from a place and what is kept there: a row that is only seen is read and referred to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from linzhan.kernel.registers.declare import Register
from linzhan.kernel.scope import ScopedModel, current_scope

KEPT_ELSEWHERE = "这一行由登记它的地方维护，您可以查看，不能更改"
MERGED = "这份档案已并入另一份，不能再改；请改用保留的那一份"
WRITTEN_ONCE = "登记后不能更改或删除，只能补充"
NOT_IN_THE_CIRCLE = "您的岗位不能登记这类内容，请交给有权登记的人办理"


def may_begin(register: Register) -> bool:
    """Whether the writer may enter new rows: those of a narrower audience are for who belongs to it.

    Where a table says itself who may write (``policy_for_writing``: anybody reports a child in danger) that holds.
    """
    scope, model = current_scope(), cast("type[ScopedModel]", register.model)
    if not register.in_circle or scope.is_machine or model.policy_for_writing():
        return True
    return model.circle in scope.circles


def why_kept(register: Register) -> str:
    """What to tell somebody who would change a row that is only to be read."""
    return WRITTEN_ONCE if register.written_once else KEPT_ELSEWHERE


def kept_elsewhere(register: Register, identity: UUID) -> bool:
    """Whether a row is seen from here although it belongs elsewhere; asks only where rows can be so seen."""
    if register.written_once:
        return True
    model = _widened(register)
    if model is None:
        return False
    return not model._default_manager.filter(current_scope().own(model), pk=identity).exists()


def lines_of(register: Register, identity: UUID) -> dict[str, UUID | None]:
    """The institution and the station of a row in scope, as far as its table has them: for what is kept beside it."""
    present = {each.attname for each in register.model._meta.concrete_fields}
    lines = [name for name in ("provider_id", "station_id") if name in present]
    return register.model._default_manager.filter(pk=identity).values(*lines).get() if lines else {}


def why_not_joined(register: Register, identity: UUID) -> str:
    """Why nothing may be put beside a row (a file, a picture) that is seen from here.

    Empty: it may, or the row is not seen (it may still be on its way). To a row that is written once things
    are added; it is only never changed.
    """
    row = register.model._default_manager.filter(pk=identity)
    if register.merged and row.filter(**{f"{register.merged}__isnull": False}).exists():
        return MERGED
    elsewhere = not register.written_once and kept_elsewhere(register, identity) and row.exists()
    return KEPT_ELSEWHERE if elsewhere else ""


def is_own(register: Register, row: Mapping[str, Any]) -> bool:
    """The same of a stored row whose place columns are at hand."""
    if register.written_once:
        return False
    model = _widened(register)
    return model is None or current_scope().keeps(model, row)


def _widened(register: Register) -> type[ScopedModel] | None:
    """The register's table if rows of it are seen besides their own place, and changed only in it."""
    model = cast("type[ScopedModel]", register.model)
    return model if model.policy_besides() and not model.changed_where_seen else None
