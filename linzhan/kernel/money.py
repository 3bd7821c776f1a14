"""Money: decimal yuan with two places, rounded half up, and the ways people write it."""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext
from typing import Final

FEN: Final = Decimal("0.01")
LARGEST: Final = Decimal("9999999999999999.99")  # what numeric(18, 2) holds
MISSING: Final = "—"

_UNITS: Final = {"": Decimal(1), "万": Decimal(10**4), "亿": Decimal(10**8)}
_WRITTEN: Final = re.compile(r"¥?([+-]?)¥?(\d{1,3}(?:,\d{3})+|\d+)(\.\d*)?(万|亿)?元?", re.ASCII)
_SPACES: Final = re.compile(r"\s+")


class MoneyFault(ValueError):
    """A value that is no amount of yuan; the message is Chinese."""


def half_up(value: Decimal, places: int = 2) -> Decimal:
    """``value`` rounded to ``places`` decimals, halves away from zero."""
    with localcontext() as context:
        context.prec = 60
        return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def yuan(value: Decimal | float | str) -> Decimal:
    """``value`` as yuan with two places, rounded half up.

    A float counts as its shortest decimal form, so that a spreadsheet's 0.145 becomes 0.15.
    :class:`MoneyFault` for what is no finite number or needs more than 16 digits before the point.
    """
    try:
        number = Decimal(repr(value) if isinstance(value, float) else value)
    except InvalidOperation:
        raise MoneyFault(f"“{value}”不是金额") from None
    if not number.is_finite():
        raise MoneyFault(f"“{value}”不是金额")
    if abs(number) > LARGEST:
        raise MoneyFault(f"金额 {value} 过大，请核对单位是否为元")
    return half_up(number)


def parse_yuan(text: str) -> Decimal:
    """The yuan written in ``text``: ``1,234.50``, ``12.5万``, ``¥3 000元``, full-width too.

    More than two decimals is a fault, not something to round away: one written amount, one value.
    """
    plain = _SPACES.sub("", unicodedata.normalize("NFKC", text))
    match = _WRITTEN.fullmatch(plain)
    if match is None:
        raise MoneyFault(f"“{text.strip()}”不是金额，应为以元计的数字，如 1234.50、1,234.50 或 12.5万")
    sign, whole, decimals, unit = match.groups()
    exact = Decimal(f"{sign}{whole.replace(',', '')}{decimals or ''}") * _UNITS[unit or ""]
    amount = yuan(exact)
    if amount != exact:
        raise MoneyFault(f"金额“{text.strip()}”应精确到分，小数点后最多两位")
    return amount


def ledger(amount: Decimal | None) -> str:
    """As ledgers print it: ``75,400.00 元``; ``—`` for what is not known."""
    return MISSING if amount is None else f"{yuan(amount):,} 元"


def overview(amount: Decimal | None) -> str:
    """As overviews print it: ``7.54 万元``; ``—`` for what is not known."""
    return MISSING if amount is None else f"{half_up(amount / 10**4):,} 万元"


def share(part: Decimal | int | None, whole: Decimal | int | None) -> Decimal | None:
    """``part`` as a percentage of ``whole``, unrounded; None where either is unknown or ``whole`` is 0."""
    if part is None or not whole:
        return None
    return Decimal(part) * 100 / Decimal(whole)


def percent(value: Decimal | None) -> str:
    """A percentage as printed: ``12.35%``; ``—`` for what is not known."""
    return MISSING if value is None else f"{half_up(value)}%"
