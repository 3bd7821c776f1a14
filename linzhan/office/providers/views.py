"""``/providers/standing/``: who may bid in a place, on a day, and why not (PUR-15, FIL-07)."""

from __future__ import annotations

import contextlib
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linzhan.kernel.access import needs
from linzhan.office import parts
from linzhan.office.providers.asked import Asked, asked
from linzhan.office.providers.showing import status, why
from linzhan.office.regions.names import paths_of
from linzhan.office.registers.asking import Asked as Searched
from linzhan.office.registers.listing import matching
from linzhan.providers.api import ACTIVE, PROVIDERS, VIEW_STANDING, Provider, standings

HERE = "/providers/standing/"
PAGE = 50


@needs(VIEW_STANDING)
@require_safe
def standing(request: HttpRequest) -> HttpResponse:
    """A page of institutions that are seen from here, each with whether it may undertake in the place asked."""
    given, text = asked(request), request.GET.get("q", "").strip()[:100]
    rows = list(_rows(text, request.GET.get("after", "")))
    shown, more = rows[:PAGE], len(rows) > PAGE
    found = standings(
        [each.pk for each in shown], region=given.region, on=given.on, purchaser=given.purchaser
    )
    names = paths_of({given.region, *(each.region_code for each in shown)})
    context = {
        "head": parts.PageHead(
            name=_("资格一览"),
            place=names.get(given.region, given.region).replace("/", " / "),
            lead=_("按当地规定和当天的记录逐家核对；“须先核对”是有资料没有填报，不等于不合格"),
        ),
        "filters": _filters(given, names.get(given.region, "").replace("/", ""), text),
        "table": parts.Table(
            id="list",
            caption=_("资格一览"),
            columns=[
                parts.TableColumn(key="name", label=_("承接机构"), lead=True),
                parts.TableColumn(key="place", label=_("登记地")),
                parts.TableColumn(key="status", label=_("承接资格")),
                parts.TableColumn(key="why", label=_("为什么")),
            ],
            rows=[
                parts.TableRow(
                    id=str(each.pk),
                    url=given.url(f"/r/providers/{each.pk}/"),
                    cells={
                        "name": each.name,
                        "place": names.get(each.region_code, each.region_code).rpartition("/")[2],
                        "status": status(found[each.pk]),
                        "why": why(found[each.pk]) or None,
                    },
                )
                for each in shown
            ],
            pager=parts.Pager(
                next_url=given.url(HERE, q=text, after=str(shown[-1].pk)) if more else "",
                previous_url=given.url(HERE, q=text) if request.GET.get("after") else "",
                text=_("本页 %d 家") % len(shown),
            ),
            empty=parts.Empty(
                title=_("这里还没有承接机构"), body=_("在“机构 → 承接机构”登记或导入后，这里逐家核对。")
            ),
        ),
    }
    return render(request, "office/providers/list.html", context)


def _rows(text: str, after: str) -> list[Provider]:
    """Active institutions in the order of their ids."""
    rows: QuerySet[Provider] = matching(Searched(PROVIDERS, text=text))
    rows = rows.filter(status__in=ACTIVE).only("id", "name", "region_code")
    with contextlib.suppress(ValueError):
        rows = rows.filter(pk__gt=UUID(after)) if after else rows
    return list(rows.order_by("pk")[: PAGE + 1])


def _filters(given: Asked, place: str, text: str) -> parts.Filters:
    return parts.Filters(
        fields=[
            parts.Field(name="q", label=_("查找"), kind="search", value=text, placeholder=_("机构名称")),
            parts.Field(
                name="region",
                label=_("在哪里承接"),
                kind="region",
                value=given.region,
                display=place,
                url="/regions/pick/",
            ),
            parts.Field(name="on", label=_("哪一天"), kind="date", value=given.on),
            parts.Field(name="purchaser", label=_("哪个购买方"), value=given.purchaser),
        ],
        action=HERE,
        clear_url=HERE,
    )
