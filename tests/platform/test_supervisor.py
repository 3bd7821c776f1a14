"""``linzhan up``: one process to start, one to stop, whatever happens to its children."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from linzhan import supervisor
from linzhan.kernel.postgres import Layout
from tests.platform.house import CHECKOUT, environment, free_port, linzhan

pytestmark = pytest.mark.slow
PATIENCE = 60.0


class House:
    """A running ``linzhan up``."""

    def __init__(self, data: Path) -> None:
        self.port = free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "linzhan", "up", "--port", str(self.port), "--workers", "1"],
            cwd=CHECKOUT,
            env=environment(data),
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout
        self.greeting = self.process.stdout.readline()
        self.family = psutil.Process(self.process.pid).children(recursive=True)

    def child(self, word: str) -> psutil.Process | None:
        children = psutil.Process(self.process.pid).children()
        return next((one for one in children if any(word in part for part in self._cmdline(one))), None)

    @staticmethod
    def _cmdline(process: psutil.Process) -> list[str]:
        try:
            return process.cmdline()
        except (psutil.NoSuchProcess, psutil.ZombieProcess):
            return []

    def status(self, path: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except OSError:
            return 0
        finally:
            connection.close()

    def survivors(self) -> list[psutil.Process]:
        return [one for one in self.family if not self._has_ended(one)]

    @staticmethod
    def _has_ended(process: psutil.Process) -> bool:
        try:
            return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
        except psutil.NoSuchProcess:
            return True

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE)
        if self.process.stdout:
            self.process.stdout.close()


@pytest.fixture
def house(instance: Path) -> Iterator[House]:
    """The house on the test server's own instance, which stays running beside it."""
    running = House(instance)
    yield running
    running.stop()


def eventually(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            return False
        os.sched_yield()
    return True


def test_it_says_where_it_answers_and_answers_there(house: House) -> None:
    assert f"http://127.0.0.1:{house.port}" in house.greeting
    assert house.status("/healthz") == 200


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_everything_within_seconds(house: House, number: signal.Signals) -> None:
    began = time.monotonic()
    house.process.send_signal(number)
    assert house.process.wait(PATIENCE) == 0
    assert time.monotonic() - began < 2 * supervisor.GRACE
    assert house.survivors() == []


def test_children_end_when_the_supervisor_is_killed(house: House) -> None:
    house.process.kill()
    house.process.wait(PATIENCE)
    assert psutil.wait_procs(house.family, PATIENCE)[1] == []


def test_a_web_server_that_died_is_started_again(house: House) -> None:
    web = house.child("granian")
    assert web
    web.kill()
    assert eventually(lambda: house.child("granian") not in (None, web))
    assert eventually(lambda: house.status("/healthz") == 200)


def test_a_port_in_use_is_one_sentence_and_touches_no_data(tmp_path: Path) -> None:
    import socket

    with socket.socket() as squatter:
        squatter.bind(("127.0.0.1", 0))
        squatter.listen()
        done = linzhan(tmp_path, "up", "--port", str(squatter.getsockname()[1]))
    assert done.returncode == supervisor.IN_USE
    assert "已被占用" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not Layout(tmp_path).cluster.exists()


def test_a_child_that_keeps_dying_is_given_up() -> None:
    child = supervisor.Child("试", ["true"])
    verdicts = [child.is_flapping() for _ in range(supervisor.FLAPPING)]
    assert verdicts == [False] * (supervisor.FLAPPING - 1) + [True]
