"""Closed lists of purchases (``domain.md`` §5.1; PUR-09, 10, 14, 19, 20, 23, 25, 28)."""

from __future__ import annotations

from typing import Final

from django.db import models


class Stage(models.TextChoices):
    """Where a purchase stands. The flow is the domain's; what waits for another person has a stage of its own."""

    IDEA = "意向", "意向"
    SURVEYED = "需求调查", "需求调查"
    SUBMITTED = "待立项", "待立项"
    APPROVED = "立项", "立项"
    METHOD = "待批方式", "待批方式"
    TENDERING = "采购", "采购"
    AWARDED = "成交", "成交"
    DRAFTED = "合同拟定", "合同拟定"
    SIGNED = "签约", "签约"
    STAFFED = "人员方案", "人员方案"
    PLANNED = "计划待审", "计划待审"
    RUNNING = "执行", "执行"
    MID = "中期评估", "中期评估"
    FINAL = "末期评估", "末期评估"
    SETTLING = "待结算", "待结算"
    CLOSED = "结项", "结项"
    RENEWING = "待定续签", "待定续签"
    DECIDED = "续签已定", "续签已定"
    SUSPENDED = "暂停", "暂停"
    DISPUTED = "争议", "争议"
    ENDING = "待终止", "待终止"
    TERMINATED = "终止", "终止"
    DROPPED = "撤销", "撤销"


BOUND: Final = frozenset(
    {
        Stage.SIGNED, Stage.STAFFED, Stage.PLANNED, Stage.RUNNING, Stage.MID, Stage.FINAL, Stage.SETTLING,
        Stage.CLOSED, Stage.RENEWING, Stage.DECIDED, Stage.SUSPENDED, Stage.DISPUTED, Stage.ENDING,
        Stage.TERMINATED,
    }
)  # fmt: skip
"""Stages after the signature: the contract is changed by an amendment only."""
APPROVED_ON: Final = frozenset(Stage) - {Stage.IDEA, Stage.SURVEYED, Stage.DROPPED}
"""Stages in which need and budget are before the approver, or approved."""
METHOD_ON: Final = APPROVED_ON - {Stage.SUBMITTED, Stage.APPROVED}
"""Stages in which the way of buying is before the approver, or approved."""
DRAFT_ON: Final = BOUND | {Stage.DRAFTED}
"""Stages in which the contract is before the signer, or signed."""


class Form(models.TextChoices):
    PROJECT = "购买项目", "购买项目"
    POST = "购买岗位", "购买岗位"


class Buyer(models.TextChoices):
    """Who buys (PUR-03)."""

    COUNTY_BUREAU = "县级民政部门", "县级民政部门"
    CITY_BUREAU = "市级民政部门", "市级民政部门"
    USER = "使用部门", "使用部门"
    TOWNSHIP = "乡镇(街道)", "乡镇(街道)"
    OTHER = "其他购买方", "其他购买方"


BUREAUS: Final = (Buyer.COUNTY_BUREAU, Buyer.CITY_BUREAU)


class Oversight(models.TextChoices):
    FINANCE = "财政部门", "财政部门"
    DISCIPLINE = "纪检监察机关", "纪检监察机关"
    AUDIT = "审计部门", "审计部门"


class Origin(models.TextChoices):
    PURCHASE = "采购", "采购"
    AFTERWARDS = "补建", "补建"


class Evaluator(models.TextChoices):
    THIRD_PARTY = "第三方机构", "第三方机构"
    INTERNAL = "内部评估小组", "内部评估小组"
    BUREAU = "民政部门", "民政部门"


class Result(models.TextChoices):
    """What an evaluation found; good and better count as passed (EVL-10)."""

    EXCELLENT = "优秀", "优秀"
    GOOD = "良好", "良好"
    PASSED = "合格", "合格"
    BASIC = "基本合格", "基本合格"
    FAILED = "不合格", "不合格"


class Renewal(models.TextChoices):
    RENEW = "续签", "续签"
    CONDITIONAL = "有条件续签", "有条件续签"
    NOT = "不续签", "不续签"


class BidResult(models.TextChoices):
    WON = "成交", "成交"
    LOST = "未成交", "未成交"
    INVALID = "无效", "无效"


class Declared(models.TextChoices):
    """A declaration of interests; nothing declared is not the same as none."""

    NONE = "无", "无"
    SOME = "有", "有"


class Paper(models.TextChoices):
    """Documents of a purchase (PUR-01)."""

    SURVEY = "需求调查报告", "需求调查报告"
    PLAN = "实施方案", "实施方案"
    MINUTES = "会议纪要", "会议纪要"
    METHOD = "采购方式批复", "采购方式批复"
    TENDER = "采购文件", "采购文件"
    REVIEW = "评审报告", "评审报告"
    AWARD = "成交公告", "成交公告"
    CONTRACT = "合同", "合同"
    WORK_PLAN = "项目计划书", "项目计划书"
    MID = "中期评估报告", "中期评估报告"
    FINAL = "末期评估报告", "末期评估报告"
    AUDIT = "审计报告", "审计报告"
    SETTLEMENT = "结算表", "结算表"
    OTHER = "其他", "其他"


class Change(models.TextChoices):
    """What an amendment changes."""

    AMOUNT = "金额", "金额"
    TERM = "期限", "期限"
    STAFF = "人员", "人员"
    TARGETS = "指标", "指标"
    OTHER = "其他条款", "其他条款"


class ChangeStage(models.TextChoices):
    DRAFT = "草拟", "草拟"
    SUBMITTED = "待批准", "待批准"
    APPROVED = "已批准", "已批准"
    REFUSED = "未批准", "未批准"
