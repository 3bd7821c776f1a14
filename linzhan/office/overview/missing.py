"""What is missing or late in a place: registers not in use, stations below the standard or without records.

A missing number is a finding of its own, so this list stands on the board and not in a footnote. Each
line is a question with a link to the rows that answer it; two queries for the whole list.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, When
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from linzhan.casework.api import ServiceRecord
from linzhan.kernel import places
from linzhan.kernel.figures.models import RegisterUse
from linzhan.kernel.periods import Period
from linzhan.kernel.registers.declare import REGISTERS, Register
from linzhan.network.api import StationState, StationStatus, Tier, held_on
from linzhan.office.parts import Duty
from linzhan.policy.api import ChecklistItem, NoRuling, network, ruling_for
from linzhan.territory.api import Region

COUNTY = 3
KEPT = 60  # seconds
SILENT, SHORT = "silent", "short"  # what a station can lack
NAMED = 3  # counties or registers named in a line; the rest is counted


def missing_in(region: str, period: Period, below: Sequence[Region], rights: frozenset[str]) -> list[Duty]:
    """The list for an area, worst first."""
    return [*_stations(region, region, period), *_registers(region, below, rights)]


def missing_of_own(region: str, period: Period) -> list[Duty]:
    """The same for one's own stations, by the checklist of the place where the first of them stands."""
    return _stations(places.NATION, region, period)


def _stations(within: str, region: str, period: Period) -> list[Duty]:
    counted = (
        operating(within, period)
        .annotate(met=Case(When(_met(region, period), then=True), default=False), written=_written(period))
        .aggregate(
            all=Count("pk"),
            short=Count("pk", filter=Q(met=False)),
            silent=Count("pk", filter=Q(written=False)),
        )
    )
    found = []
    if counted["silent"]:
        title = _("%(number)d 个运营站在%(period)s没有服务记录") % {
            "number": counted["silent"], "period": period.label,
        }  # fmt: skip
        found.append(
            Duty(
                title=title,
                url=_link(SILENT, within, period),
                note=_("共 %d 个运营站") % counted["all"],
                due_text=_("没有记录"),
                verb=_("查看"),
            )
        )
    if counted["short"]:
        title = _("%(number)d 个运营站未达到当地建站标准") % {"number": counted["short"]}
        found.append(
            Duty(
                title=title,
                url=_link(SHORT, within, period),
                note=_("未填的项视为未达标"),
                due_text=_("未达标"),
                verb=_("查看"),
            )
        )
    return found


def _link(what: str, within: str, period: Period) -> str:
    asked = {"period": period.text} | ({} if within == places.NATION else {"region": within})
    return f"{reverse('office:overview-missing', args=[what])}?{urlencode(asked)}"


def operating(within: str, period: Period) -> QuerySet[StationState]:
    """What held at the end of ``period`` of the township stations that operated then."""
    low, high = places.bounds(within)
    return held_on(_day(period)).filter(
        region_code__gte=low, region_code__lt=high, tier=Tier.STATION, status=StationStatus.OPERATING
    )


def silent_stations(within: str, period: Period) -> QuerySet[Any]:
    """Those of which no service is recorded in ``period``, with the moment of their last (``last``)."""
    of_station = ServiceRecord.objects.filter(station_id=OuterRef("subject_id"))
    last = of_station.order_by("-started_at").values("started_at")[:1]
    return operating(within, period).filter(~_written(period)).annotate(last=Subquery(last))


def short_stations(within: str, region: str, period: Period) -> QuerySet[StationState]:
    """Those that lack an item of the checklist of ``region``."""
    return operating(within, period).exclude(_met(region, period))


def checklist(region: str, period: Period) -> Sequence[ChecklistItem]:
    """What a station of ``region`` must have; nothing where no rule says so."""
    try:
        return ruling_for(network.BUILD_CHECKLIST, region=region, on=_day(period)).value
    except NoRuling:
        return ()


def _day(period: Period) -> date:
    return min(period.end, timezone.localdate())


def _written(period: Period) -> Exists:
    begins, ends = _moments(period)
    return Exists(
        ServiceRecord.objects.filter(
            station_id=OuterRef("subject_id"), started_at__gte=begins, started_at__lt=ends
        )
    )


def _met(region: str, period: Period) -> Q:
    """Every item of the place's checklist is stated and true; a place without a checklist demands nothing."""
    met = Q(pk__isnull=False)
    for item in checklist(region, period):
        met &= Q(**{item.code: True})
    return met


def _moments(period: Period) -> tuple[datetime, datetime]:
    here = timezone.get_current_timezone()
    return (
        datetime.combine(period.start, time.min, here),
        datetime.combine(period.end + timedelta(days=1), time.min, here),
    )


def _registers(region: str, below: Sequence[Region], rights: frozenset[str]) -> list[Duty]:
    """Registers that the counties here have not begun: their numbers are unknown, not zero."""
    counties = {places.county_of(region): ""} if places.level_of(region) >= COUNTY else {}
    if places.level_of(region) == COUNTY - 1:
        counties = {each.code: each.name for each in below if each.level == COUNTY and not each.statistical}
    if not counties:
        return []
    above = {code for county in counties for code in (places.NATION, *places.lineage(county))}
    used = _used(above)
    seen = [each for each in REGISTERS if each.view in rights and each.nav and each.starter]
    if len(counties) == 1:
        idle = [each for each in seen if not _in_use(each.key, next(iter(counties)), used)]
        return [_idle_line(idle)] if idle else []
    lines = (
        (each, [name for code, name in counties.items() if not _in_use(each.key, code, used)])
        for each in seen
    )
    return [_lacking_line(each, names, len(counties)) for each, names in lines if names]


def _used(codes: Collection[str]) -> set[tuple[str, str]]:
    """Which registers are in use where; kept for a minute, since a register is begun once."""
    key = f"registers-in-use:{hashlib.sha256(','.join(sorted(codes)).encode()).hexdigest()}"
    found: set[tuple[str, str]] | None = cache.get(key)
    if found is None:
        rows = RegisterUse.objects.filter(region_code__in=codes)
        found = set(rows.values_list("register", "region_code"))
        cache.set(key, found, KEPT)
    return found


def _in_use(register: str, county: str, used: set[tuple[str, str]]) -> bool:
    return any((register, code) in used for code in (places.NATION, *places.lineage(county)))


def _idle_line(idle: Sequence[Register]) -> Duty:
    title = _("%(number)d 种台账尚未启用") % {"number": len(idle)}
    return Duty(
        title=title,
        url="/import/",
        note=_named(each.name for each in idle),
        due_text=_("未启用"),
        verb=_("导入"),
    )


def _lacking_line(register: Register, names: Sequence[str], counties: int) -> Duty:
    title = _("%(number)d 个县(市、区)未启用“%(name)s”台账") % {"number": len(names), "name": register.name}
    note = _named(names) if len(names) < counties else _("全部")
    return Duty(title=title, url=f"/r/{register.key}/", note=note, due_text=_("未启用"), verb=_("查看"))


def _named(names: Iterable[str]) -> str:
    listed = list(names)
    rest = len(listed) - NAMED
    shown = "、".join(listed[:NAMED])
    return shown if rest <= 0 else _("%(shown)s等 %(number)d 个") % {"shown": shown, "number": len(listed)}
