"""A streaming look at a sheet's XML: how large its grid is, and which cells hold no usable content.

A first, cheap pass gives upper bounds; :meth:`SheetScan.look_closer` is exact and only needed where a
bound is exceeded or the sheet holds formulas or errors.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

UNCOMPUTED: Final = "公式还没有计算结果；请用 Excel 或 WPS 打开文件并保存一次，或直接填写数值"

_WIDEST: Final = 16_384
_LOWEST: Final = 1_048_576
_FEW_ROWS: Final = 99_999
_FEW_COLUMNS: Final = 26

_FILLED_FAR_RIGHT: Final = re.compile(rb'<c r="([A-Z]{2,3})\d+"[^/>]*>')
_FILLED_FAR_DOWN: Final = re.compile(rb'<c r="[A-Z]{1,3}(\d{6,7})"[^/>]*>')
_OTHER_CELL_TAGS: Final = (b":c", b"<c>", b"<c\n", b"<c\r", b"<c\t")
_ELEMENT: Final = re.compile(
    rb"<(?:\w+:)?(?:(row)\b([^>]*)>|c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>))", re.DOTALL
)
_REFERENCE: Final = re.compile(rb"""\br=["']([A-Za-z]{0,3})(\d{1,7})["']""")
_TYPE: Final = re.compile(rb"""\bt=["'](\w+)["']""")
_CONTENT: Final = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]+)")
_INLINE: Final = re.compile(rb"<(?:\w+:)?is\b[^/>]*>")
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f\b")
_TEXT_END: Final = re.compile(rb"</(?:\w+:)?si>|<(?:\w+:)?si\s*/>")


def column_number(letters: str) -> int:
    """0 for A, 25 for Z, 26 for AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


class TextScan:
    """The table of shared texts: how long the longest is, in bytes of XML."""

    def __init__(self) -> None:
        self.longest = 0
        self._pieces = array("I")
        self._tail = b""

    def feed(self, piece: bytes) -> None:
        *texts, self._tail = _TEXT_END.split(self._tail + piece)
        lengths = list(map(len, texts))
        self._pieces.extend(lengths)
        self.longest = max(self.longest, max(lengths, default=0), len(self._tail))

    @property
    def lengths(self) -> Sequence[int]:
        """The length of every text, in the order of the table."""
        return self._pieces


class SheetScan:
    """Bounds of one tab: ``widest`` × ``lowest`` is the grid up to the last cell with content."""

    def __init__(self) -> None:
        self.rows = 0
        self.texts = 0
        self.widest = _FEW_COLUMNS
        self.lowest = _FEW_ROWS
        self.expanded = 0
        self.suspicious = False
        self.broken: dict[tuple[int, int], str] = {}
        self._tail = b""
        self._columns: set[bytes] = set()

    def feed(self, piece: bytes) -> None:
        data = self._tail + piece
        cut = data.rfind(b"<")
        self._tail, data = (data[cut:], data[:cut]) if cut > 0 else (data, b"")
        self._look(data)

    def close(self) -> None:
        self._look(self._tail)
        self._tail = b""
        self.widest = max((column_number(c.decode()) + 1 for c in self._columns), default=_FEW_COLUMNS)

    def _look(self, data: bytes) -> None:
        self.rows += data.count(b"<row") + data.count(b":row")
        self._columns.update(_FILLED_FAR_RIGHT.findall(data))
        self.lowest = max(self.lowest, max(map(int, _FILLED_FAR_DOWN.findall(data)), default=0))
        self.texts += data.count(b't="s"')
        self.suspicious = self.suspicious or b"<f" in data or b":f" in data or b't="e"' in data
        if data.count(b"<c ") != data.count(b'<c r="') or any(tag in data for tag in _OTHER_CELL_TAGS):
            # cells without a place, or names with a prefix: nothing is known before the closer look
            self._columns.add(b"XFD")
            self.lowest = _LOWEST
            self.suspicious = True

    def look_closer(self, pieces: Iterable[bytes], lengths: Sequence[int] | None, most: int) -> None:
        """Exact bounds, the bytes of all texts referred to (with ``lengths``), at most ``most`` + 1 broken cells."""
        self.widest = self.lowest = self.expanded = 0
        row = column = 0
        for found in _elements(pieces):
            if found[1]:
                place = _REFERENCE.search(found[2])
                row, column = (int(place[2]) if place else row + 1), 0
                continue
            place = _REFERENCE.search(found[3])
            if place and place[1]:
                row, column = int(place[2]), column_number(place[1].decode()) + 1
            else:
                column += 1
            if found[4]:
                self._look_at(row, column, found[3], found[4], lengths)
                if len(self.broken) > most:
                    return

    def _look_at(
        self, row: int, column: int, attributes: bytes, content: bytes, lengths: Sequence[int] | None
    ) -> None:
        kind = _TYPE.search(attributes)
        of_type = kind[1] if kind else b"n"
        value = _CONTENT.search(content)
        if of_type == b"e":
            self.broken[row - 1, column - 1] = _error_message(value[1] if value else b"")
        elif value is None and of_type not in (b"str", b"inlineStr") and _FORMULA.search(content):
            self.broken[row - 1, column - 1] = UNCOMPUTED
        elif value is None and not _INLINE.search(content):
            return
        self.widest = max(self.widest, column)
        self.lowest = max(self.lowest, row)
        if lengths is not None and value is not None and of_type == b"s" and value[1].isdigit():
            index = int(value[1])
            self.expanded += lengths[index] if index < len(lengths) else 0


def _elements(pieces: Iterable[bytes]) -> Iterator[re.Match[bytes]]:
    """Every row tag and cell element, whole, however the pieces are cut."""
    tail = b""
    for piece in pieces:
        data = tail + piece
        cut = max(data.rfind(b"</c>") + 4, data.rfind(b":c>") + 3, data.rfind(b"<row"))
        if cut > 4:
            yield from _ELEMENT.finditer(data, 0, cut)
            tail = data[cut:]
        else:
            tail = data
    yield from _ELEMENT.finditer(tail)


def _error_message(value: bytes) -> str:
    text = value.decode("utf-8", "replace") or "错误值"
    return f"单元格是错误值 {text}，公式算不出结果；请改正公式或直接填写"
