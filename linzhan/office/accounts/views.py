"""Accounts and appointments within the reader's scope: who works here, in which role, since when (NFR-06)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from linzhan.accounts.api import (
    EDIT_ACCOUNTS,
    VIEW_ACCOUNTS,
    Appointment,
    AppointmentRefused,
    User,
    accounts,
    end_appointment,
    history_of_appointments,
    require_ladder,
    require_manageable,
    reset_password,
    set_active,
)
from linzhan.kernel.access import needs
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.scope import ScopeViolation
from linzhan.office.accounts import tables
from linzhan.office.accounts.appointing import appoint_again, open_account
from linzhan.office.accounts.forms import PICKED, AccountForm, AppointmentForm, Carrying, EndForm, OwnRowForm
from linzhan.office.accounts.history import edits_of
from linzhan.office.accounts.own_row import OF_STATIONS, names_of_workers, offered_staff, tie
from linzhan.office.parts import Action, PageHead, Tab
from linzhan.office.registers.choosing import offered
from linzhan.office.requests import holds

PAGE = 50
REFUSED = (AppointmentRefused, ScopeViolation)


@needs(VIEW_ACCOUNTS)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    asked = tables.asked_of(request.GET)
    found = accounts(on=timezone.localdate(), limit=PAGE + 1, **asked)
    actions = [Action(label=_("开设账号"), url="/accounts/new/", icon="add", style="primary", new=True)]
    context = {
        "head": PageHead(
            name=_("账号与任职"),
            count=_("共 %d 个") % len(found) if len(found) <= PAGE and not asked["after"] else "",
            actions=actions if holds(request, EDIT_ACCOUNTS) else (),
        ),
        "filters": tables.filters(asked),
        "table": tables.accounts_table(found[:PAGE], more=len(found) > PAGE, asked=request.GET),
    }
    return render(request, "office/accounts/list.html", context)


@needs(EDIT_ACCOUNTS)
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    form = AccountForm(request.POST or None, own_role=_role(request), displays=tables.displays(request.POST))
    if form.is_valid():
        try:
            user, password = open_account(form.cleaned_data, own_role=_role(request))
        except (ValidationError, *REFUSED) as refused:
            _refuse(form, refused)
        else:
            return _show_password(request, user, password, _("账号已开设"))
    return render(
        request,
        "office/accounts/form.html",
        {"head": PageHead(name=_("开设账号")), "form": form, "verb": _("开设账号")},
    )


@needs(VIEW_ACCOUNTS)
@require_safe
def file(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """One account: what they hold and held, and on the second tab who changed what."""
    user = _user(user_id)
    on_history = request.GET.get("tab") == "history"
    may = holds(request, EDIT_ACCOUNTS) and user.pk != request.user.pk
    held = history_of_appointments(user)
    context = {
        "head": tables.account_head(user, may_edit=may),
        "tabs": [
            Tab(_("任职"), f"/accounts/{user.pk}/", not on_history),
            Tab(_("历史"), f"/accounts/{user.pk}/?tab=history", on_history),
        ],
        "edits": edits_of(user, held) if on_history else None,
        "facts": tables.account_facts(user),
        "table": tables.appointments_table(held, may_end=may),
    }
    return render(request, "office/accounts/file.html", context)


@needs(EDIT_ACCOUNTS)
def appoint(request: HttpRequest, user_id: UUID) -> HttpResponse:
    user = _user(user_id)
    form = AppointmentForm(
        request.POST or None, own_role=_role(request), displays=tables.displays(request.POST)
    )
    if form.is_valid():
        try:
            require_manageable(own_role=_role(request), user=user)
            appoint_again(user, form.cleaned_data, own_role=_role(request))
        except (ValidationError, *REFUSED) as refused:
            _refuse(form, refused)
        else:
            messages.success(request, _("任职已登记"))
            return redirect("office:account", user.pk)
    head = PageHead(name=_("任命 %(name)s") % {"name": user.display_name})
    return render(request, "office/accounts/form.html", {"head": head, "form": form, "verb": _("任命")})


@needs(EDIT_ACCOUNTS)
def end(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """End an appointment on a day; what it opened closes with that day."""
    held = Appointment.objects.filter(pk=appointment_id).first()
    if held is None:
        raise Http404
    user = _user(held.user_id)
    form = EndForm(request.POST or None, initial={"on": timezone.localdate()})
    if form.is_valid():
        try:
            require_ladder(own_role=_role(request), role=held.role)
            require_manageable(own_role=_role(request), user=user)
            end_appointment(appointment=held, on=form.cleaned_data["on"])
        except ValidationError as wrong:
            form.add_error("on", "；".join(wrong.messages))
        except REFUSED as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("任职已结束"))
            return redirect("office:account", user.pk)
    head = PageHead(
        name=_("结束任职"),
        lead=_("%(name)s · %(role)s；任职止当日起不再看到数据") % {
            "name": user.display_name, "role": held.get_role_display(),
        },
    )  # fmt: skip
    return render(request, "office/accounts/form.html", {"head": head, "form": form, "verb": _("结束任职")})


@needs(EDIT_ACCOUNTS)
def own_row(request: HttpRequest, appointment_id: UUID) -> HttpResponse:
    """Which worker of the station the holder of an appointment is."""
    held = Appointment.objects.filter(pk=appointment_id).first()
    if held is None or held.role not in OF_STATIONS or held.station_id is None:
        raise Http404
    user = _user(held.user_id)
    form = OwnRowForm(
        request.POST or None,
        station_id=held.station_id,
        initial={"worker": held.person_id},
        display=tables.displays(request.POST).get("worker", "")
        or names_of_workers([held]).get(held.person_id or held.pk, ""),
    )
    if form.is_valid():
        try:
            require_ladder(own_role=_role(request), role=held.role)
            require_manageable(own_role=_role(request), user=user)
            tie(held, form.cleaned_data["worker"])
        except (ValidationError, *REFUSED) as refused:
            _refuse(form, refused)
        else:
            messages.success(request, _("社工档案已保存，手机下次同步时生效"))
            return redirect("office:account", user.pk)
    head = PageHead(
        name=_("关联社工档案"),
        lead=_("%(name)s · %(role)s") % {"name": user.display_name, "role": held.get_role_display()},
    )
    return render(request, "office/accounts/form.html", {"head": head, "form": form, "verb": _("保存")})


@needs(EDIT_ACCOUNTS)
@require_POST
@never_cache
def reset(request: HttpRequest, user_id: UUID) -> HttpResponse:
    user = _user(user_id)
    try:
        require_manageable(own_role=_role(request), user=user)
        password = reset_password(user=user)
    except REFUSED as refused:
        messages.error(request, str(refused))
        return redirect("office:account", user.pk)
    return _show_password(request, user, password, _("密码已重置"))


@needs(EDIT_ACCOUNTS)
@require_POST
def activate(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Switch an account off, or on again (``active`` = ``1``)."""
    user = _user(user_id)
    active = request.POST.get("active") == "1"
    try:
        require_manageable(own_role=_role(request), user=user)
        set_active(user=user, active=active)
    except REFUSED as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("账号已启用") if active else _("账号已停用，它的登录同时退出"))
    return redirect("office:account", user.pk)


@needs(EDIT_ACCOUNTS)
@require_safe
def pick(request: HttpRequest, key: str) -> HttpResponse:
    """Rows that an appointment can point at, within the scope of whoever appoints."""
    if key == "workers":
        station = request.GET.get("stations", "")
        options = offered_staff(station, request.GET.get("q", ""))
        first = "" if station else _("请先选择站点")
        return render(request, "office/parts/options.html", {"options": options, "first": first})
    if key not in PICKED.values() or key not in REGISTERS:
        raise Http404
    options = offered(REGISTERS[key], request.GET.get("q", "").strip())
    return render(request, "office/parts/options.html", {"options": options})


def _role(request: HttpRequest) -> str:
    return str(request.appointment.role)  # type: ignore[attr-defined]


def _user(user_id: UUID) -> User:
    found = User.objects.filter(pk=user_id).first()
    if found is None:
        raise Http404
    return found


def _refuse(form: Carrying, refused: Exception) -> None:
    if isinstance(refused, ValidationError):
        form.refuse(refused)
    else:
        form.add_error(None, str(refused))


def _show_password(request: HttpRequest, user: User, password: str, title: Any) -> HttpResponse:
    """The only time anybody sees it."""
    head = PageHead(name=title, lead=_("一次性密码只显示这一次，请当面或电话告知本人；首次登录须修改。"))
    context = {"head": head, "account": user, "password": password}
    return render(request, "office/accounts/one_time.html", context)
