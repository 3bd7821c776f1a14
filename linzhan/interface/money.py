"""The money of a place: its stages against the ratio rules, and what it is made of (FND-11, FND-12)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from linzhan.interface.callers import require
from linzhan.interface.problems import FieldError, Problem, not_found
from linzhan.interface.querying import known_only, region_asked
from linzhan.kernel import places
from linzhan.kernel.scope import current_scope
from linzhan.policy.api import consulting, procurement
from linzhan.procurement.api import (
    STAGES,
    VIEW_OVERVIEW,
    Composition,
    EntryKind,
    Part,
    Sums,
    composed,
    day_of_year,
    in_words,
    overview,
    rules_of,
)

router = Router(tags=["资金"])


class MoneyQuery(Schema):
    """Where and of which year."""

    region: str = Field("", description="区划代码或名称路径，须在本人范围内；默认本人辖区")
    year: int | None = Field(None, ge=1990, le=2100, description="年度；不填为今年")


class CompositionQuery(MoneyQuery):
    of: str = Field("拨付", description="记账的各项按哪个环节：下达、预算、承诺、拨付、支出")


class Amounts(Schema):
    """Net amounts; null where nothing of the kind was ever booked."""

    allocated: Decimal | None
    budgeted: Decimal | None
    committed: Decimal | None
    paid: Decimal | None
    spent: Decimal | None
    remaining: Decimal | None


class OfSource(Amounts):
    source: str
    level: str


class RuleSaid(Schema):
    """A ratio rule in its own words with number, base, limit and clause."""

    rule: str
    base: str
    base_amount: Decimal | None
    limit: Decimal | None
    used: Decimal
    outcome: str = Field(description="通过、提醒、无从判断、不得办理")
    words: str
    clause: str


class MoneyOverview(Amounts):
    region: str
    year: int
    sources: list[OfSource]
    rules: list[RuleSaid]
    unreconciled: int = Field(description="还没有对账的银行流水笔数")


class PieceTold(Schema):
    source: str
    level: str
    amount: Decimal | None
    words: str


class PartTold(Schema):
    name: str
    amount: Decimal | None
    share: Decimal | None = Field(description="占五项合计的百分比")
    pieces: list[PieceTold]


class MoneyComposition(Schema):
    """The parts of the formula, what stands beside it, and the sum of the parts."""

    region: str
    year: int
    of: str
    clause: str
    parts: list[PartTold]
    beside: list[PieceTold]
    total: Decimal | None


@router.get(
    "/funds/overview",
    response={200: MoneyOverview},
    operation_id="getMoneyOverview",
    summary="资金总览：各环节金额和比例规定",
    description="一地一年的下达、预算、承诺、拨付、支出(净额)，以及当地每条资金比例规定的数值、基数和条款。",
)
def get_overview(request: HttpRequest, query: Query[MoneyQuery]) -> Any:
    region, year = _asked(request, query, MoneyQuery)
    found, unit = overview(region, year), places.county_of(region)
    with consulting(of=(procurement.FUNDING_RATIO, procurement.CAP_WARNING)):
        rules = rules_of([unit], on=day_of_year(year))[unit] if region == unit else []
    return {
        "region": region,
        "year": year,
        **_amounts(found.whole),
        "sources": [
            {"source": source, "level": level, **_amounts(sums)}
            for (source, level), sums in sorted(found.by_source.items())
        ],
        "rules": [
            {
                "rule": each.rule.in_words,
                "base": each.rule.base,
                "base_amount": each.standing.base,
                "limit": each.verdict.limit,
                "used": each.standing.used,
                "outcome": each.outcome.value,
                "words": each.verdict.words,
                "clause": each.ruling.citation,
            }
            for each in rules
        ],
        "unreconciled": found.unreconciled,
    }


@router.get(
    "/funds/composition",
    response={200: MoneyComposition},
    operation_id="getMoneyComposition",
    summary="资金构成：五个一",
    description="一地一年的资金由哪几项构成；链接资源按折价、税收优惠按减免额，没有登记的为 null。",
)
def get_composition(request: HttpRequest, query: Query[CompositionQuery]) -> Any:
    region, year = _asked(request, query, CompositionQuery)
    if query.of not in STAGES:
        raise Problem("invalid", errors=[FieldError("of", "须为 下达、预算、承诺、拨付、支出 之一")])
    found = composed(region, year, day_of_year(year), EntryKind(query.of))
    return {
        "region": region,
        "year": year,
        "of": query.of,
        "clause": found.citation,
        "parts": [_part(part, found.whole) for part in found.whole.parts.values()],
        "beside": _pieces(found.whole.beside),
        "total": found.whole.amount,
    }


def _asked(request: HttpRequest, query: MoneyQuery, schema: type[MoneyQuery]) -> tuple[str, int]:
    require(request, VIEW_OVERVIEW)
    known_only(request.GET, schema.model_fields)
    region = region_asked(request, query.region)
    if not current_scope().covers_region(region):
        raise not_found()
    return region, query.year or timezone.localdate().year


def _amounts(sums: Sums) -> dict[str, Decimal | None]:
    names = ("allocated", "budgeted", "committed", "paid", "spent")
    told = {name: sums.net(kind) for name, kind in zip(names, STAGES, strict=True)}
    return {**told, "remaining": sums.remaining}


def _part(part: Part, whole: Composition) -> dict[str, Any]:
    share = whole.share(part)
    return {
        "name": part.name,
        "amount": part.amount,
        "share": None if share is None else share.quantize(Decimal("0.1")),
        "pieces": _pieces(part),
    }


def _pieces(part: Part) -> list[dict[str, Any]]:
    return [
        {"source": each.name, "level": each.level, "amount": each.amount, "words": in_words(each)}
        for each in part.in_order()
    ]
