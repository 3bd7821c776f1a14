"""Lists, files and checks of people over 100,000 workers with postings, assignments, vetting and filings.

Somebody is on one project as a rule and on two now and then; the checks ask for one person, a team of six and
a whole project of fifty.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from uuid import UUID

from bench import filling, lists
from bench.measuring import Results, seconds, spread

TIMES = 30
TABLES = (
    "workforce_socialworker",
    "workforce_posting",
    "workforce_certificate",
    "workforce_filing",
    "workforce_vetting",
    "workforce_assignment",
    "workforce_workbar",
)
ON = date(2022, 5, 20)
PROJECTS_OF_A_STATION = 2
PAGE = "p50 ≤ 200"  # a file with its checks, or a page that looks at all of a place

PERSONS = """
CREATE TEMPORARY TABLE bench_person AS
SELECT uuidv7() AS id, row_number() OVER () AS number, s.region_code, s.id AS station_id, s.number AS station
FROM bench_station s, generate_series(1, %s) n
"""
WORKER = """
INSERT INTO workforce_socialworker (id, region_code, identity_number_sealed, identity_number_index, name, post,
    employment, hired_on, station_id, certificate, passed_on, registered_until, pledged_on)
SELECT id, region_code, %s, 'people' || number, '侯朋玲', '一线社工', '全职', '2020-03-01', station_id,
    CASE WHEN number %% 3 = 0 THEN '社会工作师' ELSE '无' END,
    CASE WHEN number %% 3 = 0 THEN date '2019-11-30' END, CASE WHEN number %% 3 = 0 THEN date '2022-12-31' END,
    '2020-02-20'
FROM bench_person
"""
FOLLOWING = (
    """
    INSERT INTO workforce_posting
        (id, subject_id, region_code, station_id, post, employment, identity_number_index, valid_from)
    SELECT uuidv7(), id, region_code, station_id, '一线社工', '全职', 'people' || number, '2020-03-01' FROM bench_person
    """,
    """
    INSERT INTO workforce_certificate
        (id, worker_id, region_code, station_id, identity_number_index, grade, passed_on, stated_from)
    SELECT uuidv7(), id, region_code, station_id, 'people' || number, '社会工作师', '2019-11-30', '2020-03-01'
    FROM bench_person WHERE number % 3 = 0
    """,
    """
    INSERT INTO workforce_filing (id, worker_id, region_code, station_id, identity_number_index, occasion, spell_from,
        happened_on, filed_on)
    SELECT uuidv7(), id, region_code, station_id, 'people' || number, '入职', '2020-03-01', '2020-03-01',
        CASE WHEN number % 20 > 0 THEN date '2020-03-05' END
    FROM bench_person
    """,
    """
    INSERT INTO workforce_vetting
        (id, worker_id, region_code, station_id, code, kind, requested_on, result, answered_on, valid_until)
    SELECT uuidv7(), id, region_code, station_id, 'CX' || number, '年度查询', '2022-01-03', '未发现', '2022-01-05',
        '2023-01-05'
    FROM bench_person
    """,
    """
    INSERT INTO workforce_assignment
        (id, worker_id, region_code, station_id, code, project_id, role, share, with_minors, starts_on, stage)
    SELECT uuidv7(), p.id, p.region_code, p.station_id, 'PR' || p.number || '-' || n,
        md5('project' || p.station * 2 + n)::uuid, CASE WHEN p.number % 50 = 0 THEN '主责' ELSE '社工' END,
        CASE WHEN p.number % 200 = 0 THEN 60 ELSE 100 END, true, '2022-01-01', '在派'
    FROM bench_person p, generate_series(0, 1) n WHERE n = 0 OR p.number % 200 = 0
    """,
    """
    INSERT INTO workforce_workbar
        (id, worker_id, region_code, station_id, sanction_id, starts_on, ends_on, scope, citation)
    SELECT uuidv7(), id, region_code, station_id, uuidv7(), '2021-05-01', '2023-05-01', '社会工作相关岗位', '测速'
    FROM bench_person WHERE number % 1000 = 0
    """,
)


def fill(workers: int) -> None:
    """``workers`` persons over the stations of :mod:`bench.filling`, with what is kept of each."""
    from django.db import connections

    from linzhan.kernel import secrecy

    with connections["owner"].cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_name = ANY(%s)"
            " AND is_nullable = 'NO' AND column_default IS NULL AND is_generated = 'NEVER'"
            " AND data_type IN ('character varying', 'text', 'bytea')",
            [list(TABLES)],
        )
        for table, column in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET DEFAULT ''")
        cursor.execute(PERSONS, [max(1, workers // filling.STATIONS)])
        cursor.execute(WORKER, [secrecy.seal("990101196001010010")])
        for statement in FOLLOWING:
            cursor.execute(statement)
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    with connections["owner"].cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"VACUUM (ANALYZE) {table}")


def run(results: Results, workers: int = 100_000) -> None:
    filling.people()
    results.add("people", f"making {workers:,} workers", seconds(lambda: fill(workers)), "s")
    readers = lists.readers()
    for reader in readers:
        for name, address in addresses():
            target = lists.TARGET if address.startswith("/r/") and "?tab" not in address else PAGE
            lists.pages(results, reader, f"{name}, {reader.name}", address, part="people", target=target)
    checks(results, readers[0])


def addresses() -> Iterator[tuple[str, str]]:
    """The lists that are opened every week, one worker's file, a team, and who is on several projects."""
    station, _town, _worker = filling.station_in(filling.COUNTY)
    yield "workers", "/r/workers/"
    yield "assignments", "/r/assignments/"
    yield "vettings", "/r/vettings/"
    yield "a worker's checks", f"/r/workers/{_somebody(station)[0]}/?tab=standing"
    yield "a team of fifty", f"/r/stations/{station}/?tab=team"
    yield "who is owed supervision", "/supervision/owed/"
    yield "on several projects", "/people/several-projects/"


def checks(results: Results, reader: lists.Reader) -> None:
    """The functions that other desks ask before they commit, as the official of a county."""
    from linzhan.kernel.scope import opened
    from linzhan.workforce.api import assignment_checks, staffing_checks

    station, town, _worker = filling.station_in(filling.COUNTY)
    team = _somebody(station)

    def one() -> object:
        return assignment_checks(
            team[0], region=town, on=ON, with_minors=True, share=Decimal(50), project_id=UUID(int=1)
        )

    for name, work in (
        ("checks of one", one),
        ("checks of six", lambda: staffing_checks(team[:6], region=town, on=ON, with_minors=True)),
        ("checks of fifty", lambda: staffing_checks(team[:50], region=town, on=ON, with_minors=True)),
    ):
        taken = []
        for _ in range(TIMES):
            began = time.perf_counter()
            with opened(reader.scope):
                work()
            taken.append(time.perf_counter() - began)
        p50, p95 = spread(taken)
        results.add("people", f"{name}: p50", p50, "ms", "≤ 25")
        results.add("people", f"{name}: p95", p95, "ms")


def _somebody(station: UUID) -> list[UUID]:
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT id FROM workforce_socialworker WHERE station_id = %s ORDER BY id DESC LIMIT 50", [station]
        )
        return [row[0] for row in cursor.fetchall()]
