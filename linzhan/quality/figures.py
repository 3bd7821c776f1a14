"""The figures of evaluation results (``contract/figures.md``, evaluation.*; EVL-01, EVL-10)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linzhan.kernel.figures import Formula, Query, fact, figure
from linzhan.quality.enums import PASSED

if TYPE_CHECKING:
    from ibis.expr.types import Table

fact(
    "evaluations",
    columns={
        "id": "uuid",
        "region_code": "string",
        "station_id": "uuid",
        "kind": "string",
        "subject": "string",
        "subject_key": "string",
        "score": "decimal(8,2)",
        "grade": "string",
        "evaluated_on": "date",
    },
    live_sql="""
        SELECT id, region_code::text AS region_code, station_id, kind, subject_kind AS subject,
            subject_kind || '/' || coalesce(subject_id::text, subject_code::text) AS subject_key, score, grade,
            evaluated_on
        FROM quality_evaluationresult
    """,
)


def _results(q: Query) -> Table:
    rows = q.fact("evaluations")
    return rows.filter(q.during(rows.evaluated_on))


@figure(
    "evaluation.subjects",
    "评估对象数",
    "个",
    definition="评估日期在本期的评估对象数，同一对象只计一次；可按评估类型、对象类型拆分",
    timing="period",
    dims=("kind", "subject"),
    known_by="evaluations",
)
def subjects(q: Query) -> Formula:
    return q.count(_results(q), "subject_key")


@figure(
    "evaluation.passed_rate",
    "评估合格率",
    "%",
    definition="本期评估结果中等级为优秀、良好、合格的所占比例",
    timing="period",
    dims=("kind", "subject"),
    known_by="evaluations",
)
def passed_rate(q: Query) -> Formula:
    rows = _results(q)
    return q.share(rows.mutate(met=rows.grade.isin([grade.value for grade in PASSED])), "met")


@figure(
    "evaluation.mean_score",
    "评估平均分",
    "分",
    definition="本期有得分的评估结果的平均分",
    timing="period",
    dims=("kind", "subject"),
    known_by="evaluations",
)
def mean_score(q: Query) -> Formula:
    return q.mean(_results(q), "score")
