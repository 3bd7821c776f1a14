"""Phones at the desk: what could not be joined or taken, and which phones there are (NFR-08)."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linzhan.accounts.api import OVERSEE_PHONES, SYNC, display_names, revoke_tokens
from linzhan.kernel.access import SIGNED_IN, needs
from linzhan.kernel.files.receiving import picture_of, visible
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.sync import settling
from linzhan.kernel.sync.amending import Refused
from linzhan.kernel.sync.devices import report_lost, take_back, users_of
from linzhan.kernel.sync.models import CommandState, Device, SyncCommand
from linzhan.office import parts
from linzhan.office.phones import showing
from linzhan.office.requests import demand, holds, person

SHOWN = 50
LOST, FOUND = "lost", "found"


@needs(OVERSEE_PHONES)
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """``/phones/waiting/``: changes that met another one, and commands that were set aside."""
    conflicts = list(settling.waiting()[:SHOWN])
    aside = SyncCommand.objects.filter(state=CommandState.REFUSED).order_by("-received_at")[:SHOWN]
    context = {
        "head": parts.PageHead(
            name=_("手机提交待核对"),
            lead=_(
                "手机上的更改遇到别人已改过的地方，不会覆盖，由您决定；不能收下的提交还保留在那部手机上。"
            ),
        ),
        "conflicts": showing.conflicts(conflicts),
        "aside": showing.set_aside(list(aside)),
    }
    return render(request, "office/phones/waiting.html", context)


@needs(OVERSEE_PHONES)
@require_POST
def settled(request: HttpRequest, conflict_id: UUID) -> HttpResponse:
    """One of the two values is to stand."""
    rights: frozenset[str] = getattr(request, "rights", frozenset())
    choice = request.POST.get("choice", "")
    try:
        settling.settle(conflict_id, choice, rights=rights, by=person(request))
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        told = _("已采用手机上的内容") if choice == settling.MINE else _("已保留现有内容")
        messages.success(request, told)
    return HttpResponseRedirect("/phones/waiting/")


@needs(SYNC)
@require_safe
def devices(request: HttpRequest) -> HttpResponse:
    """``/phones/``: one's own phones, and those of one's people where one answers for them."""
    rows = Device.objects.order_by("-last_seen")
    if not holds(request, OVERSEE_PHONES):
        rows = rows.filter(user_id=person(request))
    found = list(rows[:SHOWN])
    names = display_names({each.user_id for each in found})
    context = {
        "head": parts.PageHead(
            name=_("手机设备"),
            lead=_("丢了手机请立即报失：它下一次联网时会清除本应用的全部数据，登录同时失效。"),
        ),
        "table": showing.devices(found, names),
    }
    return render(request, "office/phones/devices.html", context)


@needs(SYNC)
def lost(request: HttpRequest, device_id: UUID) -> HttpResponse:
    """Report a phone lost, or say that it was found; first tells what that does."""
    device = Device.objects.filter(pk=device_id).first()
    if device is None or (device.user_id != person(request) and not holds(request, OVERSEE_PHONES)):
        raise Http404
    if request.method == "POST":
        if request.POST.get("act") == FOUND and device.lost_on is not None:
            demand(request, OVERSEE_PHONES)
            take_back(device)
            messages.success(request, _("已取消报失；在那部手机上重新登录后可以继续使用"))
        elif request.POST.get("act") == LOST:
            report_lost(device, person(request))
            revoke_tokens(users_of(device.device))
            messages.success(request, _("已报失；它下一次联网时会清除数据，登录同时失效"))
        return HttpResponseRedirect("/phones/")
    names = display_names({device.user_id})
    context = {
        "head": parts.PageHead(
            name=device.name or _("未命名的手机"), place=_("手机设备"), place_url="/phones/"
        ),
        "facts": showing.facts(device, names),
        "device": device,
        "may_take_back": holds(request, OVERSEE_PHONES),
    }
    return render(request, "office/phones/lost.html", context)


@needs(SIGNED_IN)
@require_safe
def attachment(request: HttpRequest, identity: UUID) -> HttpResponse:
    """A photo or signature of a row that the reader may see."""
    found = visible(identity)
    if found is None:
        raise Http404
    demand(request, REGISTERS[found.register].view)
    picture, media_type = picture_of(found)
    return HttpResponse(
        picture,
        content_type=media_type,
        headers={"Cache-Control": "private, no-store", "Content-Disposition": "inline"},
    )
