"""Closed lists of filings and leavings (FIL-02, FIL-03)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class FilingOccasion(models.TextChoices):
    """What the team is filed for: a project established, somebody hired, moved or gone."""

    ESTABLISHED = "项目立项", _("项目立项")
    HIRE = "入职", _("入职")
    CHANGE = "岗位变动", _("岗位变动")
    LEAVING = "离职", _("离职")


class FilingStage(models.TextChoices):
    DRAFT = "草稿", _("草稿")
    SUBMITTED = "已提交", _("已提交")
    ACCEPTED = "已备案", _("已备案")
    RETURNED = "已退回", _("已退回")
    DROPPED = "已作废", _("已作废")


class LeavingCause(models.TextChoices):
    OWN = "个人原因", _("个人原因")
    EXPIRED = "合同期满", _("合同期满")
    DISMISSED = "单位解除", _("单位解除")
    TRANSFERRED = "组织调动", _("组织调动")
    RETIRED = "退休", _("退休")
    OTHER = "其他", _("其他")


class LeavingStage(models.TextChoices):
    ASKED = "已申请", _("已申请")
    AGREED = "已同意", _("已同意")
    REPLACED = "已补员", _("已补员")
    LEFT = "已离职", _("已离职")
    WITHDRAWN = "已撤回", _("已撤回")
