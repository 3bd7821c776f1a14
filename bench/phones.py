"""A morning after a week offline: 200 phones send 150 records each at once, to the real server on this machine.

Every phone is an account of its own at a station of its own. Each sends its week in batches as the app
does, the last one asking for its caseload; afterwards the records are counted.
"""

from __future__ import annotations

import gzip
import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from bench import filling
from bench.house import CHECKOUT, DATA
from bench.measuring import Results, spread
from bench.starting import free_port, until_answered

PHONES, RECORDS, BATCH = 200, 150, 50
PATIENCE = 120.0
HERE = ZoneInfo("Asia/Shanghai")


class Phone:
    """One phone with its token, its caseload and its week."""

    def __init__(self, token: str, residents: list[str]) -> None:
        self.token, self.device, self.residents = token, str(uuid4()), residents
        self.taken: list[float] = []
        self.fault = ""
        week = [self._visit(number) for number in range(RECORDS)]
        self.batches = [week[at : at + BATCH] for at in range(0, RECORDS, BATCH)]

    def _visit(self, number: int) -> dict[str, object]:
        from linzhan.kernel.ids import uuid7

        record = str(uuid7())
        began = datetime.now(HERE) - timedelta(days=1 + number // 25, minutes=number * 3)
        values = {
            "method": "探访",
            "started_at": began.isoformat(timespec="minutes"),
            "ended_at": (began + timedelta(minutes=20)).isoformat(timespec="minutes"),
            "residents": [self.residents[number % len(self.residents)]],
            "outcome": "见到本人",
            "content": f"身体情况稳定，提醒按时服药，电热毯线路正常，第{number}次。",
        }
        return {
            "id": str(uuid7()),
            "kind": "save",
            "subject": record,
            "after": None,
            "made_at": began.isoformat(),
            "body": {"rows": [{"register": "service-records", "id": record, "values": values}]},
        }

    def morning(self, port: int, start: threading.Barrier) -> None:
        """Send the whole week, batch after batch, on one connection."""
        start.wait()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        for at, batch in enumerate(self.batches):
            body = {
                "device": self.device,
                "name": "测速",
                "clock": datetime.now(HERE).isoformat(),
                "commands": batch,
                "want": at == len(self.batches) - 1,
            }
            began = time.perf_counter()
            connection.request("POST", "/api/v1/sync", json.dumps(body), self._headers())
            answer = connection.getresponse()
            content = answer.read()
            self.taken.append(time.perf_counter() - began)
            if answer.headers.get("Content-Encoding") == "gzip":
                content = gzip.decompress(content)
            told = json.loads(content)
            if answer.status != 200 or {each["state"] for each in told["results"]} != {"done"}:
                self.fault = content.decode()[:500]
                return

    def _headers(self) -> dict[str, str]:
        return {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Accept-Encoding": "gzip",
        }


def run(results: Results) -> None:
    filling.people()
    phones = _phones()
    before = _records()
    port = free_port()
    up = subprocess.Popen(
        [sys.executable, "-m", "linzhan", "up", "--port", str(port)],
        cwd=CHECKOUT,
        env={**os.environ, "LINZHAN_DATA": str(DATA)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until_answered(port, up, times=20)
        whole = _all_at_once(phones, port)
    finally:
        up.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            up.wait(30)
    faults = [phone.fault for phone in phones if phone.fault]
    if faults:
        raise RuntimeError(f"{len(faults)} phones were refused: {faults[0]}")
    p50, p95 = spread([each for phone in phones for each in phone.taken])
    sent = PHONES * RECORDS
    results.add("phones", f"{PHONES} phones at once: records", sent / whole, "rec/s", "≥ 5000")
    results.add("phones", f"one answer to {BATCH} records: p50", p50, "ms")
    results.add("phones", f"one answer to {BATCH} records: p95", p95, "ms", "≤ 2000")
    results.add(
        "phones", "records that did not arrive, or twice", abs(_records() - before - sent), "rec", "0"
    )


def _all_at_once(phones: list[Phone], port: int) -> float:
    start = threading.Barrier(len(phones) + 1)
    threads = [threading.Thread(target=phone.morning, args=(port, start)) for phone in phones]
    for thread in threads:
        thread.start()
    start.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return time.perf_counter() - began


def _phones() -> list[Phone]:
    """Accounts of the workers of the first stations, each with a token."""
    from django.contrib.auth.hashers import make_password
    from django.db import connections

    from linzhan.accounts.api import appoint, create_account, issue_token
    from linzhan.accounts.models import Appointment
    from linzhan.kernel.scope import EVERYTHING, opened

    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT s.id, s.region_code, s.worker_id, array_agg(r.id::text) FROM bench_station s"
            " JOIN casework_resident r ON r.station_id = s.id GROUP BY 1, 2, 3 ORDER BY s.region_code LIMIT %s",
            [PHONES],
        )
        stations = cursor.fetchall()
    encoded, found = make_password("unused-by-tokens-9"), []
    with opened(EVERYTHING):
        for number, (station, region, worker, residents) in enumerate(stations):
            user = create_account(
                username=f"phone{number}-{uuid4().hex[:8]}",
                display_name="测速",
                password="unused-by-tokens-9",  # noqa: S106 -- of the measured instance only
                region_code=region,
                must_change_password=False,
                encoded=encoded,
            )
            appoint(
                user=user, role="station_worker", region_code=region, station_id=station, person_id=worker
            )
            held = Appointment.objects.get(user=user)
            found.append(Phone(issue_token(user=user, appointment=held), residents))
    return found


def _records() -> int:
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM casework_servicerecord")
        return int(cursor.fetchone()[0])
