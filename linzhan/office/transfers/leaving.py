"""What visits found (去世, 迁走), for a person to settle: the file changes only here."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.casework.api import EDIT_RESIDENTS
from linzhan.casework.api.transfers import (
    ProposalRefused,
    ProposalState,
    StatusProposal,
    TransferRefused,
    drop_proposal,
    take_up_proposal,
)
from linzhan.kernel.access import needs
from linzhan.kernel.masking import mask_name
from linzhan.office import parts
from linzhan.office.transfers import choosing

SHOWN = 100


@needs(EDIT_RESIDENTS)
def listing(request: HttpRequest) -> HttpResponse:
    """``/residents/proposals/``: each with the visit it comes from."""
    if request.method == "POST":
        try:
            _decide(request)
        except (ProposalRefused, TransferRefused) as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect("/residents/proposals/")
    found = (
        StatusProposal.objects.filter(state=ProposalState.OPEN).select_related("resident").order_by("seen_on")
    )
    context = {
        "head": parts.PageHead(
            name=_("拟变更状态"),
            lead=_(
                "探访时发现对象去世或迁走的列在这里。核实后填上实际日期，档案状态从那天起改变；看错了就写明原因。"
            ),
        ),
        "lines": [
            {
                "id": each.pk,
                "called": f"{mask_name(each.resident.name)} {each.resident.code}",
                "url": f"/r/residents/{each.resident_id}/",
                "status": each.status,
                "seen_on": each.seen_on,
                "record_url": f"/r/service-records/{each.record_id}/",
            }
            for each in found[:SHOWN]
        ],
        "empty": parts.Empty(
            title=_("没有待核实的"), body=_("探访结果填“已去世”“已迁走”时，会自动列到这里。")
        ),
        "today": timezone.localdate(),
    }
    return render(request, "office/transfers/proposals.html", context)


def _decide(request: HttpRequest) -> None:
    try:
        wanted = UUID(request.POST.get("proposal", ""))
    except ValueError:
        raise Http404 from None
    if request.POST.get("decision") == "take":
        on = choosing.day(request.POST.get("on", ""), _("日期"))
        if on is None:
            raise ProposalRefused(_("请填写从哪一天起"))
        take_up_proposal(wanted, on=on)
        messages.success(request, _("档案状态已改"))
    else:
        drop_proposal(wanted, note=request.POST.get("note", "")[:200])
        messages.success(request, _("已记下，档案不变"))
