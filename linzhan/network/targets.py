"""Targets with what was reached: the register's and those that a document in the rulebook sets (TGT-01…15)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from linzhan.kernel.figures import asking
from linzhan.kernel.figures.definitions import FIGURES
from linzhan.kernel.figures.models import StatedFigure
from linzhan.kernel.figures.running import FigureRequest
from linzhan.kernel.figures.values import Number
from linzhan.kernel.periods import Period
from linzhan.kernel.scope import require_place
from linzhan.network.enums import Comparison
from linzhan.network.models import RegionalTarget
from linzhan.policy.api import NoRuling, network, ruling_for

HUNDRED = Decimal(100)


@dataclass(frozen=True, kw_only=True, slots=True)
class TargetProgress:
    """A target and where it stands. ``wanted`` and ``actual`` are in ``unit``; ``None`` is not known.

    ``as_of`` is the day the actual number is of: never after the term. ``stated``: somebody stated it,
    the platform cannot compute it. ``row_id`` is set for a row of the register.
    """

    region_code: str
    name: str
    figure: str
    comparison: str
    wanted: Decimal | None
    unit: str
    starts_on: date | None
    due_on: date | None
    stage: str
    baseline: Decimal | None
    source: str
    as_of: date
    row_id: UUID | None = None
    actual: Decimal | None = None
    stated: bool = False

    @property
    def met(self) -> bool | None:
        """Whether the wanted value is reached; ``None`` while a number is missing."""
        if self.actual is None or self.wanted is None:
            return None
        if self.comparison == Comparison.AT_MOST:
            return self.actual <= self.wanted
        if self.comparison == Comparison.EXACTLY:
            return self.actual == self.wanted
        return self.actual >= self.wanted

    @property
    def percent(self) -> Decimal | None:
        """How much of the way from the baseline (else from nothing) is done, in per cent."""
        if self.actual is None or self.wanted is None:
            return None
        if self.baseline is None and self.comparison == Comparison.AT_MOST:
            return None
        start = self.baseline or Decimal(0)
        return None if self.wanted == start else (self.actual - start) * HUNDRED / (self.wanted - start)

    @property
    def gap(self) -> Decimal | None:
        """What is still lacking, in ``unit``; 0 when met."""
        if self.actual is None or self.wanted is None:
            return None
        return Decimal(0) if self.met else abs(self.wanted - self.actual)

    def overdue(self, on: date) -> bool:
        """The term is over and the value was not reached, or nobody knows."""
        return self.due_on is not None and self.due_on < on and not self.met


def targets_with_actual(region: str, on: date) -> list[TargetProgress]:
    """The targets set for ``region`` itself, those with the nearest term first, beside what was reached.

    The actual number is the figures engine's as of ``on``, or of the term where that has passed; a
    figure of a period counts from the target's start, else from 1 January of that year. Where there is
    no figure it is the latest number stated under the target's name. Raises ``ScopeViolation`` for a
    place outside the scope.
    """
    require_place(region)
    own = [_of_row(row, on) for row in RegionalTarget.objects.filter(region_code=region)]
    known = {_identity(target) for target in own}
    found = own + [target for target in _of_rulebook(region, on) if _identity(target) not in known]
    ordered = sorted(found, key=lambda target: (target.due_on or date.max, target.name, target.stage))
    return _with_stated(region, on, _with_computed(ordered))


def _identity(target: TargetProgress) -> tuple[object, ...]:
    return (target.figure or target.name, target.due_on, target.stage)


def _of_row(row: RegionalTarget, on: date) -> TargetProgress:
    return TargetProgress(
        region_code=row.region_code,
        name=row.name,
        figure=row.figure,
        comparison=row.comparison or Comparison.AT_LEAST.value,
        wanted=row.wanted,
        unit=row.unit,
        starts_on=row.starts_on,
        due_on=row.due_on,
        stage=row.stage,
        baseline=row.baseline,
        source=f"{row.document} {row.clause}".strip(),
        as_of=min(on, row.due_on or on),
        row_id=row.pk,
    )


def _of_rulebook(region: str, on: date) -> list[TargetProgress]:
    """What a document sets for this very place; what it sets for a place above is that place's."""
    try:
        ruling = ruling_for(network.TARGETS, region=region, on=on)
    except NoRuling:
        return []
    if ruling.region_code != region:
        return []
    return [
        TargetProgress(
            region_code=region,
            name=target.indicator,
            figure=target.figure or "",
            comparison=Comparison.AT_LEAST.value,
            wanted=target.at_least,
            unit=target.unit or "",
            starts_on=None,
            due_on=target.due,
            stage=target.phase or "",
            baseline=None,
            source=ruling.citation,
            as_of=min(on, target.due or on),
        )
        for target in ruling.value
    ]


Asked = tuple[str, str | None, date]
"""What an answer of the engine is recognised by: figure, period, day."""


def _with_computed(targets: list[TargetProgress]) -> list[TargetProgress]:
    requests = {_asked(request): request for target in targets if (request := _request(target))}
    answers = {
        (value.figure, value.period, value.as_of): value.value
        for value in asking.compute(requests.values())
        if not value.dims
    }
    return [_with_answer(target, answers) for target in targets]


def _with_answer(target: TargetProgress, answers: Mapping[Asked, Number | None]) -> TargetProgress:
    request = _request(target)
    value = answers.get(_asked(request)) if request else None
    return target if value is None else replace(target, actual=Decimal(str(value)))


def _request(target: TargetProgress) -> FigureRequest | None:
    """The question to the engine; none where it has no such figure or the target has not begun."""
    if target.figure not in FIGURES:
        return None
    if FIGURES[target.figure].timing == "date":
        return FigureRequest(figure=target.figure, region=target.region_code, as_of=target.as_of)
    start = target.starts_on or target.as_of.replace(month=1, day=1)
    if start > target.as_of:
        return None
    return FigureRequest(
        figure=target.figure,
        region=target.region_code,
        period=Period.between(start, target.as_of),
        as_of=target.as_of,
    )


def _asked(request: FigureRequest) -> Asked:
    return (request.figure, request.period.text if request.period else None, request.as_of or date.max)


def _with_stated(region: str, on: date, targets: list[TargetProgress]) -> list[TargetProgress]:
    """Numbers somebody stated under the name of a target that has no figure; the latest up to the term."""
    names = {target.name for target in targets if not target.figure}
    rows = StatedFigure.objects.filter(region_code=region, name__in=names, as_of__lte=on) if names else ()
    latest = sorted(rows, key=lambda row: (row.as_of or date.min, row.stated_at), reverse=True)
    return [target if target.figure else _with_latest(target, latest) for target in targets]


def _with_latest(target: TargetProgress, rows: Sequence[StatedFigure]) -> TargetProgress:
    for row in rows:
        if row.name == target.name and row.as_of is not None and row.as_of <= target.as_of:
            return replace(target, actual=row.value, as_of=row.as_of, stated=True)
    return target
