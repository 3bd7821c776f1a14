"""Before a contract is signed: the three faults, term, posts, budget, indicators (PUR-05, 07, 08, 11, 31)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from linzhan.kernel.checks import Checked, Outcome
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.policy.api import procurement, purchasing
from linzhan.procurement.models import ServiceProject
from linzhan.procurement.money.selectors import ratio_checks
from linzhan.procurement.purchase import rules
from linzhan.procurement.purchase.checks.award import standing
from linzhan.procurement.purchase.checks.method import indicators
from linzhan.procurement.purchase.checks.need import budget
from linzhan.procurement.purchase.checks.saying import Found, Row, read, ruled, said
from linzhan.procurement.purchase.enums import ChangeStage, Form
from linzhan.procurement.purchase.models import ContractChange
from linzhan.procurement.purchase.reading import Read
from linzhan.procurement.purchase.rights import OVERRULE


def contract(row: Row) -> list[Checked]:
    """What stands before a contract is signed (PUR-05, 07, 08, 11, 31)."""
    asked = read(row)
    on = asked.on("signed_on")
    return [
        *_faults(asked, on),
        *term(asked.region, on, asked.day("starts_on"), asked.day("ends_on")),
        *assured(asked, on),
        *posts(asked.region, on, asked.number("professional_posts"), asked.number("staff")),
        *budget(asked, on),
        *indicators(asked, on),
        *standing(asked, asked.ref("provider"), on),
        *_ratios(asked, on),
    ]


def _ratios(asked: Read, on: date) -> list[Checked]:
    """The ratio rules of the fund that pays, this contract included (FND-02)."""
    source, amount = asked.text("fund_source"), asked.amount("contract_amount")
    if not source or amount is None:
        return []
    return ratio_checks(region=asked.region, on=on, source=source, amount=amount)


def _faults(asked: Read, on: date) -> Found:
    """PUR-31: the three faults; a contract that has one is not signed."""
    ruling = ruled(purchasing.FAULTS, asked.region, on)
    if ruling is None:
        return
    found = {
        "报告程序不规范": [
            word for word in (_report_fault(asked),) if word
        ],
        "采购方式不合规": [word for word in (_method_fault(asked),) if word],
        "购买性质不明确": [] if asked.text("form") in Form.values else [_("没有写明买项目还是买岗位")],
    }  # fmt: skip
    for fault in ruling.value:
        words = "；".join(found[fault])
        outcome = Outcome.STOP if words else Outcome.PASS
        yield said(f"fault-{fault}", fault, outcome, words or _("没有发现"), ruling)


def _report_fault(asked: Read) -> str:
    if asked.text("minutes_number") and asked.day("minuted_on"):
        return ""
    return _("没有审核通过的会议纪要文号和日期")


def _method_fault(asked: Read) -> str:
    if not asked.text("method"):
        return _("没有写明采购方式")
    return "" if asked.text("method_approver") else _("采购方式没有批准机构")


def term(region: str, on: date, starts_on: date | None, ends_on: date | None) -> Found:
    """PUR-07: so many years at most. Nobody may overrule it."""
    ruling = ruled(procurement.CONTRACT_YEARS, region, on)
    if ruling is None:
        return
    title, limit = _("合同期限"), ruling.value * 12
    if starts_on is None or ends_on is None:
        yield said("term", title, Outcome.UNKNOWN, _("没有写明合同的起止日期"), ruling)
        return
    told = {"term": rules.term_in_words(starts_on, ends_on), "limit": limit}
    if rules.longer_than(starts_on, ends_on, ruling.value):
        yield said("term", title, Outcome.STOP, _("%(term)s，不得超过 %(limit)d 个月") % told, ruling)
    else:
        yield said("term", title, Outcome.PASS, _("%(term)s，不超过 %(limit)d 个月") % told, ruling)


def assured(asked: Read, on: date) -> Found:
    """PUR-07: a contract over years rests on an assured budget."""
    ruling = ruled(procurement.CONTRACT_YEARS, asked.region, on)
    starts_on, ends_on = asked.day("starts_on"), asked.day("ends_on")
    if ruling is None or starts_on is None or ends_on is None:
        return
    if not rules.longer_than(starts_on, ends_on, 1):
        return
    title = _("预算保障")
    if asked["budget_assured"] is True:
        yield said("assured", title, Outcome.PASS, asked.text("assured_by") or _("预算资金有保障"), ruling)
    else:
        words = _("合同超过一年，没有写明预算资金有保障")
        yield said("assured", title, Outcome.STOP, words, ruling)


def posts(region: str, on: date, professional: int | None, staff: int | None) -> Found:
    """PUR-08: professional posts among all; without both numbers nothing can be said."""
    ruling = ruled(procurement.PROFESSIONAL_POSTS, region, on)
    if ruling is None:
        return
    title = _("社工专业岗位")
    if professional is None or not staff:
        yield said("posts", title, Outcome.UNKNOWN, _("没有写明项目总人数和专业岗位数"), ruling)
        return
    found = rules.share(professional, staff)
    told = {"posts": professional, "staff": staff, "share": rules.percent(found), "limit": ruling.value}
    words = _("%(posts)d 个，占项目总人数 %(staff)d 人的 %(share)s，不得低于 %(limit)s%%") % told
    stops = found < ruling.value
    yield said("posts", title, Outcome.STOP if stops else Outcome.PASS, words, ruling, OVERRULE)


def change(row: Row) -> list[Checked]:
    """What stands before an amendment is approved: the same term and posts, and what it adds (PUR-07, 08)."""
    asked = Read(row, REGISTERS["contract-changes"])
    identity = asked.ref("project")
    project = ServiceProject.objects.filter(pk=identity).first() if identity else None
    if project is None:
        return []
    on = asked.on("agreed_on", "effective_on")
    region, ends_on = project.region_code, asked.day("new_ends_on")
    found = list(term(region, on, project.starts_on, ends_on)) if ends_on else []
    professional, staff = asked.number("new_professional_posts"), asked.number("new_staff")
    if professional is not None or staff is not None:
        professional = project.professional_posts if professional is None else professional
        found += posts(region, on, professional, staff or project.staff)
    return [*found, *_supplement(asked, project, on)]


def _supplement(asked: Read, project: ServiceProject, on: date) -> Found:
    """All supplements together against the original amount."""
    new = asked.amount("new_amount")
    ruling = ruled(purchasing.SUPPLEMENT_SHARE, project.region_code, on)
    if ruling is None or new is None:
        return
    before = list(
        ContractChange.objects.filter(project=project, stage=ChangeStage.APPROVED, new_amount__isnull=False)
        .exclude(pk=asked.id)
        .order_by("effective_on", "pk")
        .values_list("old_amount", "new_amount")
    )
    original = next((old for old, _new in before if old is not None), project.contract_amount)
    steps = [(new_one or old) - old for old, new_one in before if old is not None]
    found = rules.added_share(original, [*steps, new - project.contract_amount])
    if found is None:
        return
    told = {"share": rules.percent(found), "base": rules.yuan(original), "limit": ruling.value}
    words = _("补充合同累计增加 %(share)s，基数为原合同金额 %(base)s，不得超过 %(limit)s%%") % told
    outcome = Outcome.STOP if found > ruling.value else Outcome.PASS
    yield said("supplement", _("补充合同金额"), outcome, words, ruling)
