"""The store of results, what makes them stale, and the figures people state themselves."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.rows import PlacedRow, RegionCodeField, Row, marks


class RegisterUse(Row):
    """A register is in use in a place (its county, or the place itself above one): there, none is 0.

    Not scoped: it says only that a county keeps a list, and a township's 0 is known by its county.
    """

    history: ClassVar[bool] = False
    levels = marks(L1="id register region_code since")

    register = models.CharField(_("台账"), max_length=60)
    region_code = RegionCodeField(_("行政区划"))
    since = models.DateTimeField(_("启用时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("已启用的台账")
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["register", "region_code"], name="a_register_is_in_use_once_in_a_place"
            )
        ]


class StaleMark(Row):
    """A write touched a register in a place and month: stored figures over it must be counted again.

    Written in the transaction of the write, so a crash loses none. Not scoped: whoever may write a
    row may mark its place, and a mark says nothing else.
    """

    history: ClassVar[bool] = False
    levels = marks(L1="id region_code month register")

    region_code = RegionCodeField(_("行政区划"))
    month = models.DateField(_("月份"))
    register = models.CharField(_("台账"), max_length=60)

    class Meta:
        verbose_name = _("待重算标记")
        default_permissions = ()
        indexes: ClassVar = [models.Index(fields=["region_code", "month"], name="stale_by_place")]


class StoredFigure(PlacedRow):
    """A computed figure, kept for boards. Derived: it can be thrown away and counted again.

    ``period`` is empty for a figure taken on a date only; ``split`` names the dimension that
    ``dims`` divides by, empty for the figure itself.
    """

    history: ClassVar[bool] = False
    levels = marks(
        L1="id figure region_code period start as_of split dims value numerator denominator computed_at"
    )

    figure = models.CharField(_("指标"), max_length=80)
    period = models.CharField(_("时段"), max_length=30, blank=True)
    start = models.DateField(_("时段起"), null=True)
    as_of = models.DateField(_("截至"))
    split = models.CharField(_("细分"), max_length=40, blank=True)
    dims = models.JSONField(_("维度"), default=dict)
    value = models.JSONField(_("数值"), null=True)
    numerator = models.JSONField(_("分子"), null=True)
    denominator = models.JSONField(_("分母"), null=True)
    computed_at = models.DateTimeField(_("计算时间"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("已算指标")
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["region_code", "figure", "period", "as_of", "split", "dims"],
                name="a_stored_figure_has_one_value",
            )
        ]


class StatedFigure(PlacedRow):
    """A number that somebody typed in, with its source; shown as stated, never mixed with computed ones."""

    levels = marks(L1="id figure name unit region_code period as_of value source", L2="stated_by stated_at")

    figure = models.CharField(_("指标"), max_length=80, blank=True)
    name = models.CharField(_("名称"), max_length=120)
    unit = models.CharField(_("单位"), max_length=20, blank=True)
    period = models.CharField(_("时段"), max_length=30, blank=True)
    as_of = models.DateField(_("截至"), null=True)
    value = models.DecimalField(_("数值"), max_digits=20, decimal_places=4)
    source = models.CharField(_("来源"), max_length=300)
    stated_by = models.CharField(_("填报人"), max_length=80)
    stated_at = models.DateTimeField(_("填报时间"), auto_now_add=True)

    class Meta(PlacedRow.Meta):
        verbose_name = _("填报指标")
        default_permissions = ()
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(source=""), name="a_stated_figure_names_its_source")
        ]


class PublishedFigure(PlacedRow):
    """公布数: a computed figure as it was published. It stays as it was, whatever is corrected afterwards.

    What it would be today is computed beside it, with the corrections that explain the difference
    (``figures.publishing``).
    """

    append_only: ClassVar[bool] = True
    levels = marks(
        L1="id figure name unit region_code period as_of dims value numerator denominator published_at history_id",
        L2="published_by note",
    )

    figure = models.CharField(_("指标"), max_length=80)
    name = models.CharField(_("名称"), max_length=120)
    unit = models.CharField(_("单位"), max_length=20, blank=True)
    period = models.CharField(_("时段"), max_length=30, blank=True)
    as_of = models.DateField(_("截至"))
    dims = models.JSONField(_("维度"), default=dict)
    value = models.JSONField(_("数值"), null=True)
    numerator = models.JSONField(_("分子"), null=True)
    denominator = models.JSONField(_("分母"), null=True)
    published_at = models.DateTimeField(_("公布时间"), auto_now_add=True)
    history_id = models.BigIntegerField(_("公布时的变更序号"))
    published_by = models.CharField(_("公布人"), max_length=80)
    note = models.CharField(_("公布于"), max_length=200, blank=True)

    class Meta(PlacedRow.Meta):
        verbose_name = _("公布的指标")
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(fields=["region_code", "figure", "-published_at"], name="published_of_a_place")
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.period or self.as_of}"
