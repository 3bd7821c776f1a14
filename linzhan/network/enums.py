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


class SponsorLevel(models.TextChoices):
    """Who sponsors a pilot (NET-16)."""

    NATION = "国家级", "国家级"
    PROVINCE = "省级", "省级"
    CITY = "市级", "市级"
    COUNTY = "县级", "县级"


class PilotStage(models.TextChoices):
    APPLYING = "申报", "申报"
    RUNNING = "实施", "实施"
    ACCEPTED = "验收", "验收"
    ENDED = "结束", "结束"


class TieKind(models.TextChoices):
    """How one region supports another (NET-19)."""

    PAIRED = "对口支援", "对口支援"
    AGREEMENT = "合作协议", "合作协议"


class DutyTier(models.TextChoices):
    """Who has duties in the network: the project office of the province and the tiers (NET-06, NET-10)."""

    PROJECT_OFFICE = "省级项目办", "省级项目办"
    GUIDANCE_CENTRE = "市级指导中心", "市级指导中心"
    GENERAL_STATION = "县级社工总站", "县级社工总站"
    STATION = "乡镇街道社工站", "乡镇街道社工站"
    ROOM = "村社区社工室", "村社区社工室"


class SupportFunction(models.TextChoices):
    """What the upper tiers do for the lower ones (NET-10)."""

    TRAINING = "业务培训", "业务培训"
    SUPERVISION = "专业督导", "专业督导"
    EVALUATION = "绩效评估", "绩效评估"
    RESOURCES = "资源链接", "资源链接"
    PUBLICITY = "宣传展示", "宣传展示"


class Comparison(models.TextChoices):
    AT_LEAST = "不低于", "不低于"
    AT_MOST = "不高于", "不高于"
    EXACTLY = "等于", "等于"
