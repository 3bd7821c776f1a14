"""How people are trained, examined, won and honoured (TRN-03…11, CPE-04, TAL-01…08, SYS-08)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import ends_after_it_starts, marks
from linzhan.providers.api import Provider
from linzhan.workforce.enums import SponsorLevel
from linzhan.workforce.models.kept import BASE, PERSONAL, KeptRow, PersonRow
from linzhan.workforce.models.workers import SocialWorker
from linzhan.workforce.talent.enums import (
    AwardKind,
    BaseKind,
    Direction,
    ExamGrade,
    IncentiveKind,
    Layer,
    ProgrammeKind,
)


class TrainingPlan(KeptRow):
    """培训计划: what a place means to teach whom in a year, layer by layer (CPE-04, TRN-04)."""

    levels = marks(L2=BASE + "name year layer audience people hours content")

    name = models.CharField(_("计划名称"), max_length=200)
    year = models.PositiveSmallIntegerField(_("年度"))
    layer = models.CharField(_("阶段"), max_length=10, choices=Layer.choices)
    audience = ArrayField(models.CharField(max_length=20), verbose_name=_("对象"), default=list, blank=True)
    people = models.PositiveIntegerField(_("计划人数"), null=True, blank=True)
    hours = models.PositiveIntegerField(_("计划学时"), null=True, blank=True)
    content = models.TextField(_("内容"), blank=True, default="")

    class Meta(KeptRow.Meta):
        verbose_name = _("培训计划")

    def __str__(self) -> str:
        return self.name


class ExamEntry(PersonRow):
    """考试报名: a worker's enrolment for an examination and whether it was passed (TRN-03)."""

    levels = marks(L2=PERSONAL + "year grade enrolled_on prepared passed passed_on")

    year = models.PositiveSmallIntegerField(_("考试年度"))
    grade = models.CharField(_("报考等级"), max_length=10, choices=ExamGrade.choices)
    enrolled_on = models.DateField(_("报名日期"))
    prepared = models.BooleanField(_("参加考前培训"), null=True, blank=True)
    passed = models.BooleanField(_("通过"), null=True, blank=True)
    passed_on = models.DateField(_("通过日期"), null=True, blank=True)

    class Meta(PersonRow.Meta):
        verbose_name = _("考试报名")
        constraints: ClassVar = [
            *PersonRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["worker", "year", "grade"], name="a_worker_enrols_once_a_year_for_a_grade"
            ),
        ]


class Teacher(KeptRow):
    """师资: an expert or teacher who can be asked (TRN-08)."""

    levels = marks(L2=BASE + "employer title fields joined_on left_on", L3="name phone")

    name = models.CharField(_("姓名"), max_length=200)
    employer = models.CharField(_("工作单位"), max_length=200, blank=True, default="")
    title = models.CharField(_("职称职务"), max_length=100, blank=True, default="")
    fields = ArrayField(models.CharField(max_length=100), verbose_name=_("专长"), default=list, blank=True)
    phone = models.CharField(_("联系电话"), max_length=64, blank=True, default="")
    joined_on = models.DateField(_("入库日期"))
    left_on = models.DateField(_("出库日期"), null=True, blank=True)

    class Meta(KeptRow.Meta):
        verbose_name = _("师资")


class TrainingBase(KeptRow):
    """培训基地: a base or college for training and practice (TRN-09)."""

    levels = marks(L2=BASE + "name kind host opened_on closed_on capacity")

    name = models.CharField(_("基地名称"), max_length=200)
    kind = models.CharField(_("类型"), max_length=10, choices=BaseKind.choices)
    host = models.CharField(_("依托单位"), max_length=200, blank=True, default="")
    capacity = models.PositiveIntegerField(_("可同时培训"), null=True, blank=True)
    opened_on = models.DateField(_("设立日期"))
    closed_on = models.DateField(_("撤销日期"), null=True, blank=True)

    class Meta(KeptRow.Meta):
        verbose_name = _("培训基地")

    def __str__(self) -> str:
        return self.name


class Exchange(KeptRow):
    """交流: visits and teaching, in and out (TRN-11)."""

    levels = marks(L2=BASE + "held_on direction partner people content")

    held_on = models.DateField(_("日期"))
    direction = models.CharField(_("方式"), max_length=10, choices=Direction.choices)
    partner = models.CharField(_("对方"), max_length=200)
    people = models.PositiveIntegerField(_("人数"), null=True, blank=True)
    content = models.TextField(_("内容"), blank=True, default="")

    class Meta(KeptRow.Meta):
        verbose_name = _("交流")


class CoursePlaces(KeptRow):
    """课程名额: places of an outside examination course, with their value (TRN-02, SYS-08)."""

    levels = marks(L2=BASE + "year platform places used worth content")

    year = models.PositiveSmallIntegerField(_("年度"))
    platform = models.CharField(_("提供方"), max_length=200)
    places = models.PositiveIntegerField(_("名额"))
    used = models.PositiveIntegerField(_("已用名额"), null=True, blank=True)
    worth = models.DecimalField(_("折合金额"), max_digits=16, decimal_places=2, null=True, blank=True)
    content = models.TextField(_("说明"), blank=True, default="")

    class Meta(KeptRow.Meta):
        verbose_name = _("课程名额")


class University(KeptRow):
    """高校培养: a university with social work, and what it gives a year (TAL-07)."""

    levels = marks(L2=BASE + "name year graduates practice_bases founded content")

    name = models.CharField(_("学校名称"), max_length=200)
    year = models.PositiveSmallIntegerField(_("年度"))
    graduates = models.PositiveIntegerField(_("年培养人数"), null=True, blank=True)
    practice_bases = models.PositiveIntegerField(_("实习基地"), null=True, blank=True)
    founded = models.PositiveIntegerField(_("师生创办机构"), null=True, blank=True)
    content = models.TextField(_("说明"), blank=True, default="")

    class Meta(KeptRow.Meta):
        verbose_name = _("高校培养")

    def __str__(self) -> str:
        return self.name


class IncentiveItem(KeptRow):
    """激励政策: an item of policy for people: settling, pay, career, honour, equal treatment (TAL-08)."""

    levels = marks(L2=BASE + "kind title content document starts_on ends_on")

    kind = models.CharField(_("类别"), max_length=10, choices=IncentiveKind.choices)
    title = models.CharField(_("事项"), max_length=200)
    content = models.TextField(_("内容"), blank=True, default="")
    document = models.CharField(_("依据文件和条款"), max_length=300, blank=True, default="")
    starts_on = models.DateField(_("施行日期"))
    ends_on = models.DateField(_("停止日期"), null=True, blank=True)

    class Meta(KeptRow.Meta):
        verbose_name = _("激励政策")

    def __str__(self) -> str:
        return self.title


class TalentProgramme(KeptRow):
    """人才计划: a programme or scheme of a year (TAL-01…03)."""

    levels = marks(L2=BASE + "name kind year organiser people content")

    name = models.CharField(_("计划名称"), max_length=200)
    kind = models.CharField(_("类型"), max_length=10, choices=ProgrammeKind.choices)
    year = models.PositiveSmallIntegerField(_("年度"))
    organiser = models.CharField(_("组织单位"), max_length=200, blank=True, default="")
    people = models.PositiveIntegerField(_("人数"), null=True, blank=True)
    content = models.TextField(_("说明"), blank=True, default="")

    class Meta(KeptRow.Meta):
        verbose_name = _("人才计划")

    def __str__(self) -> str:
        return self.name


class TalentParticipant(KeptRow):
    """计划人员: who took part in a programme; a worker of the register or somebody else by name."""

    levels = marks(L2=BASE + "programme worker employer education joined_on left_on", L3="name")

    programme = models.ForeignKey(
        TalentProgramme, on_delete=models.CASCADE, related_name="+", verbose_name=_("人才计划")
    )
    worker = models.ForeignKey(
        SocialWorker,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("社工"),
    )
    name = models.CharField(_("姓名"), max_length=200, blank=True, default="")
    employer = models.CharField(_("工作单位"), max_length=200, blank=True, default="")
    education = models.CharField(_("学历"), max_length=200, blank=True, default="")
    joined_on = models.DateField(_("入选日期"))
    left_on = models.DateField(_("结束日期"), null=True, blank=True)

    class Meta(KeptRow.Meta):
        verbose_name = _("计划人员")
        constraints: ClassVar = [
            *KeptRow.Meta.constraints,
            ends_after_it_starts("a_participation_ends_after_it_starts", starts="joined_on", ends="left_on"),
        ]


class Award(KeptRow):
    """评优表彰: who or what was honoured, by whom, when (TAL-04…06)."""

    place_person: ClassVar[str] = "worker_id"
    levels = marks(L2=BASE + "kind title level awarded_on awarder provider worker work recommended")

    kind = models.CharField(_("类别"), max_length=12, choices=AwardKind.choices)
    title = models.CharField(_("名称"), max_length=200)
    level = models.CharField(_("级别"), max_length=10, choices=SponsorLevel.choices, blank=True, default="")
    awarded_on = models.DateField(_("表彰日期"))
    awarder = models.CharField(_("评选单位"), max_length=200, blank=True, default="")
    provider = models.ForeignKey(
        Provider,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("承接机构"),
    )
    worker = models.ForeignKey(
        SocialWorker,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("社工"),
    )
    work = models.CharField(_("作品或对象"), max_length=300, blank=True, default="")
    recommended = models.BooleanField(_("仅推荐"), null=True, blank=True)

    class Meta(KeptRow.Meta):
        verbose_name = _("评优表彰")

    def __str__(self) -> str:
        return self.title
