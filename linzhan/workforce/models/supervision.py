"""Professional supervision: sessions, the stations they were held at and the workers supervised (SPV-02)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import PlacedRow, county_of_region, marks, unique_in_county
from linzhan.kernel.scope import Scope, ScopedManager, current_scope
from linzhan.network.api import Station
from linzhan.workforce.enums import (
    SupervisionForm,
    SupervisionFunction,
    SupervisionMode,
    SupervisionProblem,
    SupervisionTopic,
)
from linzhan.workforce.models.fields import identity_index, recorded_by
from linzhan.workforce.models.workers import SocialWorker


class SeenThroughStations(ScopedManager["Supervision"]):
    """Sessions are seen where one of their stations is: through the links alone, which an index answers.

    Every session has a station, so nothing is lost; an *or* with the session's own place would make
    PostgreSQL read the whole table.
    """

    def get_queryset(self) -> models.QuerySet[Supervision]:
        everything = models.Manager.get_queryset(self)
        if current_scope().everything:
            return everything
        return everything.filter(pk__in=SupervisedStation.objects.values("session_id"))


class Supervision(PlacedRow):
    """督导记录: one session of professional supervision, at one station or several (SPV-02).

    Its own place is the smallest division that holds all its stations; it is seen wherever one of them is.
    """

    changed_where_seen: ClassVar[bool] = True  # each of its stations may put it right
    place_person: ClassVar[str] = "recorded_by"
    levels = marks(
        L2="id region_code county_code provider_id station_id code held_on mode form hours topic recorded_by"
        " agreement functions problems",
        L3="supervisor",
        L4="supervisor_identity_sealed supervisor_identity_index content issues advice",
    )

    county_code = county_of_region()
    provider_id = models.UUIDField(_("承接机构"), null=True)
    station_id = models.UUIDField(_("站点"), null=True)
    code = models.CharField(_("督导编号"), max_length=64, db_collation="C")
    held_on = models.DateField(_("日期"))
    supervisor = models.CharField(_("督导姓名"), max_length=200)
    supervisor_identity_sealed = models.BinaryField(_("督导证件号"), blank=True, default=b"")
    supervisor_identity_index = identity_index(_("督导证件号索引"), blank=True)
    mode = models.CharField(_("方式"), max_length=10, choices=SupervisionMode.choices)
    form = models.CharField(_("形式"), max_length=10, choices=SupervisionForm.choices, blank=True, default="")
    hours = models.DecimalField(_("时长"), max_digits=8, decimal_places=2)
    topic = models.CharField(
        _("主题"), max_length=10, choices=SupervisionTopic.choices, blank=True, default=""
    )
    content = models.TextField(_("内容"), blank=True, default="")
    agreement = models.CharField(_("督导协议编号"), max_length=64, blank=True, default="", db_collation="C")
    functions = ArrayField(
        models.CharField(max_length=10, choices=SupervisionFunction.choices),
        verbose_name=_("督导功能"),
        default=list,
        blank=True,
    )
    problems = ArrayField(
        models.CharField(max_length=10, choices=SupervisionProblem.choices),
        verbose_name=_("问题类型"),
        default=list,
        blank=True,
    )
    issues = models.TextField(_("提出的问题"), blank=True, default="")
    advice = models.TextField(_("督导建议"), blank=True, default="")
    recorded_by = recorded_by()

    objects: ClassVar[SeenThroughStations] = SeenThroughStations()

    class Meta(PlacedRow.Meta):
        verbose_name = _("督导记录")
        constraints: ClassVar = [unique_in_county("a_session_code_is_unique_in_its_county")]
        indexes: ClassVar = [models.Index(fields=["region_code", "-held_on"], name="sessions_of_a_place")]

    def __str__(self) -> str:
        return self.code

    @classmethod
    def visible_besides(cls, value: Scope) -> Q:
        links = models.QuerySet[SupervisedStation](SupervisedStation)
        return Q(pk__in=links.filter(value.as_filter(SupervisedStation)).values("session_id"))

    @classmethod
    def policy_besides(cls) -> str:
        return (
            "EXISTS (SELECT FROM workforce_supervisedstation s WHERE s.session_id = workforce_supervision.id)"
        )


class SupervisedStation(PlacedRow):
    """A station at which a session was held: one 站次. Its place is the station's."""

    place_person: ClassVar[str] = "recorded_by"
    levels = marks(
        L2="id region_code provider_id session station held_on hours recorded_by",
        L3="supervisor",
        L4="supervisor_identity_index",
    )

    session = models.ForeignKey(
        Supervision, on_delete=models.CASCADE, related_name="+", db_index=False, verbose_name=_("督导记录")
    )
    station = models.ForeignKey(
        Station, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("站点")
    )
    provider_id = models.UUIDField(_("承接机构"), null=True)
    held_on = models.DateField(_("日期"))
    hours = models.DecimalField(_("时长"), max_digits=8, decimal_places=2)
    supervisor = models.CharField(_("督导姓名"), max_length=200)
    supervisor_identity_index = identity_index(_("督导证件号索引"), blank=True)
    recorded_by = recorded_by()

    class Meta(PlacedRow.Meta):
        verbose_name = _("督导站次")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "station"], name="a_session_names_a_station_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "held_on"], name="supervision_in_a_place"),
            models.Index(fields=["station", "-held_on"], name="supervision_of_a_station"),
            models.Index(
                fields=["recorded_by"],
                name="supervision_of_a_recorder",
                condition=Q(recorded_by__isnull=False),
            ),
        ]


class SupervisedWorker(PlacedRow):
    """A worker who was supervised in a session. Its place is the worker's own station."""

    place_person: ClassVar[str] = "recorded_by"
    levels = marks(L2="id region_code provider_id station_id session worker held_on hours recorded_by")

    session = models.ForeignKey(
        Supervision, on_delete=models.CASCADE, related_name="+", db_index=False, verbose_name=_("督导记录")
    )
    worker = models.ForeignKey(
        SocialWorker, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("社工")
    )
    provider_id = models.UUIDField(_("承接机构"), null=True)
    station_id = models.UUIDField(_("站点"), null=True)
    held_on = models.DateField(_("日期"))
    hours = models.DecimalField(_("时长"), max_digits=8, decimal_places=2)
    recorded_by = recorded_by()

    class Meta(PlacedRow.Meta):
        verbose_name = _("被督导社工")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "worker"], name="a_session_names_a_worker_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["worker", "-held_on"], name="supervision_of_a_worker"),
            models.Index(fields=["region_code", "held_on"], name="workers_supervised_in_a_place"),
        ]
