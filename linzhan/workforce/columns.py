"""Columns that the workforce's own registers share: whom a row is about, for which project."""

from __future__ import annotations

from linzhan.kernel.sheets.columns import Column, Kind, Level
from linzhan.kernel.sheets.making import IDENTITY_ALIASES, reference


def worker_column(
    header: str = "社工证件号", *, name: str = "worker", required: bool = True, hint: str = ""
) -> Column:
    """One worker of the register, by identity number."""
    return Column(
        name=name,
        header=header,
        kind=Kind.REFERENCE,
        refers_to="社工",
        aliases=IDENTITY_ALIASES,
        required=required,
        level=Level.L4,
        help=hint or "社工的证件号码，须已在“社工”中登记",
    )


def workers_column(header: str, hint: str = "") -> Column:
    """Several workers."""
    return Column(
        name="workers",
        header=header,
        kind=Kind.REFERENCE,
        refers_to="社工",
        several=True,
        aliases=IDENTITY_ALIASES,
        required=True,
        level=Level.L4,
        help=hint or "社工的证件号码，可填多个，用分号或顿号隔开",
    )


def project_column(*, required: bool = False, hint: str = "") -> Column:
    """A project of the desk of purchases, which stands above: here it is an id and what the register calls it."""
    return reference("project", "项目编号", "项目", required=required, hint=hint or "购买服务项目的编号")


def whole(name: str, header: str, low: int, high: int, *, unit: str = "", hint: str = "") -> Column:
    """A whole number within limits, that must be stated."""
    return Column(
        name=name,
        header=header,
        kind=Kind.INTEGER,
        required=True,
        minimum=low,
        maximum=high,
        unit=unit,
        help=hint,
    )


def year(*, key: bool = False, required: bool = True) -> Column:
    return Column(name="year", header="年度", kind=Kind.YEAR, required=required, key=key, aliases=("年份",))


def coded(header: str, prefix: str = "") -> Column:
    """The key of a register that numbers its rows itself where nobody does."""
    return Column(
        name="code",
        header=header,
        kind=Kind.CODE,
        required=True,
        key=True,
        max_length=64,
        help=f"不填时自动编号（{prefix}-…）" if prefix else "本县内不重复",
    )
