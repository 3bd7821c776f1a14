"""The money desk over 50,000 contracts and 200,000 movements of a province: overview, rules, books."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any

from bench.filling import CITY, COUNTY, PROVINCE
from bench.lists import TIMES, Reader, asked
from bench.measuring import Results, seconds, spread

CONTRACTS = 50_000
TABLES = ("procurement_serviceproject", "procurement_projectstate", "procurement_fundmovement")
COUNTIES = """
CREATE TEMPORARY TABLE bench_county AS
SELECT row_number() OVER (ORDER BY code) AS number, code AS region_code FROM territory_region
WHERE level = 3 AND code LIKE '43%%'
"""
PROJECT = """
INSERT INTO procurement_serviceproject
    (id, region_code, provider_id, code, name, kind, purchaser, method, contract_amount, starts_on, ends_on, status)
SELECT uuidv7(), c.region_code, uuidv7(), 'P' || n, '测速项目' || n, '社工站运营', '民政局', '公开招标', 200000,
    make_date(2017 + n %% 5, 1, 1), make_date(2017 + n %% 5, 12, 31), '执行'
FROM generate_series(1, %s) n JOIN bench_county c ON c.number = 1 + n %% (SELECT count(*) FROM bench_county)
"""
MOVEMENT = """
INSERT INTO procurement_fundmovement
    (id, region_code, provider_id, project_id, code, moved_on, kind, source, fund_level, head, amount, summary, voucher)
SELECT uuidv7(), p.region_code, p.provider_id, p.id, p.code || '-' || k, p.starts_on + k * 60,
    (ARRAY['预算', '拨付', '支出', '支出'])[k], (ARRAY['财政预算', '社会救助工作经费'])[1 + (p.code > 'P3')::int],
    (ARRAY['县', '省'])[1 + k %% 2], (ARRAY['', '', '薪酬', '服务活动'])[k], 40000 + k, '', ''
FROM procurement_serviceproject p, generate_series(1, 4) k
"""
BASE = """
INSERT INTO procurement_fundbase (id, region_code, year, name, amount)
SELECT uuidv7(), region_code, y, '社会救助工作经费', 100000000 FROM bench_county, generate_series(2016, 2021) y
"""


def run(results: Results) -> None:
    results.add(
        "money", f"making {CONTRACTS:,} contracts and {CONTRACTS * 4:,} movements", seconds(_fill), "s"
    )
    for reader in _readers():
        for name, address in _addresses(reader):
            _page(results, reader, f"{name}, {reader.name}", address)


def _fill() -> None:
    """The movements post themselves to the ledger, as everybody's do."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_name = ANY(%s)"
            " AND is_nullable = 'NO' AND column_default IS NULL AND is_generated = 'NEVER'"
            " AND data_type IN ('character varying', 'text')",
            [list(TABLES)],
        )
        for table, column in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET DEFAULT ''")
        cursor.execute(COUNTIES, [])
        cursor.execute(PROJECT, [CONTRACTS])
        cursor.execute(MOVEMENT, [])
        cursor.execute(BASE, [])
        for table in (*TABLES, "procurement_ledgerentry", "procurement_ledgertotal", "procurement_fundbase"):
            cursor.execute(f"VACUUM (ANALYZE) {table}")


def _readers() -> list[Reader]:
    from django.test import Client

    from linzhan.accounts.api import appoint, create_account, scope_of
    from linzhan.kernel.scope import EVERYTHING, Actor, opened

    found = []
    for name, role, region in (
        ("finance of a county", "finance", COUNTY),
        ("city", "city_official", CITY),
        ("province", "province_official", PROVINCE),
    ):
        with opened(EVERYTHING, Actor(label="测速")):
            user = create_account(
                username=f"bench-money-{role}",
                display_name=name,
                password=f"Aa-{secrets.token_hex(16)}",
                region_code=region,
            )
            user.must_change_password = False
            user.save()
            held = appoint(user=user, role=role, region_code=region)
        client: Any = Client()
        with opened(EVERYTHING):
            client.force_login(user, backend="linzhan.accounts.backends.AccountBackend")
        found.append(Reader(name, client, scope_of(held)))
    return found


def _addresses(reader: Reader) -> Iterator[tuple[str, str]]:
    yield "overview", "/money/?year=2020"
    yield "ratio rules", "/money/ratios/?year=2020"
    yield "yearly account", "/money/accounts/?year=2020"
    yield "project books", "/money/books/?year=2020"
    page = reader.client.get("/money/books/?year=2020").content.decode()
    book = page.partition('href="/money/books/')[2].partition("/")[0]
    if len(book) == 36:
        yield "one project's book", f"/money/books/{book}/"
    yield "movements", "/r/funds/"


def _page(results: Results, reader: Reader, name: str, address: str) -> None:
    reader.client.get(address)
    taken = [seconds(lambda: reader.client.get(address).content) for _ in range(TIMES // 3)]
    status = reader.client.get(address).status_code
    if status != 200:
        results.add("money", f"{name}: status", status, "")
        return
    p50, p95 = spread(taken)
    results.add("money", f"{name}: p50", p50, "ms", "≤ 200" if address.startswith("/money/?") else "")
    results.add("money", f"{name}: p95", p95, "ms")
    results.add("money", f"{name}: statements", len(asked(reader, address)), "", "≤ 10")
