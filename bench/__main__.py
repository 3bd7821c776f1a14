"""``python -m bench``: import, lists and figures on this machine; a table, and JSON in bench/results/.

Runs on an instance of its own below ``var/bench`` and leaves nothing running. Each figure is the
median of the runs named beside it. Compare ratios: the machine is part of every number.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
WORKBOOK = HOUSE / "tests" / "data" / "hecheng-2021.xlsx"
os.environ["LINZHAN_DATA"] = os.environ.get("LINZHAN_BENCH_DATA") or str(HOUSE / "var" / "bench")

Results = dict[str, float]


def timed(work: Callable[[], object], times: int = 5) -> float:
    """Median seconds of ``times`` runs."""
    seconds = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds)


def measure() -> Results:
    """All measurements; the database is up and prepared."""
    from linzhan.kernel.figures import catalogue
    from linzhan.kernel.figures.asking import FigureRequest, compute
    from linzhan.kernel.figures.store import refresh
    from linzhan.kernel.periods import parse_period
    from linzhan.kernel.registers.declare import REGISTERS
    from linzhan.kernel.registers.reading import records
    from linzhan.kernel.registers.workbook import import_workbook
    from linzhan.kernel.scope import EVERYTHING, Actor, Scope, opened
    from linzhan.kernel.sheets.reading import read_workbook

    county, year = "431202000000", parse_period("2021")
    sheets = [entry.sheet for entry in REGISTERS]
    rows = sum(len(read.row_numbers) for read in read_workbook(WORKBOOK, sheets).sheets)
    found: Results = {"workbook rows": rows}
    found["read and convert, rows/s"] = rows / timed(lambda: read_workbook(WORKBOOK, sheets), 3)

    def run() -> None:
        with opened(EVERYTHING, Actor(label="测速")):
            import_workbook(WORKBOOK)

    found["first import, rows/s"] = rows / timed(run, 1)
    found["import again (nothing changes), rows/s"] = rows / timed(run, 3)
    with opened(Scope(regions=(county,))):
        for key in ("service-records", "residents", "stations"):
            entry = REGISTERS[key]
            page = entry.model._default_manager.order_by(entry.order, "id")[:50]
            found[f"page of 50 {key}, ms"] = timed(lambda e=entry, p=page: list(records(e, p))) * 1000  # type: ignore[misc]
        asked = [FigureRequest(figure=each.key, region=county, period=year) for each in catalogue()]
        found["figures of the catalogue"] = len(asked)
        found["all figures of a county-year, live, s"] = timed(lambda: compute(asked), 3)
    with opened(EVERYTHING):
        found["refresh of the store, s"] = timed(refresh, 1)
    return found


def show(results: Results) -> None:
    width = max(map(len, results))
    for name, value in results.items():
        print(f"{name:<{width}}  {value:>12,.1f}")


def main() -> int:
    from config import env
    from linzhan import preparation
    from linzhan.kernel.postgres import database

    data = Path(os.environ["LINZHAN_DATA"])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", env.settings_module(env.read()))
    with database(data) as connection:
        import django

        django.setup()
        preparation.prepare(connection.owner_dsn)
        results = measure()
    show(results)
    out = HOUSE / "bench" / "results" / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(results, ensure_ascii=False, indent=1), encoding="utf-8")
    print(f"\n{out.relative_to(HOUSE)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
