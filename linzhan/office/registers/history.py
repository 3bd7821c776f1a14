"""The history of one row for people: dated states as a timeline, changes with before and after.

Table columns become the headers of the sheet, codes become names, ids become what they stand for, and
personal values stay masked: the history is no way around a mask.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from linzhan.kernel.audit import Change, changes_of
from linzhan.kernel.registers.attributes import SECRET_KINDS, attributes
from linzhan.kernel.registers.confiding import without_hidden
from linzhan.kernel.registers.declare import Register, by_sheet, sheets_of_subject
from linzhan.kernel.registers.reading import Referred, look_up, masked
from linzhan.kernel.registers.states import OWN
from linzhan.kernel.sheets.columns import Column, Kind
from linzhan.office.parts import Difference, Edit, Happening
from linzhan.office.regions.names import paths_of
from linzhan.office.registers.naming import heading
from linzhan.office.registers.showing import PERSONAL, is_masked_value, kind_of, labels, referred_text

SHOWN = 100
WORDS = {"created": "登记", "removed": "删除", "changed": "修改"}


class Speller:
    """Spells stored values of a register's table columns; asks once for all names that ``row``, as read, lacks."""

    def __init__(self, register: Register, values: Iterable[tuple[str, Any]], row: Mapping[str, Any]) -> None:
        self.columns = {name: column for column in register.sheet.columns for name in attributes(column)}
        pairs = [(name, value) for name, value in values if value not in (None, "")]
        self.paths = paths_of(str(value) for name, value in pairs if self._is_region(name))
        known = [each for value in row.values() for each in (value if isinstance(value, list) else [value])]
        self.referred = {str(each.id): each for each in known if isinstance(each, Referred)}
        for sheet, ids in self._wanted(pairs).items():
            missing = [each for each in ids if str(each) not in self.referred]
            self.referred |= {str(key): found for key, found in look_up(by_sheet(sheet), missing).items()}

    def _is_region(self, name: str) -> bool:
        column = self.columns.get(name)
        return name.endswith("region_code") or (column is not None and column.kind is Kind.REGION)

    def _wanted(self, pairs: Iterable[tuple[str, Any]]) -> dict[str, set[UUID]]:
        wanted: dict[str, set[UUID]] = {}
        for name, value in pairs:
            column = self.columns.get(name)
            if column is None or not name.endswith("_id"):
                continue
            sheets = [column.refers_to]
            if column.refers_to.startswith("?"):
                sheets = [sheet for sheet in sheets_of_subject(column.refers_to[1:]).values() if sheet]
            for sheet in sheets:
                wanted.setdefault(sheet, set()).add(UUID(str(value)))
        return wanted

    def column(self, name: str) -> Column | None:
        """The sheet's column kept in the table column ``name``; None for what is the platform's own."""
        column = self.columns.get(name)
        return None if column is None or name.endswith("_sealed") else column

    def text(self, name: str, value: Any) -> Any:
        column = self.columns[name]
        if value in (None, "", []):
            return None
        if column.kind in SECRET_KINDS:
            return "***"
        if self._is_region(name):
            return self.paths.get(str(value), str(value)).replace("/", " / ")
        if name.endswith("_id"):
            found = self.referred.get(str(value))
            return referred_text(found) if found else _("（不在您的范围内）")
        if column.refers_to.startswith("@"):
            return labels(column, without_hidden(column, value)) or None
        hidden = masked(column, value) if column.level in PERSONAL else value
        return (
            hidden
            if is_masked_value(column, hidden) or not isinstance(hidden, bool)
            else (_("是") if hidden else _("否"))
        )


def edits(register: Register, row: Mapping[str, Any]) -> list[Edit]:
    """The recorded changes of ``row``, newest first, one entry per act."""
    changes = list(changes_of(register.model._meta.db_table, str(row["id"]), limit=SHOWN))
    speller = Speller(register, ((c.column, v) for c in changes for v in (c.before, c.after)), row)
    acts = groupby(changes, key=lambda change: (change.at, change.who, change.origin, change.action))
    return [
        Edit(
            when=at, by=who, what=f"{WORDS.get(action, action)} · {origin}" if origin else WORDS.get(action, action),
            differences=_differences(list(of_act), speller),
        )
        for (at, who, origin, action), of_act in acts
    ]  # fmt: skip


def _differences(changes: Sequence[Change], speller: Speller) -> list[Difference]:
    found = []
    for change in changes:
        column = speller.column(change.column)
        if column is not None:
            before, after = (speller.text(change.column, value) for value in (change.before, change.after))
            found.append(Difference(label=heading(column), before=before, after=after, kind=kind_of(column)))
    return found


def states(register: Register, row: Mapping[str, Any]) -> list[Happening]:
    """What held from when to when, newest first, each with what changed against the one before."""
    if register.states is None:
        return []
    ordered = register.states._default_manager.filter(subject_id=row["id"]).order_by(
        models.F("valid_from").asc(nulls_first=True)
    )
    rows = list(ordered.values())
    speller = Speller(register, (pair for state in rows for pair in state.items()), row)
    happenings = [_state(state, rows[at - 1] if at else None, speller) for at, state in enumerate(rows)]
    return happenings[::-1]


def _state(row: Mapping[str, Any], before: Mapping[str, Any] | None, speller: Speller) -> Happening:
    names = [n for n in row if n not in OWN and speller.column(n) and (before is None or row[n] != before[n])]
    texts = []
    for name in names:
        column, value = speller.column(name), speller.text(name, row[name])
        if column is not None and not (before is None and value is None):
            texts.append(f"{heading(column)}：{_flat(value)}")
    until = _("至 %(day)s") % {"day": row["valid_to"]} if row["valid_to"] else _("至今")
    return Happening(
        when=row["valid_from"] or _("起初"),
        title=until,
        body="；".join(texts) or _("没有变化"),
        icon="calendar" if row["valid_to"] else "check",
        tone="off" if row["valid_to"] else "good",
    )


def _flat(value: Any) -> str:
    if value is None:
        return _("未填报")
    return "、".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
