"""A simulated place, through the register engine in bulk: into an empty instance, told what was hidden in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from random import Random
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _

from linzhan.demo.simulating import picturing  # noqa: F401 -- puts its situations on the shelves
from linzhan.demo.simulating.background import PRESETS, YEAR, Preset, services, town_of
from linzhan.demo.simulating.ground import Ground, Planted, Sent
from linzhan.demo.simulating.planting import habits, plant
from linzhan.kernel import places
from linzhan.kernel.files.receiving import PIECE, take_piece
from linzhan.kernel.ids import uuid7
from linzhan.kernel.registers.batch import Incoming
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.writing import save
from linzhan.kernel.scope import EVERYTHING, Actor, opened
from linzhan.kernel.sync.declaring import Reader

BATCH: Final = 20_000
TODAY: Final = date(YEAR, 12, 31)
FOLLOWING: Final = ("visit-details", "attendances", "activity-details", "resident-consents")
NOBODY: Final = UUID(int=0)
"""Whose telephone the pictures came from: a simulated city has no accounts."""
Report = Callable[[str], None]


class SimulationRefused(RuntimeError):
    """The instance holds data already, or a row was refused; the message says which."""


@dataclass(frozen=True, slots=True)
class Simulated:
    """What was made: services, and what was hidden among them."""

    services: int
    planted: Sequence[Planted]


def simulate(
    preset: str,
    *,
    months: int = 12,
    seed: int = 1,
    abuses: int = 0,
    innocents: int = 0,
    workers: int | None = None,
    report: Report = lambda _line: None,
) -> Simulated:
    """Make the place; with ``abuses`` and ``innocents`` so many of each kind are hidden in it."""
    sized, chance = PRESETS[preset], Random(seed)
    with opened(EVERYTHING, Actor(label="模拟数据", origin="模拟")):
        filled = [entry.name for entry in REGISTERS if entry.model._default_manager.exists()]
        if filled:
            raise SimulationRefused(
                _("系统中已有数据（%s）。模拟只装入空的系统，请把 LINZHAN_DATA 指向一个新目录。")
                % "、".join(filled[:5])
            )
        town = town_of(sized, chance, workers)
        ground = Ground(town.people, chance, months)
        if abuses or innocents:
            habits(ground, abuses, innocents)
            plant(ground, abuses, innocents)
        for register, rows in (
            ("stations", town.stations),
            ("workers", town.workers),
            ("residents", town.residents),
        ):
            _write(register, rows)
        report(
            _("站点 %(stations)d 个，社工 %(workers)d 人")
            % {"stations": len(town.stations), "workers": len(town.workers)}
        )
        made = 0
        year = _year(sized, ground, months, chance)
        while part := list(islice(year, BATCH)):
            made += _write("service-records", part)
            report(_("服务记录 %d 条") % made)
        made += _write("service-records", ground.rows.get("service-records", ()))
        for register in FOLLOWING:
            _write(register, ground.rows.get(register, ()))
        _send(ground.sent)
    return Simulated(made, tuple(ground.planted))


def _year(preset: Preset, ground: Ground, months: int, chance: Random) -> Iterator[dict[str, Any]]:
    for number, who in enumerate(ground.people):
        if who.habit == "bereaved":
            who.residents.pop()
        yield from services(preset, who, months, chance, number)


def _write(register: str, rows: Iterable[Mapping[str, Any]]) -> int:
    given = list(rows)
    if not given:
        return 0
    [outcome] = save([Incoming.of(REGISTERS[register], given)], today=TODAY)
    if outcome.faults:
        number, faults = next(iter(outcome.faults.items()))
        raise SimulationRefused(f"{register} {number}: {'；'.join(each.line for each in faults)}")
    return len(given)


def _send(files: Sequence[Sent]) -> None:
    """Pictures in pieces, as telephones send them."""
    wanted: dict[str, set[str]] = {}
    for each in files:
        wanted.setdefault(each.register, set()).add(each.code)
    ids: dict[tuple[str, str], UUID] = {}
    for register, codes in wanted.items():
        rows = REGISTERS[register].model._default_manager.filter(code__in=codes)
        ids |= {(register, code): row for code, row in rows.values_list("code", "id")}
    for each in files:
        identity, row, size = uuid7(), ids[each.register, each.code], len(each.picture)
        reader = Reader(
            user_id=NOBODY, role="station_worker", rights=frozenset(), region_code=places.NATION, now=each.at
        )
        for offset in range(0, size, PIECE):
            take_piece(
                identity, each.picture[offset : offset + PIECE], offset=offset, total=size, kind=each.kind,
                register=each.register, row_id=row, name="", purpose="", reader=reader,
            )  # fmt: skip
