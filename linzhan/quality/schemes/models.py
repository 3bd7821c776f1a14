"""Schemes that places made their own; the shipped ones are data (``schemes/data``)."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models
from django.db.models import Value
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import county_of_region, marks, unique_in_county
from linzhan.network.api import HeldBelowRow
from linzhan.quality.enums import SubjectKind
from linzhan.quality.schemes.enums import SchemeStage

EMPTY: Final = Value({}, models.JSONField())
"""What the database writes into a JSON column that no register knows."""


class EvaluationScheme(HeldBelowRow):
    """评估方案: one version of a scheme of a place, read in all places below it.

    ``definition`` is what ``schemes.definition`` reads. Once published it is never changed; a change is a
    new row with the next ``version`` and the same ``family``.
    """

    levels = marks(
        L1="id region_code county_code code name subject family version note definition stage published_on"
    )

    county_code = county_of_region()
    code = models.CharField(_("方案编号"), max_length=64, db_collation="C")
    name = models.CharField(_("方案名称"), max_length=200)
    subject = models.CharField(_("对象类型"), max_length=10, choices=SubjectKind.choices)
    family = models.CharField(_("方案系列"), max_length=64, blank=True, db_default="", db_collation="C")
    version = models.PositiveSmallIntegerField(_("版本"), db_default=1)
    note = models.TextField(_("说明"), blank=True, default="")
    definition = models.JSONField(_("方案内容"), db_default=EMPTY, default=dict, blank=True)
    stage = models.CharField(
        _("状态"), max_length=10, choices=SchemeStage.choices, default=SchemeStage.DRAFT, blank=True
    )
    published_on = models.DateField(_("发布日期"), null=True, blank=True)

    class Meta(HeldBelowRow.Meta):
        verbose_name = _("评估方案")
        constraints: ClassVar = [unique_in_county("a_scheme_code_is_unique_in_its_county")]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "id"], name="schemes_of_a_place"),
            models.Index(fields=["county_code", "id"], name="schemes_of_a_county"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"
