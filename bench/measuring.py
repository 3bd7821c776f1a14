"""How a measurement is taken, kept and shown."""

from __future__ import annotations

import json
import resource
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).resolve().parent / "results"


@dataclass(frozen=True, slots=True)
class Line:
    """One measured value; ``target`` is what we want of it, in the same unit (empty: a bound, or just told)."""

    part: str
    name: str
    value: float
    unit: str
    target: str = ""


@dataclass(slots=True)
class Results:
    lines: list[Line] = field(default_factory=list)

    def add(self, part: str, name: str, value: float, unit: str, target: str = "") -> None:
        line = Line(part, name, value, unit, target)
        self.lines.append(line)
        print(f"{line.part:<9} {line.name:<62} {line.value:>12,.1f} {line.unit:<7} {line.target}", flush=True)

    def keep(self) -> Path:
        """Write all lines beside the suite; the file's path."""
        RESULTS.mkdir(parents=True, exist_ok=True)
        path = RESULTS / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}.json"
        path.write_text(
            json.dumps([asdict(line) for line in self.lines], ensure_ascii=False, indent=1), "utf-8"
        )
        return path


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def median(work: Callable[[], object], times: int) -> float:
    """Median seconds of ``times`` runs."""
    return statistics.median(seconds(work) for _ in range(times))


def spread(taken: list[float]) -> tuple[float, float]:
    """Median and 95th percentile in milliseconds."""
    ordered = sorted(taken)
    return statistics.median(ordered) * 1000, ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))] * 1000


def reads(tables: Sequence[str]) -> Mapping[str, Mapping[str, int]]:
    """Whole scans, and rows read in any way, of these tables so far."""
    from django.db import connections

    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT relname, seq_scan, seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_user_tables"
            " WHERE relname = ANY(%s)",
            [list(tables)],
        )
        return {name: {"whole": whole, "rows": rows} for name, whole, rows in cursor.fetchall()}


def spilled() -> float:
    """Megabytes that sorts and joins wrote to disk so far."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT temp_bytes / 1048576.0 FROM pg_stat_database WHERE datname = current_database()"
        )
        return float(cursor.fetchone()[0])


def peak_memory() -> float:
    """The most memory in megabytes that this process ever held, or has held since :func:`forget_peak`."""
    with suppress(OSError, StopIteration, ValueError):
        lines = Path("/proc/self/status").read_text("ascii").splitlines()
        return int(next(each for each in lines if each.startswith("VmHWM")).split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def forget_peak() -> None:
    """Begin the peak anew, where the system can (Linux): what came before is not what is measured."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", "ascii")
