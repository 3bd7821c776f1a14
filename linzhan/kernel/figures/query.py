"""What a definition is handed: facts, dates, rulings, and the measures it may give back.

Importing this module costs nothing; *making* a :class:`Query` imports Ibis, which only the command
line, the worker and the compiler do.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from linzhan.kernel.figures.definitions import RULINGS
from linzhan.kernel.figures.facts import FACTS, IN_USE
from linzhan.kernel.figures.givens import MONTHS, month_ends
from linzhan.kernel.figures.measures import Empty, Formula, Kind, Part, Several

if TYPE_CHECKING:
    from ibis.expr.types import BooleanValue, Column, DateScalar, StringScalar, Table, Value

Keys = str | tuple[str, ...]
KnownBy = str | tuple[str, ...] | None

RULING_PREFIXES = (9, 6, 4, 2, 0)


def sentinel(name: str) -> str:
    """The text that stands for parameter ``name`` in compiled SQL until the driver binds it."""
    return f"@@{name}@@"


def _tuple(value: Keys) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


class Query:
    """The context of one definition. ``start`` and ``end`` (both included) are the period's days,
    ``as_of`` the day at whose end a state is taken."""

    def __init__(self) -> None:
        import ibis  # noqa: PLC0415 -- 1.5 s that a web process must not pay

        self.ibis = ibis
        self.start: DateScalar = self._parameter("start").cast("date")
        self.end: DateScalar = self._parameter("end").cast("date")
        self.as_of: DateScalar = self._parameter("as_of").cast("date")

    def _parameter(self, name: str) -> StringScalar:
        return self.ibis.literal(sentinel(name))

    # What a definition starts from

    def fact(self, key: str) -> Table:
        """The table of a published fact."""
        found = FACTS[key]
        return self.ibis.table(dict(found.columns), name=found.table)

    def months(self) -> Table:
        """The calendar months that share a day with the period: ``month`` (first day), ``last``."""
        return self.ibis.table(dict(MONTHS.columns), name=MONTHS.table)

    def month_ends(self, count: int) -> Table:
        """The last ``count`` ends of months up to the as-of date: ``month`` (first day), ``last``."""
        made = month_ends(count)
        return self.ibis.table(dict(made.columns), name=made.table)

    def ruling(self, key: str) -> Table:
        """All values of a ruling that touch the region asked: ``prefix`` and its columns."""
        found = RULINGS[key]
        return self.ibis.table({"prefix": "string", **found.columns}, name=found.table)

    def here(self, key: str) -> Table:
        """The rows of a ruling that hold for the region asked (nearest level with any)."""
        found = RULINGS[key]
        return self.ibis.table(dict(found.columns), name=found.here)

    def ruled(self, table: Table, key: str, *, on: str = "region_code") -> Table:
        """``table`` with the ruling's columns as they hold for each row's own place (nearest level)."""
        values = RULINGS[key].columns
        source = self.ruling(key)
        joined = table
        for length in RULING_PREFIXES:
            renamed = {f"{name}_at_{length}": source[name] for name in values}
            level = source.filter(source.prefix.length() == length).select(
                **{f"prefix_at_{length}": source.prefix}, **renamed
            )
            joined = joined.left_join(level, joined[on].left(length) == level[f"prefix_at_{length}"])
        nearest = {
            name: self.ibis.coalesce(*(joined[f"{name}_at_{length}"] for length in RULING_PREFIXES))
            for name in values
        }
        return joined.select(*(joined[name] for name in table.columns), **nearest)

    def in_use(self, register: str) -> Table:
        """The places where a register is in use: ``region_code``."""
        used = self.fact(IN_USE)
        return used.filter(used.register == register).select(used.region_code).distinct()

    # Conditions

    def during(self, day: Column) -> BooleanValue:
        """``day`` (or the local day of a time) lies in the period."""
        whole = day.cast("date") if day.type().is_timestamp() else day
        return whole.between(self.start, self.end)

    def holds(self, start: Column, end: Column, on: Value | None = None) -> BooleanValue:
        """A validity covers the as-of date (or ``on``): ``start`` is its first day or unknown
        (from the beginning), ``end`` the first day on which it no longer holds or unknown."""
        day = self.as_of if on is None else on
        return (start.isnull() | (start <= day)) & (end.isnull() | (day < end))

    def within(self, region_code: Column) -> BooleanValue:
        """``region_code`` lies in the region asked. Every part is restricted anyway; needed only
        where rows are condensed (windows, first of a kind) before they are counted."""
        return (region_code >= self._parameter("lo")) & (region_code < self._parameter("hi"))

    # Measures

    def several(self, dim: str, table: Table, *, on: str) -> Several:
        """A dimension of which a row may have many values: ``table`` has columns ``on`` and ``dim``."""
        return Several(dim, table.select(on, dim).distinct(), on)

    def count(
        self,
        rows: Table,
        distinct: Keys = (),
        *,
        divide: int = 1,
        several: Iterable[Several] = (),
        known_by: KnownBy = None,
    ) -> Formula:
        """How many rows, or how many distinct ``distinct`` (nulls left out), ÷ ``divide``."""
        return self._single(
            Kind.COUNT, rows, key=_tuple(distinct), divide=divide, several=several, known_by=known_by
        )

    def sum(
        self,
        rows: Table,
        column: str,
        *,
        once: Keys = (),
        empty: Empty = "zero",
        several: Iterable[Several] = (),
        known_by: KnownBy = None,
    ) -> Formula:
        """Σ ``column``; with ``once`` the value of one key counts once however many rows carry it.

        Rows none of which states a number give null; no rows at all give 0 where the register is in
        use, or null with ``empty="null"``.
        """
        return self._single(
            Kind.SUM, rows, column=column, key=_tuple(once), empty=empty, several=several, known_by=known_by
        )

    def median(self, rows: Table, column: str, *, several: Iterable[Several] = ()) -> Formula:
        """The median of ``column``; null where nothing is stated."""
        return self._single(Kind.MEDIAN, rows, column=column, several=several, empty="null")

    def mean(self, rows: Table, column: str, *, times: int = 1, several: Iterable[Several] = ()) -> Formula:
        """``times`` × mean of ``column`` over the rows that state it; numerator Σ, denominator n."""
        stated = rows.filter(rows[column].notnull())
        several = tuple(several)
        return self.ratio(
            self.sum(stated, column, several=several), self.count(stated, several=several), times=times
        )

    def share(
        self,
        rows: Table,
        met: str,
        *,
        distinct: Keys = (),
        times: int = 100,
        several: Iterable[Several] = (),
        known_by: KnownBy = None,
    ) -> Formula:
        """``times`` × rows whose boolean ``met`` is true ÷ rows. With ``distinct``, of distinct keys:
        a key is met when any of its rows is."""
        return self._single(
            Kind.SHARE, rows, met=met, key=_tuple(distinct), times=times, several=several, known_by=known_by
        )

    def monthly_share(
        self,
        rows: Table,
        met: str,
        *,
        month: str = "month",
        distinct: Keys = (),
        times: int = 100,
        several: Iterable[Several] = (),
    ) -> Formula:
        """The mean, over the months that have rows, of the month's share (as :meth:`share`).
        Numerator and denominator are given where there is just one month."""
        return self._single(
            Kind.MONTHLY, rows, met=met, month=month, key=_tuple(distinct), times=times, several=several
        )

    def per(self, grouping: str, rows: Table) -> Formula:
        """A figure that exists only for each thing of a grouping: ``rows`` has one row per thing with
        ``value``, ``numerator`` and ``denominator``. Without ``--by grouping`` it is null."""
        return self._single(Kind.GIVEN, rows, column="value", per=grouping, empty="null")

    def ratio(self, above: Formula, below: Formula, *, times: int = 100) -> Formula:
        """``times`` × ``above`` ÷ ``below``; null where either is unknown or ``below`` is 0."""
        if above.below or below.below:
            raise ValueError("a ratio of ratios has no rows of its own")
        return Formula(above.part, below.part, times)

    def _single(
        self,
        kind: Kind,
        rows: Table,
        *,
        column: str = "",
        key: tuple[str, ...] = (),
        met: str = "",
        month: str = "",
        per: str = "",
        divide: int = 1,
        times: int = 1,
        several: Iterable[Several] = (),
        known_by: KnownBy = None,
        empty: Empty = "zero",
    ) -> Formula:
        part = Part(
            kind=kind,
            rows=rows,
            column=column,
            key=key,
            met=met,
            month=month,
            per=per,
            divide=divide,
            several=tuple(several),
            known_by=None if known_by is None else _tuple(known_by),
            empty=empty,
        )
        return Formula(part, None, times)
