"""Dated states: a register's ``dated`` columns with the day from which each holds (NFR-02).

The main row carries what holds now; the companion table what held when, so that a figure of a past
day never changes silently. A stated status holds from the row's own start date, or since ever where
there is none; later changes are dated by the day they are entered (``contract/workbook.md``).

Where a register names what opens and closes a life (入职日期, 离职日期), a start on or after the end of
the last life opens another one beside it, and a row that tells of a life before the current one is
added to the history without touching the main row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from linzhan.kernel.dated import overlaps
from linzhan.kernel.ids import uuid7
from linzhan.kernel.registers import bulk
from linzhan.kernel.registers.declare import Register, Values
from linzhan.kernel.statements import Sheaf, look_up

OWN = ("id", "subject_id", "valid_from", "valid_to")


@dataclass(frozen=True, slots=True)
class Changed:
    """A row whose main table values are ``values`` now and were ``before`` (None: it is new).

    ``stated`` are the attributes that the writer gave, where that matters (:func:`write_past`).
    """

    id: UUID
    values: Mapping[str, Any]
    before: Mapping[str, Any] | None
    stated: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Stretch:
    """``values`` held from ``start`` until before ``end``. ``id`` None: not stored yet."""

    id: UUID | None
    start: date | None
    end: date | None
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Life:
    """From when until when a row says that it lasts, and what holds now."""

    start: date | None
    end: date | None
    now: tuple[Any, ...]


@cache
def kept(register: Register) -> tuple[str, ...]:
    """The attributes that the companion table keeps of the main row."""
    assert register.states is not None
    return tuple(f.attname for f in register.states._meta.concrete_fields if f.attname not in OWN)


def opens_another_life(register: Register, values: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """A start on or after the end of the last life is another life (somebody hired again)."""
    start, was_end = values.get(register.starts), before.get(register.ends)
    return bool(register.ends and start and was_end and start >= was_end)


def tell_of_the_past(register: Register, rows: Sequence[tuple[UUID, Values, Mapping[str, Any]]]) -> set[UUID]:
    """Which rows (id, stated, stored) tell of a life before the current one: an older roster read late.

    It ended before the current one began, or it began where an earlier one is known and no end is told.
    """
    if register.states is None or not register.ends:
        return set()
    past: set[UUID] = set()
    open_ended: dict[UUID, tuple[date, date]] = {}
    for identity, stated, stored in rows:
        start, end, begins = stated.get(register.starts), stated.get(register.ends), stored[register.starts]
        if not isinstance(start, date) or begins is None or start >= begins:
            continue
        if isinstance(end, date) and end <= begins:
            past.add(identity)
        elif not isinstance(end, date):
            open_ended[identity] = (start, begins)
    for identity, history in _histories(register, open_ended).items():
        start, begins = open_ended[identity]
        if any(start < s.end for s in history if s.end is not None and s.end <= begins):
            past.add(identity)
    return past


def write_states(register: Register, rows: Sequence[Changed], sheaf: Sheaf, *, today: date) -> None:
    """Open the first state of new rows; close and open where a dated value changed."""
    if register.states is None or not rows:
        return
    plans = _Plans(register)
    histories = _histories(register, [row.id for row in rows if row.before is not None])
    for row in rows:
        life, history = plans.life(row), histories.get(row.id, [])
        if row.before is None or not history or opens_another_life(register, row.values, row.before):
            plans.insert(row.id, Stretch(None, life.start, life.end, life.now))
            continue
        was = row.before.get(register.starts) if register.starts else None
        current = [s for s in history if was is None or s.start is None or s.start >= was] or history[-1:]
        earlier = history[: len(history) - len(current)]
        plans.put(
            row.id, current, planned(current, life, today=today, after=earlier[-1].end if earlier else None)
        )
    plans.write(sheaf)


def write_past(register: Register, rows: Sequence[Changed], sheaf: Sheaf, *, today: date) -> set[UUID]:
    """Add or correct lives before the current one; the ids of rows whose history changed.

    What the row does not state of a life that is known stays as it is known.
    """
    if not rows:
        return set()
    plans = _Plans(register)
    histories = _histories(register, [row.id for row in rows])
    for row in rows:
        life = plans.life(row)
        touched = _lives_told(
            histories.get(row.id, ()), life, row.before[register.starts] if row.before else None
        )
        if touched:
            if register.ends not in row.stated:
                life = Life(life.start, touched[-1].end, life.now)
            pairs = zip(plans.names, life.now, touched[-1].values, strict=True)
            now = tuple(new if name in row.stated else old for name, new, old in pairs)
            life = Life(life.start, life.end, now)
            plans.put(row.id, touched, planned(touched, life, today=today))
        else:
            plans.insert(row.id, Stretch(None, life.start, life.end, life.now))
    plans.write(sheaf)
    return plans.subjects


def _lives_told(history: Sequence[Stretch], life: Life, current: date | None) -> list[Stretch]:
    """The stretches of the earlier lives that ``life`` shares a day with."""
    lives: list[list[Stretch]] = []
    for stretch in history:
        if stretch.end is None or (current is not None and stretch.end > current):
            continue
        if lives and lives[-1][-1].end == stretch.start:
            lives[-1].append(stretch)
        else:
            lives.append([stretch])
    end = life.end if life.end is None or current is None else min(life.end, current)
    told = [each for each in lives if overlaps(each[0].start, each[-1].end, life.start, end)]
    return [stretch for each in (told if life.end is not None else told[:1]) for stretch in each]


def planned(
    current: Sequence[Stretch], life: Life, *, today: date, after: date | None = None
) -> list[Stretch]:
    """The stretches of one life as they have to stand, from those that are stored.

    A changed value holds from ``today``, unless what it replaces began today or later, or the life has
    ended already: then it is a correction. ``after`` is the end of the life before.
    """
    last = current[-1]
    start = max((day for day in (life.start, after) if day is not None), default=None)
    stretches = list(current)
    if last.values != life.now:
        begun = start if len(stretches) == 1 else last.start
        ended = any(day is not None and day <= today for day in (last.end, life.end))
        if ended or (begun is not None and begun >= today):
            stretches[-1] = replace(last, values=life.now)
        else:
            stretches[-1] = replace(last, end=today)
            stretches.append(Stretch(None, today, None, life.now))
    return _within(stretches, start, life.end)


def _within(stretches: Sequence[Stretch], start: date | None, end: date | None) -> list[Stretch]:
    """Only what lies between ``start`` and ``end``; the first and the last reach to them."""
    kept_ones = [s for s in stretches if s.end is None or start is None or s.end > start]
    kept_ones = kept_ones or list(stretches[-1:])
    kept_ones = [s for s in kept_ones if end is None or s.start is None or s.start < end] or kept_ones[:1]
    kept_ones[0] = replace(kept_ones[0], start=start)
    kept_ones[-1] = replace(kept_ones[-1], end=end)
    return kept_ones


class _Plans:
    """What has to be removed, changed and added, gathered so that each is one statement."""

    def __init__(self, register: Register) -> None:
        assert register.states is not None
        self.register, self.model, self.names = register, register.states, kept(register)
        self.gone: list[UUID] = []
        self.changed: list[list[Any]] = []
        self.added: list[list[Any]] = []
        self.subjects: set[UUID] = set()

    def life(self, row: Changed) -> Life:
        start = row.values.get(self.register.starts) if self.register.starts else None
        end = row.values.get(self.register.ends) if self.register.ends else None
        return Life(start, end, tuple(row.values[name] for name in self.names))

    def insert(self, subject: UUID, stretch: Stretch) -> None:
        self.subjects.add(subject)
        self.added.append([uuid7(), subject, stretch.start, stretch.end, *stretch.values])

    def put(self, subject: UUID, stored: Sequence[Stretch], wanted: Sequence[Stretch]) -> None:
        by_id = {stretch.id: stretch for stretch in stored}
        for stretch in wanted:
            if stretch.id is None:
                self.insert(subject, stretch)
            elif by_id.pop(stretch.id) != stretch:
                self.subjects.add(subject)
                self.changed.append([stretch.id, subject, stretch.start, stretch.end, *stretch.values])
        for identity in by_id:
            assert identity is not None
            self.subjects.add(subject)
            self.gone.append(identity)

    def write(self, sheaf: Sheaf) -> None:
        attributes = [*OWN, *self.names]
        if self.gone:
            self.model._default_manager.filter(pk__in=self.gone).delete()
        if self.changed:
            bulk.update_rows(self.model, attributes, self.changed)
        if self.added:
            columns = zip(*self.added, strict=True)
            bulk.insert_with(sheaf, self.model, dict(zip(attributes, columns, strict=True)))


def _histories(register: Register, ids: Iterable[UUID]) -> dict[UUID, list[Stretch]]:
    assert register.states is not None
    wanted, found = list(ids), defaultdict[UUID, list[Stretch]](list)
    names = (*OWN, *kept(register))
    for identity, subject, begins, ends, *values in (
        look_up(register.states, "subject_id", wanted, names) if wanted else ()
    ):
        found[subject].append(Stretch(identity, begins, ends, tuple(values)))
    for history in found.values():
        history.sort(key=lambda stretch: stretch.start or date.min)
    return found
