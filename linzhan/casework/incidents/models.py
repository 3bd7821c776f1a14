"""Mandatory reports: what was signalled, the facts that were added, and the bare notice for supervisors.

Nobody who uses the application can change or delete any of it: the role it works as may only add. The
stage of a report and its moments are written by the database itself from the facts (migration
``0008``), and so are who reported and who added. The facts are the history of a report; the history of
all other tables, which an area's officials read, says nothing of these (ADR 0021).
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linzhan.casework.incidents.enums import OF_THE_COUNTY, FactKind, Origin, Stage
from linzhan.casework.incidents.rights import HANDLE_INCIDENTS, TOLD_OF_INCIDENTS
from linzhan.kernel.models import PlacedRow, county_of_region, marks, unique_in_county
from linzhan.kernel.wall import CIRCLE, LINE, MACHINE, REGION


class Incident(PlacedRow):
    """强制报告: a signal that must be reported. Seen by its reporter, the lead of its station and the
    child-protection officer of its county, and by nobody else."""

    circle: ClassVar[str] = HANDLE_INCIDENTS
    append_only: ClassVar[bool] = True
    repointed: ClassVar[tuple[str, ...]] = ("resident_id",)
    history: ClassVar[bool] = False
    place_person: ClassVar[str] = "reporter_id"
    levels = marks(
        L2="id region_code county_code station_id code stage practice received_at reported_at"
        " acknowledged_at replied_at closed_at",
        L4="reporter_id reporter_label signals seen_at resident_id person place facts danger origin",
    )

    county_code = county_of_region()
    station_id = models.UUIDField(_("站点"), null=True, blank=True)
    code = models.CharField(_("报告编号"), max_length=64, db_collation="C")
    signals = ArrayField(models.CharField(max_length=8), verbose_name=_("信号"), default=list)
    seen_at = models.DateTimeField(_("发现时间"))
    resident_id = models.UUIDField(_("服务对象"), null=True, blank=True)
    person = models.CharField(_("当事人"), max_length=200, blank=True, default="")
    place = models.CharField(_("地点"), max_length=200, blank=True, default="")
    facts = models.TextField(_("看到听到的"), blank=True, default="")
    danger = models.BooleanField(_("正面临危险"), null=True, blank=True)
    origin = models.CharField(_("来源"), max_length=10, choices=Origin.choices, default=Origin.BUTTON)
    practice = models.BooleanField(_("演练"), null=True, blank=True)
    stage = models.CharField(_("进展"), max_length=10, choices=Stage.choices, default=Stage.SIGNAL)
    reporter_id = models.UUIDField(_("报告人"), null=True, editable=False)
    reporter_label = models.TextField(_("报告人姓名"), default="", editable=False)
    received_at = models.DateTimeField(_("平台收到时间"), null=True, editable=False)
    reported_at = models.DateTimeField(_("上报时间"), null=True, editable=False)
    acknowledged_at = models.DateTimeField(_("县级接收时间"), null=True, editable=False)
    replied_at = models.DateTimeField(_("回复时间"), null=True, editable=False)
    closed_at = models.DateTimeField(_("结束时间"), null=True, editable=False)

    class Meta(PlacedRow.Meta):
        verbose_name = _("强制报告")
        constraints: ClassVar = [unique_in_county("an_incident_code_is_unique_in_its_county")]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "-seen_at"], name="incidents_of_a_place"),
            models.Index(fields=["station_id", "-seen_at"], name="incidents_of_a_station"),
            models.Index(fields=["reporter_id"], name="incidents_of_a_reporter"),
            models.Index(
                fields=["resident_id"],
                name="incidents_of_a_resident",
                condition=Q(resident_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @classmethod
    def policy_for_writing(cls) -> str:
        """Whoever is signed in reports in their own name: the database has put it there."""
        return f"{MACHINE} OR {LINE.format(column='reporter_id', line='people')}"


class IncidentFact(PlacedRow):
    """强制报告经过: one thing done or learned, by whom and when. Added, never changed."""

    circle: ClassVar[str] = HANDLE_INCIDENTS
    append_only: ClassVar[bool] = True
    history: ClassVar[bool] = False
    place_person: ClassVar[str] = "reporter_id"
    levels = marks(
        L2="id region_code county_code station_id code incident recorded_at practice",
        L4="reporter_id kind at body contact receipt text by_id by_label",
    )

    county_code = county_of_region()
    station_id = models.UUIDField(_("站点"), null=True, blank=True)
    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, related_name="+", verbose_name=_("强制报告")
    )
    code = models.CharField(_("经过编号"), max_length=64, db_collation="C")
    kind = models.CharField(_("事项"), max_length=10, choices=FactKind.choices)
    at = models.DateTimeField(_("时间"))
    body = models.CharField(_("单位"), max_length=200, blank=True, default="")
    contact = models.CharField(_("对方联系人"), max_length=200, blank=True, default="")
    receipt = models.CharField(_("受理编号"), max_length=200, blank=True, default="")
    text = models.TextField(_("内容"), blank=True, default="")
    reporter_id = models.UUIDField(_("报告人"), null=True, editable=False)
    practice = models.BooleanField(_("演练"), null=True, editable=False)
    by_id = models.UUIDField(_("填写人"), null=True, editable=False)
    by_label = models.TextField(_("填写人姓名"), default="", editable=False)
    recorded_at = models.DateTimeField(_("平台收到时间"), null=True, editable=False)

    class Meta(PlacedRow.Meta):
        verbose_name = _("强制报告经过")
        constraints: ClassVar = [unique_in_county("a_fact_code_is_unique_in_its_county")]
        indexes: ClassVar = [models.Index(fields=["incident", "at"], name="facts_of_an_incident_in_order")]

    def __str__(self) -> str:
        return self.code

    @classmethod
    def policy_for_writing(cls) -> str:
        """In one's own name, to a report that one sees; only the county receives and ends what is no practice."""
        mine = LINE.format(column="by_id", line="people")
        seen = "EXISTS (SELECT FROM casework_incident i WHERE i.id = casework_incidentfact.incident_id)"
        kinds = ", ".join(f"'{kind.value}'" for kind in OF_THE_COUNTY)
        county = f"(({REGION}) AND {CIRCLE.format(circle=cls.circle)})"
        allowed = f"(kind NOT IN ({kinds}) OR coalesce(practice, false) OR {county})"
        return f"{MACHINE} OR ({mine} AND {seen} AND {allowed})"


class IncidentNotice(PlacedRow):
    """That there is a report at a station, and whether it is open: all that its supervisor is told."""

    circle: ClassVar[str] = TOLD_OF_INCIDENTS
    append_only: ClassVar[bool] = True
    history: ClassVar[bool] = False
    levels = marks(L2="id region_code station_id on closed")

    station_id = models.UUIDField(_("站点"), null=True)
    on = models.DateField(_("日期"))
    closed = models.BooleanField(_("已结束"), default=False)

    class Meta(PlacedRow.Meta):
        verbose_name = _("强制报告提示")
        indexes: ClassVar = [models.Index(fields=["station_id", "closed"], name="notices_of_a_station")]
