"""Posts of social work and who holds them; appraisal, review and conduct (PPL-04, 09…15, 17, 20, 22, 23; EVL-22)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import marks
from linzhan.workforce.models.kept import BASE, PERSONAL, KeptRow, PersonRow
from linzhan.workforce.posts.enums import (
    AppointmentStage,
    AppraisalResult,
    AppraisalStage,
    ConductStage,
    HospitalGrade,
    KeyField,
    Origin,
    ReviewResult,
    UnitKind,
    Way,
)
from linzhan.workforce.posts.rights import HANDLE_CONDUCT


class PostUnit(KeptRow):
    """设岗单位: an employer of social workers outside the stations; homes by beds, hospitals by grade (PPL-14, PPL-15)."""

    levels = marks(L2=BASE + "name kind beds needed grade mainly has_section workers")

    name = models.CharField(_("单位名称"), max_length=200)
    kind = models.CharField(_("单位类型"), max_length=12, choices=UnitKind.choices)
    beds = models.PositiveIntegerField(_("床位数"), null=True, blank=True)
    needed = models.PositiveIntegerField(_("应配社工"), null=True, blank=True)
    workers = models.PositiveIntegerField(_("现有社工"), null=True, blank=True)
    grade = models.CharField(
        _("医院等级"), max_length=6, choices=HospitalGrade.choices, blank=True, default=""
    )
    mainly = models.BooleanField(_("以社会工作服务为主"), null=True, blank=True)
    has_section = models.BooleanField(_("设有社工部门"), null=True, blank=True)

    class Meta(KeptRow.Meta):
        verbose_name = _("设岗单位")

    def __str__(self) -> str:
        return self.name


class WorkPost(KeptRow):
    """社工岗位: professional posts by field and employer (PPL-12, PPL-13)."""

    levels = marks(L2=BASE + "unit employer field full_time number filled opened_on closed_on")

    unit = models.ForeignKey(
        PostUnit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("设岗单位"),
    )
    employer = models.CharField(_("用人单位"), max_length=200, blank=True, default="")
    field = models.CharField(_("领域"), max_length=10, choices=KeyField.choices)
    full_time = models.BooleanField(_("专职"), null=True, blank=True)
    number = models.PositiveIntegerField(_("岗位数"))
    filled = models.PositiveIntegerField(_("在岗人数"), null=True, blank=True)
    opened_on = models.DateField(_("设立日期"))
    closed_on = models.DateField(_("撤销日期"), null=True, blank=True)

    class Meta(KeptRow.Meta):
        verbose_name = _("社工岗位")


class JobDescription(KeptRow):
    """岗位说明书: a post's tasks out of the list of occupational tasks (PPL-20)."""

    levels = marks(L2=BASE + "name tasks duties qualification")

    name = models.CharField(_("岗位名称"), max_length=200)
    tasks = ArrayField(models.CharField(max_length=10), verbose_name=_("职业任务"), default=list, blank=True)
    duties = models.TextField(_("岗位职责"), blank=True, default="")
    qualification = models.TextField(_("任职条件"), blank=True, default="")

    class Meta(KeptRow.Meta):
        verbose_name = _("岗位说明书")

    def __str__(self) -> str:
        return self.name


class PostAppointment(PersonRow):
    """专业岗位聘任: a worker on a post of a professional-technical grade (PPL-10, PPL-11)."""

    levels = marks(L2=PERSONAL + "employer level appointed_on ended_on stage")

    employer = models.CharField(_("聘用单位"), max_length=200)
    level = models.PositiveSmallIntegerField(_("专业技术岗位等级"))
    appointed_on = models.DateField(_("聘任日期"))
    ended_on = models.DateField(_("解聘日期"), null=True, blank=True)
    stage = models.CharField(
        _("状态"), max_length=10, choices=AppointmentStage.choices, default=AppointmentStage.PLANNED
    )

    class Meta(PersonRow.Meta):
        verbose_name = _("专业岗位聘任")


class SeniorReview(PersonRow):
    """高级评审: the senior certificate in its two steps, the examination and then the review (PPL-04)."""

    levels = marks(L2=PERSONAL + "exam_passed_on exam_valid_until applied_on reviewed_on result")

    exam_passed_on = models.DateField(_("考试通过日期"))
    exam_valid_until = models.DateField(_("考试成绩有效期至"), null=True, blank=True)
    applied_on = models.DateField(_("申报日期"), null=True, blank=True)
    reviewed_on = models.DateField(_("评审日期"), null=True, blank=True)
    result = models.CharField(
        _("评审结果"), max_length=6, choices=ReviewResult.choices, default=ReviewResult.WAITING
    )

    class Meta(PersonRow.Meta):
        verbose_name = _("高级评审")


class PersonOrigin(PersonRow):
    """人员来源: local, local trainee, from Taiwan, expert from elsewhere (PPL-09, STN-18)."""

    levels = marks(L2=PERSONAL + "origin starts_on ends_on content")

    origin = models.CharField(_("来源"), max_length=10, choices=Origin.choices)
    starts_on = models.DateField(_("认定日期"))
    ends_on = models.DateField(_("结束日期"), null=True, blank=True)
    content = models.TextField(_("说明"), blank=True, default="")

    class Meta(PersonRow.Meta):
        verbose_name = _("人员来源")


class Recruitment(PersonRow):
    """进入方式: how somebody came into a community post, and the seats they hold (PPL-22)."""

    levels = marks(L2=PERSONAL + "way seats place starts_on ends_on")

    way = models.CharField(_("进入方式"), max_length=10, choices=Way.choices)
    seats = ArrayField(models.CharField(max_length=10), verbose_name=_("任职"), default=list, blank=True)
    place = models.CharField(_("村(社区)或单位"), max_length=200, blank=True, default="")
    starts_on = models.DateField(_("起始日期"))
    ends_on = models.DateField(_("结束日期"), null=True, blank=True)

    class Meta(PersonRow.Meta):
        verbose_name = _("进入方式")


class Appraisal(PersonRow):
    """定期考核: six contents in words, told to the person, answered, confirmed by another (PPL-17, EVL-22). No score."""

    levels = marks(
        L2=PERSONAL + "year held_on stage",
        L3="conduct quality skill ability performance feedback result answer",
    )

    year = models.PositiveSmallIntegerField(_("年度"))
    held_on = models.DateField(_("考核日期"))
    conduct = models.TextField(_("职业操守"), blank=True, default="")
    quality = models.TextField(_("职业素质"), blank=True, default="")
    skill = models.TextField(_("专业技术"), blank=True, default="")
    ability = models.TextField(_("工作能力"), blank=True, default="")
    performance = models.TextField(_("工作绩效"), blank=True, default="")
    feedback = models.TextField(_("服务对象反馈意见"), blank=True, default="")
    result = models.CharField(
        _("考核结果"), max_length=6, choices=AppraisalResult.choices, blank=True, default=""
    )
    answer = models.TextField(_("本人意见"), blank=True, default="")
    stage = models.CharField(
        _("状态"), max_length=10, choices=AppraisalStage.choices, default=AppraisalStage.DRAFT
    )

    class Meta(PersonRow.Meta):
        verbose_name = _("定期考核")


class ConductCode(KeptRow):
    """职业守则: a code of ethics or of professional conduct (PPL-23)."""

    levels = marks(L2=BASE + "title issued_by issued_on content")

    title = models.CharField(_("名称"), max_length=200)
    issued_by = models.CharField(_("发布单位"), max_length=200, blank=True, default="")
    issued_on = models.DateField(_("发布日期"), null=True, blank=True)
    content = models.TextField(_("内容"), blank=True, default="")

    class Meta(KeptRow.Meta):
        verbose_name = _("职业守则")

    def __str__(self) -> str:
        return self.title


class ConductCase(PersonRow):
    """违纪处置: a complaint about somebody's conduct, examined and answered (PPL-23)."""

    circle: ClassVar[str] = HANDLE_CONDUCT
    history: ClassVar[bool] = False  # an area's officials read the history of other tables
    levels = marks(L2=PERSONAL + "received_on stage closed_on", L4="matter findings answer handling")

    received_on = models.DateField(_("受理日期"))
    matter = models.TextField(_("反映的问题"))
    findings = models.TextField(_("核查情况"), blank=True, default="")
    answer = models.TextField(_("本人说明"), blank=True, default="")
    handling = models.TextField(_("处置意见"), blank=True, default="")
    closed_on = models.DateField(_("办结日期"), null=True, blank=True)
    stage = models.CharField(
        _("状态"), max_length=10, choices=ConductStage.choices, default=ConductStage.RECEIVED
    )

    class Meta(PersonRow.Meta):
        verbose_name = _("违纪处置")
