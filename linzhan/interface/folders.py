"""The papers of a purchase as one file (PUR-01, DOC-13)."""

from __future__ import annotations

from typing import Literal
from urllib.parse import quote
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from linzhan.interface.callers import require
from linzhan.interface.problems import not_found
from linzhan.interface.querying import known_only
from linzhan.procurement.api import VIEW_PURCHASES, folder_as_pdf, folder_as_zip, purchase_folder

router = Router(tags=["采购档案"])


class FolderQuery(Schema):
    kind: Literal["pdf", "zip"] = Field("pdf", alias="as", description="pdf 一份；zip 一件一个文件")


@router.get(
    "/purchase-files/{uuid:identity}/folder",
    operation_id="getPurchaseFolder",
    summary="采购卷宗：整套材料",
    description="概况、需求、立项、采购方式、评审、合同、执行、结算和办理过程，按顺序；没有权限看的不列。",
)
def get_folder(request: HttpRequest, identity: UUID, query: Query[FolderQuery]) -> HttpResponseBase:
    require(request, VIEW_PURCHASES)
    known_only(request.GET, ["as"])
    try:
        held = purchase_folder(identity, rights=getattr(request, "rights", frozenset()))
    except LookupError:
        raise not_found() from None
    now = timezone.now()
    if query.kind == "zip":
        answer: HttpResponseBase = StreamingHttpResponse(
            folder_as_zip(held, now), content_type="application/zip"
        )
    else:
        answer = HttpResponse(folder_as_pdf(held, now), content_type="application/pdf")
    name = quote(f"{held.file_name}.{query.kind}")
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer
