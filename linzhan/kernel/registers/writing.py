"""The one door in: every row of every register is written here, one or a hundred thousand.

Order of business: take cell faults, resolve regions, codes and references, place each row, check
its rules, find repeats, match stored rows by key, then write what is new and what changed. Good rows
go in and bad rows come back explained; the caller's transaction makes it all or nothing for the
good rows of one call (``contract/workbook.md``). Who a row means is :mod:`.matching`'s to say, how it
gets into its table :mod:`.storing`'s, what is told of it :mod:`.outcomes`'s.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from datetime import date
from functools import partial
from typing import Any

from django.db import OperationalError, models, transaction
from django.utils import timezone
from psycopg.errors import DeadlockDetected

from linzhan.kernel.registers import bulk
from linzhan.kernel.registers.batch import Batch, Incoming, Outcome
from linzhan.kernel.registers.declare import (
    Register,
    Told,
    Values,
    Where,
    Written,
    by_sheet,
    in_order,
    references,
    referred_sheets,
)
from linzhan.kernel.registers.examining import examine
from linzhan.kernel.registers.fitting import note_misfits
from linzhan.kernel.registers.foreseeing import ask_ahead
from linzhan.kernel.registers.links import link_changes, refresh_links, write_links
from linzhan.kernel.registers.marking import mark_use, mark_written
from linzhan.kernel.registers.matching import TAKEN, Matching
from linzhan.kernel.registers.noticing import notice
from linzhan.kernel.registers.outcomes import outcomes
from linzhan.kernel.registers.owning import MERGED, NOT_IN_THE_CIRCLE, may_begin, why_kept
from linzhan.kernel.registers.placing import place_rows
from linzhan.kernel.registers.refusing import HookRefused, Refused, TurnedDown, turned_down
from linzhan.kernel.registers.resolving import Targets, resolve, resolve_own_references
from linzhan.kernel.registers.searching import note_names
from linzhan.kernel.registers.states import Changed, write_states
from linzhan.kernel.registers.storing import Overtaken, Storing
from linzhan.kernel.sheets.cells import CLEAR, MISSING
from linzhan.kernel.statements import Sheaf
from linzhan.kernel.steps import StepRefused

Report = Callable[[int, str], None]
"""Told how many rows are behind, and the sheet that was last."""


COMPUTED = "由平台计算，不用填写；与计算结果不同的不能保存"
LARGE = 2000  # rows of one register from which the planner is told of them
TRIES = 3  # how often a call that somebody else's has overtaken starts over


class _DryRun(Exception):
    """Leaves the transaction of a dry run so that it is undone."""


def save(
    incoming: Sequence[Incoming],
    *,
    dry_run: bool = False,
    today: date | None = None,
    report: Report | None = None,
) -> list[Outcome]:
    """Write rows into their registers and say what became of each.

    The caller has opened scope and actor (``kernel.scope.opened``). With ``dry_run`` the same work
    is done and undone. ``today`` dates changes of dated columns. ``report`` hears after each register
    how many rows are behind. Returns one outcome per incoming, in the given order. A call that meets
    rows committed meanwhile starts over and finds them stored; one of whose rows a hook refuses starts over
    without those, which come back with the hook's sentence.
    """
    day, refused = today or timezone.localdate(), Refused()
    few = not dry_run and sum(len(part.row_numbers) for part in incoming) == 1
    alone = few and not any(part.register.hooked for part in incoming)
    while True:
        try:
            with nullcontext() if few else bulk.collector_paused():
                if alone:
                    return _tried(lambda: _save(incoming, day, report, refused), alone=True)
                return _tried(lambda: _saved(incoming, day, report, refused, dry_run=dry_run), alone=False)
        except TurnedDown as found:
            refused.add(found)


def _tried(attempt: Callable[[], list[Outcome]], *, alone: bool) -> list[Outcome]:
    """``attempt``, again where somebody else's call has overtaken it.

    A row ``alone`` has not written yet when it finds itself overtaken: nothing to undo, no savepoint.
    """
    for left in reversed(range(TRIES)):
        try:
            return attempt()
        except Overtaken:
            if not left:
                raise
        except OperationalError as error:
            if alone or not left or not isinstance(error.__cause__, DeadlockDetected):
                raise
    raise AssertionError("unreachable")


def _saved(
    incoming: Sequence[Incoming], today: date, report: Report | None, refused: Refused, *, dry_run: bool
) -> list[Outcome]:
    found: list[Outcome] = []
    try:
        with transaction.atomic():
            found = _save(incoming, today, report, refused)
            if dry_run:
                raise _DryRun
    except _DryRun:
        filled = _filled(outcome.register for outcome in found if outcome.created >= LARGE)
        if filled:  # the planner was told of rows that are gone again
            transaction.on_commit(partial(bulk.gather_statistics, filled), robust=True)
    return found


def _filled(registers: Iterable[Register]) -> list[type[models.Model]]:
    """The tables that rows of these registers fill."""
    tables = [[r.model, r.states, *(link.model for link in r.links.values())] for r in registers]
    return list(dict.fromkeys(table for some in tables for table in some if table is not None))


def save_one(register: Register, values: Values, *, today: date | None = None) -> Outcome:
    """The single call: a bulk of one. A rejected row is in ``faults[1]`` of the outcome."""
    return save([Incoming.of(register, [values])], today=today)[0]


def _save(
    incoming: Sequence[Incoming], today: date, report: Report | None, refused: Refused
) -> list[Outcome]:
    grouped: dict[str, list[int]] = defaultdict(list)
    for position, part in enumerate(incoming):
        grouped[part.register.key].append(position)
    targets, sheaf = Targets(), Sheaf()
    found: dict[int, Outcome] = {}
    counties: set[str] = set()
    registers = in_order([incoming[positions[0]].register for positions in grouped.values()])
    registers.sort(key=lambda register: register.by_doer)  # the others say of which county the file is
    referred = {sheet for register in registers for sheet in referred_sheets(register)}
    for register in registers:
        positions = grouped[register.key]
        parts = [incoming[position] for position in positions]
        batch = Batch.joined(parts)
        one = _Pass(batch, targets, sheaf, today, refused.of(register.key))
        verdicts = one.run(referred=register.sheet.name in referred)
        counties.update(county for i, county in enumerate(batch.counties) if county and i not in batch.faults)
        found.update(zip(positions, outcomes(batch, parts, verdicts), strict=True))
        if len(verdicts) >= LARGE:  # reference checks and look-ups to come must not take the table for empty
            sheaf.send()
            bulk.gather_statistics(_filled([register]))
        if report is not None:
            report(sum(outcome.rows for outcome in found.values()), register.sheet.name)
    mark_use([part.register.key for part in incoming if not part.register.in_circle], counties, sheaf)
    sheaf.send()
    return [found[position] for position in range(len(incoming))]


class _Pass:
    """One register's rows on their way through; ends with them written."""

    def __init__(
        self, batch: Batch, targets: Targets, sheaf: Sheaf, today: date, refused: Mapping[int, str]
    ) -> None:
        """``refused`` are rows whose consequences this register's hooks have refused before, with the reason."""
        self.batch, self.targets, self.sheaf, self.today = batch, targets, sheaf, today
        self.refused = refused
        self.register = batch.register
        self.matching = Matching(batch, ask_ahead(batch, targets))
        self.storing = Storing(self.matching)

    def run(self, *, referred: bool) -> dict[int, str]:
        """The verdict of each row that is created or updated; the other good ones are unchanged.

        ``referred``: other rows of the call may refer to these.
        """
        batch = self.batch
        note_misfits(batch)
        resolve(batch, self.targets)
        self.matching.keep_places()
        place_rows(batch, self.targets, self.storing.stored_doings)
        self._derive()
        self._check_rules()
        for index, why in self.refused.items():
            if index not in batch.faults:
                batch.fault(index, "", why)
        self.matching.find_repeats()
        self.matching.match()
        resolve_own_references(batch, self.targets)
        examine(batch, self.matching)
        verdicts = self._write()
        name, keys = self.register.sheet.name, batch.keys()
        for index in batch.good() if referred else ():
            self.targets.add(name, keys[index][0], self.storing.stands(index))
        for index in batch.faults if referred else ():
            self.targets.reject(name, keys[index][0], batch.counties[index])
        return verdicts

    def _derive(self) -> None:
        """Computed columns get their values; a row that states others is refused, never silently put right."""
        register, batch = self.register, self.batch
        if register.derive is None:
            return
        meant = batch.meant()
        found = {
            i: register.derive(batch.stated(i, meant)) for i in range(batch.size) if i not in batch.faults
        }
        for index, values in found.items():
            for name, value in values.items():
                told = batch.columns.setdefault(name, [MISSING] * batch.size)
                if told[index] not in (MISSING, CLEAR, value):
                    batch.fault(index, register.column(name).header, COMPUTED)
                told[index] = value

    def _check_rules(self) -> None:
        check, batch = self.register.check, self.batch
        if check is None:
            return
        meant = batch.meant()
        for index in range(batch.size):
            if index not in batch.faults:
                for name, message in check(batch.stated(index, meant)):
                    batch.fault(index, self.register.column(name).header, message)

    def _write(self) -> dict[int, str]:
        batch, register, storing, stored = self.batch, self.register, self.storing, self.matching.stored
        good = batch.good()
        links = link_changes(register, batch, {i: row["id"] for i, row in stored.items()})
        fresh = [i for i in good if i not in stored] if stored else good
        past = storing.past(good)
        told = {*past, *(i for i in stored if register.place_open and not storing.is_own(i))}
        known = [i for i in good if i in stored and i not in told] if stored else []
        differing = storing.differing([i for i in known if i not in links.changed])
        changed = [i for i in known if i in differing or i in links.changed]
        if fresh and not may_begin(register):
            for index in fresh:
                self.matching.refuse_key(index, NOT_IN_THE_CIRCLE)
            fresh = []
        fresh, changed = self._admissible(fresh), self._admissible(changed)
        if register.vet is not None and (fresh or changed):
            register.vet(batch, [*fresh, *changed], stored)
            fresh, changed = ([i for i in some if i not in batch.faults] for some in (fresh, changed))
        fresh = storing.insert(fresh)
        changed = storing.update(self._own_of(changed))
        for replaced in links.by_column.values():  # the links of a refused row stay as they are
            replaced.intersection_update(changed)
        refresh_links(register, [storing.identity(i) for i in changed])
        write_links(register, batch, links, fresh, storing.held, self.sheaf)
        verdicts = dict.fromkeys([*fresh, *storing.admitted], "created") | dict.fromkeys(changed, "updated")
        verdicts.update(dict.fromkeys(self._after(fresh, changed, past), "updated"))
        return verdicts

    def _admissible(self, rows: list[int]) -> list[int]:
        """Those of ``rows`` that the register does not refuse for what else is stored."""
        refuse, batch = self.register.refuse, self.batch
        if refuse is None or not rows:
            return rows
        for number, name, message in refuse(self._told(rows)):
            batch.fault(rows[number], self.register.column(name).header, message)
        return [i for i in rows if i not in batch.faults]

    def _told(self, rows: Sequence[int]) -> Told:
        given, stored = dict(self.batch.meant()), self.matching.stored

        def column(name: str) -> list[Any]:
            values = given.get(name)
            own = [MISSING if values is None else values[i] for i in rows]
            if not stored:
                return own
            pairs = zip(rows, own, strict=True)
            return [stored.get(i, {}).get(name, MISSING) if v is MISSING else v for i, v in pairs]

        return Told([self.batch.ids[i] for i in rows], column)

    def _own_of(self, rows: list[int]) -> list[int]:
        """Those of the changed ``rows`` that are stored in a place of the writer's."""
        for index in rows:
            if not self.storing.is_own(index):
                self.matching.refuse_key(index, why_kept(self.register))
            elif self.register.merged and self.matching.stored[index][self.register.merged]:
                self.matching.refuse_key(index, MERGED)
        return [index for index in rows if index not in self.batch.faults]

    def _after(self, fresh: Sequence[int], changed: Sequence[int], past: Sequence[int]) -> list[int]:
        """States, hooks and marks of what was written; gives those of ``past`` that were news."""
        register, storing = self.register, self.storing
        written = [*fresh, *changed]
        stored = self.matching.stored
        rows = [Changed(storing.identity(i), storing.held(i), stored.get(i)) for i in written]
        write_states(register, rows, self.sheaf, today=self.today)
        note_names(register, rows, self.sheaf)
        told, news = storing.write_past(past, self.sheaf, today=self.today)
        rows += told
        self._tell_targets(written)
        if register.heard is not None and written and (then := register.heard(self._told(written))):
            self.sheaf.send()
            with self._in_words(written):
                then()
        if register.after_write is not None and rows:
            self.sheaf.send()
            with self._in_words([*written, *past]):
                self._tell_hook(register.after_write, fresh, changed, past)
        mark_written(register, rows, today=self.today, sheaf=self.sheaf)
        notice(register.key, (row.values["region_code"] for row in rows))
        return [index for index in past if storing.identity(index) in news]

    @contextmanager
    def _in_words(self, told: Sequence[int]) -> Iterator[None]:
        """What a hook refuses is the fault of the rows it is about; the call starts over without them."""
        try:
            yield
        except (HookRefused, StepRefused) as why:
            ids = [(index, self.storing.identity(index)) for index in told]
            raise turned_down(self.register.key, why, ids) from why

    def _tell_hook(
        self,
        hook: Callable[[Written], None],
        fresh: Sequence[int],
        changed: Sequence[int],
        past: Sequence[int],
    ) -> None:
        storing, meant = self.storing, self.batch.meant()
        pairs = [
            (storing.identity(i), {**self.batch.stated(i, meant), "_row": storing.held(i)})
            for i in (*fresh, *changed, *past)
        ]
        created, of_past = (frozenset(storing.identity(i) for i in some) for some in (fresh, past))
        moved = frozenset(storing.identity(i) for i in changed if storing.moves(i))
        hook(Written(rows=pairs, created=created, past=of_past, moved=moved, today=self.today))

    def _tell_targets(self, written: Sequence[int]) -> None:
        """A row referred to learns from which places (an institution becomes visible where it works)."""
        for name, target in _referred(self.register, self.batch):
            found = {
                (where.id, at.region_code, at.station_id)
                for index in written
                for at in (self.storing.stands(index),)
                for where in _each(self.batch.value(name, index))
            }
            if found and target.referred is not None:
                self.sheaf.send()
                target.referred(list(found))


def _referred(register: Register, batch: Batch) -> Iterator[tuple[str, Register]]:
    for column in references(register):
        if column.name in batch.columns and not column.refers_to.startswith("?"):
            target = by_sheet(column.refers_to)
            if target.referred is not None:
                yield column.name, target


def _each(value: Any) -> tuple[Where, ...]:
    if type(value) is Where:
        return (value,)
    return value if type(value) is tuple else ()


__all__ = ["CLEAR", "MISSING", "TAKEN", "save", "save_one"]
