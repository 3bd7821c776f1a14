"""Closed lists of the ledger and of what is decided about money (FND, PAY, FIL-04)."""

from __future__ import annotations

from django.db import models


class Pot(models.TextChoices):
    """Where money stands on its way; an account of the ledger is a pot of a place, source, level and year."""

    ORIGIN = "来源", "来源"
    ALLOTTED = "指标", "指标"
    BUDGETED = "预算", "预算"
    COMMITTED = "承诺", "承诺"
    PAID = "拨付", "拨付"
    SPENT = "支出", "支出"
    SETTLED = "结算", "结算"


class EntryKind(models.TextChoices):
    """What an entry is about; each kind leads from one pot to another (:data:`WAYS`)."""

    ALLOCATION = "下达", "下达"
    BUDGET = "预算", "预算"
    COMMITMENT = "承诺", "承诺"
    PAYMENT = "拨付", "拨付"
    EXPENDITURE = "支出", "支出"
    SETTLEMENT = "结算", "结算"
    LESS_BUDGET = "调减预算", "调减预算"
    RELEASE = "释放承诺", "释放承诺"
    REFUND = "退回拨付", "退回拨付"
    LESS_EXPENDITURE = "冲减支出", "冲减支出"
    WITHDRAWAL = "收回指标", "收回指标"


WAYS: dict[EntryKind, tuple[Pot, Pot]] = {
    EntryKind.ALLOCATION: (Pot.ORIGIN, Pot.ALLOTTED),
    EntryKind.BUDGET: (Pot.ALLOTTED, Pot.BUDGETED),
    EntryKind.COMMITMENT: (Pot.BUDGETED, Pot.COMMITTED),
    EntryKind.PAYMENT: (Pot.COMMITTED, Pot.PAID),
    EntryKind.EXPENDITURE: (Pot.PAID, Pot.SPENT),
    EntryKind.SETTLEMENT: (Pot.SPENT, Pot.SETTLED),
    EntryKind.LESS_BUDGET: (Pot.BUDGETED, Pot.ALLOTTED),
    EntryKind.RELEASE: (Pot.COMMITTED, Pot.BUDGETED),
    EntryKind.REFUND: (Pot.PAID, Pot.COMMITTED),
    EntryKind.LESS_EXPENDITURE: (Pot.SPENT, Pot.PAID),
    EntryKind.WITHDRAWAL: (Pot.ALLOTTED, Pot.ORIGIN),
}
"""Out of which pot into which. What leaves one arrives in the other: no entry can be unbalanced."""

NET: dict[EntryKind, EntryKind] = {
    EntryKind.ALLOCATION: EntryKind.WITHDRAWAL,
    EntryKind.BUDGET: EntryKind.LESS_BUDGET,
    EntryKind.COMMITMENT: EntryKind.RELEASE,
    EntryKind.PAYMENT: EntryKind.REFUND,
    EntryKind.EXPENDITURE: EntryKind.LESS_EXPENDITURE,
}
"""What takes away from what: allocated, budgeted … are told net of it."""


class AllocationStage(models.TextChoices):
    DRAFT = "待复核", "待复核"
    ALLOTTED = "已下达", "已下达"
    WITHDRAWN = "已收回", "已收回"
    DROPPED = "作废", "作废"


class LineStage(models.TextChoices):
    PLANNED = "拟安排", "拟安排"
    COMMITTED = "已承诺", "已承诺"
    RELEASED = "已释放", "已释放"
    DROPPED = "作废", "作废"


class PaymentStage(models.TextChoices):
    PLANNED = "计划", "计划"
    REQUESTED = "已申请", "已申请"
    CHECKED = "已复核", "已复核"
    APPROVED = "已批准", "已批准"
    PAID = "已支付", "已支付"
    REFUNDED = "已退回", "已退回"
    DROPPED = "作废", "作废"


class DueUpon(models.TextChoices):
    """What an instalment waits for, as the contract says (FND-21, PUR-16)."""

    SIGNING = "签约", "签约"
    MID_EVALUATION = "中期评估", "中期评估"
    FINAL_EVALUATION = "末期评估", "末期评估"
    ACCEPTANCE = "验收", "验收"
    DATE = "按期", "按期"
    SUBSIDY = "奖补", "奖补"


class ReturnStage(models.TextChoices):
    REQUESTED = "待核准", "待核准"
    APPROVED = "已核准", "已核准"
    DROPPED = "作废", "作废"


class ReturnKind(models.TextChoices):
    CORRECTION = "冲销", "冲销"
    REFUND = "退回", "退回"
    CLAWBACK = "追回", "追回"


class ClawbackStage(models.TextChoices):
    PROPOSED = "拟追回", "拟追回"
    DECIDED = "已决定", "已决定"
    RECOVERED = "已追回", "已追回"
    DROPPED = "不予追回", "不予追回"


class ClawbackReason(models.TextChoices):
    NOT_FILED = "未按规定备案", "未按规定备案"
    EVALUATION = "评估不合格", "评估不合格"
    NOT_DELIVERED = "未履行服务", "未履行服务"
    MISUSE = "违规使用资金", "违规使用资金"
    SURPLUS = "结余收回", "结余收回"
    OTHER = "其他", "其他"


class SubsidyStage(models.TextChoices):
    DRAFT = "拟补", "拟补"
    SUBMITTED = "待批准", "待批准"
    APPROVED = "已批准", "已批准"
    DROPPED = "不予补助", "不予补助"


class SettlementStage(models.TextChoices):
    DRAFT = "待核定", "待核定"
    SETTLED = "已核定", "已核定"
    DROPPED = "作废", "作废"


class BankStage(models.TextChoices):
    OPEN = "未对账", "未对账"
    MATCHED = "已对账", "已对账"
    SET_ASIDE = "无需对账", "无需对账"


class MonthStage(models.TextChoices):
    OPEN = "未结账", "未结账"
    CLOSED = "已结账", "已结账"
