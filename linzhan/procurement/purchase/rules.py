"""The rules of a purchase on plain values: terms, shares, budgets, bidders. No database, no clock.

Each says what it measured against what, so that a check can put the number, its base and the limit in words.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Final

from linzhan.procurement.enums import Head
from linzhan.procurement.purchase.enums import BidResult, Declared

BUDGET: Final = {
    "budget_salaries": "薪酬待遇",
    "budget_supervision": "督导培训经费",
    "budget_services": "服务活动经费",
    "budget_management": "项目管理经费",
}
HEADS: Final = {
    "budget_salaries": Head.SALARIES,
    "budget_supervision": Head.SUPERVISION,
    "budget_services": Head.SERVICES,
    "budget_management": Head.MANAGEMENT,
}
"""The head of expenditure that a cost group of the budget belongs to."""


def anniversary(day: date, years: int) -> date:
    """The same day so many years later; the 29th of February becomes the 28th."""
    year = day.year + years
    last = calendar.monthrange(year, day.month)[1]
    return date(year, day.month, min(day.day, last))


def longer_than(starts_on: date, ends_on: date, years: int) -> bool:
    """Whether a term, both days included, lasts longer than ``years``."""
    return ends_on >= anniversary(starts_on, years)


def term_in_words(starts_on: date, ends_on: date) -> str:
    """36 个月；37 个月零 5 天: whole months, both days included, and what is over."""
    after = ends_on + timedelta(days=1)
    months = (after.year - starts_on.year) * 12 + after.month - starts_on.month
    while months and _months_later(starts_on, months) > after:
        months -= 1
    over = (after - _months_later(starts_on, months)).days
    if not months:
        return f"{over} 天"
    return f"{months} 个月" + (f"零 {over} 天" if over else "")


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def share(part: Decimal | int, whole: Decimal | int) -> Fraction:
    """``part`` of ``whole`` in percent, exact."""
    return Fraction(part) * 100 / Fraction(whole)


def percent(value: Fraction) -> str:
    """83.3%: one decimal, none where it is whole."""
    rounded = (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{rounded:f}".removesuffix(".0") + "%"


def yuan(amount: Decimal) -> str:
    """1,234,500 元."""
    return f"{amount:,.2f}".removesuffix(".00") + " 元"


def missing_groups(row: Mapping[str, object]) -> list[str]:
    """The cost groups that the budget does not state; nought is stated."""
    return [label for name, label in BUDGET.items() if row.get(name) is None]


def sum_of_groups(row: Mapping[str, Decimal | None]) -> Decimal | None:
    """The four groups together; None where one is not stated."""
    parts = [row.get(name) for name in BUDGET]
    stated = [part for part in parts if part is not None]
    return sum(stated, Decimal(0)) if len(stated) == len(parts) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest:
    """What one person or bidder declared."""

    who: str
    declared: str
    with_whom: str
    recused: bool | None


def undeclared(interests: Sequence[Interest]) -> list[str]:
    """Who has declared nothing."""
    return [each.who for each in interests if not each.declared]


def conflicts(interests: Sequence[Interest]) -> list[Interest]:
    """Declared relations in which nobody stepped back."""
    return [each for each in interests if each.declared == Declared.SOME and not each.recused]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A bid as far as the award asks."""

    name: str
    registered: bool
    qualified: bool | None
    result: str


def winner_fault(offers: Sequence[Offer]) -> str:
    """What stands against an award, or ``""``: one winner, registered, who passed the examination."""
    won = [offer for offer in offers if offer.result == BidResult.WON]
    if not won:
        return "请先在“响应供应商”里登记响应的机构，并把成交的一家记为“成交”"
    if len(won) > 1:
        return f"只能有一家成交，现在有 {len(won)} 家：{'、'.join(offer.name for offer in won)}"
    [one] = won
    if not one.registered:
        return f"成交的“{one.name}”还没有在“承接机构”中登记，请先登记再选它"
    if one.qualified is not True:
        return f"“{one.name}”没有记录通过资格审查，不能成交；审查通过的请在“响应供应商”里补记"
    return ""


def added_share(original: Decimal, increases: Sequence[Decimal]) -> Fraction | None:
    """What supplements add to the original amount, in percent; None where there was none."""
    if not original:
        return None
    return share(sum((each for each in increases if each > 0), Decimal(0)), original)
