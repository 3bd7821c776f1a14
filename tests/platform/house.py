"""Running the house from outside, as an operator does: own processes, the prepared instance of the test server."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


def environment(data: Path, **more: str) -> dict[str, str]:
    """The environment of an operator's shell: nothing of the test run's own settings."""
    own = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DJANGO_", "LINZHAN_", "DATABASE_"))
    }
    return own | {"LINZHAN_DATA": str(data), "PYTHONWARNINGS": ""} | more


def linzhan(data: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run ``linzhan ARGUMENTS`` to its end."""
    return subprocess.run(
        [sys.executable, "-m", "linzhan", *arguments],
        cwd=CHECKOUT,
        env=environment(data, **more),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
