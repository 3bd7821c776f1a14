"""What apps declare for the phone in their ``phone.py``: feeds, registers it may write, kinds of command."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from linzhan.kernel.registry import Registry


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    """Whose phone it is: the account in the appointment it signed in with. ``person_id`` is their own row."""

    user_id: UUID
    role: str
    rights: frozenset[str]
    region_code: str
    provider_id: UUID | None = None
    station_id: UUID | None = None
    stations: tuple[UUID, ...] = ()
    person_id: UUID | None = None
    display_name: str = ""
    now: datetime

    @property
    def own_stations(self) -> tuple[UUID, ...]:
        """The stations of the appointment, the main one first."""
        return tuple(dict.fromkeys(each for each in (self.station_id, *self.stations) if each))


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """One act that a phone kept. ``entered_at`` is when it was written down, as far as that is known."""

    id: UUID
    kind: str
    subject: UUID
    after: UUID | None
    made_at: datetime
    received_at: datetime
    clock_trusted: bool
    entered_at: datetime
    body: Mapping[str, Any]
    digest: str


@dataclass(slots=True)
class Result:
    """What became of a command, in words for its author."""

    id: UUID
    state: str
    title: str = ""
    detail: str = ""
    faults: list[dict[str, str]] = field(default_factory=list)
    conflicts: list[dict[str, Any]] = field(default_factory=list)
    columns: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "id": str(self.id),
            "state": self.state,
            "title": self.title,
            "detail": self.detail,
            "faults": self.faults,
            "conflicts": self.conflicts,
        }


FeedRows = Callable[[Reader], Iterable[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Feed:
    """Rows a phone may hold; each has ``id`` (a text) and is plain JSON."""

    key: str
    rows: FeedRows


FEEDS: Registry[Feed] = Registry("feeds", key="key")


def feed(key: str) -> Callable[[FeedRows], FeedRows]:
    """Register the decorated function as a feed: ``rows(reader)`` within the reader's scope."""

    def add(rows: FeedRows) -> FeedRows:
        FEEDS.add(Feed(key, rows))
        return rows

    return add


Completes = Callable[[Sequence[tuple[Command, dict[str, Any]]], Reader], None]
"""Fills in what a phone need not send, for all rows of the register in one batch: each values dict in place."""


@dataclass(frozen=True, slots=True)
class Syncable:
    """A register that phones write. ``amends`` are the columns that may be changed from afar."""

    register: str
    right: str
    completes: Completes | None = None
    amends: frozenset[str] = frozenset()


SYNCABLES: Registry[Syncable] = Registry("syncables", key="register")


def syncable(
    register: str, *, right: str, completes: Completes | None = None, amends: Iterable[str] = ()
) -> Syncable:
    """Let phones write rows of ``register``: new ones, and of stored ones the columns ``amends``."""
    return SYNCABLES.add(Syncable(register, right, completes, frozenset(amends)))


Takes = Callable[[Command, Reader], Result]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of command besides save, amend and step (an incident).

    A ``discreet`` one looks like a ``save`` in the receipts, which more people may read than what it wrote.
    """

    key: str
    takes: Takes
    discreet: bool = False


KINDS: Registry[Kind] = Registry("command kinds", key="key")


def command_kind(key: str, *, discreet: bool = False) -> Callable[[Takes], Takes]:
    """Register how commands of ``key`` are taken; whatever it raises undoes what it did and is tried again."""

    def add(takes: Takes) -> Takes:
        KINDS.add(Kind(key, takes, discreet))
        return takes

    return add
