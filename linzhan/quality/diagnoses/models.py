"""A diagnosis of an institution's personnel: numbers of the whole team, never of one person (EVL-04)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import PlacedRow, county_of_region, marks, unique_in_county
from linzhan.quality.diagnoses.enums import DiagnosisStage
from linzhan.quality.schemes.models import EMPTY


class PersonnelDiagnosis(PlacedRow):
    """人员诊断: what the records say of an institution's team in a place over a period, and what follows.

    ``facts`` are taken when it is told and stay as they were.
    """

    levels = marks(
        L2="id region_code county_code provider_id code period opinion stage told_on reply replied_on settled_on facts",
    )

    county_code = county_of_region()
    provider_id = models.UUIDField(_("承接机构"))
    code = models.CharField(_("诊断编号"), max_length=64, db_collation="C")
    period = models.CharField(_("诊断时段"), max_length=40)
    opinion = models.TextField(_("诊断意见"), blank=True, default="")
    stage = models.CharField(
        _("状态"), max_length=10, choices=DiagnosisStage.choices, default=DiagnosisStage.DRAFT, blank=True
    )
    told_on = models.DateField(_("告知日期"), null=True, blank=True)
    reply = models.TextField(_("机构陈述"), blank=True, default="")
    replied_on = models.DateField(_("陈述日期"), null=True, blank=True)
    settled_on = models.DateField(_("定稿日期"), null=True, blank=True)
    facts = models.JSONField(_("诊断数据"), default=dict, db_default=EMPTY, blank=True)

    class Meta(PlacedRow.Meta):
        verbose_name = _("人员诊断")
        constraints: ClassVar = [unique_in_county("a_diagnosis_code_is_unique_in_its_county")]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "id"], name="diagnoses_of_a_place"),
            models.Index(fields=["county_code", "id"], name="diagnoses_of_a_county"),
            models.Index(fields=["provider_id", "id"], name="diagnoses_of_a_provider"),
        ]

    def __str__(self) -> str:
        return self.code
