"""Closed lists of schemes: how a line is scored, where its number comes from, who scores it."""

from __future__ import annotations

from typing import Final

from django.db import models


class Rule(models.TextChoices):
    """How points follow from what was found (``domain.md`` §12.3)."""

    LINEAR = "线性", "线性"
    INVERSE = "逆向", "逆向"
    CAP = "达标封顶", "达标封顶"
    STEP = "分档", "分档"
    CHECKLIST = "清单", "清单"
    EXPERT = "专家评分", "专家评分"
    SURVEY = "满意度", "满意度"


class Source(models.TextChoices):
    """Where the number comes from; what the platform holds is asked of nobody."""

    PLATFORM = "平台", "平台"
    EVIDENCE = "查证", "查证"
    EXPERT = "专家", "专家"
    SURVEY = "问卷", "问卷"


class Grain(models.TextChoices):
    """Of what the figure is asked: of the subject itself, or of the projects that serve a station."""

    SUBJECT = "对象", "对象"
    PROJECT = "项目", "项目"


class FileKind(models.TextChoices):
    """Files that are drawn for experts to read."""

    CASES = "个案", "个案"
    GROUPS = "小组", "小组"
    ACTIVITIES = "活动", "活动"


class SchemeStage(models.TextChoices):
    DRAFT = "草稿", "草稿"
    PUBLISHED = "已发布", "已发布"
    RETIRED = "已停用", "已停用"


MEASURED: Final = (Rule.LINEAR, Rule.INVERSE, Rule.CAP, Rule.STEP, Rule.SURVEY)
"""Rules over a number; the others are judged or ticked."""
