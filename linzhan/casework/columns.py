"""Columns that several sheets of casework share: whom a row is about, of which record, by which worker."""

from __future__ import annotations

from linzhan.kernel.sheets.columns import Column, Kind, Level
from linzhan.kernel.sheets.making import IDENTITY_ALIASES, reference


def item_column() -> Column:
    """服务事项: an entry of the service menu."""
    return reference("item", "服务事项", "@service-items", hint="服务菜单里的代码或名称，如 B01")


def record_column(*, key: bool = False, required: bool = False, hint: str = "") -> Column:
    """The service record that a row tells more of; ``key``: there is one row for a record."""
    return reference("record", "记录编号", "服务记录", key=key, required=required, hint=hint)


def resident_column(*, required: bool = False, hint: str = "") -> Column:
    """A resident of the register."""
    return Column(
        name="resident",
        header="对象编号",
        kind=Kind.REFERENCE,
        refers_to="服务对象",
        aliases=("服务对象编号",),
        required=required,
        level=Level.L3,
        help=hint,
    )


def worker_column(header: str, *, required: bool = False) -> Column:
    """One social worker, by identity number."""
    return Column(
        name="worker",
        header=header,
        kind=Kind.REFERENCE,
        refers_to="社工",
        aliases=IDENTITY_ALIASES,
        required=required,
        level=Level.L4,
        help="社工的证件号码",
    )
