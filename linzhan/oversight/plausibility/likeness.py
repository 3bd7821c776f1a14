"""How alike two notes are: three-character pieces, MinHash with 128 permutations, 32 bands of four (``domain.md`` §14).

Pure functions on texts and arrays, many notes at once. Candidates come from equal bands; what counts is the
exact share of common pieces (Jaccard). Digits, names and punctuation are taken out first, so that a changed
date is no difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
Bands = NDArray[np.uint32]
Pairs = NDArray[np.int64]

PERMUTATIONS: Final = 128
BANDS: Final = 32
ROWS: Final = PERMUTATIONS // BANDS
NEIGHBOURS: Final = 8
"""A note is compared with so many earlier ones of a full bucket in each band: work grows with notes, not pairs."""
EQUAL_BANDS: Final = 6
"""Fewer equal bands than this are not looked at: at 80 % likeness thirteen are expected."""
MOST_ALIKE: Final = 16
"""Of so many earlier notes the text is read: those with the most equal bands, then the nearest."""

_SEED = np.random.default_rng(20140915)
_TIMES: Final = _SEED.integers(1, 2**63, PERMUTATIONS, dtype=np.uint64) | np.uint64(1)
_PLUS: Final = _SEED.integers(0, 2**63, PERMUTATIONS, dtype=np.uint64)
_MIX: Final = _SEED.integers(1, 2**63, ROWS, dtype=np.uint64) | np.uint64(1)
_HALF: Final = np.uint64(32)
_LOW: Final = np.uint64(2**32 - 1)
_FIRST: Final = np.uint64(0x9E3779B97F4A7C15)
_SECOND: Final = np.uint64(0xC2B2AE3D27D4EB4F)
_SEVEN_BITS: Final = np.uint64(0x7F7F7F7F7F7F7F7F)
_EIGHTH_BIT: Final = np.uint64(0x8080808080808080)
_AT_ONCE: Final = 512
"""Notes whose pieces are permuted at once: what is worked on stays in the processor's cache."""
_PART: Final = 1 << 16
"""Pairs that are sifted at once."""


@dataclass(frozen=True, slots=True)
class Sets:
    """The pieces of many notes one after another, those of each in order and once; ``ends`` says where each ends."""

    flat: Words
    ends: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, number: int) -> Words:
        begin = int(self.ends[number - 1]) if number else 0
        return self.flat[begin : int(self.ends[number])]

    @property
    def sizes(self) -> NDArray[np.int64]:
        return np.diff(self.ends, prepend=0)


def without_names(text: str, names: Iterable[str]) -> str:
    """``text`` without the names that stand in it."""
    for name in names:
        if name:
            text = text.replace(name, "")
    return text


def sets_of(texts: Sequence[str], *, without: Words | None = None, least: int = 0) -> Sets:
    """The pieces of the letters of each text, but for those in ``without``.

    Of a text that is shorter than ``least``, or of which fewer than ``least - 2`` pieces are left, there are none.
    """
    points = np.frombuffer("".join(texts).encode("utf-32-le"), dtype=np.uint32)
    kept = _letters()[points]
    ends = np.cumsum(np.fromiter(map(len, texts), dtype=np.int64, count=len(texts)))
    lengths = np.diff(_upto(kept, ends), prepend=0)
    flat = _hashed(points[kept].astype(np.uint64), np.cumsum(lengths))
    made = _once(flat, np.cumsum(np.maximum(lengths - 2, 0)))
    if without is not None and len(without):
        made = _only(made, ~np.isin(made.flat, without))
    short = (lengths < least) | (made.sizes < least - 2)
    return _only(made, np.repeat(~short, made.sizes)) if short.any() else made


@cache
def _letters() -> NDArray[np.bool_]:
    """Of each code point whether it is a letter."""
    return np.fromiter((chr(each).isalpha() for each in range(0x110000)), dtype=np.bool_, count=0x110000)


def _upto(kept: NDArray[np.bool_], ends: NDArray[np.int64]) -> NDArray[np.int64]:
    """How many of ``kept`` are true before each of ``ends``."""
    counted = np.zeros(len(kept) + 1, dtype=np.int64)
    np.cumsum(kept, out=counted[1:])
    return counted[ends]


def _hashed(points: Words, ends: NDArray[np.int64]) -> Words:
    """The hash of each three letters of one text, text after text."""
    if len(points) < 3:
        return np.empty(0, dtype=np.uint64)
    made = (points[:-2] * _FIRST) ^ (points[1:-1] * _SECOND + points[2:])
    made *= _FIRST
    made ^= made >> np.uint64(29)
    whole = np.ones(len(made), dtype=np.bool_)
    for back in (1, 2):  # the last two letters of a text begin no piece
        last = ends - back
        whole[last[(last >= 0) & (last < len(made))]] = False
    return made[whole]


def _once(flat: Words, ends: NDArray[np.int64]) -> Sets:
    """Each note's pieces in order and without repetition."""
    begin = 0
    fresh = np.ones(len(flat), dtype=np.bool_)
    for end in ends.tolist():
        flat[begin:end].sort()
        begin = end
    fresh[1:] = flat[1:] != flat[:-1]
    begins = ends[:-1]
    fresh[begins[begins < len(flat)]] = True
    return _only(Sets(flat, ends), fresh)


def _only(sets: Sets, kept: NDArray[np.bool_]) -> Sets:
    return Sets(sets.flat[kept], _upto(kept, sets.ends))


def bands_of(sets: Sets) -> Bands:
    """A row of 32 band hashes for each set of pieces; none may be empty."""
    found = np.empty((len(sets), BANDS), dtype=np.uint32)
    for first in range(0, len(sets), _AT_ONCE):
        part = slice(first, min(first + _AT_ONCE, len(sets)))
        offset = int(sets.ends[first - 1]) if first else 0
        begins = np.concatenate([[0], sets.ends[part][:-1] - offset])
        _band(sets.flat[offset : int(sets.ends[part.stop - 1])], begins, found[part])
    return found


def _band(every: Words, begins: NDArray[np.int64], found: Bands) -> None:
    permuted = np.empty_like(every)
    for band in range(BANDS):
        mixed = np.zeros(len(begins), dtype=np.uint64)
        for row in range(ROWS):
            which = band * ROWS + row
            np.multiply(every, _TIMES[which], out=permuted)
            permuted += _PLUS[which]
            mixed = (mixed ^ (np.minimum.reduceat(permuted, begins) >> _HALF)) * _MIX[row]
        found[:, band] = (mixed >> _HALF).astype(np.uint32)


def jaccard(one: Words, other: Words) -> float:
    """The share of common pieces."""
    if not len(one) or not len(other):
        return 0.0
    both = np.concatenate([one, other])
    both.sort()
    common = int(np.count_nonzero(both[1:] == both[:-1]))
    return common / (len(both) - common)


def sketches(bands: Bands) -> Words:
    """Eight bits of each band: enough to tell how many of two notes' bands are equal, at a quarter of the memory."""
    return np.ascontiguousarray((bands >> np.uint32(24)).astype(np.uint8)).view(np.uint64)


def candidates(
    column: Callable[[int], Bands], sketched: Words, apart: NDArray[Any], *, within: bool, new_from: int
) -> Pairs:
    """Pairs (later, earlier) of rows that share enough bands and of which the later is ``new_from`` or after.

    ``column`` gives one band of all rows, ``apart`` are codes of who wrote each: ``within`` pairs notes of one
    writer, otherwise of two. Rows stand in order; in a bucket each is paired with the nearest before it.

    Held at a time: one band in order (16 bytes a row), the :func:`sketches` (32 bytes a row), and of a new row
    at most twice :data:`MOST_ALIKE` pairs of 8 bytes, where all are like each other.
    """
    codes = (apart.astype(np.uint64) * _FIRST) if within else None
    found, room = np.empty(0, dtype=np.uint64), MOST_ALIKE * (len(apart) - new_from)
    for band in range(BANDS):
        keys = column(band)
        if codes is not None:
            keys = _mixed(keys, codes)
        likely = [found]
        for later, earlier in _neighbours(keys, new_from):
            meant = (apart[later] == apart[earlier]) == within
            likely.append(_likely(sketched, later[meant], earlier[meant]))
        found = np.unique(np.concatenate(likely))
        if len(found) > room:
            found = _most_alike(sketched, found)
    return np.stack(_unpacked(_most_alike(sketched, found)), axis=1).astype(np.int64)


Some = NDArray[np.uint64]
"""Numbers of rows, or pairs of them: the later one in the upper half, so that they sort like pairs."""


def _mixed(keys: Bands, codes: Words) -> Bands:
    """A key for each band and writer."""
    mixed = keys * _SECOND
    mixed ^= codes
    mixed *= _FIRST
    mixed >>= _HALF
    return mixed.astype(np.uint32)


def _neighbours(keys: Bands, new_from: int) -> Iterator[tuple[Some, Some]]:
    """Rows of equal keys at most :data:`NEIGHBOURS` apart, a part at a time: the later ones and the earlier ones."""
    rows = _of_new_buckets(keys, new_from)
    packed = keys[rows].astype(np.uint64)
    packed <<= _HALF
    packed |= rows
    packed.sort()
    keys = (packed >> _HALF).astype(np.uint32)
    packed &= _LOW
    rows = packed
    at = np.flatnonzero(keys[1:] == keys[:-1]) + 1
    for step in range(1, NEIGHBOURS + 1):
        at = at[at >= step]
        at = at[keys[at] == keys[at - step]]
        for first in range(0, len(at), _PART):
            here = at[first : first + _PART]
            later = rows[here]
            new = later >= new_from
            yield later[new], rows[here - step][new]


def _of_new_buckets(keys: Bands, new_from: int) -> Some:
    """The rows whose bucket may hold a new one: after a night few of all that are kept."""
    if new_from <= len(keys) // 2:
        return np.arange(len(keys), dtype=np.uint64)
    wanted = np.zeros(1 << 24, dtype=np.bool_)
    wanted[keys[new_from:] >> np.uint32(8)] = True
    return np.flatnonzero(wanted[keys >> np.uint32(8)]).astype(np.uint64)


def _likely(sketched: Words, later: Some, earlier: Some) -> Some:
    """Those with enough equal bands, packed."""
    enough = _equal(sketched, later, earlier) >= EQUAL_BANDS
    return (later[enough] << _HALF) | earlier[enough]


def _equal(sketched: Words, later: Some, earlier: Some) -> NDArray[np.int64]:
    """How many bands of two rows are equal: bytes of their sketches that do not differ."""
    apart = sketched[later] ^ sketched[earlier]
    differs = ((apart & _SEVEN_BITS) + _SEVEN_BITS | apart) & _EIGHTH_BIT
    equal: NDArray[np.int64] = BANDS - np.bitwise_count(differs).sum(axis=1, dtype=np.int64)
    return equal


def _most_alike(sketched: Words, found: Some) -> Some:
    """Of each later row the :data:`MOST_ALIKE` pairs with the most equal bands, then the nearest; in order."""
    later, earlier = _unpacked(found)
    begins = np.flatnonzero(np.diff(later, prepend=_LOW)) if len(found) else np.empty(0, dtype=np.int64)
    sizes = np.diff(begins, append=len(found))
    if not len(found) or int(sizes.max()) <= MOST_ALIKE:
        return found
    parts = [slice(first, first + _PART) for first in range(0, len(found), _PART)]
    equal = np.concatenate([_equal(sketched, later[part], earlier[part]) for part in parts])
    order = np.lexsort((earlier, equal, later))
    rank = np.repeat(begins + sizes, sizes) - np.arange(len(found))
    kept: Some = np.sort(found[order[rank <= MOST_ALIKE]])
    return kept


def _unpacked(pairs: Some) -> tuple[Some, Some]:
    return pairs >> _HALF, pairs & _LOW


def difference_bits(grey: NDArray[np.uint8]) -> int | None:
    """The 64-bit difference hash of an 8×9 grey picture, as a signed number; None where there is nothing to tell.

    A dark or blank picture is like every other dark or blank one: it says nothing.
    """
    if int(grey.max()) - int(grey.min()) < 24:
        return None
    brighter = (grey[:, 1:] > grey[:, :-1]).ravel()
    if not 8 <= int(brighter.sum()) <= 56:
        return None
    return int(np.packbits(brighter).view(">i8")[0])


def apart_bits(one: int, other: int) -> int:
    """In how many bits two hashes differ."""
    return ((one ^ other) & (2**64 - 1)).bit_count()
