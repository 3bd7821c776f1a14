"""Questions to the workforce: what is held, what is owed, what is late, who is missing (PPL-02, FIL-03, STN-16, STN-17)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from linzhan.network.api import Station
from linzhan.policy.api import Ruling, rulings_for
from linzhan.workforce.enums import RANKS, Employment, Grade, Post
from linzhan.workforce.models import Certificate, Filing, Posting, SocialWorker, SupervisedWorker
from linzhan.workforce.parameters import CERTIFIED_STAFF, FILING_DAYS, FULL_TIME_STAFF, PROFESSIONAL_STAFF

FULL_TIME = (Employment.FULL_TIME.value, Employment.DIRECT.value)
PROFESSIONAL_MAJOR = "社会工作"


@dataclass(frozen=True, kw_only=True, slots=True)
class FilingDue:
    """A hire or leaving, the last day on which it can be filed in time, and how it stands on the day asked."""

    filing: Filing
    due_on: date
    late_by: int
    authority: Ruling[int]

    @property
    def late(self) -> bool:
        return self.late_by > 0


@dataclass(frozen=True, kw_only=True, slots=True)
class TeamCheck:
    """One minimum of the rulebook for a station's team, and what the station has on the day."""

    station_id: UUID
    needed: int
    have: int
    authority: Ruling[int]

    @property
    def met(self) -> bool:
        return self.have >= self.needed


def highest_grades(workers: Iterable[UUID], on: date) -> dict[UUID, str]:
    """The highest grade that each worker held on a day; who held none is left out."""
    held = Certificate.objects.filter(worker__in=list(workers)).annotate(
        since=Coalesce("passed_on", "stated_from")
    )
    found: dict[UUID, str] = {}
    for worker, grade in held.filter(since__lte=on).values_list("worker_id", "grade"):
        found[worker] = max(found.get(worker, Grade.NONE.value), grade, key=RANKS.__getitem__)
    return found


def on_post(on: date, *, stations: Sequence[UUID] | None = None) -> QuerySet[Posting]:
    """Postings that cover a day, of those who are on post."""
    covering = Posting.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=on), Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    ).exclude(post=Post.OTHER.value)
    return covering if stations is None else covering.filter(station_id__in=stations)


def filings_due(filings: QuerySet[Filing], on: date) -> list[FilingDue]:
    """``filings`` with their last days; one not filed is late once that day is over (FIL-03).

    Where no limit is known (its digits are lost), the filing is left out.
    """
    rows = list(filings)
    limits = _limits(rows)
    found = []
    for filing in rows:
        ruling = limits.get((filing.happened_on, filing.region_code))
        if ruling is not None:
            due = filing.happened_on + timedelta(days=ruling.value)
            late = max(0, ((filing.filed_on or on) - due).days)
            found.append(FilingDue(filing=filing, due_on=due, late_by=late, authority=ruling))
    return found


def _limits(filings: Iterable[Filing]) -> dict[tuple[date, str], Ruling[int]]:
    """The limit of each place on each day: one query a day."""
    regions: dict[date, set[str]] = defaultdict(set)
    for filing in filings:
        regions[filing.happened_on].add(filing.region_code)
    return {
        (day, region): ruling
        for day, codes in regions.items()
        for region, ruling in rulings_for(FILING_DAYS, sorted(codes), day).items()
    }


def team_checks(stations: Sequence[Station], on: date) -> list[TeamCheck]:
    """Each minimum that the rulebook of a station's place sets for its team (STN-16, STN-17).

    Full-time are 全职 and 直聘; certified is whoever holds a grade on the day; professional is certified
    or with a degree in social work. A place without such a rule has no check.
    """
    teams = _teams([station.pk for station in stations], on)
    found = []
    for parameter, count in ((FULL_TIME_STAFF, 0), (CERTIFIED_STAFF, 1), (PROFESSIONAL_STAFF, 2)):
        rulings = rulings_for(parameter, {station.region_code for station in stations}, on)
        for station in stations:
            ruling = rulings.get(station.region_code)
            if ruling is not None:
                have = teams[station.pk][count]
                found.append(
                    TeamCheck(station_id=station.pk, needed=ruling.value, have=have, authority=ruling)
                )
    return found


def _teams(stations: Sequence[UUID], on: date) -> Mapping[UUID, tuple[int, int, int]]:
    """Full-time, certified and professional workers on post at each station."""
    rows = list(
        on_post(on, stations=stations).values_list("station_id", "subject_id", "employment", "subject__major")
    )
    grades = highest_grades([worker for _station, worker, _employment, _major in rows], on)
    teams: dict[UUID, tuple[int, int, int]] = defaultdict(lambda: (0, 0, 0))
    for station, worker, employment, major in rows:
        if station is None:
            continue
        certified = worker in grades
        marks = (employment in FULL_TIME, certified, certified or PROFESSIONAL_MAJOR in major)
        full_time, holders, professional = teams[station]
        teams[station] = (full_time + marks[0], holders + marks[1], professional + marks[2])
    return teams


def supervision_received(workers: Iterable[UUID], start: date, end: date) -> dict[UUID, Decimal]:
    """Hours of supervision that each worker was named for between two days, both included (SPV-10)."""
    sessions = SupervisedWorker.objects.filter(worker__in=list(workers), held_on__range=(start, end))
    summed = sessions.values("worker_id").annotate(total=Sum("hours"))
    return dict(summed.values_list("worker_id", "total"))


def expiring_registrations(workers: QuerySet[SocialWorker], until: date) -> QuerySet[SocialWorker]:
    """Workers still employed whose registration ends by a day, or ended already (``domain.md`` §3.2)."""
    return workers.filter(left_on__isnull=True, registered_until__lte=until).order_by("registered_until")


__all__ = [
    "FilingDue",
    "TeamCheck",
    "expiring_registrations",
    "filings_due",
    "highest_grades",
    "on_post",
    "supervision_received",
    "team_checks",
]
