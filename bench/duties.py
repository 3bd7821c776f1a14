"""Who is owed a visit, and which files may be of one person, at 100,000 residents and 1,000,000 records.

Duties are computed when somebody looks (``casework.visits.due``) and kept nowhere, so the list of a station, the
list and the counts of a county, and what the counts of a province cost are all there is. Duplicates are searched
county by county by a job, and for the few files that were just written.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from bench import filling
from bench.lists import Reader, read_whole, readers
from bench.measuring import Results, seconds, spread

RESIDENTS_AT_A_STATION = 50
ON, WEEK = date(2021, 12, 15), timedelta(days=6)
TIMES = 10
PAGE = 50
TABLES = ("casework_resident", "casework_residentstate", "kernel_searchpiece")
DIFFERENT = """
UPDATE casework_resident SET
    name = substr('赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨', 1 + abs(hashtext(code)) %% 16, 1)
        || substr('春夏秋冬梅兰竹菊松柏桂莲山水云月', 1 + abs(hashtext(code || 'a')) %% 16, 1)
        || substr('生明华芳英杰荣贵平安福寿德才文武', 1 + abs(hashtext(code || 'b')) %% 16, 1),
    born_on = date '1935-01-01' + abs(hashtext(code || 'c')) %% 25000,
    home_region_code = left(region_code, 9) || lpad((1 + abs(hashtext(code || 'd')) %% 8)::text, 3, '0'),
    risk = CASE abs(hashtext(code || 'e')) %% 20 WHEN 0 THEN '高风险' WHEN 1 THEN '重点' WHEN 2 THEN '重点' ELSE '一般' END
"""
STATES = """
UPDATE casework_residentstate s SET risk = r.risk, home_region_code = r.home_region_code
FROM casework_resident r WHERE r.id = s.subject_id
"""


def run(results: Results, records: int) -> None:
    """Fill, ask, and look whether a plan reads a big table from end to end."""
    province = filling.people(RESIDENTS_AT_A_STATION)
    results.add("duties", "making residents different", seconds(_tell_apart), "s")
    taken = seconds(lambda: filling.records(province, records))
    results.add("duties", f"making {records:,} records", taken, "s")
    results.add("duties", "pieces of names", seconds(_spell), "s")
    for reader in readers():
        _of_reader(results, reader)
    _duplicates(results)


def _tell_apart() -> None:
    """Names, days of birth, villages and risks as a county has them: the generator makes them all alike."""
    from django.db import connections

    with connections["owner"].cursor() as cursor, filling.quiet(cursor):
        cursor.execute(DIFFERENT, [])
        cursor.execute(STATES, [])


def _spell() -> None:
    from django.db import connections

    from linzhan.casework.api import RESIDENTS
    from linzhan.kernel.registers import searching
    from linzhan.kernel.scope import EVERYTHING, Actor, opened

    with opened(EVERYTHING, Actor(label="测速")):
        searching.refresh(RESIDENTS)
    with connections["owner"].cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"VACUUM (ANALYZE) {table}")


def _of_reader(results: Results, reader: Reader) -> None:
    from linzhan.casework.visits.due import due_counts, due_list, registered

    questions: dict[str, Callable[[], object]] = {
        "counts by station": lambda: due_counts(registered(), ON),
        "list of the week": lambda: due_list(registered(), ON, until=ON + WEEK, limit=PAGE),
        "list of all, tenth page": lambda: due_list(registered(), ON, limit=PAGE, offset=9 * PAGE),
    }
    for name, question in questions.items():
        wide = reader.name == "province"
        _ask(results, reader, f"{name}, {reader.name}", question, times=2 if wide else TIMES, told=not wide)


def _ask(
    results: Results, reader: Reader, name: str, question: Callable[[], Any], *, times: int, told: bool
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from linzhan.kernel.scope import opened

    with opened(reader.scope):
        taken = [seconds(question) for _ in range(times)]
        with CaptureQueriesContext(connection) as captured:
            question()
    results.add("duties", f"{name}: p50", spread(taken)[0], "ms", _target(reader))
    results.add("duties", f"{name}: statements", len(captured), "")
    asked = [each["sql"] for each in captured.captured_queries]
    for sql in asked if told else ():  # a province's counts look at everybody, and say so
        if "SELECT" in sql and "set_config(" not in sql:
            for table, rows in read_whole(reader, sql):
                results.add("duties", f"{name}: READS ALL OF {table} ({sql[:60]}…)", rows, "rows", "0")


def _target(reader: Reader) -> str:
    return {"station": "p50 ≤ 50", "county": "p50 ≤ 500"}.get(reader.name, "")


def _duplicates(results: Results) -> None:
    from linzhan.casework.api import Resident
    from linzhan.casework.merging.finding import find_for, find_in_county
    from linzhan.kernel import places
    from linzhan.kernel.scope import EVERYTHING, Actor, opened

    with opened(EVERYTHING, Actor(label="测速")):
        low, high = places.bounds(filling.COUNTY)
        files = Resident.objects.filter(region_code__gte=low, region_code__lt=high)
        results.add("duties", "files of the county", files.count(), "rows")
        found: list[int] = []
        taken = seconds(lambda: found.append(find_in_county(filling.COUNTY)))
        results.add("duties", f"duplicates of a county, {found[0]} pairs", taken * 1000, "ms", "≤ 5000")
        some = list(files.values_list("pk", "name")[:TIMES])
        each = [seconds(lambda one=one: find_for([one[0]], [one], filling.COUNTY)) for one in some]  # type: ignore[misc]
        results.add("duties", "duplicates of one file just written: p50", spread(each)[0], "ms", "p50 ≤ 50")
