"""Closed lists of groups (``domain.md`` §7.3; phases of MZ/T 095-2017)."""

from __future__ import annotations

from django.db import models


class GroupKind(models.TextChoices):
    EDUCATION = "教育", "教育"
    GROWTH = "成长", "成长"
    SUPPORT = "支持", "支持"
    THERAPY = "治疗", "治疗"
    MUTUAL_AID = "互助", "互助"
    SOCIALISATION = "社会化", "社会化"
    INTEREST = "兴趣", "兴趣"


class GroupStage(models.TextChoices):
    DRAFT = "草拟", "草拟"
    APPROVED = "已批准", "已批准"
    RECRUITING = "招募中", "招募中"
    RUNNING = "进行中", "进行中"
    EVALUATED = "已评估", "已评估"
    CLOSED = "已结束", "已结束"
    CANCELLED = "已取消", "已取消"


class Phase(models.TextChoices):
    PREPARING = "筹备期", "筹备期"
    FORMING = "形成期", "形成期"
    TURNING = "转折期", "转折期"
    MATURE = "成熟期", "成熟期"
    ENDING = "结束期", "结束期"
