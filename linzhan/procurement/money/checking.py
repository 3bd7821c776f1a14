"""Whether the books are whole: every total is the sum of its entries, every movement is booked once (FND-24).

The database keeps both in step with every write; this asks it whether it has, after a restore or a move.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.utils.translation import gettext as _

from linzhan.kernel import money, places

TOTALS: Final = """
SELECT coalesce(e.region_code, t.region_code), coalesce(e.year, t.year), coalesce(e.source, t.source),
    coalesce(e.fund_level, t.fund_level), coalesce(e.kind, t.kind), e.amount, t.amount
FROM (
    SELECT region_code, year, source, fund_level, kind, sum(amount) AS amount, count(*) AS entries
    FROM procurement_ledgerentry WHERE region_code >= %(low)s AND region_code < %(high)s
    GROUP BY region_code, year, source, fund_level, kind
) e
FULL JOIN (
    SELECT * FROM procurement_ledgertotal WHERE region_code >= %(low)s AND region_code < %(high)s
) t USING (region_code, year, source, fund_level, kind)
WHERE e.amount IS DISTINCT FROM t.amount OR e.entries IS DISTINCT FROM t.entries
ORDER BY 1, 2, 3, 4, 5 LIMIT %(most)s
"""
MOVEMENTS: Final = """
SELECT m.region_code, m.code, m.kind, m.amount, coalesce(e.amount, 0)
FROM (SELECT * FROM procurement_fundmovement WHERE region_code >= %(low)s AND region_code < %(high)s) m
LEFT JOIN (
    SELECT movement_id, kind, sum(amount) AS amount FROM procurement_ledgerentry
    WHERE movement_id IS NOT NULL AND region_code >= %(low)s AND region_code < %(high)s
    GROUP BY movement_id, kind
) e ON e.movement_id = m.id AND e.kind = m.kind
WHERE coalesce(e.amount, 0) <> m.amount
ORDER BY m.region_code, m.code LIMIT %(most)s
"""
ORPHANS: Final = """
SELECT e.region_code, e.kind, sum(e.amount)
FROM procurement_ledgerentry e
WHERE e.movement_id IS NOT NULL AND e.region_code >= %(low)s AND e.region_code < %(high)s
    AND NOT EXISTS (SELECT FROM procurement_fundmovement m WHERE m.id = e.movement_id AND m.kind = e.kind)
GROUP BY e.region_code, e.kind, e.movement_id HAVING sum(e.amount) <> 0
ORDER BY 1, 2 LIMIT %(most)s
"""
COUNT: Final = """
SELECT count(*) FROM procurement_ledgerentry WHERE region_code >= %(low)s AND region_code < %(high)s
"""
AT_MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Difference:
    """Something in the books that is not as it must be: where, and in words."""

    region: str
    what: str
    words: str


@dataclass(frozen=True, slots=True)
class BooksChecked:
    entries: int
    differences: Sequence[Difference]


def check_books(region: str) -> BooksChecked:
    """The books of everything at and below ``region``, in four statements; at most some hundred findings."""
    low, high = places.bounds(region)
    bound = {"low": low, "high": high, "most": AT_MOST}
    [(entries,)] = _rows(COUNT, bound)
    found = [*_totals(bound), *_movements(bound), *_orphans(bound)]
    return BooksChecked(entries, found[:AT_MOST])


def _totals(bound: dict[str, Any]) -> Iterator[Difference]:
    for region, year, source, level, kind, entries, total in _rows(TOTALS, bound):
        words = _("%(year)s 年 %(source)s%(level)s “%(kind)s”：账目合计 %(entries)s，账户合计 %(total)s") % {
            "year": year, "source": source, "level": f"（{level}）" if level else "", "kind": kind,
            "entries": money.ledger(entries), "total": money.ledger(total),
        }  # fmt: skip
        yield Difference(region, "total", words)


def _movements(bound: dict[str, Any]) -> Iterator[Difference]:
    for region, code, kind, amount, booked in _rows(MOVEMENTS, bound):
        words = _("资金流水 %(code)s（%(kind)s）%(amount)s，账上 %(booked)s") % {
            "code": code, "kind": kind, "amount": money.ledger(amount), "booked": money.ledger(booked),
        }  # fmt: skip
        yield Difference(region, "movement", words)


def _orphans(bound: dict[str, Any]) -> Iterator[Difference]:
    for region, kind, amount in _rows(ORPHANS, bound):
        words = _("“%(kind)s”%(amount)s 在账上，没有对应的资金流水") % {
            "kind": kind,
            "amount": money.ledger(amount),
        }
        yield Difference(region, "entry", words)


def _rows(text: str, bound: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(text, bound)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
