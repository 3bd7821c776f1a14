"""A round as it is computed, and what stands behind one result (EVL-05, EVL-10)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from linzhan.interface.callers import require
from linzhan.interface.problems import Problem, not_found
from linzhan.interface.querying import known_only
from linzhan.quality.api import (
    VIEW_SCORES,
    EvaluationRound,
    RoundFault,
    RoundSubject,
    as_json,
    compute,
)

router = Router(tags=["评估轮次"])
LARGEST = 500


class ResultsQuery(Schema):
    """Which part of a round."""

    limit: int = Field(100, ge=1, le=LARGEST, description="一次最多多少个评估对象")
    after: str = Field("", max_length=64, description="从这个对象序号之后开始")


class RoundResults(Schema):
    """The document of ``linzhan evaluate --json``, a page at a time."""

    round: dict[str, Any]
    scheme: dict[str, Any]
    frozen: bool = Field(description="是否按锁定的证据计算；否为按现有数据试算")
    as_of: str | None
    digest: str = Field(description="锁定的方案和证据的摘要")
    subjects: list[dict[str, Any]] = Field(description="按序号排列：得分、等级、逐项得分和依据")
    next_after: str | None = Field(description="下一页从哪个序号之后开始；没有下一页时为空")


@router.get(
    "/evaluation-rounds/{uuid:identity}/results",
    response={200: RoundResults},
    operation_id="getEvaluationRoundResults",
    summary="评估轮次：逐个对象的得分和依据",
    description="评分开始前按现有数据试算，之后只按锁定的证据计算；每一项都带它的依据。",
)
def get_results(request: HttpRequest, identity: UUID, query: Query[ResultsQuery]) -> Any:
    require(request, VIEW_SCORES)
    known_only(request.GET, ResultsQuery.model_fields)
    held = EvaluationRound.objects.filter(pk=identity).first()
    if held is None:
        raise not_found()
    rows = RoundSubject.objects.filter(round=held, code__gt=query.after).order_by("code")
    ids = list(rows.values_list("pk", flat=True)[: query.limit + 1])
    try:
        found = as_json(compute(held, only=ids[: query.limit]))
    except RoundFault as fault:
        raise Problem("conflict", str(fault)) from None
    more = len(ids) > query.limit
    return {**found, "next_after": found["subjects"][-1]["number"] if more else None}
