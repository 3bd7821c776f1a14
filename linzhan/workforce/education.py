"""Continuing education as rows: which rule asks how many hours of whom, and what was done (CPE-01, CPE-03).

A rule is one row for each grade it applies to. Days are compared as whole numbers ``yyyymmdd``: "three
years before" is then minus 30000 on every engine, leap days included.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from linzhan.kernel import places
from linzhan.kernel.figures import Query, ruling
from linzhan.kernel.figures.definitions import Cell
from linzhan.policy.api import rulings_by_prefix
from linzhan.workforce.parameters import CONTINUING_EDUCATION
from linzhan.workforce.rules import days_after

if TYPE_CHECKING:
    from ibis.expr.types import Column, IntegerColumn, Table, Value

YEAR = 10_000
NEVER = 0
RULES = "workforce.education_rules"


@ruling(
    RULES,
    rests_on=(CONTINUING_EDUCATION.code,),
    variant="string",
    level="string",
    hours="float64",
    term="int64",
    after="int64",
)
def education_rules(on: date) -> Iterator[Mapping[str, Cell]]:
    """Every rule of every place, grade by grade.

    ``term`` is the length of a registration term in years; null where the rule counts from the day
    ``after``. A value whose digits are lost asks for nothing there and hides the one above.
    """
    for line in rulings_by_prefix(CONTINUING_EDUCATION, within=places.NATION, on=on):
        head = {"prefix": line.prefix, "variant": line.variant}
        if line.ruling is None:
            yield {**head, "level": "", "hours": None, "term": None, "after": None}
            continue
        rule = line.ruling.value
        for level in rule.levels:
            yield {
                **head,
                "level": level,
                "hours": float(rule.hours),
                "term": rule.term_years,
                "after": days_after(rule.period, on),
            }


def duties(q: Query, workers: Table) -> Table:
    """``workers`` (person, region_code, level …) with the rules that apply: hours, ``after``, ``until``.

    Of one rule the value of the nearest place holds. A rule by registration term applies to those
    whose certificate was registered: the term is that of the last one begun.
    """
    rules = q.ruling(RULES)
    pairs = workers.cross_join(rules.rename(rule_level="level"))
    pairs = pairs.filter(pairs.region_code.startswith(pairs.prefix))
    depth = pairs.prefix.length()
    nearest = depth.max().over(q.ibis.window(group_by=[pairs.id, pairs.variant]))
    pairs = pairs.mutate(depth=depth, nearest=nearest)
    pairs = pairs.filter(pairs.depth == pairs.nearest, pairs.rule_level == pairs.level, pairs.hours.notnull())
    dated = _with_terms(q, pairs)
    return dated.mutate(
        after=q.ibis.coalesce(dated.after, dated.term_end - dated.term * YEAR),
        until=q.ibis.coalesce(dated.term_end, numbered(q.as_of)),
    )


def _with_terms(q: Query, pairs: Table) -> Table:
    """The end of the term that runs on the day, or ran last; rules by term without one fall away."""
    terms = q.fact("certificate_terms")
    ends = terms.select(person=terms.person, level=terms.level, term_end=numbered(terms.until))
    joined = pairs.filter(pairs.term.notnull()).left_join(ends, ["person", "level"])
    begun = joined.filter(joined.term_end - joined.term * YEAR <= numbered(q.as_of))
    last = begun.group_by([begun.id, begun.variant]).aggregate(term_end=begun.term_end.max())
    found = pairs.left_join(last, ["id", "variant"]).select(
        *(pairs[name] for name in pairs.columns), last.term_end
    )
    return found.filter(found.term.isnull() | found.term_end.notnull())


def hours_done(q: Query, owed: Table) -> Table:
    """Each duty with ``met``: whether the hours credited in its time are enough."""
    credits_ = q.fact("training_credits")
    given = credits_.select(
        person=credits_.person, day=numbered(credits_.day), credited=credits_.hours.cast("float64")
    )
    joined = owed.left_join(given, "person")
    counts = (joined.day > joined.after) & (joined.day <= joined.until) & (joined.day <= numbered(q.as_of))
    kept = ["id", "person", "region_code", "station_id", "variant", "hours"]
    done = joined.group_by(kept).aggregate(done=q.ibis.ifelse(counts, joined.credited, 0.0).sum())
    return done.mutate(met=done.done >= done.hours)


def numbered(day: Value | Column) -> IntegerColumn:
    """A day as yyyymmdd."""
    whole = day.year().cast("int64") * YEAR + day.month().cast("int64") * 100
    return whole + day.day().cast("int64")
