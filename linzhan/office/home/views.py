"""工作台: what waits for me by deadline, what changed since I last looked, three figures that are mine."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linzhan.accounts.api import LINE_OF_ROLE, SYNC, VIEW_FIGURES, Appointment, Line, Role
from linzhan.kernel.access import PUBLIC, needs
from linzhan.office.figures.answers import Place
from linzhan.office.figures.asked import in_rounds, latest_month, told_period
from linzhan.office.home import bench
from linzhan.office.home import duties as _questions  # noqa: F401 -- registers what waits
from linzhan.office.home.own import own_file
from linzhan.office.home.waiting import duties, reader_of
from linzhan.office.parts import Action, Empty, KeyFigure, PageHead
from linzhan.office.regions.names import name_of
from linzhan.office.requests import holds
from linzhan.policy.api import consulting

FIRST_CHANGES = 8  # registers that changed last; the others are folded
SINCE = timedelta(days=7)  # for whoever signs in for the first time


@needs(PUBLIC)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Open to everybody only to send them where they belong: a stranger to the door."""
    if not request.user.is_authenticated:
        return redirect("office:sign-in")
    held: Appointment | None = request.appointment  # type: ignore[attr-defined]
    reader = reader_of(request)
    if held is None or reader is None:
        return redirect("office:no-appointment")
    if LINE_OF_ROLE[held.role] is Line.PERSON:
        return _own(request, held)
    since = _looked_last(request)
    changes = bench.changes_since(since, request.rights)  # type: ignore[attr-defined]
    with consulting(ahead=True):
        context = {
            "head": PageHead(
                name=_("工作台"),
                place=name_of(held.region_code),
                lead=_greeting(request, held),
                actions=_phone(request),
            ),
            "duties": duties(reader),
            "changes": changes[:FIRST_CHANGES],
            "more_changes": changes[FIRST_CHANGES:],
            "since": since,
            "figures": _mine(request, held),
            "figures_of": _told(request),
            "nothing_waits": Empty(
                title=_("没有等您办的事"), body=_("到期、缺报和被退回的事会出现在这里。"), icon="check"
            ),
        }
    return render(request, "office/home/home.html", context)


def _own(request: HttpRequest, held: Appointment) -> HttpResponse:
    own = own_file(held.role, held.person_id)
    context = {
        "head": PageHead(name=str(request.user), lead=str(Role(held.role).label)),
        "own": own,
        "empty": Empty(title=_("还没有您的档案"), body=_("请联系所在社工站登记，登记后在这里查看。")),
    }
    return render(request, "office/home/own.html", context)


def _phone(request: HttpRequest) -> tuple[Action, ...]:
    """The way to the phone app, for whoever may use it."""
    return (Action(label=_("手机端"), url=reverse("field:shell")),) if holds(request, SYNC) else ()


def _greeting(request: HttpRequest, held: Appointment) -> str:
    return _("%(name)s，%(role)s") % {"name": request.user, "role": held.title or Role(held.role).label}


def _looked_last(request: HttpRequest) -> datetime:
    """The sign-in before this one; the door noted it in the session."""
    noted = parse_datetime(request.session.get("looked_last") or "")
    return noted or timezone.now() - SINCE


def _told(request: HttpRequest) -> str:
    period = latest_month(request)
    return told_period(request, period, min(period.end, timezone.localdate()))


def _mine(request: HttpRequest, held: Appointment) -> list[KeyFigure]:
    if VIEW_FIGURES not in request.rights or in_rounds(request):  # type: ignore[attr-defined]
        return []
    place = Place(held.region_code, latest_month(request))
    if LINE_OF_ROLE[held.role] in (Line.AREA, Line.EVERYTHING):
        return bench.mine_of_area(held.role, place)
    return bench.mine_of_stations(place)
