"""Whether an institution is in good standing: its inspections of the year, ratings, credit, sanctions (INS-02…16).

An inspection of the year and a rating are the registrar's, and public once they are a result. A sanction
belongs to whoever imposes it. It binds that place (a bar: that purchaser's projects); the registrar's
lists bind wherever the institution works. Before it is in force nobody but its place sees it, and from the
notification on the institution itself (FIL-08).
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import ends_after_it_starts, marks, unique_in_county
from linzhan.kernel.scope import Scope
from linzhan.kernel.wall import LINE, above_in_sql
from linzhan.providers.enums import (
    ANNUAL_RESULTS,
    HELD,
    RATED,
    REGISTRAR_KINDS,
    TOLD,
    AnnualStage,
    Conclusion,
    Rating,
    RatingStage,
    SanctionKind,
    SanctionStage,
)
from linzhan.providers.models.institutions import present_within
from linzhan.providers.models.rows import (
    PRESENT,
    CodedRow,
    InstitutionRow,
    PublicOnceRow,
    institution,
    list_of,
    maybe_day,
    quoted,
    word,
    words,
)


class RegistrationCondition(InstitutionRow):
    """登记条件: one condition of registration, whether it is met, and by what evidence (INS-02, INS-05)."""

    levels = marks(L1="id region_code county_code provider code item met checked_on", L2="evidence document")

    item = models.CharField(_("登记条件"), max_length=100)
    met = models.BooleanField(_("是否符合"), null=True)
    evidence = words(_("证明材料"))
    document = word(_("材料编号"))
    checked_on = models.DateField(_("核查日期"))

    class Meta(InstitutionRow.Meta):
        verbose_name = _("登记条件")
        constraints: ClassVar = [unique_in_county("a_registration_condition_code_is_unique_in_its_county")]
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="conditions_of_a_place")]


class AnnualInspection(PublicOnceRow):
    """年度检查: the inspection of one year, from the report to the result and what follows (INS-07, INS-18)."""

    public_stages = ANNUAL_RESULTS
    levels = marks(
        L1="id region_code county_code provider code year stage reported_on reviewed_on conclusion concluded_on"
        " rectify_by rectified_on",
        L2="opinion party_work findings rectification",
    )

    year = models.PositiveSmallIntegerField(_("年度"))
    stage = models.CharField(
        _("阶段"), max_length=20, choices=AnnualStage.choices, default=AnnualStage.OPEN.value
    )
    reported_on = maybe_day(_("报送日期"))
    reviewed_on = maybe_day(_("初审日期"))
    opinion = words(_("初审意见"))
    party_work = words(_("党建工作考核"))
    conclusion = models.CharField(
        _("结论"), max_length=10, choices=Conclusion.choices, blank=True, default=""
    )
    concluded_on = maybe_day(_("结论日期"))
    findings = words(_("发现问题"))
    rectify_by = maybe_day(_("整改期限"))
    rectification = words(_("整改报告"))
    rectified_on = maybe_day(_("整改完成日期"))

    class Meta(PublicOnceRow.Meta):
        verbose_name = _("年度检查")
        constraints: ClassVar = [
            unique_in_county("an_annual_inspection_code_is_unique_in_its_county"),
            models.UniqueConstraint(
                fields=["provider", "year"], name="an_institution_is_inspected_once_a_year"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="annual_inspections_of_a_place")]


class RatingAward(PublicOnceRow):
    """等级评定: one rating from the application to its end; the level is stored as given (INS-13)."""

    public_stages = RATED
    levels = marks(
        L1="id region_code county_code provider code stage applied_on level score assessor published_on"
        " publish_until issued_on valid_until ended_on level_after",
    )

    stage = models.CharField(
        _("阶段"), max_length=10, choices=RatingStage.choices, default=RatingStage.APPLIED.value
    )
    applied_on = models.DateField(_("申请日期"))
    level = models.CharField(_("等级"), max_length=2, choices=Rating.choices, blank=True, default="")
    score = models.DecimalField(_("得分"), max_digits=7, decimal_places=2, null=True, blank=True)
    assessor = word(_("评估机构"))
    published_on = maybe_day(_("公示日期"))
    publish_until = maybe_day(_("公示截止"))
    issued_on = maybe_day(_("发证日期"))
    valid_until = maybe_day(_("有效期至"))
    ended_on = maybe_day(_("终止日期"))
    level_after = models.CharField(
        _("降级后等级"), max_length=2, choices=Rating.choices, blank=True, default=""
    )

    class Meta(PublicOnceRow.Meta):
        verbose_name = _("等级评定")
        constraints: ClassVar = [
            unique_in_county("a_rating_code_is_unique_in_its_county"),
            ends_after_it_starts("a_rating_ends_after_it_is_issued", starts="issued_on", ends="valid_until"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "id"], name="ratings_of_a_place"),
        ]


class CreditRecord(CodedRow):
    """信用记录: a good or bad entry of an institution's credit file, with its source and term (INS-15, INS-16)."""

    levels = marks(
        L1="id region_code county_code provider code kind title source recorded_on until document",
        L2="content",
    )

    provider = institution()
    kind = models.CharField(_("性质"), max_length=10)
    title = models.CharField(_("事项"), max_length=200)
    source = word(_("来源"))
    content = words(_("内容"))
    recorded_on = models.DateField(_("记录日期"))
    until = maybe_day(_("有效期至"))
    document = word(_("依据文件"))

    class Meta(CodedRow.Meta):
        verbose_name = _("信用记录")
        constraints: ClassVar = [
            unique_in_county("a_credit_record_code_is_unique_in_its_county"),
            ends_after_it_starts("a_credit_record_ends_after_it_starts", starts="recorded_on", ends="until"),
        ]
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="credit_records_of_a_place")]


class Sanction(CodedRow):
    """机构处理: a card, a bar, a penalty or a listing, from the proposal to its end (FIL-06, FIL-08, RSK-09)."""

    place_provider: ClassVar[str] = ""
    levels = marks(
        L1="id region_code county_code provider code kind stage authority purchaser grounds document clause"
        " notified_on reply_by heard_on decision_number decided_on starts_on ends_on lifted_on",
        L2="facts hearing reply",
    )

    provider = institution()
    kind = models.CharField(_("处理种类"), max_length=20, choices=SanctionKind.choices)
    stage = models.CharField(
        _("阶段"), max_length=10, choices=SanctionStage.choices, default=SanctionStage.PROPOSED.value
    )
    authority = models.CharField(_("处理机关"), max_length=200)
    purchaser = word(_("约束的购买方"))
    grounds = list_of(_("情形"))
    facts = models.TextField(_("事实和理由"))
    document = models.CharField(_("依据文件"), max_length=200)
    clause = word(_("条款"))
    notified_on = maybe_day(_("告知日期"))
    reply_by = maybe_day(_("陈述申辩截止"))
    heard_on = maybe_day(_("听证日期"))
    hearing = words(_("听证情况"))
    reply = words(_("对申辩的答复"))
    decision_number = word(_("决定书文号"), 100)
    decided_on = maybe_day(_("决定日期"))
    starts_on = maybe_day(_("起始日期"))
    ends_on = maybe_day(_("截止日期"))
    lifted_on = maybe_day(_("解除日期"))

    class Meta(CodedRow.Meta):
        verbose_name = _("机构处理")
        constraints: ClassVar = [
            unique_in_county("a_sanction_code_is_unique_in_its_county"),
            ends_after_it_starts("a_sanction_ends_after_it_starts"),
            models.CheckConstraint(
                condition=~Q(kind=SanctionKind.BAR.value) | ~Q(purchaser=""), name="a_bar_names_its_purchaser"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "id"], name="sanctions_of_a_place"),
        ]

    @classmethod
    def visible_besides(cls, value: Scope) -> Q:
        own = Q(provider__in=value.providers, stage__in=TOLD)
        held = Q(stage__in=HELD)
        registrars = Q(kind__in=REGISTRAR_KINDS, provider__in=present_within(value))
        return own | (held & (registrars | Q(region_code__in=value.above)))

    @classmethod
    def policy_besides(cls) -> str:
        own = LINE.format(column="provider_id", line="providers")
        present = PRESENT.format(table=cls._meta.db_table)
        return (
            f"(stage IN ({quoted(TOLD)}) AND {own}) OR (stage IN ({quoted(HELD)})"
            f" AND ((kind IN ({quoted(REGISTRAR_KINDS)}) AND {present}) OR {above_in_sql()}))"
        )


class SanctionStatement(CodedRow):
    """陈述申辩: what the institution says against an intended sanction, and whether it asks for a hearing (FIL-08)."""

    levels = marks(
        L1="id region_code county_code provider_id code sanction stated_on wants_hearing",
        L2="statement document",
    )

    sanction = models.ForeignKey(
        Sanction, on_delete=models.PROTECT, related_name="+", verbose_name=_("机构处理")
    )
    provider_id = models.UUIDField(_("承接机构"))
    stated_on = models.DateField(_("提出日期"))
    statement = models.TextField(_("陈述申辩内容"))
    wants_hearing = models.BooleanField(_("要求听证"), null=True)
    document = word(_("证据材料"))

    class Meta(CodedRow.Meta):
        verbose_name = _("陈述申辩")
        constraints: ClassVar = [unique_in_county("a_statement_code_is_unique_in_its_county")]
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="statements_of_a_place")]
