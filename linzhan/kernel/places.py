"""Division codes: twelve digits in which every level of the country is a prefix.

``43`` province · ``4312`` city · ``431202`` county · ``431202005`` township · ``431202005200`` village,
padded with zeros to twelve digits (``domain.md`` §2.2). A subtree is therefore one range of codes,
which is what scope, indexes and row-level security compare. Pure functions on strings; the names
and the dates of places are the territory's.

A city without counties (东莞市 4419, 中山市 4420, 儋州市 4604) has its townships directly below:
their county part is ``00``, so that city and county of such a township are the same code.
"""

from __future__ import annotations

from collections.abc import Iterable

LENGTH = 12
NATION = "0" * LENGTH
PREFIX_LENGTHS = (0, 2, 4, 6, 9, 12)  # by level: nation, province, city, county, township, village

ABOVE = PREFIX_LENGTHS[1:5]  # digits of a province, a city, a county, a township

_PROVINCE, _CITY, _COUNTY, _TOWNSHIP, _VILLAGE = range(1, 6)


def is_code(text: str) -> bool:
    """Whether ``text`` is a full code: twelve ASCII digits."""
    return len(text) == LENGTH and text.isascii() and text.isdigit()


def pad(code: str) -> str:
    """``code`` with its missing trailing zeros; :class:`ValueError` unless it is 0 to 12 digits."""
    if len(code) > LENGTH or (code and not (code.isascii() and code.isdigit())):
        raise ValueError(f"not a division code: {code!r}")
    return code.ljust(LENGTH, "0")


def level_of(code: str) -> int:
    """Level of a full code: 0 nation, 1 province, 2 city, 3 county, 4 township, 5 village."""
    if not is_code(code):
        raise ValueError(f"not a 12-digit division code: {code!r}")
    for level in (_VILLAGE, _TOWNSHIP, _COUNTY, _CITY, _PROVINCE):
        if code[PREFIX_LENGTHS[level - 1] : PREFIX_LENGTHS[level]].strip("0"):
            return level
    return 0


def prefix(code: str) -> str:
    """The digits that all codes of the subtree share; empty for the nation."""
    return code[: PREFIX_LENGTHS[level_of(code)]]


def bounds(code: str) -> tuple[str, str]:
    """The subtree as a half-open range of codes: ``lo <= region_code < hi`` in C collation."""
    shared = prefix(code)
    if not shared:
        return NATION, ":"  # the character after "9"
    return code, shared[:-1] + chr(ord(shared[-1]) + 1)


def covers(code: str, other: str) -> bool:
    """Whether ``other`` is ``code`` or lies below it."""
    return other.startswith(prefix(code))


def at_level(code: str, level: int) -> str:
    """The unit of ``level`` that ``code`` lies in, or ``code`` itself where it stands higher."""
    return pad(code[: PREFIX_LENGTHS[level]])


def county_of(code: str) -> str:
    """The county of a code; the city where it has no counties, ``code`` itself above the county."""
    return at_level(code, _COUNTY)


def city_of(code: str) -> str:
    """The city of a code, or ``code`` itself above the city."""
    return at_level(code, _CITY)


def province_of(code: str) -> str:
    """The province of a code."""
    return at_level(code, _PROVINCE)


def lineage(code: str) -> list[str]:
    """The units that hold ``code``, province first and ``code`` last; each once, the nation left out."""
    chain = (at_level(code, level) for level in range(_PROVINCE, level_of(code) + 1))
    return list(dict.fromkeys(chain))


def ancestors(code: str) -> list[str]:
    """The units above ``code``, province first."""
    return lineage(code)[:-1]


def parent(code: str) -> str:
    """The unit right above ``code``; the nation above a province, and above itself."""
    above = ancestors(code)
    return above[-1] if above else NATION


def outermost(codes: Iterable[str]) -> list[str]:
    """``codes`` without repetition and without those that lie below another of them, in order of code."""
    kept: list[str] = []
    for code in sorted(set(codes), key=lambda each: (level_of(each), each)):
        if not any(covers(above, code) for above in kept):
            kept.append(code)
    return sorted(kept)
