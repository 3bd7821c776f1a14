"""Whether a worker may be assigned, before anything is written: the checks of the place (RSK-02, FIL-07); what was not filed (FIL-04)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from linzhan.interface.callers import require
from linzhan.interface.problems import not_found
from linzhan.interface.stepping import CheckSaid
from linzhan.workforce.api import (
    VIEW_VETTINGS,
    VIEW_WORKERS,
    WATCH_FILINGS,
    SocialWorker,
    Unfiled,
    assignment_checks,
    unfiled,
)

router = Router(tags=["社工"])


class Wanted(Schema):
    """What the worker is wanted for."""

    on: dt.date | None = Field(None, description="哪一天起；不填为今天")
    with_minors: bool = Field(default=False, description="接触未成年人；须有查看从业查询结果的权限")
    share: Decimal | None = Field(None, ge=0, le=100, description="在这个项目投入的百分比")
    project: UUID | None = Field(None, description="项目的 id；本人已在这个项目上的不重复计")
    runs: bool | None = Field(None, description="是否主责")


@router.get(
    "/workers/{uuid:identity}/checks",
    response={200: list[CheckSaid]},
    operation_id="checkSocialWorker",
    summary="社工：任用核对",
    description="按社工所在地的规定逐项核对，给出数值、限度和依据条款；没有规定的地方没有这一项。",
)
def checks(request: HttpRequest, identity: UUID, wanted: Query[Wanted]) -> Any:
    require(request, VIEW_WORKERS)
    if wanted.with_minors:
        require(request, VIEW_VETTINGS)
    region = SocialWorker.objects.filter(pk=identity).values_list("region_code", flat=True).first()
    if region is None:
        raise not_found()
    found = assignment_checks(
        identity,
        region=region,
        on=wanted.on or timezone.localdate(),
        with_minors=wanted.with_minors,
        share=wanted.share,
        project_id=wanted.project,
        runs=wanted.runs,
    )
    return [each.told() for each in found]


class UnfiledSaid(Schema):
    """One hire, leaving, change of post or team of a project that had to be filed and was not."""

    occasion: str = Field(description="项目立项、入职、岗位变动、离职")
    happened_on: dt.date
    due_on: dt.date = Field(description="按当地规定的最后一天")
    late_days: int = Field(description="逾期天数；还在期限内的为 0")
    citation: str = Field(description="期限的依据")
    region_code: str
    provider_id: UUID | None
    station_id: UUID | None
    worker_id: UUID | None
    project_id: UUID | None


@router.get(
    "/filings/unfiled",
    response={200: list[UnfiledSaid]},
    operation_id="listUnfiled",
    summary="社工：应备案未备案",
    description="入职、离职按社工登记自动查找；岗位变动和项目团队只在当地文件要求备案的地方查找。按期限先后。",
)
def overdue(request: HttpRequest, provider: UUID | None = None) -> list[Unfiled]:
    require(request, WATCH_FILINGS)
    return unfiled(timezone.localdate(), provider=provider)
