"""The import wizard: upload, recognise, check, import, result; each step can be left and resumed."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from django.contrib import messages
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linzhan.accounts.api import IMPORT
from linzhan.kernel.access import needs
from linzhan.kernel.jobs.cleaning import kept_until
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.runs import ImportRun, Stage
from linzhan.kernel.sheets.guard import WorkbookRefused
from linzhan.kernel.sheets.writing import write_template
from linzhan.office import parts
from linzhan.office.imports import running, steps
from linzhan.office.jobs.showing import shown
from linzhan.office.requests import at_desk, person


@needs(IMPORT)
def start(request: HttpRequest) -> HttpResponse:
    """``/import/``: take a file, or go on with an earlier one."""
    error = ""
    if request.method == "POST":
        upload = request.FILES.get("file")
        try:
            if upload is None:
                raise WorkbookRefused(_("请先选择一个 .xlsx 文件"))
            return HttpResponseRedirect(f"/import/{running.received(upload).pk}/")
        except WorkbookRefused as refused:
            error = str(refused)
    context = {
        "head": parts.PageHead(
            name=_("导入工作簿"), lead=_("把县里现有的台账一次带进来；写入之前，先逐行核对给您看。")
        ),
        "steps": steps.steps(None),
        "error": error,
        "table": steps.runs_table(running.own_runs(person(request))),
    }
    return render(request, "office/imports/start.html", context, status=422 if error else 200)


def _own(request: HttpRequest, run_id: UUID) -> ImportRun:
    """The reader's own import; anybody else's does not exist."""
    found = ImportRun.objects.filter(pk=run_id, ordered_by=person(request)).first()
    if found is None:
        raise Http404
    return found


@needs(IMPORT)
def run(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """``/import/<id>/``: the step at which the import stands."""
    found = _own(request, run_id)
    left_out = running.left_out(found, at_desk(request).rights)
    job = running.job_of(found)
    told = found.imported or found.checked
    context = {
        "head": parts.PageHead(name=found.file_name, place=_("导入工作簿"), place_url="/import/"),
        "run": found,
        "stage": found.stage,
        "steps": steps.steps(found, job),
        "job": shown(job) if job and found.stage in (Stage.CHECKING, Stage.IMPORTING) else None,
        "failed": running.failed(job) and found.stage in (Stage.CHECKING, Stage.IMPORTING),
        "notices": steps.recognised_notices(found, left_out),
        "recognised": steps.recognised_table(found, left_out),
        "counts": steps.counts_table(told, _("各表结果")) if told else None,
        "errors": steps.errors_table(told) if told else None,
        "rejected": steps.rejected(told),
        "accepted": steps.accepted(told),
        "errors_until": kept_until(found.errors_path),
        "upload_until": kept_until(found.path),
    }
    return render(request, "office/imports/run.html", context)


@require_POST
@needs(IMPORT)
def check(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Order the check: everything is tried, nothing is written."""
    running.start_check(_own(request, run_id), at_desk(request).rights)
    return HttpResponseRedirect(f"/import/{run_id}/")


@require_POST
@needs(IMPORT)
def write(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Order the import of what was checked."""
    running.start_import(_own(request, run_id), at_desk(request).rights)
    return HttpResponseRedirect(f"/import/{run_id}/")


@require_POST
@needs(IMPORT)
def discard(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """Take the file and its results away; what was imported stays."""
    running.discard(_own(request, run_id))
    messages.success(request, _("已移除；已经导入的数据不受影响"))
    return HttpResponseRedirect("/import/")


@needs(IMPORT)
def errors(request: HttpRequest, run_id: UUID) -> HttpResponseBase:
    """The rejected rows in their own layout, with what is wrong in a last column."""
    found = _own(request, run_id)
    if not found.errors_path.exists():
        raise Http404
    name = _("%(file)s-退回的行.xlsx") % {"file": Path(found.file_name).stem}
    return FileResponse(found.errors_path.open("rb"), as_attachment=True, filename=name)


@needs(IMPORT)
def template(request: HttpRequest) -> HttpResponseBase:
    """The empty workbook: sheets that the reader may write, with notes and lists to choose from."""
    rights = at_desk(request).rights
    sheets = [entry.sheet for entry in REGISTERS if entry.edit in rights]
    with TemporaryDirectory(prefix="linzhan-") as directory:
        path = Path(directory) / "template.xlsx"
        write_template(path, sheets)
        return FileResponse(path.open("rb"), as_attachment=True, filename=_("开站工作簿.xlsx"))
