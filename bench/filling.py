"""A province of service records, made by the database itself: a million rows in under two minutes.

Everything is placed and dated like real data (each county of 湖南 has stations in its townships, 2021 is
full of days), so that plans are what they would be. Only history is left out: these rows were never
typed in by anybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

PROVINCE, CITY, COUNTY = "430000000000", "431200000000", "431202000000"
STATIONS = 2000
RESIDENTS_AT_A_STATION = 20
TABLES = (
    "network_station",
    "network_stationstate",
    "workforce_socialworker",
    "workforce_posting",
    "casework_resident",
    "casework_residentstate",
    "casework_servicerecord",
    "casework_recordresident",
    "casework_recordworker",
)

PLACES = f"""
CREATE TEMPORARY TABLE bench_station AS
SELECT row_number() OVER (ORDER BY code) AS number, uuidv7() AS id, code AS region_code, uuidv7() AS worker_id,
    NULL::uuid AS provider_id, NULL::uuid AS project_id
FROM (SELECT code FROM territory_region WHERE level = 4 AND code LIKE '43%%' AND NOT grouping
    ORDER BY code LIMIT {STATIONS}) t
"""  # noqa: S608 -- a constant of this module
STATION = """
INSERT INTO network_station (id, region_code, code, name, tier, status)
SELECT id, region_code, 'Z' || number, '测速' || number || '站', '乡镇街道社工站', '运营' FROM bench_station
"""
STATION_STATE = """
INSERT INTO network_stationstate (id, subject_id, region_code, tier, status)
SELECT uuidv7(), id, region_code, '乡镇街道社工站', '运营' FROM bench_station
"""
WORKER = """
INSERT INTO workforce_socialworker
    (id, region_code, identity_number_sealed, identity_number_index, name, post, employment, hired_on, station_id)
SELECT worker_id, region_code, %s, 'bench' || number, '宋浩全', '一线社工', '全职', '2020-03-01', id FROM bench_station
"""
POSTING = """
INSERT INTO workforce_posting
    (id, subject_id, region_code, station_id, post, employment, identity_number_index, valid_from)
SELECT uuidv7(), worker_id, region_code, id, '一线社工', '全职', 'bench' || number, '2020-03-01' FROM bench_station
"""
RESIDENT = """
INSERT INTO casework_resident
    (id, region_code, station_id, worker_id, code, name, categories, risk, home_region_code, registered_on)
SELECT uuidv7(), s.region_code, s.id, s.worker_id, 'D' || s.number || '-' || n, '白露', ARRAY[%s], '一般', s.region_code,
    '2020-06-01'
FROM bench_station s, generate_series(1, {RESIDENTS}) n
"""
RESIDENT_STATE = """
INSERT INTO casework_residentstate
    (id, subject_id, region_code, station_id, worker_id, categories, risk, home_region_code, valid_from, status)
SELECT uuidv7(), r.id, r.region_code, r.station_id, r.worker_id, r.categories, r.risk, r.home_region_code, r.registered_on,
    r.status
FROM casework_resident r JOIN bench_station s ON s.id = r.station_id
"""
RECORDS = """
CREATE TEMPORARY TABLE bench_record AS
SELECT uuidv7() AS id, n, s.region_code, s.id AS station_id, s.worker_id, s.provider_id, s.project_id,
    timestamptz '2021-01-01 08:00+08' + make_interval(mins => (n::bigint * 7919 %% 525000)::int) AS started_at,
    (ARRAY['探访', '探访', '探访', '个案', '小组', '活动', '咨询'])[1 + n %% 7] AS method
FROM generate_series(%s, %s) n JOIN bench_station s ON s.number = 1 + n %% (SELECT count(*) FROM bench_station)
"""
RECORD = """
INSERT INTO casework_servicerecord
    (id, region_code, station_id, provider_id, project_id, code, method, started_at, ended_at, outcome, attendances, content,
    entered_at)
SELECT id, region_code, station_id, provider_id, project_id, 'F' || n, method, started_at, started_at + interval '40 minutes',
    CASE WHEN method = '探访' THEN '见到本人' ELSE '' END, 1, '上门探访,了解近况', started_at + interval '3 hours'
FROM bench_record
"""
RECORD_RESIDENT = """
INSERT INTO casework_recordresident (id, region_code, station_id, record_id, resident_id, started_at, method)
SELECT uuidv7(), b.region_code, b.station_id, b.id, p.ids[1 + b.n / 2000 %% cardinality(p.ids)], b.started_at, b.method
FROM bench_record b JOIN bench_people p ON p.station_id = b.station_id
"""
RECORD_WORKER = """
INSERT INTO casework_recordworker (id, region_code, station_id, record_id, worker_id, started_at)
SELECT uuidv7(), region_code, station_id, id, worker_id, started_at FROM bench_record
"""
IN_USE = """
INSERT INTO kernel_registeruse (id, register, region_code, since)
SELECT uuidv7(), r, left(region_code, 6) || '000000', now()
FROM (SELECT DISTINCT left(region_code, 6) AS county, min(region_code) AS region_code FROM bench_station GROUP BY 1) c,
    unnest(%s::text[]) r
ON CONFLICT DO NOTHING
"""


@dataclass(slots=True)
class Province:
    """What was made, and how many records so far."""

    stations: int
    records: int = 0


def blanks(cursor: CursorWrapper, tables: Sequence[str] = TABLES) -> None:
    """Texts that are empty rather than missing get a default here; the house's own code states them."""
    cursor.execute(
        "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_name = ANY(%s)"
        " AND is_nullable = 'NO' AND column_default IS NULL AND is_generated = 'NEVER'"
        " AND data_type IN ('character varying', 'text', 'bytea')",
        [list(tables)],
    )
    for table, column, _ in cursor.fetchall():
        cursor.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET DEFAULT ''")


def in_use(cursor: CursorWrapper, registers: Iterable[str]) -> None:
    """Every county of the stations keeps these registers."""
    cursor.execute(IN_USE, [sorted(registers)])


def arrays(cursor: CursorWrapper, tables: Sequence[str]) -> None:
    """Lists that are empty rather than missing get a default here as well."""
    cursor.execute(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_name = ANY(%s)"
        " AND is_nullable = 'NO' AND column_default IS NULL AND data_type = 'ARRAY'",
        [list(tables)],
    )
    for table, column in cursor.fetchall():
        cursor.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET DEFAULT '{{}}'")


def count(table: str) -> int:
    """How many rows a table has."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 -- a name of this suite
        return int(cursor.fetchone()[0])


@contextmanager
def quiet(cursor: CursorWrapper, tables: Sequence[str] = TABLES) -> Iterator[None]:
    """Without history triggers and foreign key checks of rows that are right by construction."""
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    try:
        yield
    finally:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def people(residents: int = RESIDENTS_AT_A_STATION) -> Province:
    """Stations, workers and residents of the province: so many ``residents`` at each station."""
    from django.db import connections

    from linzhan.kernel import secrecy
    from linzhan.kernel.registers.declare import codes_of
    from linzhan.kernel.scope import EVERYTHING, opened

    with opened(EVERYTHING):
        category = min(codes_of("@categories").values())
    with connections["owner"].cursor() as cursor, quiet(cursor):
        blanks(cursor)
        cursor.execute(PLACES, [])
        cursor.execute(STATION)
        cursor.execute(STATION_STATE)
        cursor.execute(WORKER, [secrecy.seal("990101196001010010")])
        cursor.execute(POSTING)
        cursor.execute(RESIDENT.format(RESIDENTS=residents), [category])
        cursor.execute(RESIDENT_STATE)
        in_use(cursor, ("stations", "workers", "residents", "service-records"))
        cursor.execute(
            "CREATE TEMPORARY TABLE bench_people AS SELECT station_id, array_agg(id ORDER BY code) AS ids"
            " FROM casework_resident GROUP BY 1"
        )
        cursor.execute("SELECT count(*) FROM bench_station")
        return Province(int(cursor.fetchone()[0]))


def records(province: Province, up_to: int) -> None:
    """Service records until there are ``up_to`` of them, and fresh statistics."""
    from django.db import connections

    with connections["owner"].cursor() as cursor, quiet(cursor):
        cursor.execute(RECORDS, [province.records + 1, up_to])
        for statement in (RECORD, RECORD_RESIDENT, RECORD_WORKER):
            cursor.execute(statement, [])
        cursor.execute("DROP TABLE bench_record")
    with connections["owner"].cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"VACUUM (ANALYZE) {table}")
    province.records = up_to


def station_in(region_code: str) -> tuple[UUID, str, UUID]:
    """A station of the place: its id, its division and its worker."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT id, region_code, worker_id FROM bench_station WHERE left(region_code, 6) = %s ORDER BY number LIMIT 1",
            [region_code[:6]],
        )
        found: tuple[UUID, str, UUID] = cursor.fetchone()
        return found
