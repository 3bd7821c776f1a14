"""The notes of records as they are compared: read many at once, as the pieces that are nobody's template.

What the places decided says how long a note must be, how alike two may be and within how many days.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

import numpy as np
from django.db import connection

from linzhan.oversight.plausibility import parameters as named
from linzhan.oversight.plausibility.likeness import Sets, Words, sets_of, without_names
from linzhan.policy.api import NoRuling, Parameter, ruling_for, rulings_by_prefix

BETWEEN: Final = "\x1f"
"""Stands between the names of a note; in no name."""
NAMES: Final = """
SELECT string_agg(name, chr(31)) FROM (
    SELECT w.name FROM casework_recordworker r JOIN workforce_socialworker w ON w.id = r.worker_id WHERE r.record_id = s.id
    UNION ALL
    SELECT q.name FROM casework_recordresident x JOIN casework_resident q ON q.id = x.resident_id WHERE x.record_id = s.id) a
"""
PLAIN: Final = f"""
SELECT s.id::text, s.region_code, s.station_id::text, s.provider_id::text, s.started_at::text,
    (SELECT r.worker_id::text FROM casework_recordworker r WHERE r.record_id = s.id ORDER BY r.worker_id LIMIT 1),
    s.content, md5(s.content), ({NAMES})
FROM unnest(%(ids)s::uuid[]) WITH ORDINALITY AS u (id, n) JOIN casework_servicerecord s ON s.id = u.id ORDER BY u.n
"""  # noqa: S608 -- a text of this module
SERVED: Final = f"""
SELECT s.id, s.content, s.started_at, (SELECT array_agg(x.resident_id) FROM casework_recordresident x WHERE x.record_id = s.id),
    (SELECT array_agg(r.worker_id) FROM casework_recordworker r WHERE r.record_id = s.id), ({NAMES})
FROM casework_servicerecord s WHERE s.id = ANY(%(ids)s::uuid[])
"""  # noqa: S608 -- as above


@dataclass(frozen=True, slots=True)
class Lines:
    """What the place decided: how long a note must be, how alike, within how many days."""

    least: int
    same: float
    other: float
    days: int
    templates: Words


@dataclass(frozen=True, slots=True)
class Note:
    """A note as it is compared."""

    words: Words
    on: date
    clients: frozenset[UUID]
    workers: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Unsigned:
    """Notes to be signed, column by column, as the database writes them; the names of each stand in one text."""

    records: Sequence[str]
    regions: Sequence[str]
    stations: Sequence[str]
    providers: Sequence[str | None]
    started: Sequence[str]
    workers: Sequence[str | None]
    contents: Sequence[str]
    digests: Sequence[str]
    names: Sequence[str | None]


def lines_of(region: str, on: date) -> Lines:
    """The widest of what the places of the subtree decided: which finding counts where, the check asks."""

    def decided(parameter: Parameter[Any]) -> list[float]:
        below = rulings_by_prefix(parameter, within=region, on=on)
        own = ruling_for(parameter, region=region, on=on).value
        return [float(own), *(float(each.value) for each in below if each.value is not None)]

    try:
        templates = ruling_for(named.NOTE_TEMPLATES, region=region, on=on).value
    except NoRuling:
        templates = ()
    return Lines(
        least=int(min(decided(named.TEXT_LEAST))),
        same=min(decided(named.SAME_TEXT)) / 100,
        other=min(decided(named.OTHER_TEXT)) / 100,
        days=int(max(decided(named.OTHER_TEXT_DAYS))),
        templates=np.unique(sets_of(list(templates)).flat),
    )


def unsigned(ids: Sequence[str]) -> Unsigned | None:
    """The notes of these records, in the order of ``ids``; None where none is to be seen."""
    with connection.cursor() as cursor:
        cursor.execute(PLAIN, {"ids": list(ids)})
        rows = cursor.fetchall()
    return Unsigned(*zip(*rows, strict=True)) if rows else None


def served(ids: Collection[str], lines: Lines) -> dict[UUID, Note]:
    """The notes of these records with who was served and who wrote."""
    with connection.cursor() as cursor:
        cursor.execute(SERVED, {"ids": list(ids)})
        rows = cursor.fetchall()
    pieces = pieces_of([row[1] for row in rows], [row[5] for row in rows], lines)
    return {
        record: Note(pieces[number], started.date(), frozenset(clients or ()), frozenset(workers or ()))
        for number, (record, _content, started, clients, workers, _names) in enumerate(rows)
    }


def pieces_of(contents: Sequence[str], names: Sequence[str | None], lines: Lines) -> Sets:
    """The pieces of each note that are nobody's template; none where too little is left to compare."""
    texts = [
        without_names(text, told.split(BETWEEN) if told else ())
        for text, told in zip(contents, names, strict=True)
    ]
    return sets_of(texts, without=lines.templates, least=lines.least)
