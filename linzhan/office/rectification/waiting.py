"""What of rectification waits on the work bench besides approvals: of the addressee, what is late, the look-backs."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linzhan.office.home.waiting import Reader, Waiting, waiting
from linzhan.office.parts import Duty
from linzhan.oversight.api import (
    ANSWER_RECTIFICATIONS,
    CHECK_RECTIFICATIONS,
    SETTLED,
    MeansStage,
    OrderStage,
    Rectification,
    RectificationMeans,
)

TO_DO = (OrderStage.ACCEPTED, OrderStage.WORKING, OrderStage.RETURNED)


@waiting("rectifications.plan", ANSWER_RECTIFICATIONS)
def plans(_reader: Reader) -> Waiting:
    return Waiting(
        Rectification.objects.filter(stage=OrderStage.ISSUED),
        lambda n: Duty(
            title=_("%d 份整改令等您报整改计划") % n,
            url="/r/rectifications/",
            note=_("有异议的可以陈述申辩"),
            verb=_("办理"),
        ),
        due="plan_due",
    )


@waiting("rectifications.evidence", ANSWER_RECTIFICATIONS)
def evidence(_reader: Reader) -> Waiting:
    return Waiting(
        Rectification.objects.filter(stage__in=TO_DO),
        lambda n: Duty(
            title=_("%d 份整改令等您整改并报证据") % n,
            url="/r/rectifications/",
            note=_("逐项报完成情况，再报证据"),
            verb=_("办理"),
        ),
        due="due_on",
    )


@waiting("rectifications.announced", ANSWER_RECTIFICATIONS)
def announced(_reader: Reader) -> Waiting:
    """What is announced may still be answered (FIL-08)."""
    return Waiting(
        RectificationMeans.objects.filter(stage=MeansStage.NOTIFIED, replied_on__isnull=True),
        lambda n: Duty(
            title=_("%d 项督促措施已告知，可以陈述申辩") % n,
            url="/r/rectification-means/",
            verb=_("查看"),
        ),
        due="reply_by",
    )


@waiting("rectifications.late", CHECK_RECTIFICATIONS)
def late(reader: Reader) -> Waiting:
    return Waiting(
        Rectification.objects.filter(due_on__lt=reader.today).exclude(stage__in=SETTLED),
        lambda n: Duty(
            title=_("%d 份整改令逾期没有清零") % n,
            url="/r/rectifications/",
            note=_("按发函、约谈、通报的次序督促"),
            verb=_("督促"),
        ),
        due="due_on",
    )


@waiting("rectifications.look_back", CHECK_RECTIFICATIONS)
def look_backs(reader: Reader) -> Waiting:
    """Passed, and old enough to look whether it lasts."""
    return Waiting(
        Rectification.objects.filter(
            stage=OrderStage.PASSED, look_back_on__isnull=True, look_back_from__lte=reader.today
        ),
        lambda n: Duty(
            title=_("%d 份整改令到了回头看的时候") % n,
            url="/r/rectifications/",
            verb=_("回头看"),
        ),
        due="look_back_by",
    )
