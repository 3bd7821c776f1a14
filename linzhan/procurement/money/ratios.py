"""The ratio rules of a place against its books: each rule in its own words, no two bases merged (FND-02…11)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any, Final
from uuid import UUID

from django.core.cache import cache
from django.db.models import Case, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Left
from django.utils.translation import gettext as _

from linzhan.kernel import money, places, statements
from linzhan.kernel.checks import Checked, Outcome
from linzhan.policy.api import NoRuling, RatioRule, Ruling, procurement, ruling_for, rulings_of
from linzhan.procurement.enums import Source
from linzhan.procurement.models import FundBase, LedgerEntry
from linzhan.procurement.money.enums import EntryKind
from linzhan.procurement.money.posting import unit_of
from linzhan.procurement.money.rights import OVERRULE_MONEY
from linzhan.procurement.money.rules import Ratio, Said, Standing, Verdict, in_use, judge
from linzhan.territory.api import ChangeKind, changes

OUTCOMES = {
    Said.PASS: Outcome.PASS,
    Said.WARN: Outcome.WARN,
    Said.UNKNOWN: Outcome.UNKNOWN,
    Said.STOP: Outcome.STOP,
}
COMMITTED = {EntryKind.COMMITMENT: 1, EntryKind.RELEASE: -1}
PAID = {EntryKind.PAYMENT: 1, EntryKind.REFUND: -1}
SPENT = {EntryKind.EXPENDITURE: 1, EntryKind.LESS_EXPENDITURE: -1}
TAKING_OVER = (ChangeKind.MERGE, ChangeKind.MOVE, ChangeKind.REFORM)
UNIT, READ = "000000", ("on", "kind", "from_codes", "to_codes")  # how codes from the county up end
TAKEN_OVER, KEPT = "money:taken-over", 300
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


def ratio_checks(
    *, region: str, on: date, source: str, amount: Decimal, project_id: UUID | None = None
) -> list[Checked]:
    """What every ratio rule of ``region`` says of ``amount`` more from ``source`` in the year of ``on``.

    A rule that counts another source says nothing; one whose text does not name its source is held
    against all purchase money, and says so. Nothing where the place has no rule. With ``project_id`` the
    amount is committed to that contract: what it was paid already is not counted again.
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
        for each in rules_here(region=region, on=on, source=source, adding=amount, project_id=project_id)
    ]


def rules_here(
    *,
    region: str,
    on: date,
    source: str = "",
    adding: Decimal = Decimal(0),
    project_id: UUID | None = None,
) -> list[RuleHere]:
    """All rules in force for the books that ``region`` stands in; with ``source`` those that concern it."""
    unit = unit_of(region)
    return rules_of([unit], on=on, source=source, adding=adding, project_id=project_id)[unit]


def rules_of(
    units: Sequence[str],
    *,
    on: date,
    source: str = "",
    adding: Decimal = Decimal(0),
    project_id: UUID | None = None,
) -> dict[str, list[RuleHere]]:
    """The same for many units, each by its own rules, in as many statements as for one."""
    ruled = {unit: rulings_of(procurement.FUNDING_RATIO, region=unit, on=on) for unit in units}
    known = Known.of([unit for unit in units if ruled[unit]], on, project_id)
    return {
        unit: [
            found
            for ruling in ruled[unit]
            if (found := _rule(ruling, unit, known, source, adding)) is not None
        ]
        for unit in units
    }


def _rule(
    ruling: Ruling[RatioRule],
    unit: str,
    known: Known,
    source: str,
    adding: Decimal,
) -> RuleHere | None:
    rule = ratio_of(ruling.value)
    counted = rule.counts(Source.values)
    if source and counted is not None and counted != source:
        return None
    now = Standing(
        base=known.base(rule, unit),
        used=known.used(unit, counted),
        adding=known.adding(unit, source, adding),
        sure=counted is not None,
        year=known.on.year,
        amber=cap_warning(unit, known.on),
    )
    return RuleHere(ruling=ruling, rule=rule, standing=now, verdict=judge(rule, now), counted=counted)


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


Triple = tuple[Decimal, Decimal, Decimal]
"""Committed, paid, spent; each net."""
NOTHING: Triple = (Decimal(0), Decimal(0), Decimal(0))
TakenOver = Mapping[str, Sequence[tuple[date, tuple[str, ...]]]]
"""By unit: on which day it took over which others."""


@dataclass(frozen=True, slots=True)
class Known:
    """Bases and books of some units in the year of ``on``, read at once."""

    on: date
    before: TakenOver
    extents: Mapping[str, tuple[str, ...]]
    bases: Mapping[tuple[str, int, str], Decimal]
    taken: Mapping[str, Mapping[str, Decimal]]
    of_project: Mapping[tuple[str, str], Triple]

    @classmethod
    def of(cls, units: Sequence[str], on: date, project_id: UUID | None = None) -> Known:
        """``project_id`` is the contract whose own room :meth:`adding` is to be asked of."""
        before = _taken_over() if units else {}
        extents = {unit: _extent(unit, before, on) for unit in units}
        codes = sorted({code for some in extents.values() for code in some})
        rows = FundBase.objects.filter(region_code__in=codes, year__in=(on.year, on.year - 1))
        bases = {
            (code, year, name): amount
            for code, year, name, amount in rows.values_list("region_code", "year", "name", "amount")
        }
        if not units:
            return cls(on, before, extents, bases, {}, {})
        unit_of_code = {code[:6]: unit for unit, some in extents.items() for code in some}
        booked = _by_project(unit_of_code, on.year)
        own = _of_one(booked, unit_of_code, project_id) if project_id is not None else {}
        return cls(on, before, extents, bases, _taken(booked, unit_of_code), own)

    def base(self, rule: Ratio, unit: str) -> Decimal | None:
        """The base amount, None where it is not stated: what nobody registered is not nought.

        Where the unit came out of a merger and states nothing of that year itself, its parts of then are
        added, if every one of them stated it.
        """
        wanted = rule.year_of_base(self.on.year)
        own = self.bases.get((unit, wanted, rule.base))
        if own is not None:
            return own
        parts = [code for code in _parts_of(unit, self.before, date(wanted, 12, 31), self.on) if code != unit]
        amounts = [self.bases.get((code, wanted, rule.base)) for code in parts]
        known = [amount for amount in amounts if amount is not None]
        return sum(known, Decimal(0)) if known and len(known) == len(parts) else None

    def used(self, unit: str, source: str | None) -> Decimal:
        """Room taken from ``source`` or from all (None): see :func:`rules.in_use`."""
        own = self.taken.get(unit, {})
        return sum((some for name, some in own.items() if source in (None, name)), Decimal(0))

    def adding(self, unit: str, source: str, amount: Decimal) -> Decimal:
        """How much more room ``amount`` takes: a contract that was paid before it was promised has some."""
        before = self.of_project.get((unit, source), NOTHING)
        return in_use([(before[0] + amount, before[1], before[2])]) - in_use([before])


def _extent(unit: str, before: TakenOver, on: date) -> tuple[str, ...]:
    """A unit with those it wholly took over by ``on`` (``territory.extent``, without asking for each)."""
    found, asked = {unit}, [unit]
    while asked:
        for day, codes in before.get(asked.pop(), ()):
            fresh = [code for code in codes if day <= on and code not in found]
            found.update(fresh)
            asked += fresh
    return tuple(sorted(found))


def _parts_of(unit: str, before: TakenOver, then: date, now: date) -> list[str]:
    """What ``unit`` took over between two days and what stood on the first of them."""
    later = set(_extent(unit, before, now)) - set(_extent(unit, before, then))
    made_since = {
        code
        for code in later
        for day, codes in before.get(code, ())
        if then < day <= now and code not in codes
    }
    return sorted(later - made_since)


def _taken_over() -> TakenOver:
    """By unit what it took over when; public reference data, kept for a while.

    Towns and villages have no books: their changes, nearly all there are, would be unpacked at every page.
    """
    known: dict[str, list[tuple[date, tuple[str, ...]]]] | None = cache.get(TAKEN_OVER)
    if known is None:
        known = defaultdict(list)
        for change in changes().filter(kind__in=TAKING_OVER, to_codes__0__endswith=UNIT).only(*READ):
            if len(set(change.to_codes)) not in (1, len(change.from_codes)):
                continue  # what was divided belongs to none of its parts as a whole
            for at, code in enumerate(change.to_codes):
                if code != unit_of(code):
                    continue
                moved = change.kind == ChangeKind.MOVE and len(change.from_codes) == len(change.to_codes)
                known[code].append(
                    (change.on, tuple([change.from_codes[at]] if moved else change.from_codes))
                )
        cache.set(TAKEN_OVER, dict(known), KEPT)
    return known


Units = Mapping[str, str]
"""By the county part of a code: whose books its money stands in; a unit that took others over has several."""


def _by_project(unit_of_code: Units, year: int) -> QuerySet[Any, tuple[Any, ...]]:
    """County part, source, project; committed, paid and spent of it, each net."""
    return (
        LedgerEntry.objects.order_by()
        .annotate(county=Left("region_code", 6))
        .filter(_ranges(unit_of_code), year=year, kind__in=[kind for way in TAKES_ROOM for kind in way])
        .values_list("county", "source", "project_id")
        .annotate(committed=_net(COMMITTED), paid=_net(PAID), spent=_net(SPENT))
    )


IN_USE: Final = """
SELECT unit, source, sum(greatest(committed, paid, spent, 0)) FROM (
    SELECT unit, source, project_id, sum(committed) AS committed, sum(paid) AS paid, sum(spent) AS spent
    FROM ({rows}) AS by_project JOIN unnest(%s::text[], %s::text[]) AS books (county, unit) USING (county)
    GROUP BY unit, source, project_id
) AS of_project GROUP BY unit, source
"""


def _taken(by_project: QuerySet[Any, tuple[Any, ...]], unit_of_code: Units) -> dict[str, dict[str, Decimal]]:
    """By unit and source the room taken (:func:`rules.in_use`): a province has contracts by the ten thousand."""
    text, values = by_project.query.sql_with_params()
    found: dict[str, dict[str, Decimal]] = defaultdict(dict)
    books = [list(unit_of_code), list(unit_of_code.values())]
    for unit, source, amount in statements.fetch(IN_USE.format(rows=text), [*values, *books]):
        found[unit][source] = amount
    return found


def _of_one(
    by_project: QuerySet[Any, tuple[Any, ...]], unit_of_code: Units, project_id: UUID
) -> dict[tuple[str, str], Triple]:
    """By unit and source what one contract has committed, paid and spent."""
    found: dict[tuple[str, str], Triple] = {}
    for county, source, _project, committed, paid, spent in by_project.filter(project_id=project_id):
        key = unit_of_code[county], source
        before = found.get(key, NOTHING)
        found[key] = (before[0] + committed, before[1] + paid, before[2] + spent)
    return found


def _net(way: Mapping[EntryKind, int]) -> Sum:
    """The sum of a kind less what took away from it."""
    [more, less] = sorted(way, key=lambda kind: -way[kind])
    signed = Case(
        When(kind=more, then=F("amount")), When(kind=less, then=-F("amount")), default=Value(Decimal(0))
    )
    return Sum(signed, default=Decimal(0))


def _ranges(counties: Iterable[str]) -> Q:
    """The codes of these counties, neighbours in one range."""
    runs: list[tuple[str, str]] = []
    for county in sorted(counties):
        low, high = county_range(county)
        if runs and runs[-1][1] == low:
            low, _end = runs.pop()
        runs.append((low, high))
    return reduce(or_, (Q(region_code__gte=low, region_code__lt=high) for low, high in runs))


def books_of(unit: str, on: date) -> Q:
    """The entries of a unit's own books: all that share its county part or that of a unit it took over."""
    return _ranges(_extent(unit, _taken_over(), on))


def county_range(unit: str) -> tuple[str, str]:
    """The codes whose money stands in the books of ``unit``: all that share its county part."""
    low, part = places.pad(unit[:6]), int(unit[:6])
    return low, places.pad(f"{part + 1:06d}")


def room_check(
    *, region: str, on: date, source: str, amount: Decimal, project_id: UUID | None = None
) -> Checked:
    """Whether the budget of the year of ``on`` has room for ``amount`` of a source: FND-13, before a commitment."""
    unit, year = unit_of(region), on.year
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
    known = Known.of([unit], on, project_id)
    more = known.adding(unit, source, amount)
    return room(key, title, budgeted, known.used(unit, source), more)


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
