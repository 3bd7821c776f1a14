"""What pages ask of figures: from the store where it is fresh, else computed now, in two or three queries.

A stored result is fresh when no write since has marked a register it is counted over, in its place
and not after its date. What had to be computed is handed to the worker to keep, so that the next
reader finds it in the store.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.core.cache import cache
from django.db import transaction
from django.db.models import F, Func, Min, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from linzhan.kernel import places
from linzhan.kernel.figures import asking, staleness, store
from linzhan.kernel.figures.definitions import FIGURES, Figure
from linzhan.kernel.figures.engines import Engine, LiveEngine
from linzhan.kernel.figures.measures import Kind
from linzhan.kernel.figures.models import StaleMark, StoredFigure
from linzhan.kernel.figures.running import REGION, FigureRequest
from linzhan.kernel.figures.staleness import Marks
from linzhan.kernel.figures.values import FigureValue
from linzhan.kernel.periods import Period, parse_period
from linzhan.kernel.scope import current_scope, unscoped
from linzhan.office.figures import together


class ConcatWS(Func):
    """Texts joined by the first."""

    function = "concat_ws"


Key = tuple[str, str, str, date, str]
Found = dict[Key | None, list[FigureValue]]
Mark = tuple[str, str, date]  # place, source, first month changed
Beside = Callable[[Engine], None]
ASK_AGAIN = 600  # seconds before a place is handed to the worker again


@dataclass(frozen=True, slots=True)
class Place:
    """What a reader asks about: a place, a period, and the day it is seen from."""

    region: str
    period: Period

    @property
    def as_of(self) -> date:
        """The last day of the period, or today while it runs."""
        return min(self.period.end, timezone.localdate())

    def request(self, figure: str, **more: Any) -> FigureRequest:
        return FigureRequest(figure=figure, region=self.region, period=self.period, as_of=self.as_of, **more)

    def before(self) -> Place:
        return Place(self.region, self.period.previous())


def engine() -> LiveEngine:
    return cast("LiveEngine", asking.engine())


def known(keys: Iterable[str]) -> list[Figure]:
    """Those of ``keys`` that the house has, in the order given."""
    return [FIGURES[key] for key in keys if key in FIGURES]


def answers(
    requests: Sequence[FigureRequest],
    *,
    children: Sequence[str] = (),
    later: Collection[FigureRequest] = (),
    beside: Beside | None = None,
    from_store: bool = False,
) -> list[list[FigureValue]]:
    """The values of each request, in order; empty where it cannot be cut as asked.

    ``children`` are the units below the place of a request by region: where the store holds all of
    them, that request too is answered from it. Those of ``requests`` that are in ``later`` are not
    computed now: the store has them, or the worker is asked to; ``from_store`` computes none now. What
    else a page asks of the engine in the same round trip is ``beside`` (called twice; the second time
    counts). Raises ``ScopeViolation`` for a place that the reader sees only in part.
    """
    for request in requests:
        asking.require_scope(request)
    plain = [request for request in requests if _may_be_stored(request)]
    below = {_whole_key(request): _each(request, children) for request in requests if _is_below(request)}
    found = _stored([*plain, *(each for group in below.values() for each in group)])
    known = {_whole_key(request): values for request in plain if (values := found.get(_key(request)))}
    known |= {key: values for key, group in below.items() if (values := _members(group, found))}
    missing = [request for request in requests if _whole_key(request) not in known]
    put_off = {_whole_key(request) for request in (requests if from_store else later)}
    urgent = [request for request in missing if _whole_key(request) not in put_off]
    if not from_store:
        known |= dict(zip(map(_whole_key, urgent), together.compute(urgent, engine(), beside), strict=True))
    _have_kept([each for request in missing for each in (below.get(_whole_key(request)) or [request])])
    return [known.get(_whole_key(request), []) for request in requests]


def _is_below(request: FigureRequest) -> bool:
    return request.by == REGION and not (request.split or request.dims or request.only)


def _each(request: FigureRequest, children: Sequence[str]) -> list[FigureRequest]:
    return [replace(request, region=code, by="") for code in children]


def _members(group: Sequence[FigureRequest], found: Found) -> list[FigureValue]:
    """One value for each unit below, or nothing unless the store holds all of them."""
    values = [found.get(_key(each), []) for each in group]
    if not values or not all(values):
        return []
    return [replace(each[0], member=(REGION, each[0].region)) for each in values]


def own_answers(
    requests: Sequence[FigureRequest], *, beside: Beside | None = None
) -> list[list[FigureValue]]:
    """As :func:`answers` for rows the reader sees along the line of station or institution.

    Each request is held to a station that the reader's scope shows; row-level security keeps the rest
    out. Nothing of it is stored, since a store of parts would look like the whole.
    """
    if any(not request.only and not request.by for request in requests):
        raise ValueError("an own answer is held to a station")
    return together.compute(requests, engine(), beside)


def is_heavy(figure: Figure) -> bool:
    """Whether one value takes so long that a page computes only the one asked for: a mean over months."""
    return any(part.kind is Kind.MONTHLY for part in engine().book.figure(figure.key).parts)


def _may_be_stored(request: FigureRequest) -> bool:
    plain = not (request.by or request.dims or request.only) and len(request.split) <= 1
    return plain and request.as_of is not None and current_scope().covers_region(request.region)


def _key(request: FigureRequest) -> Key | None:
    if not _may_be_stored(request) or request.as_of is None:
        return None
    period = request.period.text if request.period else ""
    return (request.figure, request.region, period, request.as_of, "".join(request.split))


def _whole_key(request: FigureRequest) -> tuple[object, ...]:
    dims, only = (tuple(sorted(each.items())) for each in (request.dims, request.only))
    return (
        request.figure,
        request.region,
        request.period,
        request.as_of,
        request.by,
        request.split,
        dims,
        only,
    )


def _stored(requests: Sequence[FigureRequest]) -> Found:
    """Fresh results of the store, with the marks that decide it; one query."""
    keys = {_key(request) for request in requests}
    if not keys:
        return {}
    regions = {request.region for request in requests}
    rows = StoredFigure.objects.filter(
        region_code__in=regions,
        figure__in={request.figure for request in requests},
        period__in={request.period.text if request.period else "" for request in requests},
        as_of__in={request.as_of for request in requests},
    )
    found: defaultdict[Key | None, list[FigureValue]] = defaultdict(list)
    marks: list[Mark] = []
    for row in rows.annotate(marks=ArraySubquery(_marks(regions))).order_by("figure", "dims"):
        key = (row.figure, row.region_code, row.period, row.as_of, row.split)
        if key in keys:
            found[key].append(store.value_of(row))
            marks = marks or [_mark(text) for text in row.marks]
    reaching = Marks()
    for code, source, month in marks:
        reaching.add(code, source, month)
    return {key: values for key, values in found.items() if key and _is_fresh(key, reaching)}


def _marks(regions: Collection[str]) -> QuerySet[Any]:
    """Places and sources changed since, with the first month touched, as texts."""
    above = {places.NATION, *(code for region in regions for code in places.lineage(region))}
    within = Q(region_code__in=above, register__startswith=staleness.PARAMETER)
    for code in places.outermost(regions):
        low, high = places.bounds(code)
        within |= Q(region_code__gte=low, region_code__lt=high)
    written = StaleMark.objects.filter(within).values("region_code", "register").annotate(first=Min("month"))
    parts = (F("region_code"), F("register"), Cast(F("first"), TextField()))
    text = ConcatWS(Value(" "), *parts, output_field=TextField())
    return written.order_by().annotate(text=text).values_list("text", flat=True)


def _mark(text: str) -> Mark:
    code, register, month = text.split(" ")
    return code, register, date.fromisoformat(month)


def _is_fresh(key: Key, marks: Marks) -> bool:
    figure, region, _period, as_of, _split = key
    return not marks.reach(region, as_of, staleness.sources_of(figure, engine()))


def _have_kept(requests: Sequence[FigureRequest]) -> None:
    """Hand what was computed to the worker, once in a while; it is ordered when the page is out."""
    keys = sorted({key for request in requests if (key := _key(request))})
    if not keys:
        return
    items = [
        [figure, region, period, as_of.isoformat(), split] for figure, region, period, as_of, split in keys
    ]
    mark = hashlib.sha256(json.dumps(items).encode()).hexdigest()
    if cache.add(f"kept-figures:{mark}", 1, ASK_AGAIN):
        transaction.on_commit(partial(_order, mark, items), robust=True)


def _order(mark: str, items: list[list[str]]) -> None:
    try:
        keep_figures.configure(queueing_lock=f"keep-figures:{mark}").defer(items=items)  # type: ignore[arg-type]  # lists of texts are JSON
    except AlreadyEnqueued:
        return


@app.task(name="linzhan.keep_figures")
def keep_figures(*, items: list[list[str]]) -> None:
    """Compute and store what a page had to compute itself."""
    with transaction.atomic(), unscoped("the store of figures holds whole places"):
        store.keep(
            FigureRequest(
                figure=figure,
                region=region,
                period=parse_period(period),
                as_of=date.fromisoformat(as_of),
                split=(split,) if split else (),
            )
            for figure, region, period, as_of, split in items
            if figure in FIGURES and period
        )
