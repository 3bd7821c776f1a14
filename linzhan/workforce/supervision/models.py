"""Pools of supervisors, agreements, tasks, and what only supervisor and supervisee read (SPV-01…13)."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import (
    PlacedRow,
    RegionCodeField,
    county_of_region,
    ends_after_it_starts,
    marks,
    unique_in_county,
)
from linzhan.kernel.scope import Scope, ScopedManager, current_scope
from linzhan.kernel.wall import LINE, MACHINE
from linzhan.network.api import HeldBelowRow, Station
from linzhan.workforce.models.fields import identity_index, recorded_by
from linzhan.workforce.models.kept import BASE, PERSONAL, PersonRow
from linzhan.workforce.models.supervision import Supervision
from linzhan.workforce.models.workers import SocialWorker
from linzhan.workforce.supervision.enums import (
    AgreementKind,
    AgreementStage,
    Belonging,
    PoolLevel,
    PoolStage,
    RatingSide,
    TaskStage,
)
from linzhan.workforce.supervision.rights import RATE, WRITE_NOTES


def _words(label: object) -> ArrayField:  # type: ignore[type-arg]  # generic only in the stubs
    return ArrayField(models.CharField(max_length=100), verbose_name=label, default=list, blank=True)  # type: ignore[arg-type]  # a lazy text


class SupervisorEntry(HeldBelowRow):
    """督导人才库: a supervisor in the pool of a province, city, county or institution, by batch (SPV-01, SPV-06).

    A pool is read in the places below its own, which choose from it; it is kept where it stands, that of an
    institution by the institution (SPV-13).
    """

    place_provider: ClassVar[str] = "provider_id"
    levels = marks(
        L2=BASE + "provider_id level batch belonging worker from_front_line employer title fields capacity"
        " home_region_code longitude latitude username stage chosen_on trained_on used_from evaluation evaluated_on"
        " incentive rewarded_on left_on",
        L3="name phone",
        L4="identity_sealed identity_index",
    )

    county_code = county_of_region()
    code = models.CharField(_("督导人才编号"), max_length=64, db_collation="C")
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    name = models.CharField(_("姓名"), max_length=200)
    identity_sealed = models.BinaryField(_("证件号码"), blank=True, default=b"")
    identity_index = identity_index(_("证件号码索引"), blank=True)
    phone = models.CharField(_("联系电话"), max_length=64, blank=True, default="")
    level = models.CharField(_("库别"), max_length=10, choices=PoolLevel.choices)
    batch = models.CharField(_("期次"), max_length=100, blank=True, default="")
    belonging = models.CharField(
        _("内外部"), max_length=10, choices=Belonging.choices, blank=True, default=""
    )
    worker = models.ForeignKey(
        SocialWorker,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("社工"),
    )
    from_front_line = models.BooleanField(_("从一线选拔"), null=True, blank=True)
    employer = models.CharField(_("工作单位"), max_length=200, blank=True, default="")
    title = models.CharField(_("职称职务"), max_length=100, blank=True, default="")
    fields = _words(_("擅长领域"))
    capacity = models.PositiveIntegerField(_("可督导站点"), null=True, blank=True)
    home_region_code = RegionCodeField(_("常驻地"), blank=True, default="")
    longitude = models.DecimalField(_("经度"), max_digits=10, decimal_places=6, null=True, blank=True)
    latitude = models.DecimalField(_("纬度"), max_digits=10, decimal_places=6, null=True, blank=True)
    username = models.CharField(_("平台账号"), max_length=64, blank=True, default="", db_collation="C")
    stage = models.CharField(_("状态"), max_length=10, choices=PoolStage.choices, default=PoolStage.NAMED)
    chosen_on = models.DateField(_("入选日期"), null=True, blank=True)
    trained_on = models.DateField(_("培养完成日期"), null=True, blank=True)
    used_from = models.DateField(_("开始使用日期"), null=True, blank=True)
    evaluation = models.TextField(_("考核意见"), blank=True, default="")
    evaluated_on = models.DateField(_("考核日期"), null=True, blank=True)
    incentive = models.TextField(_("激励措施"), blank=True, default="")
    rewarded_on = models.DateField(_("激励日期"), null=True, blank=True)
    left_on = models.DateField(_("退出日期"), null=True, blank=True)

    class Meta(HeldBelowRow.Meta):
        verbose_name = _("督导人才库")
        constraints: ClassVar = [unique_in_county("a_supervisor_code_is_unique_in_its_county")]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "id"], name="supervisors_of_a_place"),
            models.Index(fields=["county_code", "id"], name="supervisors_of_a_county"),
            models.Index(fields=["username"], name="supervisor_of_an_account", condition=~Q(username="")),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def policy_for_writing(cls) -> str:
        """Its own place: the area's, or the institution's whose pool it is in."""
        return ""


class SeenThroughAgreed(ScopedManager["SupervisionAgreement"]):
    """Agreements are seen where one of their stations is: through the links alone, which an index answers."""

    def get_queryset(self) -> models.QuerySet[SupervisionAgreement]:
        everything = models.Manager.get_queryset(self)
        if current_scope().everything:
            return everything
        return everything.filter(pk__in=AgreedStation.objects.values("agreement_id"))


class SupervisionAgreement(PlacedRow):
    """督导协议: a supervisor or an outside institution for stations and workers over a term (SPV-05, SPV-07).

    Several stations share one supervisor by standing in one agreement. Its own place is the smallest division
    that holds them all.
    """

    changed_where_seen: ClassVar[bool] = True
    levels = marks(
        L2="id region_code county_code provider_id station_id code kind supervisor institution institution_code"
        " starts_on ends_on hours fee contract_number content reasons stage signed_on ended_on",
    )

    county_code = county_of_region()
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    station_id = models.UUIDField(_("站点"), null=True, blank=True)
    code = models.CharField(_("协议编号"), max_length=64, db_collation="C")
    kind = models.CharField(_("协议类型"), max_length=10, choices=AgreementKind.choices)
    supervisor = models.ForeignKey(
        SupervisorEntry,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("督导"),
    )
    institution = models.CharField(_("督导机构"), max_length=200, blank=True, default="")
    institution_code = models.CharField(_("督导机构信用代码"), max_length=18, blank=True, default="")
    starts_on = models.DateField(_("起始日期"))
    ends_on = models.DateField(_("截止日期"))
    hours = models.DecimalField(_("约定时数"), max_digits=8, decimal_places=2, null=True, blank=True)
    fee = models.DecimalField(_("督导费用"), max_digits=14, decimal_places=2, null=True, blank=True)
    contract_number = models.CharField(_("合同编号"), max_length=100, blank=True, default="")
    content = models.TextField(_("约定事项"), blank=True, default="")
    reasons = models.TextField(_("选配理由"), blank=True, default="")
    stage = models.CharField(
        _("状态"), max_length=10, choices=AgreementStage.choices, default=AgreementStage.DRAFT
    )
    signed_on = models.DateField(_("签订日期"), null=True, blank=True)
    ended_on = models.DateField(_("终止日期"), null=True, blank=True)

    objects: ClassVar[SeenThroughAgreed] = SeenThroughAgreed()

    class Meta(PlacedRow.Meta):
        verbose_name = _("督导协议")
        constraints: ClassVar = [
            unique_in_county("an_agreement_code_is_unique_in_its_county"),
            ends_after_it_starts("an_agreement_ends_after_it_starts"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "id"], name="agreements_of_a_place"),
            models.Index(fields=["supervisor", "ends_on"], name="agreements_of_a_supervisor"),
        ]

    def __str__(self) -> str:
        return self.code

    @classmethod
    def visible_besides(cls, value: Scope) -> Q:
        links = models.QuerySet[AgreedStation](AgreedStation)
        return Q(pk__in=links.filter(value.as_filter(AgreedStation)).values("agreement_id"))

    @classmethod
    def policy_besides(cls) -> str:
        return (
            "EXISTS (SELECT FROM workforce_agreedstation s"
            " WHERE s.agreement_id = workforce_supervisionagreement.id)"
        )


class AgreedStation(PlacedRow):
    """A station under an agreement. Its place is the station's."""

    levels = marks(L2="id region_code provider_id agreement station starts_on ends_on recorded_by")
    place_person: ClassVar[str] = "recorded_by"

    agreement = models.ForeignKey(
        SupervisionAgreement,
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,
        verbose_name=_("督导协议"),
    )
    station = models.ForeignKey(
        Station, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("站点")
    )
    provider_id = models.UUIDField(_("承接机构"), null=True)
    starts_on = models.DateField(_("起始日期"))
    ends_on = models.DateField(_("截止日期"))
    recorded_by = recorded_by()

    class Meta(PlacedRow.Meta):
        verbose_name = _("协议站点")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreement", "station"], name="an_agreement_names_a_station_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "ends_on"], name="agreed_stations_of_a_place"),
            models.Index(fields=["station", "ends_on"], name="agreements_of_a_station"),
        ]


class AgreedWorker(PlacedRow):
    """A worker named in an agreement; without any it is for all workers of its stations."""

    levels = marks(L2="id region_code provider_id station_id agreement worker recorded_by")
    place_person: ClassVar[str] = "recorded_by"

    agreement = models.ForeignKey(
        SupervisionAgreement,
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,
        verbose_name=_("督导协议"),
    )
    worker = models.ForeignKey(
        SocialWorker, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name=_("社工")
    )
    provider_id = models.UUIDField(_("承接机构"), null=True)
    station_id = models.UUIDField(_("站点"), null=True)
    recorded_by = recorded_by()

    class Meta(PlacedRow.Meta):
        verbose_name = _("协议社工")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreement", "worker"], name="an_agreement_names_a_worker_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "id"], name="agreed_workers_of_a_place"),
            models.Index(fields=["worker"], name="agreements_of_a_worker"),
        ]


class SupervisionTask(PersonRow):
    """督导任务: what was agreed in a session, who does it by when, until it is done."""

    levels = marks(L2=PERSONAL + "session due_on stage done_on", L3="content result")

    session = models.ForeignKey(
        Supervision, on_delete=models.CASCADE, related_name="+", verbose_name=_("督导记录")
    )
    content = models.TextField(_("任务"))
    due_on = models.DateField(_("期限"))
    stage = models.CharField(_("状态"), max_length=10, choices=TaskStage.choices, default=TaskStage.OPEN)
    done_on = models.DateField(_("完成日期"), null=True, blank=True)
    result = models.TextField(_("完成情况"), blank=True, default="")

    class Meta(PersonRow.Meta):
        verbose_name = _("督导任务")


class BetweenTwo(PlacedRow):
    """A row of one session that its writer reads, and the worker it is about where it is meant for them.

    It has no line of area, institution or station: nobody else comes to it, the administrator included.
    """

    history: ClassVar[bool] = False  # an area's officials read the history of other tables
    place_provider: ClassVar[str] = ""
    place_station: ClassVar[str] = ""
    place_person: ClassVar[str] = "recorded_by"

    county_code = county_of_region()
    code = models.CharField(_("编号"), max_length=64, db_collation="C")
    session = models.ForeignKey(
        Supervision, on_delete=models.CASCADE, related_name="+", db_index=False, verbose_name=_("督导记录")
    )
    worker = models.ForeignKey(
        SocialWorker, on_delete=models.CASCADE, related_name="+", db_index=False, verbose_name=_("社工")
    )
    recorded_by = recorded_by()

    class Meta(PlacedRow.Meta):
        abstract = True
        constraints: ClassVar = [unique_in_county("a_%(class)s_code_is_unique_in_its_county")]
        indexes: ClassVar = [
            models.Index(fields=["recorded_by", "-id"], name="%(class)s_writer"),
            models.Index(fields=["worker", "-id"], name="%(class)s_worker"),
            models.Index(fields=["session"], name="%(class)s_session"),
        ]

    def __str__(self) -> str:
        return self.code

    @classmethod
    def visible_besides(cls, value: Scope) -> Q:
        return Q(worker__in=[UUID(each) for each in value.people])

    @classmethod
    def policy_besides(cls) -> str:
        return f"({LINE.format(column='worker_id', line='people')})"

    @classmethod
    def policy_for_writing(cls) -> str:
        """In one's own name: the database has put it there."""
        return f"{MACHINE} OR {LINE.format(column='recorded_by', line='people')}"


OF_BOTH = "id region_code county_code code session worker recorded_by "


class SupervisionNote(BetweenTwo):
    """督导保密记录: read by the supervisor who wrote it and by the worker it is about, and by nobody else."""

    circle: ClassVar[str] = WRITE_NOTES
    levels = marks(L2=OF_BOTH, L4="content")

    content = models.TextField(_("内容"))

    class Meta(BetweenTwo.Meta):
        verbose_name = _("督导保密记录")


class SupervisionRating(BetweenTwo):
    """督导互评: how worker and supervisor found a session. What a worker says, the supervisor learns in sum only."""

    circle: ClassVar[str] = RATE
    levels = marks(L2=OF_BOTH + "side", L4="score words")

    side = models.CharField(_("评价方"), max_length=10, choices=RatingSide.choices)
    score = models.PositiveSmallIntegerField(_("评分"))
    words = models.TextField(_("意见"), blank=True, default="")

    class Meta(BetweenTwo.Meta):
        verbose_name = _("督导互评")
        constraints: ClassVar = [
            *BetweenTwo.Meta.constraints,
            models.UniqueConstraint(
                fields=["session", "worker", "side"], name="a_session_is_rated_once_a_side"
            ),
        ]

    @classmethod
    def visible_besides(cls, value: Scope) -> Q:
        return super().visible_besides(value) & Q(side=RatingSide.OF_WORKER)

    @classmethod
    def policy_besides(cls) -> str:
        return f"(side = '{RatingSide.OF_WORKER.value}' AND {super().policy_besides()})"
