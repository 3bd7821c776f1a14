"""Workbooks over HTTP: a small one is imported at once, a big one by the worker.

Either way it is a job of the caller's, with the document of ``linzhan import --json`` as its result;
identity numbers among the keys and in the messages are masked, because results are kept.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from linzhan.accounts.api import IMPORT
from linzhan.interface.callers import require
from linzhan.interface.problems import Problem, not_found
from linzhan.interface.querying import cursor_after, known_only, page
from linzhan.interface.schemas import LIMIT
from linzhan.kernel import masking, places
from linzhan.kernel.ids import uuid7
from linzhan.kernel.jobs.models import Job, JobState
from linzhan.kernel.jobs.running import JobFault, Progress, job, order
from linzhan.kernel.registers.attributes import SECRET_KINDS
from linzhan.kernel.registers.declare import REGISTERS, by_sheet
from linzhan.kernel.registers.runs import uploads
from linzhan.kernel.registers.workbook import Report, import_workbook
from linzhan.kernel.scope import current_actor, current_scope
from linzhan.kernel.sheets.guard import WorkbookRefused

router = Router(tags=["导入"])
KIND = "interface.import"
AT_ONCE = 1_000_000  # bytes of a workbook that is imported while the caller waits
ERRORS_SHOWN = 1_000  # of one sheet
_NUMBERS = re.compile(r"\d{15,17}[\dXx]")


class RowError(Schema):
    """What is wrong with a cell."""

    row: int
    key: str
    column: str
    message: str


class SheetResult(Schema):
    """What became of the rows of one tab; rows = created + updated + unchanged + rejected."""

    sheet: str
    tab: str
    rows: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    unknown_columns: list[str]
    errors: list[RowError] = Field(description=f"每张表最多 {ERRORS_SHOWN} 条")


class ImportResult(Schema):
    """The document of ``linzhan import --json``; ``left_out`` are sheets the caller has no right to write."""

    file: str
    dry_run: bool
    sheets: list[SheetResult]
    unknown_sheets: list[str]
    left_out: list[str]


class ImportJob(Schema):
    """An import and how far it is."""

    id: UUID
    state: str = Field(description="waiting、running、done 或 failed")
    file: str
    dry_run: bool
    done: int
    total: int
    message: str
    result: ImportResult | None = None


class ImportPage(Schema):
    """A page of imports."""

    items: list[ImportJob]
    next: str | None = None


class PageQuery(Schema):
    """The query of the list."""

    limit: int = Field(50, ge=1, le=LIMIT)
    cursor: str = ""


@router.post(
    "/imports",
    response={201: ImportJob, 202: ImportJob},
    operation_id="createImport",
    summary="导入工作簿",
    description="小文件当场导入(201)，大文件排队导入(202，凭 Location 查看进度)。重复导入同一文件不会改变什么。",
)
def create_import(
    request: HttpRequest,
    response: HttpResponse,
    file: File[UploadedFile],
    dry_run: Form[bool] = False,  # noqa: FBT002 -- a field of the form
) -> Any:
    require(request, IMPORT)
    size = file.size or 0
    if size > settings.UPLOAD_LIMIT:
        raise Problem(
            "too-large",
            _("文件超过 %(n)s MB，请分成几个文件导入") % {"n": settings.UPLOAD_LIMIT // 1_000_000},
        )
    rights: frozenset[str] = request.rights  # type: ignore[attr-defined]
    payload = {
        "upload": str(uuid7()),
        "file": Path(file.name or "").name[:200],
        "dry_run": dry_run,
        "leave_out": [entry.key for entry in REGISTERS if entry.edit not in rights],
    }
    path = _path(payload)
    _keep(file, path)
    try:
        made = _at_once(payload) if size <= AT_ONCE else order(KIND, f"导入 {payload['file']}", payload)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    response["Location"] = f"{request.path}/{made.pk}"
    return Status(201 if made.state == JobState.DONE else 202, _shown(made))


@router.get("/imports", response={200: ImportPage}, operation_id="listImport", summary="导入：列表")
def list_imports(request: HttpRequest, query: Query[PageQuery]) -> Any:
    require(request, IMPORT)
    known_only(request.GET, PageQuery.model_fields)
    rows, limit = page(_own(), limit=query.limit, cursor=query.cursor)
    found = list(rows)
    return {
        "items": [_shown(each) for each in found[:limit]],
        "next": cursor_after(found[limit - 1].pk) if len(found) > limit else None,
    }


@router.get(
    "/imports/{uuid:identity}",
    response={200: ImportJob},
    operation_id="getImport",
    summary="导入：一次",
)
def get_import(request: HttpRequest, identity: UUID) -> Any:
    require(request, IMPORT)
    found = _own().filter(pk=identity).first()
    if found is None:
        raise not_found()
    return _shown(found)


@job(KIND)
def work(payload: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Import what was uploaded, as whoever uploaded it; the file is done with afterwards."""
    path = _path(payload)
    if not path.exists():
        raise JobFault("这次导入的文件已经不在了，请重新上传")
    try:
        found = _imported(payload, path, progress)
    except WorkbookRefused as refused:
        path.unlink(missing_ok=True)
        raise JobFault(str(refused)) from refused
    transaction.on_commit(lambda: path.unlink(missing_ok=True))
    return found


def _at_once(payload: Mapping[str, Any]) -> Job:
    """Import now, and keep the result as a job that is done."""
    path = _path(payload)
    try:
        result = _imported(payload, path, None)
    except WorkbookRefused as refused:
        raise Problem("unreadable-file", str(refused)) from refused
    path.unlink(missing_ok=True)
    scope, now = current_scope(), timezone.now()
    rows = sum(sheet["rows"] for sheet in result["sheets"])
    return Job.objects.create(
        kind=KIND,
        title=f"导入 {payload['file']}",
        payload=dict(payload),
        state=JobState.DONE,
        result=result,
        done=rows,
        total=rows,
        region_code=scope.regions[0] if scope.regions else places.NATION,
        ordered_by=current_actor().id or None,
        started_at=now,
        ended_at=now,
    )


def _imported(payload: Mapping[str, Any], path: Path, report: Report | None) -> dict[str, Any]:
    left_out = payload["leave_out"]
    found = import_workbook(
        path, name=payload["file"], dry_run=payload["dry_run"], report=report, leave_out=left_out
    ).as_json()
    for sheet in found["sheets"]:
        secret = by_sheet(sheet["sheet"]).sheet.keys[0].kind in SECRET_KINDS
        sheet["errors"] = [_kept(error, secret=secret) for error in sheet["errors"][:ERRORS_SHOWN]]
    return {**found, "left_out": [REGISTERS[key].name for key in left_out]}


def _kept(error: Mapping[str, Any], *, secret: bool) -> dict[str, Any]:
    message = _NUMBERS.sub(lambda found: masking.mask_identity(found[0]), error["message"])
    return {
        **error,
        "message": message,
        "key": masking.mask_identity(error["key"]) if secret else error["key"],
    }


def _path(payload: Mapping[str, Any]) -> Path:
    return uploads() / f"{UUID(payload['upload'])}.xlsx"


def _keep(file: UploadedFile, path: Path) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as kept:
        for chunk in file.chunks():
            kept.write(chunk)


def _own() -> Any:
    """The caller's own imports."""
    return Job.objects.filter(kind=KIND, ordered_by=current_actor().id or None)


def _shown(made: Job) -> dict[str, Any]:
    return {
        "id": made.pk,
        "state": made.state,
        "file": made.payload["file"],
        "dry_run": made.payload["dry_run"],
        "done": made.done,
        "total": made.total,
        "message": made.message,
        "result": made.result,
    }
