"""What is decided is not rewritten: a file or a form can neither take a step nor change what was approved (FND-24)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from linzhan.kernel import money
from linzhan.kernel.registers.examining import Arriving
from linzhan.kernel.registers.stepping import is_stepping, machine_of
from linzhan.procurement.models import FundMovement, FundReturn, MoneyMonth
from linzhan.procurement.money.enums import MonthStage, ReturnStage
from linzhan.procurement.money.posting import unit_of

BY_STEPS: Final = "状态由办理步骤产生，不能直接填写；请登记后在平台上办理"
DECIDED: Final = "已办理到“%s”，不能再改；有误的请办理作废、冲减或收回后重新登记"
FIXED: Final = {
    "allocations": ("year", "source", "fund_level", "amount", "region_code", "allotted_on"),
    "funding-lines": ("project_id", "year", "source", "fund_level", "amount"),
    "payments": ("project_id", "instalment", "due_upon", "amount", "source", "fund_level"),
    "fund-returns": ("movement_id", "kind", "amount", "returned_on"),
    "clawbacks": ("project_id", "cause", "amount"),
    "subsidies": ("project_id", "rule", "year", "input_amount", "formula_amount"),
    "bank-lines": ("paid_out", "paid_in", "happened_on", "region_code"),
    "money-months": ("month", "region_code"),
    "settlements": ("project_id", "settled_on", "spent_amount"),
}
"""What stands once the first step is taken, by register."""
STILL_OPEN: Final = {"payments": {"计划"}, "subsidies": {"拟补"}}
_letting: ContextVar[bool] = ContextVar("linzhan_money_letting", default=False)


@contextmanager
def decided_already() -> Iterator[None]:
    """For rows that follow from a decision which two people have taken elsewhere."""
    token = _letting.set(True)
    try:
        yield
    finally:
        _letting.reset(token)


def protect(rows: Sequence[Arriving]) -> None:
    """``Register.examine`` of every staged register of money."""
    if not rows or _letting.get():
        return
    register = rows[0].batch.register
    first = machine_of(register).initial[0]
    fixed = FIXED[register.key]
    stored = _stored(register.model, (row.id for row in rows if not row.is_new), (*fixed, register.stage))
    for row in rows:
        was = stored.get(row.id)
        stage = row.values.get(register.stage) or first
        if was is None:
            if stage != first:
                row.refuse(register.stage, BY_STEPS)
        elif not is_stepping(row.id):
            if stage != was[register.stage]:
                row.refuse(register.stage, BY_STEPS)
            if was[register.stage] != first:
                _refuse_changes(row, was, fixed, str(was[register.stage]))


def _refuse_changes(row: Arriving, was: dict[str, Any], fixed: tuple[str, ...], stage: str) -> None:
    columns = row.batch.register.sheet.column_by_name
    for name in fixed:
        if name in row.values and row.values[name] != was[name]:
            column = name.removesuffix("_id").removesuffix("_code")
            row.refuse(column if column in columns else row.batch.register.stage, _(DECIDED) % stage)


def _stored(model: Any, ids: Iterable[UUID], names: tuple[str, ...]) -> dict[UUID, dict[str, Any]]:
    wanted = list(ids)
    rows = model._default_manager.filter(pk__in=wanted).values("pk", *names) if wanted else ()
    return {row["pk"]: row for row in rows}


def closed_months(places_and_days: Iterable[tuple[str, date]]) -> set[tuple[str, date]]:
    """Which of these (place, first of the month) are closed."""
    asked = {(unit_of(region), day.replace(day=1)) for region, day in places_and_days}
    if not asked:
        return set()
    rows = MoneyMonth.objects.filter(
        stage=MonthStage.CLOSED,
        region_code__in={region for region, _month in asked},
        month__in={month for _region, month in asked},
    )
    return set(rows.values_list("region_code", "month")) & asked


def month_fault(region: str, day: date) -> str:
    """Why nothing may be booked on ``day``; empty where its month is open."""
    if not closed_months([(region, day)]):
        return ""
    return _("%s 的账已结；确须补记的，请由主管部门在“月结”里写明理由重新开账") % f"{day:%Y-%m}"


def guard_movements(rows: Sequence[Arriving]) -> None:
    """``Register.examine`` of 资金: closed months stay as they are, and no movement falls below what was taken off it."""
    names = ("region_code", "moved_on", "kind", "amount", "source", "fund_level", "head", "project_id")
    stored = _stored(FundMovement, (row.id for row in rows if not row.is_new), names)
    touched = [row for row in rows if _differs(row, stored.get(row.id), names)]
    days = {row.id: _days(row, stored.get(row.id)) for row in touched}
    closed = closed_months(each for some in days.values() for each in some)
    returned = _returned(row.id for row in touched if not row.is_new)
    for row in touched:
        for region, day in days[row.id]:
            if (unit_of(region), day.replace(day=1)) in closed:
                row.refuse("moved_on", month_fault(region, day))
                break
        if (taken := returned.get(row.id)) and row.values["amount"] < taken:
            row.refuse("amount", _("这笔已办理冲减、退回 %s，金额不能比它小") % money.ledger(taken))


def _differs(row: Arriving, was: dict[str, Any] | None, names: tuple[str, ...]) -> bool:
    return was is None or any(name in row.values and row.values[name] != was[name] for name in names)


def _days(row: Arriving, was: dict[str, Any] | None) -> list[tuple[str, date]]:
    """Where and when the row is booked, and was booked before."""
    now = (row.values["region_code"], row.values["moved_on"])
    return [now] if was is None else [now, (was["region_code"], was["moved_on"])]


def _returned(movements: Iterable[UUID]) -> dict[UUID, Decimal]:
    wanted = list(movements)
    if not wanted:
        return {}
    rows = FundReturn.objects.filter(Q(movement__in=wanted) & ~Q(stage=ReturnStage.DROPPED))
    return dict(rows.values_list("movement_id").annotate(amount=Sum("amount")))
