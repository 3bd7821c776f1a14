"""Short ways to write the columns of a sheet; what a column means stands in ``columns``."""

from __future__ import annotations

from dataclasses import replace

from linzhan.kernel.sheets.columns import Column, Kind, Level, Origin

L2 = Level.L2
CODE_LENGTH = 64
NAME_LENGTH = 200
IDENTITY_ALIASES = ("身份证号", "身份证号码")
"""What lists call a column of identity numbers, besides its own header."""


def beside(column: Column, origin: Origin = Origin.STATED) -> Column:
    """A column that the starter workbook's template does not have."""
    return replace(column, starter=False, origin=origin)


def key(header: str, *aliases: str, hint: str = "") -> Column:
    """The key of a register whose rows are told apart within a county."""
    return Column(
        name="code",
        header=header,
        kind=Kind.CODE,
        required=True,
        key=True,
        aliases=aliases,
        max_length=CODE_LENGTH,
        help=hint or "本县内不重复；再次导入时按它认出同一条记录，请不要改动",
    )


def choice(
    name: str,
    header: str,
    choices: str,
    *aliases: str,
    required: bool = False,
    dated: bool = False,
    level: Level = L2,
    hint: str = "",
) -> Column:
    """One of ``choices``, separated by ``/``."""
    return Column(
        name=name,
        header=header,
        kind=Kind.CHOICE,
        choices=tuple(choices.split("/")),
        aliases=aliases,
        required=required,
        dated=dated,
        level=level,
        help=hint,
    )


def region(
    header: str = "行政区划",
    *aliases: str,
    name: str = "region",
    key: bool = False,
    dated: bool = False,
    level: Level = L2,
    hint: str = "",
) -> Column:
    """A division of the country, by code or by name."""
    return Column(
        name=name,
        header=header,
        kind=Kind.REGION,
        required=True,
        key=key,
        aliases=aliases,
        dated=dated,
        level=level,
        help=hint or "区划代码（6、9 或 12 位），或从唯一的上级写起的名称，如 鹤城区坨院街道",
    )


def yes_no(name: str, header: str, *aliases: str, dated: bool = True, hint: str = "") -> Column:
    """Yes or no; not stated is neither."""
    return Column(name=name, header=header, kind=Kind.YES_NO, aliases=aliases, dated=dated, help=hint)


def day(
    name: str,
    header: str,
    *aliases: str,
    required: bool = False,
    not_before: str = "",
    dated: bool = False,
    level: Level = L2,
    hint: str = "",
) -> Column:
    """A day."""
    return Column(
        name=name,
        header=header,
        kind=Kind.DATE,
        aliases=aliases,
        required=required,
        not_before=not_before,
        dated=dated,
        level=level,
        help=hint,
    )


def period(header: str, hint: str) -> Column:
    """A period that must be stated; kept as ``linzhan.kernel.periods`` writes it, however it was typed."""
    return Column(name="period", header=header, kind=Kind.PERIOD, required=True, max_length=40, help=hint)


def moment(
    name: str, header: str, *aliases: str, required: bool = False, not_before: str = "", hint: str = ""
) -> Column:
    """A day and a time of it, local."""
    return Column(
        name=name,
        header=header,
        kind=Kind.TIME,
        aliases=aliases,
        required=required,
        not_before=not_before,
        help=hint or "日期和时刻，如 2021-06-05 14:30",
    )


def count(
    name: str, header: str, *aliases: str, unit: str = "", dated: bool = False, hint: str = ""
) -> Column:
    """A whole number, not negative."""
    return Column(
        name=name, header=header, kind=Kind.INTEGER, aliases=aliases, unit=unit, dated=dated, help=hint
    )


def money(name: str, header: str, *aliases: str, required: bool = False, hint: str = "") -> Column:
    """Yuan, two decimals, not negative."""
    return Column(
        name=name,
        header=header,
        kind=Kind.MONEY,
        aliases=aliases,
        required=required,
        unit="元",
        minimum=0,
        help=hint,
    )


def hours(name: str, header: str, *aliases: str, unit: str = "小时", hint: str = "") -> Column:
    """A duration."""
    return Column(
        name=name,
        header=header,
        kind=Kind.DECIMAL,
        aliases=aliases,
        required=True,
        unit=unit,
        minimum=0,
        help=hint,
    )


def coordinate(name: str, header: str, limit: int, level: Level) -> Column:
    """Degrees between ``-limit`` and ``limit``."""
    return Column(
        name=name,
        header=header,
        kind=Kind.DECIMAL,
        places=6,
        minimum=-limit,
        maximum=limit,
        level=level,
        help="十进制度数（如 109.974812），只用于在地图上定位，可不填",
    )


def text(
    name: str,
    header: str,
    *aliases: str,
    required: bool = False,
    level: Level = L2,
    dated: bool = False,
    max_length: int = NAME_LENGTH,
    hint: str = "",
) -> Column:
    """One line."""
    return Column(
        name=name,
        header=header,
        aliases=aliases,
        required=required,
        level=level,
        dated=dated,
        max_length=max_length,
        help=hint,
    )


def long_text(
    name: str, header: str, *aliases: str, required: bool = False, level: Level = L2, hint: str = ""
) -> Column:
    """Several lines, of any length."""
    return text(name, header, *aliases, required=required, level=level, max_length=0, hint=hint)


def phone(name: str = "phone", header: str = "联系电话", *aliases: str, level: Level = L2) -> Column:
    """A telephone number."""
    return Column(name=name, header=header, kind=Kind.PHONE, aliases=aliases, level=level, max_length=64)


def texts(
    name: str, header: str, *aliases: str, max_length: int = 100, by_line: bool = False, hint: str = ""
) -> Column:
    """Several short texts in one cell; ``by_line`` where they are sentences."""
    return Column(
        name=name,
        header=header,
        several=True,
        by_line=by_line,
        aliases=aliases,
        max_length=max_length,
        help=hint,
    )


def reference(
    name: str,
    header: str,
    sheet: str,
    *aliases: str,
    key: bool = False,
    required: bool = False,
    dated: bool = False,
    hint: str = "",
) -> Column:
    """A row of another sheet, by its key; or of a closed list (``@name``)."""
    return Column(
        name=name,
        header=header,
        kind=Kind.REFERENCE,
        refers_to=sheet,
        key=key,
        required=required or key,
        aliases=aliases,
        dated=dated,
        help=hint,
    )
