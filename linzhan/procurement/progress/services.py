"""Keeping how far contracts have come, so that a list of fifty thousand can be ordered by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import islice
from typing import Final

from django.db.models import Q, QuerySet

from linzhan.procurement.enums import ProjectStatus
from linzhan.procurement.models import ServiceProject
from linzhan.procurement.progress.models import ProjectProgress
from linzhan.procurement.progress.selectors import Standing, standings

AT_ONCE: Final = 2000
LIVE: Final = (ProjectStatus.SIGNED, ProjectStatus.RUNNING, ProjectStatus.EVALUATING)
TOP: Final = Decimal("99999.9999")
KEPT: Final = (
    "region_code", "provider_id", "counted_on", "starts_on", "ends_on", "elapsed", "progress", "lag",
    "forecast", "targets", "late_milestones",
)  # fmt: skip


def keep_progress(on: date, projects: Iterable[ServiceProject] | None = None) -> int:
    """Count the running contracts anew and keep what came out; how many. Others are kept no longer."""
    if projects is None:
        projects = _running(on).order_by("pk").iterator(chunk_size=AT_ONCE)
        ProjectProgress.objects.exclude(project__in=_running(on).values("pk")).delete()
    number = 0
    for some in _by(AT_ONCE, projects):
        rows = [_kept(each) for each in standings(some, on)]
        ProjectProgress.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["project"], update_fields=list(KEPT)
        )
        number += len(rows)
    return number


def _running(on: date) -> QuerySet[ServiceProject]:
    return (
        ServiceProject.objects.filter(Q(ends_on__gte=on) | Q(status__in=LIVE))
        .exclude(status__in=(ProjectStatus.CLOSED, ProjectStatus.TERMINATED))
        .filter(starts_on__lte=on)
    )


def _kept(standing: Standing) -> ProjectProgress:
    project = standing.project
    return ProjectProgress(
        project=project,
        region_code=project.region_code,
        provider_id=project.provider_id,
        counted_on=standing.on,
        starts_on=project.starts_on,
        ends_on=project.ends_on,
        elapsed=_four(standing.elapsed),
        progress=None if standing.progress is None else _four(standing.progress),
        lag=None if standing.lag is None else _four(standing.lag),
        forecast=None if standing.forecast is None else _four(standing.forecast),
        targets=len(standing.lines),
        late_milestones=standing.late,
    )


def _four(value: Fraction) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return min(exact.quantize(Decimal("0.0001"), ROUND_HALF_UP), TOP)


def _by(size: int, projects: Iterable[ServiceProject]) -> Iterator[Sequence[ServiceProject]]:
    stream = iter(projects)
    while some := list(islice(stream, size)):
        yield some
