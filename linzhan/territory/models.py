"""The tree of administrative divisions with its names and changes over time.

Open data: everybody may read it, so nothing here is scoped. A unit is one row for its whole life,
keyed by its code in the statistics bureau's book; the civil-affairs code stands beside it (ADR 0010).
Nothing is overwritten: a unit that ends keeps its row with ``valid_to``, a name that ends moves to
:class:`RegionName`, and every change is a :class:`RegionChange` (NET-01, NET-13, NET-14).
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from linzhan.kernel import places
from linzhan.kernel.rows import RegionCodeField, Row, marks
from linzhan.territory.enums import ChangeKind, Level


class Characters(Func):
    """The characters of a text as an array: what finds Chinese names of two characters by index."""

    function = "string_to_array"
    template = "%(function)s(%(expressions)s, NULL)"
    arity = 1
    output_field = ArrayField(models.TextField())


class RegionQuerySet(models.QuerySet["Region"]):
    def on(self, day: dt.date) -> RegionQuerySet:
        """The units that exist on ``day``."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gt=day),
        )

    def within(self, code: str) -> RegionQuerySet:
        """``code`` and everything below it."""
        low, high = places.bounds(code)
        return self.filter(code__gte=low, code__lt=high)


class Region(models.Model):
    """行政区划: one administrative division, from province to village.

    ``statistical`` units are not in the civil-affairs list: development zones, 管理区, tourist
    zones (NET-13); whether they count in a rate is a policy's decision. ``grouping`` units only fill
    a level of the code book (市辖区, 省直辖县级行政区划): they are left out of paths and look-ups.
    ``villages`` is how many villages the code book has in a township: a rate needs no more of a county whose
    villages nobody has asked for. ``valid_from`` null is since ever, ``valid_to`` null is still; ``valid_to`` is the first day
    on which the unit no longer exists.
    """

    history: ClassVar[bool] = (
        False  # RegionName and RegionChange are its history; 665,000 rows are loaded from books
    )
    levels = marks(
        L1="code name short_name level parent_code full_path pinyin initials civil_code civil_name statistical grouping "
        "villages valid_from valid_to longitude latitude"
    )

    code = RegionCodeField(_("统计用区划代码"), primary_key=True)
    name = models.TextField(_("名称"))
    short_name = models.TextField(_("简称"))
    level = models.PositiveSmallIntegerField(_("层级"), choices=Level)
    parent_code = RegionCodeField(_("上级"), blank=True)
    full_path = models.TextField(_("全称"))
    pinyin = models.TextField(_("拼音"), blank=True, db_collation="C")
    initials = models.TextField(_("拼音首字母"), blank=True, db_collation="C")
    civil_code = RegionCodeField(_("民政区划代码"), blank=True)
    civil_name = models.TextField(_("民政名称"), blank=True)  # where it differs
    statistical = models.BooleanField(_("是否统计上的单元"), default=False)
    grouping = models.BooleanField(_("是否仅为编码设置"), default=False)
    villages = models.PositiveIntegerField(_("村（社区）数"), null=True, blank=True)
    valid_from = models.DateField(_("设立日期"), null=True, blank=True)
    valid_to = models.DateField(_("撤销日期"), null=True, blank=True)
    longitude = models.DecimalField(_("经度"), max_digits=9, decimal_places=6, null=True, blank=True)
    latitude = models.DecimalField(_("纬度"), max_digits=9, decimal_places=6, null=True, blank=True)

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("行政区划")
        verbose_name_plural = _("行政区划")
        ordering: ClassVar = ["code"]
        indexes: ClassVar = [
            models.Index(fields=["parent_code"], name="region_parent"),
            models.Index(fields=["name"], name="region_name"),
            models.Index(fields=["short_name"], name="region_short_name"),
            models.Index(fields=["civil_code"], name="region_civil_code"),
            models.Index(fields=["civil_name"], name="region_civil_name", condition=~Q(civil_name="")),
            models.Index(fields=["pinyin"], name="region_pinyin"),
            models.Index(fields=["initials"], name="region_initials"),
            GinIndex(Characters(F("name")), name="region_characters"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^\d{12}$"), name="a_division_code_has_twelve_digits"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gt=F("valid_from")),
                name="a_division_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.full_path

    @property
    def prefix(self) -> str:
        """The digits all codes below this unit share."""
        return places.prefix(self.code)

    @property
    def bounds(self) -> tuple[str, str]:
        """The subtree as a range of codes, ``lo <= code < hi``."""
        return places.bounds(self.code)

    def exists_on(self, day: dt.date) -> bool:
        """Whether the unit exists on ``day``."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day < self.valid_to)


class RegionName(Row):
    """曾用名: a name a division bore until ``valid_to``, the first day of the next one."""

    levels = marks(L1="id region name valid_from valid_to")

    region = models.ForeignKey(
        Region, verbose_name=_("行政区划"), on_delete=models.PROTECT, related_name="former_names"
    )
    name = models.TextField(_("名称"))
    valid_from = models.DateField(_("启用日期"), null=True, blank=True)
    valid_to = models.DateField(_("停用日期"))

    class Meta:
        verbose_name = _("曾用名")
        verbose_name_plural = _("曾用名")
        indexes: ClassVar = [models.Index(fields=["name"], name="region_former_name")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region", "valid_to"], name="a_division_has_one_name_at_a_time"),
        ]

    def __str__(self) -> str:
        return self.name


class RegionChange(Row):
    """区划变更: one dated change of the tree.

    ``exact`` is false where the source gives only the year; ``on`` is then its last day. Changes
    from the national history name units by their codes of that time, which need not be in the tree.
    """

    levels = marks(
        L1="id kind on exact from_codes to_codes from_names to_names title source document recorded_at",
        L2="recorded_by",
    )

    kind = models.CharField(_("变更类型"), max_length=8, choices=ChangeKind)
    on = models.DateField(_("生效日期"))
    exact = models.BooleanField(_("日期是否到日"), default=True)
    from_codes = ArrayField(RegionCodeField(), verbose_name=_("变更前代码"), default=list, blank=True)
    to_codes = ArrayField(RegionCodeField(), verbose_name=_("变更后代码"), default=list, blank=True)
    from_names = ArrayField(models.TextField(), verbose_name=_("变更前名称"), default=list, blank=True)
    to_names = ArrayField(models.TextField(), verbose_name=_("变更后名称"), default=list, blank=True)
    title = models.TextField(_("说明"), blank=True)
    source = models.TextField(_("来源"))
    document = models.TextField(_("批准文号"), blank=True)
    recorded_by = models.TextField(_("登记人"), blank=True)
    recorded_at = models.DateTimeField(_("登记时间"), auto_now_add=True)

    class Meta:
        verbose_name = _("区划变更")
        verbose_name_plural = _("区划变更")
        ordering: ClassVar = ["on", "id"]
        indexes: ClassVar = [
            models.Index(fields=["on"], name="region_change_on"),
            GinIndex(fields=["from_codes"], name="region_change_from_codes"),
            GinIndex(fields=["to_codes"], name="region_change_to_codes"),
            GinIndex(fields=["from_names"], name="region_change_from_names"),
        ]

    def __str__(self) -> str:
        before, after = "、".join(self.from_names), "、".join(self.to_names)
        return f"{self.on} {self.get_kind_display()} {before} → {after}"
