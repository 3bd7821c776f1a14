"""Background jobs: one's own, their progress, their results."""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _

from linzhan.accounts.api import VIEW_JOBS
from linzhan.kernel.access import SIGNED_IN, needs
from linzhan.kernel.jobs.models import Job, JobState
from linzhan.office import parts
from linzhan.office.frame import running_jobs
from linzhan.office.jobs.showing import own, shown
from linzhan.office.registers.exporting import exports
from linzhan.office.requests import is_part, person

MENU = 6
OVER = (JobState.DONE, JobState.FAILED)


@needs(VIEW_JOBS)
def everything(request: HttpRequest) -> HttpResponse:
    """``/jobs/``: what runs and what ran."""
    context = {
        "head": parts.PageHead(
            name=_("任务"), lead=_("导入、核对和较大的导出在后台进行，可以离开，完成后在这里取结果。")
        ),
        "jobs": [{"job": shown(job), "at": job.ordered_at} for job in own(person(request))],
    }
    return render(request, "office/jobs/list.html", context)


@needs(SIGNED_IN)
def menu(request: HttpRequest) -> HttpResponse:
    """The tasks in the top bar."""
    found = [shown(job) for job in own(person(request), limit=MENU)]
    return render(request, "office/parts/tasks.html", {"jobs": found, "url": "/jobs/"})


@needs(SIGNED_IN)
def count(request: HttpRequest) -> HttpResponse:
    """How many run: the dot in the top bar."""
    running = running_jobs(request)
    return HttpResponse(format_html('<span class="count-dot calm">{}</span>', running) if running else "")


def _own(request: HttpRequest, job_id: UUID) -> Job:
    found = Job.objects.filter(pk=job_id, ordered_by=person(request)).first()
    if found is None:
        raise Http404
    return found


@needs(SIGNED_IN)
def one(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """The progress of one job; the page that waits for its result is told to read itself again."""
    job = _own(request, job_id)
    if not is_part(request):
        context = {
            "head": parts.PageHead(name=job.title, place=_("任务"), place_url="/jobs/"),
            "jobs": [{"job": shown(job)}],
        }
        return render(request, "office/jobs/list.html", context)
    response = render(request, "office/parts/progress.html", {"job": shown(job)})
    if job.state in OVER and _waits(request):
        response["HX-Refresh"] = "true"
    return response


def _waits(request: HttpRequest) -> bool:
    """Whether the page that asks is a wizard, which goes on by itself."""
    return urlsplit(request.headers.get("HX-Current-URL", "")).path.startswith("/import/")


@needs(SIGNED_IN)
def file(request: HttpRequest, job_id: UUID) -> HttpResponseBase:
    """The workbook that an export wrote."""
    job = _own(request, job_id)
    path = exports() / f"{job.pk}.xlsx"
    if job.state != JobState.DONE or not path.exists():
        raise Http404
    name = str((job.result or {}).get("name") or "export.xlsx")
    return FileResponse(path.open("rb"), as_attachment=True, filename=name)
