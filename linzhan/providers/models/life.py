"""What an institution is made of and lives on: organs, organisations, income, students, support, its exit."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import ends_after_it_starts, marks, unique_in_county
from linzhan.providers.enums import ExitStage, TradeNoticeKind, TradeNoticeOutcome, TradeNoticeStage
from linzhan.providers.models.rows import (
    CodedRow,
    InstitutionRow,
    PublicOnceRow,
    institution,
    list_of,
    maybe_count,
    maybe_day,
    word,
    words,
    yuan,
)


class GovernanceOrgan(InstitutionRow):
    """治理机构: a council or board of supervisors in its term (INS-22)."""

    levels = marks(
        L1="id region_code county_code provider code kind members elected_on term_ends_on meetings",
        L2="head rules",
    )

    kind = models.CharField(_("机构"), max_length=20)
    head = word(_("负责人"))
    members = maybe_count(_("成员数"))
    elected_on = models.DateField(_("产生日期"))
    term_ends_on = maybe_day(_("任期届满"))
    meetings = maybe_count(_("上年会议次数"))
    rules = word(_("议事规则"))

    class Meta(InstitutionRow.Meta):
        verbose_name = _("治理机构")
        constraints: ClassVar = [
            unique_in_county("an_organ_code_is_unique_in_its_county"),
            ends_after_it_starts("an_organ_ends_after_it_starts", starts="elected_on", ends="term_ends_on"),
        ]
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="organs_of_a_place")]


class MassOrganisation(InstitutionRow):
    """群团组织: a youth league, union or women's organisation, or the Party branch, in an institution (INS-17, INS-19)."""

    levels = marks(L1="id region_code county_code provider code kind members set_up_on ended_on", L2="head")

    kind = models.CharField(_("组织类型"), max_length=20)
    head = word(_("负责人"))
    members = maybe_count(_("成员数"))
    set_up_on = models.DateField(_("成立日期"))
    ended_on = maybe_day(_("撤销日期"))

    class Meta(InstitutionRow.Meta):
        verbose_name = _("群团组织")
        constraints: ClassVar = [
            unique_in_county("a_mass_organisation_code_is_unique_in_its_county"),
            ends_after_it_starts(
                "a_mass_organisation_ends_after_it_starts", starts="set_up_on", ends="ended_on"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="mass_organisations_of_a_place")]


class PaidIncome(InstitutionRow):
    """有偿服务收入: what an institution earned from paid services in a month (INS-40)."""

    levels = marks(L2="id region_code county_code provider code service month amount standard people")

    service = models.CharField(_("服务项目"), max_length=200)
    month = models.DateField(_("月份"))
    amount = models.DecimalField(_("收入"), max_digits=14, decimal_places=2)
    standard = word(_("收费标准"))
    people = maybe_count(_("服务人次"))

    class Meta(InstitutionRow.Meta):
        verbose_name = _("有偿服务收入")
        constraints: ClassVar = [unique_in_county("a_paid_income_code_is_unique_in_its_county")]
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="paid_incomes_of_a_place")]


class Internship(InstitutionRow):
    """实习实训: students of a school in practice at an institution (INS-43)."""

    levels = marks(
        L1="id region_code county_code provider code school major students hours starts_on ends_on",
        L2="supervisor",
    )

    school = models.CharField(_("学校"), max_length=200)
    major = word(_("专业"))
    students = models.PositiveIntegerField(_("人数"))
    hours = maybe_count(_("每人实习时数"))
    supervisor = word(_("带教督导"))
    starts_on = models.DateField(_("开始日期"))
    ends_on = maybe_day(_("结束日期"))

    class Meta(InstitutionRow.Meta):
        verbose_name = _("实习实训")
        constraints: ClassVar = [
            unique_in_county("an_internship_code_is_unique_in_its_county"),
            ends_after_it_starts("an_internship_ends_after_it_starts"),
        ]
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="internships_of_a_place")]


class Support(CodedRow):
    """扶持优惠: a tax or fiscal preference, a subsidy, a room or another support given (INS-37, INS-38)."""

    levels = marks(
        L2="id region_code county_code provider code kind title giver amount starts_on ends_on document"
    )

    provider = institution()
    kind = models.CharField(_("扶持方式"), max_length=20)
    title = models.CharField(_("事项"), max_length=200)
    giver = word(_("提供单位"))
    amount = yuan(_("金额"))
    starts_on = models.DateField(_("开始日期"))
    ends_on = maybe_day(_("结束日期"))
    document = word(_("依据文件"))

    class Meta(CodedRow.Meta):
        verbose_name = _("扶持优惠")
        constraints: ClassVar = [
            unique_in_county("a_support_of_an_institution_is_unique_in_its_county"),
            ends_after_it_starts("support_of_an_institution_ends_after_it_starts"),
        ]
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="provider_supports_of_a_place")]


class ProviderExit(PublicOnceRow):
    """机构退出: how an institution leaves, and what becomes of its people, projects and papers (INS-11, INS-12)."""

    public_stages = (ExitStage.DONE.value,)
    levels = marks(
        L1="id region_code county_code provider code stage way grounds proposed_on done_on",
        L2="reason handover records",
    )

    stage = models.CharField(
        _("阶段"), max_length=10, choices=ExitStage.choices, default=ExitStage.PROPOSED.value
    )
    way = models.CharField(_("退出方式"), max_length=20)
    grounds = list_of(_("情形"))
    reason = models.TextField(_("原因"))
    proposed_on = models.DateField(_("提出日期"))
    handover = words(_("人员和项目移交"))
    records = words(_("档案移交"))
    done_on = maybe_day(_("办结日期"))

    class Meta(PublicOnceRow.Meta):
        verbose_name = _("机构退出")
        constraints: ClassVar = [unique_in_county("an_exit_code_is_unique_in_its_county")]
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="exits_of_a_place")]


class ProviderDisclosure(InstitutionRow):
    """机构信息公开: one item that an institution made public: for which year, where and when (INS-20, DSC-03)."""

    levels = marks(L1="id region_code county_code provider code item year published_on channel url")

    item = models.CharField(_("公开内容"), max_length=100)
    year = models.PositiveSmallIntegerField(_("所属年度"))
    published_on = models.DateField(_("公开日期"))
    channel = word(_("渠道"))
    url = word(_("网址"), 2000)

    class Meta(InstitutionRow.Meta):
        verbose_name = _("机构信息公开")
        constraints: ClassVar = [unique_in_county("a_disclosure_of_an_institution_is_unique_in_its_county")]
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="provider_disclosures_of_place")]


class TradeNotice(PublicOnceRow):
    """行业预警调处: an association warns an institution, or mediates between it and somebody else (RSK-06).

    No sanction follows from it. What came of it is seen where the institution works once it is settled.
    """

    public_stages = (TradeNoticeStage.SETTLED.value,)
    levels = marks(
        L1="id region_code county_code provider code kind stage association raised_on reply_by replied_on settled_on outcome",
        L2="other_party matter advice reply result",
    )

    kind = models.CharField(_("种类"), max_length=10, choices=TradeNoticeKind.choices)
    stage = models.CharField(
        _("状态"), max_length=10, choices=TradeNoticeStage.choices, default=TradeNoticeStage.RAISED.value
    )
    association = models.CharField(_("行业组织"), max_length=200)
    other_party = word(_("另一方"))
    matter = models.TextField(_("事由"))
    advice = words(_("提示和建议"))
    raised_on = models.DateField(_("提出日期"))
    reply_by = models.DateField(_("答复截止"))
    reply = words(_("机构意见"))
    replied_on = maybe_day(_("答复日期"))
    outcome = models.CharField(
        _("结果"), max_length=10, choices=TradeNoticeOutcome.choices, blank=True, default=""
    )
    result = words(_("处理情况"))
    settled_on = maybe_day(_("办结日期"))

    class Meta(PublicOnceRow.Meta):
        verbose_name = _("行业预警调处")
        constraints: ClassVar = [unique_in_county("a_trade_notice_code_is_unique_in_its_county")]
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="trade_notices_of_a_place")]
