"""What stands beside the books: matching, delegated work, funds, guides, checks (FND-13…15, 23, 24, 26, 30)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import PlacedRow, county_of_region, marks, unique_in_county
from linzhan.procurement.enums import FundLevel
from linzhan.procurement.money.models.decided import (
    code,
    day,
    fund_level,
    money,
    project,
    source,
    stated,
    told,
    word,
    year,
)


class MatchingFund(PlacedRow):
    """配套资金: what another level promised to add to a project, and what of it has come (FND-15)."""

    levels = marks(
        L2="id region_code county_code provider_id code project payer fund_level source year promised arrived"
        " arrived_on document"
    )

    county_code = county_of_region()
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    code = code(_("配套编号"))
    project = project()
    payer = word(_("出资方"))
    fund_level = models.CharField(_("资金级次"), max_length=4, choices=FundLevel.choices)
    source = source()
    year = year()
    promised = money(_("应配套"))
    arrived = stated(_("已到位"))
    arrived_on = day(_("到位日期"))
    document = word(_("文件"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("配套资金")
        constraints: ClassVar = [unique_in_county("a_matching_fund_code_is_unique_in_its_county")]
        indexes: ClassVar = [
            models.Index(fields=["project"], name="matching_funds_of_a_project"),
            models.Index(fields=["region_code", "year"], name="matching_funds_of_a_place"),
        ]

    def __str__(self) -> str:
        return str(self.code)


class DelegatedWork(PlacedRow):
    """费随事转: work that a department hands to the stations, and the money that comes with it (FND-14)."""

    levels = marks(
        L2="id region_code county_code code department matter project handed_on year promised arrived document"
    )

    county_code = county_of_region()
    code = code(_("事项编号"))
    department = word(_("委托部门"))
    matter = told(_("委托事项"))
    project = project(optional=True)
    handed_on = models.DateField(_("委托日期"))
    year = year()
    promised = stated(_("约定经费"))
    arrived = stated(_("已拨经费"))
    document = word(_("文件"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("费随事转")
        constraints: ClassVar = [unique_in_county("a_delegated_work_code_is_unique_in_its_county")]
        indexes: ClassVar = [models.Index(fields=["region_code", "year"], name="delegated_work_of_a_place")]

    def __str__(self) -> str:
        return str(self.code)


class SpecialFund(PlacedRow):
    """专项基金: 专项扶持基金, 发展专项资金, 服务项目基金, 事务性社工专项 (FND-18, FND-26, FND-27, FND-30)."""

    levels = marks(
        L2="id region_code county_code code name kind holder source founded_on year amount used purpose"
    )

    county_code = county_of_region()
    code = code(_("基金编号"))
    name = word(_("基金名称"))
    kind = word(_("类别"), 20)
    holder = word(_("管理方"))
    source = source()
    founded_on = day(_("设立日期"))
    year = year()
    amount = stated(_("规模"))
    used = stated(_("本年使用"))
    purpose = told(_("用途"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("专项基金")
        constraints: ClassVar = [unique_in_county("a_special_fund_code_is_unique_in_its_county")]
        indexes: ClassVar = [models.Index(fields=["region_code", "year"], name="special_funds_of_a_place")]

    def __str__(self) -> str:
        return str(self.code)


class BudgetInclusion(PlacedRow):
    """预算纳入: whether a level took the stations into its own budget of a year (FND-13)."""

    levels = marks(L2="id region_code county_code year fund_level included amount line document")

    county_code = county_of_region()
    year = year()
    fund_level = fund_level()
    included = models.BooleanField(_("纳入本级预算"))
    amount = stated(_("预算金额"))
    line = word(_("预算科目"))
    document = word(_("文件"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("预算纳入")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region_code", "year"], name="a_place_budgets_once_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.region_code} {self.year}"


class FinanceGuide(PlacedRow):
    """财务指引: a version of the finance guide of a place (FND-23)."""

    levels = marks(
        L2="id region_code county_code code name version issued_on in_force_on ended_on issuer summary"
    )

    county_code = county_of_region()
    code = code(_("指引编号"))
    name = word(_("名称"))
    version = word(_("版本"), 40)
    issued_on = models.DateField(_("印发日期"))
    in_force_on = day(_("施行日期"))
    ended_on = day(_("停用日期"))
    issuer = word(_("印发单位"))
    summary = told(_("主要内容"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("财务指引")
        constraints: ClassVar = [unique_in_county("a_finance_guide_code_is_unique_in_its_county")]

    def __str__(self) -> str:
        return str(self.name)


class FinanceAdvice(PlacedRow):
    """财务督导: one-to-one advice to an operator, and what it found (FND-23)."""

    levels = marks(
        L2="id region_code county_code provider_id code project held_on adviser form topics found advice done_on"
    )

    county_code = county_of_region()
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    code = code(_("督导编号"))
    project = project()
    held_on = models.DateField(_("日期"))
    adviser = word(_("督导人"))
    form = word(_("形式"), 10)
    topics = told(_("内容"))
    found = told(_("发现问题"))
    advice = told(_("建议"))
    done_on = day(_("整改完成日期"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("财务督导")
        constraints: ClassVar = [unique_in_county("a_finance_advice_code_is_unique_in_its_county")]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "held_on"], name="finance_advice_of_a_place")
        ]

    def __str__(self) -> str:
        return str(self.code)


class OperatorCheck(PlacedRow):
    """承接机构检查: the county looks at services, money and personnel of an operator together (FND-24)."""

    levels = marks(
        L2="id region_code county_code provider_id code project checked_on sections services money personnel"
        " found due_on done_on"
    )

    county_code = county_of_region()
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    code = code(_("检查编号"))
    project = project()
    checked_on = models.DateField(_("检查日期"))
    sections = word(_("参加股室"))
    services = word(_("服务开展"), 10)
    money = word(_("资金管理"), 10)
    personnel = word(_("人事管理"), 10)
    found = told(_("发现问题"))
    due_on = day(_("整改期限"))
    done_on = day(_("整改完成日期"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("承接机构检查")
        constraints: ClassVar = [unique_in_county("an_operator_check_code_is_unique_in_its_county")]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "checked_on"], name="operator_checks_of_a_place")
        ]

    def __str__(self) -> str:
        return str(self.code)
