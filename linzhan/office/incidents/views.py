"""The red button at the desk: report, see what waits, add what was done (``domain.md`` §20).

Nothing here changes or ends what somebody else wrote: every form adds.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linzhan.casework.api.incidents import (
    COUNT_INCIDENTS,
    DO_NOT,
    INCIDENT_FACTS,
    INCIDENTS,
    REPORT_INCIDENTS,
    FactKind,
    Incident,
    IncidentStage,
    contacts_of,
    counted_incidents,
    facts_of,
    next_kinds,
    shown_counts,
    shown_total,
)
from linzhan.kernel.access import needs
from linzhan.kernel.registers.declare import Register
from linzhan.office import parts
from linzhan.office.incidents import showing
from linzhan.office.incidents.showing import VERBS
from linzhan.office.regions.names import paths_of
from linzhan.office.registers import forms, saving
from linzhan.office.requests import at_desk, person
from linzhan.policy.api import casework, consulting, ruling_for

SHOWN_AT_MOST = 200
ASKED_FIRST = ("signals", "danger", "resident", "person", "place", "facts", "seen_at")
CALLED = ("body", "receipt")
QUARTERS = 4
MONTHS_OF_A_QUARTER = 3


def _region(request: HttpRequest) -> str:
    held = at_desk(request).appointment
    if held is None:
        raise Http404
    return str(held.region_code)


def _role(request: HttpRequest) -> str:
    held = at_desk(request).appointment
    return str(held.role) if held else ""


@needs(REPORT_INCIDENTS)
@require_safe
@never_cache
def board(request: HttpRequest) -> HttpResponse:
    """The reports that the reader may see: one's own, those of one's station, of one's county."""
    found = list(Incident.objects.order_by("-seen_at")[:SHOWN_AT_MOST])
    found.sort(key=lambda each: each.stage == IncidentStage.CLOSED)
    report = parts.Action(
        label=_("紧急上报"), url=reverse("office:incident-new"), icon="warning", style="danger", new=True
    )
    with consulting(ahead=True):
        table = showing.table(found, timezone.now())
    context = {
        "head": parts.PageHead(
            name=_("强制报告"),
            lead=_("只有报告人、本站站长和县未成年人保护专员看得到；写下的不能改、不能删，只能补充。"),
            actions=[report],
        ),
        "table": table,
    }
    return render(request, "office/incidents/board.html", context)


@needs(REPORT_INCIDENTS)
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """The form behind the red button. A fault in a detail asks again; nothing but a signal is required."""
    sent = request.POST if request.method == "POST" else _begun(request)
    form = forms.of_request(INCIDENTS, sent)
    call = forms.of_request(INCIDENT_FACTS, sent if request.method == "POST" else QueryDict())
    notices: list[str] = []
    if request.method == "POST":
        with transaction.atomic():
            outcome = saving.written(INCIDENTS, forms.values(INCIDENTS, form))
            if outcome.created:
                incident = outcome.ids[0]
                _note_call(incident, call)
                messages.success(
                    request, _("已上报到平台，站长和县未成年人保护专员已能看到。请继续打电话并登记结果")
                )
                return HttpResponseRedirect(reverse("office:incident", args=[incident]))
        notices = saving.take_faults(INCIDENTS, form, outcome)
        notices = notices or [_("有几处认不出来，已在下面标出；先改正或清空它们再报")]
    context = {
        "head": parts.PageHead(
            name=_("紧急上报"), place=_("强制报告"), place_url=reverse("office:incidents")
        ),
        "contacts": contacts_of(_region(request), timezone.localdate()),
        "do_not": DO_NOT,
        "notices": [parts.Notice(text=text, tone="error") for text in notices],
        "fields": _fields(INCIDENTS, form, [*ASKED_FIRST, *_places(request)]),
        "call": _optional(_fields(INCIDENT_FACTS, call, CALLED)),
        "practice": _fields(INCIDENTS, form, ["practice"]),
    }
    return render(request, "office/incidents/new.html", context, status=422 if notices else 200)


def _begun(request: HttpRequest) -> QueryDict:
    """A form as it opens: who it is about from the page one came from, now, and one's own station."""
    begun = request.GET.copy()
    begun.setdefault("seen_at", f"{timezone.localtime():%Y-%m-%dT%H:%M}")
    held = at_desk(request).appointment
    if held is not None and held.station_id:
        begun.setdefault("station", str(held.station_id))
    return begun


def _places(request: HttpRequest) -> list[str]:
    held = at_desk(request).appointment
    return ["station"] if held is not None and held.station_id else ["station", "region"]


def _fields(register: Register, form: forms.Sheetful, names: Any) -> list[parts.Field]:
    return [forms.field_of(register, register.column(name), form, is_new=True) for name in names]


def _optional(fields: list[parts.Field]) -> list[parts.Field]:
    return [replace(each, required=False, optional=True) for each in fields]


def _note_call(incident: UUID | None, call: forms.Sheetful) -> None:
    """Who was called already is the first fact."""
    values = {name: value for name, value in forms.values(INCIDENT_FACTS, call).items() if name in CALLED}
    if values.get("body"):
        now = timezone.localtime()
        saving.written(
            INCIDENT_FACTS, {**values, "incident": incident, "kind": FactKind.REPORTED.value, "at": now}
        )


@needs(REPORT_INCIDENTS)
@require_safe
@never_cache
def file(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    incident = _found(incident_id)
    reader, role = person(request), _role(request)
    context = {
        "head": parts.PageHead(
            name=_("强制报告 %(code)s") % {"code": incident.code},
            place=paths_of([incident.region_code])[incident.region_code].replace("/", " / "),
            place_url=reverse("office:incidents"),
            status=showing.status(incident),
            troubles=showing.troubles(incident, timezone.now()),
            actions=showing.actions(incident, _kinds(request, incident)),
        ),
        "facts": showing.facts(incident, reader=reader, role=role),
        "happenings": showing.happenings(incident, facts_of(incident), reader=reader, role=role),
        "contacts": contacts_of(incident.region_code, timezone.localdate()),
        "do_not": DO_NOT,
    }
    return render(request, "office/incidents/file.html", context)


def _found(incident_id: UUID) -> Incident:
    incident = Incident.objects.filter(pk=incident_id).first()
    if incident is None:
        raise Http404
    return incident


def _kinds(request: HttpRequest, incident: Incident) -> list[str]:
    return next_kinds(
        incident.stage,
        at_desk(request).rights,
        acknowledged=incident.acknowledged_at is not None,
        practice=bool(incident.practice),
    )


@needs(REPORT_INCIDENTS)
@never_cache
def add(request: HttpRequest, incident_id: UUID, kind: str) -> HttpResponse:
    """Add a fact; what stands is not touched."""
    incident = _found(incident_id)
    if kind not in _kinds(request, incident):
        messages.warning(request, _("这一步现在不能登记，页面已刷新"))
        return HttpResponseRedirect(reverse("office:incident", args=[incident.pk]))
    sent = request.POST if request.method == "POST" else QueryDict(mutable=True)
    if request.method != "POST":
        sent = QueryDict(f"at={timezone.localtime():%Y-%m-%dT%H:%M}")
    form = forms.of_request(INCIDENT_FACTS, sent)
    notices: list[str] = []
    if request.method == "POST":
        stated = forms.values(INCIDENT_FACTS, form)
        outcome = saving.written(INCIDENT_FACTS, {**stated, "incident": incident.pk, "kind": kind})
        if outcome.created:
            messages.success(request, _("已登记"))
            return HttpResponseRedirect(reverse("office:incident", args=[incident.pk]))
        notices = saving.take_faults(INCIDENT_FACTS, form, outcome) or [_("有几处需要改正，已在下面标出")]
    context = {
        "head": parts.PageHead(
            name=str(VERBS[FactKind(kind)]),
            place=_("强制报告 %(code)s") % {"code": incident.code},
            place_url=reverse("office:incident", args=[incident.pk]),
        ),
        "notices": [parts.Notice(text=text, tone="error") for text in notices],
        "fields": _fields(INCIDENT_FACTS, form, _asked(kind)),
        "label": VERBS[FactKind(kind)],
        "back_url": reverse("office:incident", args=[incident.pk]),
    }
    return render(request, "office/incidents/add.html", context, status=422 if notices else 200)


def _asked(kind: str) -> tuple[str, ...]:
    if kind in (FactKind.REPORTED, FactKind.REPLIED):
        return ("body", "at", "contact", "receipt", "text")
    return ("at", "text")


@needs(COUNT_INCIDENTS)
@require_safe
def counts(request: HttpRequest) -> HttpResponse:
    """How many there were by quarter, small numbers hidden: all that an area learns."""
    region, today = _region(request), timezone.localdate()
    least = ruling_for(casework.INCIDENT_LEAST_SHOWN, region=region, on=today).value
    quarters = [_quarter(today, back) for back in range(QUARTERS)]
    rows = [(name, counted_incidents(region, since, before)) for name, since, before in quarters]
    kinds = list(rows[0][1])
    columns = [parts.TableColumn(key="quarter", label=_("季度"), lead=True)]
    columns += [parts.TableColumn(key=kind, label=kind, kind="number") for kind in [*kinds, _("合计")]]
    context = {
        "head": parts.PageHead(
            name=_("强制报告数量"),
            place=paths_of([region])[region].replace("/", " / "),
            lead=_("只给数量，不给内容、站点和人。少于 %(least)d 件的隐去，写作“少于 %(least)d”或“隐去”。")
            % {"least": least},
        ),
        "table": parts.Table(
            caption=_("强制报告数量"),
            columns=columns,
            rows=[parts.TableRow(cells=_cells(name, found, least)) for name, found in rows],
        ),
    }
    return render(request, "office/incidents/board.html", context)


def _quarter(today: date, back: int) -> tuple[str, date, date]:
    """Name, first day and the day after the last of the quarter ``back`` quarters ago."""
    number = today.year * QUARTERS + (today.month - 1) // MONTHS_OF_A_QUARTER - back

    def first(index: int) -> date:
        return date(index // QUARTERS, index % QUARTERS * MONTHS_OF_A_QUARTER + 1, 1)

    return f"{number // QUARTERS} 年第 {number % QUARTERS + 1} 季度", first(number), first(number + 1)


def _cells(name: str, found: dict[str, int], least: int) -> dict[str, object]:
    total = shown_total(list(found.values()), least)
    if total is None:  # the parts of a hidden sum are hidden with it
        return {"quarter": name, **dict.fromkeys(found, _("隐去")), _("合计"): _("少于 %d") % least}
    shown = shown_counts(found, least)
    return {
        "quarter": name,
        **{kind: _("隐去") if number is None else number for kind, number in shown.items()},
        _("合计"): total,
    }
