"""Where known situations are hidden in a simulated city, and what is told of them (``domain.md`` §14)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Final

from linzhan.demo.simulating.background import YEAR, Worker
from linzhan.demo.simulating.wording import note


@dataclass(frozen=True, slots=True)
class Planted:
    """One situation: which check, what it is called, whether it is an abuse, whose, and its records.

    ``records`` are codes of service records; of residents where the check names residents (PC12).
    """

    check: str
    name: str
    abuse: bool
    worker: str
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """A photo or a signature that goes with the row of ``register`` that has this code, and when it arrived."""

    register: str
    code: str
    kind: str
    picture: bytes
    at: datetime


@dataclass(slots=True)
class Ground:
    """Where situations are planted; what they come to, by register."""

    people: list[Worker]
    chance: Random
    months: int
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    sent: list[Sent] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)
    count: int = 0

    def worker(self) -> Worker:
        free = [each for each in self.people if not each.taken and not each.habit]
        if not free:
            raise ValueError("too few workers for so many situations")
        found = self.chance.choice(free)
        found.taken = True
        return found

    def day(self, after: date | None = None) -> date:
        """A Saturday; with ``after`` one of the four weeks that follow."""
        if after is not None:
            return after + timedelta(days=7 * self.chance.randrange(1, 5))
        saturdays = [
            each
            for n in range(28 * self.months)
            if (each := date(YEAR, 1, 2) + timedelta(days=n)).weekday() == 5
        ]
        return self.chance.choice(saturdays[: max(1, len(saturdays) - 10)])

    def add(self, register: str, **values: Any) -> None:
        self.rows.setdefault(register, []).append(values)

    def service(self, who: Worker, begins: datetime, minutes: int, **values: Any) -> str:
        """One record more; its code."""
        self.count += 1
        code = f"MP{self.count:07d}"
        ends = begins + timedelta(minutes=minutes)
        row = {
            "code": code, "method": "探访", "started_at": begins, "ended_at": ends, "station": who.station,
            "workers": (who.number,), "residents": (who.residents[0],), "outcome": "见到本人",
            "content": note(self.chance), "entered_at": ends + timedelta(minutes=20), **values,
        }  # fmt: skip
        if row["method"] != "探访":
            row["outcome"] = ""
        self.add("service-records", **row)
        return code

    def photo(self, code: str, at: datetime, picture: bytes) -> None:
        self.sent.append(Sent("service-records", code, "photo", picture, at))

    def signature(self, register: str, code: str, at: datetime, picture: bytes) -> None:
        self.sent.append(Sent(register, code, "signature", picture, at))

    def note(self, check: str, name: str, who: Worker, *records: str, abuse: bool = False) -> None:
        self.planted.append(Planted(check, name, abuse, who.number, records))


Plant = Callable[[Ground, Worker], None]
ABUSES: Final[dict[str, list[Plant]]] = {}
INNOCENT: Final[dict[str, list[Plant]]] = {}


def abuse(check: str) -> Callable[[Plant], Plant]:
    return _into(ABUSES, check)


def innocent(check: str) -> Callable[[Plant], Plant]:
    return _into(INNOCENT, check)


def _into(shelf: dict[str, list[Plant]], check: str) -> Callable[[Plant], Plant]:
    def add(plant: Plant) -> Plant:
        shelf.setdefault(check, []).append(plant)
        return plant

    return add
