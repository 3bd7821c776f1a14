"""The places of a season and the four-quarter totals of townships, as programs read them (EVL-16, EVL-17)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from linzhan.interface.callers import require
from linzhan.interface.problems import Problem, not_found
from linzhan.interface.querying import known_only, region_asked
from linzhan.kernel.scope import current_scope
from linzhan.quality.api import FROZEN, VIEW_STANDINGS, ContestSeason, TownYear, standings_of, year_of

router = Router(tags=["一季一赛"])


class Standing(Schema):
    """Where one stood."""

    rank: int
    name: str
    region: str
    type: str
    total: float
    aspects: dict[str, dict[str, str]] = Field(description="各方面得分和可得分")
    flagged: bool = Field(description="是否授予优胜红旗")
    vetoed: bool
    band: str = Field(description="同类组：按登记的常住人口和地形")
    band_rank: int
    band_size: int
    before_rank: int | None
    before_total: float | None


class TownTotal(Schema):
    """A township's year."""

    region: str
    quarters: list[float | None] = Field(description="四个季度，未参赛或未通报为空")
    total: float | None
    counted: int = Field(description="合计了几个季度")


class YearQuery(Schema):
    """Which year of which place."""

    region: str = Field("", description="区划代码或名称路径，须在本人范围内；默认本人辖区")
    year: int | None = Field(None, ge=2000, le=2100, description="年度；不填为今年")


@router.get(
    "/contest-seasons/{uuid:identity}/standings",
    response={200: list[Standing]},
    operation_id="listContestStandings",
    summary="赛季：名次",
    description="排名后固定，不再改变；只有站点和机构，没有个人。",
)
def standings(request: HttpRequest, identity: UUID) -> Any:
    require(request, VIEW_STANDINGS)
    known_only(request.GET, ())
    season = ContestSeason.objects.filter(pk=identity).first()
    if season is None:
        raise not_found()
    if season.stage not in FROZEN:
        raise Problem("conflict", "这个赛季还没有排名")
    return [
        Standing(
            rank=each.rank,
            name=each.name,
            region=each.region_code,
            type=each.subject_kind,
            total=float(each.total),
            aspects=each.aspects,
            flagged=each.flagged,
            vetoed=each.vetoed,
            band=each.band,
            band_rank=each.band_rank,
            band_size=each.band_size,
            before_rank=each.before_rank,
            before_total=None if each.before_total is None else float(each.before_total),
        )
        for each in standings_of(season)
    ]


@router.get(
    "/contest-totals",
    response={200: list[TownTotal]},
    operation_id="listContestTotals",
    summary="一季一赛：乡镇四个季度的总成绩",
    description="只合计已通报的季度，一个乡镇几个站点取平均；供乡镇年度目标责任制考核采用。",
)
def totals(request: HttpRequest, query: Query[YearQuery]) -> Any:
    require(request, VIEW_STANDINGS)
    known_only(request.GET, YearQuery.model_fields)
    region = region_asked(request, query.region)
    if not current_scope().covers_region(region):
        raise not_found()
    return [_town(each) for each in year_of(region, query.year or timezone.localdate().year)]


def _town(each: TownYear) -> TownTotal:
    return TownTotal(
        region=each.region,
        quarters=[None if total is None else float(total) for total in each.quarters],
        total=None if each.total is None else float(each.total),
        counted=each.counted,
    )
