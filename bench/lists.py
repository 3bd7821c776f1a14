"""Pages of the office and of the API over 10,000 and 1,000,000 service records, as the application's own role.

A page must cost the same at a hundred times the data. Requests go through the whole house (middleware,
sign-in, scope, row-level security, templates), without the web server in front.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bench import filling
from bench.measuring import Results, seconds, spread

TIMES = 30
BIG = 20_000  # rows of one table that no page may read
TARGET = "p50 ≤ 25"


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who looks: their client and their name in the table."""

    name: str
    client: Any
    scope: Any


def readers() -> list[Reader]:
    """An official of the county and of the province, and a worker of one station."""
    station, town, _ = filling.station_in(filling.COUNTY)
    return seated(
        [
            ("county", "county_official", filling.COUNTY, None),
            ("province", "province_official", filling.PROVINCE, None),
            ("station", "station_worker", town, station),
        ]
    )


def seated(wanted: Iterable[tuple[str, str, str, UUID | None]]) -> list[Reader]:
    """People with a browser: name, role, place, and station of those who have one."""
    from django.test import Client

    from linzhan.accounts.api import appoint, create_account, scope_of
    from linzhan.kernel.scope import EVERYTHING, Actor, opened

    found = []
    for name, role, region, at in wanted:
        with opened(EVERYTHING, Actor(label="测速")):
            user = create_account(
                username=f"bench-{name}",
                display_name=name,
                password=f"Aa-{secrets.token_hex(16)}",
                region_code=region,
            )
            user.must_change_password = False
            user.save()
            held = appoint(user=user, role=role, region_code=region, station_id=at)
        client = Client()
        with opened(EVERYTHING):
            client.force_login(user, backend="linzhan.accounts.backends.AccountBackend")
        found.append(Reader(name, client, scope_of(held)))
    return found


def run(results: Results, sizes: Iterable[int]) -> None:
    province = filling.people()
    people: list[Reader] = []
    for size in sizes:
        results.add(
            "lists", f"making {size:,} records", seconds(lambda s=size: filling.records(province, s)), "s"
        )  # type: ignore[misc]
        people = people or readers()
        for reader in people:
            for name, address in addresses(reader):
                pages(results, reader, f"{name}, {reader.name}, {size:,}", address)


def addresses(reader: Reader) -> Iterator[tuple[str, str]]:
    """What is opened: the list, its second page, a filtered one, one record, the API's list."""
    first = "/r/service-records/"
    page = reader.client.get(first)
    assert page.status_code == 200, page.status_code
    html = page.content.decode()
    yield "list", first
    further = re.findall(r'href="([^"]*[?;&]at=[^"]+)"', html)
    if further:
        link = further[-1].replace("&amp;", "&")
        yield "next page", link if link.startswith("/") else first + link
    yield "list of one method", f"{first}?method=小组"
    row = re.search(r"/r/service-records/([0-9a-f-]{36})/", html)
    if row:
        yield "one record", f"/r/service-records/{row[1]}/"
    if reader.client.get("/api/v1/service-records?limit=50").status_code == 200:
        yield "API list", "/api/v1/service-records?limit=50"


def pages(
    results: Results, reader: Reader, name: str, address: str, *, part: str = "lists", target: str = TARGET
) -> None:
    """One address, thirty times: time, own work, statements, and big tables that are read whole."""
    taken, worked = [], []
    reader.client.get(address)  # what is compiled and kept is not measured
    for _ in range(TIMES):
        began, busy = time.perf_counter(), time.process_time()
        response = reader.client.get(address)
        _ = response.content
        taken.append(time.perf_counter() - began)
        worked.append(time.process_time() - busy)
        if response.status_code != 200:
            results.add(part, f"{name}: status", response.status_code, "")
            return
        if taken[-1] > 5:
            break
    p50, p95 = spread(taken)
    results.add(part, f"{name}: p50", p50, "ms", target)
    results.add(part, f"{name}: p95", p95, "ms")
    results.add(part, f"{name}: own work, p50", spread(worked)[0], "ms")
    statements = asked(reader, address)
    results.add(part, f"{name}: statements", len(statements), "", "≤ 10")
    for sql in filter(_is_question, statements):
        for table, rows in read_whole(reader, sql):
            results.add(part, f"{name}: READS ALL OF {table} ({sql[:90]}…)", rows, "rows", "0")


def asked(reader: Reader, address: str) -> list[str]:
    """Every statement of one request, session, scope and transaction among them."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        reader.client.get(address)
    return [each["sql"] for each in captured.captured_queries]


def _is_question(sql: str) -> bool:
    """Not the setting of the scope, a renewal of the session, the bounds of a transaction."""
    return sql.startswith(("SELECT ", "WITH ")) and "set_config(" not in sql


def read_whole(reader: Reader, sql: str) -> Iterator[tuple[str, float]]:
    """Big tables that the plan of ``sql`` reads from end to end, as this reader."""
    from django.db import connection

    from linzhan.kernel.scope import opened

    if "FROM" not in sql:
        return
    with opened(reader.scope), connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + sql.replace("%", "%%"), [])
        plan = cursor.fetchone()[0][0]["Plan"]
    for node in _nodes(plan):
        read = (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
        if node["Node Type"] in ("Seq Scan", "Parallel Seq Scan") and read > BIG:
            yield node["Relation Name"], read


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)
