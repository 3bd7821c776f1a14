"""The stations behind a line of what is missing: which they are, since when, and what each lacks (总览)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linzhan.accounts.api import VIEW_FIGURES
from linzhan.kernel import places
from linzhan.kernel.access import needs
from linzhan.kernel.periods import Period
from linzhan.office.figures.asked import period_of, region_of, sees_an_area, with_period
from linzhan.office.overview import board as boards
from linzhan.office.overview import missing
from linzhan.office.parts import Action, Empty, PageHead, Pager, Table, TableColumn, TableRow
from linzhan.office.regions.names import paths_of

SHOWN = 500  # of a whole province there may be more: a smaller place shows them all


@needs(VIEW_FIGURES)
@require_safe
def lacking(request: HttpRequest, what: str) -> HttpResponse:
    """The operating stations of a place that have no record in a period, or lack an item of the standard."""
    if what not in (missing.SILENT, missing.SHORT):
        raise Http404
    if elsewhere := with_period(request):
        return elsewhere
    period = period_of(request)
    if sees_an_area(request):
        within = region = region_of(request)
    else:
        own = boards.own_stations(1)
        within, region = places.NATION, own[0].region_code if own else places.NATION
    head, table = _silent(within, period) if what == missing.SILENT else _short(within, region, period)
    return render(request, "office/overview/lacking.html", {"head": head, "table": table})


def _silent(within: str, period: Period) -> tuple[PageHead, Table]:
    stations = missing.silent_stations(within, period)
    found = list(stations.order_by("region_code", "name")[: SHOWN + 1])
    column = TableColumn(key="last", label=_("最近一次服务"), kind="date")
    head = PageHead(name=_("%s没有服务记录的运营站") % period.label, count=_told(len(found)))
    return head, _table(head.name, found, column, [state.last or _("还没有") for state in found])


def _short(within: str, region: str, period: Period) -> tuple[PageHead, Table]:
    stations = missing.short_stations(within, region, period)
    found = list(stations.order_by("region_code", "name")[: SHOWN + 1])
    items = missing.checklist(region, period)
    lacks = ["、".join(item.wording for item in items if not getattr(state, item.code)) for state in found]
    column = TableColumn(key="lacks", label=_("没有或未填"))
    head = PageHead(name=_("未达到建站标准的运营站"), count=_told(len(found)))
    return head, _table(head.name, found, column, lacks)


def _told(number: int) -> str:
    return _("共 %d 个") % number if number <= SHOWN else _("%d 个以上") % SHOWN


def _table(caption: str, states: Sequence[Any], column: TableColumn, values: Sequence[object]) -> Table:
    names = paths_of([state.region_code for state in states[:SHOWN]])
    rows = [
        TableRow(
            id=str(state.subject_id),
            url=f"/r/stations/{state.subject_id}/",
            cells={"name": state.name, "region": names[state.region_code], column.key: value},
        )
        for state, value in zip(states[:SHOWN], values, strict=False)
    ]
    return Table(
        caption=caption,
        columns=[
            TableColumn(key="name", label=_("社工站"), lead=True),
            TableColumn(key="region", label=_("行政区划")),
            column,
        ],
        rows=rows,
        pager=Pager(text=_told(len(states))),
        empty=Empty(
            title=_("没有这样的站点"),
            body=_("这里的运营站都有记录、都达到标准。"),
            action=Action(label=_("回到总览"), url="/overview/"),
        ),
    )
