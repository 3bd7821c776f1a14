"""Figures: a year of a county, a city and a province, live; and the store after one new record."""

from __future__ import annotations

from bench import filling
from bench.measuring import Results, median, seconds

SLOW = 0.5  # seconds from which a single figure is named


def run(results: Results, records: int) -> None:
    """Over the lists' records; makes them itself when it runs alone."""
    from linzhan.kernel.figures import catalogue
    from linzhan.kernel.figures.asking import FigureRequest, compute
    from linzhan.kernel.figures.store import keep, refresh, stored
    from linzhan.kernel.periods import parse_period
    from linzhan.kernel.registers.declare import REGISTERS
    from linzhan.kernel.registers.writing import save_one
    from linzhan.kernel.scope import EVERYTHING, Actor, Scope, opened

    ensure(records)
    year = parse_period("2021")
    for name, region in (("county", filling.COUNTY), ("city", filling.CITY)):
        asked = [FigureRequest(figure=each.key, region=region, period=year) for each in catalogue()]
        with opened(Scope(regions=(region,))):
            results.add(
                "figures",
                f"all {len(asked)} of a {name}-year, live",
                seconds(lambda a=asked: compute(a)),
                "s",
            )  # type: ignore[misc]
            for each in asked:
                taken = seconds(lambda e=each: compute([e]))  # type: ignore[misc]
                if taken > SLOW:
                    results.add("figures", f"slow: {each.figure}, {name}", taken, "s")
    kept = [
        FigureRequest(figure=each.key, region=region, period=year)
        for each in catalogue()
        if each.key.startswith("services.") and not each.key.endswith("visit_rate")
        for region in (filling.COUNTY, filling.CITY)
    ]
    with opened(EVERYTHING, Actor(label="测速")):
        results.add("figures", f"filling the store, {len(kept)} values", seconds(lambda: keep(kept)), "s")
        refresh(100_000)
    with opened(Scope(regions=(filling.CITY,))):
        board = median(lambda: stored(filling.CITY, period="2021"), 20)
    results.add("figures", "the city's board from the store", board * 1000, "ms", "≤ 20")
    with opened(Scope(regions=(filling.COUNTY,)), Actor(label="测速")):
        outcome = save_one(REGISTERS["service-records"], visit("BENCH-1"))
        assert not outcome.faults, outcome.faults
    results.add("figures", "the store after one new record", seconds(lambda: refresh(100_000)), "s", "≤ 5")


def visit(code: str) -> dict[str, object]:
    from django.db import connections

    station, _, _ = filling.station_in(filling.COUNTY)
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT code FROM network_station WHERE id = %s", [station])
        key = cursor.fetchone()[0]
    return {
        "code": code,
        "method": "活动",
        "started_at": "2021-06-01 09:00",
        "ended_at": "2021-06-01 10:00",
        "station": key,
        "workers": (NUMBER,),
        "content": "社区活动",
    }


NUMBER = "990101196001010010"


def ensure(records: int) -> None:
    """The province, unless the lists made it; and one worker whose number is known."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT to_regclass('pg_temp.bench_station')")
        if cursor.fetchone() == (None,):
            filling.records(filling.people(), records)
    know_a_worker()


def know_a_worker() -> None:
    """Give the worker of the county's first station a number of the fictional prefix."""
    from django.db import connections

    from linzhan.kernel import secrecy

    _, _, worker = filling.station_in(filling.COUNTY)
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "UPDATE workforce_socialworker SET identity_number_index = %s, identity_number_sealed = %s WHERE id = %s",
            [secrecy.blind_index(NUMBER), secrecy.seal(NUMBER), worker],
        )
