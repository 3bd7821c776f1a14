"""Closed months: asked by the one door before it writes, and closed on the day the rulebook says.

A write in a closed month is refused row by row with the way to have it opened; what a phone sent is
refused likewise, stays on the phone and in the list of what was set aside, and can be sent again after
the unlock: nothing is lost and nothing slips into a month that was reported already.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.casework.review.enums import LockState
from linzhan.casework.review.models import MonthLock, MonthUnlock
from linzhan.casework.review.rules import due_to_lock
from linzhan.kernel import places
from linzhan.kernel.registers.batch import Batch, Incoming
from linzhan.kernel.registers.declare import REGISTERS, Where
from linzhan.kernel.registers.writing import save
from linzhan.policy.api import casework, rulings_by_prefix
from linzhan.territory.api import Region

COUNTY = 3
Slot = tuple[str, UUID | None, date]
"""Where and when a record is counted: county (6 digits), station, first day of the month."""


def month_of(moment: datetime) -> date:
    return timezone.localtime(moment).date().replace(day=1)


def slot(region_code: str, station: UUID | None, moment: datetime) -> Slot:
    return region_code[:6], station, month_of(moment)


def held(slots: Iterable[Slot]) -> frozenset[Slot]:
    """Those of ``slots`` in which nothing may be written today: one query, a second where a month is closed."""
    wanted = set(slots)
    locks = MonthLock.objects.filter(
        state=LockState.LOCKED,
        region_code__in={county.ljust(places.LENGTH, "0") for county, _station, _month in wanted},
        month__in={month for _county, _station, month in wanted},
    )
    closed = {(code[:6], month) for code, month in locks.values_list("region_code", "month")}
    shut = {each for each in wanted if (each[0], each[2]) in closed}
    if not shut:
        return frozenset()
    opened = MonthUnlock.objects.filter(
        station_id__in={station for _county, station, _month in shut}, until_on__gte=timezone.localdate()
    )
    open_for = set(opened.values_list("station_id", "month"))
    return frozenset(each for each in shut if (each[1], each[2]) not in open_for)


def refusal(month: date) -> str:
    return _(
        "%(month)s 的服务记录已经锁定，不能登记、更改、退回或作废；确需补录，请县级在“月份解锁”里对本站开放后再办"
    ) % {"month": f"{month:%Y-%m}"}


def vet_records(batch: Batch, rows: Sequence[int], stored: Mapping[int, Mapping[str, Any]]) -> None:
    """Give a fault to every record of ``rows`` that stands, or would stand, in a closed month."""
    slots: dict[int, set[Slot]] = {}
    begins = batch.columns.get("started_at")
    for index in rows:
        where, was = batch.wheres[index], stored.get(index)
        found = slots[index] = set()
        if was is not None:
            found.add(slot(was["region_code"], was["station_id"], was["started_at"]))
        moment = begins[index] if begins is not None else None
        if type(where) is Where and isinstance(moment, datetime):
            found.add(slot(where.region_code, where.station_id, moment))
    shut = held(set().union(*slots.values())) if slots else frozenset()
    for index, own in slots.items() if shut else ():
        for _county, _station, month in own & shut:
            batch.fault(index, batch.register.column("started_at").header, refusal(month))
            break


def lock_months(on: date) -> int:
    """Close the month before in every county whose day has come (``casework.lock_day``); how many were closed."""
    lines = [line for line in rulings_by_prefix(casework.LOCK_DAY, within=places.NATION, on=on) if line.value]
    rows = []
    for line in lines:
        for code in _counties(line.prefix, [each.prefix for each in lines]):
            month = due_to_lock(on, line.value or 0)
            if month is not None and not MonthLock.objects.filter(region_code=code, month=month).exists():
                rows.append({"region": code, "month": f"{month:%Y-%m}", "note": _("按规定的日期自动锁定")})
    outcome = save([Incoming.of(REGISTERS["month-locks"], rows)])[0] if rows else None
    return outcome.created if outcome else 0


def _counties(prefix: str, all_prefixes: Sequence[str]) -> list[str]:
    """The counties in ``prefix`` for which no longer prefix speaks."""
    low, high = places.bounds(places.pad(prefix))
    codes = Region.objects.filter(code__gte=low, code__lt=high, level=COUNTY).values_list("code", flat=True)
    longer = [each for each in all_prefixes if len(each) > len(prefix) and each.startswith(prefix)]
    return [code for code in codes if not any(code.startswith(each) for each in longer)]
