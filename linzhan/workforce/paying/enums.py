"""Closed lists of pay and allowances (PAY-01…13)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class AllowanceBasis(models.TextChoices):
    """For what a standard pays: it says who is meant."""

    ON_POST = "持证在岗", _("持证在岗")
    HOLDER = "持证人员", _("持证人员")
    PASSED = "通过考试", _("通过考试")
    NEW = "新入职", _("新入职")
    ENROLLED = "报名考试", _("报名考试")


class PayPeriod(models.TextChoices):
    ONCE = "一次性", _("一次性")
    MONTHLY = "每月", _("每月")
    YEARLY = "每年", _("每年")


class AnyGrade(models.TextChoices):
    """Grades of a standard, and the one for which the grade does not matter."""

    ANY = "不分等级", _("不分等级")
    ASSISTANT = "助理社会工作师", _("助理社会工作师")
    INTERMEDIATE = "社会工作师", _("社会工作师")
    SENIOR = "高级社会工作师", _("高级社会工作师")


class BatchStage(models.TextChoices):
    DRAFT = "拟定", _("拟定")
    SUBMITTED = "待审批", _("待审批")
    APPROVED = "已批准", _("已批准")
    PAID = "已发放", _("已发放")
    DROPPED = "已作废", _("已作废")


class RiskyField(models.TextChoices):
    """Fields whose guidance price is to be higher (PAY-04)."""

    WELFARE = "社会福利", _("社会福利")
    MENTAL = "精神卫生", _("精神卫生")
    DRUGS = "禁毒戒毒", _("禁毒戒毒")
    CORRECTION = "矫治帮教", _("矫治帮教")
    HEALTH = "卫生健康", _("卫生健康")
    DISPUTES = "纠纷调解", _("纠纷调解")
    DISABILITY = "残障康复", _("残障康复")
    EMERGENCY = "应急处置", _("应急处置")
    OTHER = "其他", _("其他")
