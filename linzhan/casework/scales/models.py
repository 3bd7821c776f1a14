"""Results of scales, with the raw answers they were computed from, and definitions that were brought from files."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linzhan.casework.scales.rights import VIEW_RESULTS
from linzhan.kernel.models import PlacedRow, Row, county_of_region, marks, unique_in_county


class ScaleResult(PlacedRow):
    """测评结果: one filling of one version of a scale. A screening, never a diagnosis.

    Seen by the station that gave it and its supervisor (``circle``). Never changed: a wrong one is
    voided with a reason (:class:`VoidedResult`) and stays to be read.
    """

    circle: ClassVar[str] = VIEW_RESULTS
    append_only: ClassVar[bool] = True
    repointed: ClassVar[tuple[str, ...]] = ("resident_id",)
    history: ClassVar[bool] = False
    levels = marks(
        L2="id region_code county_code station_id code taken_on recorded_by recorded_label recorded_at",
        L4="resident_id case_code scale version answers score band note",
    )

    county_code = county_of_region()
    station_id = models.UUIDField(_("站点"))
    code = models.CharField(_("测评编号"), max_length=64, db_collation="C")
    resident_id = models.UUIDField(_("服务对象"))
    case_code = models.CharField(_("个案编号"), max_length=64, blank=True, default="", db_collation="C")
    scale = models.CharField(_("量表"), max_length=32)
    version = models.CharField(_("版本"), max_length=16)
    taken_on = models.DateField(_("测评日期"))
    answers = models.TextField(_("作答"))
    score = models.DecimalField(_("得分"), max_digits=7, decimal_places=2)
    band = models.CharField(_("分档"), max_length=100)
    note = models.TextField(_("说明"), blank=True, default="")
    recorded_by = models.UUIDField(_("填写账号"), null=True, editable=False)
    recorded_label = models.TextField(_("填写人"), default="", editable=False)
    recorded_at = models.DateTimeField(_("平台收到时间"), null=True, editable=False)

    class Meta(PlacedRow.Meta):
        verbose_name = _("测评结果")
        constraints: ClassVar = [unique_in_county("a_result_code_is_unique_in_its_county")]
        indexes: ClassVar = [
            models.Index(fields=["station_id", "-taken_on"], name="results_of_a_station"),
            models.Index(fields=["resident_id", "scale", "taken_on"], name="results_of_a_resident"),
        ]

    def __str__(self) -> str:
        return self.code


class VoidedResult(PlacedRow):
    """作废: that a result does not count, why, and by whom."""

    circle: ClassVar[str] = VIEW_RESULTS
    append_only: ClassVar[bool] = True
    history: ClassVar[bool] = False
    levels = marks(L2="id region_code station_id result at by_id by_label", L4="reason")

    station_id = models.UUIDField(_("站点"))
    result = models.OneToOneField(
        ScaleResult, on_delete=models.PROTECT, related_name="+", verbose_name=_("测评结果")
    )
    reason = models.CharField(_("作废原因"), max_length=200)
    at = models.DateTimeField(_("时间"), auto_now_add=True)
    by_id = models.UUIDField(_("作废账号"), null=True)
    by_label = models.TextField(_("作废人"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("作废的测评")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_result_is_voided_for_a_reason")
        ]


class ScaleDefinition(Row):
    """量表定义: a version of a scale that an administrator brought from a file. Written once, for all places."""

    append_only: ClassVar[bool] = True
    levels = marks(L2="id code version text added_at added_by")

    code = models.CharField(_("量表代码"), max_length=32, db_collation="C")
    version = models.CharField(_("版本"), max_length=16, db_collation="C")
    text = models.TextField(_("定义"))
    added_at = models.DateTimeField(_("导入时间"), auto_now_add=True)
    added_by = models.TextField(_("导入人"))

    class Meta:
        verbose_name = _("量表定义")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "version"], name="a_version_of_a_scale_is_defined_once"),
            models.CheckConstraint(condition=~Q(text=""), name="a_definition_is_not_empty"),
        ]
