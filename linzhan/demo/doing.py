"""What the people of the demo accounts do: rows written and steps taken, each in the name of whose doing it is.

The rights are those of the account: a story in which somebody does what they may not ends the loading.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from linzhan.accounts.api import Appointment, User, scope_of
from linzhan.demo.services import LOCAL
from linzhan.kernel.access import rights_of
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import take
from linzhan.kernel.registers.writing import save_one
from linzhan.kernel.scope import Actor, acting, scope

HOUR = 10


class NotDone(ValueError):
    """What somebody of the story did was refused: a mistake of this app, never of the reader."""


@dataclass(frozen=True, slots=True)
class Person:
    """An account with the appointment it holds."""

    actor: Actor
    held: Appointment

    @property
    def rights(self) -> frozenset[str]:
        return rights_of(self.held.role)


def person(username: str) -> Person:
    user = User.objects.get(username=username)
    actor = Actor(id=str(user.pk), label=f"{user.display_name}({user.username})", origin="演示城市")
    return Person(actor, Appointment.objects.get(user=user))


def write(username: str, register: str, /, **values: Any) -> UUID:
    """One row; its id. Raises :class:`NotDone`."""
    who, entry = person(username), REGISTERS[register]
    if entry.edit not in who.rights:
        raise NotDone(f"{register}: {username} has no {entry.edit}")
    with acting(who.actor):
        outcome = save_one(entry, values)
    if outcome.faults or outcome.ids[0] is None:
        raise NotDone(f"{register}: {outcome.faults}")
    return outcome.ids[0]


def step(username: str, register: str, row: UUID, name: str, on: date | None = None, /, **given: Any) -> None:
    """The step ``name`` of a row in the morning of ``on``; now, where no day is told."""
    who = person(username)
    at = None if on is None else datetime(on.year, on.month, on.day, HOUR, tzinfo=LOCAL)
    with acting(who.actor):
        take(REGISTERS[register], row, name, given, rights=who.rights, at=at)


@contextmanager
def seen_by(username: str) -> Iterator[None]:
    """What the account sees and nothing else, in its name."""
    who = person(username)
    with scope(scope_of(who.held)), acting(who.actor):
        yield
