"""Recurring programmes: a timetable, who is enrolled, and which lessons were held (SVC-17)."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linzhan.casework.enums import Method
from linzhan.casework.placed import StationRow
from linzhan.casework.programmes.rules import WEEKDAYS
from linzhan.kernel.models import PlacedRow, ends_after_it_starts, marks, unique_in_county


class Programme(StationRow):
    """定期服务: something that is held every week of a term, such as a 四点半课堂."""

    levels = marks(
        L2="id region_code county_code station_id provider_id project_id code name method item worker_id place"
        " term_from term_to skipped"
    )

    code = models.CharField(_("服务编号"), max_length=64, db_collation="C")
    name = models.CharField(_("服务名称"), max_length=200)
    method = models.CharField(
        _("记为"), max_length=10, choices=[(Method.ACTIVITY, "活动"), (Method.GROUP, "小组")]
    )
    item = models.CharField(_("服务事项"), max_length=10, blank=True, default="")
    project_id = models.UUIDField(_("项目"), null=True, blank=True)
    worker_id = models.UUIDField(_("负责社工"))
    place = models.CharField(_("地点"), max_length=200, blank=True, default="")
    term_from = models.DateField(_("开课日期"))
    term_to = models.DateField(_("结课日期"))
    skipped = ArrayField(
        models.CharField(max_length=100), verbose_name=_("停课日期"), default=list, blank=True
    )

    class Meta(PlacedRow.Meta):
        verbose_name = _("定期服务")
        constraints: ClassVar = [
            unique_in_county("a_programme_code_is_unique_in_its_county"),
            ends_after_it_starts("a_term_ends_after_it_starts", starts="term_from", ends="term_to"),
        ]
        indexes: ClassVar = [models.Index(fields=["region_code", "term_from"], name="programmes_of_a_place")]

    def __str__(self) -> str:
        return self.name


class TimetableSlot(StationRow):
    """课表: at what time of which weekday a programme is held."""

    levels = marks(
        L2="id region_code county_code station_id provider_id code programme weekday begins ends topic"
    )

    code = models.CharField(_("课次编号"), max_length=64, db_collation="C")
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="+", verbose_name=_("定期服务")
    )
    weekday = models.CharField(_("星期"), max_length=4, choices=[(day, day) for day in WEEKDAYS])
    begins = models.CharField(_("开始"), max_length=5)
    ends = models.CharField(_("结束"), max_length=5)
    topic = models.CharField(_("内容"), max_length=200, blank=True, default="")

    class Meta(PlacedRow.Meta):
        verbose_name = _("课表")
        constraints: ClassVar = [
            unique_in_county("a_slot_code_is_unique_in_its_county"),
            models.UniqueConstraint(
                fields=["programme", "weekday", "begins"], name="a_programme_begins_once_at_a_time"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="slots_of_a_place")]

    def __str__(self) -> str:
        return self.code


class ProgrammeMember(StationRow):
    """定期服务名单: who is enrolled, a resident or somebody known by name only."""

    levels = marks(
        L2="id region_code county_code station_id provider_id programme code joined_on left_on",
        L3="resident name pickup",
    )

    code = models.CharField(_("名单编号"), max_length=64, db_collation="C")
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="+", verbose_name=_("定期服务")
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
    pickup = models.CharField(_("接送人"), max_length=200, blank=True, default="")
    joined_on = models.DateField(_("报名日期"))
    left_on = models.DateField(_("退出日期"), null=True, blank=True)

    class Meta(PlacedRow.Meta):
        verbose_name = _("定期服务名单")
        constraints: ClassVar = [
            unique_in_county("an_enrolment_code_is_unique_in_its_county"),
            models.UniqueConstraint(
                fields=["programme", "resident"],
                name="a_resident_is_enrolled_once_at_a_time",
                condition=Q(left_on__isnull=True),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["programme", "joined_on"], name="members_of_a_programme")]

    def __str__(self) -> str:
        return self.code


class ProgrammeSession(StationRow):
    """定期服务场次: which service record is the lesson of which line of the timetable on which day."""

    levels = marks(L2="id region_code county_code station_id provider_id record programme slot held_on")

    record = models.ForeignKey(
        "casework.ServiceRecord", on_delete=models.PROTECT, related_name="+", verbose_name=_("服务记录")
    )
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="+", verbose_name=_("定期服务")
    )
    slot = models.ForeignKey(
        TimetableSlot, on_delete=models.PROTECT, related_name="+", verbose_name=_("课表")
    )
    held_on = models.DateField(_("日期"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("定期服务场次")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record"], name="a_record_is_one_lesson"),
            models.UniqueConstraint(fields=["slot", "held_on"], name="a_lesson_is_held_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["region_code", "held_on"], name="lessons_of_a_place")]
