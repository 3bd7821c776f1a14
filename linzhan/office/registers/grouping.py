"""Columns of a register by the question they answer: the same groups in the form and in the file."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from linzhan.kernel.registers.declare import Register
from linzhan.kernel.sheets.columns import Column, Kind

ABOUT_PLACE = frozenset({"address", "longitude", "latitude", "place"})
ABOUT_CONTACT = frozenset({"phone", "guardian", "guardian_phone", "contact", "head", "legal_representative"})
LONG = frozenset({"content", "problems", "summary", "activity_content", "service_content"})


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    columns: tuple[Column, ...]


GROUPS = (
    ("what", _("基本信息")),
    ("where", _("归属与地点")),
    ("who", _("联系人")),
    ("numbers", _("数量与金额")),
    ("checks", _("逐项核对")),
)


def groups(register: Register) -> list[Group]:
    """Groups that hold a column, in order; the columns keep the order of the sheet."""
    sorted_in: dict[str, list[Column]] = {key: [] for key, _title in GROUPS}
    checks = sum(column.kind is Kind.YES_NO for column in register.sheet.columns)
    for column in register.sheet.columns:
        sorted_in[_question(column, many_checks=checks > 2)].append(column)
    return [Group(str(title), tuple(sorted_in[key])) for key, title in GROUPS if sorted_in[key]]


def _question(column: Column, *, many_checks: bool) -> str:
    if column.kind is Kind.YES_NO and many_checks:
        return "checks"
    if column.kind is Kind.REGION or column.name in ABOUT_PLACE or _refers_to_rows(column):
        return "where"
    if column.kind is Kind.PHONE or column.name in ABOUT_CONTACT:
        return "who"
    if column.kind in (Kind.INTEGER, Kind.DECIMAL, Kind.MONEY):
        return "numbers"
    return "what"


def _refers_to_rows(column: Column) -> bool:
    return column.kind is Kind.REFERENCE and not column.refers_to.startswith("@")


def is_long(column: Column) -> bool:
    """A text of several lines."""
    return column.kind is Kind.TEXT and (column.max_length == 0 or column.name in LONG)
