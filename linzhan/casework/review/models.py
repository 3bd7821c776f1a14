"""Months that are closed, and who may still write in them (SVC-15; ``domain.md`` §7).

The database refuses a write in a closed month itself (see the migration), so that bulk writes cannot
slip past; the one door asks before and says so row by row.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linzhan.casework.review.enums import LockState
from linzhan.kernel.models import county_of_region, marks, unique_in_county
from linzhan.network.api import HeldBelowRow


class MonthLock(HeldBelowRow):
    """月份锁定: a county's records of one month are closed."""

    levels = marks(L1="id region_code month state note")

    month = models.DateField(_("月份"))
    state = models.CharField(_("状态"), max_length=10, choices=LockState.choices, default=LockState.LOCKED)
    note = models.CharField(_("说明"), max_length=200, blank=True, default="")

    class Meta(HeldBelowRow.Meta):
        verbose_name = _("月份锁定")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["region_code", "month"], name="a_county_closes_a_month_once")
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class MonthUnlock(HeldBelowRow):
    """月份解锁: one station may write in a closed month until a day, for a reason."""

    levels = marks(L2="id region_code county_code station_id provider_id code month until_on reason")

    county_code = county_of_region()
    station_id = models.UUIDField(_("站点"))
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    code = models.CharField(_("解锁编号"), max_length=64, db_collation="C")
    month = models.DateField(_("月份"))
    until_on = models.DateField(_("开放至"))
    reason = models.CharField(_("解锁原因"), max_length=200)

    class Meta(HeldBelowRow.Meta):
        verbose_name = _("月份解锁")
        constraints: ClassVar = [unique_in_county("a_month_unlock_code_is_unique_in_its_county")]
        indexes: ClassVar = [models.Index(fields=["station_id", "month"], name="unlocks_of_a_station")]

    def __str__(self) -> str:
        return self.code
