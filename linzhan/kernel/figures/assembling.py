"""The text around compiled rows: restriction to a region, splits, grouping and the aggregate.

Only names of columns and tables from registered definitions reach the text; whatever comes from a
reader (region, dates, dimension values) is a bound parameter. The SQL used here is the common part
of PostgreSQL, DuckDB and Spark.
"""

# ruff: noqa: S608 -- the texts are made of registered names only, see above
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from linzhan.kernel.figures.compiling import CompiledPart, Select
from linzhan.kernel.figures.measures import Kind
from linzhan.kernel.figures.query import sentinel


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with sentinels, and the facts and supplied tables it reads (tables)."""

    sql: str
    facts: tuple[str, ...]
    givens: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """How a part is cut: by a column (or by the first ``digits`` of the region), and by dimensions.

    ``wanted`` are the dimensions with one value asked for; ``only`` are columns held to one value.
    """

    by: str = ""
    digits: int = 0
    split: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
    only: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """Names of the key columns of an answer, in order."""
        group = ("by_",) if self.by or self.digits else ()
        return group + tuple(f"dim_{number}" for number, _ in enumerate(self.split))


def quoted(name: str) -> str:
    if not name.isidentifier():
        raise ValueError(f"not a plain column name: {name!r}")
    return f'"{name}"'


def parameter(name: str) -> str:
    """The sentinel of parameter ``name`` as an SQL literal."""
    return f"'{sentinel(name)}'"


def _place(part: CompiledPart, dim: str) -> str:
    """The column that holds ``dim``: of the rows, or of the link that unfolds it."""
    return f"link_{dim}.{quoted(dim)}" if part.link(dim) else f"r.{quoted(dim)}"


def _conditions(part: CompiledPart, cut: Cut) -> list[str]:
    found = [f"r.region_code >= {parameter('lo')}", f"r.region_code < {parameter('hi')}"]
    found += [f"{_place(part, dim)} = {parameter('dim_' + dim)}" for dim in cut.wanted]
    found += [f"r.{quoted(column)} = {_typed(part, column)}" for column in cut.only]
    return found


def _typed(part: CompiledPart, column: str) -> str:
    value = parameter("only_" + column)
    return f"CAST({value} AS uuid)" if part.rows.columns[column] == "uuid" else value


def _keys(part: CompiledPart, cut: Cut) -> dict[str, str]:
    found: dict[str, str] = {}
    if cut.digits:
        found["by_"] = f"substr(r.region_code, 1, {cut.digits:d})"
    elif cut.by:
        found["by_"] = f"r.{quoted(cut.by)}"
    for number, dim in enumerate(cut.split):
        found[f"dim_{number}"] = _place(part, dim)
    return found


def _links(part: CompiledPart, cut: Cut) -> list[str]:
    return [dim for dim in dict.fromkeys((*cut.split, *cut.wanted)) if part.link(dim)]


def _source(part: CompiledPart, cut: Cut) -> str:
    text = "counted r"
    for dim in _links(part, cut):
        link = part.link(dim)
        assert link is not None
        text += f" JOIN link_{dim} ON link_{dim}.{quoted(link.on)} = r.{quoted(link.on)}"
    return f"{text} WHERE " + " AND ".join(_conditions(part, cut))


def _tables(part: CompiledPart, cut: Cut) -> tuple[list[str], list[Select]]:
    selects = [part.rows]
    texts = [f"counted AS ({part.rows.sql})"]
    for dim in _links(part, cut):
        link = part.link(dim)
        assert link is not None
        selects.append(link.select)
        texts.append(f"link_{dim} AS ({link.select.sql})")
    return texts, selects


def _statement(body: str, texts: Iterable[str], selects: Iterable[Select]) -> Statement:
    read = list(selects)
    return Statement(
        sql=f"{', '.join(texts)} {body}",
        facts=tuple(dict.fromkeys(name for each in read for name in each.facts)),
        givens=tuple(dict.fromkeys(name for each in read for name in each.givens)),
    )


_MET = "CASE WHEN r.{met} THEN 1 ELSE 0 END"


def _inner(part: CompiledPart, cut: Cut) -> str:
    """One row per thing that counts: the keys, what is distinct, and the value or the mark."""
    keys = _keys(part, cut)
    if part.month:
        keys["month_"] = f"r.{quoted(part.month)}"
    for number, name in enumerate(part.key):
        keys[f"key_{number}"] = f"r.{quoted(name)}"
    if part.column and part.key:
        keys["value_"] = f"r.{quoted(part.column)}"
    columns = [f"{place} AS {name}" for name, place in keys.items()]
    if part.met:
        met = _MET.format(met=quoted(part.met))
        columns.append(f"{f'max({met})' if part.key else met} AS met_")
    elif part.column and not part.key:
        columns.append(f"r.{quoted(part.column)} AS value_")
    text = f"SELECT {', '.join(columns) or '1 AS one_'} FROM {_source(part, cut)}"
    text += "".join(f" AND r.{quoted(name)} IS NOT NULL" for name in part.key)
    return f"{text} GROUP BY {', '.join(keys.values())}" if part.key else text


_AGGREGATES = {
    Kind.COUNT: "count(*) AS value_",
    Kind.SUM: "sum(value_) AS value_",
    Kind.MEDIAN: "percentile_cont(0.5) WITHIN GROUP (ORDER BY value_) AS value_",
    Kind.SHARE: "sum(met_) AS value_, count(*) AS below_",
    Kind.MONTHLY: "sum(met_) AS value_, count(*) AS below_",
}


def answer(part: CompiledPart, cut: Cut) -> Statement:
    """One row per cell: the keys (``month_`` last), ``rows_``, ``value_`` and perhaps ``below_``."""
    texts, selects = _tables(part, cut)
    if part.kind is Kind.GIVEN:
        columns = [f"{place} AS {name}" for name, place in _keys(part, cut).items()]
        columns += ["1 AS rows_", "r.value AS value_", "r.numerator AS above_", "r.denominator AS below_"]
        return _statement(f"SELECT {', '.join(columns)} FROM {_source(part, cut)}", texts, selects)
    keys = [*cut.keys, *(["month_"] if part.month else [])]
    columns = [*keys, "count(*) AS rows_", _AGGREGATES[part.kind]]
    body = f"SELECT {', '.join(columns)} FROM ({_inner(part, cut)}) inner_"
    return _statement(body + (f" GROUP BY {', '.join(keys)}" if keys else ""), texts, selects)


def rows_behind(part: CompiledPart, cut: Cut, *, after: bool) -> Statement:
    """The rows of a part, all columns, in order of id; at most ``row_limit`` ids."""
    texts, selects = _tables(part, cut)
    identity = "CAST(r.id AS text)" if part.rows.columns["id"] != "string" else "r.id"
    columns = ", ".join(f"r.{quoted(name)}" for name in part.rows.columns)
    condition = f" AND {identity} > {parameter('after')}" if after else ""
    body = (
        f"SELECT * FROM (SELECT DISTINCT {columns}, dense_rank() OVER (ORDER BY {identity}) AS rank_ "
        f"FROM {_source(part, cut)}{condition}) ranked "
        f"WHERE rank_ <= CAST({parameter('row_limit')} AS integer) ORDER BY rank_"
    )
    return _statement(body, texts, selects)


def members(select: Select, *, level: tuple[int, int] | None) -> Statement:
    """The members of a grouping within the region; ``level`` holds region codes to (digits, rest)."""
    columns = [name for name in ("key", "code", "name", "region_code", "present") if name in select.columns]
    text = f"SELECT {', '.join(f'r.{quoted(name)}' for name in columns)} FROM counted r WHERE "
    text += f"r.region_code >= {parameter('lo')} AND r.region_code < {parameter('hi')}"
    if level:
        digits, rest = level
        text += f" AND substr(r.region_code, {digits + 1:d}) = '{'0' * rest}'"
    return _statement(f"{text} ORDER BY r.region_code, r.code", [f"counted AS ({select.sql})"], [select])


def registers_in_use(table: str, ancestors: int) -> Statement:
    """Which registers are in use where: in the region, below it, or in one of its ancestors."""
    above = ", ".join(parameter(f"above_{number}") for number in range(ancestors))
    body = (
        f"SELECT DISTINCT register, region_code FROM {table} WHERE "
        f"(region_code >= {parameter('lo')} AND region_code < {parameter('hi')}) OR region_code IN ({above})"
    )
    return Statement(f"only_one AS (SELECT 1) {body}", (table,), ())


def bound(sql: str, style: str) -> tuple[str, frozenset[str]]:
    """``sql`` with the driver's placeholders for its sentinels (``%(x)s`` or ``$x``), and their names."""
    pieces = sql.split("'@@")
    text = [_escaped(pieces[0], style)]
    names = set()
    for piece in pieces[1:]:
        name, _, rest = piece.partition("@@'")
        names.add(name)
        text.append((f"%({name})s" if style == "percent" else f"${name}") + _escaped(rest, style))
    return "".join(text), frozenset(names)


def _escaped(text: str, style: str) -> str:
    return text.replace("%", "%%") if style == "percent" else text


def only_used(parameters: Mapping[str, object], names: Iterable[str]) -> dict[str, object]:
    """The parameters a statement has; a missing one is a fault of the caller."""
    return {name: parameters[name] for name in names}
