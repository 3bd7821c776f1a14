"""A list as a workbook that can be corrected and imported again (``contract/workbook.md``).

Personal values leave masked; 平台编号 beside every row is the key by which the rows are known when they
come back. A long list is written by a job.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils import timezone

from linzhan.kernel.registers.declare import REGISTERS, Register
from linzhan.kernel.registers.exporting import sheet_of
from linzhan.kernel.registers.reading import Referred, cell, records
from linzhan.kernel.sheets.columns import PLATFORM_ID, Column, Sheet
from linzhan.kernel.sheets.writing import write_sheets
from linzhan.office.home.waiting import Reader
from linzhan.office.registers.asking import Asked, asked
from linzhan.office.registers.listing import matching
from linzhan.office.registers.showing import referred_key

AT_ONCE = 20_000  # rows written while the reader waits
KIND = "registers.export"
Told = Callable[[int], None]
TELL_EVERY = 2_000


def exports() -> Path:
    """Where workbooks made by jobs lie until they are fetched."""
    directory = Path(settings.FILES_ROOT) / "exports"
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    return directory


def is_long(given: Asked) -> bool:
    return matching(given).order_by().values("pk")[: AT_ONCE + 1].count() > AT_ONCE


def export(path: Path, given: Asked, told: Told | None = None) -> int:
    """Write all rows of the list to ``path``; how many they were."""
    register = given.register
    columns = sheet_of(register, matching(given)).columns
    sheet = Sheet(name=register.sheet.name, columns=(*columns, PLATFORM_ID))
    rows = _Counted(_rows(register, columns, given), told)
    write_sheets(path, [(sheet, rows)])
    path.chmod(0o600)
    return rows.number


class _Counted:
    """Counts what passes, and says so every now and then."""

    def __init__(self, rows: Iterator[dict[str, Any]], told: Told | None) -> None:
        self.rows, self.told, self.number = rows, told, 0

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for row in self.rows:
            self.number += 1
            if self.told and self.number % TELL_EVERY == 0:
                self.told(self.number)
            yield row


def _rows(register: Register, columns: Sequence[Column], given: Asked) -> Iterator[dict[str, Any]]:
    for row in records(register, matching(given).order_by("pk"), columns):
        out = {column.name: masked_cell(row[column.name]) for column in columns}
        out[PLATFORM_ID.name] = str(row["id"])
        yield out


def masked_cell(value: Any) -> Any:
    """A record's value as a cell that may leave the house: identity numbers of others masked too."""
    if isinstance(value, Referred):
        return referred_key(value)
    if isinstance(value, list):
        return tuple(masked_cell(each) for each in value)
    return cell(value)


def from_payload(payload: dict[str, Any]) -> Asked:
    """The list that a job was ordered for."""
    told = payload.get("reader")
    reader = Reader(**told, rights=frozenset(payload["rights"]), today=timezone.localdate()) if told else None
    return asked(REGISTERS[payload["register"]], QueryDict(payload["query"]), reader)


def reader_told(reader: Reader) -> dict[str, str]:
    """For whom the rows of a list wait, as a job keeps it; the rights stand beside."""
    return {name: getattr(reader, name) for name in ("user_id", "username", "role", "region")}
