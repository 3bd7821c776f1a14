"""Closed lists of the workforce's registers (``contract/workbook.md``, 社工, 督导记录, 培训)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sex(models.TextChoices):
    MALE = "男", "男"
    FEMALE = "女", "女"


class Post(models.TextChoices):
    HEAD = "站长", "站长"
    FRONT_LINE = "一线社工", "一线社工"
    PROJECT_OFFICER = "项目主管", "项目主管"
    SUPERVISOR = "督导", "督导"
    ADMINISTRATION = "行政财务", "行政财务"
    CIVIL_AFFAIRS_ASSISTANT = "民政协理员", "民政协理员"
    INTERN = "实习", "实习"
    OTHER = "其他", "其他"


class Employment(models.TextChoices):
    FULL_TIME = "全职", "全职"
    PART_TIME = "兼职", "兼职"
    DIRECT = "直聘", "直聘"
    INTERNSHIP = "实习", "实习"


class Grade(models.TextChoices):
    """Grades of the professional certificate. Their order is that of :data:`RANKS`."""

    NONE = "无", "无"
    ASSISTANT = "助理社会工作师", "助理社会工作师"
    INTERMEDIATE = "社会工作师", "社会工作师"
    SENIOR = "高级社会工作师", "高级社会工作师"


RANKS: dict[str, int] = {grade: rank for rank, grade in enumerate(Grade.values)}


class Occasion(models.TextChoices):
    """What has to be filed with the bureau (FIL-03)."""

    HIRE = "入职", _("入职")
    LEAVING = "离职", _("离职")


class SupervisionMode(models.TextChoices):
    ON_LINE = "线上", "线上"
    ON_SITE = "线下", "线下"


class SupervisionForm(models.TextChoices):
    INDIVIDUAL = "个别", "个别"
    TEAM = "团体", "团体"
    ON_SPOT = "现场", "现场"
    CRISIS = "危机", "危机"


class SupervisionTopic(models.TextChoices):
    SERVICE = "服务", "服务"
    METHOD = "方法", "方法"
    EMOTION = "情绪", "情绪"
    ADMINISTRATION = "行政", "行政"
    ETHICS = "伦理", "伦理"


class SupervisionFunction(models.TextChoices):
    """What a session was for (SPV-04, Hezhou)."""

    ADMINISTRATIVE = "行政", "行政"
    EDUCATIONAL = "教育", "教育"
    SUPPORTIVE = "支持", "支持"


class SupervisionProblem(models.TextChoices):
    """What was brought to a session (``domain.md`` §11)."""

    CASE = "个案", "个案"
    ETHICS = "伦理", "伦理"
    EMOTION = "情绪", "情绪"
    SKILL = "技能", "技能"
    ADMINISTRATION = "行政", "行政"


class TrainingKind(models.TextChoices):
    CONTINUING = "继续教育", "继续教育"
    BEFORE_EXAM = "考前培训", "考前培训"
    PROFESSIONAL = "业务培训", "业务培训"
    SUPERVISION = "督导培训", "督导培训"
    SEMINAR = "研修班", "研修班"
    POLICY = "政策解读", "政策解读"


class SponsorLevel(models.TextChoices):
    MINISTRY = "部", "部"
    PROVINCE = "省", "省"
    CITY = "市", "市"
    COUNTY = "县", "县"
    PROVIDER = "机构", "机构"
