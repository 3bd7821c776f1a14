"""All plausibility checks over a province-year: notes a second, time by check, memory, how often the records were read.

2,000 stations with six workers each, 100,000 residents, services on the working days of 2021, none beside
another; every note is another one, but for some that were copied on purpose. ``--year`` says how many records.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from bench import filling
from bench.measuring import Results, forget_peak, peak_memory, reads, seconds, spilled

PART = "checks"
ON = date(2021, 12, 31)
RESIDENTS, WORKERS = 50, 6
AT_ONCE = 500_000
COPIED = 25_000
"""Of so many notes one is copied from the writer's last one, and one from a colleague's."""
TABLES = (
    *filling.TABLES,
    "casework_visitdetail",
    "casework_attendance",
    "oversight_textsignature",
)
RECORDS = (
    "casework_servicerecord",
    "casework_recordworker",
    "casework_recordresident",
    "casework_attendance",
)

WRITERS = f"""
CREATE TEMPORARY TABLE bench_writer AS
SELECT (nth - 1) * (SELECT count(*) FROM bench_station) + s.number - 1 AS number, s.number AS station, s.id AS station_id,
    s.region_code, CASE WHEN nth = 1 THEN s.worker_id ELSE uuidv7() END AS worker_id, nth
FROM bench_station s, generate_series(1, {WORKERS}) nth;
CREATE UNIQUE INDEX ON bench_writer (number);
INSERT INTO workforce_socialworker
    (id, region_code, identity_number_sealed, identity_number_index, name, post, employment, hired_on, station_id)
SELECT worker_id, region_code, (SELECT min(identity_number_sealed) FROM workforce_socialworker), 'bench' || station || '-' || nth,
    '宋浩' || chr(19968 + number::int), '一线社工', '全职', '2020-03-01', station_id FROM bench_writer WHERE nth > 1;
INSERT INTO workforce_posting
    (id, subject_id, region_code, station_id, post, employment, identity_number_index, valid_from)
SELECT uuidv7(), worker_id, region_code, station_id, '一线社工', '全职', 'bench' || station || '-' || nth, '2020-03-01'
FROM bench_writer WHERE nth > 1;
ANALYZE bench_writer
"""  # noqa: S608 -- a number of this module
YEAR = """
CREATE TEMPORARY TABLE bench_record AS
SELECT uuidv7() AS id, n, w.region_code, w.station_id, w.worker_id, k, h, slot,
    CASE n %% {copied} WHEN 7 THEN n - {writers} WHEN 11 THEN n - 1 ELSE n END AS words,
    (ARRAY['探访', '探访', '探访', '个案', '咨询', '探访'])[1 + (h & 1023) %% 6] AS method,
    (date '2021-01-04' + (slot / 40 * 7 + slot / 8 %% 5)::int) + (ARRAY[time '08:40', time '09:30', time '10:20', time '11:10',
        time '14:10', time '15:00', time '15:50', time '16:40'])[1 + slot %% 8] + make_interval(mins => (h >> 10 & 3)::int) AS begins,
    18 + (h >> 12 & 1023) %% 28 AS minutes
FROM (SELECT n, n / {writers} AS k, n %% {writers} AS number, h,
        n / {writers} * 2000 / {each} + (h >> 24 & 65535) %% greatest(2000 / {each}, 1) AS slot
    FROM (SELECT n::bigint, hashint8extended(n, 1) AS h FROM generate_series(%s::bigint, %s::bigint) n) t) t
JOIN bench_writer w USING (number)
"""
NOTED = """
INSERT INTO casework_servicerecord
    (id, region_code, station_id, code, method, started_at, ended_at, outcome, attendances, content, entered_at, satisfaction,
    longitude, latitude)
SELECT id, region_code, station_id, 'F' || n, CASE WHEN n %% 70 = 0 THEN '活动' ELSE method END, begins AT TIME ZONE 'Asia/Shanghai',
    (begins + make_interval(mins => minutes::int)) AT TIME ZONE 'Asia/Shanghai',
    CASE WHEN method = '探访' AND n %% 70 > 0 THEN '见到本人' ELSE '' END, 1,
    (SELECT string_agg((%(when)s::text[])[1 + (g & 1023) %% %(whens)s] || (%(who)s::text[])[1 + (g >> 10 & 1023) %% %(whos)s]
        || (%(acts)s::text[])[1 + (g >> 20 & 1023) %% %(actss)s] || (%(what)s::text[])[1 + (g >> 30 & 1023) %% %(whats)s]
        || (%(how)s::text[])[1 + (g >> 40 & 1023) %% %(hows)s], '，')
        FROM (SELECT hashint8extended(b.words * 16 + c, 5) AS g FROM generate_series(1, 7 + b.words %% 5) c) t),
    (begins + make_interval(mins => (minutes + 5 + (h >> 22 & 63))::int)) AT TIME ZONE 'Asia/Shanghai',
    CASE WHEN k %% 4 = 0 THEN (ARRAY[3, 4, 4, 5, 5])[1 + (h >> 28 & 1023) %% 5] END,
    110 + left(region_code, 6)::int %% 100 * 0.03 + (h >> 8 & 63) * 0.0001, 27 + (h >> 16 & 63) * 0.0001
FROM bench_record b
"""
REST = """
INSERT INTO casework_recordresident (id, region_code, station_id, record_id, resident_id, started_at, method)
SELECT uuidv7(), b.region_code, b.station_id, b.id, p.ids[1 + (b.h >> 32 & 65535) %% cardinality(p.ids)],
    b.begins AT TIME ZONE 'Asia/Shanghai', b.method
FROM bench_record b JOIN bench_people p ON p.station_id = b.station_id;
INSERT INTO casework_recordworker (id, region_code, station_id, record_id, worker_id, started_at)
SELECT uuidv7(), region_code, station_id, id, worker_id, begins AT TIME ZONE 'Asia/Shanghai' FROM bench_record;
INSERT INTO casework_visitdetail (id, region_code, station_id, record_id, mode)
SELECT uuidv7(), region_code, station_id, id, '电话' FROM bench_record WHERE method = '探访' AND n %% 70 > 0 AND n %% 5 = 0;
INSERT INTO casework_attendance (id, region_code, station_id, record_id, code, name, present)
SELECT uuidv7(), region_code, station_id, id, 'A' || n || '-' || a, '到场' || (b.h >> 32 & 255) + a * 7, true
FROM bench_record b, generate_series(1, 8) a WHERE n %% 70 = 0
"""


def run(results: Results, records: int) -> None:
    """Notes are signed ahead, then all checks in one run, then the next night with nothing new."""
    results.add(PART, f"making {records:,} records with notes", seconds(lambda: _filled(records)), "s")
    forget_peak()
    held, on_disk = peak_memory(), spilled()
    began, worked = reads(RECORDS), time.process_time()
    signed, taken = _signed(ON)
    results.add(PART, f"{signed:,} notes signed and compared", taken, "s")
    results.add(PART, "of which the process's own work (CPU)", time.process_time() - worked, "s")
    results.add(PART, "notes a second", signed / taken, "notes", "≥ 8000")
    results.add(PART, "memory of the signing (peak of the process)", peak_memory(), "MB", "≤ 1000")
    _read(results, "signing", began)
    began = reads(RECORDS)
    _checked(results, "all checks in one run, flags kept", ON, signed, records)
    _read(results, "checks", began, " (the bound: one scan)")
    night = ON + timedelta(days=1)
    changed, taken = _signed(night)
    results.add(PART, f"the next night, {changed} notes to sign", taken, "s")
    _checked(results, "the next night, the same flags seen again", night, changed)
    results.add(PART, "memory of all of it (peak of the process)", peak_memory(), "MB", "≤ 1000")
    results.add(PART, "of which before it", held, "MB")
    results.add(PART, "spilled to disk by sorts and joins", spilled() - on_disk, "MB")


def _signed(on: date) -> tuple[int, float]:
    from linzhan.kernel.scope import EVERYTHING, Actor, opened
    from linzhan.oversight.plausibility.running import sign_ahead

    began = time.perf_counter()
    signed = sign_ahead(filling.PROVINCE, on, partial(opened, EVERYTHING, Actor(label="测速")))
    return signed, time.perf_counter() - began


def _checked(results: Results, name: str, on: date, signed: int, told: int = 0) -> None:
    """One run; of ``told`` records it is said what each check found, and what there was to find."""
    from linzhan.kernel.scope import EVERYTHING, Actor, opened
    from linzhan.oversight.plausibility.running import check

    with opened(EVERYTHING, Actor(label="测速")):
        done = check(filling.PROVINCE, on, signed=signed)
    asked = sum(each.seconds for each in done.answers)
    results.add(PART, f"{name}, {done.services:,} services", done.seconds, "s")
    results.add(PART, "of which the services laid out, flags written", done.seconds - asked, "s")
    if not told:
        return
    for answer in sorted(done.answers, key=lambda one: one.rule.code):
        results.add(
            PART, f"{answer.rule.code} {answer.rule.name}: found {len(answer.findings)}", answer.seconds, "s"
        )
    results.add(PART, "notes copied on purpose: one's own, of another client", len(_own(told)), "")
    results.add(PART, "notes copied on purpose: another's", len(range(11, told + 1, COPIED)), "")


def _read(results: Results, what: str, began: Mapping[str, Mapping[str, int]], bound: str = "") -> None:
    """How often each table of records was read, in whole scans and in rows."""
    ended = reads(RECORDS)
    for table in RECORDS:
        rows, whole = (ended[table][each] - began[table][each] for each in ("rows", "whole"))
        held = filling.count(table)
        target = f"≤ 1{bound}" if bound and table == RECORDS[0] else ""
        name = f"{what}: {table}, {held:,} rows: whole scans {whole}, rows read"
        results.add(PART, name, rows / max(held, 1), "×", target)


def _own(records: int) -> range:
    """Numbers of the records whose note is the writer's last one."""
    return range(COPIED + 7, records + 1, COPIED)


def _filled(records: int) -> None:
    from django.db import connections

    filling.people(RESIDENTS)
    with connections["owner"].cursor() as cursor, filling.quiet(cursor, TABLES):
        filling.blanks(cursor, TABLES)
        filling.arrays(cursor, TABLES)
        filling.in_use(cursor, _needed())
        _each(cursor, WRITERS)
        cursor.execute("SELECT count(*) FROM bench_writer")
        writers = cursor.fetchone()[0]
        year = YEAR.format(copied=COPIED, writers=writers, each=-(-records // writers) + 1)
        for first in range(1, records + 1, AT_ONCE):
            cursor.execute(year, [first, min(first + AT_ONCE - 1, records)])
            cursor.execute(NOTED, _words())
            _each(cursor, REST)
            cursor.execute("DROP TABLE bench_record")
    with connections["owner"].cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"VACUUM (ANALYZE) {table}")


def _each(cursor: Any, script: str) -> None:
    for statement in script.split(";"):
        cursor.execute(statement, [])


def _words() -> dict[str, Any]:
    """The words of simulated notes, and how many there are of each kind."""
    from linzhan.demo.simulating import wording

    kinds = {
        "when": wording.WHEN,
        "who": wording.WHO,
        "acts": wording.ACTS,
        "what": wording.WHAT,
        "how": wording.HOW,
    }
    return {
        **{name: list(words) for name, words in kinds.items()},
        **{f"{name}s": len(words) for name, words in kinds.items()},
    }


def _needed() -> set[str]:
    from linzhan.oversight.api import CHECKS

    return {each for check in CHECKS for each in check.needs}
