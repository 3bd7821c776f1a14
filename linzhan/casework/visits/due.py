"""Who is owed the next visit, and since when: computed from rules and records, kept nowhere (SVC-06…09).

One statement for a worker, a station or a county. Its first table is the residents that the reader
sees; each meets the rules of the nearest place that decides about visits, and the earliest day wins:
that is the strictest duty. ``rules`` says the same in plain Python, and a test holds the two together.

A visit counts where its outcome qualifies (as in the monthly rate) and its details, if there are any,
name a mode that the rule takes. One that waits to be looked at counts here already: nobody is sent twice.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linzhan.casework.enums import ResidentStatus
from linzhan.casework.models import ContactOrder, Resident
from linzhan.casework.visits import owing
from linzhan.casework.visits.rules import (
    BY_DAYS,
    BY_PLAN,
    MONTHS,
    Period,
    accepted_modes,
    days_of_hours,
    period_after,
    period_of,
)
from linzhan.casework.visits.statement import START_OF, STATEMENT
from linzhan.kernel import places
from linzhan.policy.api import VisitRule, casework, consulting, rulings_by_prefix, rulings_of

LOOK_BACK = 400  # days: longer than the longest period and the gap after it
FRESH = 90  # days for which a first contact is asked after what makes it due
WEEK = 7
STATED = _("上次探访约定的日期")
PLAN, ORDER, DATED = -1, -2, -3  # in place of a rule: stated at the last visit, ordered, another part's day


@dataclass(frozen=True, slots=True)
class Asking:
    """A rule as it holds in one place."""

    code: str
    name: str
    place: str
    citation: str
    modes: tuple[str, ...]
    workers: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """The strictest duty towards one resident."""

    resident_id: UUID
    region_code: str
    station_id: UUID
    worker_id: UUID | None
    due_on: date
    last_on: date | None
    first_contact: bool
    rule: Asking | None
    words: str

    @property
    def mode(self) -> str:
        """What to begin with: the first mode of the rule."""
        return self.rule.modes[0] if self.rule and self.rule.modes else "入户"

    def late_days(self, on: date) -> int:
        return max(0, (on - self.due_on).days)


@dataclass(frozen=True, slots=True)
class DueCount:
    """How many residents of a station are owed something: overdue, due within the week, in all."""

    station_id: UUID
    overdue: int
    soon: int
    owed: int


class VisitRules:
    """The rules of every place that decides about visits, as rows for the statement."""

    def __init__(self, on: date) -> None:
        self.asked: list[Asking] = []
        self.lines: list[dict[str, Any]] = []
        self.heads: list[dict[str, Any]] = []
        with consulting():
            stated = rulings_by_prefix(casework.VISIT_RULES, within=places.NATION, on=on)
            for prefix in sorted({line.prefix for line in stated} | {""}):
                self._add(prefix, on)
            self.outcomes = [
                outcome
                for decided in rulings_of(casework.QUALIFYING_OUTCOMES, region=places.NATION, on=on)
                for outcome in decided.value
            ]

    def _add(self, prefix: str, on: date) -> None:
        by_plan: list[str] = []
        for decided in rulings_of(casework.VISIT_RULES, region=places.pad(prefix), on=on):
            rule = decided.value
            if not rule.enabled:
                continue
            if rule.per == BY_PLAN:
                by_plan.extend(rule.categories)
            elif rule.per == BY_DAYS or rule.per in MONTHS:
                asking = Asking(
                    decided.variant,
                    rule.name,
                    decided.region_code,
                    decided.citation,
                    rule.modes,
                    rule.workers,
                )
                self._add_lines(prefix, asking, rule, on)
        self.heads.append({"prefix": prefix, "by_plan": by_plan})

    def _add_lines(self, prefix: str, asking: Asking, rule: VisitRule, on: date) -> None:
        shared = _shared(rule, on) | {"prefix": prefix, "n": len(self.asked)}
        self.asked.append(asking)
        for risk in rule.risks:
            self.lines.append(shared | {"risk": risk, "categories": []})
        together = rule.all_categories and len(rule.categories) > 1
        groups = [list(rule.categories)] if together else [[each] for each in rule.categories]
        for categories in groups:
            self.lines.append(shared | {"risk": "", "categories": categories})


def _shared(rule: VisitRule, on: date) -> dict[str, Any]:
    months = MONTHS.get(rule.per, 1)
    now = period_of(on, months)
    before = period_of(now.start - timedelta(days=1), months)
    hours = rule.first_contact_hours
    return {
        "every_days": rule.every_days if rule.per == BY_DAYS else None,
        "months": months,
        "times": rule.times or 1,
        "first_days": None if hours is None else days_of_hours(hours),
        "modes": accepted_modes(rule.modes),
        **_bounds("now", now),
        **_bounds("before", before),
        "after_end": period_after(now, months).end.isoformat(),
    }


def _bounds(name: str, period: Period) -> dict[str, str]:
    return {f"{name}_start": period.start.isoformat(), f"{name}_end": period.end.isoformat()}


COLUMNS = "id, region_code, station_id, worker_id, due_on, last_on, first_contact, n, words"


@dataclass(frozen=True, slots=True)
class DueList:
    """A page of who is owed a visit, first the longest overdue; ``total`` and ``overdue`` are of all pages."""

    rows: list[Due]
    total: int
    overdue: int


def registered() -> QuerySet[Resident]:
    """The residents of the scope who can be owed anything: those on the register."""
    return Resident.objects.filter(status=ResidentStatus.REGISTERED)


def due_list(
    residents: QuerySet[Resident],
    on: date,
    *,
    until: date | None = None,
    rule: str = "",
    limit: int = 100,
    offset: int = 0,
) -> DueList:
    """Who of ``residents`` is owed a visit on ``on``; ``until`` leaves out what is due later than that day.

    ``rule`` is the code of a visit rule (VF01 …), ``order``, ``next`` or ``follow-up``.
    """
    rules = VisitRules(on)
    wanted = _numbers(rules, rule)
    found = owed_rows(
        residents,
        on,
        rules,
        f"SELECT {COLUMNS}, count(*) OVER (), count(*) FILTER (WHERE due_on < %s) OVER () FROM owed"  # noqa: S608 -- own columns
        " WHERE (%s::date IS NULL OR due_on <= %s) AND (%s::int[] IS NULL OR n = ANY (%s))"
        " ORDER BY due_on, id LIMIT %s OFFSET %s",
        [on, until, until, wanted, wanted, limit, offset],
    )
    total, overdue = (found[0][-2], found[0][-1]) if found else (0, 0)
    return DueList([_due(row, rules) for row in found], total, overdue)


def due_of(residents: QuerySet[Resident], on: date) -> list[Due]:
    """The strictest duty towards each of ``residents``, the most pressing first."""
    rules = VisitRules(on)
    found = owed_rows(residents, on, rules, f"SELECT {COLUMNS} FROM owed ORDER BY due_on, id", [])  # noqa: S608 -- own columns
    return [_due(row, rules) for row in found]


def due_counts(residents: QuerySet[Resident], on: date) -> list[DueCount]:
    """How many of ``residents`` are owed something, by station; nobody is listed."""
    found = owed_rows(
        residents,
        on,
        VisitRules(on),
        "SELECT station_id, count(*) FILTER (WHERE due_on < %s), count(*) FILTER (WHERE due_on BETWEEN %s AND %s),"
        " count(*) FROM owed GROUP BY station_id",
        [on, on, on + timedelta(days=WEEK - 1)],
    )
    return [DueCount(*row) for row in found]


def rules_in_force(on: date) -> list[tuple[str, str]]:
    """Code and name of the visit rules that hold anywhere, for a filter."""
    return sorted({(asking.code, asking.name) for asking in VisitRules(on).asked})


def owed_rows(
    residents: QuerySet[Resident], on: date, rules: VisitRules, ending: str, values: Sequence[Any]
) -> list[tuple[Any, ...]]:
    text, given = due_statement(residents, on, rules)
    if not text:
        return []
    with connection.cursor() as cursor:
        cursor.execute(text + ending, [*given, *values])
        return list(cursor.fetchall())


def due_statement(residents: QuerySet[Resident], on: date, rules: VisitRules) -> tuple[str, list[Any]]:
    """The common tables that end in ``owed``, and their values; nothing where the scope sees nobody."""
    base = residents.order_by().values_list(
        "id", "region_code", "station_id", "worker_id", "categories", "risk", "registered_on"
    )
    try:
        seen, values = base.query.sql_with_params()
    except EmptyResultSet:
        return "", []
    events, of_events = owing.statement(owing.AFTER, on, none="SELECT NULL::uuid, NULL::date WHERE false")
    dated, of_dated = owing.statement(
        owing.ON, on, none="SELECT NULL::uuid, NULL::date, NULL::text WHERE false"
    )
    text = STATEMENT.format(
        seen=seen,
        events=events,
        dated=dated,
        fresh=FRESH,
        plan=PLAN,
        order=ORDER,
        dated_mark=DATED,
        last_starts=START_OF.format(day="c.last_on", months="c.months"),
        since_starts=START_OF.format(day="c.since", months="c.months"),
    )
    back = on - timedelta(days=LOOK_BACK)
    lists = [json.dumps(rules.heads), json.dumps(rules.lines)]
    orders = json.dumps(_orders(on))
    return text, [*values, *lists, *of_events, *of_dated, orders, on, back, rules.outcomes]


def _orders(on: date) -> list[dict[str, Any]]:
    """The orders in force; they are published, so every station reads those of its county."""
    rows = ContactOrder.objects.filter(until_on__gte=on, starts_at__lt=_midnight_after(on))
    return [
        {
            "prefix": places.prefix(row.region_code),
            "risks": row.risks,
            "title": row.title,
            "starts_at": row.starts_at.isoformat(),
            "due_on": timezone.localtime(row.starts_at + timedelta(hours=row.hours)).date().isoformat(),
        }
        for row in rows
    ]


def _midnight_after(on: date) -> datetime:
    return datetime.combine(on + timedelta(days=1), time.min, timezone.get_current_timezone())


NAMED = {"next": PLAN, "order": ORDER, "follow-up": DATED}


def _numbers(rules: VisitRules, rule: str) -> list[int] | None:
    if not rule:
        return None
    return [NAMED[rule]] if rule in NAMED else [n for n, a in enumerate(rules.asked) if a.code == rule]


def _due(row: Sequence[Any], rules: VisitRules) -> Due:
    identity, region, station, worker, due_on, last_on, first, n, words = row[:9]
    return Due(
        resident_id=identity,
        region_code=region,
        station_id=station,
        worker_id=worker,
        due_on=due_on,
        last_on=last_on,
        first_contact=first,
        rule=rules.asked[n] if n >= 0 else None,
        words=words or (str(STATED) if n == PLAN else ""),
    )
