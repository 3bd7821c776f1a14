"""Columns and registers of money in short."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from linzhan.kernel.registers.declare import Register, register
from linzhan.kernel.sheets.columns import Column, Kind, Sheet
from linzhan.kernel.sheets.making import CODE_LENGTH, choice, reference
from linzhan.procurement.enums import FundLevel, Source

PROJECT = reference("project", "项目编号", "项目", required=True, hint="哪个购买服务项目")
MAYBE_PROJECT = reference("project", "项目编号", "项目", hint="属于哪个购买服务项目；没有就留空")


def listed(choices: Any) -> str:
    return "/".join(choices.values)


def source(*, required: bool = True) -> Column:
    return choice("source", "资金来源", listed(Source), "来源", required=required)


def level(*, required: bool = False) -> Column:
    return choice("fund_level", "资金级次", listed(FundLevel), "级次", required=required)


def year(hint: str = "") -> Column:
    return Column(name="year", header="年度", kind=Kind.YEAR, required=True, aliases=("年份",), help=hint)


def stage(choices: Any) -> Column:
    return choice("stage", "状态", listed(choices))


def voucher() -> Column:
    return Column(
        name="voucher", header="凭证号", kind=Kind.CODE, aliases=("凭证编号",), max_length=CODE_LENGTH
    )


def told_of(
    key: str,
    name: str,
    columns: tuple[Column, ...],
    *,
    model: Any,
    rights: tuple[str, str],
    numbered: str = "",
    place: tuple[str, ...] = ("project",),
    listed: tuple[str, ...],
    filters: tuple[str, ...] = (),
    **more: Any,
) -> Register:
    """Register a sheet of money that the starter workbook does not have."""
    view, edit = rights
    searched: tuple[str, ...] = ("code",) if any(c.name == "code" for c in columns) else ()
    defaults: dict[str, Any] = {"title": "code", "nav": "资金", "searched": searched}
    return register(
        Register(
            key=key,
            sheet=Sheet(name=name, by_headers=False, columns=columns),
            model=model,
            place=place,
            view=view,
            edit=edit,
            numbered=numbered,
            listed=listed,
            filters=filters,
            starter=False,
            **{**defaults, **more},
        )
    )


Hook = Callable[..., Any]
