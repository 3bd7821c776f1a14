"""The rulebook of a place: what holds here, from which region, on whose word; and stating it (CFG-01…16, DOC-01)."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linzhan.kernel import places
from linzhan.kernel.access import needs
from linzhan.kernel.registry import NotRegistered
from linzhan.kernel.scope import ScopeViolation, current_actor, current_scope
from linzhan.office.figures.asked import day_of, own_region
from linzhan.office.parts import Action, Field, Filters, PageHead
from linzhan.office.regions.names import paths_of
from linzhan.office.requests import holds
from linzhan.office.rulebook import inputs, tables
from linzhan.office.rulebook.forms import DocumentForm, StatementForm, WithdrawForm
from linzhan.policy.api import (
    EDIT_POLICY,
    VIEW_RULEBOOK,
    DocumentFacts,
    DocumentKind,
    DocumentStatus,
    Parameter,
    ParameterValue,
    PolicyDocument,
    PolicyRefused,
    RulebookLine,
    Statement,
    WrongValue,
    parameter_named,
    register_document,
    rulebook,
    state_value,
    withdraw_value,
)

REFUSED = (PolicyRefused, ScopeViolation)


@needs(VIEW_RULEBOOK)
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    return redirect("office:rulebook-of", own_region(request))


@needs(VIEW_RULEBOOK)
@require_safe
def of_place(request: HttpRequest, code: str) -> HttpResponse:
    """Every parameter as it stands in a place on a day; the rulebook is no secret, so any place."""
    region, on = _region(code), day_of(request)
    may_edit = holds(request, EDIT_POLICY) and current_scope().covers_region(region)
    text = request.GET.get("q", "").strip()
    lines = [
        line
        for line in rulebook(region, on)
        if text in line.label or text in line.shown or text in line.citation
    ]
    context = {
        "head": _head(region, on, may_edit=may_edit),
        "filters": _filters(region, on, text),
        "groups": tables.groups(lines, region, on, may_edit=may_edit),
        "summary": tables.summary(lines),
    }
    return render(request, "office/rulebook/rulebook.html", context)


@needs(VIEW_RULEBOOK)
@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    """The library: documents that rule in the reader's place, and those from elsewhere it ships with."""
    text = request.GET.get("q", "").strip()
    found = PolicyDocument.objects.order_by("region_code", "title")
    if text:
        found = found.filter(title__contains=text) | found.filter(number__contains=text)
    actions = [
        Action(label=_("登记政策文件"), url="/rulebook/documents/new/", icon="add", style="primary", new=True)
    ]
    context = {
        "head": PageHead(name=_("政策文件"), actions=actions if holds(request, EDIT_POLICY) else ()),
        "filters": Filters(
            fields=[Field(name="q", label=_("查找"), kind="search", value=text, placeholder=_("标题或文号"))]
        ),
        "table": tables.documents_table(found[:200], _cited()),
    }
    return render(request, "office/rulebook/documents.html", context)


def _cited() -> dict[UUID, int]:
    """How many values rest on each document."""
    return dict(ParameterValue.objects.order_by().values_list("document_id").annotate(Count("pk")))


@needs(VIEW_RULEBOOK)
@require_safe
def document(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """A document with the clauses that are cited, and what they state where."""
    found = PolicyDocument.objects.select_related("quoted_in").filter(pk=document_id).first()
    if found is None:
        raise Http404
    values = ParameterValue.objects.filter(document=found).order_by("clause", "parameter", "region_code")
    context = {
        "head": tables.document_head(found),
        "facts": tables.document_facts(found),
        "table": tables.clauses_table(values[:500]),
        "text": found.text,
    }
    return render(request, "office/rulebook/document.html", context)


@needs(EDIT_POLICY)
def new_document(request: HttpRequest) -> HttpResponse:
    region = own_region(request)
    form = DocumentForm(request.POST or None)
    if form.is_valid():
        try:
            made = register_document(_facts(form.cleaned_data, region), actor=current_actor())
        except REFUSED as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("政策文件已登记"))
            return redirect("office:document", made.pk)
    head = PageHead(name=_("登记政策文件"), place=paths_of([region])[region])
    return _form_page(request, head, form, _("登记"))


def _facts(told: dict[str, Any], region: str) -> DocumentFacts:
    return DocumentFacts(
        title=told["title"],
        region_code=region,
        number=told["number"],
        issuers=tuple(line.strip() for line in told["issuers"].splitlines() if line.strip()),
        kind=DocumentKind(told["kind"]),
        status=DocumentStatus(told["status"]),
        issued_on=told["issued_on"],
        text=told["text"],
    )


@needs(EDIT_POLICY)
def state(request: HttpRequest, code: str, parameter: str) -> HttpResponse:
    """State a new dated value: nothing is overwritten, the one in force ends where this begins."""
    region, param = _own_region(code), _parameter(parameter)
    variant = request.GET.get("variant", "")
    form = StatementForm(
        request.POST or None,
        region=[places.NATION, *places.lineage(region)],
        variants=str(param.variants),
        initial={"variant": variant},
    )
    if form.is_valid() and _stated(form, param, region, request):
        messages.success(request, _("“%(label)s”的取值已登记") % {"label": param.label})
        return redirect(_at_line(param, region))
    now = _line(param, variant, region, day_of(request))
    posted = request.POST if request.method == "POST" else None
    context = {
        "head": PageHead(
            name=_("登记取值：%(label)s") % {"label": param.label}, place=paths_of([region])[region]
        ),
        "now": now,
        "form": form,
        "groups": inputs.groups(param.kind, now.value if now else None, param.unit, posted),
        "history": tables.values_table(
            ParameterValue.objects.filter(parameter=param.code, region_code=region)
            .select_related("document")
            .order_by("variant", "-valid_from")
        ),
    }
    return render(request, "office/rulebook/state.html", context)


def _at_line(param: Parameter[Any], region: str) -> str:
    """The rulebook narrowed to the line that was just changed."""
    address = reverse("office:rulebook-of", args=[region])
    return f"{address}?{urlencode({'q': str(param.label)})}"


def _line(param: Parameter[Any], variant: str, region: str, on: date) -> RulebookLine | None:
    """What holds of a parameter in a place on a day."""
    lines = rulebook(region, on)
    return next((line for line in lines if line.parameter is param and line.variant == variant), None)


def _stated(form: StatementForm, param: Parameter[Any], region: str, request: HttpRequest) -> bool:
    told = form.cleaned_data
    try:
        state_value(
            Statement(
                parameter=param.code,
                region_code=region,
                value=inputs.given(param.kind, request.POST),
                valid_from=told["valid_from"],
                valid_to=told["valid_to"],
                document=told["document"],
                clause=told["clause"],
                note=told["note"],
                variant=told.get("variant", ""),
            ),
            actor=current_actor(),
        )
    except (WrongValue, *REFUSED) as refused:
        form.add_error(None, str(refused))
        return False
    return True


@needs(EDIT_POLICY)
def withdraw(request: HttpRequest, value_id: UUID) -> HttpResponse:
    """End a value; it stays on record with the reason."""
    value = ParameterValue.objects.select_related("document").filter(pk=value_id).first()
    if value is None or not current_scope().covers_region(value.region_code):
        raise Http404
    form = WithdrawForm(request.POST or None)
    param = _parameter(value.parameter)
    if form.is_valid():
        try:
            withdraw_value(
                value_id,
                on=form.cleaned_data["on"],
                reason=form.cleaned_data["reason"],
                actor=current_actor(),
            )
        except REFUSED as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _withdrawn(param, value))
            return redirect(_at_line(param, value.region_code))
    head = PageHead(
        name=_("撤回取值：%(label)s") % {"label": param.label},
        place=paths_of([value.region_code])[value.region_code],
    )
    return _form_page(request, head, form, _("撤回"))


def _withdrawn(param: Parameter[Any], value: ParameterValue) -> str:
    """What holds instead: the value before the withdrawn one ended where that began, and does not come back."""
    line = _line(param, value.variant, value.region_code, timezone.localdate())
    if line is None:
        return _("取值已撤回")
    told = {"shown": f"{line.shown} {line.unit}".strip(), "source": line.citation or _("没有依据")}
    return _("取值已撤回，现在适用：%(shown)s（%(source)s）；要用原来的取值，请重新登记") % told


def _form_page(request: HttpRequest, head: PageHead, form: forms.Form, verb: str) -> HttpResponse:
    return render(request, "office/accounts/form.html", {"head": head, "form": form, "verb": verb})


def _region(code: str) -> str:
    if not places.is_code(code) or (code != places.NATION and paths_of([code])[code] == code):
        raise Http404
    return code


def _own_region(code: str) -> str:
    if not places.is_code(code) or not current_scope().covers_region(code):
        raise Http404
    return code


def _parameter(code: str) -> Parameter[Any]:
    try:
        return parameter_named(code)
    except NotRegistered:
        raise Http404 from None


def _head(region: str, on: date, *, may_edit: bool) -> PageHead:
    actions = [Action(label=_("政策文件"), url="/rulebook/documents/", icon="rules")]
    return PageHead(
        name=_("参数"),
        place=paths_of([region])[region],
        lead=_("%(day)s 在这里有效的每一个数：从哪里来、依据什么。") % {"day": on.isoformat()}
        + ("" if may_edit else _("您可以查看；修改由本级主管部门办理。")),
        actions=actions,
    )


def _filters(region: str, on: date, text: str) -> Filters:
    return Filters(
        fields=[
            Field(name="q", label=_("查找"), kind="search", value=text, placeholder=_("参数、取值或文号")),
            Field(name="on", label=_("哪一天"), kind="date", value=on),
        ],
        clear_url=f"/rulebook/{region}/?{urlencode({'on': on.isoformat()})}" if text else "",
    )
