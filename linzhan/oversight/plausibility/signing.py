"""Signatures kept up to date: only notes that came or changed since the last run are hashed and compared.

Notes are read, hashed and written a batch at a time; each batch may be a transaction of its own, so that a run
that breaks off has lost nothing: the next one signs the rest. From which signature on the place's were not yet
held against the others is written down before the first batch and taken out with the comparison's results.
A note that changed is signed anew, and so are those that were like it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import connection

from linzhan.kernel import places
from linzhan.kernel.ids import uuid7, uuid7_many
from linzhan.kernel.registers.bulk import insert_columns
from linzhan.oversight.models import TextSignature, UncomparedSignatures
from linzhan.oversight.plausibility.comparing import compare
from linzhan.oversight.plausibility.fetching import Ids, fixed_rows, texts_of
from linzhan.oversight.plausibility.likeness import Sets, bands_of
from linzhan.oversight.plausibility.notes import Lines, Unsigned, lines_of, pieces_of, unsigned

BATCH: Final = 5_000

STALE: Final = """
DELETE FROM oversight_textsignature g WHERE g.region_code >= %(low)s AND g.region_code < %(high)s AND EXISTS (
    SELECT FROM casework_servicerecord s WHERE s.id = g.record_id
        AND (s.status NOT IN ('待审核', '已通过') OR g.digest <> md5(s.content)))
RETURNING g.record_id
"""
ORPHANS: Final = """
DELETE FROM oversight_textsignature g WHERE g.same_as = ANY(%(gone)s) OR g.other_as = ANY(%(gone)s) RETURNING g.record_id
"""
UNSIGNED: Final = """
SELECT s.id FROM casework_servicerecord s LEFT JOIN oversight_textsignature g ON g.record_id = s.id
WHERE g.record_id IS NULL AND s.region_code >= %(low)s AND s.region_code < %(high)s AND s.status IN ('待审核', '已通过')
    AND s.started_at >= (%(first)s::date)::timestamp AT TIME ZONE 'Asia/Shanghai' AND length(s.content) >= %(least)s
    AND s.started_at < (%(day)s::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
ORDER BY s.entered_at NULLS FIRST, s.started_at, s.id
"""

Step = Callable[[], AbstractContextManager[object]]
"""What each step of the signing runs in."""
Columns = dict[str, Sequence[Any]]


def sign(region: str, first: date, on: date, *, step: Step = nullcontext) -> int:
    """Sign the notes of ``region`` that came or changed, and find what they are like; how many were signed.

    ``step`` opens a transaction for each step; without it all of it belongs to the caller's. Held at a time: the
    ids of what is to be signed (16 bytes each), one batch of notes; what comparing holds says :mod:`.comparing`.
    """
    low, high = places.bounds(region)
    asked: dict[str, Any] = {"low": low, "high": high, "first": first, "day": on}
    with step():
        lines = lines_of(region, on)
        _forget_changed(asked)
        wanted = _wanted({**asked, "least": lines.least})
        if len(wanted):
            UncomparedSignatures.objects.get_or_create(region_code=region, defaults={"since": uuid7()})
    signed = len(wanted)
    _sign(wanted, lines, step)
    del wanted
    with step():
        waiting = UncomparedSignatures.objects.filter(region_code__gte=low, region_code__lt=high)
        since = _since(region, waiting.order_by("since").values_list("since", flat=True).first())
        if since is not None:
            compare({**asked, "since": since}, lines)
            waiting.delete()
    return signed


def _since(region: str, here: UUID | None) -> UUID | None:
    """From which signature on those of ``region`` wait: a run around it may have broken off as well."""
    around = UncomparedSignatures.objects.filter(region_code__in=[places.NATION, *places.lineage(region)])
    known = [each for each in (here, *around.values_list("since", flat=True)) if each is not None]
    return min(known, default=None)


def _forget_changed(asked: Mapping[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(STALE, asked)
        gone = [row[0] for row in cursor.fetchall()]
        while gone:
            cursor.execute(ORPHANS, {"gone": gone})
            gone = [row[0] for row in cursor.fetchall()]


def _wanted(asked: Mapping[str, Any]) -> Ids:
    return fixed_rows(UNSIGNED, asked, {"id": "V16"})["id"]


def _sign(wanted: Ids, lines: Lines, step: Step) -> None:
    """Write the signatures of these; one that is too short is noted, so that it is not asked for again.

    While one batch is hashed beside, the one before is written and the next one read.
    """
    hashed: Future[Columns] | None = None
    with ThreadPoolExecutor(1) as beside:
        for begin in range(0, len(wanted) + BATCH, BATCH):
            with step():
                notes = unsigned(texts_of(wanted[begin : begin + BATCH]))
                before, hashed = hashed, beside.submit(_hashed, notes, lines) if notes else None
                if before is not None:
                    insert_columns(TextSignature, before.result())


def _hashed(notes: Unsigned, lines: Lines) -> Columns:
    """The signatures of these notes, column by column."""
    pieces = pieces_of(notes.contents, notes.names, lines)
    return {
        "id": uuid7_many(len(notes.records)),
        "record_id": notes.records,
        "region_code": notes.regions,
        "station_id": notes.stations,
        "provider_id": notes.providers,
        "worker_id": notes.workers,
        "started_at": notes.started,
        "digest": notes.digests,
        "text_hash": _wholes(pieces),
        "bands": _bands(pieces),
    }


def _wholes(pieces: Sets) -> list[int]:
    """One number for all pieces of a note: equal for equal texts."""
    every, begin, found = pieces.flat.data, 0, list[int]()
    for end in pieces.ends.tolist():
        digest = hashlib.blake2b(every[begin:end], digest_size=8).digest()
        found.append(int.from_bytes(digest, "big", signed=True))
        begin = end
    return found


def _bands(pieces: Sets) -> list[bytes]:
    long = pieces.sizes > 0
    hashed = iter(bands_of(Sets(pieces.flat, pieces.ends[long])))
    return [next(hashed).tobytes() if each else b"" for each in long.tolist()]
