"""Open cases go with the person: every staged register whose rows are about one resident, as it is declared."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from linzhan.kernel.registers.amending import amend, told
from linzhan.kernel.registers.declare import REGISTERS, Register
from linzhan.kernel.scope import unscoped
from linzhan.kernel.sheets.columns import Column
from linzhan.network.api import STATIONS
from linzhan.workforce.api import WORKERS

RESIDENTS = "服务对象"


class CarryRefused(ValueError):
    """A case cannot follow; the message (Chinese) says which and why."""


@dataclass(frozen=True, slots=True)
class CaseKind:
    """A staged register whose rows are about one resident, with the columns that say where and whose it is."""

    register: Register
    resident: str
    station: str
    worker: str

    def open(self, residents: Collection[UUID]) -> Any:
        """The rows about ``residents`` that some step still leads on from."""
        assert self.register.steps is not None
        leading = {source for one in self.register.steps for source in one.sources}
        rows = self.register.model._default_manager.filter(**{f"{self.resident}__in": list(residents)})
        return rows.filter(**{f"{self.register.stage}__in": leading | {""}})


def case_kinds() -> Iterator[CaseKind]:
    for register in REGISTERS:
        if register.steps is not None and (resident := _reference(register, RESIDENTS)):
            station, worker = _reference(register, STATIONS.name), _reference(register, WORKERS.name)
            yield CaseKind(register, resident, station, worker)


def _reference(register: Register, sheet: str) -> str:
    """The attribute of the first single reference to ``sheet``."""
    return next((f"{c.name}_id" for c in register.sheet.columns if _names_one(c, sheet)), "")


def _names_one(column: Column, sheet: str) -> bool:
    return column.refers_to == sheet and not column.several


def open_cases_of(residents: Collection[UUID]) -> dict[UUID, list[tuple[Register, UUID]]]:
    """The open cases of each resident."""
    found: dict[UUID, list[tuple[Register, UUID]]] = {}
    for kind in case_kinds():
        for identity, resident in kind.open(residents).values_list("pk", kind.resident):
            found.setdefault(resident, []).append((kind.register, identity))
    return found


def to_station(residents: Collection[UUID], station: UUID, worker: UUID | None) -> int:
    """Open cases of ``residents`` are the station's; their worker is ``worker`` where one is named."""
    moved = 0
    with unscoped("open cases go with the person to the station that accepted"):
        for kind in case_kinds():
            values: dict[str, UUID] = {}
            if kind.station:
                values[kind.station] = station
            if kind.worker and worker is not None:
                values[kind.worker] = worker
            for identity in list(kind.open(residents).values_list("pk", flat=True)) if values else ():
                _amend(kind.register, identity, values)
                moved += 1
    return moved


def to_worker(residents: Mapping[UUID, UUID], was: UUID) -> dict[UUID, list[list[str]]]:
    """Open cases of ``was`` are those of each resident's new worker; which they were, by resident."""
    moved: dict[UUID, list[list[str]]] = {}
    for kind in case_kinds():
        if not kind.worker:
            continue
        rows = kind.open(residents).filter(**{kind.worker: was}).values_list("pk", kind.resident)
        for identity, resident in list(rows):
            _amend(kind.register, identity, {kind.worker: residents[resident]})
            moved.setdefault(resident, []).append([kind.register.key, str(identity)])
    return moved


def give_back(cases: Collection[Collection[str]], now: UUID, was: UUID) -> None:
    """Cases that were handed over with a resident and are still in the same hands go back."""
    kinds = {kind.register.key: kind for kind in case_kinds()}
    for key, identity in cases:
        kind = kinds[key]
        if kind.register.model._default_manager.filter(pk=identity, **{kind.worker: now}).exists():
            _amend(kind.register, UUID(str(identity)), {kind.worker: was})


def _amend(register: Register, identity: UUID, values: Mapping[str, UUID]) -> None:
    outcome = amend(register, identity, {name.removesuffix("_id"): value for name, value in values.items()})
    if wrong := told(outcome):
        raise CarryRefused(f"{register.name}不能随之移交：{wrong}")
