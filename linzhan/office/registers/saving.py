"""A form into a register: through the same engine as a workbook, with a look at who was faster.

The page carries a seal of every field as it was shown. A row that somebody else changed meanwhile is
not overwritten: the form comes back with both values, and only a second, knowing save goes through.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from linzhan.kernel.registers.attributes import compared
from linzhan.kernel.registers.batch import Incoming, Outcome
from linzhan.kernel.registers.declare import Register
from linzhan.kernel.registers.entering import stamps
from linzhan.kernel.registers.reading import Referred, cell, records
from linzhan.kernel.registers.writing import save
from linzhan.kernel.sheets.cells import MISSING
from linzhan.kernel.sheets.columns import Column
from linzhan.kernel.sheets.rowchecks import check_rows
from linzhan.office.registers.forms import Sheetful

SEAL = 8  # hexadecimal digits of one field's seal


def version(register: Register, rows: models.QuerySet[Any], row: Mapping[str, Any]) -> str:
    """Seals of all columns of a stored row, in the order of the sheet."""
    names = [name for column in register.sheet.columns for name in compared(column)]
    stored = rows.values(*names).get()
    return ".".join(_seal(column, stored, row) for column in register.sheet.columns)


def _seal(column: Column, stored: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    names = compared(column)
    kept = [stored[name] for name in names] if names else sorted(str(each.id) for each in row[column.name])
    text = f"{row['id']}|{column.name}|{kept!r}"
    return salted_hmac("linzhan.office.version", text).hexdigest()[:SEAL]


def changed_meanwhile(register: Register, seen: str, now: str) -> list[Column]:
    """The columns whose seals differ; all of them where the page's version is not one."""
    before, after = seen.split("."), now.split(".")
    if len(before) != len(after):
        return list(register.sheet.columns)
    return [c for c, a, b in zip(register.sheet.columns, before, after, strict=True) if a != b]


def written(register: Register, stated: Mapping[str, Any], row_id: UUID | None = None) -> Outcome:
    """Write one row. Of a stored one the key and required values that are not stated stay as they are."""
    values = _completed(register, row_id) if row_id is not None else stamps(register)
    values |= stated
    incoming = Incoming.of(register, [values])
    hidden = {name: {0} for name, column in incoming.columns.items() if column[0] is MISSING}
    check_rows(register.sheet, incoming.columns, 1, {} if row_id is None else hidden)
    return save([incoming])[0]


def _completed(register: Register, row_id: UUID) -> dict[str, Any]:
    rows = register.model._default_manager.filter(pk=row_id)
    row = next(iter(records(register, rows, register.sheet.required, whole=True)))
    given = {column.name: cell(row[column.name]) for column in register.sheet.required}
    return {name: value for name, value in given.items() if value is not None}


def take_faults(register: Register, form: Sheetful, outcome: Outcome) -> list[str]:
    """Put the faults of the one row at their fields; what belongs to no field is answered."""
    by_header = {column.header: column.name for column in register.sheet.columns}
    rest = []
    for fault in outcome.faults.get(1, []):
        name = by_header.get(fault.column)
        if name is None:
            rest.append(fault.message)
        elif name not in form.errors:
            form.errors[name] = fault.message
    return rest


def note_conflicts(form: Sheetful, now: Sheetful, columns: list[Column]) -> None:
    """Say at each field what somebody else has put there meanwhile."""
    for column in columns:
        theirs = now.displays.get(column.name) or _spelled(
            now.picked.get(column.name) or now.texts.get(column.name)
        )
        form.errors[column.name] = _(
            "别人刚把这里改成了“%(theirs)s”；您填的保留在上面，再次保存即以您的为准"
        ) % {"theirs": theirs or _("空白")}


def _spelled(value: Any) -> str:
    if isinstance(value, Referred):
        return value.title
    if isinstance(value, list):
        return "、".join(each[1] if isinstance(each, tuple) else str(each) for each in value)
    return "" if value is None else str(value)
