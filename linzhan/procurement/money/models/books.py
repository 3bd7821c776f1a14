"""What the bank says, months that are closed, contracts that are settled."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import PlacedRow, county_of_region, marks, unique_in_county
from linzhan.procurement.money import enums
from linzhan.procurement.money.models.decided import code, day, project, stage, stated, told, word
from linzhan.procurement.money.rules import Paper


class BankLine(PlacedRow):
    """银行流水: a line of a bank statement, and the movement that a person found it to be."""

    levels = marks(
        L2="id region_code county_code provider_id code project happened_on paid_out paid_in summary voucher"
        " balance stage movement",
        L3="counterparty account",
    )

    county_code = county_of_region()
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    code = code(_("银行流水号"))
    project = project(optional=True)
    happened_on = models.DateField(_("交易日期"))
    paid_out = stated(_("借方发生额"))
    paid_in = stated(_("贷方发生额"))
    counterparty = word(_("对方户名"))
    account = word(_("本方账号"), 64)
    summary = told(_("摘要"))
    voucher = word(_("凭证号"), 64)
    balance = stated(_("余额"))
    stage = stage(enums.BankStage, enums.BankStage.OPEN)
    movement = models.ForeignKey(
        "procurement.FundMovement",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("资金流水"),
    )

    class Meta(PlacedRow.Meta):
        verbose_name = _("银行流水")
        constraints: ClassVar = [
            unique_in_county("a_bank_line_code_is_unique_in_its_county"),
            models.UniqueConstraint(
                fields=["movement"],
                condition=Q(stage=enums.BankStage.MATCHED, project__isnull=True),
                name="a_movement_is_one_line_of_the_payer",
            ),
            models.UniqueConstraint(
                fields=["movement"],
                condition=Q(stage=enums.BankStage.MATCHED, project__isnull=False),
                name="a_movement_is_one_line_of_the_operator",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "happened_on"], name="bank_lines_of_a_place"),
            models.Index(fields=["region_code", "stage"], name="bank_lines_by_stage"),
        ]

    def __str__(self) -> str:
        return str(self.code)

    @property
    def paper(self) -> Paper:
        """The line as matching looks at it."""
        out = self.paid_out is not None
        amount = self.paid_out if self.paid_out is not None else self.paid_in
        return Paper(
            id=str(self.pk), on=self.happened_on, amount=amount or Decimal(0), out=out, voucher=self.voucher
        )


class MoneyMonth(PlacedRow):
    """月结: the month of a place's books; closed, nothing dated in it is written until somebody says why."""

    levels = marks(L2="id region_code county_code month stage closed_on note")

    county_code = county_of_region()
    month = models.DateField(_("月份"))
    stage = stage(enums.MonthStage, enums.MonthStage.OPEN)
    closed_on = day(_("结账日期"))
    note = word(_("说明"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("月结")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region_code", "month"], name="a_place_closes_a_month_once")
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class Settlement(PlacedRow):
    """项目结算: what a contract came to in the end: paid, spent, given back, released (FND-21)."""

    levels = marks(
        L2="id region_code county_code provider_id code project settled_on spent_amount audit conclusion stage"
    )

    county_code = county_of_region()
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    code = code(_("结算编号"))
    project = project()
    settled_on = models.DateField(_("结算日期"))
    spent_amount = stated(_("核定支出"))
    audit = word(_("审计报告"))
    conclusion = told(_("结算说明"))
    stage = stage(enums.SettlementStage, enums.SettlementStage.DRAFT)

    class Meta(PlacedRow.Meta):
        verbose_name = _("项目结算")
        constraints: ClassVar = [
            unique_in_county("a_settlement_code_is_unique_in_its_county"),
            models.UniqueConstraint(
                fields=["project"],
                condition=~Q(stage=enums.SettlementStage.DROPPED),
                name="a_contract_is_settled_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "settled_on"], name="settlements_of_a_place")
        ]

    def __str__(self) -> str:
        return str(self.code)
