"""Which stored row an incoming one means: by its 平台编号, else by its key within the reader's scope.

Matching reads and refuses, it writes nothing. A key that a row out of the scope has looks free here; the
table says so when the row is written (:mod:`linzhan.kernel.registers.storing`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from linzhan.kernel.ids import uuid7_many
from linzhan.kernel.registers.attributes import attributes, stored_key
from linzhan.kernel.registers.batch import Batch
from linzhan.kernel.registers.declare import Where
from linzhan.kernel.registers.layout import layout_of
from linzhan.kernel.sheets.cells import CLEAR, MISSING
from linzhan.kernel.sheets.columns import PLATFORM_ID
from linzhan.kernel.statements import look_up

TAKEN = "这个编号在本县已被使用，请换一个编号"
REPEATED = "编号重复且内容不同：文件里前面已有同一编号的一行，请核对后只留一行"
REPEATED_ID = "平台编号重复：文件里前面已有一行用了它；新增的行请不要填平台编号"

Stored = dict[str, Any]


class Matching:
    """The rows of one batch beside the stored ones; ``stored`` has those that were found, by position."""

    def __init__(self, batch: Batch, free: frozenset[str] = frozenset()) -> None:
        """``free`` are keys of which it is known that no stored row within the scope has them."""
        self.batch, self.register = batch, batch.register
        self.layout = layout_of(batch.register)
        self.stored: dict[int, Stored] = {}
        self.free = free

    def keep_places(self) -> None:
        """A row that does not state what places it stays where it is stored, if it is stored just once."""
        batch, register = self.batch, self.register
        if register.column(register.place[0]).required:
            return
        silent = [i for i in range(batch.size) if i not in batch.faults and not self._states_place(i)]
        candidates = self._candidates(silent)
        for index in silent:
            found = candidates.get(self.key_as_stored(index), [])
            if len(found) == 1 and self._placed_by_silence(index, found[0]):
                row = found[0]
                batch.wheres[index] = Where(
                    row["id"], row["region_code"], row.get("provider_id"), row.get("station_id")
                )

    def _states_place(self, index: int) -> bool:
        name = self.register.place[0]
        return name in self.batch.columns and self.batch.value(name, index) is not MISSING

    def _placed_by_silence(self, index: int, stored: Mapping[str, Any]) -> bool:
        """Whether the column that places the stored row is one that says nothing now."""
        for name in self.register.place:
            value = self.batch.value(name, index) if name in self.batch.columns else MISSING
            own = attributes(self.register.column(name))
            if value is MISSING and any(stored.get(attribute) for attribute in own):
                return True
            if value is not MISSING and value is not CLEAR:
                return False
        return False

    def find_repeats(self) -> None:
        """The same key twice in one call: identical is nothing new, different is an error of the later."""
        batch = self.batch
        counties = batch.counties if self.register.unique_in == "county" else [""] * batch.size
        keys = list(zip(counties, batch.keys(), strict=True))
        if not batch.faults and not batch.names_ids and len(set(keys)) == batch.size:
            return
        seen: dict[tuple[str, tuple[str, ...]], int] = {}
        named: dict[UUID, int] = {}
        for index, key in enumerate(keys):
            if index in batch.faults:
                continue
            earlier = seen.setdefault(key, index)
            identity = batch.given[index]
            if earlier != index:
                self._repeat(index, earlier)
            elif identity and named.setdefault(identity, index) != index:
                batch.fault(index, PLATFORM_ID.header, REPEATED_ID)

    def _repeat(self, index: int, earlier: int) -> None:
        if all(values[index] == values[earlier] for _, values in self.batch.meant()):
            self.batch.twins.add(index)
        else:
            self.refuse_key(index, REPEATED)

    def refuse_key(self, index: int, message: str = TAKEN) -> None:
        for column in self.register.sheet.keys:
            self.batch.fault(index, column.header, message)

    def match(self) -> None:
        """Pair good rows with stored rows; new rows get an id."""
        batch = self.batch
        good = batch.good()
        candidates = self._candidates(good)
        named = self.stored_by_id(good)
        fresh = []
        for index in good if candidates or named else ():
            given = batch.given[index]
            row = named.get(given) if given else None
            found = self.of_its_place(index, candidates)
            if found and (batch.creating or (row is not None and row["id"] != found[0]["id"])):
                self.refuse_key(index)
            elif row is not None or found:
                self.stored[index] = row = row or found[0]
                batch.ids[index] = row["id"]
            else:
                fresh.append(index)
        fresh = fresh if candidates or named else good
        for index, identity in zip(fresh, uuid7_many(len(fresh)), strict=True):
            batch.ids[index] = batch.given[index] or identity
        batch.need_whole(fresh)

    def of_its_place(self, index: int, candidates: Mapping[tuple[str, ...], list[Stored]]) -> list[Stored]:
        """Of the stored rows with its key those that a row can mean: in its own county, where keys are the county's."""
        found = candidates.get(self.key_as_stored(index), [])
        if not found or (self.register.unique_in != "county" and len(found) == 1):
            return found
        county = self.batch.counties[index]
        own = [row for row in found if row["region_code"][:6] == county]
        return own if self.register.unique_in == "county" else own or found

    def stored_by_id(self, rows: Sequence[int]) -> dict[UUID, Stored]:
        """The rows that carry a 平台编号 are those rows, whatever key they now state."""
        given = self.batch.given
        wanted = [identity for i in rows if (identity := given[i])] if self.batch.names_ids else []
        return self.full_rows(wanted, self.layout.telling)

    def key_as_stored(self, index: int) -> tuple[str, ...]:
        key = self.batch.keys()[index]
        return (stored_key(self.register, key[0]), *key[1:]) if self.layout.secret_key else key

    def _candidates(self, rows: Sequence[int]) -> dict[tuple[str, ...], list[Stored]]:
        asked = [i for i in rows if self.key_as_stored(i)[0] not in self.free] if self.free else rows
        return self.stored_by_key(asked) if asked else {}

    def stored_by_key(self, rows: Iterable[int]) -> dict[tuple[str, ...], list[Stored]]:
        """The stored rows whose key is that of one of ``rows``, in whatever county."""
        names, keys = self.layout.telling, self.layout.keys
        wanted = list(dict.fromkeys(self.key_as_stored(index)[0] for index in rows))
        found: dict[tuple[str, ...], list[Stored]] = defaultdict(list)
        for values in look_up(self.register.model, keys[0], wanted, names) if wanted else ():
            row = dict(zip(names, values, strict=True))
            found[tuple(str(row[key]) for key in keys)].append(row)
        return found

    def full_rows(
        self, ids: Sequence[UUID], names: tuple[str, ...], *, lock: bool = False
    ) -> dict[UUID, Stored]:
        """Stored rows by id; ``lock`` keeps others from changing them before they are written."""
        found = look_up(self.register.model, "id", ids, names, lock=lock) if ids else []
        rows = (dict(zip(names, values, strict=True)) for values in found)
        return {row["id"]: row for row in rows}
