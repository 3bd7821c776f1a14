"""What is set down for a network: duties of its tiers, norms, and who works by them (NET-06, NET-10, STN-11)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Cast, Left, RPad
from django.utils.translation import gettext_lazy as _

from linzhan.kernel import places
from linzhan.kernel.models import PlacedRow, county_of_region, ends_after_it_starts, marks, unique_in_county
from linzhan.kernel.scope import Scope
from linzhan.kernel.wall import EVERYTHING, LINE, REGION, above_in_sql
from linzhan.network.enums import DutyTier, SupportFunction
from linzhan.network.models.stations import Station, short_texts


class PublishedRow(PlacedRow):
    """A row that holds for the places below its own, and so is seen by all; written only in one's own area."""

    class Meta(PlacedRow.Meta):
        abstract = True

    @classmethod
    def visible_besides(cls, value: Scope) -> Q:  # noqa: ARG003 -- whoever reads
        return Q(pk__isnull=False)

    @classmethod
    def policy_besides(cls) -> str:
        return "true"

    @classmethod
    def policy_for_writing(cls) -> str:
        return f"{EVERYTHING} OR {REGION}"


class HeldBelowRow(PublishedRow):
    """A row that holds for the places below its own and is read there, not elsewhere (a county's closed month).

    It is the area's: a station or an institution that it names does not keep it.
    """

    place_provider: ClassVar[str] = ""
    place_station: ClassVar[str] = ""

    class Meta(PublishedRow.Meta):
        abstract = True

    @classmethod
    def visible_besides(cls, value: Scope) -> Q:
        found = Q(region_code__in=value.above)
        if value.stations or value.providers:
            stations = models.QuerySet[Station](Station)
            own = stations.filter(Q(pk__in=value.stations) | Q(provider_id__in=value.providers))
            lineage = [RPad(Left("region_code", width), 12, Value("0")) for width in places.ABOVE]
            for each in (Value(places.NATION), Cast("region_code", models.TextField()), *lineage):
                found |= Q(region_code__in=own.order_by().values_list(each, flat=True))
        return found

    @classmethod
    def policy_besides(cls) -> str:
        station, provider = (
            LINE.format(column=f"s.{column}", line=line)
            for column, line in (("id", "stations"), ("provider_id", "providers"))
        )
        of_station = ", ".join(f"rpad(left(s.region_code, {width}), 12, '0')" for width in places.ABOVE)
        own = f"FROM network_station s WHERE {station} OR {provider}"
        below = (
            f"ARRAY['{places.NATION}', s.region_code::text, {of_station}]"  # once a query, whatever the rows
        )
        return f"{above_in_sql()} OR region_code::text = ANY (ARRAY(SELECT unnest({below}) {own}))"


class TierDuty(PublishedRow):
    """层级职责: who does what at one tier of a region's network, the provincial project office included."""

    levels = marks(
        L1="id region_code tier body functions duties starts_on ends_on document clause",
    )

    tier = models.CharField(_("层级"), max_length=20, choices=DutyTier.choices)
    body = models.CharField(_("承担单位"), max_length=200, blank=True, default="")
    functions = ArrayField(
        models.CharField(max_length=10, choices=SupportFunction.choices),
        verbose_name=_("对下职能"),
        default=list,
        blank=True,
    )
    duties = models.TextField(_("职责"), blank=True, default="")
    starts_on = models.DateField(_("施行日期"))
    ends_on = models.DateField(_("停止日期"), null=True, blank=True)
    document = models.CharField(_("依据文件"), max_length=200, blank=True, default="")
    clause = models.CharField(_("条款"), max_length=200, blank=True, default="")

    class Meta(PublishedRow.Meta):
        verbose_name = _("层级职责")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["region_code", "tier", "starts_on"], name="a_tier_has_one_set_of_duties_from_a_day"
            ),
            ends_after_it_starts("a_duty_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return self.body or self.tier


class Norm(PublishedRow):
    """站点规范: a norm for stations by topic and version, or a standard with its number (STN-11, STN-13, STN-27)."""

    levels = marks(
        L1="id region_code county_code code name topics version number standard_number issued_on repealed_on",
    )

    county_code = county_of_region()
    code = models.CharField(_("规范编号"), max_length=64, db_collation="C")
    name = models.CharField(_("规范名称"), max_length=200)
    topics = short_texts(_("专题"))
    version = models.CharField(_("版本"), max_length=40, blank=True, default="")
    number = models.CharField(_("文号"), max_length=100, blank=True, default="")
    standard_number = models.CharField(_("标准号"), max_length=100, blank=True, default="")
    issued_on = models.DateField(_("印发日期"), null=True, blank=True)
    repealed_on = models.DateField(_("废止日期"), null=True, blank=True)

    class Meta(PublishedRow.Meta):
        verbose_name = _("站点规范")
        constraints: ClassVar = [unique_in_county("a_norm_code_is_unique_in_its_county")]

    def __str__(self) -> str:
        return self.name


class NormAdoption(PlacedRow):
    """规范采用: a station works by a norm from a day on (STN-11)."""

    levels = marks(L2="id region_code provider_id station norm adopted_on ended_on")

    station = models.ForeignKey(Station, on_delete=models.CASCADE, related_name="+", verbose_name=_("社工站"))
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    norm = models.ForeignKey(Norm, on_delete=models.PROTECT, related_name="+", verbose_name=_("站点规范"))
    adopted_on = models.DateField(_("采用日期"))
    ended_on = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta(PlacedRow.Meta):
        verbose_name = _("规范采用")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["station", "norm"], name="a_station_adopts_a_norm_once"),
            ends_after_it_starts("an_adoption_ends_after_it_starts", starts="adopted_on", ends="ended_on"),
        ]
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="norm_adoptions_of_a_place")]
