"""Which stations lack what their place asks of them, item by item with the clause (STN-02…12, STN-21, TGT-13)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from linzhan.kernel import places
from linzhan.kernel.scope import require_place
from linzhan.network.enums import DemonstrationLevel, StationKind, StationStatus, Tier
from linzhan.network.models import Station, StationProfile, StationState
from linzhan.policy.api import (
    DemonstrationQuota,
    NoRuling,
    Parameter,
    Ruling,
    network,
    ruling_for,
    rulings_for,
)
from linzhan.territory.api import Level, Region, regions_on, townships_on

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing a station lacks: the place's own words for it and who asks for it."""

    item: str
    citation: str


@dataclass(frozen=True, slots=True)
class StandardCheck:
    """A station held against the standard of its place on a day; ``lacks`` empty: it meets it."""

    station_id: UUID
    code: str
    name: str
    region_code: str
    lacks: tuple[Lack, ...]

    @property
    def met(self) -> bool:
        return not self.lacks


@dataclass(frozen=True, slots=True)
class UncoveredTownship:
    """A township without an operating station; ``ahead`` names those that are planned, built or suspended."""

    code: str
    name: str
    path: str
    ahead: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MissingBelow:
    """What a place's network lacks on a day."""

    townships: tuple[UncoveredTownship, ...]
    stations: tuple[StandardCheck, ...]


@dataclass(frozen=True, slots=True)
class QuotaLine:
    """One division's demonstration stations beside how many it is to have (STN-21, TGT-11)."""

    region_code: str
    region_name: str
    level: str
    wanted: int
    actual: int
    at_least: bool
    citation: str

    @property
    def short(self) -> int:
        return max(0, self.wanted - self.actual)


def standard_check(station_ids: Collection[UUID], on: date) -> dict[UUID, StandardCheck]:
    """What each station lacks of its place's standard: checklist as on ``on``, premises and unified items as now.

    "Not stated" is not met. A place that asks for nothing finds nothing. Stations out of the reader's
    scope, and those that did not exist yet, are left out. Six queries, however many stations.
    """
    stations = {each.pk: each for each in Station.objects.filter(pk__in=station_ids)}
    states = {each.subject_id: each for each in held_on(on).filter(subject_id__in=stations)}
    profiles = {each.station_id: each for each in StationProfile.objects.filter(station_id__in=stations)}
    demands = _Demands({state.region_code for state in states.values()}, on)
    return {
        identity: StandardCheck(
            identity,
            stations[identity].code,
            state.name or stations[identity].name,
            state.region_code,
            tuple(demands.lacked(state, stations[identity], profiles.get(identity))),
        )
        for identity, state in states.items()
    }


def missing_below(region: str, on: date) -> MissingBelow:
    """Townships without an operating station, and operating township stations below the standard.

    Raises ``ScopeViolation`` for a place outside the scope: unseen stations would read as missing ones.
    """
    require_place(region)
    operating = _below(region, on).filter(tier=Tier.STATION, status=StationStatus.OPERATING)
    checks = standard_check(list(operating.values_list("subject_id", flat=True)), on)
    short = (check for check in checks.values() if not check.met)
    ordered = sorted(short, key=lambda check: (check.region_code, check.code))
    return MissingBelow(tuple(_uncovered(region, on)), tuple(ordered))


def demonstration_quota(region: str, on: date) -> list[QuotaLine]:
    """Each city's or county's demonstration stations beside the quota that ``region`` works by.

    Empty where no quota is set; raises ``ScopeViolation`` as :func:`missing_below`.
    """
    require_place(region)
    try:
        ruling = ruling_for(network.DEMONSTRATION_QUOTA, region=region, on=on)
    except NoRuling:
        return []
    counted_at = _demonstrating(region, on)
    return [line for quota in ruling.value for line in _lines(quota, ruling.citation, region, on, counted_at)]


def held_on(on: date) -> QuerySet[StationState]:
    """What held of stations on a day."""
    return StationState.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=on), Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    )


def _below(region: str, on: date) -> QuerySet[StationState]:
    low, high = places.bounds(region)
    return held_on(on).filter(region_code__gte=low, region_code__lt=high)


class _Demands:
    """What the places of some stations ask for, read once for all of them."""

    def __init__(self, regions: Iterable[str], on: date) -> None:
        codes = list(regions)

        def ruled(parameter: Parameter[T]) -> dict[str, Ruling[T]]:
            return rulings_for(parameter, codes, on)

        self.checklists = ruled(network.BUILD_CHECKLIST)
        self.areas = ruled(network.MINIMUM_AREA)
        self.zones = ruled(network.FUNCTION_ZONES)
        self.items = ruled(network.UNIFIED_ITEMS)

    def lacked(self, state: StationState, station: Station, profile: StationProfile | None) -> Iterator[Lack]:
        code = state.region_code
        if checklist := self.checklists.get(code):
            for item in checklist.value:
                if not getattr(state, item.code):
                    yield Lack(item.wording, checklist.citation)
        area = self.areas.get(code)
        if area and (station.area is None or station.area < area.value):
            stated = _("未填") if station.area is None else f"{station.area.normalize():f}㎡"
            wish = {"least": f"{area.value.normalize():f}", "stated": stated}
            yield Lack(_("专用面积不少于 %(least)s㎡(现为%(stated)s)") % wish, area.citation)
        rooms = {*profile.zones, *profile.rooms} if profile else set()
        yield from _absent(self.zones.get(code), rooms)
        yield from _absent(self.items.get(code), set(profile.unified_items) if profile else set())


def _absent(wanted: Ruling[tuple[str, ...]] | None, present: Collection[str]) -> Iterator[Lack]:
    if wanted is not None:
        yield from (Lack(item, wanted.citation) for item in wanted.value if item not in present)


def _uncovered(region: str, on: date) -> Iterator[UncoveredTownship]:
    covered: set[str] = set()
    ahead: dict[str, list[str]] = defaultdict(list)
    standing = _below(region, on).filter(tier=Tier.STATION).exclude(status=StationStatus.CLOSED)
    for state in standing.exclude(kind=StationKind.RESETTLEMENT).order_by("region_code", "name"):
        township = places.at_level(state.region_code, Level.TOWNSHIP)
        if state.status == StationStatus.OPERATING:
            covered.add(township)
        else:
            ahead[township].append(f"{state.name}({state.status})")
    for unit in _counted_townships(region, on):
        if unit.code not in covered:
            yield UncoveredTownship(unit.code, unit.name, unit.full_path, tuple(ahead[unit.code]))


def _counted_townships(region: str, on: date) -> Iterator[Region]:
    """Township-level divisions that count where they lie (TGT-02)."""
    units: Sequence[Region] = list(townships_on(on, within=region).order_by("code"))
    zones = [unit.code for unit in units if unit.statistical]
    counted = rulings_for(network.COUNT_STATISTICAL_TOWNSHIPS, zones, on) if zones else {}
    for unit in units:
        ruling = counted.get(unit.code) if unit.statistical else None
        if ruling is None or ruling.value:
            yield unit


LEVELS_MEANT: Mapping[str, tuple[str, ...]] = {
    "省级": (DemonstrationLevel.PROVINCE.value,),
    "市县级": (DemonstrationLevel.CITY.value, DemonstrationLevel.COUNTY.value),
}
UNIT_LEVELS = {"设区市": Level.CITY, "县区": Level.COUNTY}
At = Callable[[Level], Counter[tuple[str, str]]]


def _demonstrating(region: str, on: date) -> At:
    """Counts of operating demonstration stations by (division of a level, demonstration level)."""
    rows = list(
        _below(region, on)
        .filter(tier=Tier.STATION, status=StationStatus.OPERATING)
        .exclude(demonstration_level__in=("", DemonstrationLevel.NONE))
        .values_list("region_code", "demonstration_level")
    )
    return lambda level: Counter((places.at_level(code, level), rank) for code, rank in rows)


def _lines(
    quota: DemonstrationQuota, citation: str, region: str, on: date, counted_at: At
) -> Iterator[QuotaLine]:
    level = UNIT_LEVELS[quota.per]
    counted = counted_at(level)
    for unit in regions_on(on, within=region, level=level).filter(statistical=False).order_by("code"):
        actual = sum(counted[unit.code, rank] for rank in LEVELS_MEANT[quota.level])
        yield QuotaLine(unit.code, unit.name, quota.level, quota.number, actual, quota.at_least, citation)
