"""How alike two notes are: three-character pieces, MinHash with 128 permutations, 32 bands of four (``domain.md`` §14).

Pure functions on texts and arrays. Candidates come from equal bands; what counts is the exact share of common
pieces (Jaccard). Digits, names and punctuation are taken out first, so that a changed date is no difference.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

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

_SEED = np.random.default_rng(20140915)
_TIMES: Final = _SEED.integers(1, 2**63, PERMUTATIONS, dtype=np.uint64) | np.uint64(1)
_PLUS: Final = _SEED.integers(0, 2**63, PERMUTATIONS, dtype=np.uint64)
_MIX: Final = _SEED.integers(1, 2**63, ROWS, dtype=np.uint64) | np.uint64(1)
_HALF: Final = np.uint64(32)
_FIRST: Final = np.uint64(0x9E3779B97F4A7C15)
_SECOND: Final = np.uint64(0xC2B2AE3D27D4EB4F)


def normalised(text: str, names: Iterable[str] = ()) -> str:
    """``text`` without digits, ``names``, punctuation and blanks."""
    for name in names:
        if name:
            text = text.replace(name, "")
    return "".join(each for each in text if each.isalpha())


def pieces(text: str) -> Words:
    """The hashes of the three-character pieces of a normalised text, each once, in order."""
    points = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    if len(points) < 3:
        return np.empty(0, dtype=np.uint64)
    made = (points[:-2] * _FIRST) ^ (points[1:-1] * _SECOND + points[2:])
    made = made * _FIRST
    return np.unique(made ^ (made >> np.uint64(29)))


def bands_of(sets: Sequence[Words]) -> Bands:
    """A row of 32 band hashes for each set of pieces; none may be empty."""
    every = np.concatenate(sets)
    begins = np.cumsum([0, *(len(each) for each in sets[:-1])])
    found = np.zeros((len(sets), BANDS), dtype=np.uint32)
    for band in range(BANDS):
        mixed = np.zeros(len(sets), dtype=np.uint64)
        for row in range(ROWS):
            which = band * ROWS + row
            permuted = (every * _TIMES[which] + _PLUS[which]) >> _HALF
            mixed = (mixed ^ np.minimum.reduceat(permuted, begins)) * _MIX[row]
        found[:, band] = (mixed >> _HALF).astype(np.uint32)
    return found


def jaccard(one: Words, other: Words) -> float:
    """The share of common pieces."""
    if not len(one) or not len(other):
        return 0.0
    common = len(np.intersect1d(one, other, assume_unique=True))
    return common / (len(one) + len(other) - common)


def candidates(bands: Bands, apart: NDArray[np.int64], *, within: bool, new_from: int) -> Pairs:
    """Pairs (later, earlier) of rows that share enough bands and of which the later is ``new_from`` or after.

    ``apart`` are codes of who wrote each: ``within`` pairs notes of one writer, otherwise of two. Rows stand
    in order; in a bucket each is paired with the nearest before it.
    """
    codes = apart.astype(np.uint64) * _FIRST
    found: list[Pairs] = []
    total = len(bands)
    for band in range(BANDS):
        key = bands[:, band].astype(np.uint64)
        key = (key * _SECOND) ^ codes if within else key
        order = np.argsort(key, kind="stable")
        same = key[order]
        for step in range(1, min(NEIGHBOURS, total - 1) + 1):
            equal = same[step:] == same[:-step]
            later, earlier = order[step:][equal], order[:-step][equal]
            keep = later >= new_from
            if not within:
                keep &= apart[later] != apart[earlier]
            found.append(_likely(bands, np.stack([later[keep], earlier[keep]], axis=1)))
    return np.unique(np.concatenate(found), axis=0) if found else np.empty((0, 2), dtype=np.int64)


def _likely(bands: Bands, pairs: Pairs) -> Pairs:
    """Those with enough equal bands, a part at a time."""
    kept = [
        part[(bands[part[:, 0]] == bands[part[:, 1]]).sum(axis=1) >= EQUAL_BANDS]
        for part in np.array_split(pairs, max(1, len(pairs) // 200_000))
    ]
    return np.concatenate(kept)


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
