"""Disclosure (DSC-01), and early warning: alerts with their lives, and the runs that raise them (RSK-01)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import PlacedRow, RegionCodeField, county_of_region, marks, unique_in_county
from linzhan.oversight.audiences import AUDIENCES
from linzhan.oversight.enums import OVER, About, Ending, Severity, Stage, Tier
from linzhan.oversight.rights import SEE_ALERTS


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


class Alert(PlacedRow):
    """预警: a question that a rule asks about one subject, once, until it is answered (RSK-01, ``domain.md`` §13).

    It stands where its subject stands. ``person_id`` is the worker whom it concerns: the worker responsible for
    a resident, or the worker whom it is about; they see it as their own. ``key`` tells one finding of a rule
    apart. ``holds`` says whether the rule found it in its last run. Names stand in their registers only.
    """

    circle: ClassVar[str] = SEE_ALERTS
    audience_column: ClassVar[str] = "rule"
    audiences: ClassVar[Mapping[str, tuple[str, ...]]] = AUDIENCES
    place_person: ClassVar[str] = "person_id"
    history_leaves_out: ClassVar[tuple[str, ...]] = (
        "rule",
        "about",
        "key",
        "subject_id",
        "person_id",
        "message",
        "clause",
        "rulings",
        "facts",
        "rows",
    )  # the history is read by an area's officials; it tells what was done, not what a rule saw
    levels = marks(
        L2="id region_code county_code station_id provider_id code rule severity level about subject_code key"
        " clause rulings opened_on since stage tier due_at raised snoozed_until ending closed_on holds checked_on"
        " quiet rows_count",
        L3="person_id subject_id message facts rows",
    )

    county_code = county_of_region()
    station_id = models.UUIDField(_("站点"), null=True, blank=True)
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    person_id = models.UUIDField(_("有关社工"), null=True, blank=True)
    code = models.CharField(_("预警编号"), max_length=64, db_collation="C")
    rule = models.CharField(_("规则"), max_length=8, db_collation="C")
    severity = models.CharField(_("级别"), max_length=2, choices=Severity.choices)
    level = models.PositiveSmallIntegerField(_("级别序"))
    about = models.CharField(_("对象种类"), max_length=10, choices=About.choices)
    subject_id = models.UUIDField(_("对象"), null=True, blank=True)
    subject_code = RegionCodeField(_("对象区划"), blank=True, default="")
    key = models.CharField(_("识别键"), max_length=200, db_collation="C")
    message = models.TextField(_("说明"))
    clause = models.TextField(_("依据"), blank=True, default="")
    rulings = models.JSONField(_("所用参数"), default=dict)
    facts = models.JSONField(_("数值"), default=dict)
    rows = models.JSONField(_("所据记录"), default=list)
    rows_count = models.PositiveIntegerField(_("所据记录数"), default=0)
    since = models.DateField(_("情形起始日"), null=True, blank=True)
    opened_on = models.DateField(_("发出日期"))
    stage = models.CharField(_("阶段"), max_length=10, choices=Stage.choices, default=Stage.NEW.value)
    tier = models.CharField(_("由谁处理"), max_length=10, choices=Tier.choices)
    due_at = models.DateTimeField(_("知悉期限"))
    raised = models.PositiveSmallIntegerField(_("上报次数"), default=0)
    snoozed_until = models.DateField(_("暂缓至"), null=True, blank=True)
    ending = models.CharField(_("办结结论"), max_length=10, choices=Ending.choices, blank=True, default="")
    closed_on = models.DateField(_("关闭日期"), null=True, blank=True)
    holds = models.BooleanField(_("仍然成立"), default=True)
    checked_on = models.DateField(_("最近核对日期"))
    quiet = models.PositiveSmallIntegerField(_("连续不成立次数"), default=0)

    class Meta(PlacedRow.Meta):
        verbose_name = _("预警")
        constraints: ClassVar = [
            unique_in_county("an_alert_code_is_unique_in_its_county"),
            models.UniqueConstraint(
                fields=["rule", "key"],
                condition=~Q(stage__in=OVER) | Q(holds=True),
                name="a_finding_has_one_living_alert",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "rule"], name="alerts_of_a_place"),
            models.Index(fields=["county_code", "-level", "-id"], name="alerts_of_a_county"),
            models.Index(fields=["-level", "-id"], name="alerts_by_level"),
            models.Index(
                fields=["station_id", "-level", "-id"],
                name="alerts_of_a_station",
                condition=Q(station_id__isnull=False),
            ),
            models.Index(
                fields=["provider_id", "-level", "-id"],
                name="alerts_of_an_institution",
                condition=Q(provider_id__isnull=False),
            ),
            models.Index(
                fields=["person_id"],
                name="alerts_that_concern_a_worker",
                condition=Q(person_id__isnull=False),
            ),
            models.Index(fields=["subject_id"], name="alerts_about_a_subject"),
            models.Index(fields=["due_at"], name="alerts_to_be_noted", condition=Q(stage=Stage.NEW.value)),
        ]

    def __str__(self) -> str:
        return self.code


class AlertRun(PlacedRow):
    """预警运行: what the rules were asked of a place and a day, and what each of them said."""

    history: ClassVar[bool] = False
    levels = marks(L2="id region_code county_code on_day ran_at seconds results why")

    county_code = county_of_region()
    on_day = models.DateField(_("所问日期"))
    ran_at = models.DateTimeField(_("运行时间"))
    seconds = models.FloatField(_("用时"))
    why = models.CharField(_("缘由"), max_length=40)
    results = models.JSONField(_("各规则结果"), default=list)

    class Meta(PlacedRow.Meta):
        verbose_name = _("预警运行")
        default_permissions = ()
        indexes: ClassVar = [models.Index(fields=["region_code", "-ran_at"], name="alert_runs_of_a_place")]

    def __str__(self) -> str:
        return f"{self.region_code} {self.on_day}"


from linzhan.oversight.plausibility.models import (  # noqa: E402 -- as above
    Callback,
    CallbackSample,
    PhotoSignature,
    PlausibilityFlag,
    TextSignature,
    UncomparedSignatures,
)
from linzhan.oversight.rectification.models import (  # noqa: E402 -- the tables of the applets belong to this app
    ProviderComplaint,
    Rectification,
    RectificationAnswer,
    RectificationItem,
    RectificationMeans,
)

__all__ = [
    "Alert",
    "AlertRun",
    "Callback",
    "CallbackSample",
    "Disclosure",
    "PhotoSignature",
    "PlausibilityFlag",
    "ProviderComplaint",
    "Rectification",
    "RectificationAnswer",
    "RectificationItem",
    "RectificationMeans",
    "TextSignature",
    "UncomparedSignatures",
]
