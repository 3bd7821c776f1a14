"""What is decided about money, each by one person and approved by another (FND-13, FND-15, FND-19…22, FIL-04)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import PlacedRow, county_of_region, marks, unique_in_county
from linzhan.procurement.enums import FundLevel, Source
from linzhan.procurement.money import enums


def money(label: object) -> models.DecimalField:  # type: ignore[type-arg]  # generic only in the stubs
    """Yuan, above nought."""
    return models.DecimalField(label, max_digits=16, decimal_places=2)  # type: ignore[arg-type]  # a lazy text


def stated(label: object) -> models.DecimalField:  # type: ignore[type-arg]  # generic only in the stubs
    """Yuan that may be unknown; not stated is NULL, never 0."""
    return models.DecimalField(label, max_digits=16, decimal_places=2, null=True, blank=True)  # type: ignore[arg-type]  # as above


def word(label: object, length: int = 200) -> models.CharField:  # type: ignore[type-arg]  # generic only in the stubs
    return models.CharField(label, max_length=length, blank=True, default="")  # type: ignore[arg-type]  # as above


def told(label: object) -> models.TextField:  # type: ignore[type-arg]  # generic only in the stubs
    return models.TextField(label, blank=True, default="")  # type: ignore[arg-type]  # as above


def day(label: object) -> models.DateField:  # type: ignore[type-arg]  # generic only in the stubs
    return models.DateField(label, null=True, blank=True)  # type: ignore[arg-type]  # as above


def code(label: object) -> models.CharField:  # type: ignore[type-arg]  # generic only in the stubs
    return models.CharField(label, max_length=64, db_collation="C")  # type: ignore[arg-type]  # as above


def source() -> models.CharField:  # type: ignore[type-arg]  # generic only in the stubs
    return models.CharField(_("资金来源"), max_length=20, choices=Source.choices)


def fund_level() -> models.CharField:  # type: ignore[type-arg]  # generic only in the stubs
    return models.CharField(_("资金级次"), max_length=4, choices=FundLevel.choices, blank=True, default="")


def year() -> models.PositiveSmallIntegerField:  # type: ignore[type-arg]  # generic only in the stubs
    return models.PositiveSmallIntegerField(_("年度"))


def stage(choices: type[models.TextChoices], first: str) -> models.CharField:  # type: ignore[type-arg]  # generic only in the stubs
    return models.CharField(_("状态"), max_length=10, choices=choices.choices, default=first)


def project(*, optional: bool = False) -> models.ForeignKey:  # type: ignore[type-arg]  # generic only in the stubs
    return models.ForeignKey(
        "procurement.ServiceProject",
        on_delete=models.PROTECT,
        null=optional,
        blank=optional,
        related_name="+",
        verbose_name=_("项目"),
    )


class Allocation(PlacedRow):
    """资金下达: money of a source and level that a place may budget with in a year (FND-13)."""

    levels = marks(
        L2="id region_code county_code code allotted_on year source fund_level amount document stage"
    )

    county_code = county_of_region()
    code = code(_("下达编号"))
    allotted_on = models.DateField(_("下达日期"))
    year = year()
    source = source()
    fund_level = fund_level()
    amount = money(_("金额"))
    document = word(_("文件"))
    stage = stage(enums.AllocationStage, enums.AllocationStage.DRAFT)

    class Meta(PlacedRow.Meta):
        verbose_name = _("资金下达")
        constraints: ClassVar = [unique_in_county("an_allocation_code_is_unique_in_its_county")]
        indexes: ClassVar = [models.Index(fields=["region_code", "year"], name="allocations_of_a_place")]

    def __str__(self) -> str:
        return str(self.code)


class FundingLine(PlacedRow):
    """资金安排: which money of which year a contract is paid from; committed it takes the room it needs."""

    levels = marks(
        L2="id region_code county_code provider_id code project year source fund_level amount basis stage"
    )

    county_code = county_of_region()
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    code = code(_("安排编号"))
    project = project()
    year = year()
    source = source()
    fund_level = fund_level()
    amount = money(_("金额"))
    basis = word(_("依据"))
    stage = stage(enums.LineStage, enums.LineStage.PLANNED)

    class Meta(PlacedRow.Meta):
        verbose_name = _("资金安排")
        constraints: ClassVar = [unique_in_county("a_funding_line_code_is_unique_in_its_county")]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "year"], name="funding_lines_of_a_place"),
            models.Index(fields=["project"], name="funding_lines_of_a_project"),
        ]

    def __str__(self) -> str:
        return str(self.code)


class Payment(PlacedRow):
    """拨付申请: one instalment of a contract, from the plan to the money (FND-21, PUR-16)."""

    levels = marks(
        L2="id region_code county_code provider_id code project instalment due_upon due_on amount source fund_level"
        " delivered stage paid_on voucher movement_id"
    )

    county_code = county_of_region()
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    code = code(_("拨付编号"))
    project = project()
    instalment = models.PositiveSmallIntegerField(_("期次"))
    due_upon = models.CharField(_("付款条件"), max_length=10, choices=enums.DueUpon.choices)
    due_on = day(_("应付日期"))
    amount = money(_("金额"))
    source = source()
    fund_level = fund_level()
    delivered = told(_("本期服务"))
    stage = stage(enums.PaymentStage, enums.PaymentStage.PLANNED)
    paid_on = day(_("支付日期"))
    voucher = word(_("凭证号"), 64)
    movement_id = models.UUIDField(_("资金流水"), null=True, blank=True, editable=False)

    class Meta(PlacedRow.Meta):
        verbose_name = _("拨付申请")
        constraints: ClassVar = [
            unique_in_county("a_payment_code_is_unique_in_its_county"),
            models.UniqueConstraint(
                fields=["project", "instalment"],
                condition=~Q(stage=enums.PaymentStage.DROPPED),
                name="a_contract_has_one_instalment_of_a_number",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "stage"], name="payments_of_a_place"),
            models.Index(fields=["provider_id", "id"], name="payments_of_a_provider"),
        ]

    def __str__(self) -> str:
        return str(self.code)


class FundReturn(PlacedRow):
    """资金冲减: what takes away from a movement: a mistake put right, money given back (FND-24)."""

    levels = marks(
        L2="id region_code county_code provider_id code movement returned_on kind amount reason voucher stage"
    )

    county_code = county_of_region()
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    code = code(_("冲减编号"))
    movement = models.ForeignKey(
        "procurement.FundMovement", on_delete=models.PROTECT, related_name="+", verbose_name=_("资金流水")
    )
    returned_on = models.DateField(_("日期"))
    kind = models.CharField(_("类型"), max_length=10, choices=enums.ReturnKind.choices)
    amount = money(_("金额"))
    reason = models.TextField(_("原因"))
    voucher = word(_("凭证号"), 64)
    stage = stage(enums.ReturnStage, enums.ReturnStage.REQUESTED)

    class Meta(PlacedRow.Meta):
        verbose_name = _("资金冲减")
        constraints: ClassVar = [unique_in_county("a_return_code_is_unique_in_its_county")]
        indexes: ClassVar = [
            models.Index(fields=["movement"], name="returns_of_a_movement"),
            models.Index(fields=["region_code", "returned_on"], name="returns_of_a_place"),
        ]

    def __str__(self) -> str:
        return str(self.code)


class Clawback(PlacedRow):
    """资金追回: part of the purchase money that a purchaser takes back, with reason and clause (FND-22, FIL-04)."""

    levels = marks(
        L2="id region_code county_code provider_id code project cause amount found_on reason clause heard_on answer"
        " stage recovered_on"
    )

    county_code = county_of_region()
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    code = code(_("追回编号"))
    project = project()
    cause = models.CharField(_("情形"), max_length=20, choices=enums.ClawbackReason.choices)
    amount = money(_("金额"))
    found_on = models.DateField(_("发现日期"))
    reason = models.TextField(_("事实和理由"))
    clause = word(_("依据"))
    heard_on = day(_("告知日期"))
    answer = told(_("机构陈述"))
    stage = stage(enums.ClawbackStage, enums.ClawbackStage.PROPOSED)
    recovered_on = day(_("追回日期"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("资金追回")
        constraints: ClassVar = [unique_in_county("a_clawback_code_is_unique_in_its_county")]
        indexes: ClassVar = [models.Index(fields=["project"], name="clawbacks_of_a_project")]

    def __str__(self) -> str:
        return str(self.code)


class Subsidy(PlacedRow):
    """奖补: what the formula of the place gives for a project, proposed by one, approved by another (FND-15…20)."""

    levels = marks(
        L2="id region_code county_code provider_id code project rule year input_amount formula_amount amount basis"
        " stage decided_on"
    )

    county_code = county_of_region()
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    code = code(_("奖补编号"))
    project = project()
    rule = models.CharField(_("奖补名称"), max_length=100)
    year = year()
    input_amount = stated(_("实际投入"))
    formula_amount = stated(_("按办法计算"))
    amount = stated(_("拟补金额"))
    basis = told(_("说明"))
    stage = stage(enums.SubsidyStage, enums.SubsidyStage.DRAFT)
    decided_on = day(_("批准日期"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("奖补")
        constraints: ClassVar = [
            unique_in_county("a_subsidy_code_is_unique_in_its_county"),
            models.UniqueConstraint(
                fields=["project", "rule", "year"],
                condition=~Q(stage=enums.SubsidyStage.DROPPED),
                name="a_project_has_one_subsidy_of_a_rule_a_year",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["region_code", "year"], name="subsidies_of_a_place")]

    def __str__(self) -> str:
        return str(self.code)
