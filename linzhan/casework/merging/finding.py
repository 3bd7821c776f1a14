"""Which files of a county may be of one person: asked of the database, never by comparing everybody with everybody.

Two files are a pair where the identity number is the same, or where the name is similar (the same characters,
the same sound, or one character of at least three different), the date of birth the same or missing on a side,
and the village or the household the same. Two valid identity numbers that differ are two persons.

Those of a county meet by one join of (village or household, spelling). Those just written meet the others by
the pieces of their names (ADR 0017): a few ranges of one index. Nobody is shown what they may not see:
a pair stands where both files stand.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from linzhan.casework.merging.enums import PairState, Reason
from linzhan.casework.merging.models import DuplicatePair
from linzhan.kernel import places
from linzhan.kernel.names import fold, pinyin, search_range
from linzhan.kernel.scope import EVERYTHING, Actor, opened, unscoped

FEW = 20  # files written at once that are compared at once; a whole workbook is compared by a job
LONG_ENOUGH = 3  # characters of a name of which one may differ
AFTER = "\x01"  # follows a piece itself and precedes all that begin with it
ACTOR = Actor(origin="查找重复档案")

PERSON = """
SELECT r.id, r.name, r.sex, r.born_on, r.household, r.document_type, r.identity_number_index AS number,
    r.home_region_code AS village, r.region_code, r.station_id, r.provider_id,
    (SELECT p.piece FROM kernel_searchpiece p WHERE p.row_id = r.id AND p.piece ~ '^[a-z]'
     ORDER BY length(p.piece) DESC, p.piece LIMIT 1) AS sound
FROM casework_resident r WHERE r.merged_into_id IS NULL
"""
# By the row alone: a condition on the piece that an index could serve would make the planner walk through all pieces.
OF_COUNTY = (
    f"CREATE TEMPORARY TABLE them ON COMMIT DROP AS {PERSON} AND r.county_code = %(county)s",
    "CREATE INDEX ON them (id)",
    "ANALYZE them",
    """CREATE TEMPORARY TABLE spelled ON COMMIT DROP AS
    WITH blocked AS (
        SELECT 'v' || village AS block, id, name, sound FROM them WHERE right(village, 3) <> '000' AND village <> ''
        UNION ALL SELECT 'h' || household, id, name, sound FROM them WHERE household <> ''
    )
    SELECT block || '~' || sound AS spelling, id FROM blocked WHERE sound IS NOT NULL
    UNION ALL SELECT block || '|' || overlay(name placing '*' from n for 1), id
    FROM blocked, generate_series(1, char_length(name)) n WHERE char_length(name) >= %(long)s""",
    "ANALYZE spelled",
    """CREATE TEMPORARY TABLE met ON COMMIT DROP AS
    SELECT a.id AS one, b.id AS other FROM them a JOIN them b ON a.number = b.number AND a.id < b.id
    WHERE a.number <> ''
    UNION SELECT a.id, b.id FROM spelled a JOIN spelled b ON a.spelling = b.spelling AND a.id < b.id""",
    "ANALYZE met",
)
"""Step by step, because the planner knows how many rows a table has and not how many a subquery gives."""
OF_FEW = f"""
WITH asked AS (SELECT * FROM unnest(%(ids)s::uuid[], %(lows)s::text[], %(highs)s::text[]) AS w (id, low, high)),
near AS (
    SELECT w.id, p.row_id FROM asked w JOIN kernel_searchpiece p
        ON p.register = 'residents' AND p.piece >= w.low COLLATE "C" AND p.piece < w.high COLLATE "C"
        AND p.region_code >= %(from)s AND p.region_code < %(to)s
    UNION SELECT o.id, b.id FROM casework_resident o JOIN casework_resident b
        ON b.identity_number_index = o.identity_number_index AND b.county_code = o.county_code
        WHERE o.id = ANY(%(written)s) AND o.identity_number_index <> ''
), them AS MATERIALIZED (
    {PERSON} AND r.id = ANY(ARRAY(SELECT row_id FROM near UNION SELECT unnest(%(written)s::uuid[])))
), met AS (
    SELECT DISTINCT least(id, row_id) AS one, greatest(id, row_id) AS other FROM near WHERE id <> row_id
)
"""  # noqa: S608 -- own texts
JUDGED = """
SELECT a.id, b.id, a.station_id = b.station_id, a.region_code, b.region_code, a.station_id, a.provider_id, reasons
FROM met JOIN them a ON a.id = met.one JOIN them b ON b.id = met.other
CROSS JOIN LATERAL (SELECT
    a.number = b.number AND a.number <> '' AS same_number,
    a.name = b.name AS same_name,
    coalesce(a.sound = b.sound, false) AS same_sound,
    char_length(a.name) = char_length(b.name) AND char_length(a.name) >= %(long)s AND (a.sex = b.sex OR '' IN (a.sex, b.sex)) AND (
        SELECT count(*) = 1 FROM generate_series(1, char_length(a.name)) n
        WHERE substr(a.name, n, 1) <> substr(b.name, n, 1)) AS one_character,
    coalesce(a.born_on = b.born_on, false) AS same_birth,
    a.born_on IS NULL OR b.born_on IS NULL AS birth_missing,
    a.village = b.village AND a.village <> '' AND right(a.village, 3) <> '000' AS same_village,
    a.household = b.household AND a.household <> '' AS same_household,
    a.number <> '' AND b.number <> '' AND a.number <> b.number
        AND a.document_type IN ('身份证', '') AND b.document_type IN ('身份证', '') AS two_numbers
) AS f
CROSS JOIN LATERAL (SELECT array_remove(ARRAY[
    CASE WHEN same_number THEN '证件号码相同' END,
    CASE WHEN same_name THEN '姓名相同' WHEN same_sound THEN '姓名同音' WHEN one_character THEN '姓名差一字' END,
    CASE WHEN same_birth THEN '出生日期相同' WHEN birth_missing AND NOT same_number THEN '一方没有出生日期' END,
    CASE WHEN same_village THEN '同村(社区)' END,
    CASE WHEN same_household THEN '同一户' END
], NULL) AS reasons) AS told
WHERE same_number OR ((same_name OR same_sound OR one_character) AND (same_birth OR birth_missing)
    AND (same_village OR same_household) AND NOT two_numbers)
"""


@dataclass(frozen=True, slots=True)
class Found:
    """Two files that may be of one person, where both stand, and why."""

    first: UUID
    second: UUID
    region_code: str
    station_id: UUID | None
    provider_id: UUID | None
    reasons: tuple[Reason, ...]


def find_in_county(county: str) -> int:
    """Look through a county (12-digit code); how many pairs wait for a decision."""
    with unscoped("duplicates are found across the stations of a county"):
        found = _of_county({"county": places.prefix(county), "long": LONG_ENOUGH})
        low, high = places.bounds(county)
        known = DuplicatePair.objects.filter(region_code__gte=low, region_code__lt=high)
        _keep(found, list(known))
        return known.filter(state=PairState.OPEN).count()


def find_for(ids: Collection[UUID], names: Iterable[tuple[UUID, str]], county: str) -> None:
    """Compare the files just written (ids, and id with name) with the others of their county."""
    ranges = [(identity, *each) for identity, name in names for each in _ranges(name)]
    low, high = places.bounds(places.pad(county))
    asked = {
        "ids": [identity for identity, _low, _high in ranges],
        "lows": [each for _id, each, _high in ranges],
        "highs": [each for _id, _low, each in ranges],
        "from": low,
        "to": high,
        "written": list(ids),
        "long": LONG_ENOUGH,
    }
    with unscoped("duplicates are found across the stations of a county"):
        touching = list(ids)
        known = DuplicatePair.objects.filter(first__in=touching) | DuplicatePair.objects.filter(
            second__in=touching
        )
        _keep(_asked(OF_FEW, asked), list(known))


def _ranges(name: str) -> Iterator[tuple[str, str]]:
    """The pieces by which a name like ``name`` is found: its sound, or all of it but one character."""
    plain = fold(name)
    sound = "".join(pinyin(name))
    yield sound, sound + AFTER
    if len(plain) < LONG_ENOUGH:
        return
    for at in range(len(plain) - 1):  # another character there: the ending after it is the same
        yield plain[at + 1 :], plain[at + 1 :] + AFTER
    if (begins := search_range(plain[:-1])) is not None:
        yield begins


def _of_county(values: Mapping[str, Any]) -> list[Found]:
    with connection.cursor() as cursor:
        for statement in OF_COUNTY:
            cursor.execute(statement, values)
    found = _asked("", values)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE them, spelled, met")
    return found


def _asked(source: str, values: Mapping[str, Any]) -> list[Found]:
    with connection.cursor() as cursor:
        cursor.execute(source + JUDGED, values)
        return [_found(*row) for row in cursor.fetchall()]


def _found(
    first: UUID,
    second: UUID,
    one_station: bool,  # noqa: FBT001 -- a row of the statement
    region: str,
    other: str,
    station: UUID,
    provider: UUID | None,
    reasons: Sequence[str],
) -> Found:
    together = region if region == other else places.county_of(region)
    told = tuple(map(Reason, reasons))
    if one_station:
        return Found(first, second, together, station, provider, told)
    return Found(first, second, together, None, None, told)


def _keep(found: Sequence[Found], known: Sequence[DuplicatePair]) -> None:
    """Add new pairs, drop those that no longer are, and leave alone what somebody decided."""
    by_pair = {(pair.first_id, pair.second_id): pair for pair in known}
    new = [each for each in found if (each.first, each.second) not in by_pair]
    DuplicatePair.objects.bulk_create(map(_pair, new), ignore_conflicts=True)
    told = {(each.first, each.second): each for each in found}
    gone = [pair.pk for key, pair in by_pair.items() if pair.state == PairState.OPEN and key not in told]
    DuplicatePair.objects.filter(pk__in=gone).delete()
    differing = [
        _amended(by_pair[key], each) for key, each in told.items() if _differs(by_pair.get(key), each)
    ]
    DuplicatePair.objects.bulk_update(
        differing, ["reasons", "region_code", "station_id", "provider_id"], batch_size=500
    )


def _pair(found: Found) -> DuplicatePair:
    return _amended(DuplicatePair(first_id=found.first, second_id=found.second), found)


def _amended(pair: DuplicatePair, found: Found) -> DuplicatePair:
    pair.reasons = list(found.reasons)
    pair.region_code, pair.station_id, pair.provider_id = (
        found.region_code,
        found.station_id,
        found.provider_id,
    )
    return pair


def _differs(pair: DuplicatePair | None, found: Found) -> bool:
    if pair is None or pair.state != PairState.OPEN:
        return False
    stored = (tuple(pair.reasons), pair.region_code, pair.station_id)
    return stored != (found.reasons, found.region_code, found.station_id)


@app.task(name="linzhan.duplicates")
def find_duplicates(*, county: str) -> None:
    """The job of one county: after an import, and whenever somebody asks."""
    with opened(EVERYTHING, ACTOR):
        find_in_county(county)


def find_soon(county: str) -> None:
    """After this transaction commits, have a worker look through ``county``; one order at a time waits."""
    transaction.on_commit(partial(_order, county), robust=True)


def _order(county: str) -> None:
    try:
        with transaction.atomic():
            find_duplicates.configure(queueing_lock=f"linzhan.duplicates.{county}").defer(county=county)
    except AlreadyEnqueued:
        return
