"""Steps of staged registers at the desk: the form of one step, and the log of all that were taken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from linzhan.kernel.access import SIGNED_IN, needs
from linzhan.kernel.checks import OVERRULE, Checked, Outcome, StepStopped, may_overrule, stops
from linzhan.kernel.jobs.models import Job
from linzhan.kernel.jobs.running import order
from linzhan.kernel.registers.declare import Register
from linzhan.kernel.registers.steplog import StepEntry
from linzhan.kernel.registers.stepping import (
    GivenRefused,
    as_after,
    checked,
    machine_of,
    possible,
    take,
    taken_of,
)
from linzhan.kernel.steps import NOTE, Step, StepRefused
from linzhan.office import parts
from linzhan.office.registers import files, forms
from linzhan.office.registers.opening import found, opened
from linzhan.office.registers.relating import counted, ways_to
from linzhan.office.registers.showing import Showing
from linzhan.office.requests import person, uuid_in

LASTING: Final = "registers.step"


@needs(SIGNED_IN)
def step(request: HttpRequest, key: str, row_id: UUID, name: str) -> HttpResponse:
    """``/r/<register>/<id>/steps/<name>/``: what the step asks, then the step."""
    register = opened(request, key)
    found(register, row_id)
    row = files.read(register, row_id)
    rights: frozenset[str] = getattr(request, "rights", frozenset())
    one = next((each for each in possible(register, row, rights) if each.name == name), None)
    if one is None:
        return _not_now(request, register, row, name, rights)
    if request.method != "POST":
        return _shown(request, register, row, one, *_begun(request, register, row, one))
    form = forms.of_request(register, request.POST)
    given = given_with(register, row, one, form, request.POST)
    try:
        if one.lasting is not None and one.lasting(row):
            return _ordered(request, register, row, one, given)
        take(register, row_id, name, given, rights=rights)
    except StepStopped as stopped:
        return _shown(
            request, register, row, one, form, request.POST, wrong=[str(stopped)], found=stopped.found
        )
    except StepRefused as refused:
        return _shown(request, register, row, one, form, request.POST, wrong=_placed(register, form, refused))
    messages.success(request, _("已办理：%(step)s") % {"step": one.label})
    return HttpResponseRedirect(f"/r/{key}/{row_id}/")


def given_with(
    register: Register, row: dict[str, Any], one: Step, form: forms.Sheetful, sent: QueryDict
) -> dict[str, Any]:
    """What a form says of a step: its columns by name, the reason, and why a check is overruled."""
    stated = forms.values(register, form, forms.of_row(register, row), asked=one.fields)
    given = {column: value for column, value in stated.items() if column in one.fields}
    return given | {field: sent.get(field, "") for field in (NOTE, OVERRULE)}


def _begun(
    request: HttpRequest, register: Register, row: dict[str, Any], one: Step
) -> tuple[forms.Sheetful, QueryDict]:
    """The form of the row, or as it was sent with an order of the reader's that could not be done (``?job=``)."""
    if (job_id := uuid_in(request, "job")) is None:
        return forms.of_row(register, row), QueryDict()
    wanted = {"register": register.key, "row": str(row["id"]), "step": one.name}
    orders = Job.objects.filter(pk=job_id, ordered_by=person(request), kind=LASTING, payload__contains=wanted)
    if (failed := orders.first()) is None:
        return forms.of_row(register, row), QueryDict()
    sent = QueryDict(failed.payload["sent"])
    return forms.of_request(register, sent), sent


def _ordered(
    request: HttpRequest, register: Register, row: dict[str, Any], one: Step, given: dict[str, Any]
) -> HttpResponse:
    """Have the worker take a step that lasts; what is missing in the form is said at once."""
    machine_of(register).take(
        one.name,
        str(row[register.stage]),
        as_after(row, given),
        rights=getattr(request, "rights", frozenset()),
    )
    payload = {
        "register": register.key,
        "row": str(row["id"]),
        "step": one.name,
        "sent": request.POST.urlencode(),
    }
    title = f"{one.label} · {files.title(register, row)}"
    return HttpResponseRedirect(f"/jobs/{order(LASTING, title, payload).pk}/")


@needs(SIGNED_IN)
def log(request: HttpRequest, key: str, row_id: UUID) -> HttpResponse:
    """``/r/<register>/<id>/steps/``: who did what, when and why, and what can be done now."""
    register = opened(request, key)
    if register.steps is None:
        raise Http404
    row = files.read(register, row_id)
    context = {
        "head": files.head(request, register, row, Showing(request, register, [row])),
        "tabs": files.tabs(request, register, row_id, counted(ways_to(request, register), row_id), "steps"),
        "happenings": _happenings(register, row_id),
    }
    return render(request, "office/registers/steps.html", context)


def _happenings(register: Register, row_id: UUID) -> list[parts.Happening]:
    machine = machine_of(register)
    labels = {each.name: str(each.label) for each in machine}
    return [
        parts.Happening(
            when=entry.at,
            title=labels.get(entry.step, entry.step),
            body="；".join(filter(None, (entry.note, *_said(entry)))),
            by=f"{entry.actor_label} · {machine.states.get(entry.source, entry.source)} → "
            f"{machine.states.get(entry.target, entry.target)}",
            icon="edit",
        )
        for entry in reversed(taken_of(register, row_id))
    ]


def _said(entry: StepEntry) -> list[str]:
    """What the checks had to remark, and why the step was taken all the same."""
    remarks = [
        f"{each['outcome']} · {each['title']}：{each['words']}"
        + (f"（{each['clause']}）" if each["clause"] else "")
        for each in entry.checks
        if each["outcome"] != Outcome.PASS
    ]
    return remarks + ([_("仍予办理的理由：%s") % entry.overruled] if entry.overruled else [])


TONES: dict[Outcome, Literal["info", "success", "warning", "error"]] = {
    Outcome.PASS: "success",
    Outcome.WARN: "warning",
    Outcome.UNKNOWN: "info",
    Outcome.STOP: "error",
}


def _remark(found: Checked) -> parts.Notice:
    text = f"{found.outcome} · {found.title}：{found.words}"
    return parts.Notice(text=text, tone=TONES[found.outcome], clause=found.clause)


def _overruling(found: Sequence[Checked], rights: frozenset[str], value: str) -> list[parts.Field]:
    if not stops(found) or not may_overrule(found, rights):
        return []
    return [
        parts.Field(
            name=OVERRULE,
            label=_("仍要办理的理由"),
            kind="textarea",
            value=value,
            required=True,
            max_length=2000,
            rows=3,
            help=_("有不得办理的核对结果；您有权决定，理由会与核对结果一起记入办理过程"),
        )
    ]


def _not_now(
    request: HttpRequest, register: Register, row: dict[str, Any], name: str, rights: frozenset[str]
) -> HttpResponse:
    """Somebody was quicker, or the address was typed: say why, and go back to the file."""
    try:
        machine_of(register).take(name, str(row[register.stage]), {}, rights=rights)
    except StepRefused as refused:
        messages.warning(request, str(refused))
    return HttpResponseRedirect(f"/r/{register.key}/{row['id']}/")


def _placed(register: Register, form: forms.Sheetful, refused: StepRefused) -> list[str]:
    """Put faults of fields at their fields; the rest is said above the form."""
    if not isinstance(refused, GivenRefused):
        return [str(refused)]
    by_header = {column.header: column.name for column in register.sheet.columns}
    rest = []
    for fault in refused.faults:
        name = by_header.get(fault.column, "")
        if name:
            form.errors[name] = fault.message
        else:
            rest.append(fault.message)
    return rest or [_("有 %(n)d 处需要改正，已在下面标出；填好的都还在") % {"n": len(form.errors)}]


def _shown(
    request: HttpRequest,
    register: Register,
    row: dict[str, Any],
    one: Step,
    form: forms.Sheetful,
    sent: QueryDict,
    wrong: list[str] | None = None,
    found: Sequence[Checked] | None = None,
) -> HttpResponse:
    fields = [
        forms.field_of(register, register.column(name), form, is_new=False, required=name in one.requires)
        for name in one.fields
    ]
    said = checked(one, row) if found is None else found
    fields += _overruling(said, getattr(request, "rights", frozenset()), sent.get(OVERRULE, ""))
    target = str(machine_of(register).states[one.target])
    fields.append(
        parts.Field(
            name=NOTE,
            label=str(one.requires.get(NOTE, _("说明"))),
            kind="textarea",
            value=sent.get(NOTE, ""),
            required=NOTE in one.requires,
            optional=NOTE not in one.requires,
            max_length=2000,
            rows=3,
        )
    )
    context = {
        "head": parts.PageHead(
            name=f"{one.label} · {files.title(register, row)}",
            place=register.name,
            place_url=f"/r/{register.key}/",
            lead=_("办理后为“%(target)s”，办理人、时间和说明会记入办理过程") % {"target": target},
        ),
        "fields": fields,
        "notices": [parts.Notice(text=text, tone="error") for text in wrong or []],
        "checks": [_remark(each) for each in said],
        "label": one.label,
        "back_url": f"/r/{register.key}/{row['id']}/",
    }
    return render(request, "office/registers/step.html", context, status=422 if wrong else 200)
