"""What the address of a list asks for: search, place, filters, order, page. The address holds all state."""

from __future__ import annotations

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from linzhan.kernel import places
from linzhan.kernel.registers.confiding import hidden_codes
from linzhan.kernel.registers.declare import Register
from linzhan.kernel.sheets.columns import Column, Kind, Level
from linzhan.office.home.waiting import Reader, rows_waiting
from linzhan.office.registers.showing import options_of

SORTABLE = frozenset(
    {
        Kind.TEXT,
        Kind.CODE,
        Kind.INTEGER,
        Kind.DECIMAL,
        Kind.MONEY,
        Kind.YEAR,
        Kind.MONTH,
        Kind.PERIOD,
        Kind.DATE,
        Kind.TIME,
        Kind.CHOICE,
    }
)
OPEN = "open"
"""In the place of a stage: every stage in which somebody has something to do."""
OPEN_LEVELS = (Level.L1, Level.L2)  # an order by a masked value would tell the value


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page begins: the sorted value and the id of the row next to it."""

    value: Any
    id: str
    backward: bool = False

    def text(self) -> str:
        value = self.value.isoformat() if hasattr(self.value, "isoformat") else self.value
        value = str(value) if value is not None else None
        return urlsafe_b64encode(json.dumps([value, self.id]).encode()).decode()

    @classmethod
    def read(cls, text: str, *, backward: bool) -> Cursor | None:
        try:
            value, identity = json.loads(urlsafe_b64decode(text.encode()))
            return cls(value, str(UUID(identity)), backward)
        except (ValueError, TypeError, binascii.Error, AttributeError):
            return None


@dataclass(frozen=True, slots=True)
class Asked:
    """One list as asked for. ``chosen`` holds filters by column name, ``referred`` ids of referred-to rows.

    ``waiting`` is the question of the work bench whose rows alone are asked for, ``those`` the rows it counts.
    """

    register: Register
    text: str = ""
    place: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    referred: Mapping[str, UUID] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    sort: str = ""
    cursor: Cursor | None = None
    waiting: str = ""
    those: QuerySet[Any] | None = None

    @property
    def is_narrowed(self) -> bool:
        by_value = self.text or self.place or self.chosen or self.referred or self.since or self.until
        return bool(by_value or self.waiting)

    def parameters(self) -> dict[str, str]:
        """The address without the page."""
        given = {"q": self.text, "region": self.place, **self.chosen, "sort": self.sort}
        given |= {name: str(value) for name, value in self.referred.items()}
        given |= {"since": f"{self.since or ''}", "until": f"{self.until or ''}", "waiting": self.waiting}
        return {name: value for name, value in given.items() if value}

    def url(self, **changes: str) -> str:
        """The address of the list with ``changes``; an empty one is taken away."""
        kept = {name: value for name, value in (self.parameters() | changes).items() if value}
        query = urlencode(kept)
        return f"/r/{self.register.key}/" + (f"?{query}" if query else "")


def asked(register: Register, query: QueryDict, reader: Reader | None = None) -> Asked:
    """What ``query`` asks of ``register``; what it does not understand is left out. What waits, waits for ``reader``."""
    place, waiting = query.get("region", ""), query.get("waiting", "")
    those = rows_waiting(waiting, reader, register) if waiting and reader is not None else None
    return Asked(
        register,
        text=query.get("q", "").strip()[:100],
        place=place if places.is_code(place) else "",
        chosen={
            c.name: str(query[c.name])
            for c in filter_columns(register)
            if query.get(c.name, "") in dict(choices(register, c))
        },
        referred=_referred(register, query),
        since=_day(query.get("since", "")),
        until=_day(query.get("until", "")),
        sort=query.get("sort", "") if query.get("sort", "").lstrip("-") in sortable(register) else "",
        cursor=_cursor(query),
        waiting=waiting if those is not None else "",
        those=those,
    )


def without_page(given: Asked) -> Asked:
    return replace(given, cursor=None)


def filter_columns(register: Register) -> list[Column]:
    """The columns that the filter row offers: closed lists and yes or no."""
    columns = [register.column(name) for name in register.filters]
    return [c for c in columns if c.kind in (Kind.CHOICE, Kind.YES_NO) or c.refers_to.startswith("@")]


def choices(register: Register, column: Column) -> list[tuple[str, str]]:
    """The values of a closed column with the words for them; of a stage first all that are not settled."""
    unsettled = [(OPEN, _("未办结"))] if register.settled and column.name == register.stage else []
    return [*unsettled, *_values(column)]


def _values(column: Column) -> list[tuple[str, str]]:
    if column.kind is Kind.YES_NO:
        return [("yes", "是"), ("no", "否")]
    if column.kind is Kind.CHOICE:
        return [(choice, choice) for choice in column.choices]
    hidden = hidden_codes(column)
    return [(code, name) for code, name in options_of(column).items() if code not in hidden]


def sortable(register: Register) -> dict[str, Column]:
    return {
        column.name: column
        for column in register.sheet.columns
        if column.kind in SORTABLE and column.level in OPEN_LEVELS and not column.several
    }


def reference_columns(register: Register) -> list[Column]:
    return [c for c in register.sheet.columns if c.kind is Kind.REFERENCE and not c.refers_to.startswith("@")]


def _referred(register: Register, query: QueryDict) -> dict[str, UUID]:
    found = {}
    for column in reference_columns(register):
        try:
            found[column.name] = UUID(query.get(column.name, ""))
        except ValueError:
            continue
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _cursor(query: QueryDict) -> Cursor | None:
    if query.get("back"):
        return Cursor.read(str(query["back"]), backward=True)
    return Cursor.read(str(query["at"]), backward=False) if query.get("at") else None
