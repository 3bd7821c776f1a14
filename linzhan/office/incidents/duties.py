"""What reports wait for, on the work bench of whoever may see them; and the bare notice for supervisors."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.casework.api.incidents import (
    CLOSE_INCIDENTS,
    REPORT_INCIDENTS,
    TOLD_OF_INCIDENTS,
    Incident,
    IncidentNotice,
    IncidentStage,
    limits_of,
)
from linzhan.office.home.waiting import Reader, Waiting, waiting
from linzhan.office.parts import Duty, Severity

BOARD = "/incidents/"


def _open() -> QuerySet[Incident]:
    """Reports that are meant and not ended."""
    return Incident.objects.exclude(practice=True).exclude(stage=IncidentStage.CLOSED)


@waiting("incidents.red", REPORT_INCIDENTS)
def red(reader: Reader) -> Waiting:
    """Signals that nobody has passed on for too long."""
    limits, now = limits_of(reader.region, reader.today), timezone.now()
    told = _("发现已超过 %d 分钟仍未上报，现在就打电话") % (limits.red.total_seconds() // 60)
    return Waiting(
        _open().filter(reported_at__isnull=True, seen_at__lte=now - limits.red),
        lambda n: Duty(
            title=_("%d 件强制报告超时未上报") % n,
            url=BOARD,
            note=told,
            verb=_("上报"),
            severity=Severity("red"),
        ),
        due="seen_at",
    )


@waiting("incidents.amber", REPORT_INCIDENTS)
def amber(reader: Reader) -> Waiting:
    """Signals not yet passed on: for an hour, or since a moment ago."""
    limits, now = limits_of(reader.region, reader.today), timezone.now()
    long_ago = _open().filter(reported_at__isnull=True, seen_at__lte=now - limits.amber).exists()
    return Waiting(
        _open().filter(reported_at__isnull=True, seen_at__gt=now - limits.red),
        lambda n: Duty(
            title=_("%d 件强制报告等着上报") % n,
            url=BOARD,
            note=_("打 110 或报给乡镇、民政，打完登记受理编号"),
            verb=_("上报"),
            severity=Severity("yellow" if long_ago else "blue"),
        ),
        due="seen_at",
    )


@waiting("incidents.acknowledge", CLOSE_INCIDENTS)
def unacknowledged(reader: Reader) -> Waiting:
    """The county says that it has seen a report."""
    limit = limits_of(reader.region, reader.today).acknowledge
    late = _open().filter(acknowledged_at__isnull=True, received_at__lte=timezone.now() - limit).exists()
    return Waiting(
        _open().filter(acknowledged_at__isnull=True),
        lambda n: Duty(
            title=_("%d 件强制报告等县级接收") % n,
            url=BOARD,
            note=_("%d 分钟内确认接收") % (limit.total_seconds() // 60),
            verb=_("接收"),
            severity=Severity("red" if late else "yellow"),
        ),
        due="received_at",
    )


@waiting("incidents.reply", REPORT_INCIDENTS)
def unanswered(reader: Reader) -> Waiting:
    """Reported a day ago, and nobody has said what came of it."""
    limit: timedelta = limits_of(reader.region, reader.today).reply
    return Waiting(
        _open().filter(replied_at__isnull=True, reported_at__lte=timezone.now() - limit),
        lambda n: Duty(
            title=_("%d 件强制报告没有答复，去核问") % n,
            url=BOARD,
            note=_("上报满 %d 小时") % (limit.total_seconds() // 3600),
            verb=_("核问"),
            severity=Severity("red"),
        ),
        due="reported_at",
    )


@waiting("incidents.told", TOLD_OF_INCIDENTS)
def told(reader: Reader) -> Waiting:
    """That a station one supervises is going through a report: nothing of what it is about."""
    del reader
    return Waiting(
        IncidentNotice.objects.filter(closed=False),
        lambda n: Duty(
            title=_("您督导的站点有 %d 件强制报告正在办理") % n,
            note=_("内容依法不公开。请关心当事社工的状态，不要追问、不要劝阻"),
        ),
        due="on",
    )
