"""The ledger: what leaves one pot arrives in another, once and for ever (FND-11, FND-24; ADR 0024)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import PlacedRow, marks
from linzhan.kernel.scope import Scope
from linzhan.kernel.wall import LINE
from linzhan.procurement.enums import FundLevel, Head, Source
from linzhan.procurement.money.enums import WAYS, EntryKind, Pot


def _pot(side: int) -> Case:
    """The pot on one side of an entry, as its kind says."""
    return Case(
        *(When(kind=kind.value, then=Value(way[side].value)) for kind, way in WAYS.items()),
        output_field=models.CharField(max_length=10),
    )


class LedgerEntry(PlacedRow):
    """账目: an amount that went out of one pot into another. Never changed, never removed.

    Both sides stand in the one row, so an entry that does not balance cannot be written down. A mistake is
    put right by an entry of the same kind with the amount below nought that names what it ``reverses``;
    an entry is reversed once. ``movement`` is the row of 资金 it was posted from (by the database itself),
    ``origin`` with ``origin_id`` any other register's row. An institution reads what is booked on its projects.
    """

    history: ClassVar[bool] = False
    append_only: ClassVar[bool] = True
    levels = marks(
        L2="id region_code project movement_id origin origin_id kind out_of_pot into_pot booked_on year source fund_level"
        " head amount reverses posted_at"
    )

    project = models.ForeignKey(
        "procurement.ServiceProject",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("项目"),
    )
    movement_id = models.UUIDField(_("资金流水"), null=True)
    origin = models.CharField(_("登记自"), max_length=40, blank=True, default="", db_default="")
    origin_id = models.UUIDField(_("登记"), null=True)
    kind = models.CharField(_("类型"), max_length=10, choices=EntryKind.choices)
    out_of_pot = models.GeneratedField(
        expression=_pot(0),
        output_field=models.CharField(max_length=10, choices=Pot.choices),
        db_persist=True,
        verbose_name=_("转出"),
    )
    into_pot = models.GeneratedField(
        expression=_pot(1),
        output_field=models.CharField(max_length=10, choices=Pot.choices),
        db_persist=True,
        verbose_name=_("转入"),
    )
    booked_on = models.DateField(_("记账日期"))
    year = models.PositiveSmallIntegerField(_("年度"))
    source = models.CharField(_("资金来源"), max_length=20, choices=Source.choices)
    fund_level = models.CharField(
        _("资金级次"), max_length=4, choices=FundLevel.choices, blank=True, default="", db_default=""
    )
    head = models.CharField(
        _("支出科目"), max_length=10, choices=Head.choices, blank=True, default="", db_default=""
    )
    amount = models.DecimalField(_("金额"), max_digits=16, decimal_places=2)
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("冲回")
    )
    posted_at = models.DateTimeField(_("入账时间"), auto_now_add=True)

    class Meta(PlacedRow.Meta):
        verbose_name = _("账目")
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(reverses__isnull=True, amount__gt=0) | Q(reverses__isnull=False, amount__lt=0),
                name="an_entry_is_above_nought_or_reverses_one",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in WAYS]), name="an_entry_leads_somewhere"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "year", "source"], name="ledger_of_a_place"),
            models.Index(fields=["year", "region_code"], name="ledger_of_a_year"),
            models.Index(fields=["project", "booked_on"], name="ledger_of_a_project"),
            models.Index(fields=["movement_id"], name="ledger_of_a_movement"),
            models.Index(fields=["origin_id"], name="ledger_of_an_origin"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"

    @classmethod
    def visible_besides(cls, value: Scope) -> Q:
        return Q(project__provider_id__in=value.providers)

    @classmethod
    def policy_besides(cls) -> str:
        own = LINE.format(column="p.provider_id", line="providers")
        return (
            "EXISTS (SELECT FROM procurement_serviceproject p"
            f" WHERE p.id = procurement_ledgerentry.project_id AND {own})"
        )


class LedgerTotal(PlacedRow):
    """账户合计: what the entries of a place, source, level, year and kind come to. Kept by the database.

    So that the overview of a province reads some hundred rows and not the ledger.
    """

    history: ClassVar[bool] = False
    append_only: ClassVar[bool] = True
    levels = marks(L2="id region_code kind year source fund_level amount entries")

    kind = models.CharField(_("类型"), max_length=10, choices=EntryKind.choices)
    year = models.PositiveSmallIntegerField(_("年度"))
    source = models.CharField(_("资金来源"), max_length=20, choices=Source.choices)
    fund_level = models.CharField(
        _("资金级次"), max_length=4, choices=FundLevel.choices, blank=True, default=""
    )
    amount = models.DecimalField(_("金额"), max_digits=18, decimal_places=2)
    entries = models.IntegerField(_("笔数"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("账户合计")
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["region_code", "year", "source", "fund_level", "kind"],
                name="an_account_has_one_total",
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.source} {self.kind}"
