"""What decides whether a worker may stand on a post: vetting, registration, education, sanctions and bars."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linzhan.kernel.models import PlacedRow, marks
from linzhan.workforce.enums import Grade
from linzhan.workforce.models.kept import PERSONAL, PersonRow
from linzhan.workforce.models.workers import SocialWorker
from linzhan.workforce.standing.enums import (
    CreditKind,
    CreditStage,
    RegistrationKind,
    RegistrationStage,
    SanctionStage,
    VettingKind,
    VettingResult,
)
from linzhan.workforce.standing.rights import HANDLE_SANCTIONS


class Vetting(PersonRow):
    """从业查询: whether somebody may work with minors, asked anew every year. Only the result is kept."""

    levels = marks(L2=PERSONAL + "kind requested_on answered_on valid_until", L4="result")

    kind = models.CharField(_("查询类型"), max_length=10, choices=VettingKind.choices)
    requested_on = models.DateField(_("申请日期"))
    result = models.CharField(
        _("查询结果"), max_length=10, choices=VettingResult.choices, default=VettingResult.PENDING
    )
    answered_on = models.DateField(_("结果日期"), null=True, blank=True)
    valid_until = models.DateField(_("有效期至"), null=True, blank=True)

    class Meta(PersonRow.Meta):
        verbose_name = _("从业查询")


class GradeRegistration(PersonRow):
    """证书登记: how far the national registration of a certificate has come. It is noted here, not made."""

    levels = marks(L2=PERSONAL + "grade kind submitted_on stage issued_on until")

    grade = models.CharField(_("职业资格"), max_length=10, choices=Grade.choices)
    kind = models.CharField(_("登记类型"), max_length=10, choices=RegistrationKind.choices)
    submitted_on = models.DateField(_("提交日期"), null=True, blank=True)
    stage = models.CharField(
        _("状态"), max_length=10, choices=RegistrationStage.choices, default=RegistrationStage.NONE
    )
    issued_on = models.DateField(_("出证日期"), null=True, blank=True)
    until = models.DateField(_("登记有效期至"), null=True, blank=True)

    class Meta(PersonRow.Meta):
        verbose_name = _("证书登记")


class EducationCredit(PersonRow):
    """学时认定: hours that came from elsewhere than a registered training, counted once they are verified (CPE-02)."""

    levels = marks(L2=PERSONAL + "kind gained_on hours content stage verified_on")

    kind = models.CharField(_("类型"), max_length=10, choices=CreditKind.choices)
    gained_on = models.DateField(_("取得日期"))
    hours = models.DecimalField(_("学时"), max_digits=8, decimal_places=2)
    content = models.TextField(_("内容和证明材料"), blank=True, default="")
    stage = models.CharField(
        _("状态"), max_length=10, choices=CreditStage.choices, default=CreditStage.CLAIMED
    )
    verified_on = models.DateField(_("认定日期"), null=True, blank=True)

    class Meta(PersonRow.Meta):
        verbose_name = _("学时认定")


class StaffSanction(PersonRow):
    """人员失信处理: proposed, told, heard, decided; until then seen by the handling bureau and the person alone.

    What others learn is :class:`WorkBar`, and only while it is in force (FIL-05, FIL-07, FIL-08).
    """

    circle: ClassVar[str] = HANDLE_SANCTIONS
    history: ClassVar[bool] = False  # an area's officials read the history of other tables
    levels = marks(
        L2=PERSONAL + "stage notified_on objection_until objected_on decided_on ends_on",
        L4="because facts reasons objection decision",
    )

    because = models.CharField(_("情形"), max_length=200)
    facts = models.TextField(_("事实"))
    reasons = models.TextField(_("理由和依据"), blank=True, default="")
    stage = models.CharField(
        _("状态"), max_length=10, choices=SanctionStage.choices, default=SanctionStage.PROPOSED
    )
    notified_on = models.DateField(_("告知日期"), null=True, blank=True)
    objection_until = models.DateField(_("申辩截止"), null=True, blank=True)
    objected_on = models.DateField(_("申辩日期"), null=True, blank=True)
    objection = models.TextField(_("陈述申辩"), blank=True, default="")
    decision = models.TextField(_("决定和对申辩的答复"), blank=True, default="")
    decided_on = models.DateField(_("决定日期"), null=True, blank=True)
    ends_on = models.DateField(_("限制至"), null=True, blank=True)

    class Meta(PersonRow.Meta):
        verbose_name = _("人员失信处理")


class WorkBar(PlacedRow):
    """任用限制: that a worker is barred from when until when, on whose word. Seen by whoever sees the worker.

    ``ends_on`` is the first day on which the bar no longer holds.
    """

    levels = marks(
        L2="id region_code provider_id station_id worker sanction_id starts_on ends_on scope citation"
    )

    provider_id = models.UUIDField(_("承接机构"), null=True)
    station_id = models.UUIDField(_("站点"), null=True)
    worker = models.ForeignKey(
        SocialWorker, on_delete=models.CASCADE, related_name="+", verbose_name=_("社工")
    )
    sanction_id = models.UUIDField(_("处理编号"))
    starts_on = models.DateField(_("起"))
    ends_on = models.DateField(_("止"))
    scope = models.CharField(_("限制范围"), max_length=100)
    citation = models.TextField(_("依据"))

    class Meta(PlacedRow.Meta):
        verbose_name = _("任用限制")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sanction_id"], name="a_sanction_bars_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="a_bar_ends_after_it_starts"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["region_code", "ends_on"], name="bars_of_a_place")]
