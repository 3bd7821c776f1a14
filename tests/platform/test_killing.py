"""An instance from its first command on, and SIGKILL in the middle of things.

Whatever was under way is in whole or not at all, and the next command works.

Run on instances of their own; their server is killed with whoever started it.
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
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest

from linzhan.kernel.postgres import addresses, database, is_running
from tests.platform.house import CHECKOUT, environment, free_port, linzhan
from tests.sample import WORKBOOK, expected

pytestmark = pytest.mark.slow
PATIENCE = 120.0
HECHENG = "431202000000"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """An instance and the first command in it: making one takes long, so the stories below share it."""
    path = tmp_path_factory.mktemp("instance")
    return path, linzhan(path, "regions", "find", "鹤城区")


@pytest.fixture
def data(first: tuple[Path, subprocess.CompletedProcess[str]]) -> Path:
    return first[0]


def test_a_command_prepares_the_instance_once_and_leaves_nothing_running(
    first: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    data, done = first
    assert done.returncode == 0, done.stderr
    assert "建立数据表" in done.stderr
    assert HECHENG in done.stdout
    assert not is_running(data)
    again = linzhan(data, "migrate", "--verbosity", "0")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")


def begun(data: Path, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "linzhan", *arguments],
        cwd=CHECKOUT,
        env=environment(data),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def counts(data: Path) -> dict[str, int]:
    """Rows of some registers, read past everything that could hide them."""
    tables = ("network_station", "workforce_socialworker", "casework_resident", "casework_servicerecord")
    with database(data) as connection, psycopg.connect(connection.owner_dsn) as session:
        session.execute("SET row_security = off")
        found = {}
        for table in tables:
            row = session.execute(f"SELECT count(*) FROM {table}").fetchone()
            found[table] = int(row[0]) if row else 0
        return found


def writes(data: Path) -> bool:
    """Whether somebody is in the middle of a transaction that has changed rows."""
    try:
        with psycopg.connect(addresses(data).owner_dsn, connect_timeout=2) as session:
            row = session.execute(
                "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE backend_xid IS NOT NULL AND pid <> pg_backend_pid()"
                " AND datname = current_database())"
            ).fetchone()
            return row == (True,)
    except psycopg.OperationalError:
        return False


def until(condition: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert not ended(process, within=0.02), "it was over before it could be killed"
        assert time.monotonic() < deadline


def ended(process: subprocess.Popen[bytes], within: float) -> bool:
    try:
        process.wait(within)
    except subprocess.TimeoutExpired:
        return False
    return True


def kill(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait(PATIENCE)


def besides_the_database(process: subprocess.Popen[Any]) -> list[psutil.Process]:
    """Who ends with a killed supervisor; its database server stays until the next command, which takes it over."""
    found = []
    for each in psutil.Process(process.pid).children(recursive=True):
        with suppress(psutil.NoSuchProcess):  # gone while it is looked at
            if each.name() != "postgres":
                found.append(each)
    return found


def test_an_import_that_is_killed_leaves_nothing_and_the_next_one_goes_in_whole(data: Path) -> None:
    """Twice in a row: the second meets what the first left of the server."""
    before = counts(data)
    for _ in range(2):
        process = begun(data, "import", str(WORKBOOK))
        until(lambda: writes(data), process)
        kill(process)
        assert counts(data) == before
    done = linzhan(data, "import", str(WORKBOOK), "--json")
    wanted = expected()["import"]["sheets"]
    found = {sheet["sheet"]: sheet["created"] for sheet in json.loads(done.stdout)["sheets"]}
    assert found == {name: sheet["created"] for name, sheet in wanted.items()}, done.stderr


def test_a_first_start_that_is_killed_is_finished_by_the_next_command(tmp_path: Path) -> None:
    """Killed while the cluster is made, and again while tables and divisions go in."""
    fresh = tmp_path / "data"
    for after in (0.5, 4.0):
        process = begun(fresh, "up", "--port", str(free_port()))
        assert not ended(process, within=after)
        family = besides_the_database(process)
        kill(process)
        psutil.wait_procs(family, PATIENCE)
    done = linzhan(fresh, "regions", "find", "鹤城区")
    assert HECHENG in done.stdout, done.stderr
    assert linzhan(fresh, "regions", "find", "鹤城区").stderr == ""


def test_a_served_instance_that_is_killed_is_started_again(data: Path) -> None:
    before, port = counts(data), free_port()
    for _ in range(2):
        process = subprocess.Popen(
            [sys.executable, "-m", "linzhan", "up", "--port", str(port), "--workers", "1"],
            cwd=CHECKOUT,
            env=environment(data),
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout
        assert f"127.0.0.1:{port}" in process.stdout.readline()
        family = besides_the_database(process)
        os.kill(process.pid, signal.SIGKILL)
        process.wait(PATIENCE)
        process.stdout.close()
        psutil.wait_procs(family, PATIENCE)
    assert counts(data) == before
