"""Rows about a resident: they stand where the resident stands and go along when that changes (``following``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linzhan.casework.enums import Risk
from linzhan.casework.residents.enums import ChangeKind, ConsentMethod, GivenBy, Purpose
from linzhan.kernel.models import (
    PlacedRow,
    RegionCodeField,
    county_of_region,
    ends_after_it_starts,
    marks,
    unique_in_county,
)

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

PLACE = "id region_code station_id provider_id"


def words(label: StrPromise, length: int = 100) -> ArrayField[list[str], list[str]]:
    """Several short texts."""
    return ArrayField(models.CharField(max_length=length), verbose_name=label, default=list, blank=True)


def line(label: StrPromise, length: int = 200) -> models.CharField[str, str]:
    return models.CharField(label, max_length=length, blank=True, default="")


def lines(label: StrPromise) -> models.TextField[str, str]:
    return models.TextField(label, blank=True, default="")


def of_resident() -> models.ForeignKey[models.Model, models.Model]:
    return models.ForeignKey(
        "casework.Resident", on_delete=models.PROTECT, related_name="+", verbose_name=_("服务对象")
    )


class Household(PlacedRow):
    """户: the household as a unit beside the person (OBJ-07); members carry its number."""

    levels = marks(
        L2=f"{PLACE} county_code code members_count",
        L3="head phone home_region_code address income notes",
    )

    county_code = county_of_region()
    station_id = models.UUIDField(_("站点"))
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    code = models.CharField(_("户编号"), max_length=64, db_collation="C")
    head = line(_("户主"))
    phone = line(_("联系电话"), 64)
    members_count = models.PositiveSmallIntegerField(_("家庭人口"), null=True, blank=True)
    home_region_code = RegionCodeField(_("现住行政区划"), blank=True, default="")
    address = line(_("住址"))
    income = line(_("主要收入来源"))
    notes = lines(_("家庭情况"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("家庭户")
        constraints: ClassVar = [unique_in_county("a_household_number_is_unique_in_its_county")]
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="households_of_a_place")]

    def __str__(self) -> str:
        return self.code


class ResidentDetail(PlacedRow):
    """对象详情: what a station knows of a person, one row each (``domain.md`` §6.2, OBJ-04, OBJ-05)."""

    place_person: ClassVar[str] = "resident_id"
    levels = marks(
        L2=f"{PLACE} county_code",
        L3="resident nation landline emergency_contact emergency_phone hukou_address separation marital sons daughters"
        " education employment unemployed_reason income living care_resources social_security social_resources"
        " policies housing goals guardian_relation school grade attendance carer carer_phone care_agreed_on"
        " child_director external_ids parents_contacted_on",
        L4="health chronic mental disability_types disability_grade care_ability guardianship father mother",
    )

    county_code = county_of_region()
    station_id = models.UUIDField(_("站点"))
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    resident = models.OneToOneField(
        "casework.Resident", on_delete=models.PROTECT, related_name="+", verbose_name=_("服务对象")
    )
    nation = line(_("民族"), 40)
    landline = line(_("固定电话"), 64)
    emergency_contact = line(_("紧急联系人"))
    emergency_phone = line(_("紧急联系电话"), 64)
    hukou_address = line(_("户籍地址"))
    separation = line(_("人户分离"), 10)
    marital = line(_("婚姻状况"), 10)
    sons = models.PositiveSmallIntegerField(_("儿子"), null=True, blank=True)
    daughters = models.PositiveSmallIntegerField(_("女儿"), null=True, blank=True)
    education = line(_("文化程度"), 20)
    employment = line(_("就业状况"), 20)
    unemployed_reason = line(_("未就业原因"))
    income = line(_("主要收入来源"))
    living = line(_("居住方式"), 20)
    health = line(_("健康状况"), 10)
    chronic = words(_("慢性病"))
    mental = lines(_("精神状况"))
    disability_types = words(_("残疾类别"), 10)
    disability_grade = line(_("残疾等级"), 10)
    care_ability = line(_("生活自理能力"), 20)
    care_resources = words(_("照料资源"), 20)
    social_security = words(_("社会保障"), 20)
    social_resources = lines(_("社会支持"))
    policies = words(_("享受的政策"))
    housing = line(_("住房"), 20)
    goals = lines(_("服务目标"))
    guardian_relation = line(_("监护人关系"), 20)
    guardianship = line(_("监护能力"), 20)
    father = line(_("父亲情况"), 20)
    mother = line(_("母亲情况"), 20)
    parents_contacted_on = models.DateField(_("父母最近联系日期"), null=True, blank=True)
    school = line(_("就读学校"))
    grade = line(_("年级"), 40)
    attendance = line(_("到校情况"), 20)
    carer = line(_("委托照护人"))
    carer_phone = line(_("委托照护人电话"), 64)
    care_agreed_on = models.DateField(_("委托照护协议日期"), null=True, blank=True)
    child_director = line(_("儿童主任"))
    external_ids = words(_("其他系统编号"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("对象详情")
        indexes: ClassVar = [
            models.Index(fields=["region_code", "id"], name="details_of_a_place"),
            models.Index(fields=["county_code", "id"], name="details_of_a_county"),
        ]

    def __str__(self) -> str:
        return str(self.resident_id)


class CategoryBasis(PlacedRow):
    """类别认定: why a person is of a category, by which paper, from when until when (``domain.md`` §6.1)."""

    place_person: ClassVar[str] = "resident_id"
    levels = marks(
        L2=f"{PLACE} county_code code starts_on expires_on ended_on verified_on",
        L3="resident category basis document_number source",
    )

    county_code = county_of_region()
    station_id = models.UUIDField(_("站点"))
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    code = models.CharField(_("认定编号"), max_length=64, db_collation="C")
    resident = of_resident()
    category = models.CharField(_("对象类别"), max_length=10)
    basis = line(_("认定依据"))
    document_number = line(_("文件或证件号"))
    starts_on = models.DateField(_("认定日期"))
    expires_on = models.DateField(_("有效期至"), null=True, blank=True)
    source = line(_("信息来源"))
    verified_on = models.DateField(_("核实日期"), null=True, blank=True)
    ended_on = models.DateField(_("终止日期"), null=True, blank=True)

    class Meta(PlacedRow.Meta):
        verbose_name = _("类别认定")
        constraints: ClassVar = [
            unique_in_county("a_basis_code_is_unique_in_its_county"),
            ends_after_it_starts("a_basis_expires_after_it_starts", ends="expires_on"),
            ends_after_it_starts("a_basis_ends_after_it_starts", ends="ended_on"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "id"], name="bases_of_a_place"),
            models.Index(fields=["resident"], name="bases_of_a_resident"),
            models.Index(
                fields=["county_code", "expires_on"],
                name="bases_that_expire",
                condition=Q(expires_on__isnull=False, ended_on__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Consent(PlacedRow):
    """知情同意: to what a person consented, who gave it and how, and since when it is withdrawn (``domain.md`` §19.3)."""

    place_person: ClassVar[str] = "resident_id"
    levels = marks(
        L2=f"{PLACE} county_code code purpose given_by method text_version given_on withdrawn_on",
        L3="resident giver relation child_view witness note",
    )

    county_code = county_of_region()
    station_id = models.UUIDField(_("站点"))
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    code = models.CharField(_("同意编号"), max_length=64, db_collation="C")
    resident = of_resident()
    purpose = models.CharField(_("同意事项"), max_length=20, choices=Purpose.choices)
    given_by = models.CharField(_("由谁同意"), max_length=10, choices=GivenBy.choices)
    giver = line(_("同意人姓名"))
    relation = line(_("与本人关系"), 40)
    child_view = lines(_("未成年人本人意见"))
    method = models.CharField(_("同意方式"), max_length=10, choices=ConsentMethod.choices)
    witness = line(_("见证人"))
    text_version = line(_("告知书版本"), 40)
    given_on = models.DateField(_("同意日期"))
    withdrawn_on = models.DateField(_("撤回日期"), null=True, blank=True)
    note = lines(_("说明"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("知情同意")
        constraints: ClassVar = [
            unique_in_county("a_consent_code_is_unique_in_its_county"),
            ends_after_it_starts(
                "a_consent_is_withdrawn_after_it_is_given", starts="given_on", ends="withdrawn_on"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "id"], name="consents_of_a_place"),
            models.Index(fields=["resident"], name="consents_of_a_resident"),
        ]

    def __str__(self) -> str:
        return self.code


class RiskReview(PlacedRow):
    """风险评估: a level that a person confirmed, why, and by when it is looked at again (``domain.md`` §6.3)."""

    levels = marks(
        L2=f"{PLACE} county_code code worker_id reviewed_on review_by",
        L3="resident level",
        L4="reason suggested suggested_why",
    )

    county_code = county_of_region()
    station_id = models.UUIDField(_("站点"))
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    code = models.CharField(_("评估编号"), max_length=64, db_collation="C")
    resident = of_resident()
    level = models.CharField(_("风险等级"), max_length=10, choices=Risk.choices)
    reason = lines(_("评定理由"))
    worker_id = models.UUIDField(_("评定人"), null=True, blank=True)
    reviewed_on = models.DateField(_("评定日期"))
    review_by = models.DateField(_("下次评定期限"), null=True, blank=True)
    suggested = models.CharField(_("系统建议等级"), max_length=10, blank=True, default="")
    suggested_why = lines(_("建议理由"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("风险评估")
        constraints: ClassVar = [
            unique_in_county("a_risk_review_code_is_unique_in_its_county"),
            models.CheckConstraint(
                condition=Q(review_by__isnull=True) | Q(review_by__gte=F("reviewed_on")),
                name="the_next_risk_review_comes_after_this_one",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "id"], name="risk_reviews_of_a_place"),
            models.Index(fields=["resident", "-reviewed_on", "-id"], name="risk_reviews_of_a_resident"),
        ]

    def __str__(self) -> str:
        return self.code


class MajorChange(PlacedRow):
    """重大变故: after it a person is owed a first contact (SVC-07)."""

    levels = marks(L2=f"{PLACE} county_code code happened_at found_at", L3="resident", L4="kind note")

    county_code = county_of_region()
    station_id = models.UUIDField(_("站点"))
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    code = models.CharField(_("变故编号"), max_length=64, db_collation="C")
    resident = of_resident()
    kind = models.CharField(_("变故类型"), max_length=20, choices=ChangeKind.choices)
    happened_at = models.DateTimeField(_("发生时间"))
    found_at = models.DateTimeField(_("发现时间"))
    note = lines(_("情况说明"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("重大变故")
        constraints: ClassVar = [
            unique_in_county("a_major_change_code_is_unique_in_its_county"),
            models.CheckConstraint(
                condition=Q(found_at__gte=F("happened_at")), name="a_change_is_found_after_it_happened"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "found_at"], name="major_changes_of_a_place"),
            models.Index(fields=["resident", "-found_at"], name="major_changes_of_a_resident"),
        ]

    def __str__(self) -> str:
        return self.code


class HomeSurvey(PlacedRow):
    """入户调查: filled on the spot, it becomes the person's details and what they need (OBJ-06, SYS-03)."""

    levels = marks(
        L2=f"{PLACE} county_code code worker_id surveyed_on members_count urgency",
        L3="resident emergency_contact emergency_phone marital education employment income living care_resources"
        " social_security policies housing school attendance need_kinds need_text note",
        L4="health chronic care_ability guardianship",
    )

    county_code = county_of_region()
    station_id = models.UUIDField(_("站点"))
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    code = models.CharField(_("调查编号"), max_length=64, db_collation="C")
    resident = of_resident()
    worker_id = models.UUIDField(_("调查人"), null=True, blank=True)
    surveyed_on = models.DateField(_("调查日期"))
    members_count = models.PositiveSmallIntegerField(_("家庭人口"), null=True, blank=True)
    emergency_contact = line(_("紧急联系人"))
    emergency_phone = line(_("紧急联系电话"), 64)
    marital = line(_("婚姻状况"), 10)
    education = line(_("文化程度"), 20)
    employment = line(_("就业状况"), 20)
    income = line(_("主要收入来源"))
    living = line(_("居住方式"), 20)
    health = line(_("健康状况"), 10)
    chronic = words(_("慢性病"))
    care_ability = line(_("生活自理能力"), 20)
    care_resources = words(_("照料资源"), 20)
    social_security = words(_("社会保障"), 20)
    policies = words(_("享受的政策"))
    housing = line(_("住房"), 20)
    guardianship = line(_("监护能力"), 20)
    school = line(_("就读学校"))
    attendance = line(_("到校情况"), 20)
    need_kinds = words(_("需求类型"), 10)
    need_text = lines(_("需求内容"))
    urgency = models.PositiveSmallIntegerField(_("紧急程度"), null=True, blank=True)
    note = lines(_("备注"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("入户调查")
        constraints: ClassVar = [
            unique_in_county("a_survey_code_is_unique_in_its_county"),
            models.CheckConstraint(
                condition=Q(urgency__isnull=True) | (Q(urgency__gte=1) & Q(urgency__lte=4)),
                name="the_urgency_of_a_survey_is_1_to_4",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "id"], name="surveys_of_a_place"),
            models.Index(fields=["resident", "-surveyed_on"], name="surveys_of_a_resident"),
        ]

    def __str__(self) -> str:
        return self.code
