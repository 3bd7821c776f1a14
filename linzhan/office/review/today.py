"""``/station/today/``: what waits at a station today, each line opens; counts of work, never of persons."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linzhan.accounts.api import OVERSEE_PHONES
from linzhan.casework.api import REVIEW_RECORDS, RecordStatus, Resident, ResidentStatus, ServiceRecord
from linzhan.casework.api.visits import due_counts, registered, unmet_twice
from linzhan.kernel.access import needs
from linzhan.kernel.sync.models import CommandState, Device, SyncCommand, SyncConflict
from linzhan.office.parts import Duty, Empty, Fact, PageHead
from linzhan.office.requests import holds

SET_ASIDE_DAYS, NEW_DAYS = 30, 30


@needs(REVIEW_RECORDS)
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Overdue and due visits, records that wait or came back, what phones could not deliver, missing consents."""
    on = timezone.localdate()
    counts = due_counts(registered(), on)
    overdue, soon = sum(each.overdue for each in counts), sum(each.soon for each in counts)
    lines = [
        _line(overdue, _("%d 人的探访已逾期"), "/visits/due/?who=all&span=overdue", _("安排"), late=True),
        _line(soon, _("%d 人七天内要探访"), "/visits/due/?who=all&span=week", _("看名单")),
        _line(
            len(unmet_twice(registered(), on)),
            _("%d 人连续两次没见到"),
            "/visits/due/?who=all&span=all",
            _("了解"),
        ),
        *_records(),
        *(_phones() if holds(request, OVERSEE_PHONES) else []),
        _line(
            Resident.objects.filter(
                status=ResidentStatus.REGISTERED,
                consented_on__isnull=True,
                registered_on__gte=on - timedelta(days=NEW_DAYS),
            ).count(),
            _("%d 名新建档对象还没有知情同意"),
            "/r/residents/?status=在册",
            _("补办"),
        ),
    ]
    context = {
        "head": PageHead(name=_("本站今天"), lead=_("只数事情，不排名次；每一行都能打开")),
        "lines": [line for line in lines if line is not None],
        "facts": _facts(),
        "empty": Empty(
            title=_("今天没有等着办的事"),
            body=_("到期、退回、待审核和手机没传上来的会出现在这里。"),
            icon="check",
        ),
    }
    return render(request, "office/review/today.html", context)


def _line(number: int, title: str, url: str, verb: str, *, late: bool = False) -> Duty | None:
    if not number:
        return None
    return Duty(title=title % number, url=url, verb=verb, pressing="late" if late else "")


def _records() -> list[Duty | None]:
    waiting = ServiceRecord.objects.filter(status=RecordStatus.WAITING).count()
    returned = ServiceRecord.objects.filter(status=RecordStatus.RETURNED).count()
    return [
        _line(waiting, _("%d 条记录待审核"), "/review/", _("审核")),
        _line(returned, _("%d 条记录退回后还没改好"), "/review/?state=已退回", _("查看")),
    ]


def _phones() -> list[Duty | None]:
    since = timezone.now() - timedelta(days=SET_ASIDE_DAYS)
    conflicts = SyncConflict.objects.filter(settled_at__isnull=True).count()
    aside = SyncCommand.objects.filter(state=CommandState.REFUSED, received_at__gte=since).count()
    unsent = Device.objects.filter(lost_on__isnull=True).aggregate(all=Sum("unsent"))["all"] or 0
    return [
        _line(conflicts, _("%d 处手机提交与现有内容不一致"), "/phones/waiting/", _("核对")),
        _line(aside, _("近 30 天有 %d 条手机提交被搁置，原因已告诉本人"), "/phones/waiting/", _("查看")),
        _line(unsent, _("手机上还有 %d 条没传上来(手机自己报的数)"), "/phones/", _("查看")),
    ]


def _facts() -> list[Fact]:
    begins = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    records = ServiceRecord.objects.exclude(status=RecordStatus.VOIDED)
    return [
        Fact(_("今天登记的记录"), records.filter(started_at__gte=begins).count(), "number"),
        Fact(_("本月登记的记录"), records.filter(started_at__gte=begins.replace(day=1)).count(), "number"),
        Fact(_("在册服务对象"), registered().count(), "number"),
    ]
