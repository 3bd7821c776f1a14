"""What a contract promises in detail, its milestones, and how far it has come as last counted (TGT-12, PUR-21)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import PlacedRow, county_of_region, marks, unique_in_county
from linzhan.procurement.models import ServiceProject


class Milestone(PlacedRow):
    """里程碑: what the plan of a project promises by a day, and when it was reached (PUR-21)."""

    levels = marks(
        L2="id region_code county_code provider_id code project name due_on deliverable done_on evidence"
        " deviation remedy"
    )

    county_code = county_of_region()
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    code = models.CharField(_("里程碑编号"), max_length=64, db_collation="C")
    project = models.ForeignKey(
        ServiceProject, on_delete=models.PROTECT, related_name="+", verbose_name=_("项目")
    )
    name = models.CharField(_("里程碑"), max_length=200)
    due_on = models.DateField(_("计划完成日期"))
    deliverable = models.TextField(_("交付成果"), blank=True, default="")
    done_on = models.DateField(_("实际完成日期"), null=True, blank=True)
    evidence = models.CharField(_("完成依据"), max_length=200, blank=True, default="")
    deviation = models.TextField(_("偏差原因"), blank=True, default="")
    remedy = models.TextField(_("补救措施"), blank=True, default="")

    class Meta(PlacedRow.Meta):
        verbose_name = _("里程碑")
        constraints: ClassVar = [unique_in_county("a_milestone_code_is_unique_in_its_county")]
        indexes: ClassVar = [
            models.Index(fields=["project", "due_on"], name="milestones_of_a_project"),
            models.Index(fields=["region_code", "due_on"], name="milestones_of_a_place"),
        ]

    def __str__(self) -> str:
        return self.name


class ContractTarget(PlacedRow):
    """补充指标: a target that the sheet 项目 has no column for; ``done`` is stated where nothing counts it."""

    levels = marks(
        L2="id region_code county_code provider_id code project metric quantity unit weight tolerance evidence"
        " done stated_on"
    )

    county_code = county_of_region()
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    code = models.CharField(_("指标编号"), max_length=64, db_collation="C")
    project = models.ForeignKey(
        ServiceProject, on_delete=models.PROTECT, related_name="+", verbose_name=_("项目")
    )
    metric = models.CharField(_("指标"), max_length=20)
    quantity = models.DecimalField(_("目标数量"), max_digits=14, decimal_places=2)
    unit = models.CharField(_("单位"), max_length=20, blank=True, default="")
    weight = models.PositiveIntegerField(_("权重"), null=True, blank=True)
    tolerance = models.DecimalField(_("允许偏差"), max_digits=5, decimal_places=2, null=True, blank=True)
    evidence = models.CharField(_("计数依据"), max_length=200, blank=True, default="")
    done = models.DecimalField(_("登记完成数"), max_digits=14, decimal_places=2, null=True, blank=True)
    stated_on = models.DateField(_("登记日期"), null=True, blank=True)

    class Meta(PlacedRow.Meta):
        verbose_name = _("补充指标")
        constraints: ClassVar = [
            unique_in_county("a_target_code_is_unique_in_its_county_of_project"),
            models.UniqueConstraint(fields=["project", "metric"], name="a_project_targets_a_metric_once"),
        ]

    def __str__(self) -> str:
        return self.metric


class ProjectProgress(PlacedRow):
    """进度: how far a running contract had come on a day, kept so that a list can be ordered by it.

    Never the truth: it is counted anew from targets and accepted records by the worker, and on the page.
    """

    history: ClassVar[bool] = False
    levels = marks(
        L2="id region_code county_code provider_id project counted_on starts_on ends_on elapsed progress lag"
        " forecast targets late_milestones"
    )

    county_code = county_of_region()
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    project = models.OneToOneField(
        ServiceProject, on_delete=models.CASCADE, related_name="+", verbose_name=_("项目")
    )
    counted_on = models.DateField(_("计数日期"))
    starts_on = models.DateField(_("合同开始"))
    ends_on = models.DateField(_("合同结束"))
    elapsed = models.DecimalField(_("时间进度"), max_digits=7, decimal_places=4)
    progress = models.DecimalField(_("完成率"), max_digits=7, decimal_places=4, null=True, blank=True)
    lag = models.DecimalField(_("进度系数"), max_digits=9, decimal_places=4, null=True, blank=True)
    forecast = models.DecimalField(_("预计期末完成率"), max_digits=9, decimal_places=4, null=True, blank=True)
    targets = models.PositiveSmallIntegerField(_("指标数"), default=0)
    late_milestones = models.PositiveSmallIntegerField(_("逾期里程碑"), default=0)

    class Meta(PlacedRow.Meta):
        verbose_name = _("项目进度")
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(fields=["lag", "id"], name="progress_by_lag"),
            models.Index(fields=["county_code", "lag"], name="progress_of_a_county_by_lag"),
            models.Index(fields=["provider_id", "lag"], name="progress_of_a_provider_by_lag"),
        ]
