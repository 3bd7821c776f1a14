"""Questions to supervision: who is owed it, what a worker received, who has which stations, who might take one."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Avg, Count, Q, QuerySet, Sum

from linzhan.kernel import places
from linzhan.kernel.scope import unscoped
from linzhan.network.api import Station, StationProfile, StationStatus, Tier
from linzhan.policy.api import NoRuling, Ruling, ruling_for, rulings_for
from linzhan.workforce.enums import Post, SupervisionForm
from linzhan.workforce.models.supervision import SupervisedStation, SupervisedWorker, Supervision
from linzhan.workforce.parameters import (
    GROUP_SESSIONS,
    INDIVIDUAL_SESSIONS,
    RATERS_AT_LEAST,
    SUPERVISION_DAY_HOURS,
    SUPERVISION_DUTY,
)
from linzhan.workforce.selectors import on_post
from linzhan.workforce.supervision import rules
from linzhan.workforce.supervision.enums import USABLE, AgreementStage, Belonging, RatingSide, TaskStage
from linzhan.workforce.supervision.models import (
    AgreedStation,
    SupervisionAgreement,
    SupervisionRating,
    SupervisionTask,
    SupervisorEntry,
)

SUPERVISED_POSTS = (Post.HEAD.value, Post.FRONT_LINE.value, Post.PROJECT_OFFICER.value, Post.INTERN.value)
"""Who does the work that is supervised; supervisors, accountants and officials' assistants do not."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Owed:
    """A worker whose month is not met yet: what is missing, and by which clause."""

    worker_id: UUID
    name: str
    station_id: UUID | None
    region_code: str
    times: int
    hours: Decimal
    missing: tuple[str, ...]
    authority: Ruling[object]


def month_of(on: date) -> tuple[date, date]:
    """The first and last day of the month of ``on``."""
    return on.replace(day=1), on.replace(day=monthrange(on.year, on.month)[1])


def owed(
    month: date, *, today: date, stations: Collection[UUID] | None = None, within: str = places.NATION
) -> list[Owed]:
    """The workers in scope and below ``within`` who are owed supervision in a month, by station and name (SPV-03).

    Whoever was on post on the first and is so on the last day (or today) is asked about: who came or left
    within the month is not. A place that asks for nothing has nobody.
    """
    first, last = month_of(month)
    until = min(last, today)
    low, high = places.bounds(within)
    held = on_post(until, stations=None if stations is None else list(stations))
    people = list(
        held.filter(
            post__in=SUPERVISED_POSTS,
            subject__hired_on__lte=first,
            region_code__gte=low,
            region_code__lt=high,
        )
        .order_by("station_id", "subject__name", "subject_id")
        .values_list("subject_id", "subject__name", "subject__hired_on", "station_id", "region_code")
    )
    regions = {region for *_rest, region in people}
    duties = rulings_for(SUPERVISION_DUTY, regions, until)
    forms = _asked_forms(regions, until)
    received = _received([worker for worker, *_rest in people], first, last)
    asking = {station for *_rest, station, region in people if station and region in forms}
    had = _forms(asking, first, last) if asking else {}
    found = []
    for worker, name, hired_on, station, region in people:
        duty, shapes = duties.get(region), forms.get(region, {})
        if duty is None:
            continue
        rule = duty.value
        asked = rules.asked_of(
            hired_on, until, times=rule.times, hours=rule.hours, new_times=rule.new_times,
            new_months=rule.new_months, forms={form: each.value for form, each in shapes.items()},
        )  # fmt: skip
        times, hours = received.get(worker, (0, Decimal(0)))
        got = rules.Received(times=times, hours=hours, forms=had.get(station, {}) if station else {})
        if missing := rules.lacking(asked, got):
            authority: Ruling[Any] = duty
            for form, each in shapes.items():
                authority = each if got.forms.get(form, 0) < each.value else authority
            found.append(
                Owed(
                    worker_id=worker, name=name, station_id=station, region_code=region, times=times,
                    hours=hours, missing=tuple(missing), authority=authority,
                )
            )  # fmt: skip
    return found


def _received(workers: Collection[UUID], first: date, last: date) -> dict[UUID, tuple[int, Decimal]]:
    """Sessions that each was named for in a month, and their hours."""
    rows = SupervisedWorker.objects.filter(worker__in=workers, held_on__range=(first, last))
    told = rows.order_by().values("worker_id").annotate(times=Count("pk"), total=Sum("hours"))
    return {
        worker: (times, total) for worker, times, total in told.values_list("worker_id", "times", "total")
    }


def _asked_forms(regions: Collection[str], on: date) -> dict[str, dict[str, Ruling[int]]]:
    """How often each station is to have which form in a month, where the place says so (SPV-03)."""
    found: dict[str, dict[str, Ruling[int]]] = defaultdict(dict)
    asked = {SupervisionForm.INDIVIDUAL: INDIVIDUAL_SESSIONS, SupervisionForm.TEAM: GROUP_SESSIONS}
    for form, each in asked.items():
        for region, ruling in rulings_for(each, regions, on).items():
            found[region][form.value] = ruling
    return found


def _forms(stations: Collection[UUID], first: date, last: date) -> dict[UUID, dict[str, int]]:
    """How many sessions of which form each station had in a month."""
    found: dict[UUID, dict[str, int]] = defaultdict(dict)
    rows = SupervisedStation.objects.filter(station__in=stations, held_on__range=(first, last))
    told = rows.order_by().values("station_id", "session__form").annotate(times=Count("pk"))
    for station, form, times in told.values_list("station_id", "session__form", "times"):
        found[station][form] = times
    return found


@dataclass(frozen=True, kw_only=True, slots=True)
class YearReceived:
    """Supervision of one worker in a year: sessions, hours, days on which there was any, and working days."""

    year: int
    times: int
    hours: Decimal
    days: int
    working_days: Decimal | None


def received_by_year(worker: UUID, *, region: str, on: date) -> list[YearReceived]:
    """Year by year, newest first (SPV-10); hours are turned into working days by the rule of the place."""
    try:
        day_hours: int | None = ruling_for(SUPERVISION_DAY_HOURS, region=region, on=on).value
    except NoRuling:
        day_hours = None
    rows = SupervisedWorker.objects.filter(worker=worker).values("held_on__year").order_by("-held_on__year")
    told = rows.annotate(times=Count("pk"), total=Sum("hours"), days=Count("held_on", distinct=True))
    return [
        YearReceived(
            year=year, times=times, hours=total, days=days,
            working_days=rules.working_days(total, day_hours) if day_hours else None,
        )
        for year, times, total, days in told.values_list("held_on__year", "times", "total", "days")
    ]  # fmt: skip


def entry_of(username: str) -> SupervisorEntry | None:
    """The entry of a pool that names an account, in use first."""
    if not username:
        return None
    found = SupervisorEntry.objects.filter(username=username, left_on__isnull=True)
    return found.order_by("-used_from", "pk").first()


def agreements_in_force(on: date) -> QuerySet[SupervisionAgreement]:
    """Agreements that hold on a day."""
    return SupervisionAgreement.objects.filter(
        stage=AgreementStage.IN_FORCE, starts_on__lte=on, ends_on__gte=on
    )


def stations_under(on: date) -> QuerySet[AgreedStation]:
    """Stations that an agreement in force covers."""
    return AgreedStation.objects.filter(
        agreement__stage=AgreementStage.IN_FORCE, starts_on__lte=on, ends_on__gte=on
    )


def uncovered(on: date) -> QuerySet[Station]:
    """Operating stations that no agreement in force covers."""
    held = Station.objects.filter(status=StationStatus.OPERATING, tier=Tier.STATION)
    return held.exclude(pk__in=stations_under(on).values("station_id"))


def open_tasks() -> QuerySet[SupervisionTask]:
    return SupervisionTask.objects.filter(stage=TaskStage.OPEN)


def to_write_up(since: date) -> QuerySet[Supervision]:
    """Sessions of which neither content nor advice was written down."""
    return Supervision.objects.filter(held_on__gte=since, content="", advice="")


def load_of(supervisors: Iterable[UUID], on: date) -> Mapping[UUID, int]:
    """How many stations each has under agreements in force, as far as they are seen from here."""
    rows = stations_under(on).filter(agreement__supervisor__in=list(supervisors))
    return Counter(rows.values_list("agreement__supervisor_id", flat=True))


def match(station: Station, on: date) -> list[tuple[SupervisorEntry, rules.Proposal]]:
    """Who might supervise a station, with reasons; a person decides (SPV-05)."""
    entries = {
        str(each.pk): each for each in SupervisorEntry.objects.filter(stage__in=USABLE).order_by("code")
    }
    load = load_of((each.pk for each in entries.values()), on)
    profile = StationProfile.objects.filter(station=station).values_list("special_field", flat=True).first()
    candidates = [
        rules.Candidate(
            key=key,
            at=rules.Seat(region=each.home_region_code or each.region_code, point=_point(each)),
            fields=tuple(each.fields),
            load=load.get(each.pk, 0),
            capacity=each.capacity,
            internal=each.belonging == Belonging.INTERNAL,
        )
        for key, each in entries.items()
    ]
    seat = rules.Seat(region=station.region_code, point=_point(station))
    found = rules.proposals(seat, [profile] if profile else [], candidates)
    return [(entries[each.candidate.key], each) for each in found]


def _point(row: Station | SupervisorEntry) -> rules.Point | None:
    if row.longitude is None or row.latitude is None:
        return None
    return float(row.longitude), float(row.latitude)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rated:
    """What workers gave in sum; nothing where too few of them said anything."""

    average: Decimal
    raters: int


def rated(sessions: QuerySet[Supervision], *, region: str, on: date) -> Rated | None:
    """What workers said of these sessions, from as many of them as the place asks; never of a single one.

    ``sessions`` is made within the reader's scope; only the sum leaves what the two keep to themselves.
    """
    try:
        least = ruling_for(RATERS_AT_LEAST, region=region, on=on).value
    except NoRuling:
        return None
    keys = list(sessions.order_by().values_list("pk", flat=True))
    with unscoped("ratings are told in sum only, from as many people as the place asks"):
        given = SupervisionRating.objects.filter(session__in=keys, side=RatingSide.OF_SUPERVISOR)
        told = given.aggregate(average=Avg("score"), raters=Count("worker", distinct=True))
    if told["average"] is None or told["raters"] < max(least, 2):
        return None
    return Rated(average=Decimal(str(told["average"])).quantize(Decimal("0.1")), raters=told["raters"])


def sessions_of(entry: SupervisorEntry) -> QuerySet[Supervision]:
    """The sessions that a supervisor of the pool held: by identity number, or by name under their agreements."""
    codes = SupervisionAgreement.objects.filter(supervisor=entry).values("code")
    own = Q(supervisor=entry.name, agreement__in=codes)
    if entry.identity_index:
        own |= Q(supervisor_identity_index=entry.identity_index)
    return Supervision.objects.filter(own)


def station_times(sessions: QuerySet[Supervision]) -> int:
    """Session × station pairs."""
    return SupervisedStation.objects.filter(session__in=sessions.values("pk")).count()
