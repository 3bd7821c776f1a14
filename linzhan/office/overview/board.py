"""What the overview of a place shows: six figures, the level below, a trend, what is missing or late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.core.cache import cache
from django.db.models import Q
from django.utils.translation import gettext as _

from linzhan.kernel import places
from linzhan.kernel.figures.definitions import Figure
from linzhan.kernel.figures.running import FigureRequest
from linzhan.kernel.figures.values import FigureValue
from linzhan.network.api import Comparison, RegionalTarget, Station
from linzhan.office import formats
from linzhan.office.figures import answers, showing
from linzhan.office.figures.answers import Place
from linzhan.office.figures.asked import series_of
from linzhan.office.parts import KeyFigure, Line, Trend
from linzhan.policy.api import NoRuling, network, ruling_for
from linzhan.territory.api import Region

COUNTY, TOWNSHIP = 3, 4
NO_LEVEL = -1
KEPT = 300  # seconds
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
    waits: bool = False  # the store has not all of it, and nothing was computed


def tree_of(code: str, on: date) -> Tree:
    """The place, its lineage and its children; kept for a while, because places change a few times a year."""
    key = f"overview-tree:{code}"
    rows: list[Region] | None = cache.get(key)
    if rows is None:
        rows = _tree_rows(code)
        cache.set(key, rows, KEPT)
    own = next((row for row in rows if row.code == code), None)
    above = [row for row in rows if row.code != code and places.covers(row.code, code) and not row.grouping]
    below = [row for row in rows if row.code != code and places.covers(code, row.code) and row.exists_on(on)]
    return Tree(own, above, below)


def _tree_rows(code: str) -> list[Region]:
    level = places.level_of(code)
    rows = list(
        Region.objects.filter(Q(code__in=places.lineage(code)) | _below(code, level + 1)).order_by("code")
    )
    if level < COUNTY and not any(row.level > level for row in rows):
        rows += Region.objects.filter(_below(code, level + 2)).order_by("code")  # a city without counties
    return rows


def _below(code: str, level: int) -> Q:
    low, high = places.bounds(code)
    return Q(code__gte=low, code__lt=high, grouping=False, level=level if level <= TOWNSHIP else NO_LEVEL)


def board_of_area(place: Place, chosen: str, below: Sequence[Region], *, from_store: bool = False) -> Board:
    """All numbers of an area's page, in one question; ``from_store`` only those that are kept, and says if more wait."""
    figures, marked = _chosen(OF_AN_AREA, chosen)
    parts = [place.request(marked.key, by="region" if below else "station")]
    requests = _requests(place, figures, marked) + parts
    heavy = {each.key for each in _with(figures, marked) if answers.is_heavy(each)}
    past = [each for each in requests if each.figure in heavy and each.period != place.period]
    found = answers.answers(
        requests, children=[each.code for each in below], later=past, from_store=from_store
    )
    put_off = set(map(id, past))
    waits = from_store and any(
        not values and id(each) not in put_off for each, values in zip(requests, found, strict=True)
    )
    return replace(_board(place, figures, marked, found), waits=waits)


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


Goal = tuple[Decimal, str]


def targets_of(place: Place) -> dict[str, Goal]:
    """The goal set for each figure here: the place's own register of targets before the rulebook (TGT-01)."""
    found = _of_rulebook(place)
    own = RegionalTarget.objects.filter(region_code=place.region).exclude(figure="")
    for each in sorted(own, key=lambda row: _urgency(row.due_on, row.wanted, place.as_of), reverse=True):
        found[each.figure] = _goal(each.wanted, each.unit, each.due_on, each.comparison)
    return found


def _of_rulebook(place: Place) -> dict[str, Goal]:
    try:
        ruling = ruling_for(network.TARGETS, region=place.region, on=place.as_of)
    except NoRuling:
        return {}
    dated = [
        (each.figure, each.at_least, each)
        for each in ruling.value
        if each.figure and each.at_least is not None
    ]
    found: dict[str, Goal] = {}
    for figure, wanted, each in sorted(dated, key=lambda one: _urgency(one[2].due, one[1], place.as_of)):
        found.setdefault(figure, _goal(wanted, each.unit or "", each.due, ""))
    return found


def _urgency(due: date | None, wanted: Decimal, on: date) -> tuple[bool, date, Decimal]:
    """Goals still ahead before past and undated ones; of several undated ones the last, highest step."""
    ahead = due is not None and due >= on
    return (not ahead, due or date.max, -wanted)


def _goal(wanted: Decimal, unit: str, due: date | None, comparison: str) -> Goal:
    told = {
        "how": "" if comparison in ("", Comparison.AT_LEAST) else comparison,
        "value": formats.number(wanted),
        "unit": unit,
        "until": _("（%(day)s 前）") % {"day": due.isoformat()} if due else "",
    }
    return wanted, _("目标%(how)s %(value)s%(unit)s%(until)s") % told


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
            region=place.region,
            url=showing.page_of(figure.key, region=place.region, period=place.period.text),
            target=board.targets.get(figure.key),
            current=figure.key == board.chosen.key,
            waits=board.waits,
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
