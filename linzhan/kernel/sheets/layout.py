"""Where a tab keeps its table: which sheet it is, its header row, and which column is which.

Titles and ``填报单位`` lines above the headers, group headings over them (two header rows) and the
totals and signatures below are what officials' ledgers look like (``domain.md`` §18.8).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Final

from linzhan.kernel.sheets.columns import IGNORED_HEADERS, PLATFORM_ID, Column, Kind, Sheet
from linzhan.kernel.sheets.spelling import compact, is_blank

HEADER_SEARCH: Final = 200  # rows with content among which the headers are looked for

_UNIT: Final = re.compile(r"[(\[]([^()\[\]]*)[)\]]$")
_MONEY_UNIT: Final = re.compile(r"单位:(万元)")
_TOTALS: Final = frozenset({"合计", "小计", "总计"})
_SIGNATURE: Final = re.compile(
    r"(?:填报人|审核人|填表人|制表人|经办人|复核人|审批人|负责人|单位负责人|主要负责人|分管领导|填报单位|填表单位|填报日期|填表日期"
    r"|填报时间|制表日期|联系人|联系电话)(?:\([^()]*\))?(?::.*)?"
)
_NOTE: Final = re.compile(r"(?:备注|说明|填表说明|填报说明|注\d?):.*")
_SERIAL_HEADERS: Final = frozenset({"序号", "编号", "行号", "NO", "NO."})

Row = Sequence[object]


@dataclass(slots=True)
class Layout:
    """One tab read as one sheet. Rows and columns count from 0 within the rows as given."""

    sheet: Sheet
    header: int
    start: int
    headers: list[str]
    places: dict[str, int]
    columns: dict[str, Column] = field(default_factory=dict)
    matched: int = 0

    @property
    def unknown(self) -> list[int]:
        """Columns with a header that means nothing to the sheet."""
        known = set(self.places.values())
        return [
            place
            for place, text in enumerate(self.headers)
            if text and place not in known and compact(text) not in IGNORED_HEADERS
        ]

    @property
    def serial(self) -> int:
        """The column of running numbers (序号), or -1: a row that holds nothing else is blank."""
        return next((p for p in self.unknown if compact(self.headers[p]).upper() in _SERIAL_HEADERS), -1)


class Recogniser:
    """Tells which of ``sheets`` a tab is, and where its table stands."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self._known = [_Spellings(sheet) for sheet in sheets]

    def recognise(self, tab: str, rows: Sequence[Row]) -> Layout | None:
        """The layout of ``tab``: by its exact name first, else by its headers; None if unknown.

        By headers alone a key column (or 平台编号) must be among them.
        """
        contents = _contents(rows)
        name = _tab_name(tab)
        for known in self._known:
            if name in known.names:
                found = _layout(known, rows, contents)
                if found is not None:
                    return found
        scored = [
            (known.score(found, name), -order, found)
            for order, known in enumerate(self._known)
            if known.sheet.by_headers
            and (found := _layout(known, rows, contents))
            and known.keys & found.places.keys()
        ]
        return max(scored, key=lambda entry: entry[:2])[2] if scored else None

    def claims(self, tab: str) -> Sheet | None:
        """The sheet whose name ``tab`` bears, whatever it holds."""
        name = _tab_name(tab)
        return next((known.sheet for known in self._known if name in known.names), None)


class _Spellings:
    """The names of a sheet's tab and headers in comparable form."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.names = frozenset(_tab_name(name) for name in (sheet.name, *sheet.aliases))
        self.needed = frozenset(column.name for column in sheet.required)
        self.keys = {column.name for column in sheet.keys} | {PLATFORM_ID.name}
        self.own: dict[str, tuple[str, ...]] = {}
        self.aliases: dict[str, tuple[str, ...]] = {}
        columns = sheet.columns if PLATFORM_ID.name in sheet.column_by_name else (*sheet.columns, PLATFORM_ID)
        for column in columns:
            self.own[_bare(compact(column.header))] = (column.name,)
            for alias in column.aliases:
                key = _bare(compact(alias))
                self.aliases[key] = (*self.aliases.get(key, ()), column.name)
        self.all = self.own.keys() | self.aliases.keys()

    def may_be_header(self, texts: Sequence[str]) -> bool:
        """Whether enough texts are known for a header row: a quick look before :func:`_assign`."""
        found = sum(bool(text) and (text in self.all or _UNIT.sub("", text) in self.all) for text in texts)
        return found > 0 and found * 2 >= len(self.needed)

    def score(self, found: Layout, tab: str) -> float:
        """How well a tab fits: required headers present, headers understood, a name that holds the sheet's."""
        required = len(self.needed & found.places.keys()) / max(1, len(self.needed))
        understood = len(found.places) / max(1, sum(bool(text) for text in found.headers))
        hint = max((len(name) for name in self.names if name in tab), default=0)
        return required + understood + min(hint, 6) / 10


def is_total(row: Row, keys: Sequence[int]) -> bool:
    """A 合计/小计/总计 row: some cell says just that, and the key cell is blank or says it itself."""
    if not any(type(cell) is str and cell and compact(cell) in _TOTALS for cell in row):
        return False
    return not keys or any(_empty(row[key]) or _says_total(row[key]) for key in keys)


def is_signature(row: Row, keys: Sequence[int]) -> bool:
    """A footer: 填报人, 审核人 and the like begin the row, and no key is given."""
    return _begins(row, _SIGNATURE) and all(_empty(row[key]) or _says(row[key], _SIGNATURE) for key in keys)


def is_note(row: Row, keys: Sequence[int]) -> bool:
    """A remark (注：, 说明：) such as stands below a table."""
    return _begins(row, _NOTE) and all(_empty(row[key]) or _says(row[key], _NOTE) for key in keys)


def _empty(cell: object) -> bool:
    return cell == "" or (type(cell) is str and is_blank(cell))


def _says_total(cell: object) -> bool:
    return type(cell) is str and compact(cell) in _TOTALS


def _says(cell: object, pattern: re.Pattern[str]) -> bool:
    return type(cell) is str and pattern.fullmatch(compact(cell)) is not None


def _begins(row: Row, pattern: re.Pattern[str]) -> bool:
    first = next((cell for cell in row if not _empty(cell)), "")
    return _says(first, pattern)


def _tab_name(tab: str) -> str:
    return compact(tab).upper()


def _contents(rows: Sequence[Row]) -> list[tuple[int, list[str]]]:
    """The first rows with content: their index and their texts in compact form ('' where no text)."""
    found: list[tuple[int, list[str]]] = []
    for index, row in enumerate(rows):
        texts = [_bare(compact(cell)) if type(cell) is str and len(cell) <= 80 else "" for cell in row]
        if any(texts):
            found.append((index, texts))
            if len(found) == HEADER_SEARCH:
                break
    return found


def _layout(
    known: _Spellings, rows: Sequence[Row], contents: Sequence[tuple[int, list[str]]]
) -> Layout | None:
    for index, texts in contents:
        if _is_header(known, texts):
            return _complete(known, rows, index, 1)
    for (index, above), (next_index, below) in pairwise(contents):
        if next_index == index + 1 and _is_header(known, _joined([above, below])):
            return _complete(known, rows, index, 2)
    return None


def _is_header(known: _Spellings, texts: Sequence[str]) -> bool:
    """At least half of the sheet's required headers are there."""
    if not known.may_be_header(texts):
        return False
    found = known.needed & _assign(known, texts).keys()
    return bool(found) and len(found) * 2 >= len(known.needed)


def _joined(spans: Sequence[list[str]]) -> list[str]:
    """Header texts of one or two rows; the lower one counts where both say something."""
    return spans[0] if len(spans) == 1 else [below or above for above, below in zip(*spans, strict=True)]


def _complete(known: _Spellings, rows: Sequence[Row], header: int, height: int) -> Layout:
    """The layout with that header row, and what a second header row above or below it adds."""
    headers = [_header_text(cell) for cell in rows[header]]
    start = header + height
    if height == 2:
        headers = _joined([headers, [_header_text(cell) for cell in rows[header + 1]]])
    else:
        headers = _with_above(known, rows, header, headers)
        if header + 1 < len(rows) and rows[header + 1]:
            below = [_header_text(cell) for cell in rows[header + 1]]
            if _continues(known, headers, below):
                headers = _joined([headers, below])
                start += 1
    places = _assign(known, _comparable(headers))
    layout = Layout(known.sheet, header, start, headers, places)
    tens = any(_MONEY_UNIT.search(compact(c)) for row in rows[:header] for c in row if type(c) is str)
    layout.columns = {
        name: _column_as_headed(known.sheet, name, headers[p], in_ten_thousands=tens)
        for name, p in places.items()
    }
    return layout


def _header_text(cell: object) -> str:
    return " ".join(cell.split()) if type(cell) is str else ""


def _with_above(known: _Spellings, rows: Sequence[Row], header: int, headers: list[str]) -> list[str]:
    """Cells merged downwards keep their header in the row above; only known headers are taken from there."""
    if header == 0 or not rows[header - 1]:
        return headers
    above = [_header_text(cell) for cell in rows[header - 1]]
    lendable = _assign(known, _comparable(above))
    taken = _assign(known, _comparable(headers)).keys()
    lent = {
        place: above[place] for name, place in lendable.items() if name not in taken and not headers[place]
    }
    return [lent.get(place, text) for place, text in enumerate(headers)]


def _continues(known: _Spellings, headers: Sequence[str], below: Sequence[str]) -> bool:
    """Whether the row below holds further headers: known ones, all of them under cells not understood yet."""
    taken = _assign(known, _comparable(headers))
    added = _assign(known, _comparable(below))
    filled = {place for place, text in enumerate(below) if text}
    return bool(added) and not (set(added) & set(taken)) and not (filled & set(taken.values()))


def _assign(known: _Spellings, texts: Sequence[str]) -> dict[str, int]:
    """Column name to place; a column's own name goes before aliases, the first of equals wins."""
    places: dict[str, int] = {}
    used: set[int] = set()
    for spellings in (known.own, known.aliases):
        for place, text in enumerate(texts):
            if not text or place in used:
                continue
            names = spellings.get(text) or spellings.get(_UNIT.sub("", text), ())
            name = next((name for name in names if name not in places), "")
            if name:
                places[name] = place
                used.add(place)
    return places


def _comparable(texts: Sequence[str]) -> list[str]:
    return [_bare(compact(text)) for text in texts]


def _bare(text: str) -> str:
    return text.replace("*", "").upper()


def _column_as_headed(sheet: Sheet, name: str, header: str, *, in_ten_thousands: bool) -> Column:
    """The column in the unit its header states: bare numbers under 合同金额(万元) are ten thousands."""
    column = PLATFORM_ID if name == PLATFORM_ID.name else sheet.column_by_name[name]
    found = _UNIT.search(compact(header))
    unit = found[1] if found else ""
    if column.kind is Kind.MONEY and (unit == "万元" or (in_ten_thousands and not unit)):
        return replace(column, unit="万元")
    if column.unit == "小时" and unit in ("分钟", "分"):
        return replace(column, unit="分钟")
    return column
