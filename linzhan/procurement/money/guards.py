"""What must be so before a step about money is taken, and what the rules of the place say of it (``kernel.checks``)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.kernel import money
from linzhan.kernel.checks import Checked, Outcome
from linzhan.kernel.registers.steplog import StepEntry
from linzhan.kernel.scope import current_actor
from linzhan.kernel.sheets.cells import convert
from linzhan.kernel.sheets.columns import Column, Kind
from linzhan.kernel.sheets.days import day_of
from linzhan.policy.api import NoRuling, procurement, ruling_for
from linzhan.procurement.models import BankLine, FundMovement, FundReturn, LedgerEntry, Payment
from linzhan.procurement.money import paying, ratios
from linzhan.procurement.money.enums import (
    BankStage,
    ClawbackReason,
    EntryKind,
    PaymentStage,
    ReturnStage,
)
from linzhan.procurement.money.posting import hold_account
from linzhan.procurement.money.protecting import month_fault
from linzhan.procurement.money.rights import OVERRULE_MONEY
from linzhan.procurement.money.rules import goes_out
from linzhan.procurement.money.subsidising import formula_of

Row = Mapping[str, Any]
MONTH = Column(name="month", header="月份", kind=Kind.MONTH)
AMOUNT = Column(name="amount", header="金额", kind=Kind.MONEY)


def as_amount(value: object) -> Decimal | None:
    found = convert(AMOUNT, value)
    return found if isinstance(found, Decimal) else None


def id_of(value: Any) -> UUID:
    found = getattr(value, "id", value)
    return found if isinstance(found, UUID) else UUID(str(found))


def amount_of(row: Row) -> Decimal:
    return as_amount(row["amount"]) or Decimal(0)


def hold(row: Row) -> str:
    """Wait for the books of the place; what is looked up afterwards is what will be written upon."""
    hold_account(row["region_code"])
    return ""


def booked_on(row: Row, name: str) -> str:
    """That the day of ``name`` is not to come and its month is open."""
    hold(row)
    day = day_of(row[name])
    if day is None:
        return ""
    if day > timezone.localdate():
        return _("日期 %s 还没有到") % day
    return month_fault(row["region_code"], day)


def booked_today(row: Row) -> str:
    """For what is booked on the day of the step."""
    hold(row)
    return month_fault(row["region_code"], timezone.localdate())


def commit_checks(row: Row) -> list[Checked]:
    """Budget and every ratio rule that concerns the source, with this amount (FND-11, FND-13)."""
    today = timezone.localdate()
    on = today if int(row["year"]) == today.year else date(int(row["year"]), 12, 31)
    asked: dict[str, Any] = {
        "region": row["region_code"],
        "source": row["source"],
        "amount": amount_of(row),
        "project_id": id_of(row["project"]),
    }
    return [
        ratios.room_check(on=on, **asked),
        *ratios.ratio_checks(on=on, **asked),
    ]


def pay_checks(row: Row) -> list[Checked]:
    return paying.payment_checks(
        id_of(row["project"]),
        amount=amount_of(row),
        due_upon=row["due_upon"],
        due_on=day_of(row["due_on"]),
        on=day_of(row["paid_on"]),
        payment_id=id_of(row["id"]),
    )


def not_by_earlier(row: Row, register: str, *steps: str) -> str:
    """Whoever took one of ``steps`` of this round does not take the next one either."""
    selves = current_actor().selves
    entries = StepEntry.objects.filter(row_id=row["id"], register=register, step__in=steps).order_by("at")
    last = {entry.step: entry.actor for entry in entries}
    if set(selves) & set(last.values()):
        return _("前面的申请或复核是您办理的，这一步请由他人办理")
    return ""


def approving(row: Row) -> str:
    return not_by_earlier(row, "payments", "request", "check")


def paying_out(row: Row) -> str:
    return not_by_earlier(row, "payments", "request", "check", "approve") or booked_on(row, "paid_on")


def returning(row: Row) -> str:
    """Nothing is taken off a movement twice."""
    if fault := booked_on(row, "returned_on"):
        return fault
    movement = FundMovement.objects.get(pk=id_of(row["movement"]))
    left = movement.amount - returned(movement.pk)
    if amount_of(row) > left:
        return _("流水 %(code)s 还能冲减 %(left)s，本次 %(amount)s 超出；请核对金额") % {
            "code": movement.code,
            "left": money.ledger(left),
            "amount": money.ledger(amount_of(row)),
        }
    return ""


def returned(movement: UUID) -> Decimal:
    """What was taken off a movement by approval."""
    rows = FundReturn.objects.filter(movement=movement, stage=ReturnStage.APPROVED)
    return rows.aggregate(amount=Sum("amount"))["amount"] or Decimal(0)


def clawback_checks(row: Row) -> list[Checked]:
    """Not more than was paid; and where the cause is a missed filing, the rule of the place (FIL-04)."""
    paid, amount = paying.paid_on(id_of(row["project"])), amount_of(row)
    words = _("已拨付 %(paid)s，拟追回 %(amount)s") % {
        "paid": money.ledger(paid),
        "amount": money.ledger(amount),
    }
    outcome = Outcome.PASS if amount <= paid else Outcome.STOP
    found = [Checked(key="clawback.paid", title=_("已拨付"), outcome=outcome, words=words)]
    if row["cause"] == ClawbackReason.NOT_FILED:
        found.append(_filing_rule(row))
    return found


def _filing_rule(row: Row) -> Checked:
    key, title = "clawback.rule", _("追回依据")
    try:
        ruling = ruling_for(procurement.FILING_CLAWBACK, region=row["region_code"], on=timezone.localdate())
    except NoRuling:
        words = _("本地规则库没有因未备案收回资金的规定；请写明合同条款等依据")
        outcome = Outcome.WARN if row["clause"] else Outcome.STOP
        return Checked(key=key, title=title, outcome=outcome, words=words, overrule=OVERRULE_MONEY)
    return Checked(key=key, title=title, outcome=Outcome.PASS, words=ruling.value, clause=ruling.citation)


def recovering(row: Row) -> str:
    return booked_on(row, "recovered_on")


def subsidy_checks(row: Row) -> list[Checked]:
    """The formula of the place, and whether the project is judged well-run where it asks for that."""
    today = timezone.localdate()
    ruling = formula_of(row["region_code"], row["rule"], date(int(row["year"]), 12, 31))
    if ruling is None:
        words = _("本地规则库没有“%s”这项奖补办法") % row["rule"]
        return [Checked(key="subsidy.rule", title=_("奖补办法"), outcome=Outcome.STOP, words=words)]
    found = []
    amount, reckoned = as_amount(row["amount"]), as_amount(row["formula_amount"])
    words = _("按办法计算 %(reckoned)s，拟补 %(amount)s") % {
        "reckoned": money.ledger(reckoned),
        "amount": money.ledger(amount),
    }
    if reckoned is None:
        outcome, words = Outcome.UNKNOWN, words + _("；办法没有给出金额或缺实际投入，无从核对")
    else:
        over = amount is not None and amount > reckoned
        outcome = Outcome.STOP if over else Outcome.PASS
    found.append(
        Checked(
            key="subsidy.amount", title=_("奖补金额"), outcome=outcome, words=words, clause=ruling.citation
        )
    )
    if ruling.value.condition:
        found.append(paying.is_evaluated_well(id_of(row["project"]), today))
    return found


def matching(row: Row) -> str:
    """A line of the bank and a movement belong together by amount and direction; each once."""
    line = BankLine.objects.get(pk=id_of(row["id"]))
    movement = FundMovement.objects.filter(pk=id_of(row["movement"])).first()
    if movement is None:
        return _("没有这笔资金流水")
    if line.paper.amount != movement.amount:
        return _("银行流水 %(bank)s 与资金流水 %(book)s 金额不同，请选择同额的一笔") % {
            "bank": money.ledger(line.paper.amount),
            "book": money.ledger(movement.amount),
        }
    if line.paper.out is not goes_out(movement.kind, of_operator=line.project_id is not None):
        return _("收付方向不一致：付出的对付出的，收到的对收到的；请选择方向相同的一笔")
    same_side = BankLine.objects.filter(
        movement=movement, stage=BankStage.MATCHED, project__isnull=line.project_id is None
    )
    return _("这笔资金流水已与另一条银行流水对上") if same_side.exclude(pk=line.pk).exists() else ""


def closing(row: Row) -> str:
    """A month is closed when it is over."""
    hold(row)
    month = convert(MONTH, row["month"])
    if isinstance(month, date) and month >= timezone.localdate().replace(day=1):
        return _("%s 还没有过完，不能结账") % f"{month:%Y-%m}"
    return ""


def closing_checks(row: Row) -> list[Checked]:
    """What is still open when a month is closed is said, not forbidden."""
    month = convert(MONTH, row["month"])
    low, high = ratios.county_range(row["region_code"])
    here = {"region_code__gte": low, "region_code__lt": high}
    assert isinstance(month, date)
    lines = BankLine.objects.filter(
        **here, stage=BankStage.OPEN, happened_on__year=month.year, happened_on__month=month.month
    ).count()
    waiting = FundReturn.objects.filter(
        **here, stage=ReturnStage.REQUESTED, returned_on__year=month.year, returned_on__month=month.month
    ).count()
    told = ((lines, _("未对账的银行流水")), (waiting, _("待核准的冲减")))
    return [
        Checked(
            key=f"month.{at}",
            title=title,
            outcome=Outcome.WARN if number else Outcome.PASS,
            words=_("%d 条") % number,
        )
        for at, (number, title) in enumerate(told)
    ]


def settling_checks(row: Row) -> list[Checked]:
    """A contract is settled on its books: nothing under way, the final evaluation there, the sums equal."""
    project = id_of(row["project"])
    open_ones = Payment.objects.filter(
        project=project, stage__in=(*paying.ON_ITS_WAY, PaymentStage.PLANNED)
    ).count()
    sums = dict(
        LedgerEntry.objects.filter(project=project).values_list("kind").annotate(amount=Sum("amount"))
    )
    spent = sums.get(EntryKind.EXPENDITURE, Decimal(0)) - sums.get(EntryKind.LESS_EXPENDITURE, Decimal(0))
    stated = as_amount(row["spent_amount"])
    words = _("账上支出 %(spent)s，核定支出 %(stated)s") % {
        "spent": money.ledger(spent),
        "stated": money.ledger(stated),
    }
    return [
        Checked(
            key="settlement.payments",
            title=_("未办结的拨付"),
            outcome=Outcome.WARN if open_ones else Outcome.PASS,
            words=_("%d 笔") % open_ones,
        ),
        Checked(
            key="settlement.spent",
            title=_("支出"),
            outcome=Outcome.PASS if stated == spent else Outcome.STOP,
            words=words if stated == spent else words + _("，两者不同；请先补记或冲减支出"),
            overrule="",
        ),
        paying.is_evaluated_well(project, timezone.localdate()),
    ]
