"""What workers learn from each other: handbooks, questions with answers, talk rooms (SPV-08, SPV-09, SYS-09, SYS-10).

There are no points and nobody is counted: a question is there to be answered.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import PlacedRow, county_of_region, marks, unique_in_county
from linzhan.kernel.scope import Scope
from linzhan.kernel.wall import LINE
from linzhan.network.api import HeldBelowRow, PublishedRow, Station
from linzhan.workforce.asking.enums import HandbookStage, QuestionStage, QuestionTopic, TalkMode, TalkStage
from linzhan.workforce.models.fields import recorded_by
from linzhan.workforce.models.kept import BASE, LINED, PERSONAL, LinedRow, PersonRow


class SupervisionHandbook(HeldBelowRow):
    """督导手册: a handbook by which supervisors of a place work, by version (SPV-08). Its text is attached."""

    levels = marks(
        L1="id region_code county_code code name version issuer issued_on repealed_on summary stage"
    )

    county_code = county_of_region()
    code = models.CharField(_("手册编号"), max_length=64, db_collation="C")
    name = models.CharField(_("手册名称"), max_length=200)
    version = models.CharField(_("版本"), max_length=40, blank=True, default="")
    issuer = models.CharField(_("编制单位"), max_length=200, blank=True, default="")
    issued_on = models.DateField(_("发布日期"), null=True, blank=True)
    repealed_on = models.DateField(_("停用日期"), null=True, blank=True)
    summary = models.TextField(_("内容提要"), blank=True, default="")
    stage = models.CharField(
        _("状态"), max_length=10, choices=HandbookStage.choices, default=HandbookStage.DRAFT
    )

    class Meta(HeldBelowRow.Meta):
        verbose_name = _("督导手册")
        constraints: ClassVar = [unique_in_county("a_handbook_code_is_unique_in_its_county")]
        indexes: ClassVar = [models.Index(fields=["region_code", "id"], name="handbooks_of_a_place")]

    def __str__(self) -> str:
        return self.name


class Question(LinedRow):
    """社工提问: what a worker asks; read by whoever works in the same county (SPV-09, SYS-10)."""

    place_person: ClassVar[str] = "recorded_by"
    levels = marks(L2=LINED + "title body topic asked_on stage accepted recorded_by")

    title = models.CharField(_("问题"), max_length=200)
    body = models.TextField(_("说明"), blank=True, default="")
    topic = models.CharField(_("主题"), max_length=10, choices=QuestionTopic.choices)
    asked_on = models.DateField(_("提问日期"))
    stage = models.CharField(
        _("状态"), max_length=10, choices=QuestionStage.choices, default=QuestionStage.OPEN
    )
    accepted = models.CharField(_("采纳的解答"), max_length=64, blank=True, default="", db_collation="C")
    recorded_by = recorded_by()

    class Meta(LinedRow.Meta):
        verbose_name = _("社工提问")
        indexes: ClassVar = [
            *LinedRow.Meta.indexes,
            models.Index(fields=["recorded_by", "-id"], name="questions_of_a_person"),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def visible_besides(cls, value: Scope) -> Q:
        if not (value.stations or value.providers):
            return Q(pk__in=[])
        stations = models.QuerySet[Station](Station)
        own = stations.filter(Q(pk__in=value.stations) | Q(provider_id__in=value.providers))
        return Q(county_code__in=own.order_by().values("county_code"))

    @classmethod
    def policy_besides(cls) -> str:
        station, provider = (
            LINE.format(column=f"s.{column}", line=line)
            for column, line in (("id", "stations"), ("provider_id", "providers"))
        )
        own = f"FROM network_station s WHERE {station} OR {provider}"
        return f"county_code::text = ANY (ARRAY(SELECT s.county_code::text {own}))"


class Answer(PlacedRow):
    """解答: what somebody answered, where they stand; read by whoever reads the question."""

    place_person: ClassVar[str] = "recorded_by"
    levels = marks(L2=BASE + "provider_id station_id question answered_on recorded_by content")

    county_code = county_of_region()
    code = models.CharField(_("解答编号"), max_length=64, db_collation="C")
    provider_id = models.UUIDField(_("承接机构"), null=True, blank=True)
    station_id = models.UUIDField(_("站点"), null=True, blank=True)
    question = models.ForeignKey(
        Question, on_delete=models.CASCADE, related_name="+", db_index=False, verbose_name=_("社工提问")
    )
    content = models.TextField(_("解答"))
    answered_on = models.DateField(_("解答日期"))
    recorded_by = recorded_by()

    class Meta(PlacedRow.Meta):
        verbose_name = _("解答")
        constraints: ClassVar = [unique_in_county("an_answer_code_is_unique_in_its_county")]
        indexes: ClassVar = [
            models.Index(fields=["question", "id"], name="answers_of_a_question"),
            models.Index(fields=["region_code", "id"], name="answers_of_a_place"),
            models.Index(fields=["recorded_by", "-id"], name="answers_of_a_person"),
        ]

    def __str__(self) -> str:
        return self.code

    @classmethod
    def visible_besides(cls, value: Scope) -> Q:
        questions = models.QuerySet[Question](Question)
        return Q(question__in=questions.filter(value.as_filter(Question)).values("pk"))

    @classmethod
    def policy_besides(cls) -> str:
        return "EXISTS (SELECT FROM workforce_question q WHERE q.id = workforce_answer.question_id)"


class TalkRoom(PublishedRow):
    """连线会客厅: workers of several places meet, on line or in a room; open to all who are told of it (SYS-09)."""

    levels = marks(L1=BASE + "title starts_at mode host partner where_held topic stage people summary")

    county_code = county_of_region()
    code = models.CharField(_("场次编号"), max_length=64, db_collation="C")
    title = models.CharField(_("主题"), max_length=200)
    starts_at = models.DateTimeField(_("开始时间"))
    mode = models.CharField(_("方式"), max_length=10, choices=TalkMode.choices)
    host = models.CharField(_("主办单位"), max_length=200)
    partner = models.CharField(_("连线单位"), max_length=200, blank=True, default="")
    where_held = models.CharField(_("地点或会议号"), max_length=200, blank=True, default="")
    topic = models.TextField(_("内容"), blank=True, default="")
    stage = models.CharField(_("状态"), max_length=10, choices=TalkStage.choices, default=TalkStage.ANNOUNCED)
    people = models.PositiveIntegerField(_("到场人数"), null=True, blank=True)
    summary = models.TextField(_("会后纪要"), blank=True, default="")

    class Meta(PublishedRow.Meta):
        verbose_name = _("连线会客厅")
        constraints: ClassVar = [unique_in_county("a_talk_code_is_unique_in_its_county")]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "id"], name="talks_of_a_place"),
            models.Index(fields=["-starts_at", "-id"], name="talks_by_time"),
        ]

    def __str__(self) -> str:
        return self.title


class TalkSignup(PersonRow):
    """会客厅报名: a worker means to come, and whether they came."""

    levels = marks(L2=PERSONAL + "talk signed_up_on attended recorded_by")

    talk = models.ForeignKey(
        TalkRoom, on_delete=models.CASCADE, related_name="+", db_index=False, verbose_name=_("连线会客厅")
    )
    signed_up_on = models.DateField(_("报名日期"))
    attended = models.BooleanField(_("到场"), null=True, blank=True)
    recorded_by = recorded_by()

    class Meta(PersonRow.Meta):
        verbose_name = _("会客厅报名")
        constraints: ClassVar = [
            *PersonRow.Meta.constraints,
            models.UniqueConstraint(fields=["talk", "worker"], name="a_worker_signs_up_once_for_a_talk"),
        ]
