"""Pairs of files that may be of one person, and what was joined (``domain.md`` §6.2: reversible)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linzhan.casework.merging.enums import PairState, Reason
from linzhan.kernel.models import PlacedRow, marks


class DuplicatePair(PlacedRow):
    """疑似重复: two residents of one county. It stands where both stand: at their station, else at their county."""

    names_both: ClassVar[bool] = True
    levels = marks(
        L2="id region_code station_id provider_id first second state decided_at decided_by note", L3="reasons"
    )

    station_id = models.UUIDField(_("站点"), null=True)
    provider_id = models.UUIDField(_("承接机构"), null=True)
    first = models.ForeignKey(
        "casework.Resident", on_delete=models.CASCADE, related_name="+", verbose_name=_("服务对象")
    )
    second = models.ForeignKey(
        "casework.Resident", on_delete=models.CASCADE, related_name="+", verbose_name=_("另一份档案")
    )
    reasons = ArrayField(models.CharField(max_length=20, choices=Reason.choices), verbose_name=_("理由"))
    state = models.CharField(
        _("状态"),
        max_length=10,
        choices=PairState.choices,
        default=PairState.OPEN,
        db_default=PairState.OPEN.value,
    )
    decided_at = models.DateTimeField(_("处理时间"), null=True)
    decided_by = models.CharField(_("处理人"), max_length=64, blank=True, default="", db_default="")
    note = models.CharField(_("说明"), max_length=200, blank=True, default="", db_default="")

    class Meta(PlacedRow.Meta):
        verbose_name = _("疑似重复")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="two_files_are_one_pair"),
            models.CheckConstraint(
                condition=Q(first_id__lt=F("second_id")), name="a_pair_is_told_in_one_order"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "state"], name="pairs_of_a_place"),
            models.Index(fields=["station_id", "state"], name="pairs_of_a_station"),
        ]


class Merging(PlacedRow):
    """合并: one file was joined to another, and what is needed to take them apart again."""

    names_both: ClassVar[bool] = True
    levels = marks(
        L2="id region_code station_id provider_id kept gone merged_at merged_by note undone_at undone_by",
        L4="snapshot",
    )

    station_id = models.UUIDField(_("站点"), null=True)
    provider_id = models.UUIDField(_("承接机构"), null=True)
    kept = models.ForeignKey(
        "casework.Resident", on_delete=models.PROTECT, related_name="+", verbose_name=_("保留的档案")
    )
    gone = models.ForeignKey(
        "casework.Resident", on_delete=models.PROTECT, related_name="+", verbose_name=_("并入的档案")
    )
    merged_at = models.DateTimeField(_("合并时间"))
    merged_by = models.CharField(_("合并人"), max_length=64)
    note = models.CharField(_("说明"), max_length=200, blank=True, default="")
    snapshot = models.JSONField(_("合并前的样子"))
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)
    undone_by = models.CharField(_("撤销人"), max_length=64, blank=True, default="")

    class Meta(PlacedRow.Meta):
        verbose_name = _("档案合并")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["gone"], condition=Q(undone_at__isnull=True), name="a_file_goes_into_one_other"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["kept"], name="mergings_into_a_file")]
