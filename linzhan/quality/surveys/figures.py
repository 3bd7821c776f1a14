"""Figures of satisfaction surveys. ``services.satisfaction`` is of rated records and another figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linzhan.kernel.figures import Formula, Query, fact, figure
from linzhan.quality.surveys.enums import Audience

if TYPE_CHECKING:
    from ibis.expr.types import Table

fact(
    "survey_results",
    columns={
        "id": "uuid",
        "region_code": "string",
        "station_id": "uuid",
        "audience": "string",
        "closed_on": "date",
        "drawn": "int64",
        "answered": "int64",
        "scored": "int64",
        "score_sum": "decimal(12,2)",
    },
    live_sql="""
        SELECT id, region_code::text AS region_code, station_id, audience, closed_on, drawn::bigint AS drawn,
            answered::bigint AS answered, scored::bigint AS scored, score_sum
        FROM quality_surveyresult WHERE about = '站点'
    """,
    registers=("satisfaction-surveys",),
)


def _results(q: Query) -> Table:
    rows = q.fact("survey_results")
    return rows.filter(q.during(rows.closed_on))


def _mean(q: Query, audience: Audience) -> Formula:
    rows = _results(q)
    told = rows.filter(rows.audience == audience.value).filter(rows.scored.notnull())
    return q.ratio(q.sum(told, "score_sum", empty="null"), q.sum(told, "scored", empty="null"), times=1)


@figure(
    "surveys.satisfaction",
    "满意度调查得分",
    "分",
    definition="本期结束的服务对象满意度调查中，评分题的平均分（1—5 分乘以 20）；答卷太少的站点不显示，也不计入合计",
    timing="period",
    known_by="satisfaction-surveys",
)
def satisfaction(q: Query) -> Formula:
    return _mean(q, Audience.RESIDENTS)


@figure(
    "surveys.departments",
    "相关部门满意度",
    "分",
    definition="本期结束的相关部门满意度调查中，指明了站点的答卷评分题的平均分（1—5 分乘以 20）",
    timing="period",
    known_by="satisfaction-surveys",
)
def departments(q: Query) -> Formula:
    return _mean(q, Audience.DEPARTMENTS)


@figure(
    "surveys.response_rate",
    "满意度调查应答率",
    "%",
    definition="本期结束的满意度调查中，答卷数占应访人数的比例",
    timing="period",
    dims=("audience",),
    known_by="satisfaction-surveys",
)
def response_rate(q: Query) -> Formula:
    rows = _results(q)
    return q.ratio(q.sum(rows, "answered"), q.sum(rows, "drawn"))
