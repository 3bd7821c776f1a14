"""Who counts what was done for a contract: apps above register it, for they keep the records (TGT-12).

A counter is given terms (project, first day, last day to count) and answers per project and metric. It asks
within the reader's scope, and a fixed number of times however many projects there are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from linzhan.kernel.registry import Registry
from linzhan.procurement.progress.enums import Metric


@dataclass(frozen=True, slots=True)
class Counted:
    """From when until when the records of a project count."""

    project: UUID
    since: date
    until: date


Done = Mapping[UUID, Mapping[str, Decimal | None]]
Ask = Callable[[Sequence[Counted]], Done]


@dataclass(frozen=True, slots=True)
class Counter:
    name: str
    metrics: frozenset[str]
    ask: Ask


COUNTERS: Registry[Counter] = Registry("counters of contracts")


def counts(name: str, *metrics: Metric) -> Callable[[Ask], Ask]:
    """Register the decorated function as who counts ``metrics``; two may not count the same."""

    def add(ask: Ask) -> Ask:
        mine = frozenset(metric.value for metric in metrics)
        if taken := mine & counted_metrics():
            raise ValueError(f"{sorted(taken)} is counted already")
        COUNTERS.add(Counter(name, mine, ask))
        return ask

    return add


def counted_metrics() -> frozenset[str]:
    """What the platform counts itself; anything else is stated by hand."""
    return frozenset().union(*(counter.metrics for counter in COUNTERS))


def done(terms: Sequence[Counted]) -> dict[UUID, dict[str, Decimal | None]]:
    """What was done for each project, by metric; a project without records has nought of what is counted."""
    found: dict[UUID, dict[str, Decimal | None]] = {term.project: {} for term in terms}
    if not terms:
        return found
    for counter in COUNTERS:
        answered = counter.ask(terms)
        for project, metrics in found.items():
            own = answered.get(project, {})
            metrics |= {metric: own.get(metric, Decimal(0)) for metric in counter.metrics}
    return found
