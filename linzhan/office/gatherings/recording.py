"""A service and what is told of it beside the record, on one form and saved by one call (``domain.md`` §7.4–7.5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from linzhan.casework.api import EDIT_RECORDS, RECORDS, Method, TogetherRefused, save_with_record
from linzhan.casework.api.gatherings import EDIT_CONTACTS, EDIT_GROUPS, AttendanceRefused
from linzhan.kernel.access import needs
from linzhan.kernel.registers.declare import REGISTERS, Register
from linzhan.office import parts
from linzhan.office.registers import forms
from linzhan.office.requests import at_desk, demand, holds

Row = Mapping[str, Any]
WHEN = ("started_at", "ended_at", "station", "project", "item", "workers")
USUAL = timedelta(minutes=20)


@dataclass(frozen=True, kw_only=True, slots=True)
class Service:
    """One kind: its method, the register beside the record, what the form asks of each, and the record's words."""

    label: str | Promise
    note: str | Promise
    method: Method
    detail: str
    right: str
    asks: tuple[str, ...]
    tells: tuple[str, ...]
    content: Callable[[Row], str] | None = None


def _question(row: Row) -> str:
    answer = f"；答：{row['answer']}" if row.get("answer") else ""
    return f"问：{row.get('question', '')}{answer}"


SERVICES = {
    "consultation": Service(
        label=gettext_lazy("咨询"),
        note=gettext_lazy("问了什么、怎么答复的、转给了谁"),
        method=Method.CONSULTATION,
        detail="consultations",
        right=EDIT_CONTACTS,
        asks=(*WHEN, "residents", "tasks"),
        tells=("channel", "question", "answer", "referred"),
        content=_question,
    ),
    "referral": Service(
        label=gettext_lazy("转介"),
        note=gettext_lazy("转给谁、急不急、本人是否同意；发出、回执和结果在转介单上办理"),
        method=Method.REFERRAL,
        detail="referral-files",
        right=EDIT_CONTACTS,
        asks=(*WHEN, "tasks"),
        tells=(
            "resident",
            "kind",
            "receiver",
            "contact",
            "urgency",
            "reason",
            "shared",
            "consented_on",
            "consent_overridden",
            "override_reason",
        ),
        content=lambda row: f"转介到{row.get('receiver', '')}：{row.get('reason', '')}",
    ),
    "resource-link": Service(
        label=gettext_lazy("资源链接"),
        note=gettext_lazy("谁提供了什么、值多少、给了谁"),
        method=Method.RESOURCE,
        detail="resource-links",
        right=EDIT_CONTACTS,
        asks=(*WHEN, "residents", "tasks"),
        tells=(
            "donor",
            "kind",
            "what",
            "value",
            "receipt",
            "received_on",
            "public_fundraising",
            "charity",
            "charity_number",
        ),
        content=lambda row: f"{row.get('donor', '')}提供{row.get('what', '')}",
    ),
    "activity": Service(
        label=gettext_lazy("活动"),
        note=gettext_lazy("一场活动的时间、人数和人次；有计划的选上计划，自动标为已举办"),
        method=Method.ACTIVITY,
        detail="activity-details",
        right=EDIT_GROUPS,
        asks=(*WHEN, "place", "attendances", "volunteers", "content", "tasks"),
        tells=(
            "activity",
            "registered",
            "present",
            "elders",
            "minors",
            "disabled",
            "on_relief",
            "indirect",
            "incidents",
            "expense",
            "feedback_forms",
        ),
    ),
}


@require_safe
@needs(EDIT_RECORDS)
def choose(request: HttpRequest) -> HttpResponse:
    """``/record/``: what was done."""
    kinds = [
        parts.Duty(title=str(each.label), note=str(each.note), url=f"/record/{key}/", verb=_("登记"))
        for key, each in SERVICES.items()
        if holds(request, each.right)
    ]
    others = parts.Duty(
        title=_("探访、个案和小组"), note=_("其余的服务记录"), url=f"/r/{RECORDS.key}/new/", verb=_("登记")
    )
    head = parts.PageHead(
        name=_("登记服务"), lead=_("一次服务只记一遍：服务记录和明细在一张表上填写，一起保存。")
    )
    return render(request, "office/gatherings/choose.html", {"head": head, "duties": [*kinds, others]})


@needs(EDIT_RECORDS)
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """``/record/<kind>/``: the form of both, and both saved or neither."""
    service = SERVICES.get(kind)
    if service is None:
        raise Http404
    demand(request, service.right)
    detail = REGISTERS[service.detail]
    sent = request.POST if request.method == "POST" else _usual(request)
    of_record, of_detail = forms.of_request(RECORDS, sent), forms.of_request(detail, sent)
    if request.method != "POST":
        return _page(request, service, of_record, of_detail)
    record = _asked(forms.values(RECORDS, of_record), service.asks)
    told = _asked(forms.values(detail, of_detail), service.tells)
    record["method"] = service.method
    if service.content is not None:
        record["content"] = service.content(told)
    if "resident" in told:
        record["residents"] = (told["resident"],)
    try:
        row = save_with_record(record, service.detail, told)[1]
    except TogetherRefused as refused:
        rest = _place(refused, {RECORDS: of_record, detail: of_detail})
        return _page(request, service, of_record, of_detail, rest)
    except AttendanceRefused as refused:
        return _page(request, service, of_record, of_detail, [str(refused)])
    messages.success(request, _("已登记，服务记录和明细都已保存"))
    return HttpResponseRedirect(f"/r/{service.detail}/{row}/")


def _asked(stated: Row, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: value for name, value in stated.items() if name in names}


def _usual(request: HttpRequest) -> QueryDict:
    """A form that begins with who fills it in, where they work, and now."""
    given = QueryDict(mutable=True)
    now, held = timezone.localtime().replace(second=0, microsecond=0), at_desk(request).appointment
    given["started_at"], given["ended_at"] = _spelled(now - USUAL), _spelled(now)
    if held is not None and held.station_id:
        given["station"] = str(held.station_id)
    if held is not None and held.person_id:
        given["workers"] = str(held.person_id)
    given.update(request.GET)
    return given


def _spelled(moment: Any) -> str:
    return str(moment.strftime("%Y-%m-%dT%H:%M"))


def _place(refused: TogetherRefused, of: Mapping[Register, forms.Sheetful]) -> list[str]:
    """Faults at their fields; what belongs to no field is answered."""
    rest = []
    for register, form in of.items():
        names = {column.header: column.name for column in register.sheet.columns}
        for fault in refused.faults.get(register.key, ()):
            name = names.get(fault.column, "")
            if name and name != "record":
                form.errors.setdefault(name, fault.message)
            elif name != "record":
                rest.append(fault.message)
    return rest


def _page(
    request: HttpRequest,
    service: Service,
    of_record: forms.Sheetful,
    of_detail: forms.Sheetful,
    rest: list[str] | None = None,
) -> HttpResponse:
    wrong = list(rest or [])
    number = len(of_record.errors) + len(of_detail.errors)
    if number:
        wrong.append(_("有 %(n)d 处需要改正，已在下面标出；填好的都还在") % {"n": number})
    detail = REGISTERS[service.detail]
    context = {
        "head": parts.PageHead(
            name=_("登记%(what)s") % {"what": service.label}, place=_("登记服务"), place_url="/record/"
        ),
        "groups": [
            _group(str(service.label), detail, service.tells, of_detail),
            _group(_("时间、地点和人"), RECORDS, service.asks, of_record),
        ],
        "notices": [parts.Notice(text=text, tone="error") for text in wrong],
        "is_new": True,
        "back_url": "/record/",
    }
    return render(request, "office/registers/form.html", context, status=422 if wrong else 200)


def _group(title: str, register: Register, names: tuple[str, ...], form: forms.Sheetful) -> dict[str, object]:
    fields = [forms.field_of(register, register.column(name), form, is_new=True) for name in names]
    return {"title": title, "fields": fields}
