"""Orders to put something right, their items, what presses them, what is said against them; complaints (RSK-07…10).

An order stands where its station or project is, or where its doer is when it names the institution only, and
its addressee sees it along its own line. A complaint stands with who received it and is seen by the handling
bureau alone: neither the institution nor the area learns who complained.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import PlacedRow, county_of_region, marks, unique_in_county
from linzhan.oversight.enums import Severity
from linzhan.oversight.rectification.enums import (
    SETTLED,
    STANDING,
    AnswerAbout,
    AnswerStage,
    CheckWay,
    ComplaintMatter,
    ComplaintStage,
    ItemStage,
    Means,
    MeansStage,
    OrderStage,
    Origin,
    Risk,
)
from linzhan.oversight.rectification.rights import SEE_COMPLAINTS

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django_stubs_ext import StrOrPromise


def _words(label: StrOrPromise) -> models.TextField[str, str]:
    return models.TextField(label, blank=True, default="")


def _word(label: StrOrPromise, length: int = 200) -> models.CharField[str, str]:
    return models.CharField(label, max_length=length, blank=True, default="")


def _day(label: StrOrPromise) -> models.DateField[str | date | None, date | None]:
    return models.DateField(label, null=True, blank=True)


def _row(label: StrOrPromise) -> models.UUIDField[str | UUID | None, UUID | None]:
    return models.UUIDField(label, null=True, blank=True)


class OfAddressee(PlacedRow):
    """A row with a number, seen by the institution and the station that it is about."""

    county_code = county_of_region()
    provider_id = _row(_("承接机构"))
    station_id = _row(_("站点"))
    code = models.CharField(_("编号"), max_length=64, db_collation="C")

    class Meta(PlacedRow.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.code


class Rectification(OfAddressee):
    """整改令: what was found, by which clause, until when, and how far it has come."""

    levels = marks(
        L2="id region_code county_code provider_id station_id code title origin alert_id evaluation_id drawn_id"
        " complaint_id project_id purchaser authority document_number issued_on severity finding basis due_on"
        " plan_due stage plan evidence check_way checked_on check_finding returned failures passed_on"
        " look_back_from look_back_by look_back_on look_back_finding sanction_id",
    )

    title = models.CharField(_("整改事项"), max_length=200)
    origin = models.CharField(_("来源"), max_length=10, choices=Origin.choices)
    alert_id = _row(_("预警"))
    evaluation_id = _row(_("评估结果"))
    drawn_id = _row(_("抽查对象"))
    complaint_id = _row(_("投诉举报"))
    project_id = _row(_("项目"))
    purchaser = _word(_("购买主体"))
    authority = models.CharField(_("下达单位"), max_length=200)
    document_number = _word(_("文号"), 100)
    issued_on = models.DateField(_("下达日期"))
    severity = models.CharField(_("级别"), max_length=2, choices=Severity.choices)
    finding = models.TextField(_("发现的问题"))
    basis = models.TextField(_("依据和条款"))
    due_on = _day(_("整改期限"))
    plan_due = _day(_("报计划期限"))
    stage = models.CharField(
        _("阶段"), max_length=10, choices=OrderStage.choices, default=OrderStage.ISSUED.value
    )
    plan = _words(_("整改计划"))
    evidence = _words(_("整改情况和证据"))
    check_way = models.CharField(
        _("核查方式"), max_length=10, choices=CheckWay.choices, blank=True, default=""
    )
    checked_on = _day(_("核查日期"))
    check_finding = _words(_("核查情况"))
    returned = models.PositiveSmallIntegerField(_("退回次数"), default=0)
    failures = models.PositiveSmallIntegerField(_("不合格次数"), default=0)
    passed_on = _day(_("通过日期"))
    look_back_from = _day(_("回头看起始"))
    look_back_by = _day(_("回头看期限"))
    look_back_on = _day(_("回头看日期"))
    look_back_finding = _words(_("回头看情况"))
    sanction_id = _row(_("拟定的机构处理"))

    class Meta(OfAddressee.Meta):
        verbose_name = _("整改")
        constraints: ClassVar = [unique_in_county("a_rectification_code_is_unique_in_its_county")]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "id"], name="rectifications_of_a_place"),
            models.Index(fields=["county_code", "-id"], name="rectifications_of_a_county"),
            models.Index(fields=["provider_id", "-id"], name="rectifications_of_a_provider"),
            models.Index(fields=["station_id", "-id"], name="rectifications_of_a_station"),
            models.Index(
                fields=["alert_id"], name="rectifications_of_an_alert", condition=Q(alert_id__isnull=False)
            ),
            models.Index(fields=["due_on"], name="rectifications_under_way", condition=~Q(stage__in=SETTLED)),
        ]

    def __str__(self) -> str:
        return self.title


def _of_order() -> models.ForeignKey[Rectification, Rectification]:
    return models.ForeignKey(
        Rectification, on_delete=models.PROTECT, related_name="+", verbose_name=_("整改令")
    )


class RectificationItem(OfAddressee):
    """整改项: one finding, closed on its own; ``repeats`` names the one that came back (逐一清零, 回头看)."""

    levels = marks(
        L2="id region_code county_code provider_id station_id order code finding basis severity risk owner opened_on"
        " due_on measure evidence reported_on stage check_finding cleared_on repeats_id",
    )

    order = _of_order()
    finding = models.TextField(_("发现的问题"))
    basis = models.TextField(_("依据和条款"))
    severity = models.CharField(_("级别"), max_length=2, choices=Severity.choices)
    risk = models.CharField(_("风险类别"), max_length=20, choices=Risk.choices, blank=True, default="")
    owner = _word(_("责任人或责任岗位"))
    opened_on = models.DateField(_("提出日期"))
    due_on = models.DateField(_("整改期限"))
    measure = _words(_("整改措施"))
    evidence = _words(_("完成情况和证据"))
    reported_on = _day(_("上报日期"))
    stage = models.CharField(
        _("状态"), max_length=10, choices=ItemStage.choices, default=ItemStage.OPEN.value
    )
    check_finding = _words(_("核查情况"))
    cleared_on = _day(_("销号日期"))
    repeats_id = _row(_("反弹自"))

    class Meta(OfAddressee.Meta):
        verbose_name = _("整改项")
        constraints: ClassVar = [unique_in_county("a_rectification_item_code_is_unique_in_its_county")]
        indexes: ClassVar = [
            models.Index(fields=["order", "id"], name="items_of_a_rectification"),
            models.Index(fields=["region_code", "id"], name="items_to_rectify_of_a_place"),
            models.Index(fields=["county_code", "-id"], name="items_to_rectify_of_a_county"),
            models.Index(
                fields=["county_code", "due_on"], name="items_to_be_cleared", condition=Q(stage__in=STANDING)
            ),
        ]


class RectificationMeans(OfAddressee):
    """督促措施: a letter, a talk, a circular, or what binds: payments suspended, the contract ended."""

    levels = marks(
        L2="id region_code county_code provider_id station_id order code kind stage content held_on place"
        " attendees document_number notified_on reply_by reply replied_on response starts_on lifted_on",
    )

    order = _of_order()
    kind = models.CharField(_("措施"), max_length=10, choices=Means.choices)
    stage = models.CharField(
        _("状态"), max_length=10, choices=MeansStage.choices, default=MeansStage.PROPOSED.value
    )
    content = models.TextField(_("事由和内容"))
    held_on = _day(_("约谈或督查日期"))
    place = _word(_("地点"))
    attendees = _word(_("参加人员"))
    document_number = _word(_("文号"), 100)
    notified_on = _day(_("告知日期"))
    reply_by = _day(_("陈述申辩截止"))
    reply = _words(_("被督促单位意见"))
    replied_on = _day(_("意见日期"))
    response = _words(_("对意见的答复"))
    starts_on = _day(_("实施日期"))
    lifted_on = _day(_("解除日期"))

    class Meta(OfAddressee.Meta):
        verbose_name = _("督促措施")
        constraints: ClassVar = [unique_in_county("means_of_rectification_have_codes_of_their_own")]
        indexes: ClassVar = [
            models.Index(fields=["order", "id"], name="means_of_a_rectification"),
            models.Index(fields=["region_code", "id"], name="rectification_means_of_a_place"),
            models.Index(fields=["county_code", "-id"], name="means_of_a_county"),
            models.Index(
                fields=["provider_id", "kind"],
                name="means_in_force",
                condition=Q(stage=MeansStage.DONE.value),
            ),
        ]


class RectificationAnswer(OfAddressee):
    """整改申辩: what the addressee says at a step, and what it was answered. Kept and shown with the order."""

    levels = marks(
        L2="id region_code county_code provider_id station_id order code about stated_on statement stage response"
        " answered_on",
    )

    order = _of_order()
    about = models.CharField(_("针对"), max_length=10, choices=AnswerAbout.choices)
    stated_on = models.DateField(_("提出日期"))
    statement = models.TextField(_("陈述申辩内容"))
    stage = models.CharField(
        _("状态"), max_length=10, choices=AnswerStage.choices, default=AnswerStage.RAISED.value
    )
    response = _words(_("答复"))
    answered_on = _day(_("答复日期"))

    class Meta(OfAddressee.Meta):
        verbose_name = _("整改申辩")
        constraints: ClassVar = [unique_in_county("an_answer_to_a_rectification_has_a_code_of_its_own")]
        indexes: ClassVar = [
            models.Index(fields=["order", "id"], name="answers_to_a_rectification"),
            models.Index(fields=["region_code", "id"], name="answers_of_a_place"),
        ]


class ProviderComplaint(PlacedRow):
    """机构投诉举报: what somebody reported of an institution. Who they are is told to nobody outside the bureau.

    The institution is no line of the row: it learns what was found by the order that follows.
    """

    circle: ClassVar[str] = SEE_COMPLAINTS
    history: ClassVar[bool] = False  # an area's officials read the history of other tables
    levels = marks(
        L2="id region_code county_code code institution_id received_on channel anonymous matter stage admitted_on"
        " concluded_on told_on",
        L4="complainant contact content conclusion",
    )

    county_code = county_of_region()
    code = models.CharField(_("投诉编号"), max_length=64, db_collation="C")
    institution_id = models.UUIDField(_("被投诉机构"))
    received_on = models.DateField(_("收到日期"))
    channel = _word(_("渠道"))
    anonymous = models.BooleanField(_("匿名"), null=True, blank=True)
    complainant = _word(_("投诉人"))
    contact = _word(_("联系方式"))
    matter = models.CharField(_("事项"), max_length=20, choices=ComplaintMatter.choices)
    content = models.TextField(_("内容"))
    stage = models.CharField(
        _("状态"), max_length=10, choices=ComplaintStage.choices, default=ComplaintStage.RECEIVED.value
    )
    admitted_on = _day(_("受理日期"))
    conclusion = _words(_("核查结论"))
    concluded_on = _day(_("结论日期"))
    told_on = _day(_("告知投诉人日期"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("机构投诉举报")
        constraints: ClassVar = [unique_in_county("a_complaint_code_is_unique_in_its_county")]
        indexes: ClassVar = [
            models.Index(fields=["region_code", "id"], name="complaints_of_a_place"),
            models.Index(fields=["county_code", "-id"], name="complaints_of_a_county"),
            models.Index(fields=["institution_id"], name="complaints_of_an_institution"),
        ]

    def __str__(self) -> str:
        return self.code
