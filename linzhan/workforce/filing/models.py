"""Filing of teams and their changes, and leavings from request to last day (FIL-02, FIL-03)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import PlacedRow, marks
from linzhan.workforce.filing.enums import FilingOccasion, FilingStage, LeavingCause, LeavingStage
from linzhan.workforce.models.kept import LINED, PERSONAL, LinedRow, PersonRow
from linzhan.workforce.models.workers import SocialWorker


class StaffFiling(LinedRow):
    """人员备案: a team or a change of it, brought before the bureau, which accepts it or gives it back (FIL-03).

    It counts as filed on the day it was submitted: the limit binds whoever files, not the desk that reads.
    """

    levels = marks(
        L2=LINED + "occasion happened_on project_id content stage submitted_on accepted_on due_on late_days"
    )

    occasion = models.CharField(_("事由"), max_length=10, choices=FilingOccasion.choices)
    happened_on = models.DateField(_("发生日期"))
    project_id = models.UUIDField(_("项目"), null=True, blank=True)
    content = models.TextField(_("备案内容"), blank=True, default="")
    stage = models.CharField(_("状态"), max_length=10, choices=FilingStage.choices, default=FilingStage.DRAFT)
    submitted_on = models.DateField(_("提交日期"), null=True, blank=True)
    accepted_on = models.DateField(_("受理日期"), null=True, blank=True)
    due_on = models.DateField(_("备案期限"), null=True, blank=True)
    late_days = models.PositiveIntegerField(_("逾期天数"), null=True, blank=True)

    class Meta(LinedRow.Meta):
        verbose_name = _("人员备案")
        indexes: ClassVar = [
            *LinedRow.Meta.indexes,
            models.Index(fields=["region_code", "stage"], name="%(class)s_stage"),
        ]


class FiledWorker(PlacedRow):
    """备案人员: a worker whom a filing names."""

    levels = marks(L2="id region_code provider_id station_id filing worker")

    filing = models.ForeignKey(
        StaffFiling, on_delete=models.CASCADE, related_name="+", db_index=False, verbose_name=_("备案")
    )
    worker = models.ForeignKey(
        SocialWorker, on_delete=models.PROTECT, related_name="+", verbose_name=_("社工")
    )
    provider_id = models.UUIDField(_("承接机构"), null=True)
    station_id = models.UUIDField(_("站点"), null=True)

    class Meta(PlacedRow.Meta):
        verbose_name = _("备案人员")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["filing", "worker"], name="a_filing_names_a_worker_once")
        ]


class LeavingRequest(PersonRow):
    """离职申请: asked, agreed, the post filled, gone (FIL-02)."""

    levels = marks(
        L2=PERSONAL + "cause requested_on leaves_on replacement stage left_on project_id",
        L3="content",
    )

    cause = models.CharField(_("离职原因"), max_length=10, choices=LeavingCause.choices)
    requested_on = models.DateField(_("申请日期"))
    leaves_on = models.DateField(_("拟离职日期"))
    project_id = models.UUIDField(_("项目"), null=True, blank=True)
    content = models.TextField(_("说明"), blank=True, default="")
    replacement = models.ForeignKey(
        SocialWorker,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("补员"),
    )
    stage = models.CharField(
        _("状态"), max_length=10, choices=LeavingStage.choices, default=LeavingStage.ASKED
    )
    left_on = models.DateField(_("离职日期"), null=True, blank=True)

    class Meta(PersonRow.Meta):
        verbose_name = _("离职申请")
