"""Rows on their way into a register, kept as columns: a file of 100,000 rows is a few dozen lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from linzhan.kernel.ids import uuid7
from linzhan.kernel.registers.declare import Register, Where
from linzhan.kernel.registers.numbering import number_of
from linzhan.kernel.sheets.cells import CLEAR, MISSING, Blank, CellFault, convert
from linzhan.kernel.sheets.columns import PLATFORM_ID, Column, Kind, Origin
from linzhan.kernel.sheets.rowchecks import check_rows, missing_message


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one row: ``column`` is the contract's header, empty for the row as a whole."""

    column: str
    message: str

    @property
    def line(self) -> str:
        """Both in one line, for where there are no fields to put it at."""
        return f"{self.column}：{self.message}" if self.column else self.message


@dataclass(slots=True)
class Incoming:
    """Rows of one register from one source (a tab of a workbook, a form, one API call)."""

    register: Register
    columns: dict[str, list[Any]]
    row_numbers: list[int]
    tab: str = ""
    unknown_columns: tuple[str, ...] = ()
    keys: Sequence[str] = ()  # as the file spells them, for messages
    creating: bool = False  # a stored row of the same key is in the way, not meant
    of_file: bool = False

    @classmethod
    def of(cls, register: Register, rows: Sequence[Mapping[str, Any]], *, creating: bool = False) -> Incoming:
        """Rows given as mappings of column name to raw or converted value; a single call is a bulk of one.

        ``id`` names the row itself, a stored or a new one. A reference may be given by id (a ``UUID``).
        """
        columns: dict[str, list[Any]] = {}
        if register.numbered:
            rows = [_numbered(register, row) for row in rows]
        if any(PLATFORM_ID.name in row for row in rows):
            columns[PLATFORM_ID.name] = [row.get(PLATFORM_ID.name, MISSING) for row in rows]
        for name, column in register.sheet.column_by_name.items():
            raw = [row.get(name, MISSING) for row in rows]
            if any(value is not MISSING for value in raw) or column.required:
                columns[name] = [
                    value if value is MISSING or value is CLEAR else _converted(column, value)
                    for value in raw
                ]
        check_rows(register.sheet, columns, len(rows))
        return cls(register, columns, list(range(1, len(rows) + 1)), creating=creating)


def _numbered(register: Register, row: Mapping[str, Any]) -> Mapping[str, Any]:
    """``row`` with a key of its own where it states none."""
    name = register.sheet.keys[0].name
    if row.get(name, MISSING) not in (MISSING, CLEAR, None, ""):
        return row
    identity = row.get(PLATFORM_ID.name) or uuid7()
    identity = identity if isinstance(identity, UUID) else UUID(str(identity))
    return {**row, PLATFORM_ID.name: identity, name: number_of(register.numbered, identity)}


def _converted(column: Column, value: Any) -> Any:
    if type(value) is UUID and column.kind is Kind.REFERENCE:
        return (value,) if column.several else value
    if type(value) is tuple and any(type(each) is UUID for each in value):
        found = [each if type(each) is UUID else convert(column, each) for each in value]
        faults = [each for each in found if type(each) is CellFault]
        if faults:
            return faults[0]
        flat = (part for each in found for part in (each if type(each) is tuple else (each,)))
        return tuple(dict.fromkeys(part for part in flat if part is not MISSING and part is not CLEAR))
    return convert(column, value)


@dataclass(slots=True)
class Batch:
    """All rows of one register in one call, tabs one after the other, with what is known of each.

    Lists run beside the rows; ``faults`` and ``twins`` name only those that have one, for most have none.
    """

    register: Register
    columns: dict[str, list[Any]]
    size: int
    faults: dict[int, list[Fault]] = field(default_factory=dict)
    resolved: dict[str, list[Any]] = field(default_factory=dict)
    wheres: list[Where | None] = field(default_factory=list)
    twins: set[int] = field(default_factory=set)  # identical to an earlier row of the same file
    ids: list[UUID | None] = field(default_factory=list)
    given: list[UUID | None] = field(default_factory=list)  # ids that the rows themselves name
    names_ids: bool = False
    counties: list[str] = field(default_factory=list)
    creating: bool = False
    of_file: bool = False
    _keys: list[tuple[str, ...]] = field(default_factory=list)
    _lacking: list[tuple[Column, list[Any] | None]] = field(default_factory=list)

    @classmethod
    def joined(cls, parts: Sequence[Incoming]) -> Batch:
        register = parts[0].register
        size = sum(len(part.row_numbers) for part in parts)
        batch = cls(register, _joined_columns(register, parts), size)
        batch.wheres = [None] * size
        batch.ids = [None] * size
        batch.given = [None] * size
        batch.creating = any(part.creating for part in parts)
        batch.of_file = all(part.of_file for part in parts)
        batch.counties = [""] * size
        if any(PLATFORM_ID.name in part.columns for part in parts):
            batch._take_given(parts)
        batch._take_cell_faults()
        return batch

    def _take_given(self, parts: Sequence[Incoming]) -> None:
        values = (
            value
            for part in parts
            for value in part.columns.get(PLATFORM_ID.name, [MISSING] * len(part.row_numbers))
        )
        self.names_ids = True
        for index, value in enumerate(values):
            if value is MISSING or value is CLEAR:
                continue
            try:
                self.given[index] = value if type(value) is UUID else UUID(str(value))
            except ValueError:
                self.fault(
                    index,
                    PLATFORM_ID.header,
                    "平台编号不完整或有改动；请从导出的表里原样复制，新增的行请留空",
                )

    def _take_cell_faults(self) -> None:
        for name, values in self.columns.items():
            if CellFault in set(map(type, values)):
                column = self.register.column(name)
                for index, value in enumerate(values):
                    if type(value) is CellFault:
                        self.fault(index, column.header, value.message)
        for column in self.register.sheet.required:
            given = self.columns.get(column.name)
            if given is not None and Blank not in set(map(type, given)):
                continue
            self._lacking.append((column, given))
            for index, value in enumerate(given or ()):
                if value is CLEAR:
                    self.fault(index, column.header, f"“{column.header}”必须填写，不能清空")

    def need_whole(self, rows: Iterable[int]) -> None:
        """A new row must state what is required: a masked cell ("not stated") serves a stored row only."""
        for index in rows if self._lacking or self.register.either else ():
            for column, values in self._lacking:
                if values is None or values[index] is MISSING:
                    self.fault(index, column.header, missing_message(column))
            for names in self.register.either:
                self._need_one(index, names)

    def _need_one(self, index: int, names: Sequence[str]) -> None:
        given = (self.columns[name][index] for name in names if name in self.columns)
        if all(value is MISSING or value is CLEAR for value in given):
            headers = [self.register.column(name).header for name in names]
            self.fault(index, headers[0], f"“{'”和“'.join(headers)}”至少填写一项")

    def good(self) -> list[int]:
        """Rows without a fault and not mere repeats."""
        if not self.faults and not self.twins:
            return list(range(self.size))
        return [i for i in range(self.size) if i not in self.faults and i not in self.twins]

    def fault(self, index: int, column: str, message: str) -> None:
        self.faults.setdefault(index, []).append(Fault(column, message))

    def meant(self) -> list[tuple[str, list[Any]]]:
        """Column names and their values, resolved where they were resolved."""
        return [(name, self.resolved.get(name) or values) for name, values in self.columns.items()]

    def stated(self, index: int, meant: Iterable[tuple[str, list[Any]]] | None = None) -> dict[str, Any]:
        """The stated values of one row; ``meant`` saves asking again for each of many."""
        pairs = self.meant() if meant is None else meant
        return {name: values[index] for name, values in pairs if values[index] is not MISSING}

    def value(self, name: str, index: int) -> Any:
        """What a row says in a column that the call names."""
        return (self.resolved.get(name) or self.columns[name])[index]

    def keys(self) -> list[tuple[str, ...]]:
        """The rows' keys as texts, in the order of the sheet's key columns; once they are resolved."""
        if not self._keys:
            columns = (self._key_texts(column.name) for column in self.register.sheet.keys)
            self._keys = list(zip(*columns, strict=True))
        return self._keys

    def told_key(self, index: int) -> tuple[str, ...]:
        """The row's key for messages: a reference as it was written, not the row it refers to."""
        return tuple(self._told(column, index) for column in self.register.sheet.keys)

    def _told(self, column: Column, index: int) -> str:
        written = self.columns.get(column.name)
        if column.kind is Kind.REFERENCE and written and type(written[index]) is str:
            return str(written[index])
        values = self.resolved.get(column.name) or written
        return _key_text(values[index]) if values else ""

    def _key_texts(self, name: str) -> list[str]:
        values = self.resolved.get(name) or self.columns.get(name)
        if values is None:
            return [""] * self.size
        return values if set(map(type, values)) == {str} else [_key_text(value) for value in values]


def _joined_columns(register: Register, parts: Sequence[Incoming]) -> dict[str, list[Any]]:
    """The parts' columns one below the other, in the order of the sheet; what is derived is not taken."""
    taken = [column.name for column in register.sheet.columns if column.origin is not Origin.DERIVED]
    if len(parts) == 1:
        given = parts[0].columns
        return {name: given[name] for name in taken if name in given}
    names = {name for part in parts for name in part.columns}
    return {
        name: [v for part in parts for v in part.columns.get(name, [MISSING] * len(part.row_numbers))]
        for name in taken
        if name in names
    }


def _key_text(value: Any) -> str:
    if type(value) is Where:  # a row told apart by what it refers to (档案 of a station)
        return str(value.id)
    return "" if value is MISSING or value is CLEAR or type(value) is CellFault else str(value)


@dataclass(slots=True)
class Outcome:
    """What one tab came to. rows = created + updated + unchanged + rejected."""

    register: Register
    tab: str
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    unknown_columns: tuple[str, ...] = ()
    faults: dict[int, list[Fault]] = field(default_factory=dict)
    keys: dict[int, str] = field(default_factory=dict)
    ids: list[UUID | None] = field(default_factory=list)
