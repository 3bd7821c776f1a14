"""Rows that belong to a station, and through it to a place and an institution."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import PlacedRow, county_of_region


class StationRow(PlacedRow):
    """A row of a station; ``code`` of those that have one is the county's own."""

    county_code = county_of_region()
    station_id = models.UUIDField(_("站点"))
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)

    class Meta(PlacedRow.Meta):
        abstract = True
