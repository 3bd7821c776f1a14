"""How a cell is spelled: full-width forms, spaces, masks. Values stay strict, spellings are forgiven.

Two degrees: :func:`tidy` for texts that people read (Chinese punctuation stays), :func:`compact` for
codes, names of a list and headers, where neither width nor spaces carry meaning.
"""

from __future__ import annotations

import re
from typing import Final

CLEAR_WORD: Final = "清空"

_INVISIBLE: Final = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_SPACES: Final = "\u00a0\u2002\u2003\u2007\u2009\u202f\u3000"
_DASHES: Final = "\u2010\u2011\u2012\u2013\u2014\u2212"

_HALF: Final[dict[int, int | None]] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **{ord(space): 0x20 for space in _SPACES},
    **{ord(dash): 0x2D for dash in _DASHES},
    **dict.fromkeys(map(ord, _INVISIBLE)),
}
_READABLE: Final[dict[int, int | None]] = {
    **{
        code: code - 0xFEE0
        for low, high in ("０９", "ＡＺ", "ａｚ")
        for code in range(ord(low), ord(high) + 1)
    },
    **{ord(space): 0x20 for space in _SPACES},
    **dict.fromkeys(map(ord, _INVISIBLE)),
    **dict.fromkeys(code for code in range(0x20) if code not in (0x09, 0x0A)),
    0x7F: None,
}
_ODD: Final = re.compile("[" + "".join(re.escape(chr(code)) for code in _READABLE) + "]")

_HIDDEN: Final = re.compile(r"\*+")
_NAME_MASK: Final = re.compile(r"[\u3400-\u9fff]{1,2}\*+[\u3400-\u9fff]?")
_PERSONAL_MASK: Final = re.compile(r"[^\W\d_]{1,2}\*+[^\W\d_]?|.*\*{2,}")
_NUMBER_MASK: Final = re.compile(r"[0-9A-Za-z+]*\*{2,}[0-9A-Za-z]*")
_AGE_MASK: Final = re.compile(r"\d{1,3}岁")


def half_width(text: str) -> str:
    """``text`` with half-width letters, digits, punctuation, spaces and dashes, invisible characters gone."""
    return text if text.isascii() else text.translate(_HALF)


def compact(text: str) -> str:
    """:func:`half_width` without any white space: the form in which codes, choices and headers compare."""
    return "".join(half_width(text).split())


def tidy(text: str) -> str:
    """A readable text: ends stripped, full-width letters and digits made half-width, control characters gone.

    Line ends become ``\\n``; Chinese punctuation and inner spacing stay.
    """
    if _ODD.search(text) is None:
        return text.strip()
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_READABLE).strip()


def is_blank(text: str) -> bool:
    """Whether a cell's text is nothing but spaces and invisible characters."""
    text = text.strip()
    return not text or (text[0] in _INVISIBLE and not text.translate(_READABLE).strip())


def hidden(text: str) -> bool:
    """``***``: nothing of the value is shown."""
    return _HIDDEN.fullmatch(compact(text)) is not None


def masked_number(text: str) -> bool:
    """``430***********0291``, ``138****5678``, ``****``: a number of which an export hid a part."""
    return _NUMBER_MASK.fullmatch(compact(text)) is not None


def masked_text(text: str, *, personal: bool) -> bool:
    """``张*``, ``张*华``; in personal fields also other scripts and a text cut off by asterisks (``坨院街道***``)."""
    return (_PERSONAL_MASK if personal else _NAME_MASK).fullmatch(compact(text)) is not None


def masked_day(text: str) -> bool:
    """``68岁``: an export shows the age instead of the birth date."""
    return "*" in half_width(text) or _AGE_MASK.fullmatch(compact(text)) is not None


def shown(value: object, limit: int = 30) -> str:
    """``value`` as a message quotes it, shortened."""
    text = " ".join(str(value).split())
    return f"“{text if len(text) <= limit else text[:limit] + '…'}”"
