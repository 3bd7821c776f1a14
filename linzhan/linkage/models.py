"""Needs, resources, volunteers and their hours (LST, VOL; MCA order 67)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast, Left, RPad
from django.utils.translation import gettext_lazy as _

from linzhan.kernel import places
from linzhan.kernel.models import (
    PlacedRow,
    RegionCodeField,
    county_of_region,
    ends_after_it_starts,
    marks,
    one_state_at_a_time,
    unique_in_county,
)
from linzhan.kernel.scope import Scope
from linzhan.kernel.wall import LINE
from linzhan.linkage.enums import NeedKind, NeedSource, NeedStatus, ResourceKind
from linzhan.network.api import Station

DIGITS = places.PREFIX_LENGTHS[1:]


class Volunteer(PlacedRow):
    """志愿者: fields of MCA order 67. Their place is the station's they belong to, else where they live."""

    place_person: ClassVar[str] = "id"
    levels = marks(
        L2="id region_code county_code station_id provider_id code worker_id skills service_kinds registered_on",
        L3="name sex born_on phone home_region_code national_number",
        L4="identity_number_sealed identity_number_index",
    )

    county_code = county_of_region()
    station_id = models.UUIDField(_("站点"), null=True, blank=True)
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    code = models.CharField(_("志愿者编号"), max_length=64, db_collation="C")
    name = models.CharField(_("姓名"), max_length=200)
    identity_number_sealed = models.BinaryField(_("证件号码"), blank=True, default=b"")
    identity_number_index = models.CharField(
        _("证件号码索引"), max_length=64, blank=True, default="", db_collation="C"
    )
    sex = models.CharField(_("性别"), max_length=2, blank=True, default="")
    born_on = models.DateField(_("出生日期"), null=True, blank=True)
    phone = models.CharField(_("联系电话"), max_length=64, blank=True, default="")
    home_region_code = RegionCodeField(_("居住行政区划"))
    skills = models.CharField(_("专业技能"), max_length=200, blank=True, default="")
    service_kinds = models.CharField(_("服务类别"), max_length=200, blank=True, default="")
    national_number = models.CharField(_("全国志愿服务系统编号"), max_length=64, blank=True, default="")
    registered_on = models.DateField(_("注册日期"))
    worker_id = models.UUIDField(_("联系社工"), null=True, blank=True)

    class Meta(PlacedRow.Meta):
        verbose_name = _("志愿者")
        constraints: ClassVar = [unique_in_county("a_volunteer_code_is_unique_in_its_county")]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "id"], name="volunteers_of_a_place"),
            models.Index(
                fields=["worker_id"], name="volunteers_of_a_worker", condition=Q(worker_id__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.code


class VolunteerState(PlacedRow):
    """To which station a volunteer belonged when."""

    levels = marks(L2="id subject region_code station_id provider_id valid_from valid_to")

    subject = models.ForeignKey(
        Volunteer, on_delete=models.CASCADE, related_name="+", verbose_name=_("志愿者")
    )
    valid_from = models.DateField(_("起"), null=True)
    valid_to = models.DateField(_("止"), null=True)
    station_id = models.UUIDField(_("站点"), null=True)
    provider_id = models.UUIDField(_("承接机构"), null=True)

    class Meta(PlacedRow.Meta):
        verbose_name = _("志愿者历史")
        indexes: ClassVar = [
            models.Index(fields=["region_code", "valid_from"], name="volunteer_states_of_a_place")
        ]
        constraints: ClassVar = [one_state_at_a_time("a_volunteer_has_one_state_at_a_time")]


class VolunteerRecord(PlacedRow):
    """志愿服务记录: hours actually given, what was done, who recorded it (MCA order 67). They are the volunteer's own."""

    place_person: ClassVar[str] = "volunteer_id"
    levels = marks(
        L2="id region_code county_code station_id provider_id volunteer code activity content served_on hours"
        " recorded_by lead entered_at",
    )

    county_code = county_of_region()
    station_id = models.UUIDField(_("站点"), null=True, blank=True)
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    volunteer = models.ForeignKey(
        Volunteer, on_delete=models.PROTECT, related_name="+", verbose_name=_("志愿者")
    )
    code = models.CharField(_("记录编号"), max_length=64, db_collation="C")
    activity = models.CharField(_("活动名称"), max_length=200)
    content = models.TextField(_("服务内容"))
    served_on = models.DateField(_("日期"))
    hours = models.DecimalField(_("时长"), max_digits=8, decimal_places=2)
    recorded_by = models.CharField(_("记录单位"), max_length=200)
    lead = models.CharField(_("活动负责人"), max_length=200, blank=True, default="")
    entered_at = models.DateTimeField(_("录入时间"), null=True, blank=True)

    class Meta(PlacedRow.Meta):
        verbose_name = _("志愿服务记录")
        constraints: ClassVar = [unique_in_county("a_volunteering_code_is_unique_in_its_county")]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "served_on"], name="volunteering_of_a_place"),
            models.Index(fields=["county_code", "-served_on", "-id"], name="volunteering_of_a_county"),
            models.Index(fields=["-served_on", "-id"], name="volunteering_by_day"),
            models.Index(
                fields=["station_id", "-served_on"],
                name="volunteering_of_a_station",
                condition=Q(station_id__isnull=False),
            ),
            models.Index(fields=["volunteer", "-served_on"], name="volunteering_of_a_volunteer"),
        ]

    def __str__(self) -> str:
        return self.code


class Need(PlacedRow):
    """需求: what residents need, from whom and how urgent (LST-01)."""

    levels = marks(
        L2="id region_code county_code station_id provider_id code source raised_on raised_region_code kind item"
        " urgency quantity deadline status",
        L3="resident content",
    )

    county_code = county_of_region()
    station_id = models.UUIDField(_("站点"), null=True, blank=True)
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    resident = models.ForeignKey(
        "casework.Resident",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("服务对象"),
    )
    code = models.CharField(_("需求编号"), max_length=64, db_collation="C")
    source = models.CharField(_("来源"), max_length=10, choices=NeedSource.choices)
    raised_on = models.DateField(_("提出日期"))
    raised_region_code = RegionCodeField(_("提出地"))
    kind = models.CharField(_("需求类型"), max_length=10, choices=NeedKind.choices)
    item = models.CharField(_("服务事项"), max_length=10, blank=True, default="")
    urgency = models.PositiveSmallIntegerField(_("紧急程度"))
    quantity = models.DecimalField(_("数量"), max_digits=12, decimal_places=2, null=True, blank=True)
    deadline = models.DateField(_("截止日期"), null=True, blank=True)
    content = models.TextField(_("内容"))
    status = models.CharField(
        _("状态"), max_length=10, choices=NeedStatus.choices, blank=True, default=NeedStatus.NEW
    )

    class Meta(PlacedRow.Meta):
        verbose_name = _("需求")
        constraints: ClassVar = [
            unique_in_county("a_need_code_is_unique_in_its_county"),
            models.CheckConstraint(condition=Q(urgency__gte=1) & Q(urgency__lte=4), name="urgency_is_1_to_4"),
        ]
        indexes: ClassVar = [models.Index(fields=["region_code", "raised_on"], name="needs_of_a_place")]

    def __str__(self) -> str:
        return self.code


class NeedState(PlacedRow):
    """In which status a need was when."""

    levels = marks(L2="id subject region_code station_id provider_id valid_from valid_to status")

    subject = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="+", verbose_name=_("需求"))
    valid_from = models.DateField(_("起"), null=True)
    valid_to = models.DateField(_("止"), null=True)
    station_id = models.UUIDField(_("站点"), null=True)
    provider_id = models.UUIDField(_("承接机构"), null=True)
    status = models.CharField(_("状态"), max_length=10, blank=True, default="")

    class Meta(PlacedRow.Meta):
        verbose_name = _("需求历史")
        indexes: ClassVar = [
            models.Index(fields=["region_code", "valid_from"], name="need_states_of_a_place")
        ]
        constraints: ClassVar = [one_state_at_a_time("a_need_has_one_state_at_a_time")]


class Resource(PlacedRow):
    """资源: what somebody offers, how much of it, where and until when (LST-02).

    A station keeps those it found itself, and reads those that can be used where it stands (LST-01, LST-11).
    """

    levels = marks(
        L2="id region_code county_code station_id provider_id code name owner kind item quantity unit value"
        " valid_from valid_until",
        L3="contact phone",
    )

    county_code = county_of_region()
    station_id = models.UUIDField(_("站点"), null=True, blank=True)
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    code = models.CharField(_("资源编号"), max_length=64, db_collation="C")
    name = models.CharField(_("资源名称"), max_length=200)
    owner = models.CharField(_("提供方"), max_length=200)
    kind = models.CharField(_("资源类型"), max_length=10, choices=ResourceKind.choices)
    item = models.CharField(_("服务事项"), max_length=10, blank=True, default="")
    quantity = models.DecimalField(_("数量"), max_digits=14, decimal_places=2)
    unit = models.CharField(_("单位"), max_length=200)
    value = models.DecimalField(_("折价金额"), max_digits=16, decimal_places=2, null=True, blank=True)
    valid_from = models.DateField(_("有效期起"))
    valid_until = models.DateField(_("有效期止"), null=True, blank=True)
    contact = models.CharField(_("联系人"), max_length=200, blank=True, default="")
    phone = models.CharField(_("联系电话"), max_length=64, blank=True, default="")

    class Meta(PlacedRow.Meta):
        verbose_name = _("资源")
        constraints: ClassVar = [
            unique_in_county("a_resource_code_is_unique_in_its_county"),
            ends_after_it_starts("a_resource_ends_after_it_starts", starts="valid_from", ends="valid_until"),
        ]
        indexes: ClassVar = [models.Index(fields=["region_code", "valid_from"], name="resources_of_a_place")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def visible_besides(cls, value: Scope) -> Q:
        if not (value.stations or value.providers):
            return Q(pk__in=[])
        stations = models.QuerySet[Station](Station)
        own = stations.filter(Q(pk__in=value.stations) | Q(provider_id__in=value.providers))
        above = own.values_list(_Each(Value(places.NATION), *_lineage("region_code")), flat=True)
        at = own.values_list(Cast("region_code", models.TextField()), flat=True)
        covers = _Meet(_Texts(F("region_code")), ArraySubquery(above))
        return Q(covers) | Q(_Meet(_Texts(*_lineage("region_code")), ArraySubquery(at)))

    @classmethod
    def policy_besides(cls) -> str:
        station, provider = (
            LINE.format(column=f"s.{column}", line=line)
            for column, line in (("id", "stations"), ("provider_id", "providers"))
        )
        own = f"FROM network_station s WHERE {station} OR {provider}"
        return (  # arrays that are made once a query, whatever the number of rows
            f"region_code::text = ANY (ARRAY(SELECT unnest(ARRAY['{places.NATION}', {_lineage_sql('s.')}]) {own}))"
            f" OR ARRAY[{_lineage_sql()}] && ARRAY(SELECT s.region_code::text {own})"
        )


class _Each(Func):
    """Its arguments, each as a row."""

    template = "unnest(ARRAY[%(expressions)s]::text[])"
    set_returning = True
    output_field = models.TextField()


class _Texts(Func):
    """Its arguments as an array."""

    template = "ARRAY[%(expressions)s]::text[]"
    output_field = ArrayField(models.TextField())


class _Meet(Func):
    """Whether two arrays share something: PostgreSQL makes that of the stations once a query, not once a row."""

    template = "(%(expressions)s)"
    arg_joiner = " && "
    output_field = models.BooleanField()


def _lineage(code: str) -> list[RPad]:
    """The divisions that the code in a column lies in, itself the last."""
    return [RPad(Left(code, digits), places.LENGTH, Value("0")) for digits in DIGITS]


def _lineage_sql(table: str = "") -> str:
    return ", ".join(f"rpad(left({table}region_code, {digits}), {places.LENGTH}, '0')" for digits in DIGITS)
