"""Closed lists of needs and resources (``contract/workbook.md``)."""

from __future__ import annotations

from django.db import models


class NeedSource(models.TextChoices):
    VISIT = "探访", "探访"
    APPEAL = "诉求", "诉求"
    GRID = "网格", "网格"
    HOTLINE = "热线", "热线"
    SELF = "自填", "自填"
    SURVEY = "调研", "调研"


class NeedKind(models.TextChoices):
    COMMUNITY = "社区营造", "社区营造"
    LIVING = "生活服务", "生活服务"
    CULTURE = "文化活动", "文化活动"
    CHARITY = "公益慈善", "公益慈善"
    RELIEF = "救助", "救助"
    ELDERLY = "养老", "养老"
    CHILD = "儿童", "儿童"
    DISABILITY = "助残", "助残"
    MENTAL = "心理", "心理"
    OTHER = "其他", "其他"


class NeedStatus(models.TextChoices):
    NEW = "新", "新"
    VERIFIED = "已核实", "已核实"
    MATCHED = "已匹配", "已匹配"
    SERVING = "服务中", "服务中"
    CLOSED = "已办结", "已办结"
    UNMET = "未满足", "未满足"


class ResourceKind(models.TextChoices):
    PEOPLE = "人力", "人力"
    GOODS = "物资", "物资"
    MONEY = "资金", "资金"
    VENUE = "场地", "场地"
    PROFESSION = "专业", "专业"
    POLICY = "政策", "政策"
