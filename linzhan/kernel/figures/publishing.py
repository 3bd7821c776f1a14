"""Figures that were published stay as they were; what they would be today stands beside, with what was corrected.

A figure of a past day recomputes to the same value after later filings, because rows carry their days. It
changes only where a row of that past is corrected, added or removed: those changes are in the history, and
:func:`compared` lists them (NFR-04, NFR-05).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Max, Q
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import localtime

from linzhan.kernel import places
from linzhan.kernel.audit import AuditEntry
from linzhan.kernel.figures import asking
from linzhan.kernel.figures.models import PublishedFigure
from linzhan.kernel.figures.running import FigureRequest
from linzhan.kernel.figures.staleness import registers_of
from linzhan.kernel.figures.values import FigureValue, plain
from linzhan.kernel.periods import parse_period
from linzhan.kernel.registers.declare import REGISTERS, Register
from linzhan.kernel.scope import current_actor, require_place

AT_MOST: Final = 200  # corrections that are listed; more are counted


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """One change of the past since the publication: of which row of which register, by whom, before and after."""

    at: datetime
    who: str
    register: Register
    row_id: str
    action: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """What was published, what the same question gives today, and what changed in between."""

    published: PublishedFigure
    now: FigureValue | None
    corrections: tuple[Correction, ...]
    more: bool = False

    @property
    def differs(self) -> bool:
        return self.now is None or plain(self.now.value) != self.published.value


def publish(
    figure: str, *, region: str, period: str = "", as_of: date | None = None, note: str = ""
) -> list[PublishedFigure]:
    """Compute a figure and keep it as published (one row per rule where it has several)."""
    require_place(region)
    request = _request(figure, region, period, as_of)
    seen = AuditEntry.objects.aggregate(last=Max("id"))["last"] or 0
    return [
        PublishedFigure.objects.create(
            figure=value.figure,
            name=value.name,
            unit=value.unit,
            region_code=region,
            period=value.period or "",
            as_of=value.as_of,
            dims=dict(value.dims),
            value=plain(value.value),
            numerator=plain(value.numerator),
            denominator=plain(value.denominator),
            history_id=seen,
            published_by=current_actor().label,
            note=note,
        )
        for value in asking.compute([request])
    ]


def compared(published: PublishedFigure) -> Compared:
    """The same question asked today, and the corrections since the publication that bear on it."""
    request = _request(
        published.figure,
        published.region_code,
        published.period,
        None if published.period else published.as_of,
    )
    found = [value for value in asking.compute([request]) if dict(value.dims) == published.dims]
    corrections = list(_corrections(published, request))
    return Compared(
        published=published,
        now=found[0] if found else None,
        corrections=tuple(corrections[:AT_MOST]),
        more=len(corrections) > AT_MOST,
    )


def _request(figure: str, region: str, period: str, as_of: date | None) -> FigureRequest:
    span = parse_period(period) if period else None
    day = as_of or (span.end if span else None)
    return FigureRequest(figure=figure, region=region, period=span, as_of=day)


def _corrections(published: PublishedFigure, request: FigureRequest) -> Iterator[Correction]:
    """Changes of rows of the figure's registers in its place that tell of its time, oldest first."""
    keys = registers_of(published.figure, asking.engine())
    tables = {entry.model._meta.db_table: entry for entry in REGISTERS if entry.key in keys}
    low, high = places.bounds(published.region_code)
    entries = AuditEntry.objects.filter(
        Q(region_code__gte=low, region_code__lt=high),
        id__gt=published.history_id,
        table_name__in=tables,
    ).order_by("id")
    listed = 0
    for entry in entries.iterator():
        register = tables[entry.table_name]
        if listed <= AT_MOST and _bears_on(entry, register, published, request):
            listed += 1
            yield Correction(
                at=entry.at,
                who=entry.actor_label,
                register=register,
                row_id=entry.row_id,
                action=entry.action,
                before=entry.before or {},
                after=entry.after or {},
            )


def _bears_on(
    entry: AuditEntry, register: Register, published: PublishedFigure, request: FigureRequest
) -> bool:
    """Whether the row told, before or after, of a day that the figure looks at."""
    column = register.happens or register.starts
    if not column:
        return True
    days = {_day((entry.before or {}).get(column)), _day((entry.after or {}).get(column))}
    row = register.model._default_manager.filter(pk=entry.row_id).values_list(column, flat=True).first()
    days.add(_day(row))
    since = request.period.start if register.happens and request.period is not None else date.min
    return any(day is not None and since <= day <= published.as_of for day in days)


def _day(value: Any) -> date | None:
    """A day as a row or its history holds it."""
    if isinstance(value, datetime):
        return localtime(value).date()
    if isinstance(value, date) or value is None:
        return value
    moment = parse_datetime(str(value)) if "T" in str(value) else None
    return localtime(moment).date() if moment else parse_date(str(value)[:10])
