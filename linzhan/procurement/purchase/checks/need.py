"""Before a purchase is approved: what the survey settles, minutes, purchaser, form, budget (PUR-03…06, 10, 13)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from linzhan.kernel.checks import Checked, Outcome
from linzhan.policy.api import procurement, purchasing
from linzhan.procurement.purchase import rules
from linzhan.procurement.purchase.checks.saying import Found, Row, all_there, read, ruled, said
from linzhan.procurement.purchase.enums import BUREAUS, Buyer
from linzhan.procurement.purchase.reading import Read
from linzhan.procurement.purchase.rights import OVERRULE

SURVEYED = {
    "服务人群": "survey_population",
    "岗位数量": "posts_wanted",
    "服务标准": "service_standards",
    "考核指标": "appraisal_indicators",
}


def needs(row: Row) -> list[Checked]:
    """PUR-04: what the survey of needs must settle."""
    asked = read(row)
    ruling = ruled(purchasing.NEEDS_SURVEY, asked.region, asked.on("surveyed_on"))
    if ruling is None:
        return []
    lacking = [what for what in ruling.value if asked[SURVEYED[what]] is None]
    return [all_there("needs", _("需求调查"), lacking, ruling)]


def approval(row: Row) -> list[Checked]:
    """What stands before a purchase is approved (PUR-03, 05, 06, 10, 13)."""
    asked = read(row)
    on = asked.on("approved_on")
    return [
        *_minutes(asked, on),
        *_buyer(asked, on),
        *_form(asked, on),
        *budget(asked, on),
        *_shares(asked, on),
    ]


def _minutes(asked: Read, on: date) -> Found:
    """PUR-13: major matters go to the county's committee or head, and the minutes are kept. Nobody may overrule."""
    ruling = ruled(procurement.MAJOR_MATTERS, asked.region, on)
    if ruling is None:
        return
    reported = set(asked.many("reported_matters"))
    lacking = [_("“%s”的审核") % matter for matter in ruling.value if matter not in reported]
    if not asked.text("minutes_number"):
        lacking.append(_("会议纪要文号"))
    if asked.day("minuted_on") is None:
        lacking.append(_("会议纪要日期"))
    yield all_there("minutes", _("重大事项报告"), lacking, ruling, overrule="")


def _buyer(asked: Read, on: date) -> Found:
    ruling = ruled(procurement.PURCHASER, asked.region, on)
    buyer = asked.text("buyer")
    if ruling is None:
        return
    title, wanted = _("购买主体"), ruling.value
    told = {"buyer": buyer, "wanted": wanted}
    if not buyer:
        words = _("没有写明购买主体类别，当地为“%(wanted)s”") % told
        yield said("buyer", title, Outcome.UNKNOWN, words, ruling)
        return
    wrong = (wanted == Buyer.COUNTY_BUREAU and buyer != Buyer.COUNTY_BUREAU) or (
        wanted == "购买方与民政部门分设" and buyer in BUREAUS
    )
    words = _("“%(buyer)s”购买，当地为“%(wanted)s”") % told
    yield said("buyer", title, Outcome.WARN if wrong else Outcome.PASS, words, ruling)


def _form(asked: Read, on: date) -> Found:
    """PUR-10: projects or posts."""
    ruling = ruled(procurement.PURCHASE_FORMS, asked.region, on)
    if ruling is None:
        return
    form = asked.text("form")
    told = {"form": form or _("没有写明"), "allowed": "、".join(ruling.value)}
    words = _("购买形式：%(form)s；当地可以：%(allowed)s") % told
    outcome = Outcome.PASS if form in ruling.value else Outcome.STOP
    yield said("form", _("购买形式"), outcome, words, ruling)


def budget(asked: Read, on: date) -> Found:
    """PUR-05, PUR-06: the four cost groups, and the labour cost."""
    groups = {name: asked.amount(name) for name in rules.BUDGET}
    ruling = ruled(procurement.BUDGET_GROUPS, asked.region, on)
    if ruling is not None:
        lacking = [label for label in rules.missing_groups(groups) if label in ruling.value]
        total, whole = asked.amount("budget_total"), rules.sum_of_groups(groups)
        if not lacking and total is not None and whole != total:
            told = {"sum": rules.yuan(whole or Decimal(0)), "total": rules.yuan(total)}
            words = _("四项合计 %(sum)s，与预算总额 %(total)s 不符") % told
            yield said("budget", _("预算科目"), Outcome.STOP, words, ruling, OVERRULE)
        else:
            yield all_there("budget", _("预算科目"), lacking, ruling)
    labour = ruled(purchasing.LABOUR_COST, asked.region, on)
    if labour is not None and labour.value:
        lacking = [] if groups["budget_salaries"] else [_("人力成本（预算薪酬）")]
        yield all_there("labour", _("人力成本"), lacking, labour)


def _shares(asked: Read, on: date) -> Found:
    """How the budget is made up against the reference shares; only a reminder (``domain.md`` §5.4)."""
    ruling = ruled(procurement.COST_SHARES, asked.region, on)
    total = asked.amount("budget_total")
    if ruling is None or not total:
        return
    by_head = {rule.head: rule for rule in ruling.value}
    for name, head in rules.HEADS.items():
        rule, part = by_head.get(head), asked.amount(name)
        if rule is None or part is None:
            continue
        found = rules.share(part, total)
        low, high = rule.at_least, rule.at_most
        if (low is not None and found < low) or (high is not None and found > high):
            told = {"head": head, "share": rules.percent(found), "range": _range(low, high)}
            words = _("%(head)s占 %(share)s，参考比例%(range)s") % told
            yield said(f"share-{name}", _("成本构成"), Outcome.WARN, words, ruling)


def _range(low: object, high: object) -> str:
    if low is None or high is None:
        return f"不低于 {low}%" if high is None else f"不高于 {high}%"
    return f" {low}%—{high}%"
