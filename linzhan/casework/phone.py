"""What a worker's phone holds besides its caseload, and how it writes service records (NFR-08, SVC-23).

The applets declare theirs in their own ``phone.py``; here is what all of them rest on: who holds the
phone, the closed lists, and the record of a service, which the server completes with what it knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from linzhan.casework.enums import Method, Outcome, Risk
from linzhan.casework.incidents.selectors import contacts_of
from linzhan.casework.mine.rights import VIEW_OWN_SERVICE
from linzhan.casework.mine.selectors import month_of, rows_of_person, weeks_of
from linzhan.casework.rights import EDIT_RECORDS
from linzhan.casework.sheets import RECORDS
from linzhan.kernel.sync.declaring import Command, Reader, feed, syncable
from linzhan.network.api import Station
from linzhan.policy.api import NoRuling, Parameter, casework, menu, resident_categories, ruling_for
from linzhan.procurement.api import ProjectStation
from linzhan.territory.api import Level, regions_on
from linzhan.workforce.api import SocialWorker

NUMBERS = {
    "late_days": casework.LATE_ENTRY_DAYS,
    "clock_minutes": casework.CLOCK_TOLERANCE,
    "idle_minutes": casework.PHONE_IDLE,
}
"""Parameters that the phone shows or keeps, by the name that it knows them under."""


@feed("me")
def me(reader: Reader) -> Iterator[Mapping[str, Any]]:
    """One row: whose phone it is, where they work, and what their place decides."""
    worker = SocialWorker.objects.filter(pk=reader.person_id).first() if reader.person_id else None
    stations = Station.objects.filter(pk__in=reader.own_stations).order_by("code")
    yield {
        "id": str(reader.user_id),
        "name": reader.display_name,
        "role": reader.role,
        "rights": sorted(reader.rights),
        "worker": None if worker is None else {"id": worker.pk, "name": worker.name},
        "stations": [
            {"id": each.pk, "code": each.code, "name": each.name, "region": each.region_code}
            for each in stations
        ],
        "projects": _projects(reader),
        "parameters": {name: _number(parameter, reader) for name, parameter in NUMBERS.items()},
        "hours": _hours(reader),
        "hotlines": [
            {"name": each.name, "number": each.number}
            for each in contacts_of(reader.region_code, timezone.localdate(reader.now))
        ],
    }


def _hours(reader: Reader) -> list[dict[str, str]]:
    """Where the own hours of this week and this month went, as the records say; nobody else is shown them."""
    if not reader.person_id or VIEW_OWN_SERVICE not in reader.rights:
        return []
    today, own = timezone.localdate(reader.now), rows_of_person(reader.person_id)
    spans = (("本周", next(iter(weeks_of(own, since=today)), None)), ("本月", month_of(own, today)))
    return [
        {"label": f"{name}{what}", "value": "未填报" if hours is None else f"{hours} 小时"}
        for name, span in spans
        if span is not None
        for what, hours in (("服务", span.service), ("路上", span.travel), ("文书", span.paperwork))
    ]


@feed("lists")
def lists(reader: Reader) -> Iterator[Mapping[str, Any]]:
    """Closed lists by name: what a form offers to choose from; regions of the reader's stations to the village."""
    if EDIT_RECORDS not in reader.rights:
        return  # whoever scores has no form of a service
    today = timezone.localdate(reader.now)
    yield {"id": "methods", "items": _plain(Method.values)}
    yield {"id": "outcomes", "items": _plain(Outcome.values)}
    yield {"id": "risks", "items": _plain(Risk.values)}
    categories = resident_categories(reader.region_code, today)
    yield {"id": "categories", "items": [{"code": each.code, "name": each.name} for each in categories]}
    items = menu(reader.region_code, today)
    yield {
        "id": "service-items",
        "items": [
            {
                "code": each.code,
                "name": each.name,
                "unit": each.unit,
                "methods": each.methods,
                "serves": each.objects_served,
            }
            for each in items
        ],
    }
    yield {"id": "regions", "items": _regions(reader, today)}
    yield {"id": "colleagues", "items": _colleagues(reader)}


def _plain(values: Iterable[str]) -> list[dict[str, str]]:
    return [{"code": each, "name": each} for each in values]


def _regions(reader: Reader, today: date) -> list[dict[str, str]]:
    """The townships of the reader's stations with their villages."""
    codes = Station.objects.filter(pk__in=reader.own_stations).values_list("region_code", flat=True)
    found: dict[str, str] = {}
    for code in sorted({each[:9].ljust(12, "0") for each in codes}):
        for unit in regions_on(today, within=code).filter(level__gte=Level.TOWNSHIP).order_by("code"):
            found[unit.code] = unit.name
    return [{"code": code, "name": name} for code, name in found.items()]


def _colleagues(reader: Reader) -> list[dict[str, Any]]:
    rows = SocialWorker.objects.filter(station_id__in=reader.own_stations, left_on__isnull=True)
    return [{"code": str(each.pk), "name": each.name} for each in rows.order_by("name", "pk")]


def _projects(reader: Reader) -> list[dict[str, Any]]:
    return [
        {"id": project.pk, "code": project.code, "name": project.name, "station": station}
        for station, project in in_force(reader.own_stations, timezone.localdate(reader.now))
    ]


def in_force(stations: Iterable[UUID], day: date) -> list[tuple[UUID, Any]]:
    """Station and project of the contracts that cover ``stations`` on ``day``, the one that began last first."""
    covered = ProjectStation.objects.filter(
        station_id__in=list(stations), project__starts_on__lte=day, project__ends_on__gte=day
    )
    rows = covered.select_related("project").order_by("-project__starts_on", "project_id")
    return [(each.station_id, each.project) for each in rows]


def _number(parameter: Parameter[int], reader: Reader) -> int | None:
    try:
        return ruling_for(parameter, region=reader.region_code, on=timezone.localdate(reader.now)).value
    except NoRuling:
        return None


def complete_records(pairs: Sequence[tuple[Command, dict[str, Any]]], reader: Reader) -> None:
    """The station and the worker of the phone, the station's one project in force, and the time of writing.

    Two projects in force are not guessed between: the record stays without, as at the desk.
    """
    projects: dict[UUID, list[UUID]] = {}
    for station, project in in_force(reader.own_stations, timezone.localdate(reader.now)):
        projects.setdefault(station, []).append(project.pk)
    for command, values in pairs:
        if "station" not in values and reader.own_stations:
            values["station"] = reader.own_stations[0]
        if "workers" not in values and reader.person_id:
            values["workers"] = (reader.person_id,)
        mine = projects.get(values["station"], []) if "station" in values else []
        if "project" not in values and len(mine) == 1:
            values["project"] = mine[0]
        values["entered_at"], values["made_at"] = command.entered_at, command.made_at


AMENDED = (
    *(
        "item",
        "started_at",
        "ended_at",
        "residents",
        "case_code",
        "outcome",
        "attendances",
        "volunteers",
        "place",
    ),
    *("content", "satisfaction", "tasks", "travel_minutes", "late_reason"),
)
"""Of a record that came back, or that somebody thinks better of; method, station and author stay as they are."""

syncable(RECORDS.key, right=EDIT_RECORDS, completes=complete_records, amends=AMENDED)
