"""All rules of early warning over a province-year: time, memory, and how often the records were read (RSK-01).

2,000 stations, each under a contract with targets, milestones, payments and a ledger; workers with terms and
vettings; cases, supervision, disclosures. ``--year`` says how many service records (5,000,000).
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from bench import filling, house, starting
from bench.measuring import Results, peak_memory, reads, seconds, spilled

PART = "alerts"
ON = date(2021, 12, 31)
RESIDENTS = 50
TIMES, PATIENCE = 5, 60
BIG = ("casework_servicerecord", "casework_recordresident", "casework_recordworker")
TABLES = (
    "providers_provider",
    "procurement_serviceproject",
    "procurement_projectstation",
    "procurement_fundmovement",
    "procurement_payment",
    "procurement_milestone",
    "workforce_certificateterm",
    "workforce_certificate",
    "workforce_vetting",
    "workforce_supervision",
    "workforce_supervisedstation",
    "casework_casefile",
    "casework_residentdetail",
    "casework_majorchange",
    "oversight_disclosure",
    "network_station",
    "workforce_socialworker",
    "workforce_posting",
    "casework_resident",
)
PROVIDERS = """
CREATE TEMPORARY TABLE bench_provider AS SELECT n AS number, uuidv7() AS id FROM generate_series(1, 200) n;
UPDATE bench_station s SET provider_id = p.id, project_id = uuidv7() FROM bench_provider p
    WHERE p.number = 1 + s.number % 200;
INSERT INTO providers_provider (id, region_code, uscc, name, kind, status, registered_on, rating, rating_until)
    SELECT id, '431202000000', 'BENCH' || number, '测速机构' || number, '社会工作服务机构', '正常', '2015-01-01', '3A',
        date '2021-06-30' + number * 10 FROM bench_provider;
UPDATE network_station n SET provider_id = s.provider_id FROM bench_station s WHERE s.id = n.id;
UPDATE workforce_socialworker n SET provider_id = s.provider_id, certificate = '社会工作师' FROM bench_station s
    WHERE s.worker_id = n.id;
UPDATE workforce_posting n SET provider_id = s.provider_id FROM bench_station s WHERE s.worker_id = n.subject_id;
"""
PROJECTS = """
INSERT INTO procurement_serviceproject (id, region_code, provider_id, code, name, kind, purchaser, method, contract_amount,
    starts_on, ends_on, status, professional_posts, target_visits, target_cases, target_activities)
SELECT project_id, left(region_code, 6) || '000000', provider_id, 'P' || number, '测速项目' || number, '社工站运营', '民政局',
    '公开招标', 200000, '2021-01-01', '2021-12-31', '执行', 1 + (number % 20 = 0)::int, 600 + number, 30, 20 FROM bench_station;
INSERT INTO procurement_projectstation (id, region_code, provider_id, project_id, station_id)
SELECT uuidv7(), region_code, provider_id, project_id, id FROM bench_station;
INSERT INTO procurement_fundmovement (id, region_code, provider_id, project_id, code, moved_on, kind, source, fund_level, head,
    amount, summary, voucher)
SELECT uuidv7(), left(region_code, 6) || '000000', provider_id, project_id, 'M' || number || '-' || k, make_date(2021, k, 20),
    '支出', '社会救助工作经费', '县', (ARRAY['薪酬', '服务活动', '管理'])[1 + (k % 6 > 3)::int + (k % 6 > 4)::int], 13000, '', ''
FROM bench_station, generate_series(1, 12) k;
INSERT INTO procurement_payment (id, region_code, provider_id, project_id, code, instalment, due_upon, due_on, amount, source,
    fund_level, delivered, stage, voucher)
SELECT uuidv7(), left(region_code, 6) || '000000', provider_id, project_id, 'F' || number || '-' || k, k, '按期',
    make_date(2021, k * 4, 1), 60000, '社会救助工作经费', '县', '', CASE WHEN (number + k) % 30 = 0 THEN '计划' ELSE '已支付' END, ''
FROM bench_station, generate_series(1, 3) k;
INSERT INTO procurement_milestone (id, region_code, provider_id, code, project_id, name, due_on, done_on)
SELECT uuidv7(), left(region_code, 6) || '000000', provider_id, 'L' || number || '-' || k, project_id, '里程碑' || k,
    make_date(2021, k * 3, 28), CASE WHEN (number + k) % 40 > 0 THEN make_date(2021, k * 3, 20) END
FROM bench_station, generate_series(1, 4) k;
"""
PEOPLE = """
INSERT INTO workforce_certificate (id, worker_id, region_code, station_id, identity_number_index, grade, passed_on, stated_from)
SELECT uuidv7(), worker_id, region_code, id, 'bench' || number, '社会工作师', '2018-06-01', '2018-06-01' FROM bench_station;
INSERT INTO workforce_certificateterm (id, worker_id, region_code, station_id, identity_number_index, grade, until)
SELECT uuidv7(), worker_id, region_code, id, 'bench' || number, '社会工作师', date '2021-12-01' + number::int FROM bench_station;
INSERT INTO workforce_vetting (id, region_code, code, station_id, worker_id, kind, requested_on, answered_on, result)
SELECT uuidv7(), region_code, 'V' || number, id, worker_id, '年度查询', '2021-03-01', date '2020-12-20' + number::int % 300, '未发现'
FROM bench_station;
INSERT INTO workforce_supervision (id, region_code, code, held_on, supervisor, mode, form, hours)
SELECT id, region_code, 'D' || number, date '2021-12-30' - (number % 60)::int, '侯朋玲', '线下', '团体', 2 FROM bench_station;
INSERT INTO workforce_supervisedstation (id, region_code, session_id, station_id, held_on, hours, supervisor)
SELECT uuidv7(), region_code, id, id, date '2021-12-30' - (number % 60)::int, 2, '侯朋玲' FROM bench_station;
UPDATE casework_resident SET status = '在册',
    born_on = CASE WHEN abs(hashtext(code)) % 10 = 0 THEN date '2010-05-01' ELSE date '1950-05-01' END,
    risk = CASE abs(hashtext(code || 'e')) % 20 WHEN 0 THEN '高风险' WHEN 1 THEN '重点' ELSE '一般' END;
INSERT INTO casework_residentdetail (id, region_code, station_id, resident_id, living)
SELECT uuidv7(), region_code, station_id, id, CASE WHEN abs(hashtext(code || 'l')) % 200 = 0 THEN '独居' ELSE '隔代' END
FROM casework_resident;
INSERT INTO casework_majorchange (id, region_code, code, station_id, resident_id, kind, happened_at, found_at)
SELECT uuidv7(), region_code, 'B' || code, station_id, id, '火灾', timestamptz '2021-12-20 08:00+08', timestamptz '2021-12-20 09:00+08'
FROM casework_resident WHERE abs(hashtext(code || 'm')) % 500 = 0;
INSERT INTO casework_casefile (id, region_code, station_id, code, resident_id, worker_id, stage, opened_on, expected_end,
    plan_approved_on)
SELECT uuidv7(), region_code, station_id, 'G' || code, id, worker_id, '介入', '2021-09-01', '2021-12-15', '2021-09-15'
FROM casework_resident WHERE abs(hashtext(code || 'c')) % 10 = 0;
INSERT INTO oversight_disclosure (id, region_code, provider_id, code, month, published_on)
SELECT uuidv7(), '431202000000', p.id, 'K' || p.number || '-' || k, make_date(2021, k, 1), make_date(2021, k, 10) + 31
FROM bench_provider p, generate_series(1, 10) k WHERE p.number % 10 > 0;
"""


def run(results: Results, records: int) -> None:
    from linzhan.kernel.scope import EVERYTHING, Actor, opened
    from linzhan.oversight.api import RULES, run_alerts
    from linzhan.oversight.models import Alert

    province = filling.people(RESIDENTS)
    results.add(PART, "contracts, ledgers, cases and the rest", seconds(_contracts), "s")
    results.add(PART, f"making {records:,} records", seconds(lambda: filling.records(province, records)), "s")
    _settle()
    _each(results, records)
    before, on_disk = peak_memory(), spilled()
    with opened(EVERYTHING, Actor(label="测速")):
        taken = seconds(lambda: run_alerts(filling.PROVINCE, ON, why="测速"))
        results.add(PART, f"all {len(RULES)} rules in one run, alerts kept", taken, "s", "≤ 300")
        results.add(PART, "alerts opened", Alert.objects.count(), "rows")
    results.add(PART, "memory of the run (peak of the process)", peak_memory(), "MB", "≤ 1000")
    results.add(PART, "of which before it", before, "MB")
    results.add(PART, "spilled to disk by sorts and joins", spilled() - on_disk, "MB")
    with opened(EVERYTHING, Actor(label="测速")):
        taken = seconds(lambda: run_alerts(filling.PROVINCE, ON + timedelta(days=1), why="测速"))
        results.add(PART, "the next night, the same alerts seen again", taken, "s", "≤ 300")
    _heard(results)


def _heard(results: Results) -> None:
    """From the record to the alert in a running instance: the row goes in, the worker asks, the alert stands."""
    environment = {**os.environ, "LINZHAN_DATA": str(house.DATA)}
    port = starting.free_port()
    up = subprocess.Popen(
        [sys.executable, "-m", "linzhan", "up", "--port", str(port)],
        cwd=house.CHECKOUT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        starting.until_answered(port, up, times=5)
        first = _until_raised("RW05", _answers, TIMES)  # the worker comes up after the pages
        results.add(PART, "the first alert by event after a start", first, "s")
        for rule, write in (("RW02", _change), ("RW05", _answers)):
            taken = [_until_raised(rule, write, n) for n in range(TIMES)]
            results.add(PART, f"{rule} raised after the record, slowest of {TIMES}", max(taken), "s", "≤ 5")
    finally:
        up.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            up.wait(20)


def _until_raised(rule: str, write: Callable[[int], None], n: int) -> float:
    from linzhan.kernel.scope import EVERYTHING, Actor, opened
    from linzhan.oversight.models import Alert

    def raised() -> int:
        with opened(EVERYTHING):
            return Alert.objects.filter(rule=rule).count()

    before = raised()
    with opened(EVERYTHING, Actor(label="测速")):
        write(n)
    began = time.perf_counter()
    while raised() == before and time.perf_counter() - began < PATIENCE:
        time.sleep(0.05)
    return time.perf_counter() - began


def _change(n: int) -> None:
    """A major change that was found thirty hours ago."""
    from django.utils import timezone

    when = f"{timezone.localtime() - timedelta(hours=30):%Y-%m-%d %H:%M}"
    _written(
        "major-changes",
        code=f"BGX-{n}",
        resident=_somebody(n).pk,
        kind="火灾",
        happened_at=when,
        found_at=when,
    )


def _answers(n: int) -> None:
    """A scale whose ninth item is answered with more than nought."""
    from django.utils import timezone

    who, answers = _somebody(n), {str(item): 0 for item in range(1, 10)} | {"9": 1}
    _written(
        "scale-results", code=f"CPX-{n}", resident=who.pk, station=who.station_id, scale="PHQ-9", version="1",
        taken_on=timezone.localdate().isoformat(), answers=json.dumps(answers),
    )  # fmt: skip


def _somebody(n: int) -> Any:
    from linzhan.casework.api import Resident

    rows = Resident.objects.filter(region_code__startswith=filling.COUNTY[:6], code__endswith=f"-{n + 1}")
    return rows.order_by("code")[0]


def _written(register: str, **values: Any) -> None:
    from linzhan.kernel.registers.declare import REGISTERS
    from linzhan.kernel.registers.writing import save_one

    outcome = save_one(REGISTERS[register], values)
    if outcome.faults:
        raise RuntimeError(str(outcome.faults))


def _each(results: Results, records: int) -> None:
    """Each rule alone, slowest first, with how often it read the records: once is the bound."""
    from linzhan.kernel.scope import EVERYTHING, Actor, opened
    from linzhan.oversight.api import RULES
    from linzhan.oversight.warning.asking import ask_rules

    told: list[tuple[float, str, int, float, int]] = []
    for rule in sorted(RULES, key=lambda each: each.code):
        before = reads(BIG)
        with opened(EVERYTHING, Actor(label="测速")):
            began = time.perf_counter()
            [answer] = ask_rules(filling.PROVINCE, ON, [rule])
            taken = time.perf_counter() - began
        after = reads(BIG)
        whole = sum(after[name]["whole"] - before[name]["whole"] for name in BIG)
        read = sum(after[name]["rows"] - before[name]["rows"] for name in BIG)
        told.append((taken, rule.code, len(answer.findings), read / records, whole))
    for taken, code, found, times, whole in sorted(told, reverse=True):
        if taken >= 0.5:
            results.add(
                PART, f"{code}: {found} found, records read {times:.2f}×, whole scans {whole}", taken, "s"
            )
    results.add(PART, "rules one after another", sum(each[0] for each in told), "s")
    most = max(told, key=lambda each: each[4])
    results.add(
        PART,
        f"most whole scans of a table of records by one rule ({most[1]})",
        most[4],
        "",
        "≤ 3 (one a table)",
    )


def _contracts() -> None:
    from django.db import connections

    with connections["owner"].cursor() as cursor, filling.quiet(cursor, TABLES):
        filling.blanks(cursor, TABLES)
        filling.arrays(cursor, TABLES)
        for script in (PROVIDERS, PROJECTS, PEOPLE):
            for statement in filter(str.strip, script.split(";")):
                cursor.execute(statement)
        filling.in_use(cursor, _needed())


def _needed() -> set[str]:
    from linzhan.oversight.api import RULES

    return {each for rule in RULES for each in (*rule.needs, *rule.any_of)}


def _settle() -> None:
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"VACUUM (ANALYZE) {table}")
