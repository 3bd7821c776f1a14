"""The ratio rules of a place against its books: each rule in its own words, no two bases merged (FND-02…11)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from linzhan.kernel import money, places
from linzhan.kernel.checks import Checked, Outcome
from linzhan.policy.api import NoRuling, RatioRule, Ruling, procurement, ruling_for, rulings_of
from linzhan.procurement.enums import Source
from linzhan.procurement.models import FundBase, LedgerEntry
from linzhan.procurement.money.enums import EntryKind
from linzhan.procurement.money.posting import unit_of
from linzhan.procurement.money.rights import OVERRULE_MONEY
from linzhan.procurement.money.rules import Ratio, Said, Standing, Verdict, in_use, judge
from linzhan.territory.api import extent
from linzhan.territory.api import region as division

OUTCOMES = {
    Said.PASS: Outcome.PASS,
    Said.WARN: Outcome.WARN,
    Said.UNKNOWN: Outcome.UNKNOWN,
    Said.STOP: Outcome.STOP,
}
COMMITTED = {EntryKind.COMMITMENT: 1, EntryKind.RELEASE: -1}
PAID = {EntryKind.PAYMENT: 1, EntryKind.REFUND: -1}
SPENT = {EntryKind.EXPENDITURE: 1, EntryKind.LESS_EXPENDITURE: -1}
TAKES_ROOM = (COMMITTED, PAID, SPENT)


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleHere:
    """A ratio rule of a place and how things stand against it."""

    ruling: Ruling[RatioRule]
    rule: Ratio
    standing: Standing
    verdict: Verdict
    counted: str | None

    @property
    def outcome(self) -> Outcome:
        return OUTCOMES[self.verdict.said]


def ratio_checks(*, region: str, on: date, source: str, amount: Decimal) -> list[Checked]:
    """What every ratio rule of ``region`` says of ``amount`` more from ``source`` in the year of ``on``.

    A rule that counts another source says nothing; one whose text does not name its source is held
    against all purchase money, and says so. Nothing where the place has no rule.
    """
    return [
        Checked(
            key=f"money.ratio.{each.ruling.variant}",
            title=_("资金比例·%s") % each.rule.base,
            outcome=each.outcome,
            words=each.verdict.words,
            clause=each.ruling.citation,
            overrule=OVERRULE_MONEY if each.outcome is Outcome.STOP else "",
        )
        for each in rules_here(region=region, on=on, source=source, adding=amount)
    ]


def rules_here(*, region: str, on: date, source: str = "", adding: Decimal = Decimal(0)) -> list[RuleHere]:
    """All rules in force for the books that ``region`` stands in; with ``source`` those that concern it."""
    unit = unit_of(region)
    amber = cap_warning(unit, on)
    found: list[RuleHere] = []
    for ruling in rulings_of(procurement.FUNDING_RATIO, region=unit, on=on):
        rule = ratio_of(ruling.value)
        counted = rule.counts(Source.values)
        if source and counted is not None and counted != source:
            continue
        now = Standing(
            base=base_of(rule, unit, on.year, on),
            used=used(unit, on, on.year, counted),
            adding=adding,
            sure=counted is not None,
            year=on.year,
            amber=amber,
        )
        found.append(
            RuleHere(ruling=ruling, rule=rule, standing=now, verdict=judge(rule, now), counted=counted)
        )
    return found


def ratio_of(value: RatioRule) -> Ratio:
    return Ratio(
        base=value.base,
        meaning=value.meaning,
        percent=value.percent,
        fund=value.fund,
        base_year=value.base_year,
        wording=value.wording,
    )


def cap_warning(region: str, on: date) -> Decimal:
    """From how much of a cap the platform reminds."""
    try:
        return ruling_for(procurement.CAP_WARNING, region=region, on=on).value
    except NoRuling:
        return Decimal(100)


def base_of(rule: Ratio, unit: str, year: int, on: date) -> Decimal | None:
    """The base amount, None where it is not stated: what nobody registered is not nought.

    Where the unit came out of a merger and states nothing of that year itself, its parts of then are
    added, if every one of them stated it.
    """
    wanted = rule.year_of_base(year)
    codes = extent(unit, on)
    stated = dict(
        FundBase.objects.filter(region_code__in=codes, year=wanted, name=rule.base).values_list(
            "region_code", "amount"
        )
    )
    if unit in stated:
        return stated[unit]
    parts = [code for code in codes if code != unit and _existed(code, date(wanted, 12, 31))]
    if not parts or any(code not in stated for code in parts):
        return None
    return sum((stated[code] for code in parts), Decimal(0))


def _existed(code: str, on: date) -> bool:
    found = division(code)
    return found is not None and found.exists_on(on)


def books_of(unit: str, on: date) -> Q:
    """The entries of a unit's own books: a county's with its townships, of a city or province its own only."""
    ranges = [county_range(code) for code in extent(unit, on)]
    return reduce(or_, (Q(region_code__gte=low, region_code__lt=high) for low, high in ranges))


def county_range(unit: str) -> tuple[str, str]:
    """The codes whose money stands in the books of ``unit``: all that share its county part."""
    low, part = places.pad(unit[:6]), int(unit[:6])
    return low, places.pad(f"{part + 1:06d}")


def used(unit: str, on: date, year: int, source: str | None) -> Decimal:
    """Room taken in a year, from ``source`` or from all (None): see :func:`rules.in_use`."""
    rows = LedgerEntry.objects.filter(
        books_of(unit, on), year=year, kind__in=[kind for way in TAKES_ROOM for kind in way]
    )
    if source is not None:
        rows = rows.filter(source=source)
    sums: dict[object, list[Decimal]] = defaultdict(lambda: [Decimal(0)] * len(TAKES_ROOM))
    for project, kind, amount in rows.values_list("project_id", "kind").annotate(amount=Sum("amount")):
        for at, way in enumerate(TAKES_ROOM):
            sums[project][at] += amount * way.get(EntryKind(kind), 0)
    return in_use((each[0], each[1], each[2]) for each in sums.values())


def room_check(*, region: str, on: date, year: int, source: str, amount: Decimal) -> Checked:
    """Whether the budget of the year and source has room for ``amount``: FND-13, before a commitment."""
    unit = unit_of(region)
    rows = LedgerEntry.objects.filter(books_of(unit, on), year=year, source=source)
    budget = rows.filter(kind__in=(EntryKind.BUDGET, EntryKind.LESS_BUDGET))
    sums = dict(budget.values_list("kind").annotate(amount=Sum("amount")))
    title, key = _("预算额度"), "money.budget"
    if not sums:
        words = _("没有登记 %(year)s 年“%(source)s”的预算，无从判断；请先在“资金”登记预算")
        return Checked(
            key=key, title=title, outcome=Outcome.UNKNOWN, words=words % {"year": year, "source": source}
        )
    budgeted = sums.get(EntryKind.BUDGET, Decimal(0)) - sums.get(EntryKind.LESS_BUDGET, Decimal(0))
    taken = used(unit, on, year, source)
    return room(key, title, budgeted, taken, amount)


def room(key: str, title: str, whole: Decimal, taken: Decimal, amount: Decimal) -> Checked:
    """Whether ``amount`` more fits into ``whole``."""
    left = whole - taken - amount
    words = _("共 %(whole)s，已占用 %(taken)s，本笔 %(amount)s，") % {
        "whole": money.ledger(whole),
        "taken": money.ledger(taken),
        "amount": money.ledger(amount),
    }
    if left < 0:
        return Checked(
            key=key,
            title=title,
            outcome=Outcome.STOP,
            words=words + _("超出 %s") % money.ledger(-left),
            overrule=OVERRULE_MONEY,
        )
    return Checked(
        key=key, title=title, outcome=Outcome.PASS, words=words + _("还余 %s") % money.ledger(left)
    )
