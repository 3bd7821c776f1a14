"""Searching a register by parts of names: by characters, pinyin or initials, at a million rows.

The words of a query are looked up one by one as ranges of pieces and their finds intersected, so that
``王 jianguo`` finds 王建国. Codes are found by their beginning along their own index, identity numbers whole.
A row is found by a part of its name although lists show it masked: who may open the register may look
somebody up whose name they know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast

from linzhan.kernel import places, secrecy
from linzhan.kernel.identity import normalise_identity
from linzhan.kernel.names import search_pieces, search_range
from linzhan.kernel.registers import bulk
from linzhan.kernel.registers.declare import Register
from linzhan.kernel.registers.pieces import (
    SearchPiece,
    looked_through,
    pieced,
    place_of_pieces,
    prefixed,
    secret_searched,
    stands_open,
)
from linzhan.kernel.registers.states import Changed
from linzhan.kernel.scope import current_scope
from linzhan.kernel.sheets.columns import Column, Kind, Level
from linzhan.kernel.statements import Sheaf

CHUNK = 5000
AT_ONCE = 50_000  # rows whose pieces are sorted together
SHORT = 4  # a text of so few characters may be a person's name whatever its column holds
WORDS = re.compile(r"[a-z0-9ü][a-z0-9ü'’.-]*|[^\Wa-z0-9_]+", re.IGNORECASE)
MOST_WORDS = 5
PER_FIND = 4  # pieces of one row that one word may begin

TOLD = ("region_code", "row_id", "provider_id", "station_id", "pieces")
FILL = """
INSERT INTO kernel_searchpiece (register, piece, region_code, row_id, provider_id, station_id)
SELECT %s, piece, n.region_code, n.row_id, n.provider_id, n.station_id
FROM {source} CROSS JOIN LATERAL string_to_table(n.pieces, E'\\n') AS piece
ORDER BY piece
"""  # in the order of the index: each of its pages is met once
FEW_ROWS = FILL.format(
    source="unnest(%s::text[], %s::uuid[], %s::uuid[], %s::uuid[], %s::text[]) AS n ({})".format(
        ", ".join(TOLD)
    )
)
MANY_ROWS = FILL.format(source="{table} n")


def note_names(register: Register, rows: Sequence[Changed], sheaf: Sheaf) -> None:
    """Write the pieces of what is new or has another name now; the database has taken the old ones away.

    Those of a few rows travel with the rest of the write in ``sheaf``.
    """
    columns = pieced(register)
    if not columns:
        return
    names = [column.name for column in columns]
    put(
        register,
        (
            (row.id, row.values)
            for row in rows
            if row.before is None or any(row.values[name] != row.before[name] for name in names)
        ),
        sheaf,
    )


def put(register: Register, rows: Iterator[tuple[UUID, Mapping[str, Any]]], sheaf: Sheaf) -> None:
    """Write the pieces of ``rows`` (id, attributes), which have none; few of them by way of ``sheaf``."""
    columns, place = pieced(register), place_of_pieces(register)
    told = (
        (*_place(register, place, identity, row), "\n".join(pieces))
        for identity, row in rows
        if (pieces := pieces_of(columns, row))
    )
    while chunk := list(islice(told, AT_ONCE)):
        _insert(register, chunk, sheaf)


def _insert(register: Register, told: Sequence[tuple[Any, ...]], sheaf: Sheaf) -> None:
    if len(told) <= bulk.FEW:
        columns = [list(each) for each in zip(*told, strict=True)]
        sheaf.add(FEW_ROWS, [register.key, *columns])
        return
    table = "incoming_pieces"
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE {table} (region_code text, row_id uuid, provider_id uuid, station_id uuid, pieces text)"
            " ON COMMIT DROP"
        )
        with cursor.copy(f"COPY {table} ({', '.join(TOLD)}) FROM STDIN") as copy:
            for row in told:
                copy.write_row(row)
        cursor.execute(MANY_ROWS.format(table=table), [register.key])
        cursor.execute(f"DROP TABLE {table}")


def refresh(register: Register) -> int:
    """Make the pieces of the rows in scope what they should be; how many rows were wrong."""
    columns, place = pieced(register), place_of_pieces(register)
    pieces = SearchPiece.objects.filter(register=register.key)
    manager = register.model._default_manager
    pieces.exclude(row_id__in=manager.values("pk")).delete()
    if not columns:
        return pieces.delete()[0]
    wrong, last = 0, UUID(int=0)
    names = dict.fromkeys(("id", *place.values(), *(column.name for column in columns)))
    while rows := list(manager.filter(pk__gt=last).order_by("pk").values(*names)[:CHUNK]):
        last = rows[-1]["id"]
        held = _held(register, [row["id"] for row in rows])
        wanted = {
            row["id"]: (_place(register, place, row["id"], row), pieces_of(columns, row)) for row in rows
        }
        stale = [
            row
            for row in rows
            if held.get(row["id"], set())
            != {(*wanted[row["id"]][0], piece) for piece in wanted[row["id"]][1]}
        ]
        SearchPiece.objects.filter(row_id__in=[row["id"] for row in stale]).delete()
        sheaf = Sheaf()
        put(register, ((row["id"], row) for row in stale), sheaf)
        sheaf.send()
        wrong += len(stale)
    return wrong


def _held(register: Register, ids: Sequence[UUID]) -> dict[UUID, set[tuple[Any, ...]]]:
    held: dict[UUID, set[tuple[Any, ...]]] = {}
    names = ("region_code", "row_id", "provider_id", "station_id", "piece")
    for found in SearchPiece.objects.filter(register=register.key, row_id__in=ids).values_list(*names):
        held.setdefault(found[1], set()).add(found)
    return held


def _place(
    register: Register, place: Mapping[str, str], identity: UUID, row: Mapping[str, Any]
) -> tuple[str, UUID, UUID | None, UUID | None]:
    if stands_open(register):
        return places.NATION, identity, None, None
    of_row: dict[str, Any] = {
        name: identity if theirs == "id" else row.get(theirs) for name, theirs in place.items()
    }
    return of_row["region_code"], identity, of_row.get("provider_id"), of_row.get("station_id")


def pieces_of(columns: Sequence[Column], row: Mapping[str, Any]) -> set[str]:
    """Everything by whose beginning ``row`` is found."""
    found: set[str] = set()
    for column in columns:
        text = row[column.name]
        if not text:
            continue
        if column.kind is not Kind.TEXT:
            found.update(filter(None, [(search_range(text) or ("",))[0]]))
        elif column.level is Level.L3:
            found |= search_pieces(text)
        else:
            found |= search_pieces(text, person=False) | (
                search_pieces(text) if len(text) <= SHORT else set()
            )
    return found


def matching(register: Register, text: str) -> Q:
    """Rows of ``register`` that ``text`` names: by parts of names, the beginning of a code, a whole number."""
    manager = register.model._default_manager
    ways: list[models.QuerySet[Any]] = [
        manager.filter(**{f"{name}__gte": text, f"{name}__lt": text + "\U0010ffff"}).values("pk")
        for name in prefixed(register)
    ]
    if secret := _by_number(register, text):
        ways.append(manager.filter(secret).values("pk"))
    if (named := _named(register, text)) is not None:
        ways.append(named.values("row_id"))
    if columns := looked_through(register):
        ways.append(manager.filter(_holding(columns, text)).values("pk"))
    if not ways:
        return Q(pk__in=[])
    return Q(pk__in=ways[0].union(*ways[1:], all=True) if len(ways) > 1 else ways[0])


def nearest(registers: Iterable[Register], text: str, *, limit: int) -> dict[str, list[UUID]]:
    """By register the ids of up to ``limit`` rows that ``text`` names, those that fit best first: one query.

    A whole number comes first, then codes that begin so, then names in which it stands.
    """
    ways = [way for register in registers for way in _best(register, text, limit)]
    if not ways:
        return {}
    found: dict[str, dict[UUID, None]] = {}
    rows = ways[0].union(*ways[1:], all=True) if len(ways) > 1 else ways[0]
    for key, _way, _fit, identity in sorted(rows):
        found.setdefault(key, {})[identity] = None
    return {key: list(ids)[:limit] for key, ids in found.items()}


def _best(register: Register, text: str, limit: int) -> Iterator[models.QuerySet[Any, tuple[Any, ...]]]:
    """The best by each way to a row: register, way, text that fits, id."""

    def told(rows: models.QuerySet[Any], way: int, fit: Any, identity: str) -> models.QuerySet[Any, Any]:
        key = Value(register.key, output_field=models.TextField())
        found: models.QuerySet[Any, Any] = rows.annotate(of=key, way=Value(way), fit=fit)
        return found.values_list("of", "way", "fit", identity)

    manager = register.model._default_manager
    if secret := _by_number(register, text):
        yield told(manager.filter(secret), 0, Value("", output_field=models.TextField()), "pk")[:limit]
    for name in prefixed(register):
        begun = manager.filter(**{f"{name}__gte": text, f"{name}__lt": text + "\U0010ffff"})
        yield told(begun.order_by(name), 1, Cast(name, models.TextField()), "pk")[:limit]
    if (named := _named(register, text)) is not None:
        if stands_open(register):
            named = named.filter(row_id__in=manager.values("pk"))
        yield told(named.order_by("piece"), 2, F("piece"), "row_id")[: limit * PER_FIND]
    if columns := looked_through(register):
        yield told(
            manager.filter(_holding(columns, text)).order_by("-pk"),
            3,
            Cast(columns[0].name, models.TextField()),
            "pk",
        )[:limit]


def _holding(columns: Sequence[Column], text: str) -> Q:
    found = Q()
    for column in columns:
        found |= Q(**{f"{column.name}__icontains": text})
    return found


def _by_number(register: Register, text: str) -> Q:
    """A whole identity number; nothing that could be one is not worth the question."""
    if not any(character.isdigit() for character in text):
        return Q()
    index = secrecy.blind_index(normalise_identity(text))
    found = Q()
    for column in secret_searched(register):
        found |= Q(**{f"{column.name}_index": index})
    return found


def _named(register: Register, text: str) -> models.QuerySet[SearchPiece] | None:
    """The pieces that begin with the longest word of ``text``, of rows that have the other words too."""
    if not pieced(register):
        return None
    ranges = [found for word in words(text) if (found := search_range(word))]
    if not ranges:
        return None
    ranges.sort(key=lambda each: -len(each[0]))
    first, *others = (_pieces(register).filter(piece__gte=low, piece__lt=high) for low, high in ranges)
    for other in others:
        first = first.filter(row_id__in=other.values("row_id"))
    return first


def _pieces(register: Register) -> models.QuerySet[SearchPiece]:
    """The pieces of ``register`` in scope; a reader of one area gets its range as part of the index."""
    own, found = current_scope(), SearchPiece.objects.filter(register=register.key)
    besides = own.everything or own.providers or own.stations or own.people or stands_open(register)
    if besides or len(own.regions) != 1:
        return found
    low, high = places.bounds(own.regions[0])
    return found.filter(region_code__gte=low, region_code__lt=high)


def words(text: str) -> list[str]:
    """The words of a query: what is typed without a break, characters and letters apart."""
    return list(dict.fromkeys(WORDS.findall(text)))[:MOST_WORDS]
