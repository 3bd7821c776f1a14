"""The ways of money through the office. Whoever registers does not approve; whoever approves does not pay."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from linzhan.kernel.steps import CREATED, Steps, step
from linzhan.procurement.money import enums, guards, rights


def _states(choices: Any) -> dict[str, Any]:
    return {each.value: each.label for each in choices}


A, L, P = enums.AllocationStage, enums.LineStage, enums.PaymentStage
R, C, S = enums.ReturnStage, enums.ClawbackStage, enums.SubsidyStage
B, M, X = enums.BankStage, enums.MonthStage, enums.SettlementStage

ALLOCATION_STEPS: Final = Steps(
    _("资金下达"),
    states=_states(A),
    initial=[A.DRAFT],
    steps=[
        step(
            "allot", _("复核下达"), A.DRAFT, A.ALLOTTED, right=rights.APPROVE_ALLOCATIONS, not_by=CREATED,
            guard=partial(guards.booked_on, name="allotted_on"),
        ),
        step(
            "withdraw", _("收回指标"), A.ALLOTTED, A.WITHDRAWN, right=rights.APPROVE_ALLOCATIONS, not_by="allot",
            at_will=True, guard=guards.booked_today, note=_("收回原因"),
        ),
        step("drop", _("作废"), A.DRAFT, A.DROPPED, right=rights.EDIT_ALLOCATIONS, note=_("作废原因")),
    ],
)  # fmt: skip
LINE_STEPS: Final = Steps(
    _("资金安排"),
    states=_states(L),
    initial=[L.PLANNED],
    steps=[
        step(
            "commit", _("承诺"), L.PLANNED, L.COMMITTED, right=rights.COMMIT_LINES, not_by=CREATED,
            guard=guards.booked_today, checks=guards.commit_checks,
        ),
        step(
            "release", _("释放"), L.COMMITTED, L.RELEASED, right=rights.COMMIT_LINES, guard=guards.booked_today,
            note=_("释放原因"),
        ),
        step("drop", _("作废"), L.PLANNED, L.DROPPED, right=rights.EDIT_LINES, note=_("作废原因")),
    ],
)  # fmt: skip
PAYMENT_STEPS: Final = Steps(
    _("拨付申请"),
    states=_states(P),
    initial=[P.PLANNED],
    steps=[
        step(
            "request", _("申请"), P.PLANNED, P.REQUESTED, right=rights.EDIT_PAYMENTS, delivered=_("本期服务"),
        ),
        step(
            "check", _("复核"), P.REQUESTED, P.CHECKED, right=rights.CHECK_PAYMENTS, not_by="request",
            checks=guards.pay_checks,
        ),
        step(
            "approve", _("批准"), P.CHECKED, P.APPROVED, right=rights.APPROVE_PAYMENTS, not_by="check",
            guard=guards.approving, checks=guards.pay_checks,
        ),
        step(
            "pay", _("支付"), P.APPROVED, P.PAID, right=rights.PAY, not_by="approve", guard=guards.paying_out,
            checks=guards.pay_checks, asks=("voucher",), paid_on=_("支付日期"),
        ),
        step("send_back", _("退回修改"), P.REQUESTED, P.PLANNED, right=rights.CHECK_PAYMENTS, note=_("退回理由")),
        step(
            "refuse", _("不予批准"), (P.CHECKED, P.APPROVED), P.PLANNED, right=rights.APPROVE_PAYMENTS,
            note=_("理由"),
        ),
        step(
            "give_back", _("资金退回"), P.PAID, P.REFUNDED, right=rights.APPROVE_PAYMENTS, not_by="pay",
            at_will=True, guard=guards.booked_today, note=_("退回原因"),
        ),
        step(
            "drop", _("作废"), (P.PLANNED, P.REQUESTED), P.DROPPED, right=rights.EDIT_PAYMENTS,
            note=_("作废原因"),
        ),
    ],
)  # fmt: skip
RETURN_STEPS: Final = Steps(
    _("资金冲减"),
    states=_states(R),
    initial=[R.REQUESTED],
    steps=[
        step(
            "approve", _("核准"), R.REQUESTED, R.APPROVED, right=rights.APPROVE_RETURNS, not_by=CREATED,
            guard=guards.returning,
        ),
        step("drop", _("作废"), R.REQUESTED, R.DROPPED, right=rights.EDIT_RETURNS, note=_("作废原因")),
    ],
)  # fmt: skip
CLAWBACK_STEPS: Final = Steps(
    _("资金追回"),
    states=_states(C),
    initial=[C.PROPOSED],
    steps=[
        step(
            "decide", _("决定追回"), C.PROPOSED, C.DECIDED, right=rights.DECIDE_CLAWBACKS, not_by=CREATED,
            checks=guards.clawback_checks, asks=("answer", "clause"), heard_on=_("告知日期"),
            note=_("决定理由"),
        ),
        step(
            "recover", _("登记到账"), C.DECIDED, C.RECOVERED, right=rights.RECOVER, not_by="decide",
            guard=guards.recovering, recovered_on=_("追回日期"),
        ),
        step(
            "drop", _("不予追回"), (C.PROPOSED, C.DECIDED), C.DROPPED, right=rights.DECIDE_CLAWBACKS,
            note=_("理由"),
        ),
    ],
)  # fmt: skip
SUBSIDY_STEPS: Final = Steps(
    _("奖补"),
    states=_states(S),
    initial=[S.DRAFT],
    steps=[
        step(
            "submit", _("提交"), S.DRAFT, S.SUBMITTED, right=rights.EDIT_SUBSIDIES, checks=guards.subsidy_checks,
            amount=_("拟补金额"),
        ),
        step(
            "approve", _("批准"), S.SUBMITTED, S.APPROVED, right=rights.APPROVE_SUBSIDIES, not_by="submit",
            checks=guards.subsidy_checks, decided_on=_("批准日期"), note=_("批准意见"),
        ),
        step("send_back", _("退回"), S.SUBMITTED, S.DRAFT, right=rights.APPROVE_SUBSIDIES, note=_("退回理由")),
        step(
            "drop", _("不予补助"), (S.DRAFT, S.SUBMITTED), S.DROPPED, right=rights.APPROVE_SUBSIDIES,
            note=_("理由"),
        ),
    ],
)  # fmt: skip
BANK_STEPS: Final = Steps(
    _("银行流水"),
    states=_states(B),
    initial=[B.OPEN],
    steps=[
        step(
            "match", _("对账"), B.OPEN, B.MATCHED, right=rights.EDIT_BANK, guard=guards.matching,
            movement=_("流水号"),
        ),
        step("unmatch", _("撤销对账"), B.MATCHED, B.OPEN, right=rights.EDIT_BANK, note=_("原因")),
        step("set_aside", _("无需对账"), B.OPEN, B.SET_ASIDE, right=rights.EDIT_BANK, note=_("原因")),
        step("take_up", _("重新对账"), B.SET_ASIDE, B.OPEN, right=rights.EDIT_BANK, note=_("原因")),
    ],
)  # fmt: skip
MONTH_STEPS: Final = Steps(
    _("月结"),
    states=_states(M),
    initial=[M.OPEN],
    steps=[
        step(
            "close", _("结账"), M.OPEN, M.CLOSED, right=rights.CLOSE_MONTHS, guard=guards.closing,
            checks=guards.closing_checks,
        ),
        step(
            "reopen", _("重新开账"), M.CLOSED, M.OPEN, right=rights.REOPEN_MONTHS, not_by="close",
            at_will=True, note=_("重新开账的理由"),
        ),
    ],
)  # fmt: skip
SETTLEMENT_STEPS: Final = Steps(
    _("项目结算"),
    states=_states(X),
    initial=[X.DRAFT],
    steps=[
        step(
            "settle", _("核定"), X.DRAFT, X.SETTLED, right=rights.APPROVE_SETTLEMENTS, not_by=CREATED,
            guard=partial(guards.booked_on, name="settled_on"), checks=guards.settling_checks,
            note=_("核定意见"),
        ),
        step("drop", _("作废"), X.DRAFT, X.DROPPED, right=rights.EDIT_SETTLEMENTS, note=_("作废原因")),
    ],
)  # fmt: skip
