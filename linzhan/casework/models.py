"""Residents on the service register and the services to them (OBJ-01, SVC-01, NFR-02); below them the applets."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, F, Func, Q, Value, When
from django.db.models.lookups import Exact, LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from linzhan.casework.enums import (
    DocumentType,
    EntryMode,
    Method,
    Outcome,
    RecordStatus,
    ResidentStatus,
    Risk,
)
from linzhan.kernel.models import (
    PlacedRow,
    RegionCodeField,
    county_of_region,
    marks,
    one_state_at_a_time,
    unique_in_county,
)

LOCAL_DAY = "(%(expressions)s AT TIME ZONE 'Asia/Shanghai')::date"
ON_THE_SPOT = timedelta(hours=1)
"""A record written down this long after the end of the service was written down with it."""


class Resident(PlacedRow):
    """服务对象: a person on a station's register. Their place is the station's; where they live stands beside."""

    place_person: ClassVar[str] = "id"
    levels = marks(
        L2="id region_code county_code station_id provider_id code registered_on consented_on status worker_id"
        " merged_into",
        L3="name document_type sex born_on categories risk household guardian guardian_phone phone"
        " home_region_code address",
        L4="identity_number_sealed identity_number_index longitude latitude",
    )

    county_code = county_of_region()
    station_id = models.UUIDField(_("站点"))
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    code = models.CharField(_("对象编号"), max_length=64, db_collation="C")
    name = models.CharField(_("姓名"), max_length=200)
    document_type = models.CharField(
        _("证件类型"), max_length=20, choices=DocumentType.choices, blank=True, default=""
    )
    identity_number_sealed = models.BinaryField(_("证件号码"), blank=True, default=b"")
    identity_number_index = models.CharField(
        _("证件号码索引"), max_length=64, blank=True, default="", db_collation="C"
    )
    sex = models.CharField(_("性别"), max_length=2, blank=True, default="")
    born_on = models.DateField(_("出生日期"), null=True, blank=True)
    categories = ArrayField(models.CharField(max_length=10), verbose_name=_("对象类别"), default=list)
    risk = models.CharField(_("风险等级"), max_length=10, choices=Risk.choices, blank=True, default="")
    household = models.CharField(_("户编号"), max_length=64, blank=True, default="", db_collation="C")
    guardian = models.CharField(_("监护人"), max_length=200, blank=True, default="")
    guardian_phone = models.CharField(_("监护人电话"), max_length=64, blank=True, default="")
    phone = models.CharField(_("联系电话"), max_length=64, blank=True, default="")
    home_region_code = RegionCodeField(_("现住行政区划"), blank=True, default="")
    address = models.CharField(_("住址"), max_length=200, blank=True, default="")
    longitude = models.DecimalField(_("经度"), max_digits=10, decimal_places=6, null=True, blank=True)
    latitude = models.DecimalField(_("纬度"), max_digits=10, decimal_places=6, null=True, blank=True)
    worker_id = models.UUIDField(_("责任社工"), null=True, blank=True)
    registered_on = models.DateField(_("建档日期"))
    consented_on = models.DateField(_("同意日期"), null=True, blank=True)
    status = models.CharField(
        _("状态"),
        max_length=10,
        choices=ResidentStatus.choices,
        blank=True,
        default=ResidentStatus.REGISTERED,
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("已并入")
    )

    class Meta(PlacedRow.Meta):
        verbose_name = _("服务对象")
        constraints: ClassVar = [unique_in_county("a_resident_code_is_unique_in_its_county")]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "id"], name="residents_of_a_place"),
            models.Index(fields=["county_code", "id"], name="residents_of_a_county"),
            models.Index(fields=["station_id", "id"], name="residents_of_a_station"),
            models.Index(
                fields=["identity_number_index"],
                name="resident_by_identity",
                condition=~Q(identity_number_index=""),
            ),
            models.Index(
                fields=["county_code", "household"],
                name="residents_of_a_household",
                condition=~Q(household=""),
            ),
            models.Index(
                fields=["worker_id"], name="residents_of_a_worker", condition=Q(worker_id__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.code


class ResidentState(PlacedRow):
    """What held of a resident from one day to the next change: status, risk, categories, station."""

    levels = marks(
        L2="id subject region_code station_id provider_id valid_from valid_to status worker_id",
        L3="categories risk home_region_code",
    )

    subject = models.ForeignKey(
        Resident, on_delete=models.CASCADE, related_name="+", verbose_name=_("服务对象")
    )
    valid_from = models.DateField(_("起"), null=True)
    valid_to = models.DateField(_("止"), null=True)
    station_id = models.UUIDField(_("站点"))
    provider_id = models.UUIDField(_("承接机构"), null=True)
    worker_id = models.UUIDField(_("责任社工"), null=True)
    categories = ArrayField(models.CharField(max_length=10), verbose_name=_("对象类别"), default=list)
    risk = models.CharField(_("风险等级"), max_length=10, blank=True, default="")
    status = models.CharField(_("状态"), max_length=10, blank=True, default="")
    home_region_code = RegionCodeField(_("现住行政区划"), blank=True, default="")

    class Meta(PlacedRow.Meta):
        verbose_name = _("服务对象历史")
        indexes: ClassVar = [
            models.Index(fields=["region_code", "valid_from"], name="resident_states_of_a_place")
        ]
        constraints: ClassVar = [one_state_at_a_time("a_resident_has_one_state_at_a_time")]


class ServiceRecord(PlacedRow):
    """服务记录: one service given, by whom, to whom, when, where (SVC-01, SVC-15).

    Never deleted: a wrong one is voided with a reason. ``entered_at`` is when it was written down.
    """

    levels = marks(
        L2="id region_code county_code station_id provider_id project_id code method item started_at ended_at"
        " case_code attendances counted volunteers satisfaction closes entered_at status tasks travel_minutes"
        " paperwork_minutes late_reason made_at entry_mode",
        L3="outcome place returned_reason",
        L4="content longitude latitude",
    )

    county_code = county_of_region()
    station_id = models.UUIDField(_("站点"))
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    project_id = models.UUIDField(_("项目"), null=True, blank=True)
    code = models.CharField(_("记录编号"), max_length=64, db_collation="C")
    method = models.CharField(_("服务方式"), max_length=10, choices=Method.choices)
    item = models.CharField(_("服务事项"), max_length=10, blank=True, default="")
    started_at = models.DateTimeField(_("开始时间"))
    ended_at = models.DateTimeField(_("结束时间"))
    case_code = models.CharField(_("个案小组编号"), max_length=64, blank=True, default="", db_collation="C")
    outcome = models.CharField(_("探访结果"), max_length=10, choices=Outcome.choices, blank=True, default="")
    attendances = models.PositiveIntegerField(_("服务人次"), null=True, blank=True)
    counted = models.PositiveIntegerField(_("出席计得人次"), null=True, blank=True, editable=False)
    volunteers = models.PositiveIntegerField(_("志愿者人数"), null=True, blank=True)
    place = models.CharField(_("地点"), max_length=200, blank=True, default="")
    longitude = models.DecimalField(_("经度"), max_digits=10, decimal_places=6, null=True, blank=True)
    latitude = models.DecimalField(_("纬度"), max_digits=10, decimal_places=6, null=True, blank=True)
    content = models.TextField(_("内容"))
    satisfaction = models.PositiveSmallIntegerField(_("满意度"), null=True, blank=True)
    closes = models.BooleanField(_("是否结案"), null=True, blank=True)
    entered_at = models.DateTimeField(_("录入时间"), null=True, blank=True)
    tasks = ArrayField(
        models.CharField(max_length=10), verbose_name=_("职业任务"), default=list, db_default=[]
    )
    travel_minutes = models.PositiveSmallIntegerField(_("路途分钟"), null=True, blank=True)
    paperwork_minutes = models.PositiveSmallIntegerField(_("文书分钟"), null=True, blank=True)
    late_reason = models.CharField(_("补录原因"), max_length=200, blank=True, default="", db_default="")
    made_at = models.DateTimeField(_("设备时间"), null=True, blank=True)
    entry_mode = models.GeneratedField(
        verbose_name=_("录入方式"),
        expression=Case(
            When(entered_at__isnull=True, then=Value(EntryMode.IMPORTED.value)),
            When(
                LessThanOrEqual(F("entered_at") - F("ended_at"), Value(ON_THE_SPOT)),
                then=Value(EntryMode.ON_THE_SPOT.value),
            ),
            When(
                Exact(Func(F("entered_at"), template=LOCAL_DAY), Func(F("ended_at"), template=LOCAL_DAY)),
                then=Value(EntryMode.SAME_DAY.value),
            ),
            default=Value(EntryMode.LATER.value),
        ),
        output_field=models.CharField(max_length=10, choices=EntryMode.choices),
        db_persist=True,
    )
    status = models.CharField(
        _("审核状态"),
        max_length=10,
        choices=RecordStatus.choices,
        default=RecordStatus.ACCEPTED,
        db_default=RecordStatus.ACCEPTED.value,
    )
    returned_reason = models.CharField(_("退回原因"), max_length=500, blank=True, default="", db_default="")

    class Meta(PlacedRow.Meta):
        verbose_name = _("服务记录")
        constraints: ClassVar = [
            unique_in_county("a_record_code_is_unique_in_its_county"),
            models.CheckConstraint(
                condition=Q(ended_at__gte=F("started_at")), name="a_service_ends_after_it_starts"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "started_at"], name="records_of_a_place"),
            models.Index(fields=["station_id", "-started_at"], name="records_of_a_station"),
            models.Index(fields=["-started_at", "-id"], name="records_by_time"),
            models.Index(fields=["county_code", "-started_at", "-id"], name="records_of_a_county"),
            models.Index(fields=["county_code", "id"], name="records_of_a_county_by_id"),
            models.Index(fields=["method", "-started_at", "-id"], name="records_of_a_method"),
            models.Index(
                fields=["project_id", "started_at"],
                name="records_of_a_project",
                condition=Q(project_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class RecordResident(PlacedRow):
    """A resident named in a service record; time and method stand here too, so that facts need no join."""

    levels = marks(L2="id region_code station_id provider_id record started_at method", L3="resident")

    record = models.ForeignKey(
        ServiceRecord, on_delete=models.CASCADE, related_name="+", verbose_name=_("服务记录")
    )
    resident = models.ForeignKey(
        Resident, on_delete=models.PROTECT, related_name="+", verbose_name=_("服务对象")
    )
    station_id = models.UUIDField(_("站点"))
    provider_id = models.UUIDField(_("承接机构"), null=True)
    started_at = models.DateTimeField(_("开始时间"))
    method = models.CharField(_("服务方式"), max_length=10)

    class Meta(PlacedRow.Meta):
        verbose_name = _("记录中的服务对象")
        indexes: ClassVar = [
            models.Index(fields=["resident", "-started_at"], name="records_of_a_resident"),
            models.Index(fields=["region_code", "started_at"], name="residents_served_in_a_place"),
        ]


class RecordWorker(PlacedRow):
    """A worker named in a service record."""

    levels = marks(L2="id region_code station_id provider_id record worker_id started_at")

    record = models.ForeignKey(
        ServiceRecord, on_delete=models.CASCADE, related_name="+", verbose_name=_("服务记录")
    )
    worker_id = models.UUIDField(_("社工"))
    station_id = models.UUIDField(_("站点"))
    provider_id = models.UUIDField(_("承接机构"), null=True)
    started_at = models.DateTimeField(_("开始时间"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("记录中的社工")
        indexes: ClassVar = [models.Index(fields=["worker_id", "-started_at"], name="records_of_a_worker")]


from linzhan.casework.activities.models import ActivityDetail, ActivityFile, Publicity  # noqa: E402 -- they refer to the tables above
from linzhan.casework.attendance.models import Attendance  # noqa: E402 -- they refer to the tables above
from linzhan.casework.cases.models import CaseFile, CaseGoal, CaseMember, SessionNote  # noqa: E402 -- they refer to the tables above
from linzhan.casework.community.models import CommunityOrganisation, Negotiation  # noqa: E402 -- they refer to the tables above
from linzhan.casework.contacts.models import Consultation, ReferralFile, ResourceLink  # noqa: E402 -- they refer to the tables above
from linzhan.casework.groups.models import GroupFile, GroupFileState, GroupMember  # noqa: E402 -- they refer to the tables above
from linzhan.casework.incidents.models import Incident, IncidentFact, IncidentNotice  # noqa: E402 -- as all of these
from linzhan.casework.merging.models import DuplicatePair, Merging  # noqa: E402 -- they refer to the tables above
from linzhan.casework.programmes.models import Programme, ProgrammeMember, ProgrammeSession, TimetableSlot  # noqa: E402 -- they refer to the tables above
from linzhan.casework.residents.models import (  # noqa: E402 -- they refer to the tables above
    CategoryBasis,
    Consent,
    HomeSurvey,
    Household,
    MajorChange,
    ResidentDetail,
    RiskReview,
)
from linzhan.casework.review.models import MonthLock, MonthUnlock  # noqa: E402 -- they refer to the tables above
from linzhan.casework.scales.models import ScaleDefinition, ScaleResult, VoidedResult  # noqa: E402 -- as all of these
from linzhan.casework.transfers.models import Handover, HandoverLine, StatusProposal, Transfer  # noqa: E402 -- they refer to the tables above
from linzhan.casework.visits.models import ContactOrder, VisitDetail  # noqa: E402 -- they refer to the tables above

__all__ = [
    "ActivityDetail",
    "ActivityFile",
    "Attendance",
    "CaseFile",
    "CaseGoal",
    "CaseMember",
    "CategoryBasis",
    "CommunityOrganisation",
    "Consent",
    "Consultation",
    "ContactOrder",
    "DuplicatePair",
    "GroupFile",
    "GroupFileState",
    "GroupMember",
    "Handover",
    "HandoverLine",
    "HomeSurvey",
    "Household",
    "Incident",
    "IncidentFact",
    "IncidentNotice",
    "MajorChange",
    "Merging",
    "MonthLock",
    "MonthUnlock",
    "Negotiation",
    "Programme",
    "ProgrammeMember",
    "ProgrammeSession",
    "Publicity",
    "RecordResident",
    "RecordWorker",
    "ReferralFile",
    "Resident",
    "ResidentDetail",
    "ResidentState",
    "ResourceLink",
    "RiskReview",
    "ScaleDefinition",
    "ScaleResult",
    "ServiceRecord",
    "SessionNote",
    "StatusProposal",
    "TimetableSlot",
    "Transfer",
    "VisitDetail",
    "VoidedResult",
]
