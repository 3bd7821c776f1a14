"""Transfers, handovers and proposed states on the desk, on the work bench and on the resident's file."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.casework.api import EDIT_RESIDENTS, ResidentStatus
from linzhan.casework.api.transfers import (
    ASSIGN,
    TRANSFER,
    VIEW_TRANSFERS,
    ProposalState,
    StatusProposal,
    Transfer,
    TransferStage,
)
from linzhan.kernel.scope import current_scope
from linzhan.office import parts
from linzhan.office.home.waiting import Reader, Waiting, waiting
from linzhan.office.navigation import page
from linzhan.office.registers.extending import FileAsked, HeadMore, file_head

IN_HAND = (ResidentStatus.REGISTERED, ResidentStatus.PAUSED)

page("transfers", "服务", gettext_lazy("转移"), "transfers", VIEW_TRANSFERS, 81, beside=True)
page("handovers", "服务", gettext_lazy("交接"), "handovers", ASSIGN, 82, beside=True)
page(
    "status-proposals",
    "服务",
    gettext_lazy("拟变更状态"),
    "status-proposals",
    EDIT_RESIDENTS,
    83,
    beside=True,
)


@waiting("transfers.asked", TRANSFER)
def asked(reader: Reader) -> Waiting:
    """Transfers that wait for the answer of one of my stations."""
    del reader
    return Waiting(
        Transfer.objects.filter(
            stage=TransferStage.ASKED, other_station_id__in=list(current_scope().stations)
        ),
        lambda n: parts.Duty(
            title=_("%d 份转移等本站答复") % n, url="/residents/transfers/?tab=mine", verb=_("答复")
        ),
    )


@waiting("residents.proposals", EDIT_RESIDENTS)
def proposed(reader: Reader) -> Waiting:
    """Residents whom a visit found dead or gone, and whose file does not say so yet."""
    del reader
    return Waiting(
        StatusProposal.objects.filter(state=ProposalState.OPEN),
        lambda n: parts.Duty(
            title=_("%d 次探访发现对象去世或迁走，待核实") % n,
            url="/residents/proposals/",
            note=_("核实后才改档案状态"),
            verb=_("核实"),
        ),
    )


@file_head("residents")
def ways_to_go(asked: FileAsked) -> HeadMore:
    """From the file: another worker, another station."""
    if asked.row.get("status") not in IN_HAND:
        return HeadMore()
    base, actions = f"/residents/{asked.row['id']}", []
    if asked.holds(ASSIGN):
        actions.append(parts.Action(label=_("指定责任社工"), url=f"{base}/assign/"))
    if asked.holds(TRANSFER):
        actions.append(parts.Action(label=_("转到别的站点"), url=f"{base}/transfer/"))
    return HeadMore(actions=actions)
