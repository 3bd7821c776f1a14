"""Closed lists of projects and money (``contract/workbook.md``, 项目, 资金)."""

from __future__ import annotations

from django.db import models


class ProjectKind(models.TextChoices):
    STATION = "社工站运营", "社工站运营"
    SPECIAL = "专项服务", "专项服务"
    SUPERVISION = "督导", "督导"
    EVALUATION = "评估", "评估"
    TRAINING = "培训", "培训"
    VENTURE = "公益创投", "公益创投"
    MICRO = "民生微项目", "民生微项目"


class Tendering(models.TextChoices):
    OPEN = "公开招标", "公开招标"
    INVITED = "邀请招标", "邀请招标"
    NEGOTIATION = "竞争性谈判", "竞争性谈判"
    CONSULTATION = "竞争性磋商", "竞争性磋商"
    SINGLE_SOURCE = "单一来源", "单一来源"
    ENTRUSTED = "定向委托", "定向委托"
    OTHER = "其他", "其他"


class ProjectStatus(models.TextChoices):
    APPROVED = "立项", "立项"
    TENDERING = "采购", "采购"
    SIGNED = "签约", "签约"
    RUNNING = "执行", "执行"
    EVALUATING = "评估", "评估"
    CLOSED = "结项", "结项"
    TERMINATED = "终止", "终止"


class MovementKind(models.TextChoices):
    BUDGET = "预算", "预算"
    PAYMENT = "拨付", "拨付"
    EXPENDITURE = "支出", "支出"


class Source(models.TextChoices):
    BUDGET = "财政预算", "财政预算"
    RELIEF_FUND = "社会救助专项经费", "社会救助专项经费"
    RELIEF_WORK = "社会救助工作经费", "社会救助工作经费"
    HARDSHIP = "困难群众救助补助资金", "困难群众救助补助资金"
    LOTTERY = "福利彩票公益金", "福利彩票公益金"
    TALENT = "人才发展经费", "人才发展经费"
    PAIRED_AID = "对口支援资金", "对口支援资金"
    DEPARTMENT = "部门资金", "部门资金"
    SOCIAL = "社会资金", "社会资金"
    OTHER = "其他", "其他"


class FundLevel(models.TextChoices):
    CENTRAL = "中央", "中央"
    PROVINCE = "省", "省"
    CITY = "市", "市"
    COUNTY = "县", "县"
    TOWNSHIP = "乡", "乡"


class Head(models.TextChoices):
    SALARIES = "薪酬", "薪酬"
    SUPERVISION = "督导培训", "督导培训"
    SERVICES = "服务活动", "服务活动"
    MANAGEMENT = "管理", "管理"
    TAXES = "税费", "税费"
    EQUIPMENT = "设施设备", "设施设备"
    OTHER = "其他", "其他"
