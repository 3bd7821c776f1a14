"""Stations of all tiers, and what was true of them when (STN-01, NFR-02)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import PlacedRow, county_of_region, marks, one_state_at_a_time, unique_in_county
from linzhan.network.enums import DemonstrationLevel, Operation, StationKind, StationStatus, Tier

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


class Checked(models.Model):
    """The build checklist of a station: seven items, of which a region's rulebook names its own (STN-02…06).

    None is "not stated", which is not met.
    """

    has_site = models.BooleanField(_("有场地"), null=True)
    has_staff = models.BooleanField(_("有人员"), null=True)
    has_equipment = models.BooleanField(_("有设施设备"), null=True)
    has_rules = models.BooleanField(_("有规章制度"), null=True)
    has_workflow = models.BooleanField(_("有工作流程"), null=True)
    has_functions = models.BooleanField(_("有服务功能"), null=True)
    has_activities = models.BooleanField(_("有活动"), null=True)

    class Meta:
        abstract = True


class Station(PlacedRow, Checked):
    """社工站: a guidance centre, general station, township station or village room; tier is an attribute."""

    place_station: ClassVar[str] = "id"
    levels = marks(
        L2="id region_code provider_id county_code code name tier kind status opened_on parent address longitude"
        " latitude area operation head demonstration_level has_site has_staff has_equipment has_rules"
        " has_workflow has_functions has_activities",
    )

    county_code = county_of_region()
    code = models.CharField(_("站点编号"), max_length=40, db_collation="C")
    name = models.CharField(_("站点名称"), max_length=100)
    tier = models.CharField(_("层级"), max_length=20, choices=Tier.choices)
    kind = models.CharField(_("站点类别"), max_length=10, choices=StationKind.choices, blank=True, default="")
    status = models.CharField(_("状态"), max_length=10, choices=StationStatus.choices)
    opened_on = models.DateField(_("启用日期"), null=True, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("上级站点")
    )
    address = models.CharField(_("地址"), max_length=200, blank=True, default="")
    longitude = models.DecimalField(_("经度"), max_digits=10, decimal_places=6, null=True, blank=True)
    latitude = models.DecimalField(_("纬度"), max_digits=10, decimal_places=6, null=True, blank=True)
    area = models.DecimalField(_("专用面积"), max_digits=10, decimal_places=2, null=True, blank=True)
    operation = models.CharField(
        _("运营方式"), max_length=10, choices=Operation.choices, blank=True, default=""
    )
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    head = models.CharField(_("站长"), max_length=40, blank=True, default="")
    demonstration_level = models.CharField(
        _("示范级别"), max_length=10, choices=DemonstrationLevel.choices, blank=True, default=""
    )

    class Meta(PlacedRow.Meta):
        verbose_name = _("社工站")
        constraints: ClassVar = [unique_in_county("a_station_code_is_unique_in_its_county")]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "id"], name="stations_of_a_place"),
            models.Index(
                fields=["provider_id"], name="stations_of_a_provider", condition=Q(provider_id__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class StationState(PlacedRow, Checked):
    """What held of a station from one day to the next change; figures of a past day read this."""

    place_station: ClassVar[str] = "subject_id"
    levels = marks(
        L2="id subject valid_from valid_to region_code provider_id name tier kind status operation demonstration_level"
        " has_site has_staff has_equipment has_rules has_workflow has_functions has_activities",
    )

    subject = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="+", verbose_name=_("社工站"))
    valid_from = models.DateField(_("起"), null=True)
    valid_to = models.DateField(_("止"), null=True)
    provider_id = models.UUIDField(_("承接机构"), null=True)
    name = models.CharField(_("站点名称"), max_length=100, blank=True, default="")
    tier = models.CharField(_("层级"), max_length=20)
    kind = models.CharField(_("站点类别"), max_length=10, blank=True, default="")
    status = models.CharField(_("状态"), max_length=10)
    operation = models.CharField(_("运营方式"), max_length=10, blank=True, default="")
    demonstration_level = models.CharField(_("示范级别"), max_length=10, blank=True, default="")

    class Meta(PlacedRow.Meta):
        verbose_name = _("社工站历史")
        indexes: ClassVar = [
            models.Index(fields=["region_code", "valid_from"], name="station_states_of_a_place")
        ]
        constraints: ClassVar = [one_state_at_a_time("a_station_has_one_state_at_a_time")]


def short_texts(label: StrPromise) -> ArrayField[list[str], list[str]]:
    """Several short texts: lists whose items the rulebook of a place names, not the code."""
    return ArrayField(models.CharField(max_length=100), verbose_name=label, default=list, blank=True)


class StationProfile(PlacedRow):
    """站点档案: premises, how the station came about, what it shares and how it shows itself.

    One row per station (STN-07…15, STN-24, STN-26, STN-27; NET-17, NET-18). It follows its station
    when that moves (``network.following``).
    """

    levels = marks(
        L2="id region_code provider_id station zones rooms host_facility merged_with route unified_items"
        " shared_resources liaison_office liaison_character special_field partner_department brand practice_place"
        " practice_partners standard_number",
    )

    station = models.OneToOneField(
        Station, on_delete=models.CASCADE, related_name="+", verbose_name=_("社工站")
    )
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    zones = short_texts(_("功能区块"))
    rooms = short_texts(_("功能室"))
    host_facility = models.CharField(_("依托场所"), max_length=200, blank=True, default="")
    merged_with = short_texts(_("整合职能"))
    route = models.CharField(_("建站路径"), max_length=200, blank=True, default="")
    unified_items = short_texts(_("已统一事项"))
    shared_resources = short_texts(_("共享资源"))
    liaison_office = models.CharField(_("联系处室"), max_length=200, blank=True, default="")
    liaison_character = models.CharField(_("特色定位"), max_length=200, blank=True, default="")
    special_field = models.CharField(_("特色领域"), max_length=200, blank=True, default="")
    partner_department = models.CharField(_("共建部门"), max_length=200, blank=True, default="")
    brand = models.CharField(_("服务品牌"), max_length=200, blank=True, default="")
    practice_place = models.BooleanField(_("实习实训基地"), null=True, blank=True)
    practice_partners = short_texts(_("实习合作单位"))
    standard_number = models.CharField(_("执行标准号"), max_length=100, blank=True, default="")

    class Meta(PlacedRow.Meta):
        verbose_name = _("站点档案")
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="station_profiles_of_a_place")]

    def __str__(self) -> str:
        return str(self.station_id)
