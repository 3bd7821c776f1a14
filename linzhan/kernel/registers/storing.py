"""Matched rows into their table: new ones column by column, changed ones over what is stored, past ones into history.

Only new rows can meet what the writer may not see (a row of the same key out of the scope): the register
admits it or the row is refused; if it has become visible meanwhile, the whole call starts over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from linzhan.kernel.registers import bulk, repeating
from linzhan.kernel.registers.attributes import SECRET_KINDS, compared_values, stored_values
from linzhan.kernel.registers.declare import Where
from linzhan.kernel.registers.layout import Kept
from linzhan.kernel.registers.matching import Matching
from linzhan.kernel.registers.owning import is_own
from linzhan.kernel.registers.states import Changed, tell_of_the_past, write_past
from linzhan.kernel.scope import current_scope
from linzhan.kernel.sheets.cells import MISSING
from linzhan.kernel.statements import Sheaf

Telling = tuple[Kept, tuple[str, ...], list[Any]]
PLAIN = frozenset({str, int, bool, Decimal, date, datetime})  # kept in the table as they are read


class Overtaken(RuntimeError):
    """Rows of the same keys were committed by somebody else since these were matched."""


class NewRow(Mapping[str, Any]):
    """One of many new rows, read from the columns that they were written by."""

    __slots__ = ("at", "columns")

    def __init__(self, columns: Mapping[str, Sequence[Any]], at: int) -> None:
        self.columns, self.at = columns, at

    def __getitem__(self, name: str) -> Any:
        return self.columns[name][self.at]

    def get(self, name: str, default: Any = None) -> Any:
        values = self.columns.get(name)
        return default if values is None else values[self.at]

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)


class Storing:
    """The matched rows of one batch on their way into the main table."""

    def __init__(self, matching: Matching) -> None:
        self.matching, self.batch, self.register = matching, matching.batch, matching.register
        self.layout, self.stored = matching.layout, matching.stored
        self.columns: dict[str, Sequence[Any]] = {}  # of the new rows
        self.positions: dict[int, int] = {}  # where among them each one is
        self.merged: dict[int, dict[str, Any]] = {}
        self.admitted: set[int] = set()
        self._bound = repeating.bound(self.register)

    def row(self, index: int) -> Mapping[str, Any] | None:
        """What the table holds for a row now."""
        if index in self.positions:
            return NewRow(self.columns, self.positions[index])
        return self.merged.get(index) or self.stored.get(index)

    def held(self, index: int) -> Mapping[str, Any]:
        """:meth:`row` of a row that is known to be in the table."""
        row = self.row(index)
        assert row is not None
        return row

    def identity(self, index: int) -> UUID:
        identity = self.batch.ids[index]
        assert identity is not None
        return identity

    def stands(self, index: int) -> Where:
        """The row as others refer to it; a station stands for itself, and so does an institution."""
        row, where = self.row(index), self._placed(index)
        code = where.region_code if row is None else row["region_code"]
        own = {"provider": where.provider_id, "station": where.station_id}
        if row is not None:
            own = {"provider": row.get("provider_id"), "station": row.get("station_id")}
        identity = self.identity(index)
        own[self.register.stands_for] = identity
        return Where(identity, code, own["provider"], own["station"])

    def insert(self, rows: list[int]) -> list[int]:
        """Write new rows; gives back those that went in as new."""
        rows = self._without_admitted(rows)
        if not rows:
            return rows
        self.columns = self._new_columns(rows)
        self.positions = dict(zip(rows, range(len(rows)), strict=True))
        went_in = bulk.insert_columns(self.register.model, self.columns)
        return rows if went_in is None else self._met_hidden_rows(rows, went_in)

    def _without_admitted(self, rows: list[int]) -> list[int]:
        """Those of ``rows`` that are new: who names an id may mean a row that is only not seen from here."""
        register, batch = self.register, self.batch
        named = [i for i in rows if batch.given[i]] if register.admit is not None and batch.names_ids else []
        if register.admit is None or not named:
            return rows
        keys = batch.keys()
        found = register.admit([keys[index] for index in named], list(current_scope().regions))
        for index in named:
            if (identity := found.get(keys[index])) is not None:
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
            admitted = register.admit([batch.keys()[i] for i in refused], list(current_scope().regions))
        for index in refused:
            found = admitted.get(batch.keys()[index])
            if found is not None and found == batch.ids[index]:
                went_in.add(found)  # it is new, only not yet visible from here
            elif found is not None:
                batch.ids[index] = found
                self.admitted.add(index)
                del self.positions[index]
            else:
                self._refuse(index, NewRow(self.columns, self.positions[index]))
        return [index for index in rows if index not in self.admitted and batch.ids[index] in went_in]

    def _require_hidden(self, refused: Sequence[int]) -> None:
        """A key that was free a moment ago and can be seen now was taken by somebody else meanwhile."""
        candidates = self.matching.stored_by_key(refused)
        for index in refused:
            found = self.matching.of_its_place(index, candidates)
            if any(row["id"] != self.batch.ids[index] for row in found):
                raise Overtaken

    def _new_columns(self, rows: Sequence[int]) -> dict[str, Sequence[Any]]:
        """The attributes of new rows, column by column: quick for a hundred thousand."""
        batch, every = self.batch, len(rows) == self.batch.size
        found: dict[str, Sequence[Any]] = {"id": [batch.ids[index] for index in rows]}
        given = dict(batch.meant())
        for kept in self.layout.kept:
            values = given.get(kept.column.name)
            if values is not None and not every:
                values = [values[index] for index in rows]
            found.update(zip(kept.attributes, kept.of_new_rows(values, len(rows)), strict=True))
        wheres = [self._placed(index) for index in rows]
        for name in self.layout.places:
            of_places = [getattr(where, name) for where in wheres]
            if name != "region_code" and name in found:
                of_places = [own or other for own, other in zip(found[name], of_places, strict=True)]
            found[name] = of_places
        if self.register.begin is not None and not batch.of_file:
            self.register.begin(found)
        return found

    def _placed(self, index: int) -> Where:
        where = self.batch.wheres[index]
        assert where is not None
        return where

    def differing(self, rows: Sequence[int]) -> set[int]:
        """Those of the stored ``rows`` that state anything but what is stored."""
        telling = self._telling()
        return {index for index in rows if _differs(self.stored[index], index, telling)}

    def stored_doings(self, done: Mapping[int, Where]) -> dict[int, str]:
        """What was done stays where it was done, whoever brings the row again: the same key, the same institution."""
        matching, batch, telling = self.matching, self.batch, self._telling()
        named, candidates = matching.stored_by_id(list(done)), matching.stored_by_key(list(done))
        found = {}
        for index, institution in done.items():
            given = batch.given[index]
            rows = candidates.get(matching.key_as_stored(index), [])
            rows = [row for row in rows if row["provider_id"] == institution.provider_id]
            if given is not None and given in named:
                rows = [named[given]]
            elif len(rows) > 1:  # several counties did the same: only a row that says all of it is meant
                rows = [row for row in rows if not _differs(row, index, telling)]
            if rows:
                found[index] = rows[0]["region_code"]
        return found

    def is_own(self, index: int) -> bool:
        """Whether a stored row is kept by the writer; the others are for reading."""
        return is_own(self.register, self.stored[index])

    def moves(self, index: int) -> bool:
        """Whether a stored row stands elsewhere now: in another place or with another institution."""
        was, now = self.stored[index], self.held(index)
        return any(was[name] != now[name] for name in self.layout.places)

    def _telling(self) -> list[Telling]:
        """The columns that rows state and the main table keeps, with the attributes that tell a change."""
        by_name = self.layout.by_name
        return [
            (kept, kept.compared, values)
            for name, values in self.batch.meant()
            for kept in (by_name[name],)
            if kept.compared
        ]

    def update(self, rows: list[int]) -> list[int]:
        """Write the changed rows; gives back those that went in."""
        if not rows:
            return rows
        names = self.layout.whole
        self._merge(rows)
        moved = [index for index in rows if self._takes_another_key(index)]
        refused = {index for index in moved if not self._moved_alone(index, names)}
        kept = [index for index in rows if index not in set(moved)]
        if kept:
            merged = ([self.merged[i][name] for name in names] for i in kept)
            bulk.update_rows(self.register.model, names, merged)
        return [index for index in rows if index not in refused]

    def _merge(self, rows: Sequence[int]) -> None:
        full = self.matching.full_rows(
            [self.stored[index]["id"] for index in rows], self.layout.whole, lock=True
        )
        for index in rows:
            row = self.merged[index] = self._merged_row(index, full[self.stored[index]["id"]])
            if self.register.settle is not None:
                self.register.settle(self.stored[index], row, frozenset(self.batch.stated(index)))

    def _refuse(self, index: int, row: Mapping[str, Any]) -> None:
        """Another row is in the way: one that is alike in what may stand only once, else one of the same key."""
        why = repeating.why_refused(self.register, self.identity(index), row)
        if why:
            self.batch.fault(index, "", why)
        else:
            self.matching.refuse_key(index)

    def _takes_another_key(self, index: int) -> bool:
        """Whether key or county change, or what may stand only once, so that another row may be in the way."""
        new, old = self.merged[index], self.stored[index]
        return new["region_code"][:6] != old["region_code"][:6] or any(
            new[name] != old[name] for name in {*self.layout.keys, *(self._bound & new.keys() & old.keys())}
        )

    def _moved_alone(self, index: int, names: Sequence[str]) -> bool:
        try:
            with transaction.atomic():
                bulk.update_rows(self.register.model, names, [[self.merged[index][name] for name in names]])
        except IntegrityError:
            self._refuse(index, self.merged[index])
            return False
        return True

    def _merged_row(self, index: int, full: Mapping[str, Any]) -> dict[str, Any]:
        """The stored row with what the new one states."""
        row = dict(full)
        for name, value in self.batch.stated(index).items():
            kept = self.layout.by_name[name]
            row.update(zip(kept.attributes, stored_values(kept.column, value), strict=True))
        row.update(self._place_of(index, row))
        return row

    def _place_of(self, index: int, row: Mapping[str, Any]) -> dict[str, Any]:
        """Place columns of a row: its own where it names one, else those of what it refers to."""
        where, keeps = self._placed(index), self._keeps_lines(index)
        place: dict[str, Any] = {}
        for name in self.layout.places:
            own = (
                row.get(name) if keeps or name in self.layout.own else None
            )  # else a copy of an earlier place
            place[name] = where.region_code if name == "region_code" else own or getattr(where, name)
        return place

    def _keeps_lines(self, index: int) -> bool:
        """Whether the stored institution and station hold on: nothing in the row says others."""
        register = self.register
        if register.along not in self.batch.columns:
            return bool(register.along) or register.whose is not None
        return self.batch.value(register.along, index) is MISSING

    def past(self, rows: Sequence[int]) -> list[int]:
        """Rows that tell of a life before the one that is stored."""
        known = [i for i in rows if i in self.stored] if self.register.ends else []
        if not known:
            return []
        told = [(self.identity(i), self.batch.stated(i), self.stored[i]) for i in known]
        past = tell_of_the_past(self.register, told)
        return [i for i in known if self.identity(i) in past]

    def write_past(
        self, rows: Sequence[int], sheaf: Sheaf, *, today: date
    ) -> tuple[list[Changed], set[UUID]]:
        """Lives before the current one go into the history; the main row stays as it is.

        Gives what was told, and the ids of those of which it was news.
        """
        if not rows:
            return [], set()
        full = self.matching.full_rows([self.identity(i) for i in rows], self.layout.whole, lock=True)
        for index in rows:
            self.merged[index] = self._merged_row(index, full[self.identity(index)])
        told = [Changed(self.identity(i), self.merged[i], self.stored[i], self._stated(i)) for i in rows]
        return told, write_past(self.register, told, sheaf, today=today)

    def _stated(self, index: int) -> frozenset[str]:
        """The attributes that the row gives, its place among them where it states what places it."""
        names = self.batch.stated(index).keys()
        given = {attribute for name in names for attribute in self.layout.by_name[name].attributes}
        placed = any(name in names for name in self.register.place)
        return frozenset(given | set(self.layout.places if placed else ()))


def _differs(stored: Mapping[str, Any], index: int, telling: Sequence[Telling]) -> bool:
    for kept, names, values in telling:
        value = values[index]
        if value is MISSING:
            continue
        if len(names) == 1 and type(value) in PLAIN and kept.column.kind not in SECRET_KINDS:
            if value != stored[names[0]]:
                return True
            continue
        for name, new in zip(names, compared_values(kept.column, value), strict=True):
            old = stored[name]
            if new != old and not (type(new) is list and sorted(new) == sorted(old or [])):
                return True
    return False
