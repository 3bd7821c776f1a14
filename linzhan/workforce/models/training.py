"""Training events and the hours they credit to those named (TRN-01, CPE-02)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import PlacedRow, county_of_region, ends_after_it_starts, marks, unique_in_county
from linzhan.kernel.scope import Scope
from linzhan.kernel.wall import LINE
from linzhan.workforce.enums import SponsorLevel, TrainingKind
from linzhan.workforce.models.workers import SocialWorker


class Training(PlacedRow):
    """培训: one event. Its place is its own; those named who attended are :class:`TrainingCredit` (TRN-01).

    Institutions and stations read of the events that their workers attended.
    """

    levels = marks(
        L1="id region_code county_code code name kind organiser sponsor_level starts_on ends_on hours participants",
    )

    county_code = county_of_region()
    code = models.CharField(_("培训编号"), max_length=64, db_collation="C")
    name = models.CharField(_("培训名称"), max_length=200)
    kind = models.CharField(_("培训类型"), max_length=10, choices=TrainingKind.choices)
    organiser = models.CharField(_("主办单位"), max_length=200)
    sponsor_level = models.CharField(
        _("主办层级"), max_length=10, choices=SponsorLevel.choices, blank=True, default=""
    )
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"), null=True, blank=True)
    hours = models.DecimalField(_("学时"), max_digits=8, decimal_places=2)
    participants = models.PositiveIntegerField(_("参训人数"), null=True, blank=True)

    class Meta(PlacedRow.Meta):
        verbose_name = _("培训")
        constraints: ClassVar = [
            unique_in_county("a_training_code_is_unique_in_its_county"),
            ends_after_it_starts("a_training_ends_after_it_starts"),
        ]
        indexes: ClassVar = [models.Index(fields=["region_code", "-starts_on"], name="trainings_of_a_place")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def visible_besides(cls, value: Scope) -> Q:
        links = models.QuerySet[TrainingCredit](TrainingCredit)
        own = Q(station_id__in=value.stations) | Q(provider_id__in=value.providers)
        return Q(pk__in=links.filter(own).values("training_id"))

    @classmethod
    def policy_besides(cls) -> str:
        station = LINE.format(column="c.station_id", line="stations")
        provider = LINE.format(column="c.provider_id", line="providers")
        return (
            "EXISTS (SELECT FROM workforce_trainingcredit c"
            f" WHERE c.training_id = workforce_training.id AND ({station} OR {provider}))"
        )


class TrainingCredit(PlacedRow):
    """继续教育学时: a worker attended a training and is credited its hours (CPE-02).

    Its place is the worker's, and what the ledger needs is copied here: a county sees its workers'
    hours at a training of the city without seeing the city's register.
    """

    levels = marks(L1="name kind starts_on hours", L2="id region_code provider_id station_id training worker")

    training = models.ForeignKey(
        Training, on_delete=models.CASCADE, related_name="+", db_index=False, verbose_name=_("培训")
    )
    worker = models.ForeignKey(
        SocialWorker, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("社工")
    )
    provider_id = models.UUIDField(_("承接机构"), null=True)
    station_id = models.UUIDField(_("站点"), null=True)
    name = models.CharField(_("培训名称"), max_length=200)
    kind = models.CharField(_("培训类型"), max_length=10)
    starts_on = models.DateField(_("开始日期"))
    hours = models.DecimalField(_("学时"), max_digits=8, decimal_places=2)

    class Meta(PlacedRow.Meta):
        verbose_name = _("继续教育学时")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["training", "worker"], name="a_worker_attends_a_training_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["worker", "-starts_on"], name="credits_of_a_worker"),
            models.Index(fields=["region_code", "starts_on"], name="credits_of_a_place"),
        ]
