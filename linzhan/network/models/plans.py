"""What regions plan and agree: pilots, grids and their partners, support between regions, targets."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import (
    PlacedRow,
    RegionCodeField,
    county_of_region,
    ends_after_it_starts,
    marks,
    unique_in_county,
)
from linzhan.kernel.scope import Scope
from linzhan.kernel.wall import LINE
from linzhan.network.enums import Comparison, PilotStage, SponsorLevel, TieKind
from linzhan.network.models.stations import Station, short_texts


class Pilot(PlacedRow):
    """试点: a region or a station that tries something out for its sponsor (NET-16).

    The institution that runs the station reads it.
    """

    levels = marks(
        L2="id region_code county_code code name sponsor_level station stage starts_on ends_on plan document",
    )

    county_code = county_of_region()
    code = models.CharField(_("试点编号"), max_length=64, db_collation="C")
    name = models.CharField(_("试点名称"), max_length=200)
    sponsor_level = models.CharField(_("试点级别"), max_length=10, choices=SponsorLevel.choices)
    station = models.ForeignKey(
        Station, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("社工站")
    )
    stage = models.CharField(_("阶段"), max_length=10, choices=PilotStage.choices, blank=True, default="")
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"), null=True, blank=True)
    plan = models.TextField(_("试点方案"), blank=True, default="")
    document = models.CharField(_("依据文件"), max_length=200, blank=True, default="")

    class Meta(PlacedRow.Meta):
        verbose_name = _("试点")
        constraints: ClassVar = [
            unique_in_county("a_pilot_code_is_unique_in_its_county"),
            ends_after_it_starts("a_pilot_ends_after_it_starts"),
        ]
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="pilots_of_a_place")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def visible_besides(cls, value: Scope) -> Q:
        stations = models.QuerySet[Station](Station)
        return Q(station__in=stations.filter(provider_id__in=value.providers).values("pk"))

    @classmethod
    def policy_besides(cls) -> str:
        own = LINE.format(column="s.provider_id", line="providers")
        return f"EXISTS (SELECT FROM network_station s WHERE s.id = network_pilot.station_id AND {own})"


class Grid(PlacedRow):
    """网格: a unit below the village, and the organisations that are paired with it (NET-15)."""

    levels = marks(
        L2="id region_code county_code code name households set_up_on abolished_on partners paired_on unpaired_on",
    )

    county_code = county_of_region()
    code = models.CharField(_("网格编号"), max_length=64, db_collation="C")
    name = models.CharField(_("网格名称"), max_length=200)
    households = models.PositiveIntegerField(_("户数"), null=True, blank=True)
    set_up_on = models.DateField(_("设立日期"), null=True, blank=True)
    abolished_on = models.DateField(_("撤销日期"), null=True, blank=True)
    partners = short_texts(_("结对组织"))
    paired_on = models.DateField(_("结对日期"), null=True, blank=True)
    unpaired_on = models.DateField(_("结对终止日期"), null=True, blank=True)

    class Meta(PlacedRow.Meta):
        verbose_name = _("网格")
        constraints: ClassVar = [unique_in_county("a_grid_code_is_unique_in_its_county")]
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="grids_of_a_place")]

    def __str__(self) -> str:
        return self.name


class SupportTie(PlacedRow):
    """对口支援: another region supports this one, by assignment or by an agreement with a term (NET-19)."""

    levels = marks(
        L2="id region_code county_code code name kind partner_region_code partner starts_on ends_on content document",
    )

    county_code = county_of_region()
    code = models.CharField(_("协作编号"), max_length=64, db_collation="C")
    name = models.CharField(_("协作名称"), max_length=200)
    kind = models.CharField(_("协作方式"), max_length=10, choices=TieKind.choices)
    partner_region_code = RegionCodeField(_("支援方行政区划"), blank=True, default="")
    partner = models.CharField(_("支援方"), max_length=200, blank=True, default="")
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"), null=True, blank=True)
    content = models.TextField(_("内容"), blank=True, default="")
    document = models.CharField(_("依据文件"), max_length=200, blank=True, default="")

    class Meta(PlacedRow.Meta):
        verbose_name = _("对口支援")
        constraints: ClassVar = [
            unique_in_county("a_support_code_is_unique_in_its_county"),
            ends_after_it_starts("a_support_ends_after_it_starts"),
        ]
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="support_ties_of_a_place")]

    def __str__(self) -> str:
        return self.name


class RegionalTarget(PlacedRow):
    """建设目标: what a region wants to have reached by when, on whose word (TGT-01…11, TGT-13…15).

    ``figure`` is a key of the catalogue; without one the actual number is one that somebody states.
    """

    levels = marks(
        L1="id region_code county_code code name figure comparison wanted unit starts_on due_on stage baseline"
        " document clause",
    )

    county_code = county_of_region()
    code = models.CharField(_("目标编号"), max_length=64, db_collation="C")
    name = models.CharField(_("指标"), max_length=200)
    figure = models.CharField(_("对应数据指标"), max_length=100, blank=True, default="", db_collation="C")
    comparison = models.CharField(
        _("比较"), max_length=10, choices=Comparison.choices, blank=True, default=Comparison.AT_LEAST.value
    )
    wanted = models.DecimalField(_("目标值"), max_digits=16, decimal_places=2)
    unit = models.CharField(_("单位"), max_length=20, blank=True, default="")
    starts_on = models.DateField(_("起算日期"), null=True, blank=True)
    due_on = models.DateField(_("期限"), null=True, blank=True)
    stage = models.CharField(_("阶段"), max_length=40, blank=True, default="")
    baseline = models.DecimalField(_("基期值"), max_digits=16, decimal_places=2, null=True, blank=True)
    document = models.CharField(_("依据文件"), max_length=200)
    clause = models.CharField(_("条款"), max_length=200, blank=True, default="")

    class Meta(PlacedRow.Meta):
        verbose_name = _("建设目标")
        constraints: ClassVar = [
            unique_in_county("a_target_code_is_unique_in_its_county"),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(due_on__isnull=True) | Q(due_on__gte=F("starts_on")),
                name="a_target_is_due_after_it_starts",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["region_code", "due_on"], name="targets_of_a_place")]

    def __str__(self) -> str:
        return self.name
