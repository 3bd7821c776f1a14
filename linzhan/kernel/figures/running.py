"""Computing figures: many figures of one place in one call, in the caller's scope.

An engine counts; what a count means is decided here and so is the same on every engine: whether an
empty result is 0 or unknown, quotients, means of months (``contract/figures.md``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from linzhan.kernel import places
from linzhan.kernel.figures import assembling, definitions
from linzhan.kernel.figures.assembling import Cut
from linzhan.kernel.figures.compiling import CompiledPart
from linzhan.kernel.figures.definitions import Figure
from linzhan.kernel.figures.engines import ROW_LIMIT, Answer, Engine
from linzhan.kernel.figures.measures import Kind
from linzhan.kernel.figures.session import (
    REGION,
    Asked,
    FigureFault,
    FigureRequest,
    Member,
    Session,
    levels_below,
)
from linzhan.kernel.figures.values import Dims, FigureValue, Number, plain

__all__ = ["REGION", "FigureFault", "FigureRequest", "can_be_cut", "compute", "rows_behind"]


@dataclass(slots=True)
class Counted:
    """One cell of a part: how many rows, their aggregate, and, of shares, what it is measured against."""

    rows: int
    value: Number | None
    below: Number | None = None
    above: Number | None = None
    months: list[tuple[Number, Number]] = field(default_factory=list)


Key = tuple[str | int | float | None, ...]
Cells = dict[Key, Counted]


def compute(requests: Iterable[FigureRequest], engine: Engine) -> list[FigureValue]:
    """The values asked for, in order. A figure that cannot be cut as asked is left out.

    Raises :class:`FigureFault` or ``UnknownFigure`` for a question nobody could answer. The caller
    has opened a scope that covers the regions (``asking`` checks it).
    """
    session = Session(engine)
    return [value for request in requests for value in _values(session, request)]


def rows_behind(
    request: FigureRequest, engine: Engine, *, limit: int = 100, after: str = "", below: bool = False
) -> Answer:
    """The rows a figure was counted from, in order of ``id``: at most ``limit`` ids after ``after``.

    With ``below`` those of a ratio's denominator. Of a share every row has its mark.
    """
    asked = Asked(Session(engine), request)
    compiled = engine.book.figure(asked.figure.key)
    if below and len(compiled.parts) == 1:
        raise FigureFault(f"“{asked.figure.name}”不是两组记录之比，没有另一组明细")
    part = compiled.parts[1 if below else 0]
    cut = Cut(wanted=asked.cut.wanted, only=asked.cut.only)
    statement = assembling.rows_behind(part, cut, after=bool(after))
    parameters = {**asked.parameters(statement), "after": after, ROW_LIMIT: str(limit)}
    return [{name: row[name] for name in part.rows.columns} for row in engine.run(statement, parameters)]


def can_be_cut(
    figure: Figure, engine: Engine, *, by: str = "", split: Iterable[str] = (), only: Iterable[str] = ()
) -> bool:
    """Whether the rows of ``figure`` carry the columns for such a cut."""
    columns = [set(part.rows.columns) for part in engine.book.figure(figure.key).parts]
    wanted = set(only)
    if by != REGION and by in definitions.GROUPINGS:
        wanted.add(definitions.GROUPINGS[by].column)
    return all(wanted <= each for each in columns) and set(split) <= set(figure.all_dims)


def _values(session: Session, request: FigureRequest) -> list[FigureValue]:
    asked = Asked(session, request)
    if not can_be_cut(asked.figure, session.engine, by=request.by, split=request.split, only=request.only):
        return []
    if request.by == REGION and not levels_below(request.region):
        return []
    if not asked.answerable:
        return [] if asked.split or request.by else [_value(asked, (), None, None, None, None)]
    compiled = session.engine.book.figure(asked.figure.key)
    parts = [(part, _cells(asked, part)) for part in compiled.parts]
    return [
        _combined(asked, key, member, [(part, cells.get(key)) for part, cells in parts], compiled.times)
        for key, member in _keys(asked, [cells for _, cells in parts])
    ]


def _cells(asked: Asked, part: CompiledPart) -> Cells:
    if part.kind is Kind.GIVEN and part.per != asked.request.by:
        return {}
    statement = assembling.answer(part, asked.cut)
    return _gathered(part, asked.cut, asked.session.run(statement, asked.parameters(statement)))


def _gathered(part: CompiledPart, cut: Cut, rows: Answer) -> Cells:
    whole = part.rows.columns.get(part.column, "int64") == "int64"
    cells: Cells = {}
    for row in rows:
        key = tuple(_key_part(row[name], of_group=name == "by_") for name in cut.keys)
        count = _integer(row["rows_"])
        value, below = _number(row["value_"], whole=whole), _number(row.get("below_"), whole=whole)
        if part.kind is Kind.MONTHLY:
            cell = cells.setdefault(key, Counted(0, None))
            cell.rows += count
            cell.months.append((value or 0, below or 0))
        elif count or part.kind is Kind.GIVEN:
            cells[key] = Counted(count, value, below, _number(row.get("above_"), whole=False))
    return cells


def _key_part(value: object, *, of_group: bool) -> str | int | float | None:
    """A group's key as text, a dimension's value as the text or number it is."""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool) and not of_group:
        return plain(value)
    return None if value is None else str(value)


def _integer(value: object) -> int:
    return int(str(value))


def _number(value: object, *, whole: bool) -> Number | None:
    if value is None:
        return None
    if isinstance(value, float):
        return int(value) if whole and value.is_integer() else value
    exact = Decimal(str(value))
    return int(exact) if whole and exact == exact.to_integral_value() else exact


def _keys(asked: Asked, cells: list[Cells]) -> list[tuple[Key, Member | None]]:
    """The cells of the answer: every member without a split, else those that have rows."""
    found = list(dict.fromkeys(key for each in cells for key in each))
    if not asked.request.by:
        return [(key, None) for key in sorted(found, key=_sortable)] if asked.split else [((), None)]
    return _keys_by_member(asked, found)


def _keys_by_member(asked: Asked, found: list[Key]) -> list[tuple[Key, Member | None]]:
    by_key: dict[object, Member] = {_member_key(asked, member): member for member in asked.members}
    if not by_key and asked.request.by == REGION:  # a territory that lists no divisions: only those with rows
        own = asked.ask.region
        codes = (places.pad(str(key[0])) for key in found)
        by_key = {
            code[: asked.cut.digits]: Member(code, code, "", code) for code in sorted(codes) if code != own
        }
    if not asked.split:
        listed = ((_member_key(asked, member), member) for member in by_key.values())
        return [((key,), member) for key, member in listed if member.present or (key,) in found]
    kept = [(by_key[key[0]], key) for key in found if key[0] in by_key]
    kept.sort(key=lambda each: (each[0].region_code, each[0].code, _sortable(each[1])))
    return [(key, member) for member, key in kept]


def _member_key(asked: Asked, member: Member) -> str:
    return member.region_code[: asked.cut.digits] if asked.request.by == REGION else member.key


def _sortable(key: Key) -> tuple[tuple[bool, str], ...]:
    return tuple((part is None, str(part)) for part in key)


def _combined(
    asked: Asked,
    key: Key,
    member: Member | None,
    found: list[tuple[CompiledPart, Counted | None]],
    times: int,
) -> FigureValue:
    where = member.region_code if member else asked.ask.region
    part, cell = found[0]
    if part.kind is Kind.GIVEN:
        return _value(
            asked, key, member, *((cell.value, cell.above, cell.below) if cell else (None, None, None))
        )
    if len(found) == 2:
        above, below = (_single(asked, each, counted, where) for each, counted in found)
        return _value(asked, key, member, _quotient(above, below, times), above, below)
    if part.kind is Kind.MONTHLY:
        return _value(asked, key, member, *_mean_of_months(cell, times))
    if part.kind is Kind.SHARE:
        above, below = (cell.value, cell.below) if cell else (_empty(asked, part, where),) * 2
        return _value(asked, key, member, _quotient(above, below, times), above, below)
    return _value(asked, key, member, _single(asked, part, cell, where), None, None)


def _single(asked: Asked, part: CompiledPart, cell: Counted | None, where: str) -> Number | None:
    value = cell.value if cell else _empty(asked, part, where)
    if value is None or part.divide == 1:
        return value
    return _divided(value, part.divide)


def _empty(asked: Asked, part: CompiledPart, where: str) -> int | None:
    return 0 if part.empty == "zero" and asked.known(part, where) else None


def _quotient(above: Number | None, below: Number | None, times: int) -> Number | None:
    return None if above is None or not below else _divided(above * times, below)


def _divided(above: Number, below: Number) -> Number:
    if isinstance(above, float) or isinstance(below, float):
        return float(above) / float(below)
    return Decimal(above) / Decimal(below)


def _mean_of_months(cell: Counted | None, times: int) -> tuple[Number | None, Number | None, Number | None]:
    months = cell.months if cell else []
    if not months:
        return None, None, None
    shares = [Decimal(above) * times / Decimal(below) for above, below in months]
    above, below = months[0] if len(months) == 1 else (None, None)
    return sum(shares, Decimal(0)) / len(shares), above, below


def _value(
    asked: Asked,
    key: Key,
    member: Member | None,
    value: Number | None,
    numerator: Number | None,
    denominator: Number | None,
) -> FigureValue:
    by = asked.request.by
    parts = key[1:] if member else key
    dims: Dims = {**asked.request.dims, **dict(zip(asked.split, parts, strict=True))}
    return FigureValue(
        figure=asked.figure.key,
        name=asked.figure.name,
        unit=asked.figure.unit,
        region=member.region_code if member and by == REGION else asked.ask.region,
        period=asked.ask.period.text if asked.ask.period else None,
        as_of=asked.ask.as_of,
        dims=dims,
        value=value,
        numerator=numerator,
        denominator=denominator,
        computed_at=asked.session.computed_at,
        member=(by, member.code) if member else None,
        member_name=member.name if member else "",
        member_key=member.key if member else "",
    )
