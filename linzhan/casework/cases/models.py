"""A case from intake to closing, its goals and the notes of its sessions (SVC-10, SVC-14).

What there is once for a case stands in its file, each part filled before the stage that needs it; how it
changed is told by the history. What there is many times (goals, sessions) has rows of its own.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linzhan.casework.cases.enums import (
    Approach,
    CloseReason,
    Complexity,
    Model,
    RiskChange,
    SessionMode,
    Source,
    Stage,
)
from linzhan.casework.residents.enums import ConsentMethod, GivenBy
from linzhan.kernel.models import PlacedRow, county_of_region, marks, unique_in_county


def _told(name: object) -> models.TextField[str, str]:
    """What somebody wrote at length."""
    return models.TextField(name, blank=True, default="")  # type: ignore[arg-type]  # a lazy text


def _word(name: object, choices: type[models.TextChoices] | None = None) -> models.CharField[str, str]:
    listed = choices.choices if choices is not None else None
    return models.CharField(name, max_length=200, choices=listed, blank=True, default="")  # type: ignore[arg-type]  # as above


def _day(name: object) -> models.DateField:  # type: ignore[type-arg]  # generic only in the stubs
    return models.DateField(name, null=True, blank=True)  # type: ignore[arg-type]  # as above


class CaseFile(PlacedRow):
    """个案档案: one case of a resident or a family, led by one worker. Its place is the station's."""

    levels = marks(
        L2="id region_code county_code station_id provider_id code worker_id stage source opened_on complexity"
        " crisis consented_on consent_by consent_method model approaches frequency expected_end agreed_on"
        " plan_approved_on suspended_on resume_on satisfaction receiver referral_consented_on receipt_on"
        " few_sessions close_reason closed_on reopens",
        L3="resident",
        L4="problem child_view biological psychological social strengths risk_view baseline endline evaluation"
        " receipt report followup_plan",
    )

    county_code = county_of_region()
    station_id = models.UUIDField(_("站点"))
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    code = models.CharField(_("个案编号"), max_length=64, db_collation="C")
    resident = models.ForeignKey(
        "casework.Resident", on_delete=models.PROTECT, related_name="+", verbose_name=_("服务对象")
    )
    worker_id = models.UUIDField(_("主责社工"))
    stage = models.CharField(_("阶段"), max_length=10, choices=Stage.choices, default=Stage.DRAFT)
    source = _word(_("个案来源"), Source)
    opened_on = _day(_("接案日期"))
    problem = _told(_("主要问题"))
    complexity = _word(_("复杂程度"), Complexity)
    crisis = models.PositiveSmallIntegerField(_("危机等级"), null=True, blank=True)
    consented_on = _day(_("同意日期"))
    consent_by = _word(_("同意人"), GivenBy)
    consent_method = _word(_("同意方式"), ConsentMethod)
    child_view = _told(_("本人意愿"))
    biological = _told(_("身体与健康"))
    psychological = _told(_("心理与情绪"))
    social = _told(_("家庭与社会关系"))
    strengths = _told(_("优势与资源"))
    risk_view = _told(_("风险评估"))
    baseline = _told(_("基线测量"))
    model = _word(_("介入模式"), Model)
    approaches = ArrayField(
        models.CharField(max_length=20, choices=Approach.choices), verbose_name=_("服务方法"), default=list
    )
    frequency = _word(_("服务频率"))
    expected_end = _day(_("预计结案日期"))
    agreed_on = _day(_("对象同意计划日期"))
    plan_approved_on = _day(_("计划核准日期"))
    suspended_on = _day(_("暂停日期"))
    resume_on = _day(_("预计恢复日期"))
    endline = _told(_("结果测量"))
    evaluation = _told(_("评估意见"))
    satisfaction = models.PositiveSmallIntegerField(_("对象满意度"), null=True, blank=True)
    receiver = _word(_("转介接收方"))
    referral_consented_on = _day(_("转介同意日期"))
    receipt_on = _day(_("回执日期"))
    receipt = _told(_("回执内容"))
    report = _told(_("结案报告"))
    followup_plan = _told(_("随访安排"))
    few_sessions = _word(_("节次不足原因"))
    close_reason = _word(_("结案原因"), CloseReason)
    closed_on = _day(_("结案日期"))
    reopens = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("原个案")
    )

    class Meta(PlacedRow.Meta):
        verbose_name = _("个案档案")
        constraints: ClassVar = [
            unique_in_county("a_case_code_is_unique_in_its_county"),
            models.CheckConstraint(
                condition=Q(crisis__isnull=True) | Q(crisis__range=(1, 4)), name="a_crisis_has_four_levels"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "id"], name="cases_of_a_place"),
            models.Index(fields=["county_code", "id"], name="cases_of_a_county"),
            models.Index(fields=["station_id", "stage"], name="cases_of_a_station"),
            models.Index(fields=["worker_id", "stage"], name="cases_of_a_worker"),
        ]

    def __str__(self) -> str:
        return self.code


class CaseMember(PlacedRow):
    """Somebody of the family that a case is about, besides the resident it is kept for."""

    levels = marks(L2="id region_code station_id provider_id case", L3="resident")

    case = models.ForeignKey(CaseFile, on_delete=models.CASCADE, related_name="+", verbose_name=_("个案档案"))
    resident = models.ForeignKey(
        "casework.Resident", on_delete=models.PROTECT, related_name="+", verbose_name=_("服务对象")
    )
    station_id = models.UUIDField(_("站点"))
    provider_id = models.UUIDField(_("承接机构"), null=True)

    class Meta(PlacedRow.Meta):
        verbose_name = _("同案家人")


class CaseGoal(PlacedRow):
    """个案目标: what is to be reached, how one will see it, by when, and how far it went (goal attainment scaling)."""

    levels = marks(
        L2="id region_code county_code station_id provider_id code case weight due_on baseline level",
        L4="goal indicator",
    )

    county_code = county_of_region()
    station_id = models.UUIDField(_("站点"), null=True)
    provider_id = models.UUIDField(_("承接机构"), null=True)
    code = models.CharField(_("目标编号"), max_length=64, db_collation="C")
    case = models.ForeignKey(CaseFile, on_delete=models.CASCADE, related_name="+", verbose_name=_("个案档案"))
    goal = models.TextField(_("目标"))
    indicator = _told(_("衡量指标"))
    due_on = _day(_("完成日期"))
    weight = models.PositiveSmallIntegerField(_("权重"), null=True, blank=True)
    baseline = models.SmallIntegerField(_("开始时程度"), null=True, blank=True)
    level = models.SmallIntegerField(_("达成程度"), null=True, blank=True)

    class Meta(PlacedRow.Meta):
        verbose_name = _("个案目标")
        constraints: ClassVar = [
            unique_in_county("a_goal_code_is_unique_in_its_county"),
            models.CheckConstraint(
                condition=(Q(level__isnull=True) | Q(level__range=(-2, 2)))
                & (Q(baseline__isnull=True) | Q(baseline__range=(-2, 2))),
                name="a_goal_is_scored_in_five_steps",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class SessionNote(PlacedRow):
    """过程记录: the professional note of a session, beside its service record; of a case or a group."""

    levels = marks(
        L2="id region_code station_id provider_id record case group_id number mode risk_change",
        L4="aims process response reflection next_step",
    )

    station_id = models.UUIDField(_("站点"), null=True)
    provider_id = models.UUIDField(_("承接机构"), null=True)
    record = models.OneToOneField(
        "casework.ServiceRecord", on_delete=models.PROTECT, related_name="+", verbose_name=_("服务记录")
    )
    case = models.ForeignKey(
        CaseFile, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("个案档案")
    )
    group_id = models.UUIDField(_("小组档案"), null=True, blank=True)
    number = models.PositiveSmallIntegerField(_("节次"), null=True, blank=True)
    mode = _word(_("面谈方式"), SessionMode)
    aims = _told(_("本次目标"))
    process = _told(_("过程摘要"))
    response = _told(_("对象反应"))
    reflection = _told(_("社工反思"))
    next_step = _told(_("下一步"))
    risk_change = _word(_("风险变化"), RiskChange)

    class Meta(PlacedRow.Meta):
        verbose_name = _("过程记录")
        indexes: ClassVar = [
            models.Index(fields=["case", "number"], name="sessions_of_a_case"),
            models.Index(fields=["group_id", "number"], name="sessions_of_a_group"),
        ]

    def __str__(self) -> str:
        return str(self.number or "")
