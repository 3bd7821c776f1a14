"""What the overview of a place shows: six figures, the level below, a trend, what is missing or late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from linzhan.kernel import places
from linzhan.kernel.figures.definitions import Figure
from linzhan.kernel.figures.running import FigureRequest
from linzhan.kernel.figures.values import FigureValue
from linzhan.network.api import Station
from linzhan.office.figures import answers, showing
from linzhan.office.figures.answers import Place
from linzhan.office.figures.asked import series_of
from linzhan.office.parts import KeyFigure, Line, Trend
from linzhan.policy.api import NoRuling, Target, network, ruling_for
from linzhan.territory.api import Region

COUNTY, TOWNSHIP = 3, 4
NO_LEVEL = -1
SIX = 6
OF_AN_AREA = (
    "network.coverage",
    "workforce.on_post",
    "workforce.certified_rate",
    "services.person_times",
    "residents.registered",
    "funds.spent",
    "network.standard_met",
    "services.visit_rate",
    "projects.running",
    "network.stations_operating",
    "network.townships",
    "network.demonstration_stations",
)
"""Figures of an area's board, in order of weight; the first six that the house has are shown."""
OF_STATIONS = (
    "services.records",
    "services.persons",
    "services.visits",
    "residents.registered",
    "services.hours",
    "residents.consented",
    "workforce.on_post",
    "network.stations_operating",
)
"""The same for readers along the line of station or institution."""


@dataclass(frozen=True, slots=True)
class Tree:
    """A place with the units above it and right below."""

    region: Region | None
    above: list[Region] = field(default_factory=list)
    below: list[Region] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.region.name if self.region else _("全国")


@dataclass(frozen=True, slots=True)
class Board:
    """The numbers of one page, by figure and by place below."""

    place: Place
    figures: list[Figure]
    chosen: Figure
    now: dict[str, FigureValue]
    then: dict[str, FigureValue]
    below: dict[str, FigureValue]
    series: list[FigureValue | None]
    targets: Mapping[str, tuple[Decimal, str]]


def tree_of(code: str, on: date) -> Tree:
    """The place, its lineage and its children, mostly in one query."""
    level = places.level_of(code)
    rows = list(
        Region.objects.filter(Q(code__in=places.lineage(code)) | _below(code, level + 1)).order_by("code")
    )
    own = next((row for row in rows if row.code == code), None)
    above = [row for row in rows if row.code != code and places.covers(row.code, code) and not row.grouping]
    listed = [row for row in rows if row.code != code and places.covers(code, row.code)]
    if not listed and level < COUNTY:  # a city without counties has its townships right below
        listed = list(Region.objects.filter(_below(code, level + 2)).order_by("code"))
    return Tree(own, above, [row for row in listed if row.exists_on(on)])


def _below(code: str, level: int) -> Q:
    low, high = places.bounds(code)
    return Q(code__gte=low, code__lt=high, grouping=False, level=level if level <= TOWNSHIP else NO_LEVEL)


def board_of_area(place: Place, chosen: str, below: Sequence[Region]) -> Board:
    """All numbers of an area's page, in one question."""
    figures, marked = _chosen(OF_AN_AREA, chosen)
    parts = [place.request(marked.key, by="region" if below else "station")]
    requests = _requests(place, figures, marked) + parts
    codes = [each.code for each in below]
    return _board(place, figures, marked, answers.answers(requests, children=codes))


def board_of_stations(place: Place, chosen: str, stations: Sequence[Station]) -> Board:
    """The same for one's own stations: each number is that of the first, the parts are all of them."""
    figures, marked = _chosen(OF_STATIONS, chosen)
    only = {"station_id": str(stations[0].pk)}
    requests = [replace(each, only=only) for each in _requests(place, figures, marked)]
    requests += [place.request(marked.key, only={"station_id": str(each.pk)}) for each in stations]
    found = answers.own_answers(requests)
    board = _board(place, figures, marked, found[: len(requests) - len(stations)])
    parts = zip(stations, found[len(requests) - len(stations) :], strict=True)
    return replace(board, below={station.code: values[0] for station, values in parts if values})


def _chosen(keys: Sequence[str], chosen: str) -> tuple[list[Figure], Figure]:
    figures = answers.known(keys)[:SIX]
    return figures, next(iter(answers.known([chosen])), figures[0])


def _requests(place: Place, figures: Sequence[Figure], marked: Figure) -> list[FigureRequest]:
    """Now, the period before, and the chosen figure over time (its last point is now)."""
    past = [Place(place.region, period) for period in series_of(place.period)[:-1]]
    return [
        *(place.request(each.key) for each in _with(figures, marked)),
        *(place.before().request(each.key) for each in figures),
        *(each.request(marked.key) for each in past),
    ]


def _with(figures: Sequence[Figure], marked: Figure) -> list[Figure]:
    return [*figures, *([] if marked in figures else [marked])]


def _board(
    place: Place, figures: list[Figure], marked: Figure, found: Sequence[Sequence[FigureValue]]
) -> Board:
    """What was answered to :func:`_requests` (and to a request for the parts after them)."""
    single = iter([values[0] if values else None for values in found])
    now = {each.key: value for each in _with(figures, marked) if (value := next(single))}
    then = {each.key: value for each in figures if (value := next(single))}
    past = [next(single) for _period in series_of(place.period)[:-1]]
    parts = found[len(_requests(place, figures, marked)) :]
    return Board(
        place=place,
        figures=figures,
        chosen=marked,
        now=now,
        then=then,
        below={_member(value): value for values in parts for value in values},
        series=[*past, now.get(marked.key)],
        targets=targets_of(place),
    )


def _member(value: FigureValue) -> str:
    """A place by its code of twelve digits, a station by its own."""
    return value.member[1] if value.member and value.member[0] != "region" else value.region


def targets_of(place: Place) -> dict[str, tuple[Decimal, str]]:
    """The goal that the rulebook sets for each figure, with its date: the nearest still ahead, else the last."""
    try:
        ruling = ruling_for(network.TARGETS, region=place.region, on=place.as_of)
    except NoRuling:
        return {}
    found: dict[str, tuple[Decimal, str]] = {}
    dated = [each for each in ruling.value if each.figure and each.at_least is not None]
    for each in sorted(dated, key=lambda one: _urgency(one, place.as_of)):
        if each.figure and each.at_least is not None and each.figure not in found:
            unit = each.unit or ""
            until = _("（%(day)s 前）") % {"day": each.due.isoformat()} if each.due else ""
            goal = _("目标 %(value)s%(unit)s%(until)s") % {
                "value": f"{each.at_least:f}",
                "unit": unit,
                "until": until,
            }
            found[each.figure] = (each.at_least, goal)
    return found


def _urgency(goal: Target, on: date) -> tuple[bool, date, Decimal]:
    """Goals still ahead before past and undated ones; of several undated ones the last, highest step."""
    ahead = goal.due is not None and goal.due >= on
    return (not ahead, goal.due or date.max, -(goal.at_least or Decimal(0)))


def key_figures(board: Board) -> list[KeyFigure]:
    """The row of six."""
    place = board.place
    return [
        showing.key_figure(
            figure,
            board.now.get(figure.key),
            board.then.get(figure.key),
            period=place.period,
            as_of=place.as_of,
            url=showing.page_of(figure.key, region=place.region, period=place.period.text),
            target=board.targets.get(figure.key),
            current=figure.key == board.chosen.key,
        )
        for figure in board.figures
    ]


def trend_of(board: Board) -> Trend:
    """The chosen figure over time."""
    figure = board.chosen
    target = board.targets.get(figure.key)
    return Trend(
        title=figure.name,
        labels=[each.text for each in series_of(board.place.period)],
        series=[
            Line(
                name=figure.name,
                values=[showing.plain(each.value) if each else None for each in board.series],
            )
        ],
        kind=showing.kind_of(figure.unit),
        unit=figure.unit if figure.unit == "%" else showing.unit_of(figure.unit),
        target=target[0] if target else None,
        line=showing.line(figure, board.now.get(figure.key), board.place.as_of, _figure_page(board)),
    )


def _figure_page(board: Board) -> str:
    return showing.page_of(board.chosen.key, region=board.place.region, period=board.place.period.text)


def own_stations(limit: int = 50) -> list[Station]:
    """The stations that the reader's line shows, by code."""
    return list(Station.objects.order_by("region_code", "code")[:limit])
