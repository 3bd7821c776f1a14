"""Undertaking institutions, what was true of them when, where they work, and who inspected them (INS-01, NFR-02).

What an institution is (registration, rating, status) is seen wherever it works. What a county does with
it is that county's own: it stands in the county, and no other county that shares the institution sees it.
"""

from __future__ import annotations

from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import PlacedRow, county_of_region, marks, one_state_at_a_time, unique_in_county
from linzhan.kernel.scope import Scope, ScopedManager, ScopedModel, current_scope
from linzhan.providers.enums import Conclusion, InspectionKind, OrganisationKind, ProviderStatus, Rating

Model = TypeVar("Model", bound=ScopedModel)


class SeenWherePresent(ScopedManager[Model]):
    """Institutions and what is theirs, seen where the institution is present: an index answers that.

    Every institution is present at its registrar's place (a trigger keeps that), so nothing is lost; an
    *or* of the row's own place and its presences would make PostgreSQL read the whole table.
    """

    def __init__(self, provider: str = "pk") -> None:
        super().__init__()
        self.provider = provider

    def get_queryset(self) -> models.QuerySet[Model]:
        everything = models.Manager.get_queryset(self)
        if current_scope().everything:
            return everything
        return everything.filter(**{f"{self.provider}__in": ProviderPresence.objects.values("provider_id")})


class Provider(PlacedRow):
    """承接机构. Its place is that of its registrar; it is seen wherever it works (:class:`ProviderPresence`).

    One row in the whole nation, told apart by its social credit code. Whoever may register institutions
    may register one of another place, so a new row need not be visible to its writer.
    """

    place_provider: ClassVar[str] = "id"
    levels = marks(
        L1="id region_code uscc name kind status rating rating_until registered_on has_party_organisation is_charity"
        " incubated_on",
        L2="legal_representative phone full_time_staff professional_staff party_members",
    )

    uscc = models.CharField(_("统一社会信用代码"), max_length=18, db_collation="C")
    name = models.CharField(_("机构名称"), max_length=200)
    kind = models.CharField(_("机构类型"), max_length=20, choices=OrganisationKind.choices)
    registered_on = models.DateField(_("成立登记日期"))
    legal_representative = models.CharField(_("法定代表人"), max_length=200, blank=True, default="")
    phone = models.CharField(_("联系电话"), max_length=64, blank=True, default="")
    rating = models.CharField(_("评估等级"), max_length=2, choices=Rating.choices, blank=True, default="")
    rating_until = models.DateField(_("等级有效期至"), null=True, blank=True)
    full_time_staff = models.PositiveIntegerField(_("专职人员数"), null=True, blank=True)
    professional_staff = models.PositiveIntegerField(_("专业人员数"), null=True, blank=True)
    party_members = models.PositiveIntegerField(_("正式党员数"), null=True, blank=True)
    has_party_organisation = models.BooleanField(_("是否建立党组织"), null=True, blank=True)
    is_charity = models.BooleanField(_("是否慈善组织"), null=True, blank=True)
    incubated_on = models.DateField(_("孵化起始日期"), null=True, blank=True)
    status = models.CharField(
        _("状态"),
        max_length=10,
        choices=ProviderStatus.choices,
        blank=True,
        default=ProviderStatus.NORMAL.value,
    )

    objects: ClassVar[SeenWherePresent[Self]] = SeenWherePresent()

    class Meta(PlacedRow.Meta):
        verbose_name = _("承接机构")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["uscc"], name="a_credit_code_is_unique_in_the_nation")
        ]
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="providers_of_a_place")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def visible_besides(cls, value: Scope) -> Q:
        return Q(pk__in=present_within(value))

    @classmethod
    def policy_besides(cls) -> str:
        return "EXISTS (SELECT FROM providers_providerpresence p WHERE p.provider_id = providers_provider.id)"

    @classmethod
    def policy_for_writing(cls) -> str:
        return "true"


class ProviderState(PlacedRow):
    """What held of an institution from one day to the next change; figures of a past day read this."""

    place_provider: ClassVar[str] = "subject_id"
    levels = marks(
        L1="id subject valid_from valid_to region_code kind rating rating_until has_party_organisation is_charity status",
        L2="full_time_staff professional_staff party_members",
    )

    subject = models.ForeignKey(
        Provider, on_delete=models.CASCADE, related_name="+", verbose_name=_("承接机构")
    )
    valid_from = models.DateField(_("起"), null=True)
    valid_to = models.DateField(_("止"), null=True)
    kind = models.CharField(_("机构类型"), max_length=20)
    rating = models.CharField(_("评估等级"), max_length=2, blank=True, default="")
    rating_until = models.DateField(_("等级有效期至"), null=True)
    full_time_staff = models.PositiveIntegerField(_("专职人员数"), null=True)
    professional_staff = models.PositiveIntegerField(_("专业人员数"), null=True)
    party_members = models.PositiveIntegerField(_("正式党员数"), null=True)
    has_party_organisation = models.BooleanField(_("是否建立党组织"), null=True)
    is_charity = models.BooleanField(_("是否慈善组织"), null=True)
    status = models.CharField(_("状态"), max_length=10, blank=True, default="")

    objects: ClassVar[SeenWherePresent[Self]] = SeenWherePresent("subject")

    class Meta(PlacedRow.Meta):
        verbose_name = _("承接机构历史")
        indexes: ClassVar = [
            models.Index(fields=["region_code", "valid_from"], name="provider_states_of_a_place")
        ]
        constraints: ClassVar = [one_state_at_a_time("an_institution_has_one_state_at_a_time")]

    @classmethod
    def visible_besides(cls, value: Scope) -> Q:
        return Q(subject__in=present_within(value))

    @classmethod
    def policy_besides(cls) -> str:
        return "EXISTS (SELECT FROM providers_providerpresence p WHERE p.provider_id = providers_providerstate.subject_id)"

    @classmethod
    def policy_for_writing(cls) -> str:
        return "true"


class ProviderPresence(PlacedRow):
    """A place or station where an institution is registered or works: there it is seen.

    Written when it is registered, when a row of a place refers to it, and where a place enters an
    institution of another one. It stays when the work is over: the rows that tell of it stay too.
    """

    levels = marks(L1="id region_code provider station_id")

    provider = models.ForeignKey(
        Provider, on_delete=models.CASCADE, related_name="+", db_index=False, verbose_name=_("承接机构")
    )
    station_id = models.UUIDField(_("站点"), null=True)

    class Meta(PlacedRow.Meta):
        verbose_name = _("机构服务地")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["provider", "region_code", "station_id"],
                nulls_distinct=False,
                name="an_institution_is_present_once_in_a_place",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "provider"], name="institutions_in_a_place"),
            models.Index(
                fields=["station_id", "provider"],
                name="institutions_at_a_station",
                condition=Q(station_id__isnull=False),
            ),
        ]


class Inspection(PlacedRow):
    """检查: an annual inspection, random inspection, financial audit or routine check of an institution.

    Its place is that of whoever inspects; the institution itself sees it too (INS-07, INS-08, INS-09).
    """

    levels = marks(
        L1="id region_code county_code provider code kind year conclusion inspected_on inspector",
        L2="findings",
    )

    county_code = county_of_region()
    provider = models.ForeignKey(
        Provider, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("承接机构")
    )
    code = models.CharField(_("检查编号"), max_length=64, db_collation="C")
    kind = models.CharField(_("检查类型"), max_length=10, choices=InspectionKind.choices)
    year = models.PositiveSmallIntegerField(_("年度"))
    conclusion = models.CharField(_("结论"), max_length=10, choices=Conclusion.choices)
    inspected_on = models.DateField(_("检查日期"))
    inspector = models.CharField(_("检查单位"), max_length=200, blank=True, default="")
    findings = models.TextField(_("发现问题"), blank=True, default="")

    class Meta(PlacedRow.Meta):
        verbose_name = _("检查")
        constraints: ClassVar = [unique_in_county("an_inspection_code_is_unique_in_its_county")]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "-inspected_on"], name="inspections_of_a_place"),
            models.Index(fields=["provider", "-inspected_on"], name="inspections_of_an_institution"),
        ]

    def __str__(self) -> str:
        return self.code


def present_within(value: Scope) -> models.QuerySet[ProviderPresence, object]:
    """Ids of the institutions that work within ``value``, wherever they are registered."""
    everywhere = models.QuerySet[ProviderPresence](ProviderPresence)
    return everywhere.filter(value.as_filter(ProviderPresence)).values("provider_id")
