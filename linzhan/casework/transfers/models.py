"""Residents that go from hand to hand: transfers between stations, caseloads handed over, lives that end or move away."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linzhan.casework.enums import ResidentStatus
from linzhan.casework.transfers.enums import (
    Consent,
    HandoverReason,
    NoticeMode,
    ProposalState,
    TransferKind,
    TransferStage,
)
from linzhan.kernel.models import PlacedRow, marks
from linzhan.kernel.scope import Scope


class Transfer(PlacedRow):
    """转移: a resident goes from one station of a county to another once both want it (peers.md §4.2).

    It stands at the station that asks and is seen by the other one. Before acceptance the receiving
    station learns what ``shown_*`` say and no more: the resident is out of its scope.
    """

    changed_where_seen: ClassVar[bool] = True  # the other station answers
    levels = marks(
        L2="id region_code station_id provider_id other_station_id kind resident stage reason answer asked_at"
        " asked_by answered_at answered_by consent consented_on override_reason to_worker_id",
        L3="shown_name shown_categories description",
    )

    station_id = models.UUIDField(_("提出的站点"))
    provider_id = models.UUIDField(_("承接机构"), null=True)
    other_station_id = models.UUIDField(_("答复的站点"))
    kind = models.CharField(_("方式"), max_length=10, choices=TransferKind.choices)
    resident = models.ForeignKey(
        "casework.Resident", on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("服务对象")
    )
    shown_name = models.CharField(_("姓名(遮盖)"), max_length=64, blank=True, default="")
    shown_categories = ArrayField(
        models.CharField(max_length=10), verbose_name=_("对象类别"), default=list, blank=True
    )
    description = models.CharField(_("所指何人"), max_length=200, blank=True, default="")
    reason = models.CharField(_("理由"), max_length=200)
    consent = models.CharField(_("同意"), max_length=10, choices=Consent.choices, blank=True, default="")
    consented_on = models.DateField(_("同意日期"), null=True, blank=True)
    override_reason = models.CharField(_("未取得同意的理由"), max_length=200, blank=True, default="")
    stage = models.CharField(
        _("状态"), max_length=10, choices=TransferStage.choices, default=TransferStage.ASKED
    )
    asked_at = models.DateTimeField(_("提出时间"))
    asked_by = models.CharField(_("提出人"), max_length=64)
    answer = models.CharField(_("答复"), max_length=200, blank=True, default="")
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    answered_by = models.CharField(_("答复人"), max_length=64, blank=True, default="")
    to_worker_id = models.UUIDField(_("接手的社工"), null=True, blank=True)

    class Meta(PlacedRow.Meta):
        verbose_name = _("服务对象转移")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(station_id=F("other_station_id")), name="a_transfer_goes_to_another_station"
            ),
            models.UniqueConstraint(
                fields=["resident"],
                condition=Q(stage=TransferStage.ASKED.value, resident__isnull=False),
                name="a_resident_is_in_one_open_transfer",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["station_id", "stage"], name="transfers_of_a_station"),
            models.Index(fields=["other_station_id", "stage"], name="transfers_to_a_station"),
            models.Index(fields=["region_code", "stage"], name="transfers_of_a_place"),
        ]

    @classmethod
    def visible_besides(cls, value: Scope) -> Q:
        return Q(other_station_id__in=value.stations)

    @classmethod
    def policy_besides(cls) -> str:
        return (
            "other_station_id = ANY ((SELECT string_to_array("
            "nullif(current_setting('linzhan.stations', true), ''), ',')::uuid[])::uuid[])"
        )


class Handover(PlacedRow):
    """交接: the caseload of a worker who leaves or is away goes to colleagues of the station."""

    levels = marks(
        L2="id region_code station_id provider_id from_worker_id reason made_at made_by done_at", L3="note"
    )

    station_id = models.UUIDField(_("站点"))
    provider_id = models.UUIDField(_("承接机构"), null=True)
    from_worker_id = models.UUIDField(_("移交的社工"))
    reason = models.CharField(_("原因"), max_length=10, choices=HandoverReason.choices)
    note = models.TextField(_("交接说明"))
    made_at = models.DateTimeField(_("提出时间"))
    made_by = models.CharField(_("提出人"), max_length=64)
    done_at = models.DateTimeField(_("完成时间"), null=True, blank=True)

    class Meta(PlacedRow.Meta):
        verbose_name = _("个案量交接")
        indexes: ClassVar = [
            models.Index(fields=["station_id", "-made_at"], name="handovers_of_a_station"),
            models.Index(fields=["region_code", "-made_at"], name="handovers_of_a_place"),
        ]


class HandoverLine(PlacedRow):
    """One resident of a handover: who takes over, whether it was undone, and how the resident was told."""

    levels = marks(
        L2="id region_code station_id provider_id handover resident to_worker_id moved told_how told_on told_by"
        " undone_at undone_by"
    )

    station_id = models.UUIDField(_("站点"))
    provider_id = models.UUIDField(_("承接机构"), null=True)
    handover = models.ForeignKey(Handover, on_delete=models.CASCADE, related_name="+", verbose_name=_("交接"))
    resident = models.ForeignKey(
        "casework.Resident", on_delete=models.PROTECT, related_name="+", verbose_name=_("服务对象")
    )
    to_worker_id = models.UUIDField(_("接手的社工"))
    moved = models.JSONField(_("随之移交的记录"), default=list)
    told_how = models.CharField(
        _("告知方式"), max_length=10, choices=NoticeMode.choices, blank=True, default=""
    )
    told_on = models.DateField(_("告知日期"), null=True, blank=True)
    told_by = models.CharField(_("告知人"), max_length=64, blank=True, default="")
    undone_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    undone_by = models.CharField(_("撤回人"), max_length=64, blank=True, default="")

    class Meta(PlacedRow.Meta):
        verbose_name = _("交接的服务对象")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["handover", "resident"], name="a_handover_names_a_resident_once")
        ]


class StatusProposal(PlacedRow):
    """拟变更状态: a visit found somebody gone or dead; a person decides what the file says (``domain.md`` §6.2)."""

    levels = marks(
        L2="id region_code station_id provider_id record seen_on state decided_at decided_by note",
        L3="resident status",
    )

    station_id = models.UUIDField(_("站点"))
    provider_id = models.UUIDField(_("承接机构"), null=True)
    resident = models.ForeignKey(
        "casework.Resident", on_delete=models.CASCADE, related_name="+", verbose_name=_("服务对象")
    )
    record = models.ForeignKey(
        "casework.ServiceRecord", on_delete=models.CASCADE, related_name="+", verbose_name=_("服务记录")
    )
    status = models.CharField(_("拟改为"), max_length=10, choices=ResidentStatus.choices)
    seen_on = models.DateField(_("探访日期"))
    state = models.CharField(
        _("处理"), max_length=10, choices=ProposalState.choices, db_default=ProposalState.OPEN.value
    )
    decided_at = models.DateTimeField(_("处理时间"), null=True, blank=True)
    decided_by = models.CharField(_("处理人"), max_length=64, blank=True, default="", db_default="")
    note = models.CharField(_("说明"), max_length=200, blank=True, default="", db_default="")

    class Meta(PlacedRow.Meta):
        verbose_name = _("拟变更状态")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "resident"], name="a_visit_proposes_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["station_id", "state"], name="proposals_of_a_station"),
            models.Index(fields=["region_code", "state"], name="proposals_of_a_place"),
            models.Index(fields=["resident"], name="proposals_about_a_resident"),
        ]
