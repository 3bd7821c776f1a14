"""Registering and correcting: the forms of every register, and the state of many rows at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.kernel.access import SIGNED_IN, needs
from linzhan.kernel.registers.declare import Register
from linzhan.kernel.registers.owning import why_kept
from linzhan.office import parts
from linzhan.office.registers import files, forms, saving, stating
from linzhan.office.registers.opening import found, opened_for_writing
from linzhan.office.registers.tables import status_column


@needs(SIGNED_IN)
def new(request: HttpRequest, key: str) -> HttpResponse:
    """``/r/<register>/new/``."""
    register = opened_for_writing(request, key)
    form = forms.of_request(register, request.POST if request.method == "POST" else request.GET)
    if request.method != "POST":
        return _shown(request, register, forms.begun(register, form), None)
    with transaction.atomic():
        outcome = saving.written(register, forms.values(register, form))
        if outcome.created:
            messages.success(request, _("已登记"))
            return HttpResponseRedirect(f"/r/{key}/{outcome.ids[0]}/")
        if not outcome.rejected:  # the engine took it for a correction of what is there
            transaction.set_rollback(True)
            form.errors[register.sheet.keys[0].name] = _("这个编号已经登记过了；要改它，请打开那一条")
    return _shown(request, register, form, None, saving.take_faults(register, form, outcome))


@needs(SIGNED_IN)
def edit(request: HttpRequest, key: str, row_id: UUID) -> HttpResponse:
    """``/r/<register>/<id>/edit/``: refuses to overwrite what somebody else changed meanwhile."""
    register = opened_for_writing(request, key)
    if register.written_once:
        files.read(register, row_id)
        messages.warning(request, why_kept(register))
        return HttpResponseRedirect(f"/r/{key}/{row_id}/")
    rows = found(register, row_id, lock=request.method == "POST")
    row = files.read(register, row_id)
    shown, version = forms.of_row(register, row), saving.version(register, rows, row)
    if request.method != "POST":
        return _shown(request, register, shown, row, version=version)
    form = forms.of_request(register, request.POST)
    changed = saving.changed_meanwhile(register, request.POST.get("version", ""), version)
    if changed:
        saving.note_conflicts(form, shown, changed)
        rest = [_("您打开之后，别人改过这一条。请看标出的各项，核对后再保存")]
        return _shown(request, register, form, row, rest, version=version, tone="warning")
    return _saved(request, register, form, shown, row, version)


def _saved(
    request: HttpRequest,
    register: Register,
    form: forms.Sheetful,
    shown: forms.Sheetful,
    row: dict[str, Any],
    version: str,
) -> HttpResponse:
    rest: list[str] = []
    with transaction.atomic():
        outcome = saving.written(register, forms.values(register, form, shown), row["id"])
        if not outcome.rejected and outcome.ids[0] == row["id"]:
            messages.success(request, _("已保存") if outcome.updated else _("没有改动"))
            return HttpResponseRedirect(f"/r/{register.key}/{row['id']}/")
        if not outcome.rejected:  # the key means another row in the place stated: nothing of it stays
            transaction.set_rollback(True)
            form.errors[register.place[0]] = _("编号只在本县内有效，不能这样移到别的县；请在那里重新登记")
    rest = saving.take_faults(register, form, outcome)
    return _shown(request, register, form, row, rest, version=version)


def _shown(
    request: HttpRequest,
    register: Register,
    form: forms.Sheetful,
    row: dict[str, Any] | None,
    rest: list[str] | None = None,
    *,
    version: str = "",
    tone: str = "error",
) -> HttpResponse:
    wrong = list(rest or [])
    if form.errors and not wrong:
        wrong = [_("有 %(n)d 处需要改正，已在下面标出；填好的都还在") % {"n": len(form.errors)}]
    name = _("登记%(what)s") % {"what": register.name} if row is None else files.title(register, row)
    context = {
        "head": parts.PageHead(name=name, place=register.name, place_url=f"/r/{register.key}/"),
        "groups": forms.fields(register, form, is_new=row is None),
        "notices": [
            parts.Notice(text=text, tone="warning" if tone == "warning" else "error") for text in wrong
        ],
        "version": version,
        "is_new": row is None,
        "back_url": f"/r/{register.key}/" if row is None else f"/r/{register.key}/{row['id']}/",
    }
    return render(request, "office/registers/form.html", context, status=422 if wrong else 200)


@needs(SIGNED_IN)
def change_status(request: HttpRequest, key: str) -> HttpResponse:
    """``/r/<register>/status/``: first says what it will do with the selected rows, then does it."""
    register = opened_for_writing(request, key)
    column = status_column(register)
    rows = stating.selected(register, request.POST.getlist("ids"))
    if request.method != "POST" or column is None or not rows:
        return HttpResponseRedirect(f"/r/{key}/")
    value = request.POST.get("status", "")
    if value in column.choices and request.POST.get("confirmed"):
        done = stating.changed(register, rows, value)
        for text in done.refusals:
            messages.error(request, text)
        if done.number:
            messages.success(request, _("已把 %(n)d 条改为“%(value)s”") % {"n": done.number, "value": value})
        return HttpResponseRedirect(f"/r/{key}/")
    context = stating.confirmation(request, register, column, rows) | {"today": timezone.localdate()}
    return render(request, "office/registers/status.html", context)
