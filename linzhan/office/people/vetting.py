"""待办从业查询: who works with children and has no answer that holds (``domain.md`` §3.5)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linzhan.casework.api import Resident, ResidentStatus
from linzhan.kernel import masking
from linzhan.kernel.access import needs
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.following import names_of
from linzhan.office import parts
from linzhan.office.people.telling import holding
from linzhan.workforce.api import EDIT_VETTINGS, SocialWorker, Vetting

NOTICE: Final = timedelta(days=30)
HERE: Final = "/people/vettings-due/"
AT_MOST: Final = 200
ADULT: Final = 18
IN_HAND: Final = (ResidentStatus.REGISTERED, ResidentStatus.PAUSED)
CLEAR: Final = "未发现"


def answering_for_children(today: date) -> QuerySet[Resident]:
    """Children on the register with a responsible worker; those without a date of birth are not told here."""
    leap_day = (today.month, today.day) == (2, 29)
    born_after = today.replace(year=today.year - ADULT, day=28 if leap_day else today.day)
    rows = Resident.objects.filter(status__in=IN_HAND, merged_into__isnull=True, worker_id__isnull=False)
    return rows.filter(born_on__gt=born_after)


def due(today: date) -> QuerySet[SocialWorker]:
    """Workers on post who answer for a child or are assigned with minors, without an answer for another month."""
    held = Vetting.objects.filter(worker=OuterRef("pk"), result=CLEAR, valid_until__gt=today + NOTICE)
    children = answering_for_children(today).filter(worker_id=OuterRef("pk"))
    assigned = holding(today).filter(worker=OuterRef("pk"), with_minors=True)
    rows = SocialWorker.objects.filter(Q(left_on__isnull=True) | Q(left_on__gt=today))
    return rows.filter(Exists(children) | Exists(assigned), ~Exists(held))


@needs(EDIT_VETTINGS)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """``/people/vettings-due/``: station by station; an inquiry is begun from the row."""
    today = timezone.localdate()
    found = list(due(today).order_by("station", "pk")[:AT_MOST])
    context = {
        "head": parts.PageHead(
            name=_("待办从业查询"),
            count=_("前 %d 人") % AT_MOST if len(found) == AT_MOST else _("共 %d 人") % len(found),
            lead=_(
                "负责未成年人、或派任接触未成年人的社工中，没有有效查询结果或一个月内到期的。"
                "没有有效结果的，接未成年人个案、指定为未成年人的责任社工时不予办理。"
            ),
        ),
        "table": _table(found, today),
    }
    return render(request, "office/people/several.html", context)


def _table(found: Sequence[SocialWorker], today: date) -> parts.Table:
    ids = [each.pk for each in found]
    children = _number(answering_for_children(today), ids)
    assigned = _number(holding(today).filter(with_minors=True), ids)
    latest = _latest(ids)
    wanted = {each.station_id for each in found if each.station_id}
    stations = {
        identity: str(title or key) for identity, title, key in names_of(REGISTERS["stations"], wanted)
    }
    return parts.Table(
        id="list",
        caption=_("待办从业查询"),
        columns=[
            parts.TableColumn(key="name", label=_("姓名"), lead=True),
            parts.TableColumn(key="station", label=_("站点")),
            parts.TableColumn(key="children", label=_("负责的未成年人"), kind="number", unit=_("人")),
            parts.TableColumn(key="assigned", label=_("接触未成年人的派任"), kind="number", unit=_("项")),
            parts.TableColumn(key="answered", label=_("最近查询"), kind="date"),
            parts.TableColumn(key="until", label=_("有效期至"), kind="date"),
        ],
        rows=[
            parts.TableRow(
                url=f"/r/workers/{each.pk}/?tab=standing",
                tone="" if _holds(latest.get(each.pk), today) else "late",
                cells={
                    "name": masking.mask_name(each.name),
                    "station": stations.get(each.station_id, "—") if each.station_id else "—",
                    "children": children.get(each.pk, 0),
                    "assigned": assigned.get(each.pk, 0),
                    "answered": latest[each.pk][0] if each.pk in latest else None,
                    "until": latest[each.pk][1] if each.pk in latest else None,
                },
                actions=[
                    parts.Action(label=_("登记查询"), url=f"/r/vettings/new/?worker={each.pk}", icon="add")
                ],
            )
            for each in found
        ],
        empty=parts.Empty(
            title=_("没有待办的从业查询"),
            body=_("查询结果一年有效，到期前一个月会出现在这里。"),
            icon="check",
        ),
    )


def _number(rows: QuerySet[Any], workers: Collection[UUID]) -> dict[UUID, int]:
    counted = rows.filter(worker_id__in=workers).order_by().values_list("worker_id").annotate(Count("pk"))
    return dict(counted)


def _latest(workers: Collection[UUID]) -> Mapping[UUID, tuple[date, date | None]]:
    rows = Vetting.objects.filter(worker__in=list(workers), answered_on__isnull=False, result=CLEAR)
    latest = rows.order_by("worker", F("answered_on").desc()).distinct("worker")
    return {each.worker_id: (each.answered_on, each.valid_until) for each in latest if each.answered_on}


def _holds(told: tuple[date, date | None] | None, today: date) -> bool:
    return told is not None and told[1] is not None and told[1] >= today
