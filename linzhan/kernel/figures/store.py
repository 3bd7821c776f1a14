"""Results kept for boards: refreshed where a write marked a place and month, and above it.

Marks are written in the transaction of their cause: by the registers (``registers.marking``), the
rulebook and the tree (``figures.marking``). :func:`refresh` takes them, counts the stored figures that
can have changed again and drops the marks, all in one transaction. Which figures a mark reaches is said
in ``figures.staleness``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.db import connection, transaction
from django.db.models import Q

from linzhan.kernel import places
from linzhan.kernel.figures import asking
from linzhan.kernel.figures.definitions import figure_named
from linzhan.kernel.figures.engines import Engine
from linzhan.kernel.figures.models import StaleMark, StatedFigure, StoredFigure
from linzhan.kernel.figures.running import FigureRequest
from linzhan.kernel.figures.staleness import Marks, registers_of, sources_of
from linzhan.kernel.figures.values import FigureValue, plain
from linzhan.kernel.periods import parse_period
from linzhan.kernel.scope import EVERYTHING, current_actor, opened, require_place, unscoped

__all__ = ["forget", "keep", "refresh", "registers_of", "state", "stated", "stored", "value_of"]

LOCK = 0x6669677572657300  # "figures": results are replaced by one at a time
BATCH = 5000


def keep(requests: Iterable[FigureRequest]) -> list[FigureValue]:
    """Compute, and store for boards what was asked (without ``by``, ``dims`` and ``only``)."""
    asked = list(requests)
    if any(request.by or request.dims or request.only or len(request.split) > 1 for request in asked):
        raise ValueError("only whole figures and single splits are stored")
    with transaction.atomic():
        _lock()
        return _counted_again(asked)


def stored(
    region: str, *, period: str = "", as_of: date | None = None, figures: Sequence[str] = (), split: str = ""
) -> list[FigureValue]:
    """What the store holds, within the reader's scope; what is not stored is simply absent."""
    found = StoredFigure.objects.filter(region_code=region, period=period, split=split)
    if as_of:
        found = found.filter(as_of=as_of)
    if figures:
        found = found.filter(figure__in=figures)
    return [value_of(row) for row in found.order_by("figure", "dims")]


def refresh(limit: int = BATCH) -> int:
    """Count again what up to ``limit`` stale marks touch; how many marks were dealt with."""
    with transaction.atomic(), unscoped("stored figures are counted again after writes"):
        _lock()
        marks = list(StaleMark.objects.order_by("id")[:limit])
        if marks:
            _counted_again(_touched(marks, asking.engine()))
            StaleMark.objects.filter(pk__in=[mark.pk for mark in marks]).delete()
    return len(marks)


def forget() -> None:
    """Throw away every stored result: the definitions are others now, and no mark would say so."""
    with opened(EVERYTHING):
        _lock()
        StoredFigure.objects.all().delete()


def state(
    *,
    name: str,
    region: str,
    value: Decimal,
    source: str,
    figure: str = "",
    unit: str = "",
    period: str = "",
    as_of: date | None = None,
) -> StatedFigure:
    """Record a figure that somebody states, with its source. It never replaces a computed one."""
    require_place(region)
    if not source.strip():
        raise ValueError("填报的数字须写明来源")
    return StatedFigure.objects.create(
        figure=figure,
        name=name,
        unit=unit,
        region_code=region,
        period=period and parse_period(period).text,
        as_of=as_of,
        value=value,
        source=source.strip(),
        stated_by=current_actor().label,
    )


def stated(region: str, *, period: str = "", as_of: date | None = None) -> list[FigureValue]:
    """The figures stated for a place and period (or date), newest first; ``stated`` is true on each."""
    found = StatedFigure.objects.filter(region_code=region, period=period)
    if not period:
        found = found.filter(as_of=as_of)
    return [_stated_value(row) for row in found.order_by("-stated_at")]


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _counted_again(requests: Sequence[FigureRequest]) -> list[FigureValue]:
    """Replace the stored results of ``requests``."""
    values: list[FigureValue] = []
    engine = asking.engine()
    for request in requests:
        group: dict[str, object] = {
            "figure": request.figure,
            "region_code": request.region,
            "period": request.period.text if request.period else "",
            "as_of": request.as_of or (request.period.end if request.period else None),
            "split": "".join(request.split),
        }
        StoredFigure.objects.filter(**group).delete()
        start = request.period.start if request.period else None
        answer = asking.compute([request], engine)
        StoredFigure.objects.bulk_create(_row_of(each, group, start) for each in answer)
        values += answer
    return values


def _row_of(value: FigureValue, group: dict[str, object], start: date | None) -> StoredFigure:
    return StoredFigure(
        **group,
        start=start,
        dims=dict(value.dims),
        value=plain(value.value),
        numerator=plain(value.numerator),
        denominator=plain(value.denominator),
        computed_at=value.computed_at,
    )


def _touched(marks: Sequence[StaleMark], engine: Engine) -> list[FigureRequest]:
    reaching = Marks.of(marks)
    within = Q(region_code__in=reaching.places)
    for low, high in map(places.bounds, places.outermost(reaching.subtrees)):
        within |= Q(region_code__gte=low, region_code__lt=high)
    columns = ("figure", "region_code", "period", "as_of", "split")
    kept = StoredFigure.objects.filter(within).order_by(*columns).values_list(*columns).distinct()
    sources: dict[str, frozenset[str]] = {}
    found = []
    for figure, region, period, as_of, split in kept:
        if figure not in sources:
            sources[figure] = sources_of(figure, engine)
        if reaching.reach(region, as_of, sources[figure]):
            found.append(_request(figure, region, period, as_of, split))
    return found


def _request(figure: str, region: str, period: str, as_of: date, split: str) -> FigureRequest:
    return FigureRequest(
        figure=figure,
        region=region,
        period=parse_period(period) if period else None,
        as_of=as_of,
        split=(split,) if split else (),
    )


def value_of(row: StoredFigure) -> FigureValue:
    """A stored row as the value it was."""
    figure = figure_named(row.figure)
    return FigureValue(
        figure=row.figure,
        name=figure.name,
        unit=figure.unit,
        region=row.region_code,
        period=row.period or None,
        as_of=row.as_of,
        dims=row.dims,
        value=row.value,
        numerator=row.numerator,
        denominator=row.denominator,
        computed_at=row.computed_at,
    )


def _stated_value(row: StatedFigure) -> FigureValue:
    return FigureValue(
        figure=row.figure,
        name=row.name,
        unit=row.unit,
        region=row.region_code,
        period=row.period or None,
        as_of=row.as_of or parse_period(row.period).end,
        value=row.value,
        stated=True,
        computed_at=row.stated_at,
    )
