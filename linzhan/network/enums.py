"""Closed lists of the station register (``contract/workbook.md``, 社工站)."""

from __future__ import annotations

from django.db import models


class Tier(models.TextChoices):
    GUIDANCE_CENTRE = "市级指导中心", "市级指导中心"
    GENERAL_STATION = "县级社工总站", "县级社工总站"
    STATION = "乡镇街道社工站", "乡镇街道社工站"
    ROOM = "村社区社工室", "村社区社工室"


class StationKind(models.TextChoices):
    ORDINARY = "普通", "普通"
    RESETTLEMENT = "安置点", "安置点"
    SPECIAL = "特色", "特色"


class StationStatus(models.TextChoices):
    PLANNED = "计划", "计划"
    BUILDING = "建设中", "建设中"
    BUILT = "建成", "建成"
    OPERATING = "运营", "运营"
    SUSPENDED = "暂停", "暂停"
    CLOSED = "撤销", "撤销"


class Operation(models.TextChoices):
    PURCHASED = "政府购买", "政府购买"
    DIRECT = "直聘", "直聘"
    OWN = "自建", "自建"
    COOPERATION = "合作", "合作"


class DemonstrationLevel(models.TextChoices):
    NONE = "无", "无"
    COUNTY = "县级", "县级"
    CITY = "市级", "市级"
    PROVINCE = "省级", "省级"
