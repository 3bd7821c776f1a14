"""The list of contracts by how far they lag, and the projects that have no purchase file."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from linzhan.kernel.access import needs
from linzhan.office import parts
from linzhan.office.purchasing.showing import progress_rows, unfiled_table
from linzhan.office.requests import at_desk
from linzhan.office.sending import PDF, ZIP, sent, streamed
from linzhan.procurement.api import (
    EDIT_PURCHASES,
    VIEW_PROGRESS,
    VIEW_PURCHASES,
    ProjectProgress,
    ServiceProject,
    folder_as_pdf,
    folder_as_zip,
    open_afterwards,
    purchase_folder,
    unfiled,
)

PAGE: Final = 50
AT_ONCE: Final = 2000
SHOWN: Final = (
    ("", gettext_lazy("全部")),
    ("behind", gettext_lazy("慢于时间")),
    ("milestones", gettext_lazy("有逾期里程碑")),
)


@needs(VIEW_PROGRESS)
@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """``/progress/``: running contracts, the one that lags most first (TGT-12, PUR-27)."""
    show = request.GET.get("show", "")
    rows = _after(_shown(show), request.GET.get("after", ""))
    found = list(rows.order_by(F("lag").asc(nulls_last=True), "pk")[: PAGE + 1])
    more = found[PAGE:]
    table = progress_rows(found[:PAGE])
    if more:
        table = _with_next(table, found[PAGE - 1], show)
    context = {
        "head": parts.PageHead(
            name=_("项目进度"),
            lead=_("完成率落后时间最多的在前；每小时重新计数，打开项目的“进度”看此刻的数"),
        ),
        "filters": parts.Filters(
            fields=[
                parts.Field(
                    name="show", label=_("显示"), kind="select", value=show,
                    choices=[(key, str(word)) for key, word in SHOWN[1:]], blank=str(SHOWN[0][1]),
                )
            ],
            action=reverse("office:progress"),
            clear_url=reverse("office:progress") if show else "",
        ),
        "table": table,
    }  # fmt: skip
    return render(request, "office/purchasing/list.html", context)


def _shown(show: str) -> QuerySet[ProjectProgress]:
    rows = ProjectProgress.objects.all()
    if show == "behind":
        return rows.filter(lag__lt=1)
    return rows.filter(late_milestones__gt=0) if show == "milestones" else rows


def _after(rows: QuerySet[ProjectProgress], mark: str) -> QuerySet[ProjectProgress]:
    """The rows behind ``mark`` (lag and id of the last one shown)."""
    lag, _sign, identity = mark.partition("_")
    try:
        last = UUID(identity)
        value = Decimal(lag) if lag else None
    except (ValueError, InvalidOperation):
        return rows
    if value is None:
        return rows.filter(lag__isnull=True, pk__gt=last)
    return rows.filter(Q(lag__gt=value) | Q(lag=value, pk__gt=last) | Q(lag__isnull=True))


def _with_next(table: parts.Table, last: ProjectProgress, show: str) -> parts.Table:
    mark = f"{'' if last.lag is None else last.lag}_{last.pk}"
    query = urlencode({"after": mark, **({"show": show} if show else {})})
    pager = parts.Pager(next_url=f"{reverse('office:progress')}?{query}", text=_("本页 %d 个") % PAGE)
    return parts.Table(
        caption=table.caption, columns=table.columns, rows=table.rows, pager=pager, empty=table.empty
    )


@needs(EDIT_PURCHASES)
@require_safe
def without_file(request: HttpRequest) -> HttpResponse:
    """``/purchases/unfiled/``: 已有项目，补建采购档案."""
    rows: QuerySet[Any] = unfiled().order_by("-starts_on", "-pk")
    found = list(rows[: PAGE + 1])
    actions = []
    if found:
        actions.append(
            parts.Action(
                label=_("全部补建"), url=reverse("office:file-all"), post=True, style="primary",
                confirm=_("给这些已有项目各建一份采购档案，从它们现在的状态开始；项目台账不变"),
            )
        )  # fmt: skip
    head = parts.PageHead(
        name=_("补建采购档案"),
        count=_("前 %d 个") % PAGE if len(found) > PAGE else _("共 %d 个") % len(found),
        lead=_("这些项目是导入的，没有采购档案。补建以后，评估、结算、续签和变更都在档案里办理。"),
        actions=actions,
    )
    return render(
        request, "office/purchasing/list.html", {"head": head, "table": unfiled_table(found[:PAGE])}
    )


@never_cache
@needs(VIEW_PURCHASES)
@require_safe
def folder(request: HttpRequest, purchase_id: UUID) -> HttpResponseBase:
    """``/purchases/<id>/folder/``: every paper of a purchase as one PDF, with ``?as=zip`` each by itself."""
    try:
        held = purchase_folder(purchase_id, rights=at_desk(request).rights)
    except LookupError:
        raise Http404 from None
    now = timezone.now()
    if request.GET.get("as") == "zip":
        return streamed(folder_as_zip(held, now), ZIP, f"{held.file_name}.zip")
    return sent(folder_as_pdf(held, now), PDF, f"{held.file_name}.pdf")


@require_POST
@needs(EDIT_PURCHASES)
def file_all(request: HttpRequest) -> HttpResponse:
    _tell(request, list(unfiled().order_by("pk")[:AT_ONCE]))
    return HttpResponseRedirect(reverse("office:unfiled"))


@require_POST
@needs(EDIT_PURCHASES)
def file_one(request: HttpRequest, project_id: UUID) -> HttpResponse:
    found = ServiceProject.objects.filter(pk=project_id).first()
    if found is None:
        raise Http404
    _tell(request, [found])
    return HttpResponseRedirect(f"/r/projects/{found.pk}/")


def _tell(request: HttpRequest, projects: list[ServiceProject]) -> None:
    made, faults = open_afterwards(projects)
    if made:
        messages.success(request, _("已补建 %d 份采购档案") % made)
    for fault in faults[:3]:
        messages.error(request, fault)
    if not made and not faults:
        messages.info(request, _("这些项目都已有采购档案"))
