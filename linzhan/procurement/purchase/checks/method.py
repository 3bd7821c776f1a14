"""Before the way of buying is approved: method, reviews, directory, catalogue, indicators (PUR-09, 11, 12, 14, 29)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from linzhan.kernel.checks import Checked, Outcome
from linzhan.policy.api import procurement, purchasing
from linzhan.procurement.enums import Tendering
from linzhan.procurement.purchase.checks.saying import Found, Row, all_there, read, ruled, said
from linzhan.procurement.purchase.models import PurchaseItem
from linzhan.procurement.purchase.reading import Read
from linzhan.procurement.purchase.rights import OVERRULE


def method(row: Row) -> list[Checked]:
    """What stands before the way of buying is approved (PUR-09, 11, 12, 14, 29)."""
    asked = read(row)
    on = asked.on("method_approved_on")
    return [
        *_listed_method(asked, on),
        *_review(asked, on),
        *_bodies(asked, on),
        *_directory(asked, on),
        *_catalogue(asked, on),
        *indicators(asked, on),
    ]


def _listed_method(asked: Read, on: date) -> Found:
    chosen, title = asked.text("method"), _("采购方式")
    ruling = ruled(procurement.PROCUREMENT_METHODS, asked.region, on)
    if ruling is not None:
        told = {"method": chosen, "usual": "、".join(ruling.value)}
        words = _("%(method)s；当地采用%(usual)s") % told
        outcome = Outcome.PASS if chosen in ruling.value else Outcome.WARN
        yield said("method", title, outcome, words, ruling)
    tender = ruled(purchasing.OPEN_TENDER, asked.region, on)
    if tender is not None and tender.value:
        words = _("原则上公开招标，现为%(method)s") % {"method": chosen}
        outcome = Outcome.PASS if chosen == Tendering.OPEN else Outcome.WARN
        yield said("open-tender", title, outcome, words, tender)


def _review(asked: Read, on: date) -> Found:
    ruling = ruled(purchasing.METHOD_REVIEW, asked.region, on)
    if ruling is None:
        return
    lacking = []
    if "财政部门审批采购方式" in ruling.value and "财政" not in asked.text("method_approver"):
        lacking.append(_("财政部门对采购方式的批准"))
    if "专家评审购买金额" in ruling.value and asked.amount("expert_amount") is None:
        lacking.append(_("专家评审金额"))
    yield all_there("review", _("采购方式和金额审核"), lacking, ruling, overrule="")


def _bodies(asked: Read, on: date) -> Found:
    ruling = ruled(purchasing.TENDER_BODIES, asked.region, on)
    if ruling is None:
        return
    named = {"公共资源交易中心": "trading_centre", "招投标代理机构": "agency"}
    lacking = [body for body in ruling.value if not asked.text(named[body])]
    words = _("没有写明%s") % "、".join(lacking) if lacking else _("都已写明")
    yield said("bodies", _("采购依托"), Outcome.WARN if lacking else Outcome.PASS, words, ruling)


def _directory(asked: Read, on: date) -> Found:
    """PUR-14: the directory and the manual."""
    ruling = ruled(purchasing.DIRECTORY, asked.region, on)
    if ruling is None:
        return
    lacking = [
        _("对%s的核对") % book
        for book in ruling.value
        if asked["manual_checked" if "手册" in book else "directory_checked"] is not True
    ]
    yield all_there("directory", _("目录和手册"), lacking, ruling)


def _catalogue(asked: Read, on: date) -> Found:
    """PUR-12, PUR-30: items of the catalogue, and only such as are open to purchase."""
    ruling = ruled(purchasing.CATALOGUE, asked.region, on)
    if ruling is None:
        return
    title = _("目录事项")
    items = PurchaseItem.objects.filter(purchase=asked.id)
    found = list(items.values_list("item__name", "item__purchasable").order_by("item__name"))
    shut = [name for name, purchasable in found if purchasable is False]
    if not found and not asked.many("items"):
        words = _("没有选择事项；目录：%s") % ruling.value
        yield said("catalogue", title, Outcome.STOP, words, ruling, OVERRULE)
    elif shut:
        words = _("目录写明不得购买：%s") % "、".join(shut)
        yield said("catalogue", title, Outcome.STOP, words, ruling, OVERRULE)
    else:
        words = _("选了 %d 项") % (len(found) or len(asked.many("items")))
        yield said("catalogue", title, Outcome.PASS, words, ruling)


INDICATED = {
    "服务内容": "service_content",
    "服务人数": "service_people",
    "服务时长": "service_hours",
    "群众满意度": "target_satisfaction",
}


def indicators(asked: Read, on: date) -> Found:
    """PUR-11: indicators of quantity and quality."""
    ruling = ruled(purchasing.INDICATORS, asked.region, on)
    if ruling is not None:
        lacking = [what for what in ruling.value if asked[INDICATED[what]] is None]
        yield all_there("indicators", _("数量和质量指标"), lacking, ruling)
