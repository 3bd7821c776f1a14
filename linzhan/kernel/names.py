"""Names for searching and sorting: characters, pinyin and initials.

A search looks up ranges in a side table of pieces, because only ``=`` and ranges use an index under
row-level security. The pieces of a name are its *endings*, so that any part of the name is the
beginning of some piece: 建国 finds 王建国 by its ending 建国, ``jian`` by ``jianguo``, ``wjg`` by the
initials. A name of n characters has at most 3n pieces, a few more where its surname has two readings.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

LONGEST_PIECE: Final = 64

# What a character is called as a surname, where the dictionary gives another reading.
SURNAMES: Final = {
    "单": "shan",
    "解": "xie",
    "仇": "qiu",
    "曾": "zeng",
    "查": "zha",
    "区": "ou",
    "盖": "ge",
    "朴": "piao",
    "翟": "zhai",
    "缪": "miao",
    "洗": "xian",
    "员": "yun",
    "贠": "yun",
    "乐": "yue",
    "覃": "qin",
    "阚": "kan",
    "郇": "xun",
    "秘": "bi",
    "繁": "po",
    "种": "chong",
    "黑": "he",
    "折": "she",
    "召": "shao",
    "祭": "zhai",
    "卜": "bu",
    "牟": "mu",
    "隗": "wei",
    "佴": "nai",
    "乜": "nie",
    "都": "du",
    "句": "gou",
    "薄": "bo",
    "会": "gui",
    "炅": "gui",
    "蔚": "yu",
    "番": "pan",
    "沓": "ta",
}
_COMPOUND_READINGS: Final = {
    "万俟": ("mo", "qi"),
    "尉迟": ("yu", "chi"),
    "澹台": ("tan", "tai"),
    "单于": ("chan", "yu"),
    "长孙": ("zhang", "sun"),
}
COMPOUND_SURNAMES: Final = frozenset(
    {
        *_COMPOUND_READINGS,
        "欧阳",
        "司马",
        "司徒",
        "司空",
        "上官",
        "诸葛",
        "夏侯",
        "皇甫",
        "东方",
        "公孙",
        "慕容",
        "端木",
        "轩辕",
        "钟离",
        "申屠",
        "太史",
        "独孤",
        "南宫",
        "西门",
        "东郭",
        "百里",
        "赫连",
        "濮阳",
        "淳于",
        "公冶",
        "闻人",
        "拓跋",
        "令狐",
        "鲜于",
        "宇文",
        "呼延",
    }
)

_UNREAD: Final = "\n"  # marks a run of characters that have no reading; folded text never holds it
_FOLDED: Final = str.maketrans("üǖǘǚǜ", "vvvvv")


def fold(text: str) -> str:
    """``text`` as pieces and queries spell it: half-width, small letters, letters and digits only."""
    plain = unicodedata.normalize("NFKC", text).lower().translate(_FOLDED)
    return plain if plain.isalnum() else "".join(filter(str.isalnum, plain))


def search_pieces(name: str, *, person: bool = True) -> set[str]:
    """Everything by whose beginning ``name`` is found. ``person``: the first characters are a surname.

    A surname with a reading of its own is found by the common reading too.
    """
    plain = fold(name)
    found = set(_endings(plain))
    for syllables in _readings(plain, person=person):
        found.update(_endings(syllables))
        found.update(piece for piece in _endings([part[0] for part in syllables]) if len(piece) > 1)
    return found


def search_range(query: str) -> tuple[str, str] | None:
    """``(low, high)`` with low <= piece < high in code-point order (C collation) for what begins with ``query``.

    None where nothing is left to look for.
    """
    low = fold(query)[:LONGEST_PIECE]
    return (low, low[:-1] + _successor(low[-1])) if low else None


def sort_key(name: str, *, person: bool = True) -> str:
    """A text whose code-point order is the order of the pinyin, then of the characters."""
    plain = fold(name)
    syllables = next(iter(_readings(plain, person=person)), ())
    return f"{' '.join(syllables)} {plain}".strip()


def pinyin(name: str, *, person: bool = True) -> tuple[str, ...]:
    """The syllables of ``name``, one for each character; the character itself where it has no reading."""
    return next(iter(_readings(fold(name), person=person)), ())


def _readings(plain: str, *, person: bool) -> Iterator[tuple[str, ...]]:
    """The readings of a folded name, the right one first."""
    if not plain:
        return
    if not person:
        yield _in_context(plain)
        return
    common = tuple(map(_reading, plain))
    surname = _surname(plain)
    yield surname + common[len(surname) :]
    if surname and surname != common[: len(surname)]:
        yield common


def _surname(plain: str) -> tuple[str, ...]:
    """The reading of the surname where it is not the common one."""
    if compound := _COMPOUND_READINGS.get(plain[:2]):
        return compound
    if plain[:2] in COMPOUND_SURNAMES or plain[0] not in SURNAMES:
        return ()
    return (SURNAMES[plain[0]],)


@lru_cache(maxsize=32_768)
def _reading(character: str) -> str:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 -- 0.4 s and 40 MB of dictionaries, for writers only

    return str(lazy_pinyin(character)[0])


def _in_context(text: str) -> tuple[str, ...]:
    """Readings by words, as titles need them: 长 is ``chang`` in 长沙. One for each character."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 -- as above

    found: list[str] = []
    for part in map(str, lazy_pinyin(text, errors=_UNREAD.__add__)):
        found.extend(part[1:] if part.startswith(_UNREAD) else [part])
    return tuple(found)


def _endings(parts: Sequence[str]) -> Iterable[str]:
    whole = "".join(parts)
    start = 0
    for part in parts:
        yield whole[start : start + LONGEST_PIECE]
        start += len(part)


def _successor(character: str) -> str:
    """The next code point that a text can hold; surrogates are none."""
    following = ord(character) + 1
    return chr(0xE000 if following == 0xD800 else following)
