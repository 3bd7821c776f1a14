"""The one door in: every row of every register is written here, one or a hundred thousand.

Order of business: take cell faults, resolve regions, codes and references, place each row, check
its rules, find repeats, match stored rows by key, then write what is new and what changed. Good rows
go in and bad rows come back explained; the caller's transaction makes it all or nothing for the
good rows of one call (``contract/workbook.md``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone
from psycopg.errors import DeadlockDetected

from linzhan.kernel import masking, places
from linzhan.kernel.ids import uuid7
from linzhan.kernel.registers import bulk
from linzhan.kernel.registers.attributes import (
    SECRET_KINDS,
    attributes,
    compared,
    compared_values,
    default_values,
    key_attribute,
    stored_key,
    stored_values,
)
from linzhan.kernel.registers.batch import Batch, Incoming, Outcome
from linzhan.kernel.registers.declare import (
    Register,
    Values,
    Where,
    Written,
    by_sheet,
    in_order,
    references,
    referred_sheets,
)
from linzhan.kernel.registers.fitting import note_misfits
from linzhan.kernel.registers.links import link_changes, refresh_links, write_links
from linzhan.kernel.registers.marking import mark_use, mark_written
from linzhan.kernel.registers.owning import KEPT_ELSEWHERE, is_own
from linzhan.kernel.registers.placing import place_rows
from linzhan.kernel.registers.resolving import Targets, resolve, resolve_own_references
from linzhan.kernel.registers.searching import note_names
from linzhan.kernel.registers.states import Changed, tell_of_the_past, write_past, write_states
from linzhan.kernel.scope import current_scope
from linzhan.kernel.sheets.cells import CLEAR, MISSING
from linzhan.kernel.sheets.columns import PLATFORM_ID, Column, Kind

Report = Callable[[int, str], None]
"""Told how many rows are behind, and the sheet that was last."""


TAKEN = "这个编号在本县已被使用，请换一个编号"
PLAIN = frozenset({str, int, bool, Decimal, date, datetime})  # kept in the table as they are read
TRIES = 3  # how often a call that somebody else's has overtaken starts over


class _DryRun(Exception):
    """Leaves the transaction of a dry run so that it is undone."""


class Overtaken(RuntimeError):
    """Rows of the same keys were committed by somebody else since these were matched."""


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
    rows committed meanwhile starts over and finds them stored.
    """
    day = today or timezone.localdate()
    for left in reversed(range(TRIES)):
        try:
            return _saved(incoming, day, report, dry_run=dry_run)
        except Overtaken:
            if not left:
                raise
        except OperationalError as error:
            if not left or not isinstance(error.__cause__, DeadlockDetected):
                raise
    raise AssertionError("unreachable")


def _saved(
    incoming: Sequence[Incoming], today: date, report: Report | None, *, dry_run: bool
) -> list[Outcome]:
    outcomes: list[Outcome] = []
    try:
        with transaction.atomic():
            outcomes = _save(incoming, today, report)
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass
    return outcomes


def save_one(register: Register, values: Values, *, today: date | None = None) -> Outcome:
    """The single call: a bulk of one. A rejected row is in ``faults[1]`` of the outcome."""
    return save([Incoming.of(register, [values])], today=today)[0]


def _save(incoming: Sequence[Incoming], today: date, report: Report | None) -> list[Outcome]:
    grouped: dict[str, list[int]] = defaultdict(list)
    for position, part in enumerate(incoming):
        grouped[part.register.key].append(position)
    targets = Targets()
    outcomes: dict[int, Outcome] = {}
    counties: set[str] = set()
    registers = in_order([incoming[positions[0]].register for positions in grouped.values()])
    registers.sort(key=lambda register: register.by_doer)  # the others say of which county the file is
    referred = {sheet for register in registers for sheet in referred_sheets(register)}
    for register in registers:
        positions = grouped[register.key]
        parts = [incoming[position] for position in positions]
        batch = Batch.joined(parts)
        states = _Pass(batch, targets, today).run(referred=register.sheet.name in referred)
        counties.update(county for i, county in enumerate(batch.counties) if not batch.faults[i] and county)
        outcomes.update(zip(positions, _outcomes(batch, parts, states), strict=True))
        if report is not None:
            report(sum(outcome.rows for outcome in outcomes.values()), register.sheet.name)
    mark_use([part.register.key for part in incoming], counties)
    return [outcomes[position] for position in range(len(incoming))]


class _Pass:
    """One register's rows on their way through; ends with them written."""

    def __init__(self, batch: Batch, targets: Targets, today: date) -> None:
        self.batch, self.targets, self.today = batch, targets, today
        self.register = batch.register
        self.stored: dict[int, dict[str, Any]] = {}
        self.fresh_values: dict[int, dict[str, Any]] = {}
        self.merged: dict[int, dict[str, Any]] = {}
        self.admitted: set[int] = set()
        self.verdicts: dict[int, str] = {}

    def run(self, *, referred: bool) -> dict[int, str]:
        """The verdict of each row: created, updated, unchanged (rejected ones are left out).

        ``referred``: other rows of the call may refer to these.
        """
        batch = self.batch
        note_misfits(batch)
        resolve(batch, self.targets)
        self._keep_places()
        place_rows(batch, self.targets, self._stored_doings)
        self._check_rules()
        self._find_repeats()
        self._match()
        resolve_own_references(batch, self.targets)
        self._write()
        name = self.register.sheet.name
        for index in batch.good() if referred else ():
            self.targets.add(name, batch.key(index)[0], self._stands(index))
        for index in range(batch.size) if referred else ():
            if batch.faults[index]:
                self.targets.reject(name, batch.key(index)[0], batch.counties[index])
        return self.verdicts

    def _keep_places(self) -> None:
        """A row that does not state what places it stays where it is stored, if it is stored just once."""
        batch, register = self.batch, self.register
        if register.column(register.place[0]).required:
            return
        silent = [i for i in range(batch.size) if not batch.faults[i] and not self._states_place(i)]
        candidates = self._stored_by_key(silent) if silent else {}
        for index in silent:
            found = candidates.get(self._stored_key(index), [])
            if len(found) == 1 and self._placed_by_silence(index, found[0]):
                row = found[0]
                batch.wheres[index] = Where(
                    row["id"], row["region_code"], row.get("provider_id"), row.get("station_id")
                )

    def _states_place(self, index: int) -> bool:
        name = self.register.place[0]
        return name in self.batch.columns and self._value(self.register.column(name), index) is not MISSING

    def _placed_by_silence(self, index: int, stored: Mapping[str, Any]) -> bool:
        """Whether the column that places the stored row is one that says nothing now."""
        for name in self.register.place:
            column = self.register.column(name)
            value = self._value(column, index) if name in self.batch.columns else MISSING
            if value is MISSING and any(stored.get(name) for name in attributes(column)):
                return True
            if value is not MISSING and value is not CLEAR:
                return False
        return False

    def _stored_doings(self, done: Mapping[int, Where]) -> dict[int, str]:
        """What was done stays where it was done, whoever brings the row again: the same key, the same institution."""
        named, candidates = self._stored_by_id(list(done)), self._stored_by_key(list(done))
        found = {}
        for index, institution in done.items():
            given = self.batch.given[index]
            rows = candidates.get(self._stored_key(index), [])
            rows = [row for row in rows if row["provider_id"] == institution.provider_id]
            if given is not None and given in named:
                rows = [named[given]]
            elif len(rows) > 1:  # several counties did the same: only a row that says all of it is meant
                rows = [row for row in rows if not self._differs(index, row)]
            if rows:
                found[index] = rows[0]["region_code"]
        return found

    def _check_rules(self) -> None:
        if self.register.check is None:
            return
        for index in range(self.batch.size):
            if not self.batch.faults[index]:
                for name, message in self.register.check(self._values(index)):
                    self.batch.fault(index, self.register.column(name).header, message)

    def _values(self, index: int) -> dict[str, Any]:
        """Stated values of one row, resolved where they were resolved."""
        batch = self.batch
        row: dict[str, Any] = {}
        for name, values in batch.columns.items():
            value = (batch.resolved.get(name) or values)[index]
            if value is not MISSING:
                row[name] = value
        return row

    def _find_repeats(self) -> None:
        """The same key twice in one call: identical is nothing new, different is an error of the later."""
        batch = self.batch
        headers = [column.header for column in self.register.sheet.keys]
        seen: dict[tuple[str, ...], int] = {}
        named: dict[UUID, int] = {}
        for index in range(batch.size):
            if batch.faults[index]:
                continue
            county = batch.counties[index] if self.register.unique_in == "county" else ""
            earlier = seen.setdefault((county, *batch.key(index)), index)
            identity = batch.given[index]
            if earlier == index and identity and named.setdefault(identity, index) != index:
                batch.fault(
                    index,
                    PLATFORM_ID.header,
                    "平台编号重复：文件里前面已有一行用了它；新增的行请不要填平台编号",
                )
                continue
            if earlier == index:
                continue
            meant = [batch.resolved.get(name) or values for name, values in batch.columns.items()]
            if all(values[index] == values[earlier] for values in meant):
                batch.twins[index] = True
            else:
                for header in headers:
                    batch.fault(
                        index, header, "编号重复且内容不同：文件里前面已有同一编号的一行，请核对后只留一行"
                    )

    def _match(self) -> None:
        """Pair rows with stored rows, by their id or by their key within the scope; new rows get an id."""
        batch = self.batch
        good = batch.good()
        candidates = self._stored_by_key(good)
        named = self._stored_by_id(good)
        for index in good:
            given = batch.given[index]
            row = named.get(given) if given else None
            found = self._of_its_place(index, candidates.get(self._stored_key(index), []))
            if found and (batch.creating or (row is not None and row["id"] != found[0]["id"])):
                self._refuse_key(index)
            elif row is not None or found:
                self.stored[index] = row = row or found[0]
                batch.ids[index] = row["id"]
            else:
                batch.ids[index] = given or uuid7()
                batch.need_whole(index)

    def _of_its_place(self, index: int, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Of stored rows with its key those that a row can mean: in its own county, where keys are the county's."""
        if self.register.unique_in == "county":
            return [row for row in found if row["region_code"][:6] == self.batch.counties[index]]
        if len(found) > 1:
            return [row for row in found if row["region_code"][:6] == self.batch.counties[index]] or found
        return found

    def _refuse_key(self, index: int) -> None:
        for column in self.register.sheet.keys:
            self.batch.fault(index, column.header, TAKEN)

    def _stored_by_id(self, rows: Sequence[int]) -> dict[UUID, dict[str, Any]]:
        """The rows that carry a 平台编号 are those rows, whatever key they now state."""
        wanted = [identity for index in rows if (identity := self.batch.given[index]) is not None]
        names = ["id", *self._attributes(comparing=True), *self._place_attributes()]
        return self._full_rows(wanted, list(dict.fromkeys(names))) if wanted else {}

    def _stored_key(self, index: int) -> tuple[Any, ...]:
        texts = self.batch.key(index)
        return (stored_key(self.register, texts[0]), *texts[1:])

    def _stored_by_key(self, rows: Sequence[int]) -> dict[tuple[Any, ...], list[dict[str, Any]]]:
        register = self.register
        attribute = key_attribute(register)
        names = ["id", *self._attributes(comparing=True), *self._place_attributes()]
        keys = [compared(column)[0] for column in register.sheet.keys]
        wanted = list(dict.fromkeys(self._stored_key(index)[0] for index in rows))
        found: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
        for start in range(0, len(wanted), 5000):
            query = register.model._default_manager.filter(
                **{f"{attribute}__in": wanted[start : start + 5000]}
            )
            for row in query.values(*dict.fromkeys([*names, *keys])):
                found[tuple(str(row[key]) for key in keys)].append(row)
        return found

    def _place_attributes(self) -> list[str]:
        return self._places

    @cached_property
    def _own_attributes(self) -> frozenset[str]:
        return frozenset(self._attributes())

    @cached_property
    def _places(self) -> list[str]:
        present = {field.attname for field in self.register.model._meta.concrete_fields}
        return [name for name in ("region_code", "provider_id", "station_id") if name in present]

    def _attributes(self, *, comparing: bool = False) -> list[str]:
        """All attributes of the sheet's columns, whether given or not."""
        how = compared if comparing else attributes
        return [name for column in self.register.sheet.columns for name in how(column)]

    def _columns(self) -> list[Column]:
        return [column for column in self.register.sheet.columns if column.name in self.batch.columns]

    def _value(self, column: Column, index: int) -> Any:
        batch = self.batch
        return (batch.resolved.get(column.name) or batch.columns[column.name])[index]

    def _differs(self, index: int, stored: Mapping[str, Any]) -> bool:
        """Whether the row states anything but what is stored."""
        for column, names, values in self._compared:
            value = values[index]
            if value is MISSING:
                continue
            if type(value) in PLAIN and len(names) == 1 and column.kind not in SECRET_KINDS:
                if value != stored[names[0]]:
                    return True
                continue
            for name, new in zip(names, compared_values(column, value), strict=True):
                old = stored[name]
                if new != old and not (type(new) is list and sorted(new) == sorted(old or [])):
                    return True
        return False

    @cached_property
    def _compared(self) -> list[tuple[Column, tuple[str, ...], list[Any]]]:
        """The columns that rows state and the main table keeps, with the attributes that tell a change."""
        batch = self.batch
        return [
            (column, compared(column), batch.resolved.get(column.name) or batch.columns[column.name])
            for column in self._columns()
            if compared(column)
        ]

    def _write(self) -> None:
        batch, register = self.batch, self.register
        good = batch.good()
        links = link_changes(register, batch, {i: self.stored[i]["id"] for i in self.stored})
        fresh = [i for i in good if i not in self.stored]
        past = self._past(good)
        told = {*past, *fresh, *(i for i in good if self._is_kept_elsewhere(i))}
        known = [i for i in good if i not in told]
        changed = [i for i in known if self._differs(i, self.stored[i]) or i in links.changed]
        changed = self._own_of(changed)
        fresh = self._insert(fresh)
        changed = self._update(changed)
        refresh_links(register, [self._id(i) for i in changed])
        write_links(register, batch, links, fresh, self._links_place)
        for index in batch.good():
            self.verdicts[index] = "created" if index in self.admitted else "unchanged"
        self.verdicts.update(dict.fromkeys(fresh, "created") | dict.fromkeys(changed, "updated"))
        self._after(fresh, changed, past)

    def _past(self, rows: Sequence[int]) -> list[int]:
        """Rows that tell of a life before the one that is stored."""
        if not self.register.ends:
            return []
        known = [i for i in rows if i in self.stored]
        past = tell_of_the_past(
            self.register, [(self._id(i), self._values(i), self.stored[i]) for i in known]
        )
        return [i for i in known if self._id(i) in past]

    def _is_kept_elsewhere(self, index: int) -> bool:
        """Whether the row is one of the nation's that others keep: what is said of it here changes nothing."""
        return self.register.place_open and index in self.stored and not self._is_own(index)

    def _is_own(self, index: int) -> bool:
        return is_own(self.register, self.stored[index])

    def _own_of(self, rows: list[int]) -> list[int]:
        """Those of ``rows`` that are stored in a place of the writer's; the others are for reading."""
        for index in rows:
            if not self._is_own(index):
                self.batch.fault(index, self.register.sheet.keys[0].header, KEPT_ELSEWHERE)
        return [index for index in rows if not self.batch.faults[index]]

    def _insert(self, rows: list[int]) -> list[int]:
        rows = self._without_admitted(rows)
        if not rows:
            return rows
        register = self.register
        columns = self._new_columns(rows)
        names = list(columns)
        listed = list(zip(*columns.values(), strict=True))
        self.fresh_values = {
            index: dict(zip(names, row, strict=True)) for index, row in zip(rows, listed, strict=True)
        }
        went_in = bulk.insert_rows(register.model, names, listed)
        if went_in is None:
            return rows
        return self._met_hidden_rows(rows, went_in)

    def _without_admitted(self, rows: list[int]) -> list[int]:
        """Those of ``rows`` that are new: who names an id may mean a row that is only not seen from here."""
        register, batch = self.register, self.batch
        named = [index for index in rows if batch.given[index] is not None]
        if register.admit is None or not named:
            return rows
        found = register.admit([batch.key(index) for index in named], list(current_scope().regions))
        for index in named:
            if (identity := found.get(batch.key(index))) is not None:
                batch.ids[index] = identity
                self.admitted.add(index)
        return [index for index in rows if index not in self.admitted]

    def _met_hidden_rows(self, rows: list[int], went_in: set[UUID]) -> list[int]:
        """Some keys are taken by rows out of the scope: admit the row where the register can, else refuse."""
        register, batch = self.register, self.batch
        refused = [index for index in rows if batch.ids[index] not in went_in]
        self._require_hidden(refused)
        admitted: Mapping[tuple[str, ...], UUID] = {}
        if register.admit is not None:
            admitted = register.admit([batch.key(i) for i in refused], list(current_scope().regions))
        for index in refused:
            found = admitted.get(batch.key(index))
            if found is not None and found == batch.ids[index]:
                went_in.add(found)  # it is new, only not yet visible from here
            elif found is not None:
                batch.ids[index] = found
                self.admitted.add(index)
                self.fresh_values.pop(index)
            else:
                self._refuse_key(index)
        return [index for index in rows if index not in self.admitted and batch.ids[index] in went_in]

    def _require_hidden(self, refused: Sequence[int]) -> None:
        """A key that was free a moment ago and can be seen now was taken by somebody else meanwhile."""
        candidates = self._stored_by_key(refused)
        for index in refused:
            found = self._of_its_place(index, candidates.get(self._stored_key(index), []))
            if any(row["id"] != self.batch.ids[index] for row in found):
                raise Overtaken

    def _new_columns(self, rows: Sequence[int]) -> dict[str, list[Any]]:
        """The attributes of new rows, column by column: quick for a hundred thousand."""
        found: dict[str, list[Any]] = {"id": [self.batch.ids[index] for index in rows]}
        for column, names, values, defaults in self._plan:
            stated = [defaults] * len(rows)
            if values is not None:
                given = (values[index] for index in rows)
                stated = [defaults if value is MISSING else stored_values(column, value) for value in given]
            found.update((name, [each[place] for each in stated]) for place, name in enumerate(names))
        wheres = [self._placed(index) for index in rows]
        for name in self._place_attributes():
            of_places = [getattr(where, name) for where in wheres]
            if name != "region_code" and name in found:
                of_places = [own or other for own, other in zip(found[name], of_places, strict=True)]
            found[name] = of_places
        return found

    def _placed(self, index: int) -> Where:
        where = self.batch.wheres[index]
        assert where is not None
        return where

    @cached_property
    def _plan(self) -> list[tuple[Column, tuple[str, ...], list[Any] | None, tuple[Any, ...]]]:
        """For each column of a new row: its attributes, what the batch says, and what holds where it says nothing."""
        batch, model = self.batch, self.register.model
        given = {name: batch.resolved.get(name) or values for name, values in batch.columns.items()}
        return [
            (column, attributes(column), given.get(column.name), default_values(model, column))
            for column in self.register.sheet.columns
            if attributes(column)
        ]

    def _place_of(self, index: int, row: Mapping[str, Any]) -> dict[str, Any]:
        """Place columns of a row: its own where it names one, else those of what it refers to."""
        where = self._placed(index)
        stated = self._own_attributes
        keeps = self._keeps_lines(index)
        place: dict[str, Any] = {}
        for name in self._place_attributes():
            own = row.get(name) if keeps or name in stated else None  # else it is a copy of an earlier place
            place[name] = where.region_code if name == "region_code" else own or getattr(where, name)
        return place

    def _keeps_lines(self, index: int) -> bool:
        """Whether the stored institution and station hold on: nothing in the row says others."""
        register = self.register
        if register.along not in self.batch.columns:
            return bool(register.along) or register.whose is not None
        return self._value(register.column(register.along), index) is MISSING

    def _update(self, rows: list[int]) -> list[int]:
        """Write the changed rows; gives back those that went in."""
        if not rows:
            return rows
        names = ["id", *dict.fromkeys([*self._attributes(), *self._place_attributes()])]
        full = self._full_rows([self.stored[index]["id"] for index in rows], names, lock=True)
        for index in rows:
            row = self.merged[index] = self._merged_row(index, full[self.stored[index]["id"]])
            if self.register.settle is not None:
                self.register.settle(self.stored[index], row, frozenset(self._values(index)))
        moved = [index for index in rows if self._takes_another_key(index)]
        refused = {index for index in moved if not self._moved_alone(index, names)}
        kept = [index for index in rows if index not in set(moved)]
        if kept:
            bulk.update_rows(
                self.register.model, names, ([self.merged[i][name] for name in names] for i in kept)
            )
        return [index for index in rows if index not in refused]

    def _takes_another_key(self, index: int) -> bool:
        """Whether key or county change, so that a row out of the scope may be in the way."""
        new, old = self.merged[index], self.stored[index]
        names = [compared(column)[0] for column in self.register.sheet.keys]
        return new["region_code"][:6] != old["region_code"][:6] or any(
            new[name] != old[name] for name in names
        )

    def _moved_alone(self, index: int, names: Sequence[str]) -> bool:
        try:
            with transaction.atomic():
                bulk.update_rows(self.register.model, names, [[self.merged[index][name] for name in names]])
        except IntegrityError:
            self._refuse_key(index)
            return False
        return True

    def _merged_row(self, index: int, full: Mapping[str, Any]) -> dict[str, Any]:
        """The stored row with what the new one states."""
        row = dict(full)
        for column in self._columns():
            value = self._value(column, index)
            if value is not MISSING:
                row.update(zip(attributes(column), stored_values(column, value), strict=True))
        row.update(self._place_of(index, row))
        return row

    def _full_rows(
        self, ids: Sequence[UUID], names: Sequence[str], *, lock: bool = False
    ) -> dict[UUID, dict[str, Any]]:
        """Stored rows by id; ``lock`` keeps others from changing them before they are written."""
        found: dict[UUID, dict[str, Any]] = {}
        for start in range(0, len(ids), 5000):
            query = self.register.model._default_manager.filter(id__in=ids[start : start + 5000])
            if lock:
                query = query.order_by("pk").select_for_update()
            found.update({row["id"]: row for row in query.values(*names)})
        return found

    def _where(self, index: int, identity: UUID, where: Where) -> Where:
        row = self.fresh_row(index)
        code = where.region_code if row is None else row["region_code"]
        own = {"provider": where.provider_id, "station": where.station_id}
        if row is not None:
            own = {"provider": row.get("provider_id"), "station": row.get("station_id")}
        own[self.register.stands_for] = identity
        return Where(identity, code, own["provider"], own["station"])

    def fresh_row(self, index: int) -> Mapping[str, Any] | None:
        """What the table holds for the row now."""
        return self.fresh_values.get(index) or self.merged.get(index) or self.stored.get(index)

    def _links_place(self, index: int) -> Mapping[str, Any]:
        row = self.fresh_row(index)
        assert row is not None
        return row

    def _after(self, fresh: Sequence[int], changed: Sequence[int], past: Sequence[int]) -> None:
        register = self.register
        written = [*fresh, *changed]
        rows = [Changed(self._id(i), self._links_place(i), self.stored.get(i)) for i in written]
        write_states(register, rows, today=self.today)
        note_names(register, rows)
        rows += self._write_past(past)
        self._tell_targets(written)
        told = [*written, *past]
        if register.after_write is not None and told:
            pairs = [(self._id(i), {**self._values(i), "_row": self._links_place(i)}) for i in told]
            created, of_past = (frozenset(self._id(i) for i in some) for some in (fresh, past))
            moved = frozenset(self._id(i) for i in changed if self._moves(i))
            register.after_write(
                Written(rows=pairs, created=created, past=of_past, moved=moved, today=self.today)
            )
        mark_written(register, rows, today=self.today)

    def _moves(self, index: int) -> bool:
        """Whether a stored row stands elsewhere now: in another place or with another institution."""
        was, now = self.stored[index], self._links_place(index)
        return any(was[name] != now[name] for name in self._places)

    def _stated(self, index: int) -> frozenset[str]:
        """The attributes that the row gives, its place among them where it states what places it."""
        names = self._values(index).keys()
        given = {name for column in self._columns() if column.name in names for name in attributes(column)}
        placed = any(name in names for name in self.register.place)
        return frozenset(given | set(self._place_attributes() if placed else ()))

    def _write_past(self, rows: Sequence[int]) -> list[Changed]:
        """Lives before the current one go into the history; the main row stays as it is."""
        if not rows:
            return []
        names = ["id", *dict.fromkeys([*self._attributes(), *self._place_attributes()])]
        full = self._full_rows([self._id(index) for index in rows], names, lock=True)
        for index in rows:
            self.merged[index] = self._merged_row(index, full[self._id(index)])
        told = [Changed(self._id(i), self.merged[i], self.stored[i], self._stated(i)) for i in rows]
        news = write_past(self.register, told, today=self.today)
        self.verdicts.update({i: "updated" for i in rows if self._id(i) in news})
        return told

    def _id(self, index: int) -> UUID:
        identity = self.batch.ids[index]
        assert identity is not None
        return identity

    def _tell_targets(self, written: Sequence[int]) -> None:
        """A row referred to learns from which places (an institution becomes visible where it works)."""
        for column, target in _referred(self.register, self.batch):
            found = {
                (where.id, at.region_code, at.station_id)
                for index in written
                for at in (self._stands(index),)
                for where in _each(self._value(column, index))
            }
            if found and target.referred is not None:
                target.referred(list(found))

    def _stands(self, index: int) -> Where:
        return self._where(index, self._id(index), self._placed(index))


def _referred(register: Register, batch: Batch) -> Iterator[tuple[Column, Register]]:
    for column in references(register):
        if column.name in batch.columns and not column.refers_to.startswith("?"):
            target = by_sheet(column.refers_to)
            if target.referred is not None:
                yield column, target


def _each(value: Any) -> tuple[Where, ...]:
    if type(value) is Where:
        return (value,)
    return value if type(value) is tuple else ()


def _outcomes(batch: Batch, parts: Sequence[Incoming], verdicts: Mapping[int, str]) -> Iterator[Outcome]:
    offset = 0
    for part in parts:
        outcome = Outcome(part.register, part.tab, unknown_columns=part.unknown_columns)
        for position, number in enumerate(part.row_numbers):
            index = offset + position
            _count(outcome, batch, index, number, verdicts)
            if number in outcome.keys and part.keys:
                outcome.keys[number] = _spelled_key(batch, index, part.keys[position])
        offset += len(part.row_numbers)
        yield outcome


def _short(code: str) -> str:
    """A division code as people write it: without the zeros below its level, at least six digits."""
    return places.prefix(code).ljust(6, "0") if places.is_code(code) else code


def _spelled_key(batch: Batch, index: int, raw: str) -> str:
    """The key as understood; where a part was not, as the file spells it."""
    columns = batch.register.sheet.keys
    understood, spelled = batch.told_key(index), raw.split("|")
    if len(understood) != len(spelled):
        return raw
    parts = zip(columns, understood, spelled, strict=True)
    return "|".join(_spelled_part(column, part, as_typed) for column, part, as_typed in parts)


def _spelled_part(column: Column, understood: str, as_typed: str) -> str:
    if column.kind is Kind.REGION:
        return _short(understood) or as_typed
    if column.kind in SECRET_KINDS and understood and not as_typed:
        return masking.mask_identity(understood)  # the file showed a mask; the row's number says whose
    return understood or as_typed


def _count(outcome: Outcome, batch: Batch, index: int, number: int, verdicts: Mapping[int, str]) -> None:
    outcome.rows += 1
    outcome.ids.append(batch.ids[index])
    if batch.faults[index]:
        outcome.rejected += 1
        outcome.faults[number] = batch.faults[index]
        outcome.keys[number] = "|".join(batch.told_key(index))
    elif batch.twins[index]:
        outcome.unchanged += 1
    else:
        verdict = verdicts.get(index, "unchanged")
        setattr(outcome, verdict, getattr(outcome, verdict) + 1)


__all__ = ["CLEAR", "MISSING", "save", "save_one"]
