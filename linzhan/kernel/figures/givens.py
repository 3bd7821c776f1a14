"""Small tables that the caller supplies with each run: the calendar and the rulings.

They travel as one JSON parameter each, so that compiled SQL stays the same for every period and
place and no value is ever written into it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, partial

from linzhan.kernel import places
from linzhan.kernel.figures.definitions import RULINGS, Cell, Ruling
from linzhan.kernel.periods import Period

Row = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked: a place, a period or none, and a date."""

    region: str
    period: Period | None
    as_of: date


@dataclass(frozen=True, slots=True)
class Given:
    """A supplied table: its name in compiled SQL, its columns, and its rows for what is asked."""

    table: str
    columns: Mapping[str, str]
    rows: Callable[[Ask], Iterable[Row]]


def _months(ask: Ask) -> list[Row]:
    months = ask.period.months() if ask.period else ()
    return [{"month": each.start, "last": each.end} for each in months]


_CALENDAR = {"month": "date", "last": "date"}
MONTHS = Given("given_months", _CALENDAR, _months)


def _ends(as_of: date, count: int) -> list[Row]:
    found: list[Row] = []
    last = as_of if (as_of + timedelta(1)).day == 1 else as_of.replace(day=1) - timedelta(1)
    for _ in range(count):
        found.append({"month": last.replace(day=1), "last": last})
        last = last.replace(day=1) - timedelta(1)
    return found


@cache
def month_ends(count: int) -> Given:
    """The last ``count`` ends of months on or before the as-of date."""
    return Given(f"given_month_ends_{count}", _CALENDAR, lambda ask: _ends(ask.as_of, count))


def _prefix(row: Row) -> str:
    code = str(row["prefix"] or "")
    return places.prefix(places.pad(code))


def _near(found: Ruling, ask: Ask) -> list[tuple[str, Row]]:
    """The rows that hold in the region asked, above it or below it, with their prefixes."""
    own = places.prefix(ask.region)
    rows = [(_prefix(row), row) for row in found.fill(ask.as_of)]
    return [(prefix, row) for prefix, row in rows if own.startswith(prefix) or prefix.startswith(own)]


def _ruling(found: Ruling, ask: Ask) -> list[Row]:
    return [{**row, "prefix": prefix} for prefix, row in _near(found, ask)]


def _here(found: Ruling, ask: Ask) -> list[Row]:
    own = places.prefix(ask.region)
    above = [(prefix, row) for prefix, row in _near(found, ask) if own.startswith(prefix)]
    nearest = max((len(prefix) for prefix, _ in above), default=0)
    return [row for prefix, row in above if len(prefix) == nearest]


def given_named(table: str) -> Given:
    """The supplied table behind a name of compiled SQL; :class:`KeyError` if there is none."""
    if table == MONTHS.table:
        return MONTHS
    if table.startswith("given_month_ends_"):
        return month_ends(int(table.removeprefix("given_month_ends_")))
    for each in RULINGS:
        if table == each.table:
            return Given(table, {"prefix": "string", **each.columns}, partial(_ruling, each))
        if table == each.here:
            return Given(table, each.columns, partial(_here, each))
    raise KeyError(f"no supplied table {table!r}")


def as_json(given: Given, ask: Ask) -> str:
    """The rows of ``given`` as one JSON text, only its own columns, dates as ISO."""
    rows = [{name: row.get(name) for name in given.columns} for row in given.rows(ask)]
    return json.dumps(rows, ensure_ascii=False, default=str)
