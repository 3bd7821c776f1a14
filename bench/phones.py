"""A morning after a week offline: 200 phones send 150 records each at once, to the real server on this machine.

Every phone is an account of its own at a station of its own. Each sends its week in batches as the app
does, the last one asking for its caseload; told that the platform is busy, it comes again after exactly the
time it was told (``frontend/field/core/sync.ts``). Meanwhile a worker at a desk opens the residents' list once a second.
Afterwards the records are counted.
"""

from __future__ import annotations

import gzip
import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from bench import filling
from bench.house import CHECKOUT, DATA
from bench.measuring import Results, spread
from bench.starting import free_port, until_answered

PHONES, RECORDS, BATCH = 200, 150, 50
PATIENCE = 60.0  # as the phone's
BUSY = 503
HERE = ZoneInfo("Asia/Shanghai")
PAGE = "/r/residents/"
PASSWORD = "unused-by-tokens-9"  # noqa: S105 -- of the measured instance only


class Phone:
    """One phone with its token, its caseload and its week."""

    def __init__(self, token: str, residents: list[str]) -> None:
        self.token, self.device, self.residents = token, str(uuid4()), residents
        self.taken: list[float] = []
        self.sent_away: list[float] = []
        self.told: list[int] = []
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
        try:
            for at, batch in enumerate(self.batches):
                status, content = self._sent(connection, batch, want=at == len(self.batches) - 1)
                told = json.loads(content)
                if status != 200 or {each["state"] for each in told["results"]} != {"done"}:
                    self.fault = content.decode()[:500]
                    return
        except (OSError, http.client.HTTPException) as lost:
            self.fault = repr(lost)

    def _sent(
        self, connection: http.client.HTTPConnection, batch: list[dict[str, object]], *, want: bool
    ) -> tuple[int, bytes]:
        """The answer to a batch, after as many waits as the server asks for."""
        while True:
            body = {
                "device": self.device,
                "name": "测速",
                "clock": datetime.now(HERE).isoformat(),
                "commands": batch,
                "want": want,
            }
            began = time.perf_counter()
            connection.request("POST", "/api/v1/sync", json.dumps(body), self._headers())
            answer = connection.getresponse()
            content = answer.read()
            took = time.perf_counter() - began
            if answer.headers.get("Content-Encoding") == "gzip":
                content = gzip.decompress(content)
            if answer.status != BUSY:
                self.taken.append(took)
                return answer.status, content
            self.sent_away.append(took)
            self.told.append(int(answer.headers["Retry-After"]))
            connection.close()  # an idle one does not last; a browser opens another too
            time.sleep(self.told[-1] + random.random())

    def _headers(self) -> dict[str, str]:
        return {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Accept-Encoding": "gzip",
        }


class Desk:
    """A worker at the office who opens the residents' list once a second."""

    def __init__(self, cookie: str) -> None:
        self.cookie = cookie
        self.taken: list[float] = []
        self.fault = ""
        self.ending = threading.Event()

    def work(self, port: int) -> None:
        while not self.ending.wait(1.0):
            began = time.perf_counter()
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            try:
                connection.request("GET", PAGE, headers={"Cookie": self.cookie})
                answer = connection.getresponse()
                content = answer.read()
            except (OSError, http.client.HTTPException) as lost:
                self.fault = self.fault or repr(lost)
                continue
            finally:
                connection.close()
            self.taken.append(time.perf_counter() - began)
            if answer.status != 200 or b"/r/residents/" not in content:
                self.fault = f"{answer.status} {content[:200]!r}"


def run(results: Results) -> None:
    filling.people()
    phones, desk = _phones()
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
        whole = _all_at_once(phones, desk, port)
    finally:
        up.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            up.wait(30)
    faults = [phone.fault for phone in phones if phone.fault] + [desk.fault] * bool(desk.fault)
    if faults:
        raise RuntimeError(f"{len(faults)} were refused: {faults[0]}")
    _tell(results, phones, desk, whole)
    wrong = abs(_records() - before - PHONES * RECORDS)
    results.add("phones", "records that did not arrive, or twice", wrong, "rec", "0")


def _tell(results: Results, phones: list[Phone], desk: Desk, whole: float) -> None:
    taken = [each for phone in phones for each in phone.taken]
    sent_away = [each for phone in phones for each in phone.sent_away]
    results.add("phones", f"{PHONES} phones at once: until all had settled", whole, "s")
    results.add("phones", f"{PHONES} phones at once: records", PHONES * RECORDS / whole, "rec/s")
    _spread(results, "any answer", taken + sent_away, "≤ 2000")
    _spread(results, f"an answer to {BATCH} records", taken, "≤ 2000")
    results.add("phones", "answers 'busy, come again'", len(sent_away), "")
    if sent_away:
        _spread(results, "an answer 'busy'", sent_away, "")
        results.add("phones", "longest wait told", max(max(phone.told, default=0) for phone in phones), "s")
        results.add("phones", "most often that one phone was sent away", max(len(p.told) for p in phones), "")
    _spread(results, "the office's list of residents meanwhile", desk.taken, "≤ 2000")


def _spread(results: Results, name: str, taken: list[float], target: str) -> None:
    p50, p95 = spread(taken)
    results.add("phones", f"{name}: p50", p50, "ms")
    results.add("phones", f"{name}: p95", p95, "ms", target)
    results.add("phones", f"{name}: longest", max(taken) * 1000, "ms")


def _all_at_once(phones: list[Phone], desk: Desk, port: int) -> float:
    start = threading.Barrier(len(phones) + 1)
    threads = [threading.Thread(target=phone.morning, args=(port, start)) for phone in phones]
    office = threading.Thread(target=desk.work, args=(port,))
    for thread in (*threads, office):
        thread.start()
    start.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    whole = time.perf_counter() - began
    desk.ending.set()
    office.join()
    return whole


def _phones() -> tuple[list[Phone], Desk]:
    """Accounts of the workers of the first stations, each with a token; the first is at a desk as well."""
    from django.contrib.auth.hashers import make_password
    from django.db import connections

    from linzhan.accounts.api import issue_token
    from linzhan.accounts.models import Appointment
    from linzhan.kernel.scope import EVERYTHING, opened

    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT s.id, s.region_code, s.worker_id, array_agg(r.id::text) FROM bench_station s"
            " JOIN casework_resident r ON r.station_id = s.id GROUP BY 1, 2, 3 ORDER BY s.region_code LIMIT %s",
            [PHONES],
        )
        stations = cursor.fetchall()
    encoded, found, users = make_password(PASSWORD), [], []
    with opened(EVERYTHING):
        for number, (station, region, worker, residents) in enumerate(stations):
            user = _account(f"phone{number}-{uuid4().hex[:8]}", encoded, region, station, worker)
            held = Appointment.objects.get(user=user)
            found.append(Phone(issue_token(user=user, appointment=held), residents))
            users.append(user)
    return found, Desk(_session(users[0]))


def _account(name: str, encoded: str, region: str, station: UUID, worker: UUID) -> Any:
    from linzhan.accounts.api import appoint, create_account

    user = create_account(
        username=name,
        display_name="测速",
        password=PASSWORD,
        region_code=region,
        must_change_password=False,
        encoded=encoded,
    )
    appoint(user=user, role="station_worker", region_code=region, station_id=station, person_id=worker)
    return user


def _session(user: Any) -> str:
    """The cookie of somebody who has signed in."""
    from django.conf import settings
    from django.test import Client

    from linzhan.kernel.scope import EVERYTHING, opened

    client = Client()
    with opened(EVERYTHING):
        client.force_login(user, backend="linzhan.accounts.backends.AccountBackend")
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def _records() -> int:
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM casework_servicerecord")
        return int(cursor.fetchone()[0])
