"""Closed lists of satisfaction surveys."""

from __future__ import annotations

from django.db import models


class Audience(models.TextChoices):
    RESIDENTS = "服务对象", "服务对象"
    DEPARTMENTS = "相关部门", "相关部门"


class SurveyStage(models.TextChoices):
    DRAFT = "草稿", "草稿"
    OPEN = "调查中", "调查中"
    CLOSED = "已结束", "已结束"
    DROPPED = "已中止", "已中止"


class DrawState(models.TextChoices):
    WAITING = "待访问", "待访问"
    ANSWERED = "已答", "已答"
    REFUSED = "谢绝", "谢绝"
    MISSED = "联系不上", "联系不上"


class Channel(models.TextChoices):
    PAPER = "纸质", "纸质"
    PHONE = "电话", "电话"
    LINK = "链接", "链接"


AT_THE_DESK = (Channel.PAPER, Channel.PHONE)
"""The channels by which somebody else writes the answer down."""


class Standing(models.TextChoices):
    """What a personal link opens."""

    ASKED = "待答", "待答"
    REFUSED = "谢绝", "谢绝"
    ANSWERED = "已答", "已答"
    OVER = "已结束", "已结束"


class About(models.TextChoices):
    """Whom a result is about."""

    STATION = "站点", "站点"
    PROVIDER = "机构", "机构"
    WHOLE = "全部", "全部"


class QuestionKind(models.TextChoices):
    RATING = "评分", "评分"
    YES_NO = "是否", "是否"
    TEXT = "文字", "文字"
