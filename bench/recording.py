"""Recording one visit: scope, validation, references, history and stale marks, each its own transaction."""

from __future__ import annotations

import multiprocessing
import time

from bench import figures, filling
from bench.measuring import Results, spread

CLIENTS = 8
EACH = 150


def run(results: Results, records: int) -> None:
    figures.ensure(records)
    template = figures.visit("")
    taken, whole = one_client("S", template, EACH)
    p50, _ = spread(taken)
    results.add("record", "one visit, 1 client", EACH / whole, "req/s", "≥ 250")
    results.add("record", "one visit, 1 client: p50", p50, "ms", "≤ 5")
    _leave_connections()
    context = multiprocessing.get_context("fork")
    began = time.perf_counter()
    with context.Pool(CLIENTS) as pool:
        found = pool.starmap(one_client, [(f"P{n}", template, EACH) for n in range(CLIENTS)], chunksize=1)
    whole = time.perf_counter() - began
    _, p95 = spread([each for taken, _ in found for each in taken])
    results.add("record", f"one visit, {CLIENTS} clients", CLIENTS * EACH / whole, "req/s", "≥ 500")
    results.add("record", f"one visit, {CLIENTS} clients: p95", p95, "ms", "≤ 40")


def one_client(name: str, template: dict[str, object], times: int) -> tuple[list[float], float]:
    """Seconds of each of ``times`` visits, and of all."""
    from linzhan.kernel.registers.declare import REGISTERS
    from linzhan.kernel.registers.writing import save_one
    from linzhan.kernel.scope import Actor, Scope, opened

    register, scope = REGISTERS["service-records"], Scope(regions=(filling.COUNTY,))
    taken = []
    start = time.perf_counter()
    for number in range(times):
        began = time.perf_counter()
        with opened(scope, Actor(label="测速")):
            outcome = save_one(register, {**template, "code": f"B-{name}-{number}"})
        assert outcome.created == 1, outcome.faults
        taken.append(time.perf_counter() - began)
    return taken, time.perf_counter() - start


def _leave_connections() -> None:
    """A forked client must open its own; the bench's temporary tables end with this one."""
    from django.db import connections

    connections["default"].close()
    connections["owner"].close()
