"""Before an award: interests declared, and nobody judged who has one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from linzhan.kernel.checks import Checked, Outcome
from linzhan.kernel.registers.reading import Referred, look_up
from linzhan.policy.api import purchasing
from linzhan.procurement.purchase import rules
from linzhan.procurement.purchase.checks.saying import Row, read, ruled, said
from linzhan.procurement.purchase.enums import BidResult
from linzhan.procurement.purchase.models import Bid, PanelMember
from linzhan.procurement.purchase.reading import Read
from linzhan.providers.api import PROVIDERS, standing_checks


def award(row: Row) -> list[Checked]:
    """What stands before an award: interests, and the standing of who won (PUR-15)."""
    asked = read(row)
    won = Bid.objects.filter(purchase=asked.id, result=BidResult.WON).first()
    return [*interests(row), *standing(asked, won.bidder_id if won else None, asked.on("awarded_on"))]


def standing(asked: Read, provider: UUID | None, on: date) -> list[Checked]:
    """Registration, inspection, lists, sanctions, bars of this purchaser: as the desk of institutions sees them."""
    if provider is None:
        return []
    return standing_checks(provider, region=asked.region, on=on, purchaser=asked.text("purchaser"))


def interests(row: Row) -> list[Checked]:
    """Interests declared, and nobody judged who has one."""
    asked = read(row)
    on = asked.on("awarded_on")
    ruling = ruled(purchasing.RECUSAL, asked.region, on)
    if ruling is None:
        return []
    declared = declarations(asked)
    title, silent, against = _("利害关系"), rules.undeclared(declared), rules.conflicts(declared)
    if against:
        words = "；".join(f"{each.who}：{each.with_whom or _('声明有利害关系')}，未回避" for each in against)
        return [said("interests", title, Outcome.STOP, words, ruling)]
    if silent:
        words = _("没有利害关系声明：%s") % "、".join(silent)
        return [said("interests", title, Outcome.STOP, words, ruling)]
    return [said("interests", title, Outcome.PASS, _("%d 份声明") % len(declared), ruling)]


def declarations(asked: Read) -> list[rules.Interest]:
    """What bidders and panel have declared; three queries."""
    bids = list(Bid.objects.filter(purchase=asked.id).order_by("rank", "pk"))
    firms = look_up(PROVIDERS, {each.bidder_id for each in bids if each.bidder_id})
    panel = PanelMember.objects.filter(purchase=asked.id).order_by("pk")
    told = [(_bidder(each, firms), each.interest, each.interest_with, each.recused) for each in bids]
    told += [(str(each), each.interest, each.interest_with, each.recused) for each in panel]
    return [
        rules.Interest(who=who, declared=declared, with_whom=with_whom, recused=recused)
        for who, declared, with_whom, recused in told
    ]


def _bidder(bid: Bid, firms: Mapping[UUID, Referred]) -> str:
    """A bidder by name: that of its registration, where it is registered."""
    firm = firms.get(bid.bidder_id) if bid.bidder_id else None
    return firm.title if firm is not None else str(bid)
