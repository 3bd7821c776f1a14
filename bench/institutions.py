"""The list and the standing of 10,000 institutions, as officials of a county, a city and a province see them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID

from bench import filling, lists
from bench.measuring import Results, seconds

SIZE = 10_000
PART = "standing"
TARGET = "p50 ≤ 200"
TABLES = (
    "providers_provider",
    "providers_providerstate",
    "providers_providerpresence",
    "providers_inspection",
    "providers_annualinspection",
    "providers_ratingaward",
    "providers_sanction",
)
COUNTIES = """
CREATE TEMPORARY TABLE bench_county AS
SELECT row_number() OVER (ORDER BY code) AS number, code AS region_code
FROM territory_region WHERE level = 3 AND code LIKE '43%%' AND NOT grouping
"""
INSTITUTION = f"""
CREATE TEMPORARY TABLE bench_institution AS
SELECT n, uuidv7() AS id, c.region_code FROM generate_series(1, {SIZE}) n
JOIN bench_county c ON c.number = 1 + n %% (SELECT count(*) FROM bench_county)
"""  # noqa: S608 -- a constant of this module
ROWS = (
    """
INSERT INTO providers_provider (id, region_code, uscc, name, kind, registered_on, rating, rating_until, full_time_staff,
    professional_staff, party_members, has_party_organisation, status)
SELECT id, region_code, 'B' || lpad(n::text, 17, '0'), '测速机构' || n, '社会工作服务机构', '2015-06-01',
    CASE WHEN n %% 3 = 0 THEN '3A' ELSE '' END, '2025-12-31', 12, 6, n %% 6, n %% 2 = 0, '正常' FROM bench_institution
""",
    """
INSERT INTO providers_providerstate (id, subject_id, region_code, kind, rating, rating_until, party_members,
    has_party_organisation, status, valid_from)
SELECT uuidv7(), id, region_code, kind, rating, rating_until, party_members, has_party_organisation, status, registered_on
FROM providers_provider WHERE id IN (SELECT id FROM bench_institution)
""",
    """
INSERT INTO providers_providerpresence (id, provider_id, region_code)
SELECT uuidv7(), id, region_code FROM bench_institution ON CONFLICT DO NOTHING
""",
    """
INSERT INTO providers_inspection (id, region_code, provider_id, code, kind, year, conclusion, inspected_on)
SELECT uuidv7(), region_code, id, 'JC' || n || '-' || y, '年检', y, '合格', make_date(y + 1, 5, 1)
FROM bench_institution, generate_series(2018, 2021) y
""",
    """
INSERT INTO providers_annualinspection (id, region_code, provider_id, code, year, stage, concluded_on, conclusion)
SELECT uuidv7(), region_code, id, 'NJ' || n || '-' || y, y, '合格', make_date(y + 1, 5, 1), '合格'
FROM bench_institution, generate_series(2020, 2021) y
""",
    """
INSERT INTO providers_ratingaward (id, region_code, provider_id, code, stage, applied_on, level, issued_on, valid_until)
SELECT uuidv7(), region_code, id, 'DJ' || n, '有效', '2020-06-01', '3A', '2020-12-31', '2025-12-31'
FROM bench_institution WHERE n %% 3 = 0
""",
    """
INSERT INTO providers_sanction (id, region_code, provider_id, code, kind, stage, authority, purchaser, grounds, facts, document,
    decided_on, starts_on, ends_on)
SELECT uuidv7(), region_code, id, 'CL' || n, '禁入本单位项目', '生效', '民政局', '民政局', '{}', '评估不合格', '合同',
    '2021-06-01', '2021-06-01', '2023-06-01' FROM bench_institution WHERE n %% 10 = 0
""",
)


def fill() -> None:
    """10,000 institutions over the counties of a province: four inspections each, a third rated, a tenth barred."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        filling.blanks(cursor, TABLES)
        cursor.execute(COUNTIES, [])
        cursor.execute(INSTITUTION, [])
        with filling.quiet(cursor, TABLES):
            for statement in ROWS:
                cursor.execute(statement, [])
    with connections["owner"].cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"VACUUM (ANALYZE) {table}")


def run(results: Results) -> None:
    results.add(PART, f"making {SIZE:,} institutions", seconds(fill), "s")
    officials: list[tuple[str, str, str, UUID | None]] = [
        ("county", "county_official", filling.COUNTY, None),
        ("city", "city_official", filling.CITY, None),
        ("province", "province_official", filling.PROVINCE, None),
    ]
    for reader in lists.seated(officials):
        for name, address in _addresses(reader):
            lists.pages(results, reader, f"{name}, {reader.name}", address, part=PART, target=TARGET)


def _addresses(reader: lists.Reader) -> Iterator[tuple[str, str]]:
    """The list, the standings of a page, one file with its standing, the same over the interface, sanctions."""
    first = "/r/providers/"
    yield "list of institutions", first
    yield "standings", "/providers/standing/?on=2022-07-01"
    row = re.search(r"/r/providers/([0-9a-f-]{36})/", reader.client.get(first).content.decode())
    if row:
        yield "one institution", f"{first}{row[1]}/?on=2022-07-01"
        yield "API standing", f"/api/v1/providers/{row[1]}/standing?on=2022-07-01"
    yield "list of sanctions", "/r/provider-sanctions/"
