"""The administrative divisions: open data, to be read by whoever has an account (NET-13)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from linzhan.interface.callers import require_appointment
from linzhan.interface.problems import not_found
from linzhan.interface.querying import known_only, refused
from linzhan.interface.querying import region as region_code
from linzhan.interface.schemas import LIMIT
from linzhan.kernel import places
from linzhan.territory.api import Region

router = Router(tags=["行政区划"])


class RegionRow(Schema):
    """A division."""

    code: str = Field(description="12 位统计用区划代码", pattern=r"^\d{12}$")
    name: str
    full_path: str
    level: int = Field(description="1 省 2 市 3 县 4 乡镇 5 村")
    parent_code: str | None
    civil_code: str | None = Field(description="民政部门使用的代码")
    valid_from: dt.date | None
    valid_to: dt.date | None = Field(description="撤销的第一天；存续的为空")


class RegionPage(Schema):
    """A page of divisions in the order of their codes."""

    items: list[RegionRow]
    next: str | None = None


class RegionFilters(Schema):
    """The query of the list."""

    limit: int = Field(50, ge=1, le=LIMIT)
    cursor: str = ""
    within: str = Field("", description="只要这个区划及其下级")
    parent: str = Field("", description="只要这个区划的直接下级")
    level: int | None = Field(None, ge=1, le=5)
    name: str = Field("", description="名称，完整匹配")
    on: dt.date | None = Field(None, description="某日存续的；不填包括已撤销的")


@router.get(
    "/regions",
    response={200: RegionPage},
    operation_id="listRegion",
    summary="行政区划：列表",
)
def list_regions(request: HttpRequest, query: Query[RegionFilters]) -> Any:
    require_appointment(request)
    known_only(request.GET, RegionFilters.model_fields)
    rows = Region.objects.all() if query.on is None else Region.objects.on(query.on)
    if query.cursor:
        if not places.is_code(query.cursor):
            raise refused("cursor", "cursor 只能用上一页给出的 next")
        rows = rows.filter(code__gt=query.cursor)
    if query.within:
        rows = rows.within(region_code("within", query.within))
    if query.parent:
        rows = rows.filter(parent_code=region_code("parent", query.parent))
    if query.level:
        rows = rows.filter(level=query.level)
    if query.name:
        rows = rows.filter(name=query.name)
    found = list(rows.order_by("code")[: query.limit + 1])
    page = [_row(each) for each in found[: query.limit]]
    return {"items": page, "next": page[-1]["code"] if len(found) > query.limit else None}


@router.get(
    "/regions/{code}",
    response={200: RegionRow},
    operation_id="getRegion",
    summary="行政区划：一个",
)
def get_region(request: HttpRequest, code: str) -> Any:
    require_appointment(request)
    found = Region.objects.filter(pk=code).first() if places.is_code(code) else None
    if found is None:
        raise not_found()
    return _row(found)


def _row(region: Region) -> dict[str, Any]:
    return {
        "code": region.code,
        "name": region.name,
        "full_path": region.full_path,
        "level": region.level,
        "parent_code": region.parent_code or None,
        "civil_code": region.civil_code or None,
        "valid_from": region.valid_from,
        "valid_to": region.valid_to,
    }
