"""What must be there before a step, whatever the place: asked of the row as it would stand after it."""

from __future__ import annotations

from decimal import Decimal
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from linzhan.kernel.registers.declare import REGISTERS
from linzhan.procurement.enums import Tendering
from linzhan.procurement.models import ServiceProject
from linzhan.procurement.purchase import rules
from linzhan.procurement.purchase.checks.saying import Row, read
from linzhan.procurement.purchase.models import Bid, PlannedPost, PurchaseFile
from linzhan.procurement.purchase.reading import Read
from linzhan.providers.api import Provider


def reasoned(row: Row) -> str:
    """Anything but an open tender says why (PUR-09)."""
    asked = read(row)
    if asked.text("method") == Tendering.OPEN or asked.text("method_reason"):
        return ""
    return _("不公开招标的，请写明采用“%s”的理由") % asked.text("method")


def offers(row: Row) -> list[rules.Offer]:
    bids = list(Bid.objects.filter(purchase=read(row).id).order_by("rank", "pk"))
    known = set(
        Provider.objects.filter(pk__in=[bid.bidder_id for bid in bids if bid.bidder_id]).values_list(
            "pk", flat=True
        )
    )
    return [
        rules.Offer(
            name=str(bid), registered=bid.bidder_id in known, qualified=bid.qualified, result=bid.result
        )
        for bid in bids
    ]


def one_winner(row: Row) -> str:
    return rules.winner_fault(offers(row))


def signable(row: Row) -> str:
    """An institution, an amount, and a number that no other contract has."""
    asked = read(row)
    if asked.ref("provider") is None:
        return _("采购档案没有承接机构，请先办理成交")
    if (asked.amount("contract_amount") or Decimal(0)) <= 0:
        return _("合同金额应大于 0")
    return _code_fault(asked.id, asked.text("contract_code"), asked.region, asked.ref("provider"))


def _code_fault(purchase: UUID, code: str, region: str, provider: UUID | None) -> str:
    project = ServiceProject.objects.filter(code=code, county_code=region[:6]).first()
    if project is None:
        return ""
    other = PurchaseFile.objects.filter(project=project).exclude(pk=purchase).first()
    if other is not None:
        return _("合同编号“%(code)s”已用于采购“%(name)s”，请改一个") % {"code": code, "name": other.name}
    if project.provider_id != provider:
        told = {"code": code, "name": project.name}
        return _("项目台账里“%(code)s”是“%(name)s”，承接机构不同，请核对合同编号") % told
    return ""


def staffed(row: Row) -> str:
    """A team that is named (PUR-26)."""
    if PlannedPost.objects.filter(purchase=read(row).id).exists():
        return ""
    return _("请先在“人员方案”里登记每个岗位上的社工")


NEW: Final = {
    "new_amount": "contract_amount",
    "new_ends_on": "ends_on",
    "new_staff": "staff",
    "new_professional_posts": "professional_posts",
    "new_registrations": "target_registrations",
    "new_visits": "target_visits",
    "new_cases": "target_cases",
    "new_groups": "target_groups",
    "new_activities": "target_activities",
    "new_person_times": "target_person_times",
    "new_satisfaction": "target_satisfaction",
}
"""What an amendment states, and the column of the project that it changes."""


def changes_something(row: Row) -> str:
    asked = Read(row, REGISTERS["contract-changes"])
    if any(asked[name] is not None for name in (*NEW, "other_terms")):
        return ""
    return _("请写明变更后的金额、期限、人员、指标或其他条款，至少一项")
