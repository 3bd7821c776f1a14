"""Who could be evaluated in a place, and which files there are to be read: what draws are made from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db.models import Q, QuerySet

from linzhan.casework.api.cases import CaseFile
from linzhan.casework.api.cases import Stage as CaseStage
from linzhan.casework.api.gatherings import ActivityFile, GroupFile
from linzhan.kernel import places
from linzhan.kernel.periods import Period
from linzhan.kernel.scope import within
from linzhan.network.api import Station, StationStatus, Tier
from linzhan.procurement.api import ProjectStation, ServiceProject
from linzhan.providers.api import ACTIVE, Provider
from linzhan.quality.enums import SubjectKind
from linzhan.quality.schemes.enums import FileKind
from linzhan.territory.api import Level, regions_on


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could be evaluated: the key that draws go by, and how a register refers to it."""

    key: str
    name: str
    county: str
    refers: UUID | str


def candidates(kind: str, region: str, period: Period) -> list[Candidate]:
    """Operating stations of townships, counties, projects whose contract touches the period, or active
    institutions, of the place."""
    return _FINDERS[SubjectKind(kind)](region, period)


def _stations(region: str, _period: Period) -> list[Candidate]:
    rows = Station.objects.filter(
        within(Station, region), status=StationStatus.OPERATING, tier=Tier.STATION
    ).values_list("pk", "code", "name", "region_code")
    return [Candidate(f"{at[:6]}/{code}", name, at[:6], pk) for pk, code, name, at in rows]


def _counties(region: str, period: Period) -> list[Candidate]:
    rows = regions_on(period.end, within=region, level=Level.COUNTY)
    return [Candidate(each.code, each.name, each.code[:6], each.code) for each in rows]


def _projects(region: str, period: Period) -> list[Candidate]:
    rows = ServiceProject.objects.filter(
        within(ServiceProject, region), starts_on__lte=period.end, ends_on__gte=period.start
    ).values_list("pk", "code", "name", "region_code")
    return [Candidate(f"{at[:6]}/{code}", name, at[:6], pk) for pk, code, name, at in rows]


def _providers(region: str, _period: Period) -> list[Candidate]:
    rows = Provider.objects.filter(within(Provider, region), status__in=ACTIVE)
    return [
        Candidate(uscc, name, at[:6], pk)
        for pk, uscc, name, at in rows.values_list("pk", "uscc", "name", "region_code")
    ]


_FINDERS: Final[Mapping[SubjectKind, Callable[[str, Period], list[Candidate]]]] = {
    SubjectKind.STATION: _stations,
    SubjectKind.COUNTY: _counties,
    SubjectKind.PROJECT: _projects,
    SubjectKind.PROVIDER: _providers,
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that could be read."""

    id: UUID
    code: str


def files_of(kind: str, region: str, period: Period, *, line: str) -> dict[UUID, list[Paper]]:
    """The files of the period by whom they belong to: ``line`` is ``station_id`` or ``provider_id``; one query."""
    rows = _of_period(FileKind(kind), period.start, period.end).filter(
        region_code__gte=places.bounds(region)[0], region_code__lt=places.bounds(region)[1]
    )
    found: dict[UUID, list[Paper]] = defaultdict(list)
    for owner, pk, code in rows.exclude(**{f"{line}__isnull": True}).values_list(line, "pk", "code"):
        found[owner].append(Paper(pk, code))
    return found


NOT_BEGUN: Final = (CaseStage.DRAFT, CaseStage.DROPPED, CaseStage.DECLINED)


def _of_period(kind: FileKind, start: date, end: date) -> QuerySet[Any]:
    if kind is FileKind.CASES:
        open_then = Q(closed_on__isnull=True) | Q(closed_on__gte=start)
        return CaseFile.objects.filter(open_then, opened_on__lte=end).exclude(stage__in=NOT_BEGUN)
    if kind is FileKind.GROUPS:
        began = Q(starts_on__lte=end) | Q(starts_on__isnull=True, drafted_on__lte=end)
        ended = Q(ends_on__isnull=True, drafted_on__gte=start) | Q(ends_on__gte=start)
        return GroupFile.objects.filter(began & ended).exclude(stage__in=("草拟", "已取消"))
    return ActivityFile.objects.filter(planned_on__range=(start, end)).exclude(stage="已取消")


def projects_of(kind: str, subjects: Sequence[UUID], period: Period) -> dict[UUID, list[UUID]]:
    """The projects that serve each subject in the period: of a station those that cover it; one query."""
    touching = {"starts_on__lte": period.end, "ends_on__gte": period.start}
    pairs: Iterable[tuple[UUID, UUID]]
    if kind == SubjectKind.STATION:
        links = ProjectStation.objects.filter(
            station_id__in=subjects, **{f"project__{name}": day for name, day in touching.items()}
        )
        pairs = links.order_by("project__code").values_list("station_id", "project_id")
    else:
        column = "pk" if kind == SubjectKind.PROJECT else "provider_id"
        rows = ServiceProject.objects.filter(**{f"{column}__in": list(subjects)}, **touching)
        pairs = rows.order_by("code").values_list(column, "pk")
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for owner, project in pairs:
        found[owner].append(project)
    return found
