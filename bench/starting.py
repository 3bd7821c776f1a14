"""How long until the house answers, and what it weighs: the command line and the whole of ``linzhan up``."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from bench.house import CHECKOUT, DATA
from bench.measuring import Results, median

PATIENCE = 60.0


def run(results: Results) -> None:
    """On the prepared instance, with nothing of it running."""
    environment = {**os.environ, "LINZHAN_DATA": str(DATA)}
    command = [sys.executable, "-m", "linzhan", "figures", "--list"]

    def listed() -> None:
        subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, check=True)

    results.add("start", "linzhan figures --list, with its database", median(listed, 3), "s")
    port = free_port()
    began = time.perf_counter()
    up = subprocess.Popen(
        [sys.executable, "-m", "linzhan", "up", "--port", str(port)],
        cwd=CHECKOUT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until_answered(port, up)
        results.add("start", "linzhan up until the first 200", time.perf_counter() - began, "s", "≤ 5")
        until_answered(port, up, times=20)
        for name, megabytes in weights(up.pid).items():
            target = "≤ 400" if name == "the house" else ""
            results.add("memory", f"{name}, all processes (proportional)", megabytes, "MB", target)
    finally:
        up.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            up.wait(20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until_answered(
    port: int, up: subprocess.Popen[bytes], times: int = 1, patience: float = PATIENCE
) -> None:
    deadline = time.monotonic() + patience
    while times:
        if up.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError("linzhan up did not answer")
        with suppress(OSError, http.client.HTTPException):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/sign-in/")
            status = connection.getresponse().status
            if status in (200, 302):
                times -= 1
                continue
        time.sleep(0.05)


def weights(root: int) -> dict[str, float]:
    """Proportional memory in MB of the process tree below ``root``: the house and its database apart."""
    found = {"the house": 0.0, "the database": 0.0}
    for pid in _tree(root):
        with suppress(OSError):
            program = Path(f"/proc/{pid}/comm").read_text().strip()
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
            kilobytes = next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
            found["the database" if program == "postgres" else "the house"] += kilobytes / 1024
    return found


def _tree(root: int) -> set[int]:
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    inside = {root}
    while grown := {pid for pid, parent in parents.items() if parent in inside} - inside:
        inside |= grown
    return inside
