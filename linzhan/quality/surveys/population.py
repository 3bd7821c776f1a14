"""Who could be asked: residents of a place who were served in a period, by station; departments as listed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from linzhan.casework.api import RecordResident, Resident, ResidentStatus
from linzhan.kernel import places
from linzhan.kernel.periods import Period
from linzhan.network.api import Station

ACCEPTED = "已通过"


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who could be asked: a resident or a department, and about which station."""

    code: str
    resident_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """A station that is asked about, with those who could be asked."""

    station: Station | None
    people: Mapping[str, Asked]

    @property
    def key(self) -> str:
        return f"{self.station.region_code[:6]}/{self.station.code}" if self.station is not None else ""


def served(region: str, period: Period) -> list[Ground]:
    """Residents on the register with an accepted service in the period, by the station that served; three queries."""
    low, high = places.bounds(region)
    begins, ends = (
        timezone.make_aware(datetime.combine(day, time.min))
        for day in (period.start, period.end + timedelta(days=1))
    )
    pairs = (
        RecordResident.objects.filter(
            region_code__gte=low, region_code__lt=high, started_at__gte=begins, started_at__lt=ends,
            record__status=ACCEPTED, resident__status=ResidentStatus.REGISTERED, resident__merged_into__isnull=True,
        )
        .order_by()
        .values_list("station_id", "resident_id")
        .distinct()
    )  # fmt: skip
    by_station: dict[UUID, set[UUID]] = defaultdict(set)
    for station, resident in pairs:
        by_station[station].add(resident)
    everybody = set().union(*by_station.values()) if by_station else set()
    codes = dict(Resident.objects.filter(pk__in=everybody).values_list("pk", "code"))
    stations = Station.objects.filter(pk__in=by_station).order_by("region_code", "code")
    return [
        Ground(each, {codes[pk]: Asked(codes[pk], pk) for pk in by_station[each.pk] if pk in codes})
        for each in stations
    ]


def departments(region: str, lines: Sequence[str]) -> list[Ground]:
    """Departments as listed; ``城南街道办事处=ST-03`` answers about that station, others about all of the place."""
    low, high = places.bounds(region)
    told = [_apart(line) for line in lines if line.strip()]
    wanted = {code for _name, code in told if code}
    stations = {
        each.code: each
        for each in Station.objects.filter(
            Q(code__in=wanted), region_code__gte=low, region_code__lt=high
        ).order_by("-region_code")
    }
    people: dict[str, dict[str, Asked]] = defaultdict(dict)
    for name, code in told:
        people[code][name] = Asked(name)
    return [Ground(stations[code] if code else None, found) for code, found in sorted(people.items())]


def unknown_stations(region: str, lines: Sequence[str]) -> list[str]:
    """Stations that are named and not there."""
    wanted = {code for line in lines if (code := _apart(line)[1])}
    low, high = places.bounds(region)
    known = Station.objects.filter(code__in=wanted, region_code__gte=low, region_code__lt=high)
    return sorted(wanted - set(known.values_list("code", flat=True)))


def _apart(line: str) -> tuple[str, str]:
    name, _sign, code = line.replace("＝", "=").partition("=")
    return name.strip(), code.strip()
