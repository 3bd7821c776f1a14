"""One worker's own services, counted for that worker and nobody else.

They are the same person's wherever they worked: rows of the identity number in other stations and counties count
too, as numbers without a name of anybody served. Nothing is ranked, and no account's log-ins or ways are looked at.
A station's sums are shown from :data:`ENOUGH` workers on, so that no single one's time can be read from them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import connection
from django.utils import timezone

from linzhan.kernel.scope import unscoped
from linzhan.workforce.api import Certificate, CertificateTerm, SocialWorker, TrainingCredit

ENOUGH = 3
HOUR = Decimal(60)
MONTHS = """
SELECT date_trunc('month', n.started_at AT TIME ZONE 'Asia/Shanghai')::date AS month, r.method, count(DISTINCT r.id),
    coalesce(sum(extract(epoch FROM r.ended_at - r.started_at) / 60), 0)::int
FROM casework_recordworker n JOIN casework_servicerecord r ON r.id = n.record_id AND r.status = '已通过'
WHERE n.worker_id = ANY(%s) GROUP BY 1, 2 ORDER BY 1, 2
"""
PERSONS = """
SELECT date_trunc('month', n.started_at AT TIME ZONE 'Asia/Shanghai')::date AS month, count(DISTINCT p.resident_id)
FROM casework_recordworker n JOIN casework_servicerecord r ON r.id = n.record_id AND r.status = '已通过'
JOIN casework_recordresident p ON p.record_id = r.id
WHERE n.worker_id = ANY(%s) GROUP BY GROUPING SETS ((1), ())
"""
SPANS = """
SELECT date_trunc('{unit}', n.started_at AT TIME ZONE 'Asia/Shanghai')::date AS begins,
    coalesce(sum(extract(epoch FROM r.ended_at - r.started_at) / 60), 0)::int, sum(r.travel_minutes),
    sum(r.paperwork_minutes), count(DISTINCT n.worker_id)
FROM casework_recordworker n JOIN casework_servicerecord r ON r.id = n.record_id AND r.status <> '已作废'
WHERE {whose} = ANY(%s) AND n.started_at >= %s AND n.started_at < %s GROUP BY 1 ORDER BY 1
"""


@dataclass(frozen=True, slots=True)
class Month:
    """What was done in a month by one method."""

    month: date
    method: str
    records: int
    hours: Decimal


@dataclass(frozen=True, slots=True)
class Service:
    """A worker's own record: by month and method, persons by month, and persons in all."""

    months: list[Month]
    persons: dict[date, int]
    persons_in_all: int


@dataclass(frozen=True, slots=True)
class Week:
    """Where the hours of a week (or a month) went; None: nothing was written down of it."""

    begins: date
    service: Decimal
    travel: Decimal | None
    paperwork: Decimal | None


@dataclass(frozen=True, slots=True)
class Learning:
    """What a worker learnt: credits, the newest first, and each grade's certificate with its last day."""

    credits: list[TrainingCredit]
    certificates: list[tuple[Certificate, date | None]]


def rows_of_person(worker: UUID) -> list[UUID]:
    """Every register row of the worker, in other stations and counties too (ADR 0016)."""
    with unscoped("the same person's own rows elsewhere"):
        index = SocialWorker.objects.filter(pk=worker).values_list("identity_number_index", flat=True).first()
        if not index:
            return [worker]
        return list(SocialWorker.objects.filter(identity_number_index=index).values_list("pk", flat=True))


def learning_of(workers: Collection[UUID]) -> Learning:
    """Training and certificates of a worker's rows, wherever they were written down."""
    with unscoped("a worker's own training and certificates"):
        credited = list(TrainingCredit.objects.filter(worker__in=workers).order_by("-starts_on", "name"))
        held = list(Certificate.objects.filter(worker__in=workers).order_by("grade", "passed_on"))
        terms = list(CertificateTerm.objects.filter(worker__in=workers).values_list("grade", "until"))
    until: dict[str, date] = {}
    for grade, day in terms:
        until[grade] = max(day, until.get(grade, day))
    by_grade = {each.grade: each for each in held}
    return Learning(credited, [(each, until.get(each.grade)) for each in by_grade.values()])


def service_of(workers: Collection[UUID]) -> Service:
    with unscoped("a worker's own services, as numbers"), connection.cursor() as cursor:
        cursor.execute(MONTHS, [list(workers)])
        months = [Month(month, method, count, _hours(minutes)) for month, method, count, minutes in cursor]
        cursor.execute(PERSONS, [list(workers)])
        persons = dict(cursor.fetchall())
    in_all = persons.pop(None, 0)
    return Service(months, persons, in_all)


def weeks_of(workers: Collection[UUID], *, since: date, until: date | None = None) -> list[Week]:
    """The worker's own weeks from that of ``since``, oldest first; nothing after the day ``until``."""
    with unscoped("a worker's own time"):
        return [week for week, _number in _weeks("n.worker_id", workers, since, until)]


def weeks_of_stations(stations: Collection[UUID], *, since: date, until: date | None = None) -> list[Week]:
    """Sums of the stations in weeks in which at least :data:`ENOUGH` workers wrote something down."""
    return [week for week, number in _weeks("n.station_id", stations, since, until) if number >= ENOUGH]


def month_of(workers: Collection[UUID], day: date) -> Week | None:
    """The worker's own month so far; None where nothing was recorded in it."""
    with unscoped("a worker's own time"):
        return next((span for span, _ in _spans("n.worker_id", workers, day.replace(day=1), "month")), None)


def _weeks(whose: str, ids: Collection[UUID], since: date, until: date | None) -> list[tuple[Week, int]]:
    return _spans(whose, ids, since - timedelta(days=since.weekday()), "week", until)


def _spans(
    whose: str, ids: Collection[UUID], since: date, unit: str, until: date | None = None
) -> list[tuple[Week, int]]:
    zone = timezone.get_current_timezone()
    begins = datetime.combine(since, time.min, zone)
    ends = datetime.combine((until or timezone.localdate()) + timedelta(days=1), time.min, zone)
    with connection.cursor() as cursor:
        cursor.execute(SPANS.format(whose=whose, unit=unit), [list(ids), begins, ends])
        return [
            (Week(week, _hours(service), _known(travel), _known(paperwork)), number)
            for week, service, travel, paperwork, number in cursor
        ]


def _known(minutes: int | None) -> Decimal | None:
    return None if minutes is None else _hours(minutes)


def _hours(minutes: int) -> Decimal:
    return (Decimal(minutes) / HOUR).quantize(Decimal("0.1"))
