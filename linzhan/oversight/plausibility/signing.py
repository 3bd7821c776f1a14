"""Signatures kept up to date: only notes that came or changed since the last run are hashed and compared.

A new note is held against all kept ones of its place. What it is like is kept beside its signature: the
nearest earlier note, and the first of the cluster. A note that changed is signed anew, and so are those
that were like it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

import numpy as np
from django.db import connection

from linzhan.kernel import places
from linzhan.kernel.ids import uuid7
from linzhan.oversight.models import TextSignature
from linzhan.oversight.plausibility import parameters as named
from linzhan.oversight.plausibility.likeness import (
    BANDS,
    Words,
    bands_of,
    candidates,
    jaccard,
    normalised,
    pieces,
)
from linzhan.policy.api import NoRuling, Parameter, ruling_for, rulings_by_prefix

BATCH: Final = 2000
FETCHED: Final = 20_000

STALE: Final = """
DELETE FROM oversight_textsignature g WHERE g.region_code >= %(low)s AND g.region_code < %(high)s AND EXISTS (
    SELECT FROM casework_servicerecord s WHERE s.id = g.record_id
        AND (s.status NOT IN ('待审核', '已通过') OR g.digest <> md5(s.content)))
RETURNING g.record_id
"""
ORPHANS: Final = """
DELETE FROM oversight_textsignature g WHERE g.same_as = ANY(%(gone)s) OR g.other_as = ANY(%(gone)s) RETURNING g.record_id
"""
NOTES: Final = """
SELECT s.id, s.region_code, s.station_id, s.provider_id, s.started_at, s.content, n.ids, n.names, p.names
FROM casework_servicerecord s
CROSS JOIN LATERAL (SELECT array_agg(r.worker_id ORDER BY r.worker_id) AS ids, array_agg(w.name) AS names
    FROM casework_recordworker r JOIN workforce_socialworker w ON w.id = r.worker_id WHERE r.record_id = s.id) n
CROSS JOIN LATERAL (SELECT array_agg(q.name) AS names
    FROM casework_recordresident x JOIN casework_resident q ON q.id = x.resident_id WHERE x.record_id = s.id) p
WHERE s.id = ANY(%(ids)s)
"""
UNSIGNED: Final = """
SELECT s.id FROM casework_servicerecord s LEFT JOIN oversight_textsignature g ON g.record_id = s.id
WHERE g.record_id IS NULL AND s.region_code >= %(low)s AND s.region_code < %(high)s AND s.status IN ('待审核', '已通过')
    AND s.started_at >= (%(first)s::date)::timestamp AT TIME ZONE 'Asia/Shanghai' AND length(s.content) >= %(least)s
    AND s.started_at < (%(day)s::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
ORDER BY s.entered_at NULLS FIRST, s.started_at, s.id
"""
KEPT: Final = """
SELECT record_id, worker_id, text_hash, bands, same_root, other_root FROM oversight_textsignature
WHERE region_code >= %(low)s AND region_code < %(high)s AND bands <> ''
    AND started_at >= (%(first)s::date)::timestamp AT TIME ZONE 'Asia/Shanghai' ORDER BY id
"""
CLIENTS: Final = """
SELECT s.id, s.content, s.started_at, (SELECT array_agg(x.resident_id) FROM casework_recordresident x WHERE x.record_id = s.id),
    (SELECT array_agg(r.worker_id) FROM casework_recordworker r WHERE r.record_id = s.id), n.names
FROM casework_servicerecord s CROSS JOIN LATERAL (
    SELECT array_agg(name) AS names FROM (
        SELECT w.name FROM casework_recordworker r JOIN workforce_socialworker w ON w.id = r.worker_id WHERE r.record_id = s.id
        UNION ALL
        SELECT q.name FROM casework_recordresident x JOIN casework_resident q ON q.id = x.resident_id WHERE x.record_id = s.id) a
) n WHERE s.id = ANY(%(ids)s)
"""


@dataclass(frozen=True, slots=True)
class Note:
    """A note as it is compared."""

    words: Words
    on: date
    clients: frozenset[UUID]
    workers: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Lines:
    """What the place decided: how long a note must be, how alike, within how many days."""

    least: int
    same: float
    other: float
    days: int
    templates: Words


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
    sets = [pieces(normalised(each)) for each in templates]
    return Lines(
        least=int(min(decided(named.TEXT_LEAST))),
        same=min(decided(named.SAME_TEXT)) / 100,
        other=min(decided(named.OTHER_TEXT)) / 100,
        days=int(max(decided(named.OTHER_TEXT_DAYS))),
        templates=np.unique(np.concatenate(sets)) if sets else np.empty(0, dtype=np.uint64),
    )


def sign(region: str, first: date, on: date) -> int:
    """Sign the notes of ``region`` that came or changed, and find what they are like; how many were signed."""
    low, high = places.bounds(region)
    lines = lines_of(region, on)
    asked: dict[str, Any] = {"low": low, "high": high, "first": first, "day": on}
    _forget_changed(asked)
    with connection.cursor() as cursor:
        cursor.execute(UNSIGNED, {**asked, "least": lines.least})
        wanted = [row[0] for row in cursor.fetchall()]
    if not wanted:
        return 0
    for begin in range(0, len(wanted), BATCH):
        TextSignature.objects.bulk_create(_signed(wanted[begin : begin + BATCH], lines), batch_size=BATCH)
    _compare(asked, frozenset(wanted), lines)
    return len(wanted)


def _forget_changed(asked: Mapping[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(STALE, asked)
        gone = [row[0] for row in cursor.fetchall()]
        while gone:
            cursor.execute(ORPHANS, {"gone": gone})
            gone = [row[0] for row in cursor.fetchall()]


def _own(text: str, names: Sequence[str | None], lines: Lines) -> Words:
    """The pieces of a note that are nobody's template; none where too little is left to compare."""
    plain = normalised(text, [name for name in names if name])
    words = pieces(plain)
    if len(lines.templates):
        words = np.setdiff1d(words, lines.templates, assume_unique=True)
    return words if len(plain) >= lines.least and len(words) >= lines.least - 2 else words[:0]


def _signed(ids: Sequence[UUID], lines: Lines) -> list[TextSignature]:
    """Signatures of these notes; one that is too short is noted, so that it is not asked for again."""
    with connection.cursor() as cursor:
        cursor.execute(NOTES, {"ids": list(ids)})
        found = {row[0]: row for row in cursor.fetchall()}
    rows = [found[each] for each in ids if each in found]
    sets = [_own(row[5], [*(row[7] or ()), *(row[8] or ())], lines) for row in rows]
    long = [each for each in sets if len(each)]
    hashed = iter(bands_of(long)) if long else iter(())
    return [
        TextSignature(
            id=uuid7(),
            record_id=row[0],
            region_code=row[1],
            station_id=row[2],
            provider_id=row[3],
            started_at=row[4],
            worker_id=row[6][0] if row[6] else None,
            digest=hashlib.md5(row[5].encode(), usedforsecurity=False).hexdigest(),
            text_hash=_whole(words),
            bands=next(hashed).tobytes() if len(words) else b"",
        )
        for row, words in zip(rows, sets, strict=True)
    ]


def _whole(words: Words) -> int:
    """One number for all pieces: equal for equal texts."""
    digest = hashlib.blake2b(words.tobytes(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


@dataclass(slots=True)
class Shelf:
    """The kept signatures, the new ones last."""

    ids: list[UUID]
    workers: np.ndarray[Any, np.dtype[np.int64]]
    bands: np.ndarray[Any, np.dtype[np.uint32]]
    roots: dict[str, dict[UUID, UUID]]
    new_from: int


def _compare(asked: Mapping[str, Any], new: frozenset[UUID], lines: Lines) -> None:
    shelf = _shelf(asked, new)
    for kind in ("same", "other"):
        within = kind == "same"
        pairs = candidates(shelf.bands, shelf.workers, within=within, new_from=shelf.new_from)
        links = _links(shelf, pairs, kind, lines)
        _keep(kind, links)


def _shelf(asked: Mapping[str, Any], new: frozenset[UUID]) -> Shelf:
    with connection.cursor() as cursor:
        cursor.execute(KEPT, asked)
        ids, workers, parts = list[UUID](), list[int](), list[bytes]()
        codes: dict[UUID | None, int] = {}
        roots: dict[str, dict[UUID, UUID]] = {"same": {}, "other": {}}
        while rows := cursor.fetchmany(FETCHED):
            for record, worker, _hash, bands, same, other in rows:
                ids.append(record)
                workers.append(codes.setdefault(worker, len(codes)))
                parts.append(bytes(bands))
                if same:
                    roots["same"][record] = same
                if other:
                    roots["other"][record] = other
    flat = np.frombuffer(b"".join(parts), dtype=np.uint32).reshape(-1, BANDS)
    old = [number for number, each in enumerate(ids) if each not in new]
    fresh = [number for number, each in enumerate(ids) if each in new]
    order = np.array([*old, *fresh], dtype=np.int64)
    return Shelf(
        [ids[each] for each in order], np.array(workers, dtype=np.int64)[order], flat[order], roots, len(old)
    )


Link = tuple[UUID, UUID, UUID, float]
"""A note, the earlier one that it is like, the first of the cluster, and how alike they are in percent."""


def _links(shelf: Shelf, pairs: Any, kind: str, lines: Lines) -> list[Link]:
    roots = shelf.roots[kind]
    best: dict[UUID, tuple[UUID, float]] = {}
    for part in np.array_split(pairs, max(1, len(pairs) // BATCH)):
        told = [(shelf.ids[later], shelf.ids[earlier]) for later, earlier in part.tolist()]
        notes = _notes({each for pair in told for each in pair}, lines)
        for later, earlier in told:
            share = _share(notes.get(later), notes.get(earlier), kind, lines)
            if share is not None and share > best.get(later, (later, 0.0))[1]:
                best[later] = (earlier, share)
    links = list[Link]()
    for later in shelf.ids[shelf.new_from :]:
        if later in best:
            earlier, share = best[later]
            roots[later] = roots.get(earlier, earlier)
            links.append((later, earlier, roots[later], 100 * share))
    return links


def _share(one: Note | None, other: Note | None, kind: str, lines: Lines) -> float | None:
    """How alike two notes are, where it counts: nobody served by both, and of one or of two writers."""
    if one is None or other is None or one.clients & other.clients:
        return None
    together = bool(one.workers & other.workers)
    if together is not (kind == "same"):
        return None
    if kind == "other" and abs((one.on - other.on).days) > lines.days:
        return None
    share = jaccard(one.words, other.words)
    return share if share >= (lines.same if kind == "same" else lines.other) else None


def _notes(ids: set[UUID], lines: Lines) -> dict[UUID, Note]:
    with connection.cursor() as cursor:
        cursor.execute(CLIENTS, {"ids": list(ids)})
        return {
            record: Note(
                _own(content, names or (), lines),
                started.date(),
                frozenset(clients or ()),
                frozenset(workers or ()),
            )
            for record, content, started, clients, workers, names in cursor.fetchall()
        }


def _keep(kind: str, links: Sequence[Link]) -> None:
    for part in _parts(links):
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE oversight_textsignature g SET {kind}_as = v.near, {kind}_root = v.root, {kind}_share = v.share"  # noqa: S608 -- one of two words
                " FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::float8[]) AS v (record, near, root, share)"
                " WHERE g.record_id = v.record",
                [list(each) for each in zip(*part, strict=True)],
            )


def _parts(links: Sequence[Link]) -> Iterator[Sequence[Link]]:
    for begin in range(0, len(links), BATCH):
        yield links[begin : begin + BATCH]
