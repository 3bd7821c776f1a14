"""A row of a purchase as rules need it: values of their kind, whether stored or just come with a step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from linzhan.kernel.registers.declare import Register
from linzhan.kernel.sheets.cells import Blank, CellFault, convert
from linzhan.kernel.sheets.columns import Kind


@dataclass(frozen=True, slots=True)
class Read:
    """A row with its values converted; what cannot be read counts as not stated (saving refuses it)."""

    row: Mapping[str, Any]
    register: Register

    def __getitem__(self, name: str) -> Any:
        value = self._raw(name)
        column = self.register.sheet.column_by_name.get(name)
        if column is None or column.kind is Kind.REFERENCE or column.several or value in (None, "", []):
            return value or None
        found = convert(column, value)
        return None if isinstance(found, (Blank, CellFault)) else found

    def _raw(self, name: str) -> Any:
        value = self.row.get(name)
        return None if isinstance(value, Blank) else value

    @property
    def id(self) -> UUID:
        found: UUID = self.row["id"]
        return found

    @property
    def region(self) -> str:
        return str(self.row["region_code"])

    def day(self, name: str) -> date | None:
        value = self[name]
        return value if isinstance(value, date) else None

    def amount(self, name: str) -> Decimal | None:
        value = self[name]
        return Decimal(value) if isinstance(value, (Decimal, int)) else None

    def number(self, name: str) -> int | None:
        value = self[name]
        return value if isinstance(value, int) else None

    def text(self, name: str) -> str:
        return str(self[name] or "").strip()

    def many(self, name: str) -> tuple[Any, ...]:
        """Several values; texts as a form sends them (one line, parted by 、) are parted as saving parts them."""
        value = self._raw(name)
        values = (value,) if isinstance(value, str) and value else tuple(value or ())
        column = self.register.sheet.column_by_name[name]
        if column.kind is Kind.REFERENCE or not values:
            return values
        found = convert(column, "；".join(map(str, values)))
        return found if isinstance(found, tuple) else ()

    def ref(self, name: str) -> UUID | None:
        """The id of what a reference names; None where it names nothing, or by a key that came with the step."""
        value = self._raw(name)
        found = getattr(value, "id", value)
        return found if isinstance(found, UUID) else None

    def on(self, *names: str) -> date:
        """The day whose rules hold: the first of the row's days that is stated, else today."""
        days = (self.day(name) for name in names)
        return next((day for day in days if day is not None), timezone.localdate())
