"""What the page of duties is asked for: whose, which, until when. The address holds it all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from linzhan.accounts.api import LINE_OF_ROLE, Appointment, Line, Role
from linzhan.casework.api import Resident
from linzhan.casework.api.visits import registered
from linzhan.kernel import places
from linzhan.kernel.scope import within
from linzhan.office.requests import number_in

PAGE = 50
SPANS = {"overdue": -1, "week": 6, "month": 30}


@dataclass(frozen=True, slots=True)
class Asked:
    """``who`` is ``mine`` or ``all``; ``span`` a key of :data:`SPANS`, or empty for all that is owed."""

    who: str
    station: UUID | None
    region: str
    rule: str
    span: str
    start: int
    on: date
    worker: UUID | None

    @property
    def until(self) -> date | None:
        return self.on + timedelta(days=SPANS[self.span]) if self.span else None

    def residents(self) -> QuerySet[Resident]:
        rows = registered()
        if self.region:
            rows = rows.filter(within(Resident, self.region))
        if self.station:
            rows = rows.filter(station_id=self.station)
        return rows.filter(worker_id=self.worker) if self.who == "mine" else rows

    def parameters(self) -> dict[str, str]:
        given = {
            "who": self.who,
            "station": str(self.station or ""),
            "region": self.region,
            "rule": self.rule,
            "span": self.span or "all",
        }
        return {name: value for name, value in given.items() if value}

    def url(self, base: str, **changes: str) -> str:
        given: Mapping[str, str] = {**self.parameters(), **changes}
        return f"{base}?{urlencode({name: value for name, value in given.items() if value})}"


def asked(request: HttpRequest, *, by_station: bool) -> Asked:
    """What ``request`` asks; a worker is first shown their own, everybody else all that they see."""
    held: Appointment = request.appointment  # type: ignore[attr-defined]
    own = held.person_id if held.role == Role.STATION_WORKER else None
    who = request.GET.get("who") or ("mine" if own else "all")
    region, span = request.GET.get("region", ""), request.GET.get("span", "" if by_station else "week")
    return Asked(
        who="mine" if who == "mine" and own else "all",
        station=_uuid(request.GET.get("station", "")),
        region=region if places.is_code(region) else "",
        rule=request.GET.get("rule", "")[:20],
        span=span if span in SPANS else "",
        start=number_in(request, "start"),
        on=timezone.localdate(),
        worker=own,
    )


def sees_stations(request: HttpRequest) -> bool:
    """Whether the reader sees several stations and is answered by counts first."""
    held: Appointment = request.appointment  # type: ignore[attr-defined]
    return LINE_OF_ROLE[held.role] is not Line.STATION and not request.GET.get("station")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
