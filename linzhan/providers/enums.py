"""Closed lists of the registers of institutions and inspections (``contract/workbook.md``, 承接机构, 检查)."""

from __future__ import annotations

from django.db import models


class OrganisationKind(models.TextChoices):
    SOCIAL_SERVICE_AGENCY = "社会工作服务机构", "社会工作服务机构"
    CHARITY = "慈善组织", "慈善组织"
    VOLUNTEER_ORGANISATION = "志愿服务组织", "志愿服务组织"
    COMMUNITY_ORGANISATION = "社区社会组织", "社区社会组织"
    PUBLIC_INSTITUTION = "事业单位", "事业单位"
    ENTERPRISE = "企业", "企业"
    TRADE_ASSOCIATION = "行业组织", "行业组织"
    OTHER = "其他", "其他"


class Rating(models.TextChoices):
    ONE = "1A", "1A"
    TWO = "2A", "2A"
    THREE = "3A", "3A"
    FOUR = "4A", "4A"
    FIVE = "5A", "5A"


class ProviderStatus(models.TextChoices):
    NORMAL = "正常", "正常"
    RECTIFYING = "整改", "整改"
    BARRED = "禁入", "禁入"
    DISSOLVED = "注销", "注销"


ACTIVE = (ProviderStatus.NORMAL.value, ProviderStatus.RECTIFYING.value)
"""Those that count as institutions of a place (``providers.active``)."""


class InspectionKind(models.TextChoices):
    ANNUAL = "年检", "年检"
    RANDOM = "双随机", "双随机"
    FINANCIAL_AUDIT = "财务专项审计", "财务专项审计"
    ROUTINE = "日常检查", "日常检查"


class Conclusion(models.TextChoices):
    PASSED = "合格", "合格"
    BARELY_PASSED = "基本合格", "基本合格"
    FAILED = "不合格", "不合格"
    FINDINGS = "发现问题", "发现问题"
    NO_FINDINGS = "无问题", "无问题"
