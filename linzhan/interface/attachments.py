"""Photos and signatures in pieces: ``PUT attachments/{id}`` with the bytes of one, until all are there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import Field

from linzhan.accounts.api import SYNC
from linzhan.interface.callers import require
from linzhan.interface.problems import Problem, not_found
from linzhan.interface.querying import known_only
from linzhan.interface.sync import reader_of
from linzhan.kernel.files.models import Attachment
from linzhan.kernel.files.receiving import (
    LARGEST,
    PIECE,
    FileRefused,
    OtherContent,
    picture_of,
    take_piece,
    visible,
)
from linzhan.kernel.registers.declare import REGISTERS

router = Router(tags=["附件"])


class PieceQuery(Schema):
    """Which piece of which file of which row."""

    offset: int = Field(ge=0, description="这一段从第几个字节开始")
    total: int = Field(ge=1, le=LARGEST, description="整个文件多少字节")
    kind: str = Field(description="photo 或 signature")
    of: str = Field(max_length=64, description="所属记录的台账，如 service-records")
    row: UUID = Field(description="所属记录的 id")
    name: str = Field("", max_length=128)
    purpose: str = Field("", max_length=128, description="拍摄用途")


class Progress(Schema):
    """How far a file is."""

    id: UUID
    received: int
    size: int
    complete: bool


@router.put(
    "/attachments/{uuid:identity}",
    response={200: Progress},
    operation_id="putAttachment",
    summary="附件：传一段",
    description=f"请求体是原始字节，每段最多 {PIECE} 字节；断了从 received 接着传，重复的一段无妨。",
)
def put_piece(request: HttpRequest, identity: UUID, query: Query[PieceQuery]) -> Any:
    known_only(request.GET, PieceQuery.model_fields)
    if query.of not in REGISTERS:
        raise Problem("invalid", _("没有这个台账：%(of)s") % {"of": query.of})
    require(request, REGISTERS[query.of].edit)
    if "\x00" in query.name + query.purpose:
        raise Problem("invalid", _("含有无法保存的字符"))
    try:
        found = take_piece(
            identity,
            request.body,
            offset=query.offset,
            total=query.total,
            kind=query.kind,
            register=query.of,
            row_id=query.row,
            name=query.name,
            purpose=query.purpose,
            reader=reader_of(request),
        )
    except OtherContent as refused:
        raise Problem("conflict", str(refused)) from None
    except FileRefused as refused:
        raise Problem("invalid", str(refused)) from None
    return _progress(found)


@router.get(
    "/attachments/{uuid:identity}",
    response={200: Progress},
    operation_id="getAttachment",
    summary="附件：已收到多少",
)
def get_progress(request: HttpRequest, identity: UUID) -> Any:
    require(request, SYNC)
    found = Attachment.objects.filter(pk=identity).first()
    if found is None:
        raise not_found()
    return _progress(found)


@router.get(
    "/attachments/{uuid:identity}/content",
    response={200: bytes},
    operation_id="getAttachmentContent",
    summary="附件：图片",
)
def get_content(request: HttpRequest, identity: UUID) -> HttpResponse:
    found = visible(identity)
    if found is None:
        raise not_found()
    require(request, REGISTERS[found.register].view)
    picture, media_type = picture_of(found)
    return HttpResponse(picture, content_type=media_type, headers={"Cache-Control": "private, no-store"})


def _progress(found: Attachment) -> dict[str, Any]:
    return {
        "id": found.pk,
        "received": found.received,
        "size": found.size,
        "complete": found.completed_at is not None,
    }
