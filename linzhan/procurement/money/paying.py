"""Before money leaves: the contract, its plan, what was delivered, what the evaluation said (FND-21, PUR-16, FIL-04)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.kernel import money
from linzhan.kernel.checks import Checked, Outcome
from linzhan.policy.api import NoRuling, procurement, ruling_for
from linzhan.procurement.enums import ProjectStatus
from linzhan.procurement.models import Clawback, LedgerEntry, MatchingFund, Payment, ServiceProject
from linzhan.procurement.money.enums import ClawbackStage, DueUpon, EntryKind, PaymentStage
from linzhan.procurement.money.evidence import Evidence, evidence_of
from linzhan.procurement.money.rights import OVERRULE_MONEY

WANTED = {
    DueUpon.MID_EVALUATION: ("中期",),
    DueUpon.FINAL_EVALUATION: ("末期", "年度", "第三方"),
    DueUpon.ACCEPTANCE: ("末期", "年度", "第三方"),
    DueUpon.SUBSIDY: ("末期", "年度", "第三方"),
}
"""Which result an instalment waits for."""
AFTER_SERVICE = (DueUpon.MID_EVALUATION, DueUpon.FINAL_EVALUATION, DueUpon.ACCEPTANCE)
PAYABLE = (
    ProjectStatus.SIGNED,
    ProjectStatus.RUNNING,
    ProjectStatus.EVALUATING,
    ProjectStatus.CLOSED,
)
ON_ITS_WAY = (PaymentStage.REQUESTED, PaymentStage.CHECKED, PaymentStage.APPROVED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A payment as the checks look at it."""

    project: ServiceProject
    amount: Decimal
    due_upon: str
    due_on: date | None
    on: date
    payment_id: UUID | None
    evidence: Evidence


def payment_checks(
    project_id: UUID,
    *,
    amount: Decimal,
    due_upon: str = DueUpon.DATE,
    due_on: date | None = None,
    on: date | None = None,
    payment_id: UUID | None = None,
) -> list[Checked]:
    """Whether ``amount`` may be paid on a contract: contract, total, evaluation, service, matching, claw-backs."""
    day = on or timezone.localdate()
    asked = Asked(
        project=ServiceProject.objects.get(pk=project_id),
        amount=amount,
        due_upon=due_upon,
        due_on=due_on,
        on=day,
        payment_id=payment_id,
        evidence=evidence_of(project_id, day),
    )
    return [
        _contract(asked),
        _total(asked),
        *_evaluation(asked),
        *_service(asked),
        *_clawbacks(asked),
        *_suspended(asked),
        *_matching(asked),
        *_late(asked),
    ]


def _check(
    key: str, title: str, outcome: Outcome, words: str, clause: str = "", *, final: bool = False
) -> Checked:
    """A stop may be overruled by whoever holds the right, unless it is ``final``."""
    overrule = OVERRULE_MONEY if outcome is Outcome.STOP and not final else ""
    return Checked(
        key=f"payment.{key}", title=title, outcome=outcome, words=words, clause=clause, overrule=overrule
    )


def _contract(asked: Asked) -> Checked:
    status = asked.project.status
    if status in PAYABLE:
        return _check("contract", _("合同"), Outcome.PASS, _("项目状态为“%s”") % status)
    words = _("项目状态为“%s”，没有可以付款的合同；请先签约，终止的项目请办理结算") % status
    return _check("contract", _("合同"), Outcome.STOP, words)


def _total(asked: Asked) -> Checked:
    """Paid, on its way and this together within the contract; subsidies come on top of it."""
    contract = asked.project.contract_amount
    paid, pending = paid_on(asked.project.pk), _pending(asked)
    words = _("合同 %(contract)s，已拨付 %(paid)s，办理中 %(pending)s，本笔 %(amount)s") % {
        "contract": money.ledger(contract),
        "paid": money.ledger(paid),
        "pending": money.ledger(pending),
        "amount": money.ledger(asked.amount),
    }
    if asked.due_upon == DueUpon.SUBSIDY:
        return _check("total", _("合同金额"), Outcome.PASS, words + _("；奖补在合同金额之外"))
    over = paid + pending + asked.amount - contract
    if over > 0:
        return _check(
            "total", _("合同金额"), Outcome.STOP, words + _("，超出 %s") % money.ledger(over), final=True
        )
    return _check("total", _("合同金额"), Outcome.PASS, words)


def paid_on(project_id: UUID) -> Decimal:
    """What was paid on a contract, net of what came back."""
    rows = LedgerEntry.objects.filter(project_id=project_id, kind__in=(EntryKind.PAYMENT, EntryKind.REFUND))
    sums = dict(rows.values_list("kind").annotate(amount=Sum("amount")))
    return Decimal(sums.get(EntryKind.PAYMENT, 0) - sums.get(EntryKind.REFUND, 0))


def _pending(asked: Asked) -> Decimal:
    rows = Payment.objects.filter(project=asked.project, stage__in=ON_ITS_WAY).exclude(
        due_upon=DueUpon.SUBSIDY
    )
    if asked.payment_id is not None:
        rows = rows.exclude(pk=asked.payment_id)
    return Decimal(rows.aggregate(amount=Sum("amount"))["amount"] or 0)


def _evaluation(asked: Asked) -> Iterator[Checked]:
    """PUR-16: an instalment that waits for a result is paid on a result, and on a good one."""
    kinds = WANTED.get(DueUpon(asked.due_upon)) if asked.due_upon in DueUpon.values else None
    if kinds is None:
        return
    clause = _("合同付款计划：%s后支付") % asked.due_upon
    found = asked.evidence.latest(kinds)
    if found is None:
        words = _("还没有登记%s结果；请先完成评估") % "、".join(kinds)
        yield _check("evaluation", _("评估结果"), Outcome.STOP, words, clause)
        return
    words = _("%(on)s %(kind)s评估“%(grade)s”") % {"on": found.on, "kind": found.kind, "grade": found.grade}
    outcome = Outcome.PASS if found.passed else Outcome.STOP
    told = words if found.passed else words + _("，没有达到合格；请先整改复评")
    yield _check("evaluation", _("评估结果"), outcome, told, clause)


def _service(asked: Asked) -> Iterator[Checked]:
    """An instalment for services done needs services done."""
    if asked.due_upon not in AFTER_SERVICE:
        return
    done = asked.evidence.services
    if done is None:
        yield _check("service", _("服务记录"), Outcome.UNKNOWN, _("没有使用服务记录，无从核对"))
    elif done:
        yield _check("service", _("服务记录"), Outcome.PASS, _("项目名下已有 %d 条有效服务记录") % done)
    else:
        words = _("项目名下还没有一条有效服务记录；请先核对服务记录的项目编号")
        yield _check("service", _("服务记录"), Outcome.STOP, words)


def _clawbacks(asked: Asked) -> Iterator[Checked]:
    """Money that is to come back is settled before more goes out (FND-22)."""
    rows = Clawback.objects.filter(project=asked.project, stage=ClawbackStage.DECIDED)
    for each in rows.order_by("found_on"):
        words = _("已决定追回 %(amount)s（%(cause)s），还没有到账；请先追回或从本笔扣减") % {
            "amount": money.ledger(each.amount),
            "cause": each.cause,
        }
        yield _check("clawback", _("待追回资金"), Outcome.STOP, words, each.clause)


def _suspended(asked: Asked) -> Iterator[Checked]:
    """What was suspended until something is put right is not paid before (RSK-07)."""
    for each in asked.evidence.held:
        yield _check("suspended", _("暂停拨付"), Outcome.STOP, each.words, each.clause)


def _matching(asked: Asked) -> Iterator[Checked]:
    """FND-15: what other levels promised and have not brought is reminded of, never held against the operator."""
    for each in MatchingFund.objects.filter(project=asked.project).order_by("year", "fund_level"):
        missing = each.promised - (each.arrived or 0)
        if missing > 0:
            words = _("%(payer)s应配套 %(promised)s，到位 %(arrived)s，还差 %(missing)s") % {
                "payer": each.payer,
                "promised": money.ledger(each.promised),
                "arrived": money.ledger(each.arrived),
                "missing": money.ledger(missing),
            }
            yield _check("matching", _("配套资金"), Outcome.WARN, words, each.document)


def _late(asked: Asked) -> Iterator[Checked]:
    if asked.due_on is None:
        return
    try:
        ruling = ruling_for(procurement.PAYMENT_LATE_DAYS, region=asked.project.region_code, on=asked.on)
    except NoRuling:
        return
    late = (asked.on - asked.due_on).days
    if late > ruling.value:
        words = _("应于 %(due)s 支付，已过 %(late)d 天，超过 %(limit)d 天；请尽快办理，以免拖欠社工工资") % {
            "due": asked.due_on,
            "late": late,
            "limit": ruling.value,
        }
        yield _check("late", _("付款时限"), Outcome.WARN, words, ruling.citation)


def is_evaluated_well(project_id: UUID, on: date) -> Checked:
    """Whether a project is judged well-run: what a subsidy that depends on it waits for (FND-19)."""
    found = evidence_of(project_id, on).latest(("末期", "年度", "第三方", "中期"))
    title = _("项目运行情况")
    if found is None:
        words = _("还没有登记评估结果，不能认定运行良好")
        return _check("well-run", title, Outcome.STOP, words)
    words = _("%(on)s %(kind)s评估“%(grade)s”") % {"on": found.on, "kind": found.kind, "grade": found.grade}
    return _check("well-run", title, Outcome.PASS if found.passed else Outcome.STOP, words)
