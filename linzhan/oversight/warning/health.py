"""How a station stands, with its reasons: no hidden score (``domain.md`` §13).

Index = 100 − Σ weight of each open alert, per hundred residents on its register, not below nought. Where a station
has no residents there is no index. What is told to a narrow circle is left out, so that all see the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Count

from linzhan.casework.api.visits import registered
from linzhan.oversight.audiences import NARROW
from linzhan.oversight.enums import OVER
from linzhan.oversight.models import Alert

WEIGHTS: Final = {1: 1, 2: 3, 3: 7, 4: 15}
PER: Final = 100
WHOLE: Final = 100


@dataclass(frozen=True, slots=True)
class Health:
    """One station: residents on its register, open alerts by (rule, level), and the index they come to."""

    station_id: UUID
    clients: int
    alerts: Mapping[tuple[str, int], int]

    @property
    def weight(self) -> int:
        return sum(WEIGHTS[level] * number for (_rule, level), number in self.alerts.items())

    @property
    def index(self) -> float | None:
        if not self.clients:
            return None
        return max(0.0, WHOLE - self.weight * PER / self.clients)

    def of_level(self, level: int) -> int:
        return sum(number for (_rule, each), number in self.alerts.items() if each == level)


def open_by_rule() -> dict[str, int]:
    """How many alerts of the reader's scope are open, by rule; of what is told to a narrow circle nothing."""
    counted = Alert.objects.exclude(stage__in=OVER).exclude(rule__in=NARROW).order_by()
    return dict(counted.values_list("rule").annotate(n=Count("pk")))


def healths() -> dict[UUID, Health]:
    """The stations of the reader's scope that have residents or open alerts; two queries."""
    open_: dict[UUID, dict[tuple[str, int], int]] = defaultdict(dict)
    counted = Alert.objects.exclude(stage__in=OVER).exclude(rule__in=NARROW).filter(station_id__isnull=False)
    for station, rule, level, number in (
        counted.order_by().values_list("station_id", "rule", "level").annotate(n=Count("pk"))
    ):
        assert station is not None
        open_[station][rule, level] = number
    clients = dict(registered().order_by().values_list("station_id").annotate(n=Count("pk")))
    return {
        station: Health(station, clients.get(station, 0), open_.get(station, {}))
        for station in {*clients, *open_}
    }
