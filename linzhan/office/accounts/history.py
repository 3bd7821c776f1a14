"""The history of accounts, and of everything: who changed what, from where, before and after (NFR-05)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linzhan.accounts.api import Appointment, User
from linzhan.kernel.audit import AuditEntry
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.sheets.columns import Level
from linzhan.office.accounts.asking import Asked, moments
from linzhan.office.parts import Cell, Difference, Edit, Empty, Pager, Table, TableColumn, TableRow

SHOWN = 100
PAGE = 50
WORDS = {"created": gettext_lazy("新增"), "changed": gettext_lazy("修改"), "removed": gettext_lazy("删除")}
HIDDEN = "***"


@dataclass(frozen=True, slots=True)
class Kept:
    """A table whose history is kept: what it is called, and its fields by column."""

    label: str
    model: type[models.Model]

    def header(self, column: str) -> str:
        field = self._field(column)
        return str(field.verbose_name) if field is not None else column

    def shown(self, column: str, value: Any) -> Any:
        """A value of the history; personal and secret ones stay hidden: the history is no way around a mask."""
        field = self._field(column)
        levels: Mapping[str, Level] = getattr(self.model, "levels", {})
        level = levels.get(field.name, Level.L4) if field is not None else Level.L4
        return value if level in (Level.L1, Level.L2) or value in (None, "") else HIDDEN

    def _field(self, column: str) -> models.Field[Any, Any] | None:
        return next((each for each in self.model._meta.concrete_fields if each.column == column), None)


@cache
def kept_tables() -> dict[str, Kept]:
    """Every table with a history, by its name."""
    names = {entry.model: entry.name for entry in REGISTERS}
    return {
        model._meta.db_table: Kept(names.get(model, str(model._meta.verbose_name)), model)
        for model in apps.get_models()
        if model.__module__.startswith("linzhan.") and getattr(model, "history", True)
    }


def edits_of(user: User, held: Sequence[Appointment]) -> list[Edit]:
    """The changes of an account and of its appointments, newest first."""
    ids = [str(user.pk), *(str(each.pk) for each in held)]
    tables = (User._meta.db_table, Appointment._meta.db_table)
    entries = AuditEntry.objects.filter(row_id__in=ids, table_name__in=tables).order_by("-id")[:SHOWN]
    return [_edit(entry) for entry in entries]


def _edit(entry: AuditEntry) -> Edit:
    kept = kept_tables()[entry.table_name]
    return Edit(
        when=entry.at,
        by=entry.actor_label,
        what=" · ".join(filter(None, (str(WORDS.get(entry.action, entry.action)), kept.label, entry.origin))),
        differences=differences(entry, kept),
    )


def differences(entry: AuditEntry, kept: Kept) -> list[Difference]:
    """Column by column, for a change; a creation keeps no copy, a removal is said and not repeated."""
    if entry.action != "changed":
        return []
    before, after = entry.before or {}, entry.after or {}
    return [
        Difference(
            label=kept.header(column),
            before=kept.shown(column, before.get(column)),
            after=kept.shown(column, after.get(column)),
        )
        for column in sorted({*before, *after})
    ]


def entries(asked: Asked) -> list[AuditEntry]:
    """A page of the history within scope, newest first; one more than shown tells that there is more."""
    found = moments(AuditEntry.objects.all(), asked)
    if asked.before.isascii() and asked.before.isdigit():
        found = found.filter(id__lt=int(asked.before))
    return list(found.order_by("-id")[: PAGE + 1])


def entries_table(found: Sequence[AuditEntry], onward: str) -> Table:
    return Table(
        caption=_("变更记录"),
        columns=[
            TableColumn(key="what", label=_("做了什么"), lead=True),
            TableColumn(key="changes", label=_("改了哪些")),
            TableColumn(key="who", label=_("操作人")),
            TableColumn(key="at", label=_("时间"), kind="time"),
        ],
        rows=[_entry_row(each) for each in found],
        pager=Pager(next_url=onward) if onward else None,
        empty=Empty(title=_("没有符合条件的变更"), body=_("每次登记、修改和删除都会记在这里。")),
    )


def _entry_row(entry: AuditEntry) -> TableRow:
    kept = kept_tables().get(entry.table_name)
    label = kept.label if kept else _("其他台账")
    told = differences(entry, kept) if kept else []
    changed = "；".join(f"{each.label}：{_said(each.before)} → {_said(each.after)}" for each in told[:3])
    rest = len(told) - 3
    return TableRow(
        cells={
            "what": f"{WORDS.get(entry.action, entry.action)}{label}",
            "changes": changed + (_(" 等 %d 项") % len(told) if rest > 0 else ""),
            "who": Cell(value=entry.actor_label, note=entry.origin or ""),
            "at": entry.at,
        },
        url=_row_page(entry),
    )


def _said(value: Any) -> str:
    return _("未填报") if value in (None, "", []) else str(value)


def _row_page(entry: AuditEntry) -> str:
    register = next((each for each in REGISTERS if each.model._meta.db_table == entry.table_name), None)
    return f"/r/{register.key}/{entry.row_id}/history/" if register and entry.action != "removed" else ""
