"""What of a person's data is shown to whom: masks, and who sees them instead of the value (§19.2).

Masks keep just enough to recognise a person one knows already. A masked cell that comes back in an
import says nothing (``contract/workbook.md``), so every mask is recognised by :func:`is_masked`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from linzhan.kernel.identity import age
from linzhan.kernel.names import COMPOUND_SURNAMES
from linzhan.kernel.sheets.columns import Level

HIDDEN: Final = "***"


class Mask(StrEnum):
    """The ways of masking."""

    NAME = "name"
    IDENTITY = "identity"
    PHONE = "phone"
    ADDRESS = "address"
    BANK = "bank"
    BIRTH = "birth"
    ALL = "all"


class Showing(StrEnum):
    """How a field is shown to a reader."""

    CLEAR = "clear"
    MASKED = "masked"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Clearance:
    """What a role sees within one's scope: levels up to ``clear`` as they are, up to ``masked`` masked.

    The county, say, is ``Clearance(Level.L2, Level.L3)``. What lies above ``masked`` is hidden.
    """

    clear: Level
    masked: Level

    def __post_init__(self) -> None:
        if self.masked < self.clear:
            raise ValueError("what is clear cannot be less than what is masked")

    def showing(self, level: Level, *, purpose: str = "") -> Showing:
        """How a field of ``level`` is shown. A reveal for a stated ``purpose`` lifts the mask and no more:
        what is hidden stays hidden. Recording the purpose is the caller's duty.
        """
        if level <= self.clear:
            return Showing.CLEAR
        if level <= self.masked:
            return Showing.CLEAR if purpose.strip() else Showing.MASKED
        return Showing.HIDDEN


def shown(
    value: str, *, mask: Mask, level: Level, clearance: Clearance, purpose: str = "", minor: bool = False
) -> str:
    """``value`` as a reader with ``clearance`` gets it. Everything about a minor is of level L4."""
    showing = clearance.showing(Level.L4 if minor else level, purpose=purpose)
    if showing is Showing.CLEAR or not value:
        return value
    return masked(mask, value) if showing is Showing.MASKED else HIDDEN


def masked(mask: Mask, value: str) -> str:
    """``value`` masked in the given way; an empty value stays empty."""
    return _MASKS[mask](value) if value else ""


def mask_name(name: str) -> str:
    """``张*``, ``张*华``; of a compound surname both characters stay: ``欧阳*``, ``欧阳*娜``."""
    name = name.strip()
    if len(name) < 2:
        return "*" * len(name)
    kept = 2 if name[:2] in COMPOUND_SURNAMES and len(name) > 2 else 1
    if len(name) - kept < 2:
        return name[:kept] + "*" * (len(name) - kept)
    return name[:kept] + "*" * (len(name) - kept - 1) + name[-1]


def mask_identity(number: str) -> str:
    """``990***********0019``: three and four characters stay, of shorter documents two and two."""
    number = number.strip()
    if len(number) >= 15:
        return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"
    if len(number) >= 8:
        return f"{number[:2]}{'*' * (len(number) - 4)}{number[-2:]}"
    return "*" * max(3, len(number))


def mask_identities(text: str) -> str:
    """``text`` with every ID card number in it masked; codes that state no birth date stay (a USCC, say)."""
    return _IDENTITY_IN_TEXT.sub(lambda found: mask_identity(found[0]), text)


def mask_phone(phone: str) -> str:
    """``138****5678``; of a shorter number the last two digits stay."""
    digits = "".join(character for character in phone if character.isdigit())
    if len(digits) >= 11:
        return f"{digits[:3]}{'*' * (len(digits) - 7)}{digits[-4:]}"
    return f"{'*' * max(3, len(digits) - 2)}{digits[-2:] if len(digits) > 4 else ''}"


def mask_address(address: str) -> str:
    """The address down to the village or community, then ``***``; without one, down to the township."""
    plain = address.strip()
    for division in _DIVISIONS:
        if match := division.match(plain):
            return match[0] + HIDDEN
    return HIDDEN


def mask_bank(number: str) -> str:
    """``****1234``: the last four digits stay."""
    digits = "".join(character for character in number if character.isdigit())
    return f"****{digits[-4:]}" if len(digits) > 8 else "****"


def mask_birth(birth: date, on: date) -> str:
    """The age on a day in place of the birth date: ``67岁``."""
    return f"{age(birth, on)}岁"


def is_masked(text: str) -> bool:
    """Whether a cell holds a mask rather than a value; such a cell states nothing."""
    return _MASKED.fullmatch(text.strip()) is not None


_MONTH_AND_DAY: Final = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_IDENTITY_IN_TEXT: Final = re.compile(
    rf"(?<![0-9A-Za-z])(?:\d{{6}}(?:18|19|20)\d{{2}}{_MONTH_AND_DAY}\d{{3}}[0-9Xx]"
    rf"|\d{{8}}{_MONTH_AND_DAY}\d{{3}})(?![0-9A-Za-z])"
)
_VILLAGE: Final = "(?:村民委员会|居民委员会|村委会|居委会|社区|嘎查|村)"
_DIVISIONS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:[^0-9*]*?(?:街道|镇|乡|苏木))?[^0-9*]*?{_VILLAGE}",
        r"[^0-9*]*?(?:街道|镇|乡|苏木)",
        r"[^0-9*]*?(?:自治县|县|区|旗|市)",
    )
)
_MASKED: Final = re.compile(
    r"\*+"  # nothing left
    r"|[^\W\d_]{1,2}\*+(?:[^\W\d_])?"  # a name
    r"|[0-9A-Za-z]{0,3}\*{3,}[0-9A-Za-z]{0,4}"  # a number
    r"|[^*]+\*{3}"  # an address
    r"|\d{1,3}岁"  # an age in place of a birth date
)
_MASKS: Final[dict[Mask, Callable[[str], str]]] = {
    Mask.NAME: mask_name,
    Mask.IDENTITY: mask_identity,
    Mask.PHONE: mask_phone,
    Mask.ADDRESS: mask_address,
    Mask.BANK: mask_bank,
    Mask.BIRTH: lambda _: HIDDEN,  # an age needs the day it is counted on: ``mask_birth``
    Mask.ALL: lambda _: HIDDEN,
}
