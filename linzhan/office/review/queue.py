"""``/review/``: the list left, the record right, ``a`` accepts, ``r`` returns, the next one comes by itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from linzhan.casework.api import RECORDS, REVIEW_RECORDS, RecordStatus, ServiceRecord
from linzhan.casework.api.visits import VISIT_DETAILS, VisitDetail
from linzhan.kernel.access import needs
from linzhan.kernel.registers.reading import records
from linzhan.kernel.registers.stepping import possible, take
from linzhan.kernel.steps import StepRefused
from linzhan.office.parts import Empty, Fact, PageHead, Tab
from linzhan.office.registers.files import fact
from linzhan.office.registers.naming import heading
from linzhan.office.registers.showing import Showing
from linzhan.office.requests import uuid_in

LISTED = 100
STATES = (RecordStatus.WAITING, RecordStatus.RETURNED, RecordStatus.ACCEPTED)
SHOWN = (
    "started_at",
    "ended_at",
    "method",
    "item",
    "residents",
    "workers",
    "outcome",
    "content",
    "tasks",
    "attendances",
    "entered_at",
    "entry_mode",
    "late_reason",
    "returned_reason",
)
TAKEN = {"accept": gettext_lazy("已通过"), "return": gettext_lazy("已退回"), "void": gettext_lazy("已作废")}


@needs(REVIEW_RECORDS)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits, oldest first; the newest of those that count already can be returned from here too."""
    state = _state(request)
    listed = list(
        records(RECORDS, _rows(state)[:LISTED], _columns("started_at", "method", "residents", "workers"))
    )
    chosen = _chosen(request, listed)
    context: dict[str, Any] = {
        "head": PageHead(name=_("记录审核"), lead=_("按 a 通过，按 r 写退回原因；办完一条，下一条自己出来")),
        "tabs": [_tab(each, state) for each in STATES],
        "state": state,
        "lines": _lines(request, listed, chosen),
        "empty": Empty(title=_("没有等着看的记录"), body=_told(state), icon="check"),
    }
    if chosen is not None:
        context |= _item(request, chosen)
    return render(request, "office/review/queue.html", context)


def _state(request: HttpRequest) -> str:
    asked = request.GET.get("state", "")
    return asked if asked in STATES else RecordStatus.WAITING.value


def _rows(state: str) -> QuerySet[ServiceRecord]:
    order = ("-started_at", "-pk") if state == RecordStatus.ACCEPTED else ("started_at", "pk")
    return ServiceRecord.objects.filter(status=state).order_by(*order)


def _told(state: str) -> str:
    if state == RecordStatus.WAITING:
        return _("规定先审核的地方，新登记的记录会排在这里；其他地方登记即生效，可在“已通过”里退回。")
    return _("这里没有记录。")


def _tab(each: RecordStatus, state: str) -> Tab:
    number = None if each == RecordStatus.ACCEPTED else ServiceRecord.objects.filter(status=each).count()
    return Tab(str(each.label), f"/review/?state={each.value}", each.value == state, number)


def _columns(*names: str) -> list[Any]:
    return [RECORDS.column(name) for name in ("code", *names)]


def _chosen(request: HttpRequest, listed: list[dict[str, Any]]) -> UUID | None:
    asked = uuid_in(request, "id")
    known = [row["id"] for row in listed]
    return asked if asked in known else known[0] if known else None


def _lines(request: HttpRequest, listed: list[dict[str, Any]], chosen: UUID | None) -> list[dict[str, Any]]:
    showing = Showing(request, RECORDS, listed)
    return [
        {
            "url": f"/review/?state={_state(request)}&id={row['id']}",
            "current": row["id"] == chosen,
            "when": row["started_at"],
            "method": row["method"],
            "who": _text(showing.value(RECORDS.column("residents"), row, full=False)),
            "by": _text(showing.value(RECORDS.column("workers"), row, full=False)),
        }
        for row in listed
    ]


def _text(value: object) -> object:
    return getattr(value, "value", value) or ""


def _item(request: HttpRequest, row_id: UUID) -> dict[str, Any]:
    row = next(iter(records(RECORDS, ServiceRecord.objects.filter(pk=row_id)[:1])))
    showing = Showing(request, RECORDS, [row])
    stated = [RECORDS.column(name) for name in SHOWN if row.get(name) not in (None, "", [])]
    rights: frozenset[str] = request.rights  # type: ignore[attr-defined]
    return {
        "row": row,
        "facts": [fact(showing, row, column) for column in stated],
        "details": details_of(request, row_id),
        "steps": {each.name for each in possible(RECORDS, row, rights)},
    }


def details_of(request: HttpRequest, record: UUID) -> list[Fact]:
    """What was seen at a visit, as facts; nothing where no details were kept."""
    found = next(iter(records(VISIT_DETAILS, VisitDetail.objects.filter(record_id=record)[:1])), None)
    if found is None:
        return []
    showing = Showing(request, VISIT_DETAILS, [found])
    columns = [
        c for c in VISIT_DETAILS.sheet.columns if not c.key and found.get(c.name) not in (None, "", [])
    ]
    return [
        Fact(
            heading(column),
            _text(showing.value(column, found, full=True)),
            "date" if column.name == "next_on" else "text",
        )
        for column in columns
    ]


@needs(REVIEW_RECORDS)
@require_POST
def decide(request: HttpRequest, row_id: UUID, name: str) -> HttpResponse:
    """``accept``, ``return`` or ``void``, then the next one."""
    if name not in TAKEN:
        raise Http404
    state = _state(request)
    after = _next(state, row_id)
    given = {"returned_reason": request.POST.get("reason", "").strip()[:500]} if name != "accept" else {}
    rights: frozenset[str] = request.rights  # type: ignore[attr-defined]
    try:
        take(RECORDS, row_id, name, given, rights=rights)
    except LookupError:
        raise Http404 from None
    except StepRefused as refused:
        messages.error(request, str(refused))
        after = row_id
    else:
        messages.success(request, str(TAKEN[name]))
    return HttpResponseRedirect(f"/review/?state={state}" + (f"&id={after}" if after else ""))


def _next(state: str, row_id: UUID) -> UUID | None:
    listed = list(_rows(state).values_list("pk", flat=True)[:LISTED])
    if row_id not in listed:
        return None
    place = listed.index(row_id)
    rest = [*listed[place + 1 :], *listed[:place]]
    return rest[0] if rest else None
