"""Closed lists of evaluation rounds."""

from __future__ import annotations

from typing import Final

from django.db import models


class RoundKind(models.TextChoices):
    """What a round is held for: the kinds of results (``EvaluationKind``), and the contest, which has its own."""

    SELF = "自评", "自评"
    MID = "中期", "中期"
    FINAL = "末期", "末期"
    YEARLY = "年度", "年度"
    THIRD_PARTY = "第三方", "第三方"
    PROVINCIAL = "省级实地", "省级实地"
    CONTEST = "季度赛", "季度赛"


class RoundStage(models.TextChoices):
    DRAFT = "草稿", "草稿"
    NOTIFIED = "已通知", "已通知"
    COLLECTING = "自评采集", "自评采集"
    SCORING = "评分", "评分"
    TOLD = "已告知", "已告知"
    REVIEW = "申诉复核", "申诉复核"
    FINAL = "已定稿", "已定稿"
    PUBLISHED = "已公布", "已公布"
    DROPPED = "已中止", "已中止"


class Publication(models.TextChoices):
    OFFICIALS = "政府内部", "政府内部"
    SUBJECTS = "政府和参评单位", "政府和参评单位"
    PUBLIC = "向社会公开", "向社会公开"


class Application(models.TextChoices):
    """What a result is used for; the sums and the bars are decided at their own desks (EVL-12)."""

    PAYMENT = "拨付", "拨付"
    RENEWAL = "续签", "续签"
    GRANT = "奖补", "奖补"
    RECTIFY = "整改", "整改"


class ObjectionStage(models.TextChoices):
    RAISED = "已提出", "已提出"
    ADMITTED = "已受理", "已受理"
    UPHELD = "成立", "成立"
    REJECTED = "不成立", "不成立"
    WITHDRAWN = "已撤回", "已撤回"


OPEN_OBJECTIONS: Final = (ObjectionStage.RAISED, ObjectionStage.ADMITTED)
LOCKED: Final = (
    RoundStage.SCORING,
    RoundStage.TOLD,
    RoundStage.REVIEW,
    RoundStage.FINAL,
    RoundStage.PUBLISHED,
)
"""Stages in which the evidence is frozen."""
SHOWN: Final = (RoundStage.TOLD, RoundStage.REVIEW, RoundStage.FINAL, RoundStage.PUBLISHED)
"""Stages in which whoever was evaluated sees their result."""
