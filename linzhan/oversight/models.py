"""Disclosure: what institutions and stations made public, of which month and when (DSC-01)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import PlacedRow, county_of_region, marks, unique_in_county


class Disclosure(PlacedRow):
    """公开: one month's package, by an institution or a station.

    Its place is the station's; an institution's own package stands with whoever noted it.
    """

    levels = marks(
        L2="id region_code county_code provider_id station_id code month published_on channel url",
    )

    county_code = county_of_region()
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    station_id = models.UUIDField(_("站点"), null=True, blank=True)
    code = models.CharField(_("公开编号"), max_length=64, db_collation="C")
    month = models.DateField(_("月份"))
    published_on = models.DateField(_("公开日期"))
    channel = models.CharField(_("渠道"), max_length=200, blank=True, default="")
    url = models.CharField(_("网址"), max_length=2000, blank=True, default="")

    class Meta(PlacedRow.Meta):
        verbose_name = _("公开")
        constraints: ClassVar = [
            unique_in_county("a_disclosure_code_is_unique_in_its_county"),
            models.CheckConstraint(
                condition=Q(provider_id__isnull=False) | Q(station_id__isnull=False),
                name="a_disclosure_names_who_disclosed",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["region_code", "month"], name="disclosures_of_a_place")]

    def __str__(self) -> str:
        return self.code
