"""A workbook read into columns of values, with every doubt noted at its cell (``contract/workbook.md``).

Tabs are read one after the other, each column by itself, and raw rows are not kept: the error
workbook fetches the few it needs from the file again (:func:`raw_rows`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import python_calamine

from linzhan.kernel.sheets.cells import MISSING, BrokenCell, Cell, CellFault, convert_many, is_masked
from linzhan.kernel.sheets.columns import IGNORED_TABS, PLATFORM_ID, Kind, Sheet
from linzhan.kernel.sheets.guard import DEFAULT_LIMITS, FileFacts, Limits, WorkbookRefused, inspect_file
from linzhan.kernel.sheets.layout import Layout, Recogniser, is_note, is_signature, is_total
from linzhan.kernel.sheets.rowchecks import check_rows
from linzhan.kernel.sheets.spelling import compact, is_blank

RawRow = list[object]
RowFaults = Sequence[tuple[str, str]]
"""What is wrong with one row: the contract's header of the column ('' for the row as a whole) and a sentence."""

_SINCE_1904: Final = 1462  # days between the two epochs of spreadsheets
_DAYS: Final = frozenset({Kind.DATE, Kind.TIME, Kind.MONTH})


@dataclass(slots=True)
class ReadSheet:
    """One tab read as one sheet. Lists run in step: index i is the row ``row_numbers[i]`` of the file."""

    sheet: Sheet
    tab: str
    header_row: int
    row_numbers: list[int] = field(default_factory=list)
    columns: dict[str, list[Cell]] = field(default_factory=dict)
    keys: list[str] = field(default_factory=list)
    unknown_columns: tuple[str, ...] = ()
    missing_columns: tuple[str, ...] = ()
    header_texts: tuple[str, ...] = ()
    header_places: dict[str, int] = field(default_factory=dict)

    def faults(self) -> dict[int, RowFaults]:
        """All faults that reading found: row number to header and sentence, in the order of the columns."""
        found: dict[int, list[tuple[str, str]]] = {}
        for column in (PLATFORM_ID, *self.sheet.columns):
            for index, value in enumerate(self.columns.get(column.name, ())):
                if type(value) is CellFault:
                    found.setdefault(self.row_numbers[index], []).append((column.header, value.message))
        return {row: found[row] for row in sorted(found)}


@dataclass(frozen=True, slots=True)
class TabProblem:
    """A tab that bears a sheet's name but whose headers were not found."""

    tab: str
    message: str


@dataclass(slots=True)
class ReadWorkbook:
    """A file as read: recognised tabs in their order, the names of the others."""

    path: Path
    sheets: list[ReadSheet] = field(default_factory=list)
    unknown_sheets: list[str] = field(default_factory=list)
    problems: list[TabProblem] = field(default_factory=list)

    def faults(self) -> list[dict[int, RowFaults]]:
        """Per tab, what reading alone found wrong (references are the importer's)."""
        return [sheet.faults() for sheet in self.sheets]


def read_workbook(path: str | Path, sheets: Sequence[Sheet], limits: Limits = DEFAULT_LIMITS) -> ReadWorkbook:
    """Read every tab of ``path`` that is one of ``sheets``; raises :class:`WorkbookRefused`."""
    facts = inspect_file(path, limits)
    result = ReadWorkbook(Path(path))
    recogniser = Recogniser(sheets)
    for tab, rows in _tabs(path, facts):
        layout = recogniser.recognise(tab, rows)
        if layout is None:
            _note_unknown(result, recogniser, tab, rows)
        else:
            result.sheets.append(_read(tab, rows, layout, facts))
        del rows
    return result


def raw_rows(path: str | Path, tab: str, numbers: Collection[int]) -> dict[int, RawRow]:
    """The cells of the given rows (numbered from 1) of one tab as the file holds them."""
    wanted = frozenset(numbers)
    with _opened(path) as workbook:
        rows = _rows(workbook, tab, wanted)
    return {number: row for number, row in enumerate(rows, 1) if number in wanted}


def _note_unknown(result: ReadWorkbook, recogniser: Recogniser, tab: str, rows: Sequence[RawRow]) -> None:
    if compact(tab) in IGNORED_TABS:
        return
    result.unknown_sheets.append(tab)
    claimed = recogniser.claims(tab)
    if claimed is not None and rows:
        wanted = "、".join(column.header for column in claimed.required)
        result.problems.append(
            TabProblem(tab, f"工作表“{tab}”里没有找到表头；至少要有其中一半的列名：{wanted}")
        )


def _opened(path: str | Path) -> python_calamine.CalamineWorkbook:
    try:
        return python_calamine.CalamineWorkbook.from_path(str(path))
    except (python_calamine.CalamineError, OSError):
        raise WorkbookRefused(
            "文件的内部结构有误，无法读取；请用 Excel 或 WPS 打开并另存为 .xlsx 后再导入"
        ) from None


def _tabs(path: str | Path, facts: FileFacts) -> Iterator[tuple[str, list[RawRow]]]:
    with _opened(path) as workbook:
        for entry in workbook.sheets_metadata:
            if entry.typ is python_calamine.SheetTypeEnum.WorkSheet:
                rows = _rows(workbook, entry.name)
                _mark_broken(rows, facts.broken.get(entry.name, {}))
                yield entry.name, rows


def _rows(
    workbook: python_calamine.CalamineWorkbook, tab: str, wanted: Collection[int] | None = None
) -> list[RawRow]:
    """Rows from the first row and column of the tab on; blank ones (and unwanted ones) as empty lists."""
    try:
        content = workbook.get_sheet_by_name(tab)
    except python_calamine.CalamineError:
        raise WorkbookRefused(
            f"工作表“{tab}”的内部结构有误，请用 Excel 或 WPS 另存为 .xlsx 后再导入"
        ) from None
    if content.start is None:
        return []
    margin: RawRow = [""] * content.start[1]
    rows: list[RawRow] = []
    for number, row in enumerate(content.iter_rows(), 1):
        keep = any(row) or 0.0 in row if wanted is None else number in wanted
        rows.append([*margin, *row] if keep and margin else list(row) if keep else [])
    return rows


def _mark_broken(rows: list[RawRow], broken: dict[tuple[int, int], str]) -> None:
    """Put a marker where the fast reader shows a formula that was never computed, or an error, as blank."""
    width = max((len(row) for row in rows), default=0)
    for (row, column), message in broken.items():
        rows.extend([] for _ in range(row + 1 - len(rows)))
        cells = rows[row]
        cells.extend([""] * (max(width, column + 1) - len(cells)))
        cells[column] = BrokenCell(message)


def _read(tab: str, rows: list[RawRow], layout: Layout, facts: FileFacts) -> ReadSheet:
    sheet = layout.sheet
    headers = tuple(layout.headers)
    numbers, kept = _data_rows(rows, layout)
    read = ReadSheet(
        sheet=sheet,
        tab=tab,
        header_row=layout.header + 1,
        row_numbers=numbers,
        unknown_columns=tuple(headers[place] for place in layout.unknown) + _nameless(kept, layout),
        missing_columns=tuple(c.header for c in sheet.required if c.name not in layout.places),
        header_texts=headers,
        header_places=dict(layout.places),
    )
    masked, keys = _convert(read, kept, layout, facts)
    check_rows(sheet, read.columns, len(numbers), masked)
    read.keys = _key_texts(read, keys)
    return read


def _data_rows(rows: list[RawRow], layout: Layout) -> tuple[list[int], list[RawRow]]:
    """The rows that are data, with their numbers; ``rows`` is emptied on the way to save memory."""
    keys = [layout.places[column.name] for column in layout.sheet.keys if column.name in layout.places]
    serial = layout.serial
    width = len(layout.headers)
    first = layout.start
    last = _last_data_row(rows, first, keys, serial)
    numbers: list[int] = []
    kept: list[RawRow] = []
    for index in range(first, last + 1):
        row = rows[index]
        if row and not _skipped(row, keys, serial):
            row[width:] = [""] * (width - len(row))
            numbers.append(index + 1)
            kept.append(row)
    rows.clear()
    return numbers, kept


def _last_data_row(rows: Sequence[RawRow], first: int, keys: Sequence[int], serial: int) -> int:
    """The last row above the block of totals, signatures and remarks that closes a table."""
    last = len(rows) - 1
    while last >= first and (
        not rows[last] or _skipped(rows[last], keys, serial) or is_note(rows[last], keys)
    ):
        last -= 1
    return last


def _skipped(row: RawRow, keys: Sequence[int], serial: int) -> bool:
    key = row[keys[0]] if keys and keys[0] < len(row) else ""
    if type(key) is str and key and key.isascii() and not key.isspace() and ":" not in key and len(keys) == 1:
        return False  # a row with a plain key is data; the slow look is for the others
    if _is_blank_row(row, serial):
        return True
    return is_total(row, keys) or is_signature(row, keys)


def _is_blank_row(row: RawRow, serial: int) -> bool:
    return all(place == serial or _is_blank_cell(cell) for place, cell in enumerate(row))


def _is_blank_cell(cell: object) -> bool:
    return type(cell) is str and is_blank(cell)


def _nameless(kept: Sequence[RawRow], layout: Layout) -> tuple[str, ...]:
    """Columns with values but no header: reported, so that nothing is dropped unseen."""
    found: list[str] = []
    for place, text in enumerate(layout.headers):
        if not text and not all(_is_blank_cell(row[place]) for row in kept):
            found.append(f"{column_letters(place)}列（没有表头）")
    return tuple(found)


def column_letters(place: int) -> str:
    """A for 0, Z for 25, AA for 26."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _convert(
    read: ReadSheet, kept: list[RawRow], layout: Layout, facts: FileFacts
) -> tuple[dict[str, set[int]], dict[str, tuple[object, ...]]]:
    """Fill ``read.columns``; answers the rows masked in required columns, and the raw keys."""
    raws: list[tuple[object, ...]] = list(zip(*kept, strict=True)) if kept else [()] * len(layout.headers)
    kept.clear()
    masked: dict[str, set[int]] = {}
    keys: dict[str, tuple[object, ...]] = {}
    for name, place in layout.places.items():
        column = layout.columns[name]
        cells = raws[place]
        raws[place] = ()
        if facts.since_1904 and column.kind in _DAYS:
            cells = tuple(_moved(cell) for cell in cells)
        read.columns[name] = convert_many(column, cells)
        if column.required:
            values = read.columns[name]
            masked[name] = {
                i for i, value in enumerate(values) if value is MISSING and is_masked(column, cells[i])
            }
        if column.key:
            keys[name] = cells
    _refuse_lone_masks(read, masked)
    return masked, keys


def _moved(cell: object) -> object:
    return cell + _SINCE_1904 if type(cell) is float and cell < 100_000 else cell


def _refuse_lone_masks(read: ReadSheet, masked: dict[str, set[int]]) -> None:
    """A masked key identifies a row only beside its 平台编号."""
    ids = read.columns.get(PLATFORM_ID.name)
    for column in read.sheet.keys:
        for index in masked.get(column.name, ()):
            if ids is None or type(ids[index]) is not str:
                read.columns[column.name][index] = CellFault(
                    f"“{column.header}”被遮盖了一部分，认不出是哪一行；请填写完整，或保留“{PLATFORM_ID.header}”一列"
                )


def _key_texts(read: ReadSheet, raw_keys: dict[str, tuple[object, ...]]) -> list[str]:
    """The key of each row as text, parts joined by |, as typed where it could not be read."""
    parts = [
        [
            _key_text(value, raw)
            for value, raw in zip(read.columns[column.name], raw_keys[column.name], strict=True)
        ]
        for column in read.sheet.keys
        if column.name in raw_keys
    ]
    return ["|".join(texts) for texts in zip(*parts, strict=True)] if parts else [""] * len(read.row_numbers)


def _key_text(value: Cell, raw: object) -> str:
    if type(value) is CellFault:
        return "" if type(raw) is BrokenCell else str(raw).strip()
    return str(value) if type(value) in (str, int) else ""
