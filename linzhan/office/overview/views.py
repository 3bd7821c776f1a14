"""The overview: the same page from province to station, drilled down in clicks (``screens.md``, 总览)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linzhan.accounts.api import VIEW_FIGURES
from linzhan.kernel import places
from linzhan.kernel.access import needs
from linzhan.kernel.figures.values import FigureValue
from linzhan.kernel.scope import current_scope
from linzhan.network.api import Station
from linzhan.office.figures import showing
from linzhan.office.figures.answers import Place
from linzhan.office.figures.asked import (
    in_rounds,
    own_region,
    period_of,
    region_of,
    sees_an_area,
    told_period,
    with_period,
)
from linzhan.office.overview import board as boards
from linzhan.office.overview.board import Board, Tree
from linzhan.office.overview.missing import missing_in, missing_of_own
from linzhan.office.parts import Action, Area, AreaFigure, Empty, Notice, PageHead, Tab
from linzhan.policy.api import consulting
from linzhan.territory.api import outlines

CITY = 2  # below it are townships, whose outlines nobody publishes


@needs(VIEW_FIGURES)
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The reader's own area, or their own stations."""
    if in_rounds(request) and not current_scope().regions:
        empty = Empty(
            title=_("现在没有您参加的评估"),
            body=_("第三方评估只看得到正在评估的对象所在的地方；轮次结束后不再显示。"),
        )
        return render(
            request, "office/overview/nothing.html", {"head": PageHead(name=_("总览")), "empty": empty}
        )
    if sees_an_area(request):
        own = reverse("office:overview-of", args=[own_region(request)])
        return with_period(request, own) or redirect(own)
    return with_period(request) or _stations(request)


@needs(VIEW_FIGURES)
@require_safe
def overview_of(request: HttpRequest, code: str) -> HttpResponse:
    place = Place(region_of(request, code), period_of(request))
    if elsewhere := with_period(request):
        return elsewhere
    with consulting(ahead=True):
        tree = boards.tree_of(place.region, place.as_of)
        if tree.region is None and place.region != places.NATION:
            raise Http404
        wide = places.level_of(place.region) <= CITY and "now" not in request.GET
        shown = boards.board_of_area(place, request.GET.get("figure", ""), tree.below, from_store=wide)
        missing = (
            [] if shown.waits else missing_in(place.region, place.period, tree.below, request.rights)  # type: ignore[attr-defined]
        )
    stations = [] if tree.below else _stations_in(place.region)
    context = _context(shown) | {
        "head": _head(request, tree, place),
        "area_figure": _areas(shown, tree, stations),
        "missing": missing,
        "rest": _rest_of(request) if shown.waits else None,
    }
    return render(request, "office/overview/overview.html", context)


def _rest_of(request: HttpRequest) -> Notice:
    """Says that numbers are to come, and fetches them: a province's take seconds, so the page comes before them."""
    query = request.GET.copy()
    query["now"] = "1"
    return Notice(
        text=_("有的数还在计算，算好后自动补上，可以先看别的页。"),
        action=Action(label=_("等它算好"), url=f"{request.path}?{query.urlencode()}"),
    )


@needs(VIEW_FIGURES)
@require_safe
def outline(request: HttpRequest, code: str) -> HttpResponse:
    """GeoJSON of the level below; public outlines, so only the code is checked."""
    del request
    found = outlines(code) if places.is_code(code) and places.level_of(code) <= CITY else None
    if found is None:
        raise Http404
    answer = HttpResponse(found, content_type="application/geo+json")
    answer.headers["Cache-Control"] = "private, max-age=86400"
    return answer


def _stations(request: HttpRequest) -> HttpResponse:
    """The page of a reader on the line of station or institution: stations take the place of areas."""
    stations = boards.own_stations()
    head = PageHead(name=_("我的站点"), count=_("共 %d 个") % len(stations))
    if not stations:
        empty = Empty(title=_("还没有站点"), body=_("任职指明的站点登记后，这里显示它的数。"))
        return render(request, "office/overview/nothing.html", {"head": head, "empty": empty})
    first = next((each for each in stations if each.code == request.GET.get("station")), stations[0])
    ordered = [first, *(each for each in stations if each is not first)]
    place = Place(first.region_code, period_of(request))
    with consulting(ahead=True):
        shown = boards.board_of_stations(place, request.GET.get("figure", ""), ordered)
        missing = missing_of_own(place.region, place.period)
    context = _context(shown) | {
        "head": PageHead(
            name=first.name,
            count=head.count if len(stations) > 1 else "",
            lead=told_period(request, place.period, place.as_of),
        ),
        "station_tabs": _station_tabs(request, stations, first),
        "area_figure": _tiles(shown, stations) if len(stations) > 1 else None,
        "missing": missing,
    }
    return render(request, "office/overview/overview.html", context)


def _context(shown: Board) -> dict[str, object]:
    return {
        "key_figures": boards.key_figures(shown),
        "trend": boards.trend_of(shown),
        "figure_tabs": _figure_tabs(shown),
    }


def _figure_tabs(shown: Board) -> list[Tab]:
    """Which figure colours the map and draws the trend."""
    return [
        Tab(
            each.name,
            f"?{urlencode({'figure': each.key, 'period': shown.place.period.text})}",
            each is shown.chosen,
        )
        for each in [*shown.figures, *([] if shown.chosen in shown.figures else [shown.chosen])]
    ]


def _station_tabs(request: HttpRequest, stations: Sequence[Station], first: Station) -> list[Tab]:
    if len(stations) == 1:
        return []
    kept = {name: request.GET[name] for name in ("figure", "period") if name in request.GET}
    return [
        Tab(each.name, f"?{urlencode(kept | {'station': each.code})}", each is first) for each in stations
    ]


def _head(request: HttpRequest, tree: Tree, place: Place) -> PageHead:
    above = tree.above[-1] if tree.above else None
    seen = above is not None
    return PageHead(
        name=_("%(place)s总览") % {"place": tree.name},
        place="/".join(each.name for each in tree.above) if seen else "",
        lead=told_period(request, place.period, place.as_of),
    )


def _areas(shown: Board, tree: Tree, stations: Sequence[Station]) -> AreaFigure | None:
    """The level below, highest value first: of areas or stations, never of persons."""
    if not tree.below:
        return _tiles(shown, stations) if stations else None
    asked = urlencode({"figure": shown.chosen.key, "period": shown.place.period.text})
    areas = [
        Area(
            code=each.code,
            name=each.name,
            value=_shown(shown.below, each.code),
            url=f"{reverse('office:overview-of', args=[each.code])}?{asked}",
            note=_quotient(shown.below.get(each.code)),
        )
        for each in tree.below
    ]
    region = shown.place.region
    drawn = places.level_of(region) <= CITY
    return _area_figure(shown, areas, reverse("office:map", args=[region]) if drawn else "")


def _tiles(shown: Board, stations: Sequence[Station]) -> AreaFigure:
    areas = [
        Area(
            code=each.code,
            name=each.name,
            value=_shown(shown.below, each.code),
            url=f"/r/stations/{each.pk}/",
            note=each.status,
        )
        for each in stations
    ]
    return _area_figure(shown, areas, "")


def _area_figure(shown: Board, areas: Sequence[Area], geojson: str) -> AreaFigure:
    figure = shown.chosen
    ranked = sorted(areas, key=lambda each: (each.value is None, -float(str(each.value or 0)), each.code))
    url = showing.page_of(figure.key, region=shown.place.region, period=shown.place.period.text)
    return AreaFigure(
        title=figure.name,
        areas=ranked,
        kind=showing.kind_of(figure.unit),
        unit=figure.unit if figure.unit == "%" else showing.unit_of(figure.unit),
        geojson=geojson,
        line=showing.line(figure, shown.now.get(figure.key), shown.place.as_of, url),
    )


def _shown(values: Mapping[str, FigureValue], code: str) -> object:
    found = values.get(code)
    return showing.plain(found.value) if found else None


def _quotient(value: FigureValue | None) -> str:
    if value is None or value.numerator is None or value.denominator is None:
        return ""
    return f"{showing.plain(value.numerator)}/{showing.plain(value.denominator)}"


def _stations_in(region: str) -> list[Station]:
    low, high = places.bounds(region)
    return list(Station.objects.filter(region_code__gte=low, region_code__lt=high).order_by("code")[:100])
