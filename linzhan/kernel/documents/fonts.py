"""Which characters can be drawn. The shipped fonts hold what a name usually needs; rarer ones a system may have.

A character that no font has would leave a gap and nobody would notice: a name with a hole in it. So such a
one is spelled by its code point. What a font covers stands in its ``cmap`` table (OpenType).
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from functools import cache
from pathlib import Path

import typst
from pylopdf_fonts_zh_cn import sans_path, serif_path

LATIN = 0x2000  # below stand letters, digits and signs that every text font has
BREAKS = frozenset("\n\r\t\u200b\u2028\u2029\ufeff")
COLLECTION = b"ttcf"
SEGMENTS, GROUPS = 4, 12  # formats of a cmap: of the basic plane, of all planes

Ranges = tuple[tuple[int, int], ...]


@cache
def loaded() -> typst.Fonts:
    """The shipped fonts and what the system has besides; looked up once."""
    return typst.Fonts(
        include_system_fonts=True,
        include_embedded_fonts=False,
        font_paths=[str(sans_path().parent)],
    )


def legible(text: str) -> str:
    """``text`` with every character that no font here can draw as its code point: ``〔U+20BB7〕``."""
    if all(ord(character) < LATIN or character in BREAKS or _shipped(character) for character in text):
        return text
    return "".join(each if _can_be_drawn(each) else f"〔U+{ord(each):04X}〕" for each in text)


def _can_be_drawn(character: str) -> bool:
    if ord(character) < LATIN or character in BREAKS or _shipped(character):
        return True
    return any(_within(ranges, ord(character)) for ranges in _of_the_system())


def _shipped(character: str) -> bool:
    return _within(covered(serif_path()), ord(character))


def _within(ranges: Ranges, point: int) -> bool:
    at = bisect_right(ranges, (point, 0x110000)) - 1
    return at >= 0 and ranges[at][0] <= point <= ranges[at][1]


@cache
def _of_the_system() -> tuple[Ranges, ...]:
    paths = {(font.path, font.index) for font in loaded().fonts() if font.path}
    return tuple(covered(Path(path), index) for path, index in sorted(paths))


@cache
def covered(path: Path, index: int = 0) -> Ranges:
    """The ranges of code points that the font at ``path`` (of a collection its ``index``-th) can draw."""
    data = path.read_bytes()
    start = struct.unpack_from(">I", data, 12 + 4 * index)[0] if data[:4] == COLLECTION else 0
    table = _cmap(data, start)
    return _merged(_pairs(data, table)) if table else ()


def _cmap(data: bytes, start: int) -> int:
    """Where the ``cmap`` table begins; 0 for a font without one."""
    number: int = struct.unpack_from(">H", data, start + 4)[0]
    for position in range(start + 12, start + 12 + 16 * number, 16):
        tag, _checksum, offset, _length = struct.unpack_from(">4sIII", data, position)
        if tag == b"cmap":
            return int(offset)
    return 0


def _pairs(data: bytes, table: int) -> list[tuple[int, int]]:
    """First and last code points of all runs that any of the table's maps names."""
    found: list[tuple[int, int]] = []
    number: int = struct.unpack_from(">H", data, table + 2)[0]
    for position in range(table + 4, table + 4 + 8 * number, 8):
        start = table + struct.unpack_from(">I", data, position + 4)[0]
        form: int = struct.unpack_from(">H", data, start)[0]
        if form == GROUPS:
            groups: int = struct.unpack_from(">I", data, start + 12)[0]
            for at in range(start + 16, start + 16 + 12 * groups, 12):
                first, last = struct.unpack_from(">II", data, at)
                found.append((first, last))
        elif form == SEGMENTS:
            found += _segments(data, start)
    return found


def _segments(data: bytes, start: int) -> list[tuple[int, int]]:
    twice: int = struct.unpack_from(">H", data, start + 6)[0]
    ends = struct.unpack_from(f">{twice // 2}H", data, start + 14)
    begins = struct.unpack_from(f">{twice // 2}H", data, start + 16 + twice)
    return [(first, last) for first, last in zip(begins, ends, strict=True) if first != 0xFFFF]


def _merged(pairs: list[tuple[int, int]]) -> Ranges:
    merged: list[tuple[int, int]] = []
    for first, last in sorted(pairs):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return tuple(merged)
