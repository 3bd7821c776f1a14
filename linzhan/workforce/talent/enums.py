"""Closed lists of training plans, examinations, programmes and awards (TRN, TAL, CPE-04)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Layer(models.TextChoices):
    BEFORE = "岗前培训", _("岗前培训")
    ON_POST = "岗位培养", _("岗位培养")
    EXCHANGE = "交流学习", _("交流学习")


class Audience(models.TextChoices):
    """For whom a plan is made (CPE-04)."""

    STATIONS = "社工站", _("社工站")
    COMMUNITIES = "城乡社区", _("城乡社区")
    PUBLIC = "公益服务类事业单位", _("公益服务类事业单位")
    CHARITIES = "公益慈善类社会组织", _("公益慈善类社会组织")
    PROVIDERS = "社工机构", _("社工机构")
    OFFICIALS = "民政干部", _("民政干部")


class ExamGrade(models.TextChoices):
    ASSISTANT = "助理社会工作师", _("助理社会工作师")
    INTERMEDIATE = "社会工作师", _("社会工作师")
    SENIOR = "高级社会工作师", _("高级社会工作师")


class BaseKind(models.TextChoices):
    TRAINING = "培训基地", _("培训基地")
    COLLEGE = "社工学院", _("社工学院")
    PRACTICE = "实习实践基地", _("实习实践基地")


class Direction(models.TextChoices):
    VISITORS = "来访", _("来访")
    VISIT = "出访", _("出访")
    TEACHING = "外出授课", _("外出授课")
    ON_LINE = "线上授课交流", _("线上授课交流")
    SENT = "选派培训", _("选派培训")


class IncentiveKind(models.TextChoices):
    SETTLING = "引进落户", _("引进落户")
    PAY = "薪酬保障", _("薪酬保障")
    CAREER = "职业发展", _("职业发展")
    COMMENDATION = "表彰奖励", _("表彰奖励")
    EQUAL = "同等待遇", _("同等待遇")


class ProgrammeKind(models.TextChoices):
    TRAINING = "培养计划", _("培养计划")
    INTRODUCTION = "人才引进", _("人才引进")
    SUPPORT = "人才支持", _("人才支持")
    LEADERS = "领军人才选拔", _("领军人才选拔")
    OTHER = "其他", _("其他")


class AwardKind(models.TextChoices):
    WORKER = "优秀社工", _("优秀社工")
    PROVIDER = "优秀社会工作服务机构", _("优秀社会工作服务机构")
    PROJECT = "优秀社会工作服务项目", _("优秀社会工作服务项目")
    CASE = "优秀社会工作案例", _("优秀社会工作案例")
    AREA = "社会工作服务示范地区", _("社会工作服务示范地区")
    VIDEO = "优秀社工服务短视频", _("优秀社工服务短视频")
    LEADER = "领军人才", _("领军人才")
    OTHER = "其他", _("其他")
