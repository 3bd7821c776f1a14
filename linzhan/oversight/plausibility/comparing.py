"""New notes held against all kept ones of their place: what each is like is kept beside its signature.

That is the nearest earlier note, and the first of the cluster. Held at a time are, of each kept signature, 56
bytes and what finding candidates takes (:func:`.likeness.candidates`); the bands themselves (128 bytes each) lie in a
file that is gone with the run. Texts are read for a few thousand pairs at once, and their links written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import IO, Any, Final
from uuid import UUID

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from linzhan.oversight.plausibility.fetching import Ids, parts_of, uuids_of
from linzhan.oversight.plausibility.likeness import BANDS, Bands, Pairs, Words, candidates, jaccard, sketches
from linzhan.oversight.plausibility.notes import Lines, Note, served

PAIRS: Final = 4_000
"""Pairs whose texts are read at once."""
NOBODY: Final = UUID(int=0)

KEPT: Final = f"""
SELECT record_id, coalesce(worker_id, '{NOBODY}'), bands, id >= %(since)s FROM oversight_textsignature
WHERE region_code >= %(low)s AND region_code < %(high)s AND octet_length(bands) = {4 * BANDS}
    AND started_at >= (%(first)s::date)::timestamp AT TIME ZONE 'Asia/Shanghai' ORDER BY id
"""  # noqa: S608 -- numbers of this package
COLUMNS: Final = {"record": "V16", "worker": "V16", "bands": f"V{4 * BANDS}", "new": "?"}


@dataclass(slots=True)
class Columns:
    """The bands of all signatures in a file, so that one band of all can be read without the others."""

    file: IO[bytes]
    sizes: list[int] = field(default_factory=list)

    def add(self, bands: Bands) -> None:
        self.file.write(np.ascontiguousarray(bands.T).tobytes())
        self.sizes.append(len(bands))

    def __call__(self, band: int) -> Bands:
        found, at, begin = np.empty(sum(self.sizes), dtype=np.uint32), 0, 0
        for size in self.sizes:
            self.file.seek(4 * (begin * BANDS + band * size))
            found[at : at + size] = np.frombuffer(self.file.read(4 * size), dtype=np.uint32)
            at, begin = at + size, begin + size
        return found


@dataclass(frozen=True, slots=True)
class Shelf:
    """The kept signatures in the order of their making, the new ones last."""

    ids: Ids
    workers: NDArray[np.uint64]
    sketched: Words
    columns: Columns
    new_from: int


@dataclass(frozen=True, slots=True)
class Link:
    """A note, the earlier one that it is like, and how alike they are."""

    later: UUID
    earlier: UUID
    share: float


def compare(asked: Mapping[str, Any], lines: Lines) -> None:
    """Hold the signatures from ``since`` on against all of the place; in the caller's transaction."""
    with TemporaryFile() as file:
        shelf = _shelf(asked, Columns(file))
        if shelf is None:
            return
        for kind in ("same", "other"):
            pairs = candidates(
                shelf.columns, shelf.sketched, shelf.workers, within=kind == "same", new_from=shelf.new_from
            )
            for part in _parts(pairs):
                _keep(kind, _links(shelf, part, kind, lines))


def _shelf(asked: Mapping[str, Any], columns: Columns) -> Shelf | None:
    ids, workers, sketched, old = list[Ids](), list[NDArray[np.uint64]](), list[Words](), 0
    for part in parts_of(KEPT, asked, COLUMNS):
        bands = np.frombuffer(part["bands"].tobytes(), dtype=np.uint32).reshape(-1, BANDS)
        columns.add(bands)
        ids.append(part["record"].copy())
        workers.append(_codes(part["worker"]))
        sketched.append(sketches(bands))
        old += int(np.count_nonzero(~part["new"]))
    if not ids or old == sum(columns.sizes):
        return None
    return Shelf(
        sketched=_whole(sketched), ids=_whole(ids), workers=_whole(workers), columns=columns, new_from=old
    )


def _whole(parts: list[NDArray[Any]]) -> NDArray[Any]:
    """The parts as one, which are let go: never are all of them held twice."""
    whole = np.concatenate(parts)
    parts.clear()
    return whole


def _codes(ids: Ids) -> NDArray[np.uint64]:
    """A number for each id; two ids have the same one as good as never."""
    halves = np.frombuffer(ids.tobytes(), dtype=np.uint64).reshape(-1, 2)
    codes: NDArray[np.uint64] = halves[:, 0] * np.uint64(0x9E3779B97F4A7C15) ^ halves[:, 1]
    return codes


def _parts(pairs: Pairs) -> Iterator[Pairs]:
    """Some pairs at a time, those of one note together."""
    begins = np.flatnonzero(np.diff(pairs[:, 0], prepend=-1))
    cuts = begins[np.searchsorted(begins, np.arange(PAIRS, len(pairs), PAIRS)).clip(max=len(begins) - 1)]
    for part in np.split(pairs, np.unique(cuts)):
        if len(part):
            yield part


def _links(shelf: Shelf, pairs: Pairs, kind: str, lines: Lines) -> list[Link]:
    """For each later note the earlier one that it is most like, where it is like one."""
    numbers, places = np.unique(pairs, return_inverse=True)
    ids = uuids_of(shelf.ids[numbers])
    notes = served([str(each) for each in ids], lines)
    best: dict[UUID, Link] = {}
    for one, other in places.reshape(-1, 2).tolist():
        later, earlier = ids[one], ids[other]
        known = best[later].share if later in best else 0.0
        share = _share(notes.get(later), notes.get(earlier), kind, lines) if known < 1 else None
        if share is not None and share > known:
            best[later] = Link(later, earlier, share)
    return list(best.values())


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


def _keep(kind: str, links: Sequence[Link]) -> None:
    """Write the links of some notes, earlier ones first; an earlier one's cluster is the later one's too."""
    if not links:
        return
    roots = _roots(kind, {each.earlier for each in links})
    for each in links:
        roots[each.later] = roots.get(each.earlier, each.earlier)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE oversight_textsignature g SET {kind}_as = v.near, {kind}_root = v.root, {kind}_share = v.share"  # noqa: S608 -- one of two words
            " FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::float8[]) AS v (record, near, root, share)"
            " WHERE g.record_id = v.record",
            [
                [each.later for each in links],
                [each.earlier for each in links],
                [roots[each.later] for each in links],
                [100 * each.share for each in links],
            ],
        )


def _roots(kind: str, ids: set[UUID]) -> dict[UUID, UUID]:
    """The first of the cluster of each of these, where they are in one."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT record_id, {kind}_root FROM oversight_textsignature WHERE record_id = ANY(%s) AND {kind}_root IS NOT NULL",  # noqa: S608 -- one of two words
            [list(ids)],
        )
        return dict(cursor.fetchall())
