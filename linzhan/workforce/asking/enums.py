"""Closed lists of handbooks, questions and talk rooms (SPV-08, SPV-09, SYS-09, SYS-10)."""

from __future__ import annotations

from django.db import models


class HandbookStage(models.TextChoices):
    DRAFT = "起草", "起草"
    ISSUED = "发布", "发布"
    REPEALED = "停用", "停用"


class QuestionStage(models.TextChoices):
    OPEN = "待解答", "待解答"
    SOLVED = "已解决", "已解决"
    CLOSED = "已关闭", "已关闭"


class QuestionTopic(models.TextChoices):
    SERVICE = "服务", "服务"
    METHOD = "方法", "方法"
    EMOTION = "情绪", "情绪"
    POLICY = "政策", "政策"
    LAW = "法律", "法律"
    PLATFORM = "平台使用", "平台使用"
    OTHER = "其他", "其他"


class TalkStage(models.TextChoices):
    ANNOUNCED = "预告", "预告"
    HELD = "已举行", "已举行"
    CANCELLED = "取消", "取消"


class TalkMode(models.TextChoices):
    ON_LINE = "线上", "线上"
    ON_SITE = "线下", "线下"
    BOTH = "线上线下", "线上线下"
