"""Questions about seasons: standings, a township's year, what counties and the centre got from the province."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone

from linzhan.kernel import places
from linzhan.kernel.periods import parse_period
from linzhan.network.api import Station, Tier
from linzhan.quality.contests.enums import SeasonStage
from linzhan.quality.contests.rules import mean_of
from linzhan.quality.enums import EvaluationKind, SubjectKind
from linzhan.quality.models import ContestSeason, ContestStanding, EvaluationResult
from linzhan.territory.api import Level, regions_on

QUARTERS = 4
TOWNSHIP = 9


@dataclass(frozen=True, slots=True)
class TownYear:
    """A township's year: the mean of its stations in each published season, and the sum over the quarters."""

    region: str
    quarters: tuple[Decimal | None, ...]

    @property
    def total(self) -> Decimal | None:
        known = [each for each in self.quarters if each is not None]
        return sum(known, Decimal(0)) if known else None

    @property
    def counted(self) -> int:
        """In how many quarters it took part; a sum of three is not one of four."""
        return sum(each is not None for each in self.quarters)


def standings_of(season: ContestSeason) -> QuerySet[ContestStanding]:
    return ContestStanding.objects.filter(season=season).order_by("rank", "region_code", "name")


def year_of(region: str, year: int) -> list[TownYear]:
    """The four-quarter totals of the townships of ``region``, from published seasons only; two queries.

    The seasons are those of the nearest place at or above that held any. By the code of the township: the
    appraisal that takes them orders them by its own rule.
    """
    held = list(
        ContestSeason.objects.filter(
            region_code__in=places.lineage(region), stage=SeasonStage.PUBLISHED, period__startswith=f"{year}Q"
        ).values_list("pk", "region_code", "period")
    )
    nearest = max((code for _pk, code, _period in held), default="")
    quarter = {pk: _quarter(period) for pk, code, period in held if code == nearest}
    low, high = places.bounds(region)
    found: dict[str, list[list[Decimal]]] = defaultdict(lambda: [[] for _ in range(QUARTERS)])
    rows = ContestStanding.objects.filter(
        season__in=list(quarter), subject_kind=SubjectKind.STATION, region_code__gte=low, region_code__lt=high
    )
    for town, season, total in rows.values_list("region_code", "season_id", "total"):
        found[town[:TOWNSHIP].ljust(12, "0")][quarter[season]].append(total)
    return [TownYear(town, tuple(mean_of(each) for each in totals)) for town, totals in sorted(found.items())]


def _quarter(period: str) -> int:
    return (parse_period(period).start.month - 1) // 3


@dataclass(frozen=True, slots=True)
class Provincial:
    """What the province found of a county or of a city's own centre; no result is no result yet."""

    region: str
    name: str
    result: EvaluationResult | None


def provincial_of(region: str) -> list[Provincial]:
    """The latest provincial result of each county of a city, and of the city's guidance centre (EVL-21)."""
    counties = sorted(
        regions_on(timezone.localdate(), within=region, level=Level.COUNTY), key=lambda each: each.code
    )
    low, high = places.bounds(region)
    centres = list(
        Station.objects.filter(
            region_code__gte=low, region_code__lt=high, tier=Tier.GUIDANCE_CENTRE
        ).order_by("region_code", "code")
    )
    rows = EvaluationResult.objects.filter(
        kind=EvaluationKind.PROVINCIAL, region_code__gte=low, region_code__lt=high
    ).order_by("evaluated_on", "pk")
    latest = _latest(rows)
    return [
        *(Provincial(each.code, each.name, latest.get(each.code)) for each in counties),
        *(Provincial(each.region_code, each.name, latest.get(str(each.pk))) for each in centres),
    ]


def _latest(rows: Iterable[EvaluationResult]) -> dict[str, EvaluationResult]:
    """By the county or the thing that was evaluated; the last one stands."""
    return {str(each.subject_id or each.subject_code): each for each in rows}
