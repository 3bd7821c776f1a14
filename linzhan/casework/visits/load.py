"""How many visits the rules ask of a worker in a month: of each resident by the strictest duty that holds (RSK-01)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from linzhan.casework.models import Resident
from linzhan.casework.visits.due import VisitRules, owed_rows

DAYS_OF_A_MONTH = 30


def _frequencies(rules: VisitRules) -> dict[int, float]:
    """Visits a month by the number of the rule."""
    return {
        line["n"]: DAYS_OF_A_MONTH / line["every_days"]
        if line["every_days"]
        else line["times"] / line["months"]
        for line in rules.lines
    }


def most_visits_of_one(on: date) -> float:
    """The most that any rule in force anywhere asks for one resident in a month, at least one."""
    return max([1.0, *_frequencies(VisitRules(on)).values()])


def monthly_visits(residents: QuerySet[Resident], on: date) -> Iterator[tuple[UUID, float]]:
    """Pairs of a worker and visits a month, for the ``residents`` that somebody answers for; one statement.

    A visit that was agreed or ordered counts as one.
    """
    rules = VisitRules(on)
    by_rule = _frequencies(rules)
    ending = "SELECT worker_id, n, count(*) FROM owed WHERE worker_id IS NOT NULL GROUP BY worker_id, n"
    for worker, number, persons in owed_rows(residents, on, rules, ending, []):
        yield worker, persons * by_rule.get(number, 1.0)
