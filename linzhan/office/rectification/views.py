"""``/rectifications/clearing/``: what is left to put right, place by place and item by item (逐一清零); the papers."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linzhan.kernel import places
from linzhan.kernel.access import needs
from linzhan.kernel.registers.reading import look_up
from linzhan.network.api import STATIONS
from linzhan.office import parts
from linzhan.office.figures.asked import own_region, sees_an_area
from linzhan.office.regions.names import paths_of
from linzhan.office.registers.showing import severity_of
from linzhan.office.sending import face_asked, sent_as
from linzhan.oversight.api import (
    VIEW_RECTIFICATIONS,
    Clearing,
    RectificationItem,
    clearings,
    means_letter,
    order_letter,
    to_clear,
)
from linzhan.providers.api import PROVIDERS

SHOWN = 200
BELOW = {0: 2, 1: 4, 2: 6}
"""By the level of the reader's place, how many digits tell the places below it apart (a county is one)."""


@needs(VIEW_RECTIFICATIONS)
@require_safe
def clearing(request: HttpRequest) -> HttpResponse:
    """What is not cleared, the most urgent first; for those above a county also by place (RSK-07, RSK-10)."""
    today = timezone.localdate()
    level = places.level_of(own_region(request))
    area = sees_an_area(request)
    found = clearings(today, width=BELOW.get(level, 6) if area else 6)
    items = list(to_clear()[: SHOWN + 1])
    context = {
        "head": parts.PageHead(
            name=_("整改清零"),
            lead=_("每一项整改都要有结果：按期销号的、逾期的、反弹的都在这里，清零为止。"),
            facts=_facts(found),
        ),
        "places": _places(found) if area and len(found) > 1 else None,
        "table": _items(items[:SHOWN]),
        "note": _("只列最急的 %d 项，其余见“整改项”") % SHOWN if len(items) > SHOWN else "",
    }
    return render(request, "office/rectification/clearing.html", context)


def _facts(found: list[Clearing]) -> list[parts.Fact]:
    ordered = sum(each.ordered for each in found)
    in_time = sum(each.in_time for each in found)
    return [
        parts.Fact(_("整改项"), ordered, "number"),
        parts.Fact(_("未清零"), sum(each.standing for each in found), "number"),
        parts.Fact(_("其中逾期"), sum(each.late for each in found), "number"),
        parts.Fact(_("已销号"), sum(each.cleared for each in found), "number"),
        parts.Fact(_("按期销号率"), 100 * in_time / ordered if ordered else None, "percent"),
    ]


def _places(found: list[Clearing]) -> parts.Table:
    paths = paths_of([places.pad(each.place) for each in found])
    names = {"ordered": _("整改项"), "standing": _("未清零"), "late": _("逾期"), "cleared": _("已销号")}
    return parts.Table(
        caption=_("各地清零情况"),
        columns=[
            parts.TableColumn(key="place", label=_("地方"), lead=True),
            *(parts.TableColumn(key=key, label=label, kind="number") for key, label in names.items()),
            parts.TableColumn(key="rate", label=_("按期销号率"), kind="percent"),
        ],
        rows=[
            parts.TableRow(
                cells={
                    "place": paths[places.pad(each.place)].split("/")[-1],
                    **{key: getattr(each, key) for key in names},
                    "rate": each.rate,
                },
                tone="late" if each.late else "",
                url=f"/r/rectification-items/?stage=open&region={places.pad(each.place)}",
            )
            for each in found
        ],
        id="places",
        compact=True,
    )


def _items(items: list[RectificationItem]) -> parts.Table:
    today = timezone.localdate()
    firms = look_up(PROVIDERS, {each.provider_id for each in items if each.provider_id})
    towns = look_up(STATIONS, {each.station_id for each in items if each.station_id})
    rows = [
        parts.TableRow(
            url=f"/r/rectifications/{each.order_id}/",
            cells={
                "finding": each.finding,
                "order": each.order.title,
                "who": _who(firms.get(each.provider_id), towns.get(each.station_id)),  # type: ignore[arg-type]  # None is nobody's
                "severity": severity_of(each.severity),
                "stage": each.stage,
                "due": each.due_on,
                "late": max((today - each.due_on).days, 0) or None,
            },
            tone="late" if each.due_on < today else "",
        )
        for each in items
    ]
    return parts.Table(
        caption=_("未清零的整改项"),
        columns=[
            parts.TableColumn(key="finding", label=_("发现的问题"), lead=True),
            parts.TableColumn(key="order", label=_("整改事项")),
            parts.TableColumn(key="who", label=_("被整改单位")),
            parts.TableColumn(key="severity", label=_("级别")),
            parts.TableColumn(key="stage", label=_("状态"), kind="status"),
            parts.TableColumn(key="due", label=_("期限"), kind="date"),
            parts.TableColumn(key="late", label=_("逾期"), kind="number", unit=_("日")),
        ],
        rows=rows,
        id="items",
        empty=parts.Empty(title=_("已经清零"), body=_("没有未销号的整改项。")),
    )


def _who(*found: object) -> str:
    return "、".join(str(getattr(each, "title", "")) for each in found if each is not None)


@needs(VIEW_RECTIFICATIONS)
@require_safe
@never_cache
def order_paper(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """整改通知书, to be sealed and sent (DOC-06)."""
    try:
        return sent_as(order_letter(order_id), face_asked(request) or "pdf")
    except LookupError:
        raise Http404 from None


@needs(VIEW_RECTIFICATIONS)
@require_safe
@never_cache
def means_paper(request: HttpRequest, means_id: UUID) -> HttpResponse:
    """函, 约谈记录, 通报 … (DOC-06)."""
    try:
        return sent_as(means_letter(means_id), face_asked(request) or "pdf")
    except LookupError:
        raise Http404 from None
