"""Verbs of stations, each dated: what held before ``on`` stays as it was (STN-01, NFR-02).

Each verb takes many stations and writes all of them or none, through the register's one door. Stations
are named by id; those out of the writer's scope do not exist. The actor is the one of the scope.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.kernel import places
from linzhan.kernel.registers.batch import Incoming, Outcome
from linzhan.kernel.registers.moving import MoveRefused
from linzhan.kernel.registers.writing import save
from linzhan.network.enums import StationStatus, Tier
from linzhan.network.models import Station
from linzhan.network.naming import proposed_name
from linzhan.network.sheets import STATIONS
from linzhan.network.standards import held_on

Row = Mapping[str, Any]


class StationRefused(ValueError):
    """A verb cannot be carried out; the message (Chinese) says at which station, why, and what to do."""


def open_stations(*, stations: Sequence[Row], on: date) -> list[UUID]:
    """Open new stations on a day; returns their ids in the given order.

    Each is a row of the sheet 社工站; ``code`` and ``region`` (12 digits) must be there. The tier is the
    township's unless said, the name what the place calls its stations (NET-07). A code that the county
    has already used is refused: a station that exists is put into operation by :func:`start_stations`.
    """
    _require_past(on)
    rows = [_new(row, on) for row in stations]
    with transaction.atomic():
        outcome = save([Incoming.of(STATIONS, rows, creating=True)], today=on)[0]
        _require_written(outcome, [str(row["code"]) for row in rows])
    return [identity for identity in outcome.ids if identity is not None]


def open_station(*, on: date, **values: Any) -> UUID:
    """The single call of :func:`open_stations`."""
    return open_stations(stations=[values], on=on)[0]


def start_stations(*, stations: Iterable[UUID], on: date) -> None:
    """Put planned, built or suspended stations into operation (again)."""
    _set_status(stations, StationStatus.OPERATING, on)


def close_stations(*, stations: Iterable[UUID], on: date) -> None:
    """Close stations from a day on; the row stays, as do the figures of earlier days."""
    _set_status(stations, StationStatus.CLOSED, on)


def move_stations(*, regions: Mapping[UUID, str], on: date) -> None:
    """Move stations to other divisions (12-digit codes); all that they place follows (``registers.moving``)."""
    for code in regions.values():
        if not places.is_code(code):
            raise StationRefused(_("“%(code)s”不是 12 位的区划代码") % {"code": code})
    _change({identity: {"region": code} for identity, code in regions.items()}, on=on)


def rename_stations(*, names: Mapping[UUID, str], on: date) -> None:
    """Give stations other names; the name of an earlier day stays known."""
    _change({identity: {"name": name} for identity, name in names.items()}, on=on)


def set_demonstration(*, levels: Mapping[UUID, str], on: date) -> None:
    """Mark stations as demonstration stations of a level, or with 无 no longer (STN-21)."""
    _change({identity: {"demonstration_level": level} for identity, level in levels.items()}, on=on)


def _new(row: Row, on: date) -> Row:
    code = str(row.get("region", ""))
    if not row.get("code") or not places.is_code(code):
        raise StationRefused(_("新站须有站点编号和 12 位的行政区划代码，请补填后再开站"))
    tier = str(row.get("tier") or Tier.STATION.value)
    return {
        **row,
        "tier": tier,
        "name": row.get("name") or proposed_name(tier, code, on),
        "status": StationStatus.OPERATING.value,
        "opened_on": on,
    }


def _set_status(stations: Iterable[UUID], status: StationStatus, on: date) -> None:
    _change({identity: {"status": status.value} for identity in stations}, on=on)


def _change(changes: Mapping[UUID, Row], *, on: date) -> None:
    """Write what changes of stored stations, dated by ``on``."""
    _require_past(on)
    with transaction.atomic():
        stored = Station.objects.in_bulk(list(changes))
        if len(stored) < len(changes):
            raise StationRefused(_("有的社工站找不到，请刷新后重选"))
        _require_latest(stored, on)
        rows = [_stated(stored[identity]) | {**change} for identity, change in changes.items()]
        outcome = _saved(rows, on)
        _require_written(outcome, [stored[identity].name for identity in changes])


def _saved(rows: Sequence[Row], on: date) -> Outcome:
    try:
        return save([Incoming.of(STATIONS, rows)], today=on)[0]
    except MoveRefused as error:
        raise StationRefused(str(error)) from error


def _stated(station: Station) -> dict[str, Any]:
    """The row itself, with what its sheet requires."""
    return {
        "id": station.pk,
        "code": station.code,
        "name": station.name,
        "tier": station.tier,
        "region": station.region_code,
        "status": station.status,
    }


def _require_past(on: date) -> None:
    if on > timezone.localdate():
        raise StationRefused(_("%(on)s 还没有到，请在当天或以后登记") % {"on": on})


def _require_latest(stations: Mapping[UUID, Station], on: date) -> None:
    """History is only continued: a day before the last change would rewrite what followed it."""
    held = held_on(on).filter(subject_id__in=stations)
    current = set(held.filter(valid_to__isnull=True).values_list("subject_id", flat=True))
    for identity, station in stations.items():
        if identity not in current:
            told = {"name": station.name, "on": on}
            raise StationRefused(_("“%(name)s”在 %(on)s 之后还有变动或那时尚未设立，请改用更晚的日期") % told)


def _require_written(outcome: Outcome, names: Sequence[str]) -> None:
    if not outcome.faults:
        return
    told = [
        f"{names[number - 1]}:{fault.message}"
        for number, faults in sorted(outcome.faults.items())
        for fault in faults
    ]
    raise StationRefused("\n".join(told))
