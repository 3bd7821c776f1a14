"""The work bench besides its duties: what changed in my area, and the figures that are mine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db.models import Count, Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.accounts.api import Role
from linzhan.kernel import places
from linzhan.kernel.audit import AuditEntry
from linzhan.kernel.figures.definitions import Figure
from linzhan.kernel.figures.running import FigureRequest
from linzhan.kernel.figures.values import FigureValue
from linzhan.kernel.registers.declare import REGISTERS, Register
from linzhan.network.api import Station
from linzhan.office.figures import answers, showing
from linzhan.office.figures.answers import Place
from linzhan.office.overview.board import own_stations
from linzhan.office.parts import Happening, KeyFigure

LOOKED_AT = 2000  # entries of the history that a summary reads at most
WORDS = {"created": gettext_lazy("新增"), "changed": gettext_lazy("修改"), "removed": gettext_lazy("删除")}
MINE: dict[str, tuple[str, ...]] = {
    Role.PURCHASER: ("projects.running", "projects.target_progress", "funds.paid", "network.coverage"),
    Role.FINANCE: ("funds.budgeted", "funds.paid", "funds.spent", "network.coverage"),
    Role.TOWNSHIP_OFFICIAL: (
        "services.records",
        "residents.registered",
        "services.visits",
        "network.coverage",
    ),
}
OF_THE_BUREAU = (
    "network.coverage",
    "workforce.on_post",
    "services.person_times",
    "network.stations_operating",
)
OF_STATIONS = ("services.records", "services.visits", "residents.registered", "network.stations_operating")
THREE = 3
FEW = 4  # stations asked one by one, along their own index


def changes_since(since: datetime, rights: frozenset[str]) -> list[Happening]:
    """The history since then, summed up by register and act; only what the reader may open. One query."""
    by_table = {each.model._meta.db_table: each for each in REGISTERS if each.view in rights}
    newest = AuditEntry.objects.order_by("-id")[
        :LOOKED_AT
    ]  # bounded before it is filtered: the table is long
    counted = (
        AuditEntry.objects.filter(pk__in=newest.values("pk"), at__gte=since, table_name__in=list(by_table))
        .order_by()
        .values("table_name", "action")
    )
    found = counted.annotate(number=Count("pk"), last=Max("at")).order_by("-last").values_list(
        "table_name", "action", "number", "last"
    )  # fmt: skip
    acts: defaultdict[str, list[tuple[str, int, datetime]]] = defaultdict(list)
    for table, action, number, last in found:
        acts[table].append((action, number, last))
    return [_happening(by_table[table], told) for table, told in acts.items()]


def _happening(register: Register, told: Sequence[tuple[str, int, datetime]]) -> Happening:
    words = "、".join(
        _("%(act)s %(number)d 条") % {"act": WORDS.get(action, action), "number": number}
        for action, number, _last in told
    )
    return Happening(
        when=max(last for _action, _number, last in told),
        title=register.name,
        body=words,
        url=f"/r/{register.key}/",
        icon="edit",
    )


def mine_of_area(role: str, place: Place) -> list[KeyFigure]:
    """Three figures of a reader who sees an area."""
    figures = answers.known(MINE.get(role, OF_THE_BUREAU))[:THREE]
    asked = [place.request(each.key) for each in figures]
    asked += [place.before().request(each.key) for each in figures]
    found = [values[0] if values else None for values in answers.answers(asked)]
    return _shown(figures, found[: len(figures)], found[len(figures) :], place)


def mine_of_stations(place: Place) -> list[KeyFigure]:
    """Three figures of all one's own stations; what is counted at one station adds up over several."""
    figures = answers.known(OF_STATIONS)[:THREE]
    stations = own_stations(FEW + 1)
    groups = [
        _at_stations(where, each.key, stations) for where in (place, place.before()) for each in figures
    ]
    answered = iter(answers.own_answers([request for group in groups for request in group]))
    found = [_sum([value for _request in group for value in next(answered)]) for group in groups]
    return _shown(figures, found[: len(figures)], found[len(figures) :], place)


def _at_stations(place: Place, figure: str, stations: Sequence[Station]) -> list[FigureRequest]:
    """A request for each of a few stations, else one that is grouped by station."""
    if len(stations) > FEW:
        return [Place(places.NATION, place.period).request(figure, by="station")]
    return [
        Place(each.region_code, place.period).request(figure, only={"station_id": str(each.pk)})
        for each in stations
    ]


def _sum(values: Sequence[FigureValue]) -> FigureValue | None:
    known = [each.value for each in values if each.value is not None]
    return replace(values[0], value=sum(known), member=None) if known else None


def _shown(
    figures: Sequence[Figure],
    now: Sequence[FigureValue | None],
    then: Sequence[FigureValue | None],
    place: Place,
) -> list[KeyFigure]:
    return [
        showing.key_figure(
            figure, value, before, period=place.period, as_of=place.as_of, region=place.region,
            url=f"{reverse('office:figure', args=[figure.key])}?period={place.period.text}",
        )
        for figure, value, before in zip(figures, now, then, strict=True)
    ]  # fmt: skip
