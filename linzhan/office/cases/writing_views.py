"""Writing in a case: its papers, and a session with its service record in one form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from linzhan.casework.api import RECORDS, Method, in_force
from linzhan.casework.api.cases import (
    CASE_FILES,
    EDIT_CASES,
    PAPER,
    SESSION_NOTES,
    CaseFile,
    CaseMember,
    Paper,
)
from linzhan.kernel.access import needs
from linzhan.kernel.ids import uuid7
from linzhan.kernel.registers.batch import Incoming, Outcome
from linzhan.kernel.registers.declare import Register
from linzhan.kernel.registers.writing import save
from linzhan.kernel.sheets.cells import convert
from linzhan.kernel.sheets.columns import PLATFORM_ID, Column
from linzhan.office import parts
from linzhan.office.cases.reading import may_write, readable_case, whole_row
from linzhan.office.registers import forms, saving

OF_THE_STAGES = ("resident", "worker", "plan_approved_on", "closed_on", "opened_on", "reopens")
"""Columns of papers that are not written here: whose case it is, and the days that steps note."""
OF_RECORD = ("started_at", "ended_at", "place", "content")
OF_NOTE = ("mode", "aims", "process", "response", "next_step", "risk_change", "reflection")


def _writable(request: HttpRequest, case_id: UUID) -> CaseFile:
    found = readable_case(request, case_id)
    if not may_write(request, found):
        raise PermissionDenied
    return found


@needs(EDIT_CASES)
def paper(request: HttpRequest, case_id: UUID, key: str) -> HttpResponse:
    """``/cases/<id>/write/<paper>/``: the texts of one paper as they stand, and saved through the one door."""
    if key not in PAPER or not PAPER[key].columns:
        raise Http404
    case, one = _writable(request, case_id), PAPER[key]
    columns = [CASE_FILES.column(name) for name in one.shown if name not in OF_THE_STAGES]
    row = whole_row(case)
    rows = CaseFile.objects.filter(pk=case.pk)
    shown, version = forms.of_row(CASE_FILES, row), saving.version(CASE_FILES, rows, row)
    if request.method != "POST":
        return _shown_paper(request, case, one, columns, shown, version)
    form = forms.of_request(CASE_FILES, request.POST)
    changed = [
        each
        for each in saving.changed_meanwhile(CASE_FILES, request.POST.get("version", ""), version)
        if each in columns
    ]
    if changed:
        saving.note_conflicts(form, shown, changed)
        rest = [_("您打开之后，别人改过这一份。请看标出的各项，核对后再保存")]
        return _shown_paper(request, case, one, columns, form, version, rest)
    given = forms.values(CASE_FILES, form, shown)
    stated = {each.name: given[each.name] for each in columns if each.name in given}
    outcome = saving.written(CASE_FILES, stated, case.pk)
    if outcome.rejected:
        rest = saving.take_faults(CASE_FILES, form, outcome) or [_("有需要改正的地方，已在下面标出")]
        return _shown_paper(request, case, one, columns, form, version, rest)
    messages.success(request, _("已保存“%(paper)s”") % {"paper": one.title})
    return HttpResponseRedirect(f"/cases/{case.pk}/")


def _shown_paper(
    request: HttpRequest,
    case: CaseFile,
    one: Paper,
    columns: Sequence[Column],
    form: forms.Sheetful,
    version: str,
    wrong: Sequence[str] = (),
) -> HttpResponse:
    fields = [forms.field_of(CASE_FILES, column, form, is_new=False) for column in columns]
    lead = _("写到哪里保存到哪里；办理下一步时再看是否齐全")
    return _shown(request, case, one.title, lead, fields, wrong, version=version)


@needs(EDIT_CASES)
def session(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """``/cases/<id>/session/``: a session as service record and professional note, written once."""
    case = _writable(request, case_id)
    record = forms.of_request(RECORDS, request.POST)
    note = forms.of_request(SESSION_NOTES, request.POST)
    if request.method != "POST":
        return _shown_session(request, case, record, note)
    with transaction.atomic():
        outcomes = _save_session(case, forms.values(RECORDS, record), forms.values(SESSION_NOTES, note))
        if not any(outcome.rejected for outcome in outcomes):
            messages.success(request, _("已登记这次面谈"))
            return HttpResponseRedirect(f"/cases/{case.pk}/#sessions")
        transaction.set_rollback(True)
    wrong = saving.take_faults(RECORDS, record, outcomes[0])
    if not outcomes[0].rejected:  # the note's complaint that there is no record only repeats the record's
        wrong += saving.take_faults(SESSION_NOTES, note, outcomes[1])
    return _shown_session(
        request, case, record, note, wrong or [_("有需要改正的地方，已在下面标出；填好的都还在")]
    )


def _save_session(
    case: CaseFile, record: Mapping[str, Any], note: Mapping[str, Any]
) -> tuple[Outcome, Outcome]:
    identity = uuid7()
    members = CaseMember.objects.filter(case=case.pk).values_list("resident_id", flat=True)
    row = {
        **{name: record[name] for name in OF_RECORD if name in record},
        PLATFORM_ID.name: identity,
        "method": Method.CASE.value,
        "station": case.station_id,
        "workers": (case.worker_id,),
        "residents": (case.resident_id, *members),
        "case_code": case.code,
    }
    row.setdefault("content", note.get("process", ""))
    begun = convert(RECORDS.column("started_at"), row.get("started_at"))
    projects = in_force([case.station_id], begun.date()) if isinstance(begun, datetime) else []
    if len(projects) == 1:  # two are not guessed between
        row["project"] = projects[0][1].pk
    told = {name: note[name] for name in OF_NOTE if name in note}
    told |= {"record": identity, "case": case.pk}
    found = save([Incoming.of(RECORDS, [row]), Incoming.of(SESSION_NOTES, [told])])
    return found[0], found[1]


def _shown_session(
    request: HttpRequest,
    case: CaseFile,
    record: forms.Sheetful,
    note: forms.Sheetful,
    wrong: Sequence[str] = (),
) -> HttpResponse:
    fields = [
        *_fields(RECORDS, record, ("started_at", "ended_at")),
        *_fields(SESSION_NOTES, note, ("mode",)),
        *_fields(RECORDS, record, ("place",)),
        *_fields(SESSION_NOTES, note, ("aims", "process")),
        *_fields(RECORDS, record, ("content",)),
        *_fields(SESSION_NOTES, note, ("response", "next_step", "risk_change", "reflection")),
    ]
    lead = _("服务记录和过程记录一起写；内容不填时用过程摘要")
    return _shown(request, case, _("登记面谈"), lead, fields, wrong)


def _fields(register: Register, form: forms.Sheetful, names: Sequence[str]) -> list[parts.Field]:
    return [forms.field_of(register, register.column(name), form, is_new=True) for name in names]


def _shown(
    request: HttpRequest,
    case: CaseFile,
    title: str,
    lead: str,
    fields: Sequence[parts.Field],
    wrong: Sequence[str],
    *,
    version: str = "",
) -> HttpResponse:
    context = {
        "head": parts.PageHead(
            name=f"{title} · {case.code}", place=_("个案"), place_url=f"/cases/{case.pk}/", lead=lead
        ),
        "fields": fields,
        "version": version,
        "notices": [parts.Notice(text=text, tone="error") for text in wrong],
        "back_url": f"/cases/{case.pk}/",
    }
    return render(request, "office/cases/write.html", context, status=422 if wrong else 200)
