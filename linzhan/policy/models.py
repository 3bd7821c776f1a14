"""Documents and what they state. Open to every reader: reference data, no person in it, no place to hide.

Values are dated and never overwritten; the database itself refuses two at once.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import RegionCodeField, Row, ends_after_it_starts, marks, one_at_a_time
from linzhan.policy.enums import DocumentKind, DocumentStatus
from linzhan.policy.rules import Span


class PolicyDocument(Row):
    """A paper that states values: its number, who issued it, where it rules, whether it is in force (DOC-01)."""

    levels = marks(L1="id key title number issuers region_code kind issued_on status text note quoted_in")

    key = models.CharField(_("参考数据标识"), max_length=60, null=True, blank=True, unique=True)
    title = models.CharField(_("标题"), max_length=200)
    number = models.CharField(_("文号"), max_length=80, blank=True)
    issuers = models.JSONField(_("发文单位"), default=list, blank=True)
    region_code = RegionCodeField(_("适用行政区划"))
    kind = models.CharField(_("类别"), max_length=20, choices=DocumentKind.choices, default=DocumentKind.RULE)
    issued_on = models.DateField(_("印发日期"), null=True, blank=True)
    status = models.CharField(
        _("状态"), max_length=20, choices=DocumentStatus.choices, default=DocumentStatus.IN_FORCE
    )
    text = models.TextField(_("全文"), blank=True)
    note = models.TextField(_("说明"), blank=True)
    quoted_in = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("转引自")
    )

    class Meta:
        verbose_name = _("政策文件")
        verbose_name_plural = verbose_name
        ordering: ClassVar = ["region_code", "title"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["number", "region_code"],
                condition=~Q(number=""),
                name="policy_document_number_once_per_place",
            ),
        ]

    def __str__(self) -> str:
        return f"《{self.title}》({self.number})" if self.number else f"《{self.title}》"


class DatedRow(Row):
    """What a document states for a place and a time."""

    region_code = RegionCodeField(_("行政区划"))
    valid_from = models.DateField(_("生效日期"))
    valid_to = models.DateField(_("失效日期"), null=True, blank=True, help_text=_("自当日起不再适用"))
    document = models.ForeignKey(
        PolicyDocument, on_delete=models.PROTECT, related_name="+", verbose_name=_("依据文件")
    )
    note = models.TextField(_("说明"), blank=True)

    class Meta:
        abstract = True

    @property
    def span(self) -> Span:
        return Span(self.valid_from, self.valid_to)


class ParameterValue(DatedRow):
    """The value of one parameter in one place over one period. ``null`` value: stated, but digits lost."""

    levels = marks(
        L1="id parameter variant region_code value valid_from valid_to start_stated document clause note"
        " ended_because reference_key"
    )

    parameter = models.CharField(_("参数"), max_length=80)
    variant = models.CharField(_("分项"), max_length=80, blank=True)
    value = models.JSONField(_("取值"), null=True)
    start_stated = models.BooleanField(_("生效日期有载明"), default=True)
    clause = models.CharField(_("条款"), max_length=120)
    ended_because = models.CharField(_("终止原因"), max_length=200, blank=True)
    reference_key = models.CharField(_("参考数据标识"), max_length=200, null=True, blank=True, unique=True)

    class Meta:
        verbose_name = _("参数取值")
        verbose_name_plural = verbose_name
        ordering: ClassVar = ["parameter", "variant", "region_code", "valid_from"]
        constraints: ClassVar = [
            one_at_a_time("policy_one_value_at_a_time", "parameter", "variant", "region_code"),
            ends_after_it_starts("policy_value_ends_after_it_starts", starts="valid_from", ends="valid_to"),
        ]

    def __str__(self) -> str:
        return f"{self.parameter} {self.variant} {self.region_code} {self.valid_from}"


class ListedRow(DatedRow):
    """An entry of a code list that places may extend; by code, the nearest place's entry counts."""

    code = models.CharField(_("代码"), max_length=10)
    name = models.CharField(_("名称"), max_length=60)
    offered = models.BooleanField(_("启用"), default=True)
    position = models.PositiveSmallIntegerField(_("顺序"), default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class MenuItem(ListedRow):
    """An item of the service menu (SVC-01, ``domain.md`` §9.1)."""

    levels = marks(
        L1="id region_code code name offered position domain domain_name unit standard objects_served methods"
        " valid_from valid_to document note"
    )

    domain = models.CharField(_("领域代码"), max_length=4)
    domain_name = models.CharField(_("领域"), max_length=40)
    unit = models.CharField(_("计量单位"), max_length=10, blank=True)
    standard = models.CharField(_("服务标准"), max_length=120, blank=True)
    objects_served = models.JSONField(_("服务对象类别"), default=list, blank=True)
    methods = models.JSONField(_("服务方法"), default=list, blank=True)

    class Meta:
        verbose_name = _("服务事项")
        verbose_name_plural = verbose_name
        ordering: ClassVar = ["region_code", "position", "code"]
        constraints: ClassVar = [
            one_at_a_time("policy_one_menu_item_at_a_time", "code", "region_code"),
            ends_after_it_starts(
                "policy_menu_item_ends_after_it_starts", starts="valid_from", ends="valid_to"
            ),
        ]


class ResidentCategory(ListedRow):
    """A category of residents (``domain.md`` §6.1) and whether public notices may name it."""

    levels = marks(
        L1="id region_code code name offered position kind definition publishable confidential"
        " valid_from valid_to document note"
    )

    class Kind(models.TextChoices):
        ASSISTANCE = "A", _("社会救助")
        ELDERLY = "B", _("老年人")
        CHILD = "C", _("儿童")
        DISABILITY = "D", _("残障与精神健康")
        SPECIAL = "E", _("特殊人群")
        OTHER = "F", _("其他")

    kind = models.CharField(_("大类"), max_length=2, choices=Kind.choices)
    definition = models.CharField(_("认定口径"), max_length=200, blank=True)
    publishable = models.BooleanField(_("可公示"), default=False)
    confidential = models.BooleanField(_("类别本身保密"), default=False)

    class Meta:
        verbose_name = _("服务对象类别")
        verbose_name_plural = verbose_name
        ordering: ClassVar = ["region_code", "position", "code"]
        constraints: ClassVar = [
            one_at_a_time("policy_one_category_at_a_time", "code", "region_code"),
            ends_after_it_starts(
                "policy_category_ends_after_it_starts", starts="valid_from", ends="valid_to"
            ),
        ]
