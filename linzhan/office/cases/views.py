"""The board of cases, the page of one, its folder."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from linzhan.casework.api.cases import (
    EDIT_CASES,
    EXPORT_CASES,
    READ_CASES,
    CaseFile,
    Folder,
    as_pdf,
    as_zip,
    folder_of,
    note_export,
    reopen,
)
from linzhan.kernel.access import needs
from linzhan.kernel.steps import StepRefused
from linzhan.office import parts
from linzhan.office.cases import board as boards
from linzhan.office.cases import showing
from linzhan.office.cases.reading import may_write, readable_case
from linzhan.office.sending import PDF, ZIP, sent, streamed

SHORTEST, LONGEST = 2, 200  # characters of a reason


@needs(READ_CASES)
def board(request: HttpRequest) -> HttpResponse:
    """``/cases/``: the cases of the reader's stations; for a supervisor what waits for them first."""
    today = timezone.localdate()
    tables = [
        boards.waiting_for_me(request),
        boards.under_way(),
        boards.paused(),
        boards.noteless(),
        boards.follow_ups(today),
    ]
    actions = []
    if EDIT_CASES in getattr(request, "rights", frozenset()):
        actions.append(
            parts.Action(label=_("登记个案"), url="/r/case-files/new/", icon="add", style="primary", new=True)
        )
    context = {
        "head": parts.PageHead(name=_("个案工作台"), actions=actions),
        "stages": boards.stages(),
        "tables": [table for table in tables if table is not None],
    }
    return render(request, "office/cases/board.html", context)


@never_cache
@needs(READ_CASES)
def case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """``/cases/<id>/``: a case in one look, for those who may read it."""
    found = readable_case(request, case_id)
    writes = may_write(request, found)
    folder = folder_of(found.pk)
    context = {
        "head": showing.head(request, found, folder.row, writes=writes),
        "line": showing.line(found, folder),
        "goals": showing.goals(folder, writes=writes),
        "sessions": showing.sessions(folder),
        "papers": showing.papers(folder, writes=writes),
        "trend": showing.scale_trend(found),
        "approvals": showing.approvals(folder),
        "register_url": f"/r/case-files/{found.pk}/",
    }
    return render(request, "office/cases/case.html", context)


@never_cache
@needs(EXPORT_CASES)
def folder(request: HttpRequest, case_id: UUID) -> HttpResponseBase:
    """``/cases/<id>/folder/``: what the folder holds and lacks; then the folder, for a reason that goes on record."""
    found = readable_case(request, case_id)
    if not may_write(request, found):
        raise PermissionDenied
    held = folder_of(found.pk)
    reason = request.POST.get("reason", "").strip()[:LONGEST]
    if request.method == "POST" and len(reason) >= SHORTEST:
        return _sent(held, request.POST.get("as", "pdf"), reason)
    error = _("请写明为什么导出") if request.method == "POST" else ""
    context = {
        "head": parts.PageHead(
            name=_("导出卷宗 · %(code)s") % {"code": found.code},
            place=_("个案"),
            place_url=f"/cases/{found.pk}/",
            lead=_("每页印有“内部”、您的姓名和导出时间；谁在什么时候为什么导出，记入查看记录。"),
        ),
        "contents": showing.contents(held.states),
        "reason": parts.Field(
            name="reason",
            label=_("导出理由"),
            value=reason,
            required=True,
            max_length=LONGEST,
            error=error,
            placeholder=_("如 归档、督导会议、服务对象申请查阅"),
        ),
        "attachments": len(held.attachments),
        "back_url": f"/cases/{found.pk}/",
    }
    return render(request, "office/cases/folder.html", context, status=422 if error else 200)


def _sent(held: Folder, kind: str, reason: str) -> HttpResponseBase:
    now = timezone.now()
    note_export(held, reason=reason)
    if kind == "zip":
        return streamed(as_zip(held, now), ZIP, f"{held.name}.zip")
    return sent(as_pdf(held, now), PDF, f"{held.name}.pdf")


@require_POST
@needs(EDIT_CASES)
def reopen_case(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """``/cases/<id>/reopen/``: a new draft, linked to the closed case."""
    found: CaseFile = readable_case(request, case_id)
    try:
        made = reopen(found)
    except StepRefused as refused:
        messages.error(request, str(refused))
        return HttpResponseRedirect(f"/cases/{found.pk}/")
    messages.success(request, _("已重开为新的草稿，原个案的记录不变"))
    return HttpResponseRedirect(f"/cases/{made}/")
