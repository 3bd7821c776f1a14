"""Keys: version 7 UUIDs (RFC 9562), in the order of their making within a process.

48 bits of Unix milliseconds, then 74 random bits, of which the lower 62 grow by a random step for
each further key of one millisecond. When the clock is set back, the last millisecond stays in force.
"""

from __future__ import annotations

import os
import threading
from array import array
from datetime import UTC, datetime
from time import time_ns
from typing import Final
from uuid import UUID, SafeUUID

_NANOSECONDS: Final = 1_000_000
_VERSION_AND_VARIANT: Final = 7 << 76 | 2 << 62
_COUNTER_MASK: Final = (1 << 62) - 1
_START_MASK: Final = _COUNTER_MASK >> 1  # the free top bit leaves room for a millisecond's steps
_POOL_STEPS: Final = 2_048

_new = object.__new__
_put = object.__setattr__  # UUID forbids assignment, and its own constructor would double the cost
_UNKNOWN: Final = SafeUUID.unknown


class _Source:
    """The last key made, as a number, and a pool of random steps."""

    __slots__ = ("last", "limit", "lock", "next_millisecond", "steps")

    def __init__(self) -> None:
        self.start_over()

    def start_over(self) -> None:
        self.lock = threading.Lock()
        self.last = self.limit = 0
        self.next_millisecond = 0  # in nanoseconds
        self.steps: array[int] = array("I")

    def enter(self, millisecond: int) -> None:
        """Begin ``millisecond`` with fresh random bits; the caller holds the lock."""
        self.next_millisecond = (millisecond + 1) * _NANOSECONDS
        drawn = int.from_bytes(os.urandom(10), "big")
        base = millisecond << 80 | (drawn >> 62 & 0xFFF) << 64 | _VERSION_AND_VARIANT
        self.last, self.limit = base | drawn & _START_MASK, base | _COUNTER_MASK

    def advance(self) -> int:
        """The next key as a number; the caller holds the lock."""
        now = time_ns()
        if now >= self.next_millisecond:
            self.enter(now // _NANOSECONDS)
            return self.last
        if not self.steps:
            self.steps.frombytes(os.urandom(_POOL_STEPS * self.steps.itemsize))
        self.last += 1 + self.steps.pop()
        if self.last > self.limit:
            self.enter(self.next_millisecond // _NANOSECONDS)
        return self.last


_source = _Source()

if hasattr(os, "register_at_fork"):
    # A child must not go on with its parent's random steps, nor with a lock another thread held.
    os.register_at_fork(after_in_child=_source.start_over)


def uuid7() -> UUID:
    """A new key, greater than every key this process made before. Safe to call from several threads."""
    with _source.lock:
        number = _source.advance()
    key = _new(UUID)
    _put(key, "int", number)
    _put(key, "is_safe", _UNKNOWN)
    return key


def uuid7_many(count: int) -> list[UUID]:
    """``count`` new keys in ascending order, for bulk writes."""
    keys = [_new(UUID) for _ in range(count)]
    with _source.lock:
        for key in keys:
            _put(key, "int", _source.advance())
            _put(key, "is_safe", _UNKNOWN)
    return keys


def made_at(key: UUID) -> datetime:
    """The moment in the first 48 bits of a version 7 key, in UTC; as right as the clock that made it."""
    return datetime.fromtimestamp((key.int >> 80) / 1000, tz=UTC)
