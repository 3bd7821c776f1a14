"""What follows from a row cannot be done: a hook says so, the row is refused with its sentence, the others go in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

ROUNDS: Final = 3  # how often a register's hooks may name further rows before all of theirs are refused
ONE_OF_THEM: Final = "与它一起写入的行里有一行办不成，这些行都没有写入：{why}"


class HookRefused(ValueError):
    """Raised by ``after_write`` and the like; the message is Chinese and says what to do.

    ``rows`` names the rows that it is about, each with its own sentence. A hook that cannot tell has all
    rows refused that it was told of. It never leaves ``writing.save``, which answers with faults.
    """

    def __init__(self, message: str, rows: Mapping[UUID, str] | None = None) -> None:
        super().__init__(message)
        self.rows = dict(rows or {})


class TurnedDown(Exception):
    """Rows of one register's batch that its hooks refuse, by position; ``everyone`` was told to the hook."""

    def __init__(self, register: str, rows: Mapping[int, str], everyone: Mapping[int, str]) -> None:
        super().__init__(register)
        self.register, self.rows, self.everyone = register, rows, everyone


def turned_down(register: str, why: ValueError, ids: Sequence[tuple[int, UUID]]) -> TurnedDown:
    """Of the rows ``ids`` (position and id) that a hook of ``register`` was told of, those that it refuses."""
    sentence = str(why) if len(ids) == 1 else ONE_OF_THEM.format(why=why)
    everyone = dict.fromkeys((index for index, _identity in ids), sentence)
    told = why.rows if isinstance(why, HookRefused) else {}
    named = {index: told[identity] for index, identity in ids if identity in told}
    return TurnedDown(register, named or everyone, everyone)


class Refused:
    """What hooks refused of one call so far: by register the rows and the sentences."""

    def __init__(self) -> None:
        self._rows: defaultdict[str, dict[int, str]] = defaultdict(dict)
        self._rounds: defaultdict[str, int] = defaultdict(int)

    def add(self, found: TurnedDown) -> None:
        self._rounds[found.register] += 1
        last = self._rounds[found.register] >= ROUNDS
        self._rows[found.register].update({**found.everyone, **found.rows} if last else found.rows)

    def of(self, register: str) -> Mapping[int, str]:
        return self._rows.get(register, {})
