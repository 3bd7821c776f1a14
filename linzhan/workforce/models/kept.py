"""What is kept beside the register of workers: rows of one person, rows of an employer, rows of a place.

Each has a code of its county. Rows of a person carry the person's institution and station, so that whoever
sees the worker sees them, and lists have an index for each line of authority.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import PlacedRow, county_of_region, unique_in_county
from linzhan.workforce.models.workers import SocialWorker

BASE = "id region_code county_code code "
LINED = BASE + "provider_id station_id "
PERSONAL = LINED + "worker "


class KeptRow(PlacedRow):
    """A row of a place with a code of its county."""

    county_code = county_of_region()
    code = models.CharField(_("编号"), max_length=64, db_collation="C")

    class Meta(PlacedRow.Meta):
        abstract = True
        constraints: ClassVar = [unique_in_county("a_%(class)s_code_is_unique_in_its_county")]
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="%(class)s_place")]

    def __str__(self) -> str:
        return self.code


class LinedRow(KeptRow):
    """A row of an institution or station."""

    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    station_id = models.UUIDField(_("站点"), null=True, blank=True)

    class Meta(KeptRow.Meta):
        abstract = True
        indexes: ClassVar = [
            models.Index(fields=["county_code", "id"], name="%(class)s_county"),
            models.Index(fields=["region_code", "id"], name="%(class)s_place"),
            models.Index(
                fields=["provider_id", "id"],
                name="%(class)s_provider",
                condition=Q(provider_id__isnull=False),
            ),
            models.Index(
                fields=["station_id", "id"], name="%(class)s_station", condition=Q(station_id__isnull=False)
            ),
        ]


class PersonRow(LinedRow):
    """A row of one worker, at the worker's place. Everybody sees their own, wherever they work now."""

    place_person: ClassVar[str] = "worker_id"

    worker = models.ForeignKey(
        SocialWorker, on_delete=models.CASCADE, related_name="+", db_index=False, verbose_name=_("社工")
    )

    class Meta(LinedRow.Meta):
        abstract = True
        indexes: ClassVar = [
            *LinedRow.Meta.indexes,
            models.Index(fields=["worker", "-id"], name="%(class)s_person"),
        ]
