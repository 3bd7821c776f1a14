"""Closed lists of a worker's standing: vetting, registration, education credits, sanctions."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class VettingKind(models.TextChoices):
    ENTRY = "入职查询", _("入职查询")
    YEARLY = "年度查询", _("年度查询")


class VettingResult(models.TextChoices):
    """Only the result is kept, never the record that was found (``domain.md`` §3.5)."""

    PENDING = "待回复", _("待回复")
    CLEAR = "未发现", _("未发现")
    HIT = "不得从事", _("不得从事")


class RegistrationKind(models.TextChoices):
    FIRST = "首次登记", _("首次登记")
    AGAIN = "再次登记", _("再次登记")


class RegistrationStage(models.TextChoices):
    """The states that the national system shows (``domain.md`` §3.2); here they are only noted."""

    NONE = "未申请", _("未申请")
    SUBMITTED = "待审核", _("待审核")
    FIRST_PASS = "初审通过", _("初审通过")
    FIRST_FAIL = "初审未通过", _("初审未通过")
    FINAL_PASS = "终审通过", _("终审通过")
    FINAL_FAIL = "终审未通过", _("终审未通过")
    ISSUED = "已出证", _("已出证")


class CreditKind(models.TextChoices):
    DEGREE = "学历教育", _("学历教育")
    LECTURE = "讲课", _("讲课")
    PAPER = "论文", _("论文")
    SUPERVISING = "督导", _("督导")
    ELSEWHERE = "外地培训", _("外地培训")
    OTHER = "其他", _("其他")


class CreditStage(models.TextChoices):
    CLAIMED = "待认定", _("待认定")
    VERIFIED = "已认定", _("已认定")
    REFUSED = "不予认定", _("不予认定")


class SanctionStage(models.TextChoices):
    PROPOSED = "拟办", _("拟办")
    NOTIFIED = "已告知", _("已告知")
    HEARD = "已申辩", _("已申辩")
    IN_FORCE = "已决定", _("已决定")
    DROPPED = "不予处理", _("不予处理")
    LIFTED = "已撤销", _("已撤销")
