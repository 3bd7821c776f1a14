"""Who was there: one row for each person of a session, an activity or a lesson (SVC-11, SVC-12, SVC-17)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linzhan.casework.placed import StationRow
from linzhan.kernel.models import PlacedRow, marks, unique_in_county


class Attendance(StationRow):
    """出席: a resident, or a person known by name only, was there at a service or was not."""

    levels = marks(
        L2="id region_code county_code station_id provider_id record code present",
        L3="resident name",
    )

    code = models.CharField(_("出席编号"), max_length=64, db_collation="C")
    record = models.ForeignKey(
        "casework.ServiceRecord", on_delete=models.PROTECT, related_name="+", verbose_name=_("服务记录")
    )
    resident = models.ForeignKey(
        "casework.Resident",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("服务对象"),
    )
    name = models.CharField(_("姓名"), max_length=200, blank=True, default="")
    present = models.BooleanField(_("是否到场"), null=True, blank=True, default=True)

    class Meta(PlacedRow.Meta):
        verbose_name = _("出席")
        constraints: ClassVar = [
            unique_in_county("an_attendance_code_is_unique_in_its_county"),
            models.UniqueConstraint(fields=["record", "resident"], name="a_resident_attends_a_service_once"),
            models.UniqueConstraint(
                fields=["record", "name"],
                name="a_named_person_attends_a_service_once",
                condition=Q(resident__isnull=True),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["resident"], name="attendances_of_a_resident"),
            models.Index(fields=["region_code", "record"], name="attendances_of_a_place"),
        ]

    def __str__(self) -> str:
        return self.code
