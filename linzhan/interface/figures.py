"""Figures over HTTP: the objects of ``linzhan figures --json`` and the rows behind a number."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from linzhan.accounts.api import VIEW_FIGURES
from linzhan.interface.callers import require
from linzhan.interface.problems import Problem, not_found
from linzhan.interface.querying import known_only, refused, region_asked
from linzhan.interface.schemas import LIMIT
from linzhan.kernel.figures import asking, store
from linzhan.kernel.figures.definitions import FIGURES, Figure, catalogue
from linzhan.kernel.figures.running import FigureFault, FigureRequest, can_be_cut
from linzhan.kernel.periods import Period, PeriodFault, parse_period
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.scope import ScopeViolation

router = Router(tags=["指标"])
OPEN_TEXTS = frozenset(
    {
        "id",
        "region_code",
        "case_code",
        "category",
        "conclusion",
        "employment",
        "grade",
        "head",
        "item",
        "kind",
        "level",
        "method",
        "occasion",
        "outcome",
        "post",
        "purchaser_level",
        "risk",
        "rule",
        "severity",
        "source",
        "sponsor_level",
        "stage",
        "status",
        "task",
        "tier",
        "type",
        "urgency",
    }
)
"""Text columns of facts that name no person; others stay inside."""


class FigureAnswer(Schema):
    """One number that can be defended (``contract/figures.md``); not rounded, null where it is not known."""

    figure: str
    name: str
    region: str
    period: str | None
    as_of: dt.date
    dims: dict[str, str | int | float | None]
    value: int | float | None
    unit: str
    numerator: int | float | None
    denominator: int | float | None
    stated: bool
    computed_at: dt.datetime
    station: str | None = None
    project: str | None = None


class FigureDefinition(Schema):
    """What a figure means."""

    figure: str
    name: str
    unit: str
    definition: str
    timing: Literal["date", "period"] = Field(description="date：期末时点；period：期间累计")
    dims: list[str]


class FigureQuery(Schema):
    """What is asked, as on the command line."""

    figure: list[str] = Field([], description="指标编号，可多个；不填为全部")
    region: str = Field("", description="区划代码或名称路径；默认本人辖区")
    period: str = Field(
        "", description="2021、2021H1、2021Q3、2021-06、2021-W23、2021-06-05 或 A..B；默认今年到今天"
    )
    as_of: dt.date | None = Field(None, description="截至日期；默认时段的最后一天")
    by: Literal["", "region", "station", "project"] = ""
    split: list[str] = Field([], description="按维度细分")
    station: UUID | None = Field(None, description="只算一个站点的记录")


class RowsQuery(Schema):
    """Which number's rows."""

    region: str = ""
    period: str = ""
    as_of: dt.date | None = None
    station: UUID | None = None
    below: bool = Field(default=False, description="比率的分母一侧")
    limit: int = Field(50, ge=1, le=LIMIT)
    cursor: str = ""


class RowsPage(Schema):
    """The rows a number was counted from, without what names a person."""

    items: list[dict[str, Any]]
    next: str | None = None


@router.get(
    "/figures",
    response={200: list[FigureAnswer]},
    operation_id="listFigure",
    summary="计算指标",
    exclude_unset=True,
)
def list_figures(request: HttpRequest, query: Query[FigureQuery]) -> Any:
    require(request, VIEW_FIGURES)
    known_only(request.GET, FigureQuery.model_fields)
    return [value.as_json() for value in _answered(lambda: _computed(request, query))]


@router.get(
    "/figures/{key}",
    response={200: FigureDefinition},
    operation_id="getFigure",
    summary="一个指标的口径",
)
def get_figure(request: HttpRequest, key: str) -> Any:
    require(request, VIEW_FIGURES)
    figure = _figure(key)
    return {
        "figure": figure.key,
        "name": figure.name,
        "unit": figure.unit,
        "definition": figure.definition,
        "timing": figure.timing,
        "dims": list(figure.all_dims),
    }


@router.get(
    "/figures/{key}/rows",
    response={200: RowsPage},
    operation_id="listFigureRows",
    summary="数字背后的记录",
)
def list_rows(request: HttpRequest, key: str, query: Query[RowsQuery]) -> Any:
    require(request, VIEW_FIGURES)
    known_only(request.GET, RowsQuery.model_fields)
    figure = _figure(key)
    for name in store.registers_of(figure.key, asking.engine()):
        if name in REGISTERS:
            require(request, REGISTERS[name].view)
    asked = _request(request, figure.key, query, by="", split=())
    rows = _answered(
        lambda: asking.rows_behind(
            asked, limit=query.limit + 1, after=_plain(query.cursor), below=query.below
        )
    )
    items = [{name: value for name, value in row.items() if _is_open(name, value)} for row in rows]
    more = len(items) > query.limit
    return {"items": items[: query.limit], "next": str(rows[query.limit - 1]["id"]) if more else None}


def _figure(key: str) -> Figure:
    if key not in FIGURES:
        raise not_found()
    return FIGURES[key]


def _computed(request: HttpRequest, query: FigureQuery) -> Any:
    engine = asking.engine()
    split = tuple(query.split)
    for key in query.figure:
        _figure(key)
    asked = _request(request, "", query, by=query.by, split=split)
    named = [FIGURES[key] for key in dict.fromkeys(query.figure)] or [
        figure
        for figure in catalogue()
        if (asked.period or figure.timing == "date") and can_be_cut(figure, engine, by=query.by, split=split)
    ]
    values = asking.compute(
        (_request(request, figure.key, query, by=query.by, split=split) for figure in named), engine
    )
    if query.by or query.split or query.station:
        return values
    period = asked.period.text if asked.period else ""
    typed = store.stated(asked.region, period=period, as_of=asked.as_of)
    return values + [value for value in typed if not query.figure or value.figure in query.figure]


def _request(
    request: HttpRequest, figure: str, query: FigureQuery | RowsQuery, *, by: str, split: tuple[str, ...]
) -> FigureRequest:
    period, as_of = _dates(query)
    return FigureRequest(
        figure=figure,
        region=region_asked(request, query.region),
        period=period,
        as_of=as_of,
        by=by,
        split=split,
        only={"station_id": str(query.station)} if query.station else {},
    )


def _dates(query: FigureQuery | RowsQuery) -> tuple[Period | None, dt.date | None]:
    """The period and the date asked; with neither, this year up to today."""
    if not query.period and query.as_of is None:
        today = timezone.localdate()
        return parse_period(str(today.year)), today
    try:
        return (parse_period(query.period) if query.period else None), query.as_of
    except PeriodFault as fault:
        raise refused("period", str(fault)) from None


def _answered(ask: Any) -> Any:
    """The answer, or the question's fault as a problem; a fault of the database leaves the request whole."""
    try:
        with transaction.atomic():
            return ask()
    except ScopeViolation:
        raise Problem("not-allowed", _("这个地方不全在您的管辖范围内；按站点查看请加参数 station")) from None
    except FigureFault as fault:
        raise Problem("invalid", str(fault)) from None


def _plain(cursor: str) -> str:
    if "\x00" in cursor or any("\ud800" <= each <= "\udfff" for each in cursor):
        raise refused("cursor", _("cursor 只能用上一页给出的 next"))
    return cursor


def _is_open(name: str, value: object) -> bool:
    return name in OPEN_TEXTS or not isinstance(value, str)
