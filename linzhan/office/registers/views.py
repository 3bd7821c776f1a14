"""Lists, files, histories, exports and reveals of every register: one set of views for all."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
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
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from linzhan.accounts.api import EXPORT
from linzhan.kernel.access import SIGNED_IN, needs
from linzhan.kernel.jobs.running import order
from linzhan.office.accounts import reveals
from linzhan.office.home.waiting import reader_of
from linzhan.office.registers import exporting, files, revealing, tables
from linzhan.office.registers import history as telling
from linzhan.office.registers.asking import asked
from linzhan.office.registers.choosing import offered, targets_of
from linzhan.office.registers.extending import FileAsked, built, parts_of, rail, untaken
from linzhan.office.registers.listing import listed
from linzhan.office.registers.opening import found, opened, reveal_right
from linzhan.office.registers.relating import counted, ways_to
from linzhan.office.registers.showing import Showing
from linzhan.office.requests import demand


@needs(SIGNED_IN)
def listing(request: HttpRequest, key: str) -> HttpResponse:
    """``/r/<register>/``: the page of the list that the address asks for."""
    register = opened(request, key)
    given = asked(register, request.GET, reader_of(request))
    page = listed(given, tables.needed_columns(register))
    context = {
        "head": tables.head(request, register, page),
        "filters": tables.filters(request, given),
        "table": tables.table(request, given, page),
        "export": tables.export_action(request, given, page),
    }
    return render(request, "office/registers/list.html", context)


@needs(SIGNED_IN)
def file(request: HttpRequest, key: str, row_id: UUID) -> HttpResponse:
    """``/r/<register>/<id>/``: the file of a row, or with ``?tab=`` the rows of another register that name it."""
    register = opened(request, key)
    row = files.read(register, row_id)
    showing = Showing(request, register, [row])
    asking = FileAsked(request, register, row)
    related = counted(ways_to(request, register), row_id)
    tab = request.GET.get("tab", "")
    own = [part for part in parts_of(request, register) if part.key == tab]
    first = [part for part in own if part.order < 0]
    current = next((way for way in untaken(register, related) if way.key == tab), None)
    at = tab if current or (tab and own) else ""
    context = {
        "head": files.head(request, register, row, showing, asking),
        "tabs": files.tabs(request, register, row_id, related, at),
        "table": files.related_table(request, current, row_id) if current else None,
        "all_url": f"/r/{current.register.key}/?{current.column.name}={row_id}" if current else "",
        "leading": [] if current else built([part for part in first if part.key == at], asking),
        "parts": []
        if current
        else built([part for part in own if part.key == at and part not in first], asking),
        "sections": [] if at else files.sections(register, row, showing),
        "boxes": rail(asking),
    }
    return render(request, "office/registers/file.html", context)


@needs(SIGNED_IN)
def history(request: HttpRequest, key: str, row_id: UUID) -> HttpResponse:
    """``/r/<register>/<id>/history/``: dated states and every recorded change."""
    register = opened(request, key)
    row = files.read(register, row_id)
    context = {
        "head": files.head(request, register, row, Showing(request, register, [row])),
        "tabs": files.tabs(request, register, row_id, counted(ways_to(request, register), row_id), "history"),
        "states": telling.states(register, row),
        "edits": telling.edits(register, row),
        "reveals": reveals.of_row(request, register, row_id),
    }
    return render(request, "office/registers/history.html", context)


@require_POST
@needs(SIGNED_IN)
def export_list(request: HttpRequest, key: str) -> HttpResponseBase:
    """``/r/<register>/export/``: the list as a workbook, at once or, when it is long, by a job."""
    register = opened(request, key)
    demand(request, EXPORT)
    reader = reader_of(request)
    given = asked(register, request.GET, reader)
    name = f"{register.name}-{timezone.localdate():%Y%m%d}"
    if exporting.is_long(given):
        rights = sorted(getattr(request, "rights", frozenset()))
        payload: dict[str, Any] = {
            "register": key,
            "query": request.GET.urlencode(),
            "name": name,
            "rights": rights,
        }
        if given.waiting and reader is not None:
            payload["reader"] = exporting.reader_told(reader)
        order(exporting.KIND, _("导出%(what)s") % {"what": register.name}, payload)
        messages.info(request, _("行数较多，正在后台导出，完成后在“任务”里下载"))
        return HttpResponseRedirect("/jobs/")
    with TemporaryDirectory(prefix="linzhan-") as directory:
        path = Path(directory) / "export.xlsx"
        exporting.export(path, given)
        return FileResponse(path.open("rb"), as_attachment=True, filename=f"{name}.xlsx")


@require_POST
@never_cache
@needs(SIGNED_IN)
def reveal(request: HttpRequest, key: str, row_id: UUID, column: str) -> HttpResponse:
    """One masked value in clear, for a reason that goes on record."""
    register = opened(request, key)
    demand(request, reveal_right(register))
    rows = found(register, row_id)
    wanted = register.sheet.column_by_name.get(column)
    if wanted is None:
        raise Http404
    reason = request.POST.get("reason", "").strip()[: revealing.LONGEST]
    if len(reason) < revealing.SHORTEST:
        return HttpResponse(_("请写明为什么要看"), status=422)
    try:
        value = revealing.revealed(register, rows, wanted, reason=reason)
    except revealing.TooMany:
        text = _("一小时内最多查看 %(n)d 次，请稍后再看") % {"n": revealing.PER_HOUR}
        return HttpResponse(text, status=429)
    return HttpResponse(format_html('<span class="revealed code">{}</span>', value))


@needs(SIGNED_IN)
def pick(request: HttpRequest, key: str, column: str) -> HttpResponse:
    """Options for the reference ``column`` of a form or of the filter row: rows one may see, by name or key."""
    register = opened(request, key)
    wanted = register.sheet.column_by_name.get(column)
    if wanted not in tables.filter_references(request, register):
        demand(request, register.edit)
    if wanted is None or not wanted.refers_to or wanted.refers_to.startswith("@"):
        raise Http404
    text = request.GET.get("q", "").strip()
    options = [option for target in targets_of(wanted) for option in offered(target, text)]
    return render(request, "office/parts/options.html", {"options": options})
