"""Closed lists of community activities and of publicity (``domain.md`` §7.4; SVC-26)."""

from __future__ import annotations

from django.db import models


class ActivityStage(models.TextChoices):
    PLANNED = "计划", "计划"
    APPROVED = "已批准", "已批准"
    HELD = "已举办", "已举办"
    REPORTED = "已总结", "已总结"
    CANCELLED = "已取消", "已取消"


class PublicityMoment(models.TextChoices):
    BEFORE = "开展前", "开展前"
    DURING = "开展中", "开展中"
    AFTER = "开展后", "开展后"


class Medium(models.TextChoices):
    ACCOUNT = "公众号", "公众号"
    VIDEO = "短视频", "短视频"
    CHAT = "微信群", "微信群"
    POSTER = "海报横幅", "海报横幅"
    BROADCAST = "村广播", "村广播"
    DOOR = "入户告知", "入户告知"
    PRESS = "媒体报道", "媒体报道"
    OTHER = "其他", "其他"
