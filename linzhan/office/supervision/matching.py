"""选配督导: who might supervise a station, with the reasons; a person decides (SPV-05)."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linzhan.kernel.access import needs
from linzhan.kernel.registers.amending import told
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.writing import save_one
from linzhan.network.api import Station
from linzhan.office import parts
from linzhan.office.requests import holds
from linzhan.office.supervision.telling import AT_MOST, table
from linzhan.workforce.api import EDIT_AGREEMENTS, VIEW_AGREEMENTS, match

AGREEMENTS = "supervision-agreements"


def _asked(station_id: UUID) -> Station:
    station = Station.objects.filter(pk=station_id).first()
    if station is None:
        raise Http404
    return station


@needs(VIEW_AGREEMENTS)
@require_safe
def matching(request: HttpRequest, station_id: UUID) -> HttpResponse:
    """``/supervision/match/<station>/``: whoever is in use, those with room first; then by field, distance, load."""
    station = _asked(station_id)
    may = holds(request, EDIT_AGREEMENTS)
    url = reverse("office:supervision-propose", args=[station.pk])
    context = {
        "head": parts.PageHead(
            name=_("选配督导"),
            place=station.name,
            place_url=f"/r/stations/{station.pk}/",
            lead=_(
                "按有没有余量、擅长领域、远近和已带站点数给出建议，理由写在旁边，由您决定。"
                "已带站点数只算您看得到的协议。选定后先拟一份协议，补全条款再签订。"
            ),
        ),
        "tables": [
            table(
                "candidates",
                _("可选的督导"),
                (("name", _("督导")), ("level", _("库别")), ("reasons", _("理由"))),
                [
                    parts.TableRow(
                        id=str(entry.pk),
                        cells={"name": entry.name, "level": entry.level, "reasons": "；".join(each.reasons)},
                        actions=[
                            parts.Action(
                                label=_("拟协议"), url=url, post=True, name="supervisor", value=str(entry.pk)
                            )
                        ]
                        if may
                        else (),
                    )
                    for entry, each in match(station, timezone.localdate())[:AT_MOST]
                ],
                _("人才库里没有可用的督导"),
                _("在“督导人才库”办理“开始使用”之后，这里会列出；也可以委托外地机构，直接拟订协议。"),
            )
        ],
    }
    return render(request, "office/supervision/work.html", context)


@needs(EDIT_AGREEMENTS)
@require_POST
def propose(request: HttpRequest, station_id: UUID) -> HttpResponse:
    """A draft of an agreement for a year, with the reasons; nothing holds before it is signed."""
    station, today = _asked(station_id), timezone.localdate()
    chosen = request.POST.get("supervisor", "")
    found = next((each for each in match(station, today) if str(each[0].pk) == chosen), None)
    if found is None:
        raise Http404
    entry, proposal = found
    outcome = save_one(
        REGISTERS[AGREEMENTS],
        {
            "kind": "聘请督导",
            "supervisor": entry.pk,
            "stations": (station.pk,),
            "starts_on": today,
            "ends_on": _a_year_on(today),
            "reasons": "；".join(proposal.reasons),
        },
    )
    if wrong := told(outcome):
        messages.warning(request, wrong)
        return HttpResponseRedirect(reverse("office:supervision-match", args=[station.pk]))
    messages.success(request, _("已拟订协议，补全期限、时数和费用后办理“签订”"))
    return HttpResponseRedirect(f"/r/{AGREEMENTS}/{outcome.ids[0]}/")


def _a_year_on(today: date) -> date:
    leap = (today.month, today.day) == (2, 29)
    return today.replace(year=today.year + 1, day=28 if leap else today.day) - timedelta(days=1)
