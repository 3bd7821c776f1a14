"""50,000 contracts with their purchase files and what was delivered: lists, a file, progress (issue of the mandate)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from uuid import UUID

from bench import filling, institutions, lists
from bench.measuring import Results, seconds

SIZE, RECORDS = 50_000, 300_000
PART = "contracts"
TARGET = "p50 ≤ 200"
ON = dt.date(2022, 7, 1)
TABLES = (
    "procurement_serviceproject",
    "procurement_projectstate",
    "procurement_purchasefile",
    "procurement_milestone",
    "procurement_projectprogress",
    "casework_servicerecord",
)
CONTRACT = f"""
CREATE TEMPORARY TABLE bench_contract AS
SELECT n, uuidv7() AS id, c.region_code, (SELECT id FROM bench_institution WHERE n = 1) AS provider_id
FROM generate_series(1, {SIZE}) n JOIN bench_county c ON c.number = 1 + n %% (SELECT count(*) FROM bench_county)
"""  # noqa: S608 -- a constant of this module
ROWS = (
    """
INSERT INTO procurement_serviceproject (id, region_code, provider_id, code, name, kind, purchaser, method, contract_amount,
    starts_on, ends_on, status, target_visits, target_cases, target_activities)
SELECT id, region_code, provider_id, 'HT' || n, '测速项目' || n, '社工站运营', '民政局', '公开招标', 500000,
    date '2022-01-01' - (n %% 200), date '2024-12-31', CASE WHEN n %% 5 = 0 THEN '结项' ELSE '执行' END, 20, 2, 3
FROM bench_contract
""",
    """
INSERT INTO procurement_projectstate (id, subject_id, region_code, provider_id, status, valid_from)
SELECT uuidv7(), id, region_code, provider_id, status, starts_on FROM procurement_serviceproject
""",
    """
INSERT INTO procurement_purchasefile (id, region_code, provider_id, project_id, code, name, kind, form, stage, origin, purchaser,
    contract_code, contract_amount, starts_on, ends_on, reported_matters, oversight)
SELECT uuidv7(), region_code, provider_id, id, 'CG-' || code, name, kind, '购买项目', status, '补建', purchaser, code,
    contract_amount, starts_on, ends_on, '{}', '{}' FROM procurement_serviceproject
""",
    """
INSERT INTO procurement_milestone (id, region_code, provider_id, project_id, code, name, due_on)
SELECT uuidv7(), region_code, provider_id, id, 'LC-' || code || '-' || m, '节点', date '2022-03-01' + m * 90
FROM procurement_serviceproject, generate_series(0, 1) m
""",
    f"""
INSERT INTO casework_servicerecord (id, region_code, station_id, project_id, code, method, started_at, ended_at, content, status)
SELECT uuidv7(), b.region_code, b.id, b.id, 'F' || r.k, (ARRAY['探访', '探访', '个案', '活动'])[1 + r.k %% 4], m.t,
    m.t + interval '1 hour', '测速', '已通过'
FROM generate_series(1, {RECORDS}) AS r(k) JOIN bench_contract b ON b.n = 1 + r.k %% {SIZE} CROSS JOIN LATERAL
    (SELECT timestamptz '2022-01-02 08:00+08' + make_interval(mins => (r.k::bigint * 7919 %% 250000)::int) AS t) m
""",  # noqa: S608 -- as above
)


def fill() -> None:
    """50,000 contracts over the counties of a province, six accepted records each on average."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        filling.blanks(cursor, TABLES)
        cursor.execute(institutions.COUNTIES, [])
        cursor.execute("CREATE TEMPORARY TABLE bench_institution AS SELECT 1 AS n, uuidv7() AS id", [])
        cursor.execute(CONTRACT, [])
        with filling.quiet(cursor, TABLES):
            for statement in ROWS:
                cursor.execute(statement, [])
    with connections["owner"].cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"VACUUM (ANALYZE) {table}")


def count() -> None:
    """What the worker does every hour."""
    from linzhan.kernel.scope import EVERYTHING, Actor, opened
    from linzhan.procurement.api import keep_progress

    with opened(EVERYTHING, Actor(label="测速")):
        keep_progress(ON)


def run(results: Results) -> None:
    results.add(PART, f"making {SIZE:,} contracts and {RECORDS:,} records", seconds(fill), "s")
    results.add(PART, f"counting the progress of {SIZE:,} contracts", seconds(count), "s", "≤ 300")
    officials: list[tuple[str, str, str, UUID | None]] = [
        ("county", "county_official", filling.COUNTY, None),
        ("city", "city_official", filling.CITY, None),
        ("province", "province_official", filling.PROVINCE, None),
    ]
    for reader in lists.seated(officials):
        for name, address in _addresses(reader):
            lists.pages(results, reader, f"{name}, {reader.name}", address, part=PART, target=TARGET)


def _addresses(reader: lists.Reader) -> Iterator[tuple[str, str]]:
    """Lists of contracts and files, the list by lag and its next page, one project's progress, projects without file."""
    yield "list of contracts", "/r/projects/"
    yield "list of purchase files", "/r/purchase-files/"
    yield "files in one stage", "/r/purchase-files/?stage=执行"
    yield "progress", "/progress/"
    html = reader.client.get("/progress/").content.decode()
    further = re.search(r'href="(/progress/\?after=[^"]+)"', html)
    if further:
        yield "progress, next page", further[1].replace("&amp;", "&")
    row = re.search(r"/r/projects/([0-9a-f-]{36})/", html)
    if row:
        yield "progress of one contract", f"/r/projects/{row[1]}/?tab=progress"
    yield "projects without a file", "/purchases/unfiled/"
    yield "API list", "/api/v1/purchase-files?limit=50"
