"""Closed lists of rectification (``domain.md`` §15)."""

from __future__ import annotations

from typing import Final

from django.db import models


class Origin(models.TextChoices):
    """What an order begins from."""

    ALERT = "预警", "预警"
    EVALUATION = "评估", "评估"
    INSPECTION = "抽查", "抽查"
    COMPLAINT = "投诉举报", "投诉举报"
    HAND = "日常监管", "日常监管"


class OrderStage(models.TextChoices):
    """The life of an order."""

    ISSUED = "已下达", "已下达"
    PLANNED = "计划已报", "计划已报"
    ACCEPTED = "计划已认可", "计划已认可"
    WORKING = "整改中", "整改中"
    EVIDENCE = "证据已报", "证据已报"
    CHECKING = "核查中", "核查中"
    RETURNED = "已退回", "已退回"
    FAILED = "未通过", "未通过"
    PASSED = "已通过", "已通过"
    REVOKED = "已撤销", "已撤销"


SETTLED: Final = (OrderStage.PASSED.value, OrderStage.REVOKED.value)
"""Stages in which nothing is asked of anybody, but the look-back."""
UNDER_WAY: Final = (
    OrderStage.ACCEPTED.value,
    OrderStage.WORKING.value,
    OrderStage.EVIDENCE.value,
    OrderStage.CHECKING.value,
    OrderStage.RETURNED.value,
)
"""Stages in which items may be reported and cleared."""


class ItemStage(models.TextChoices):
    OPEN = "待整改", "待整改"
    REPORTED = "已报证据", "已报证据"
    CLEARED = "已销号", "已销号"
    DROPPED = "已撤销", "已撤销"


STANDING: Final = (ItemStage.OPEN.value, ItemStage.REPORTED.value)
"""Stages of an item that is not cleared to zero (逐一清零)."""


class CheckWay(models.TextChoices):
    ON_SITE = "现场核查", "现场核查"
    REMOTE = "远程核查", "远程核查"


class Risk(models.TextChoices):
    """Risks by the stage of the money, as Hunan names them (RSK-05)."""

    RAISING_HARD = "筹集：经费难落实", "筹集：经费难落实"
    RAISING_UNSTABLE = "筹集：经费难稳定", "筹集：经费难稳定"
    USING_REPORT = "使用：报告程序不规范", "使用：报告程序不规范"
    USING_PURCHASE = "使用：采购方式不合规", "使用：采购方式不合规"
    USING_NATURE = "使用：购买性质不明确", "使用：购买性质不明确"
    SUPERVISING_AWARE = "监管：风险意识较薄弱", "监管：风险意识较薄弱"
    SUPERVISING_FEEDBACK = "监管：信息反馈不及时", "监管：信息反馈不及时"
    SUPERVISING_RESULT = "监管：绩效成果不明确", "监管：绩效成果不明确"
    SERVICE = "服务和管理", "服务和管理"


class Means(models.TextChoices):
    """How an order is pressed, mildest first (RSK-07; ``domain.md`` §15)."""

    LETTER = "发函", "发函"
    TALK = "约谈", "约谈"
    VISIT = "实地督查", "实地督查"
    CIRCULAR = "通报", "通报"
    SUSPENSION = "暂停拨付", "暂停拨付"
    TERMINATION = "解除合同", "解除合同"


BINDING: Final = (Means.SUSPENSION.value, Means.TERMINATION.value)
"""What touches money or standing: announced with reasons, answered, and decided by somebody else (FIL-08)."""


class MeansStage(models.TextChoices):
    PROPOSED = "拟办", "拟办"
    NOTIFIED = "已告知", "已告知"
    DONE = "已实施", "已实施"
    LIFTED = "已解除", "已解除"
    DROPPED = "不予实施", "不予实施"


class AnswerStage(models.TextChoices):
    RAISED = "已提出", "已提出"
    ANSWERED = "已答复", "已答复"


class AnswerAbout(models.TextChoices):
    """At which step the addressee says something."""

    ORDER = "整改令", "整改令"
    PLAN = "整改计划", "整改计划"
    CHECK = "核查结论", "核查结论"
    MEANS = "督促措施", "督促措施"
    LOOK_BACK = "回头看", "回头看"


class ComplaintStage(models.TextChoices):
    RECEIVED = "已收到", "已收到"
    ADMITTED = "已受理", "已受理"
    FOUND = "属实", "属实"
    PARTLY = "部分属实", "部分属实"
    UNFOUNDED = "不属实", "不属实"
    REFUSED = "不予受理", "不予受理"


class ComplaintMatter(models.TextChoices):
    SERVICE = "服务质量", "服务质量"
    MONEY = "资金使用", "资金使用"
    FALSEHOOD = "弄虚作假", "弄虚作假"
    HARM = "侵害服务对象权益", "侵害服务对象权益"
    STAFF = "人员管理", "人员管理"
    OTHER = "其他", "其他"
