"""Community activities: plan, what came of the day, and how people heard of it (SVC-12, SVC-26; OBJ-08)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linzhan.casework.activities.enums import ActivityStage, Medium, PublicityMoment
from linzhan.casework.groups.models import GroupFile
from linzhan.casework.placed import StationRow
from linzhan.kernel.models import PlacedRow, marks, unique_in_county


class ActivityFile(StationRow):
    """活动档案: the plan of an activity. What happened is a service record of method 活动 with its detail."""

    levels = marks(
        L2="id region_code county_code station_id provider_id project_id code name stage item worker_id"
        " planned_on need_basis aim target_group place headcount_plan volunteers_plan budget safety_plan partners"
        " report"
    )

    code = models.CharField(_("活动编号"), max_length=64, db_collation="C")
    name = models.CharField(_("活动名称"), max_length=200)
    stage = models.CharField(
        _("阶段"), max_length=10, choices=ActivityStage.choices, blank=True, default=ActivityStage.PLANNED
    )
    item = models.CharField(_("服务事项"), max_length=10, blank=True, default="")
    project_id = models.UUIDField(_("项目"), null=True, blank=True)
    worker_id = models.UUIDField(_("负责社工"), null=True, blank=True)
    planned_on = models.DateField(_("计划日期"))
    need_basis = models.TextField(_("需求依据"), blank=True, default="")
    aim = models.TextField(_("活动目标"), blank=True, default="")
    target_group = models.CharField(_("面向人群"), max_length=200, blank=True, default="")
    place = models.CharField(_("地点"), max_length=200, blank=True, default="")
    headcount_plan = models.PositiveIntegerField(_("计划人数"), null=True, blank=True)
    volunteers_plan = models.PositiveIntegerField(_("计划志愿者"), null=True, blank=True)
    budget = models.DecimalField(_("预算"), max_digits=14, decimal_places=2, null=True, blank=True)
    safety_plan = models.TextField(_("安全预案"), blank=True, default="")
    partners = models.CharField(_("合作单位"), max_length=200, blank=True, default="")
    report = models.TextField(_("活动总结"), blank=True, default="")

    class Meta(PlacedRow.Meta):
        verbose_name = _("活动档案")
        constraints: ClassVar = [unique_in_county("an_activity_code_is_unique_in_its_county")]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "planned_on"], name="activities_of_a_place"),
            models.Index(fields=["station_id", "-planned_on"], name="activities_of_a_station"),
        ]

    def __str__(self) -> str:
        return self.name


class ActivityDetail(StationRow):
    """活动详情: what came of the day, beside its service record. Persons here, person-times in the record."""

    levels = marks(
        L2="id region_code county_code station_id provider_id record activity registered present elders minors"
        " disabled on_relief indirect incidents expense feedback_forms"
    )

    record = models.ForeignKey(
        "casework.ServiceRecord", on_delete=models.PROTECT, related_name="+", verbose_name=_("服务记录")
    )
    activity = models.ForeignKey(
        ActivityFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("活动档案"),
    )
    registered = models.PositiveIntegerField(_("报名人数"), null=True, blank=True)
    present = models.PositiveIntegerField(_("到场人数"), null=True, blank=True)
    elders = models.PositiveIntegerField(_("其中老年人"), null=True, blank=True)
    minors = models.PositiveIntegerField(_("其中未成年人"), null=True, blank=True)
    disabled = models.PositiveIntegerField(_("其中残疾人"), null=True, blank=True)
    on_relief = models.PositiveIntegerField(_("其中救助对象"), null=True, blank=True)
    indirect = models.PositiveIntegerField(_("间接受益人数"), null=True, blank=True)
    incidents = models.TextField(_("突发情况"), blank=True, default="")
    expense = models.DecimalField(_("支出"), max_digits=14, decimal_places=2, null=True, blank=True)
    feedback_forms = models.PositiveIntegerField(_("反馈表份数"), null=True, blank=True)

    class Meta(PlacedRow.Meta):
        verbose_name = _("活动详情")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record"], name="an_activity_record_has_one_detail")
        ]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "id"], name="activity_details_of_a_place"),
            models.Index(fields=["activity"], name="details_of_an_activity"),
        ]


class Publicity(StationRow):
    """宣传记录: where people could hear of a service, before, during or after it; reach as somebody states it."""

    levels = marks(
        L2="id region_code county_code station_id provider_id code activity group moment medium published_on title"
        " link reach"
    )

    code = models.CharField(_("宣传编号"), max_length=64, db_collation="C")
    activity = models.ForeignKey(
        ActivityFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("活动档案"),
    )
    group = models.ForeignKey(
        GroupFile,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("小组档案"),
    )
    moment = models.CharField(_("时机"), max_length=10, choices=PublicityMoment.choices)
    medium = models.CharField(_("媒介"), max_length=10, choices=Medium.choices)
    published_on = models.DateField(_("发布日期"))
    title = models.CharField(_("标题"), max_length=200)
    link = models.CharField(_("链接"), max_length=200, blank=True, default="")
    reach = models.PositiveIntegerField(_("触达人数"), null=True, blank=True)

    class Meta(PlacedRow.Meta):
        verbose_name = _("宣传记录")
        constraints: ClassVar = [unique_in_county("a_publicity_code_is_unique_in_its_county")]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "published_on"], name="publicity_of_a_place")
        ]

    def __str__(self) -> str:
        return self.title
