"""Numbers that identify persons and organisations: ID cards (GB 11643) and social credit codes (GB 32100).

The region part of an ID card is not checked: divisions are renamed and abolished while the number
stays. So the fictional prefix 99 of demo and test data passes like any other, and so do the
residence permits of Hong Kong (81), Macau (82) and Taiwan (83), which share the arithmetic.
No message repeats a number: messages end up in error workbooks and logs.
"""

from __future__ import annotations

import unicodedata
from datetime import date
from functools import lru_cache
from operator import mul
from typing import Final, Literal

Sex = Literal["男", "女"]

FICTIONAL_PREFIX: Final = "99"
RESIDENCE_PERMIT_PREFIXES: Final = ("81", "82", "83")
EARLIEST_BIRTH_YEAR: Final = 1850

_ID_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS: Final = "10X98765432"

_USCC_ALPHABET: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_VALUES: Final = {character: value for value, character in enumerate(_USCC_ALPHABET)}
_USCC_WEIGHTS: Final = tuple(pow(3, position, 31) for position in range(17))
_LOOKALIKES: Final = {"I": "1", "O": "0", "S": "5", "V": "U 或 Y", "Z": "2"}

_ORGANISATION_WEIGHTS: Final = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION_VALUES: Final = {c: v for v, c in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}

_DROPPED: Final = {ord(c): None for c in " \t\r\n\u00a0\u200b\u200c\u200d\u2060\ufeff'\u2018\u2019`"}
_AS_TEXT: Final = "请把这一列设为文本格式，再对照证件重新填写"


def normalise_identity(text: str) -> str:
    """``text`` half-width, in capitals, without spaces, invisible characters and quotes."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return text.translate(_DROPPED).upper()


def normalise_uscc(text: str) -> str:
    """As :func:`normalise_identity`, and without hyphens, which some registers print between the groups."""
    return normalise_identity(text).replace("-", "")


def identity_fault(number: str, *, on: date | None = None) -> str | None:
    """What is wrong with a normalised 18-character number, and what to do, in Chinese; None when it is right.

    Checks length, digits, birth date and check digit (GB 11643; ``contract/workbook.md``). A birth
    later than ``on`` is a fault too, where a day is given.
    """
    if len(number) != 18:
        return _length_fault(number)
    body = number[:17]
    if not (body.isascii() and body.isdigit()):
        return _digit_fault(number)
    birth_sum, birth = _birth_part(number[6:14])
    if birth is None:
        return f"第 7—14 位不是有效的出生日期（{_spelled(number[6:14])}），请对照证件核对"
    right = _ID_CHECKS[(_region_sum(number[:6]) + birth_sum + _order_sum(number[14:17])) % 11]
    if number[17] != right:
        return _check_fault(number, right)
    if on is not None and birth > on:
        return f"出生日期 {birth.isoformat()} 晚于 {on.isoformat()}，请对照证件核对"
    return None


def residence_permit_fault(number: str, *, on: date | None = None) -> str | None:
    """As :func:`identity_fault`, for a residence permit of Hong Kong, Macau or Taiwan (prefix 81, 82, 83)."""
    fault = identity_fault(number, on=on)
    if fault is None and not is_residence_permit(number):
        return "港澳台居民居住证号码以 81（香港）、82（澳门）或 83（台湾）开头，请核对证件类型和号码"
    return fault


def is_residence_permit(number: str) -> bool:
    """Whether ``number`` begins like a residence permit of Hong Kong, Macau or Taiwan."""
    return number[:2] in RESIDENCE_PERMIT_PREFIXES


def birth_date(number: str) -> date | None:
    """The birth date that a right number states; None where the number is not one (a passport, say)."""
    return _birth_part(number[6:14])[1] if identity_fault(number) is None else None


def sex(number: str) -> Sex | None:
    """The sex that a right number states (17th digit odd: 男); None where the number is not one."""
    if identity_fault(number) is not None:
        return None
    return "男" if int(number[16]) % 2 else "女"


def age(birth: date, on: date) -> int:
    """Completed years on ``on``; a birthday of 29 February falls on 1 March in other years. Not below 0."""
    return max(0, on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day)))


def identity_check(body: str) -> str:
    """The check character for the first 17 digits of an ID card number."""
    return _ID_CHECKS[sum(map(mul, _ID_WEIGHTS, map(int, body))) % 11]


def uscc_fault(code: str) -> str | None:
    """What is wrong with a normalised social credit code (GB 32100), in Chinese; None when it is right."""
    if len(code) != 18:
        return _uscc_length_fault(code)
    try:
        values = list(map(_USCC_VALUES.__getitem__, code))
    except KeyError as unknown:
        return _uscc_alphabet_fault(code, str(unknown.args[0]))
    right = -sum(map(mul, _USCC_WEIGHTS, values)) % 31
    if values[17] != right:
        return f"校验码不对：按前 17 位推算，末位应为 {_USCC_ALPHABET[right]}；请对照登记证书核对全部 18 位"
    return None


def uscc_check(body: str) -> str:
    """The check character for the first 17 characters of a social credit code."""
    values = [_USCC_VALUES[character] for character in body]
    return _USCC_ALPHABET[-sum(map(mul, _USCC_WEIGHTS, values)) % 31]


def fictional_identity(birth: date, sex: Sex, seq: int = 1) -> str:
    """A right number of nobody, for demo and tests: province 99, which does not exist.

    ``seq`` counts the persons of one birthday and sex from 1; different values give different numbers
    (up to 4,900,000 of them, the surplus running over into the county digits).
    """
    if seq < 1:
        raise ValueError("seq counts from 1")
    county, place = divmod(seq - 1, 499)
    if county > 9898:
        raise ValueError("no fictional number is left for this birthday")
    order = 2 * place + (1 if sex == "男" else 2)
    body = f"{FICTIONAL_PREFIX}{county + 101:04d}{birth:%Y%m%d}{order:03d}"
    return body + identity_check(body)


def fictional_uscc(seq: int = 1, *, kind: str = "52") -> str:
    """A right code of no organisation: region 99. ``kind``: 52 social service agency, 51, 53, 91, 12 …"""
    if not 0 <= seq < 10**6:
        raise ValueError("seq has at most six digits")
    organisation = f"MJ{seq:06d}"
    weighed = sum(map(mul, _ORGANISATION_WEIGHTS, map(_ORGANISATION_VALUES.__getitem__, organisation)))
    body = f"{kind}{FICTIONAL_PREFIX}0101{organisation}{'0123456789X'[-weighed % 11]}"
    return body + uscc_check(body)


@lru_cache(maxsize=16_384)
def _region_sum(digits: str) -> int:
    return sum(map(mul, _ID_WEIGHTS, map(int, digits)))


@lru_cache(maxsize=1_000)
def _order_sum(digits: str) -> int:
    return sum(map(mul, _ID_WEIGHTS[14:], map(int, digits)))


@lru_cache(maxsize=65_536)
def _birth_part(digits: str) -> tuple[int, date | None]:
    """The weighed sum of the birth digits, and the day they state if there is such a day."""
    try:
        day = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return 0, None
    weighed = sum(map(mul, _ID_WEIGHTS[6:], map(int, digits)))
    return weighed, day if day.year >= EARLIEST_BIRTH_YEAR else None


def _spelled(digits: str) -> str:
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"


def _length_fault(number: str) -> str:
    if "*" in number:
        return "号码被遮盖了一部分，请填写完整号码，或留空表示未填报"
    if "." in number or "E+" in number:
        return f"号码被当作数字保存，后几位已经丢失；{_AS_TEXT}"
    if len(number) == 15 and number.isdigit():
        return "这是 15 位的旧号码，请填写 18 位号码"
    return f"号码应为 18 位，现为 {len(number)} 位，请对照证件核对"


def _digit_fault(number: str) -> str:
    if "*" in number or "." in number or "E+" in number:
        return _length_fault(number)
    place = next(i for i, c in enumerate(number, 1) if not (c.isascii() and c.isdigit()))
    return f"第 {place} 位“{number[place - 1]}”不是数字，前 17 位都应为数字，请对照证件核对"


def _check_fault(number: str, right: str) -> str:
    if number.endswith("000"):
        return f"末三位是 000 且校验码不对，号码很可能曾被表格当作数字保存；{_AS_TEXT}"
    return f"校验码不对：按前 17 位推算，末位应为 {right}；请对照证件核对全部 18 位"


def _uscc_length_fault(code: str) -> str:
    if "." in code or "E+" in code:
        return "代码被当作数字保存，后几位已经丢失；请把这一列设为文本格式，再对照登记证书重新填写"
    return f"统一社会信用代码应为 18 位，现为 {len(code)} 位，请对照登记证书核对"


def _uscc_alphabet_fault(code: str, character: str) -> str:
    place = code.index(character) + 1
    if character in _LOOKALIKES:
        return f"第 {place} 位是字母 {character}，代码中不用这个字母，请核对是否为 {_LOOKALIKES[character]}"
    return f"第 {place} 位“{character}”不是代码可用的字符（数字和除 I、O、S、V、Z 以外的大写字母）"
