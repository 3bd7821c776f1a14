"""How a value reads on a screen: one spelling of numbers, money, dates and of what is missing.

Pure functions on plain values. Missing is never 0: a register's empty cell reads 未填报, a ledger's
reads —. Rounding is half-up, as the state's statistics round, never the banker's rounding of Python.
"""

from __future__ import annotations

from collections.abc import Mapping, Sized
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from linzhan.kernel.periods import PeriodFault, parse_period

HERE = ZoneInfo("Asia/Shanghai")
DASH = "—"
MINUS = "\N{MINUS SIGN}"
TEN_THOUSAND = Decimal(10_000)
HUNDRED_MILLION = Decimal(100_000_000)


def decimal(value: object) -> Decimal | None:
    """The exact number that *value* stands for; None for what is missing or not a number."""
    if value is None or isinstance(value, bool) or value == "":
        return None
    try:
        result = Decimal(str(value))
    except InvalidOperation:
        return None
    return result if result.is_finite() else None


def rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def number(value: object, places: int | None = None) -> str:
    """``1234.5`` → ``1,234.5``; *places* fixes the decimals; without it trailing zeros are dropped."""
    exact = decimal(value)
    if exact is None:
        return DASH
    if places is not None:
        return f"{rounded(exact, places):,f}"
    text = f"{exact:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(value: object, places: int = 2) -> str:
    """A percentage already between 0 and 100: ``87.5`` → ``87.50%``."""
    return DASH if decimal(value) is None else f"{number(value, places)}%"


def money(value: object) -> str:
    """Yuan as a ledger writes them: ``75,400.00 元``."""
    return DASH if decimal(value) is None else _("%(amount)s 元") % {"amount": number(value, 2)}


def money_short(value: object) -> str:
    """Yuan as an overview writes them: ``7.54 万元``, ``1.20 亿元``; below 10,000 exactly."""
    exact = decimal(value)
    if exact is None:
        return DASH
    if abs(rounded(exact, 2)) < TEN_THOUSAND:
        return money(exact)
    in_ten_thousands = rounded(exact / TEN_THOUSAND, 2)
    if abs(in_ten_thousands) < TEN_THOUSAND:
        return _("%(amount)s 万元") % {"amount": number(in_ten_thousands, 2)}
    return _("%(amount)s 亿元") % {"amount": number(exact / HUNDRED_MILLION, 2)}


def day(value: object) -> str:
    """``2021-06-05`` of a date or of a moment in local time."""
    if isinstance(value, datetime):
        return local(value).date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if value else DASH


def month(value: object) -> str:
    return day(value)[:7] if value else DASH


def period(value: object) -> str:
    """``2021Q3`` as people say it: ``2021年第3季度``; what is no period stays as it was written."""
    if not value:
        return DASH
    try:
        return parse_period(str(value)).label
    except PeriodFault:
        return str(value)


def moment(value: object) -> str:
    """``2021-06-05 09:30`` in local time; a plain date stays a date."""
    if isinstance(value, datetime):
        return local(value).strftime("%Y-%m-%d %H:%M")
    return day(value)


def local(value: datetime) -> datetime:
    return value.astimezone(HERE) if value.tzinfo else value


def duration(value: object) -> str:
    """Minutes or a timedelta in words: ``90`` → ``1 小时 30 分``."""
    minutes = round(value.total_seconds() / 60) if isinstance(value, timedelta) else decimal(value)
    if minutes is None:
        return DASH
    hours, rest = divmod(int(minutes), 60)
    parts = [_("%(n)d 小时") % {"n": hours}] if hours else []
    if rest or not hours:
        parts.append(_("%(n)d 分") % {"n": rest})
    return " ".join(parts)


def yes_no(value: object) -> str:
    return {True: _("是"), False: _("否")}.get(value, "") if isinstance(value, bool) else stated(value)


def signed(value: object, places: int | None = None) -> str:
    """A difference with its sign: ``+3``, ``−2``; none is 持平."""
    exact = decimal(value)
    if exact is None:
        return DASH
    if rounded(exact, 2 if places is None else places) == 0:
        return _("持平")
    return ("+" if exact > 0 else MINUS) + number(abs(exact), places)


def stated(value: object) -> str:
    """The value itself, or 未填报 where a person should have stated it and has not."""
    if value is None or (isinstance(value, Sized) and len(value) == 0):
        return _("未填报")
    if isinstance(value, (list, tuple, set, frozenset)):
        return "、".join(str(item) for item in value)
    return moment(value) if isinstance(value, date) else str(value)  # whatever kind a page calls it


def several(value: object) -> str:
    if isinstance(value, datetime):
        return moment(value)  # nobody reads fractions of a second
    return DASH if value is None or (isinstance(value, Sized) and len(value) == 0) else stated(value)


FORMATS = {
    "text": several,
    "code": several,
    "integer": number,
    "number": number,
    "decimal": number,
    "money": money,
    "amount": lambda value: number(value, 2),
    "money_short": money_short,
    "percent": percent,
    "date": day,
    "month": month,
    "period": period,
    "time": moment,
    "moment": moment,
    "yes_no": yes_no,
    "duration": duration,
}
RIGHT = frozenset({"integer", "number", "decimal", "money", "amount", "money_short", "percent", "duration"})
TIGHT = frozenset(
    {"code", "date", "month", "period", "time", "moment", "year", "phone", "uscc", "status", "severity"}
)


def shown(value: object, kind: str = "text") -> str:
    """*value* spelled as its *kind* (the kinds of ``Column.kind`` and those of ``FORMATS``)."""
    return FORMATS.get(kind, several)(value)


def exact_money(value: object, kind: str) -> str:
    """What stands behind a shortened amount, for the pointer; empty where nothing was shortened."""
    return money(value) if kind == "money_short" and decimal(value) is not None else ""


def alignment(kind: str) -> str:
    """The CSS class of a column: figures to the right, codes and dates unbroken, words to the left."""
    if kind in RIGHT:
        return "num"
    return "tight" if kind in TIGHT else "text"


def heat_levels(values: Mapping[str, Decimal | None], classes: int = 6) -> dict[str, int | None]:
    """Each key's colour class 0…classes−1 in equal steps between least and greatest; None stays None.

    Equal values share a class; where all are equal every one is in the middle class.
    """
    known = [value for value in values.values() if value is not None]
    if not known:
        return dict.fromkeys(values)
    least, span = min(known), max(known) - min(known)

    def level(value: Decimal) -> int:
        return classes // 2 if span == 0 else min(classes - 1, int((value - least) / span * classes))

    return {key: None if value is None else level(value) for key, value in values.items()}
