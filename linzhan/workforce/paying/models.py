"""What posts pay, who stands where on the scale, and money to persons by rule (PAY-01…13)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import PlacedRow, marks
from linzhan.workforce.models.kept import BASE, PERSONAL, KeptRow, PersonRow
from linzhan.workforce.models.workers import SocialWorker
from linzhan.workforce.paying.enums import AllowanceBasis, AnyGrade, BatchStage, PayPeriod, RiskyField

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


def yuan(label: StrPromise) -> models.DecimalField[Decimal, Decimal]:
    """An amount in yuan."""
    return models.DecimalField(label, max_digits=16, decimal_places=2)


def yuan_if_stated(label: StrPromise) -> models.DecimalField[Decimal | None, Decimal | None]:
    """The same; not stated is NULL, never 0."""
    return models.DecimalField(label, max_digits=16, decimal_places=2, null=True, blank=True)


class PayScaleLine(PlacedRow):
    """薪级表: what a post of a grade pays in a place, from a day on. The matrix of posts by grades (PAY-01)."""

    levels = marks(L2="id region_code post grade starts_on minimum maximum")

    post = models.CharField(_("岗位"), max_length=50)
    grade = models.PositiveSmallIntegerField(_("等级"))
    starts_on = models.DateField(_("施行日期"))
    minimum = yuan_if_stated(_("最低"))
    maximum = yuan_if_stated(_("最高"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("薪级表")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["region_code", "post", "grade", "starts_on"],
                name="a_grade_of_a_post_is_set_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(maximum__isnull=True) | Q(minimum__isnull=True) | Q(maximum__gte=F("minimum")),
                name="a_grade_pays_at_most_no_less_than_least",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post}{self.grade}级"


class PayPlacement(PersonRow):
    """薪酬定级: where on the scale a worker stands, what is paid, whether insured (PAY-01, PAY-02, PAY-05)."""

    levels = marks(L2=PERSONAL + "post grade starts_on ends_on social_insurance housing_fund", L3="monthly")

    post = models.CharField(_("岗位"), max_length=50)
    grade = models.PositiveSmallIntegerField(_("等级"))
    starts_on = models.DateField(_("起始日期"))
    ends_on = models.DateField(_("结束日期"), null=True, blank=True)
    monthly = yuan_if_stated(_("月薪"))
    social_insurance = models.BooleanField(_("已缴社会保险"), null=True, blank=True)
    housing_fund = models.BooleanField(_("已缴住房公积金"), null=True, blank=True)

    class Meta(PersonRow.Meta):
        verbose_name = _("薪酬定级")


class AllowanceStandard(PlacedRow):
    """津贴标准: what a place pays to whom, by grade, once or again and again (PAY-09…13, PAY-15)."""

    levels = marks(L2="id region_code rule basis grade period amount starts_on ends_on content")

    rule = models.CharField(_("津补贴名称"), max_length=100)
    basis = models.CharField(_("发放情形"), max_length=10, choices=AllowanceBasis.choices)
    grade = models.CharField(_("职业资格"), max_length=10, choices=AnyGrade.choices)
    period = models.CharField(_("发放周期"), max_length=10, choices=PayPeriod.choices)
    amount = yuan(_("金额"))
    starts_on = models.DateField(_("施行日期"))
    ends_on = models.DateField(_("停止日期"), null=True, blank=True)
    content = models.TextField(_("说明"), blank=True, default="")

    class Meta(PlacedRow.Meta):
        verbose_name = _("津贴标准")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["region_code", "rule", "grade", "starts_on"], name="a_standard_is_set_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.grade}"


class AllowanceBatch(KeptRow):
    """津贴发放: one payment of one rule for one span of days; who gets what is computed when it is submitted."""

    levels = marks(L2=BASE + "rule starts_on ends_on stage persons amount content approved_on paid_on")

    rule = models.CharField(_("津补贴名称"), max_length=100)
    starts_on = models.DateField(_("期间起"))
    ends_on = models.DateField(_("期间止"))
    stage = models.CharField(_("状态"), max_length=10, choices=BatchStage.choices, default=BatchStage.DRAFT)
    persons = models.PositiveIntegerField(_("人数"), null=True, blank=True)
    amount = yuan_if_stated(_("合计金额"))
    content = models.TextField(_("说明"), blank=True, default="")
    approved_on = models.DateField(_("批准日期"), null=True, blank=True)
    paid_on = models.DateField(_("发放日期"), null=True, blank=True)

    class Meta(KeptRow.Meta):
        verbose_name = _("津贴发放")


class AllowanceLine(PlacedRow):
    """发放明细: what one person gets in one payment, and why."""

    levels = marks(L2="id region_code provider_id station_id batch worker grade why", L3="amount")

    batch = models.ForeignKey(
        AllowanceBatch, on_delete=models.CASCADE, related_name="+", db_index=False, verbose_name=_("发放")
    )
    worker = models.ForeignKey(
        SocialWorker, on_delete=models.PROTECT, related_name="+", verbose_name=_("社工")
    )
    provider_id = models.UUIDField(_("承接机构"), null=True)
    station_id = models.UUIDField(_("站点"), null=True)
    grade = models.CharField(_("职业资格"), max_length=10)
    amount = yuan(_("金额"))
    why = models.CharField(_("依据"), max_length=200)

    class Meta(PlacedRow.Meta):
        verbose_name = _("发放明细")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "worker"], name="a_payment_pays_a_person_once")
        ]


class GuidancePrice(KeptRow):
    """薪酬指导价: by field and year (PAY-04)."""

    levels = marks(L2=BASE + "year field low high content")

    year = models.PositiveSmallIntegerField(_("年度"))
    field = models.CharField(_("领域"), max_length=10, choices=RiskyField.choices)
    low = yuan_if_stated(_("低位"))
    high = yuan_if_stated(_("高位"))
    content = models.TextField(_("说明"), blank=True, default="")

    class Meta(KeptRow.Meta):
        verbose_name = _("薪酬指导价")


class PayCosting(KeptRow):
    """用人成本核算: what a post costs here, from local prices, like staff and insurance (PAY-07)."""

    levels = marks(L2=BASE + "year post wage reference_wage insurance other per_post content")

    year = models.PositiveSmallIntegerField(_("年度"))
    post = models.CharField(_("岗位"), max_length=50)
    wage = yuan(_("年工资"))
    reference_wage = yuan_if_stated(_("同等技术人才年薪"))
    insurance = yuan_if_stated(_("单位缴纳社保公积金"))
    other = yuan_if_stated(_("其他用人成本"))
    per_post = yuan_if_stated(_("每岗年成本"))
    content = models.TextField(_("测算依据"), blank=True, default="")

    class Meta(KeptRow.Meta):
        verbose_name = _("用人成本核算")


class Promotion(PersonRow):
    """职务晋升: from which post to which, and the rank it is treated like (PAY-08)."""

    levels = marks(L2=PERSONAL + "promoted_on from_post to_post treatment content")

    promoted_on = models.DateField(_("晋升日期"))
    from_post = models.CharField(_("原岗位"), max_length=50, blank=True, default="")
    to_post = models.CharField(_("现岗位"), max_length=50)
    treatment = models.CharField(_("对等职级待遇"), max_length=100, blank=True, default="")
    content = models.TextField(_("说明"), blank=True, default="")

    class Meta(PersonRow.Meta):
        verbose_name = _("职务晋升")
