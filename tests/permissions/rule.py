"""The declared rule, said once more and differently: what a person sees, from plain values of stored rows.

It knows neither the scope's filter nor the policies; both are held against it (NFR-06).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from linzhan.accounts.api import LINE_OF_ROLE, Line, Role
from linzhan.accounts.models import Appointment
from linzhan.kernel.registers.declare import Register
from linzhan.kernel.scope import EVERYTHING, Actor, opened
from linzhan.providers.models.rows import InstitutionRow
from tests.permissions.world import Person

Rows = dict[str, "Place"]


@dataclass(frozen=True)
class Place:
    """Where a stored row belongs, as its columns say; ``people`` are those whose own it is."""

    region: str
    provider: str
    station: str
    people: frozenset[str]
    also: frozenset[tuple[str, str]] = frozenset()  # (division, station) from which it is seen besides
    lines: frozenset[str] = frozenset()  # stations and institutions that read it besides
    holds: bool = False  # it holds for the places below, and officials there read it


def below(code: str, region: str) -> bool:
    """Whether ``region`` lies in the subtree of ``code``: same digits up to the last level that is stated."""
    if code == "000000000000":
        return True
    length = next(width for width in (2, 4, 6, 9, 12) if not code[width:].strip("0"))
    return region[:length] == code[:length]


def sees(person: Person, place: Place) -> bool:
    """Area, institution, station or oneself; anything else is nothing."""
    held: Appointment = person.appointment
    line = LINE_OF_ROLE[held.role]
    if line is Line.EVERYTHING or place.people & {str(held.user.pk), str(held.person_id)}:
        return True
    if line in (Line.PROVIDER, Line.STATION) and place.lines & _lines(held):
        return True
    seats = {(place.region, place.station), *place.also}
    if line is Line.ROUND:
        held_above = place.holds and any(below(place.region, each) for each in person.reach)
        return held_above or any(below(each, region) for each in person.reach for region, _ in seats)
    if line is Line.AREA and place.holds and below(place.region, held.region_code):
        return True
    if line is Line.AREA:
        return any(below(held.region_code, region) for region, _ in seats)
    if line is Line.PROVIDER:
        return bool(place.provider) and place.provider == str(held.provider_id)
    return line is Line.STATION and any(station in _lines(held) for _, station in seats)


def _lines(held: Appointment) -> frozenset[str]:
    """The institution, or the stations, of an appointment on such a line."""
    if LINE_OF_ROLE[held.role] is Line.PROVIDER:
        return frozenset({str(held.provider_id)})
    return frozenset(str(each) for each in (held.station_id, *held.stations) if each)


def stored(model: type[models.Model]) -> Rows:
    """The place of every row of a table, read by somebody who sees everything."""
    present = {field.attname for field in model._meta.concrete_fields}
    lines = (
        getattr(model, "place_provider", ""),
        getattr(model, "place_station", ""),
        getattr(model, "place_person", ""),
    )
    names = ["pk", "region_code", *(name for name in lines if name in present)]
    with opened(EVERYTHING):
        found = [dict(zip(names, row, strict=True)) for row in model._default_manager.values_list(*names)]
    return {str(row["pk"]): _place(row, *lines) for row in found}


def _place(row: dict[str, Any], provider: str, station: str, person: str) -> Place:
    def text(name: str) -> str:
        return str(row.get(name) or row["pk"]) if name in ("id", "pk") else str(row.get(name) or "")

    own = text(person) if person else ""
    return Place(row["region_code"] or "", text(provider), text(station), frozenset({own} - {""}))


@cache
def _widened() -> dict[str, Callable[[Rows], Rows]]:
    return {
        "providers_provider": _present,
        "workforce_supervision": _sessions,
        "workforce_supervisionagreement": _agreed,
        "workforce_supervisorentry": _held,
        "workforce_supervisionhandbook": _held,
        "workforce_supervisionnote": _of_the_two,
        "workforce_supervisionrating": _of_the_two,
        "workforce_question": _in_the_county,
        "workforce_answer": _with_the_question,
        "workforce_talkroom": _published,
        "workforce_training": lambda rows: _read(rows, ATTENDED),
        "procurement_serviceproject": lambda rows: _read(rows, COVERED),
        "network_pilot": lambda rows: _read(rows, TRIED),
        "linkage_resource": _usable,
        "network_tierduty": _published,
        "network_norm": _published,
        "casework_monthlock": _held,
        "casework_monthunlock": _held,
        "casework_contactorder": _held,
        "quality_evaluationscheme": _held,
        "quality_evaluationround": _held,
        "quality_roundevaluator": _held,
        "quality_contestseason": _held,
        "quality_satisfactionsurvey": _held,
        "procurement_catalogueitem": _published,
        "procurement_contest": _published,
        "providers_sanction": lambda rows: _read(rows, NOTIFIED),
        **dict.fromkeys(_of_institutions(), _where_it_works),
    }


def _of_institutions() -> list[str]:
    """Tables of what an institution is or does, whoever keeps it."""
    return [model._meta.db_table for model in apps.get_models() if issubclass(model, InstitutionRow)]


def places(register: Register) -> Rows:
    """The places of a register's rows, with those from which a row is seen besides its own."""
    rows = stored(register.model)
    widen = _widened().get(register.model._meta.db_table)
    return widen(rows) if widen else rows


def _all(statement: str) -> list[tuple[Any, ...]]:
    with opened(EVERYTHING), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def _with(rows: Rows, seats: dict[str, set[tuple[str, str]]], *, only: bool = False) -> Rows:
    return {
        key: Place(
            "" if only else place.region,
            place.provider,
            "" if only else place.station,
            place.people,
            frozenset(seats.get(key, ())),
        )
        for key, place in rows.items()
    }


def _present(rows: Rows) -> Rows:
    """An institution is seen wherever it works."""
    found = _all("SELECT provider_id, region_code, station_id FROM providers_providerpresence")
    seats: dict[str, set[tuple[str, str]]] = {}
    for identity, region, station in found:
        seats.setdefault(str(identity), set()).add((region, str(station or "")))
    return _with(rows, seats)


def _where_it_works(rows: Rows) -> Rows:
    """What an institution is or does is seen wherever it works."""
    seats: dict[str, set[tuple[str, str]]] = {}
    for provider, region, station in _all(
        "SELECT provider_id, region_code, station_id FROM providers_providerpresence"
    ):
        seats.setdefault(str(provider), set()).add((region, str(station or "")))
    return {
        key: replace(place, also=place.also | frozenset(seats.get(place.provider, ())))
        for key, place in rows.items()
    }


ATTENDED = "SELECT training_id, station_id, provider_id FROM workforce_trainingcredit"
COVERED = "SELECT project_id, station_id, NULL FROM procurement_projectstation"
NOTIFIED = (
    "SELECT id, NULL, provider_id FROM providers_sanction WHERE stage = '已告知'"  # the world's sanctions are
)
TRIED = "SELECT p.id, NULL, s.provider_id FROM network_pilot p JOIN network_station s ON s.id = p.station_id"


def _read(rows: Rows, statement: str) -> Rows:
    """Rows that stations and institutions read along their own lines: events, projects and pilots of theirs."""
    found = dict(rows)
    for identity, station, provider in _all(statement):
        place = found[str(identity)]
        lines = {str(each) for each in (station, provider) if each}
        found[str(identity)] = replace(place, lines=place.lines | lines)
    return found


def _usable(rows: Rows) -> Rows:
    """A resource is read by the stations on whose ground it can be used, and by their institutions."""
    stations = _all("SELECT id, provider_id, region_code FROM network_station")
    return {
        key: replace(
            place,
            lines=frozenset(
                str(line)
                for station, provider, region in stations
                if below(region, place.region) or below(place.region, region)
                for line in (station, provider)
                if line
            ),
        )
        for key, place in rows.items()
    }


def _held(rows: Rows) -> Rows:
    """What a county sets for its own ground is read by whoever works on it, and nowhere else."""
    stations = _all("SELECT id, provider_id, region_code FROM network_station")
    return {
        key: replace(
            place,
            holds=True,
            lines=frozenset(
                str(line)
                for station, provider, region in stations
                if below(place.region, region)
                for line in (station, provider)
                if line
            ),
        )
        for key, place in rows.items()
    }


def _sessions(rows: Rows) -> Rows:
    """A session is seen through its stations."""
    seats: dict[str, set[tuple[str, str]]] = {}
    for identity, region, station in _all(
        "SELECT session_id, region_code, station_id FROM workforce_supervisedstation"
    ):
        seats.setdefault(str(identity), set()).add((region, str(station or "")))
    return _with(rows, seats)


def _agreed(rows: Rows) -> Rows:
    """An agreement is seen through its stations."""
    seats: dict[str, set[tuple[str, str]]] = {}
    for identity, region, station in _all(
        "SELECT agreement_id, region_code, station_id FROM workforce_agreedstation"
    ):
        seats.setdefault(str(identity), set()).add((region, str(station or "")))
    return _with(rows, seats)


def _of_the_two(rows: Rows) -> Rows:
    """Words about a session are read by the worker they are about as well (the world's ratings are of workers)."""
    told = [
        *_all("SELECT id, worker_id FROM workforce_supervisionnote"),
        *_all("SELECT id, worker_id FROM workforce_supervisionrating WHERE side = '督导评社工'"),
    ]
    about = {str(identity): str(worker) for identity, worker in told}
    return {
        key: replace(place, people=place.people | ({about[key]} if key in about else set()))
        for key, place in rows.items()
    }


def _in_the_county(rows: Rows) -> Rows:
    """What is asked in a county is read by whoever works in that county."""
    stations = _all("SELECT id, provider_id, region_code FROM network_station")
    return {
        key: replace(
            place,
            lines=frozenset(
                str(line)
                for station, provider, region in stations
                if region[:6] == place.region[:6]
                for line in (station, provider)
                if line
            ),
        )
        for key, place in rows.items()
    }


def _with_the_question(rows: Rows) -> Rows:
    """An answer is read by whoever reads the question."""
    with opened(EVERYTHING):
        questions = _in_the_county(stored(apps.get_model("workforce", "Question")))
    found = dict(rows)
    for identity, question in _all("SELECT id, question_id FROM workforce_answer"):
        place, asked = found[str(identity)], questions[str(question)]
        found[str(identity)] = replace(
            place,
            people=place.people | asked.people,
            lines=place.lines | asked.lines,
            also=place.also | {(asked.region, asked.station)},
        )
    return found


def _published(rows: Rows) -> Rows:
    """What holds for the places below is read by all."""
    return {key: Place(place.region, "", "", frozenset(), frozenset()) for key, place in rows.items()}


PUBLISHED = {
    "network_tierduty",
    "network_norm",
    "procurement_catalogueitem",
    "procurement_contest",
    "workforce_talkroom",
}


REPORTS = frozenset({Role.STATION_LEAD, Role.CHILD_PROTECTION})
HANDLES = frozenset({Role.PROVINCE_OFFICIAL, Role.CITY_OFFICIAL, Role.COUNTY_OFFICIAL})
IN_CHARGE = HANDLES | {
    Role.SYSTEM_ADMIN, Role.TOWNSHIP_OFFICIAL, Role.PROVIDER_MANAGER, Role.STATION_LEAD, Role.SUPERVISOR,
}  # fmt: skip
CALLS = frozenset({Role.SYSTEM_ADMIN, Role.COUNTY_OFFICIAL, Role.SUPERVISOR})
SETTLES = CALLS | {Role.STATION_LEAD}
CIRCLES = {
    "oversight_alert": IN_CHARGE,
    "oversight_providercomplaint": HANDLES,
    "oversight_plausibilityflag": SETTLES,
    "oversight_callbacksample": CALLS,
    "oversight_callback": CALLS,
    "casework_incident": REPORTS,
    "casework_incidentfact": REPORTS,
    "casework_scaleresult": frozenset({Role.STATION_LEAD, Role.STATION_WORKER, Role.SUPERVISOR}),
    "workforce_staffsanction": HANDLES,
    "workforce_conductcase": HANDLES,
    "workforce_supervisionnote": frozenset({Role.SUPERVISOR}),
    "workforce_supervisionrating": frozenset({Role.SUPERVISOR, Role.STATION_LEAD, Role.STATION_WORKER}),
}
"""Tables that are seen by fewer than their place would say: these roles, and the person whose own a row is."""


def in_circle(person: Person, table: str, place: Place) -> bool:
    """Nobody else's; the administrator's only where the circle says so."""
    held: Appointment = person.appointment
    if place.people & {str(held.user.pk), str(held.person_id)}:
        return True
    return held.role in CIRCLES[table] and sees(person, place)


def seen(person: Person, register: Register, rows: Rows) -> set[str]:
    """The rows of a register that ``person`` may see, by the rule."""
    table = register.model._meta.db_table
    if table in CIRCLES:
        return {key for key, place in rows.items() if in_circle(person, table, place)}
    if register.model._meta.db_table in PUBLISHED:
        return set(rows)
    return {key for key, place in rows.items() if sees(person, place)}


@contextmanager
def undone(person: Person) -> Iterator[None]:
    """Act as ``person`` in one transaction that leaves nothing behind."""
    with opened(person.scope, Actor(id=str(person.appointment.user.pk), label=person.name)):
        yield
        transaction.set_rollback(True)
