"""May an institution bid: every check with number, base and clause (PUR-15, FIL-07)."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from linzhan.interface.callers import require
from linzhan.interface.problems import not_found
from linzhan.interface.querying import known_only
from linzhan.interface.querying import region as region_code
from linzhan.interface.stepping import CheckSaid
from linzhan.providers.api import VIEW_STANDING, Provider, standing_checks, verdict

router = Router(tags=["承接机构"])


class StandingQuery(Schema):
    """Where, when and of whom."""

    region: str = Field("", description="在哪里承接：区划代码或名称路径；不填为机构登记地")
    on: dt.date | None = Field(None, description="哪一天；不填为今天")
    purchaser: str = Field("", max_length=200, description="购买方名称；填写后核对对它的禁入")


class Standing(Schema):
    """The gravest outcome and every check behind it."""

    provider: UUID
    region: str
    on: dt.date
    outcome: str = Field(description="通过、提醒、无从判断、不得办理")
    checks: list[CheckSaid]


@router.get(
    "/providers/{uuid:identity}/standing",
    response={200: Standing},
    operation_id="getProviderStanding",
    summary="承接机构：资格一览",
    description="能不能在这里承接，不能的写明数值、基数和依据条款；没有规定的地方没有这一项。",
)
def get_standing(request: HttpRequest, identity: UUID, query: Query[StandingQuery]) -> Any:
    require(request, VIEW_STANDING)
    known_only(request.GET, StandingQuery.model_fields)
    home = Provider.objects.filter(pk=identity).values_list("region_code", flat=True).first()
    if home is None:
        raise not_found()
    region = region_code("region", query.region) if query.region else home
    on = query.on or timezone.localdate()
    found = standing_checks(identity, region=region, on=on, purchaser=query.purchaser)
    return {
        "provider": identity,
        "region": region,
        "on": on,
        "outcome": verdict(found).value,
        "checks": [each.told() for each in found],
    }
