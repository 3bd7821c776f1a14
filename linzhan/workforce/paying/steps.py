"""The way of a payment to persons: prepared, approved by another, paid (PAY-09…13)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from linzhan.kernel.checks import Checked, Outcome
from linzhan.kernel.sheets.days import day_of
from linzhan.kernel.steps import Steps, step
from linzhan.policy.api import AllowanceRule, Ruling, rulings_of
from linzhan.workforce.parameters import ALLOWANCES
from linzhan.workforce.paying.computing import due, paid_twice, standards
from linzhan.workforce.paying.enums import BatchStage as B
from linzhan.workforce.paying.models import AllowanceBatch, AllowanceStandard
from linzhan.workforce.paying.rights import APPROVE_ALLOWANCES, PAY_ALLOWANCES, PREPARE_ALLOWANCES

Row = Mapping[str, Any]


def standard_stands(row: Row) -> str:
    on = day_of(row["ends_on"])
    if on is None or not standards(str(row["region_code"]), str(row["rule"]), on):
        return "本地在“津贴标准”里没有这一项在期间内的标准，请先制定标准；发放名单按标准计算，不能手填"
    return ""


def batch_checks(row: Row) -> list[Checked]:
    """The standards against the rule of the place; who was paid already; and whether the list still holds."""
    region, on = str(row["region_code"]), day_of(row["ends_on"])
    batch = AllowanceBatch.objects.filter(pk=row["id"]).first()
    if on is None or batch is None:
        return []
    ruling = next(
        (each for each in rulings_of(ALLOWANCES, region=region, on=on) if each.variant == row["rule"]), None
    )
    found = [_within(each, ruling) for each in standards(region, str(row["rule"]), on)] if ruling else []
    if (twice := paid_twice(batch)) > 0:
        words = f"{twice} 人同一期间已有这一项发放，请先作废重复的一批或改期间"
        found.append(Checked(key="twice", title="重复发放", outcome=Outcome.STOP, words=words))
    if batch.stage == B.SUBMITTED:
        lines = due(batch)
        now = (len(lines), sum(each.amount for each in lines))
        if now != (batch.persons, batch.amount):
            words = f"名单为 {batch.persons} 人 {batch.amount} 元，按现在的登记应为 {now[0]} 人 {now[1]} 元，请退回重新计算"
            found.append(Checked(key="stale", title="名单", outcome=Outcome.STOP, words=words))
        else:
            words = f"{now[0]} 人 {now[1]} 元，按标准逐人计算"
            found.append(Checked(key="stale", title="名单", outcome=Outcome.PASS, words=words))
    return found


def _within(standard: AllowanceStandard, ruling: Ruling[AllowanceRule]) -> Checked:
    low, high = ruling.value.minimum, ruling.value.maximum
    limits = "—".join(f"{each.normalize():f}" if each is not None else "不限" for each in (low, high))
    over = high is not None and standard.amount > high
    under = low is not None and standard.amount < low
    period = ruling.value.period
    if low is None and high is None:
        outcome, words = Outcome.UNKNOWN, f"{standard.grade} {standard.amount} 元；规定没有载明金额，无从核对"
    elif over or under:
        outcome, words = Outcome.STOP, f"{standard.grade} {standard.amount} 元，规定为 {limits} 元"
    elif period not in ("未载明", standard.period):
        outcome, words = Outcome.STOP, f"标准按“{standard.period}”发放，规定为“{period}”"
    else:
        outcome, words = Outcome.PASS, f"{standard.grade} {standard.amount} 元，在规定的 {limits} 元之内"
    return Checked(
        key=f"standard.{standard.grade}", title="标准", outcome=outcome, words=words, clause=ruling.citation
    )


BATCH_STEPS: Final = Steps(
    _("津贴发放"),
    states={stage.value: stage.label for stage in B},
    initial=[B.DRAFT],
    steps=[
        step(
            "submit",
            _("计算名单并提交"),
            B.DRAFT,
            B.SUBMITTED,
            right=PREPARE_ALLOWANCES,
            guard=standard_stands,
            checks=batch_checks,
        ),
        step(
            "approve",
            _("批准"),
            B.SUBMITTED,
            B.APPROVED,
            right=APPROVE_ALLOWANCES,
            not_by="submit",
            checks=batch_checks,
        ),
        step(
            "return",
            _("退回"),
            B.SUBMITTED,
            B.DRAFT,
            right=APPROVE_ALLOWANCES,
            not_by="submit",
            note=_("退回理由"),
        ),
        step(
            "pay",
            _("登记已发放"),
            B.APPROVED,
            B.PAID,
            right=PAY_ALLOWANCES,
            not_by="approve",
            paid_on=_("发放日期"),
        ),
        step("drop", _("作废"), B.DRAFT, B.DROPPED, right=PREPARE_ALLOWANCES, note=_("作废原因")),
    ],
)
