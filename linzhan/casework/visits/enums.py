"""Closed lists of a visit (``domain.md`` §7.1, §20)."""

from __future__ import annotations

from django.db import models


class VisitMode(models.TextChoices):
    AT_HOME = "入户", "入户"
    PHONE = "电话", "电话"
    VIDEO = "视频", "视频"
    HEARSAY = "邻居转述", "邻居转述"
    INSTITUTION = "机构探视", "机构探视"
    BY_CHANCE = "偶遇", "偶遇"


IN_PERSON = (VisitMode.AT_HOME, VisitMode.INSTITUTION, VisitMode.BY_CHANCE)
"""Modes in which somebody was seen: a rule that asks for a visit at home takes each of them."""


class Check(models.TextChoices):
    NORMAL = "正常", "正常"
    CHANGED = "变化", "变化"
    URGENT = "紧急", "紧急"


class LifeEvent(models.TextChoices):
    FALL = "跌倒", "跌倒"
    HOSPITAL = "住院", "住院"
    BEREAVED = "丧亲", "丧亲"
    UNEMPLOYED = "失业", "失业"
    VIOLENCE = "家暴迹象", "家暴迹象"
    DECEIVED = "受骗", "受骗"
    DROPPED_OUT = "辍学", "辍学"
    DISASTER = "灾损", "灾损"


class SafetySignal(models.TextChoices):
    """What must be reported (``domain.md`` §20), as a visit names it."""

    M1 = "M1", "隐私部位有非正常损伤"
    M2 = "M2", "不满 14 岁女童疑似被性侵、怀孕、流产"
    M3 = "M3", "14 岁以上女孩疑似因性侵怀孕、流产"
    M4 = "M4", "多处伤、严重营养不良、意识不清"
    M5 = "M5", "自杀自残、中毒、被打等致伤残死亡"
    M6 = "M6", "被遗弃，或长期没有人照料"
    M7 = "M7", "来历不明、失踪、疑似被拐"
    M8 = "M8", "被组织乞讨"
    M9 = "M9", "其他严重侵害，或正面临危险"
    VIOLENCE = "家暴", "家庭暴力"
