"""The same definitions give the same answers on PostgreSQL and on DuckDB."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linzhan.kernel.figures import catalogue, engines, running
from linzhan.kernel.figures.engines import Engine, LiveEngine
from linzhan.kernel.figures.running import FigureRequest
from linzhan.kernel.figures.values import plain
from linzhan.kernel.periods import parse_period
from tests.kernel.figures import toys
from tests.kernel.figures.conftest import duck_over, fill

PLACES = (toys.TOWN_A, toys.TOWN_B, toys.TOWN_C, toys.VILLAGE_A, toys.COUNTY)


def questions(region: str, period: str) -> Iterator[FigureRequest]:
    """Every figure, whole, by every grouping, by every dimension."""
    for figure in catalogue():
        asked = parse_period(period)
        for by in ("", "region", "station", "project"):
            yield FigureRequest(figure=figure.key, region=region, period=asked, by=by)
        for dim in figure.all_dims:
            yield FigureRequest(figure=figure.key, region=region, period=asked, split=(dim,))
            yield FigureRequest(figure=figure.key, region=region, period=asked, split=(dim,), by="region")


def answers(engine: Engine, region: str, period: str) -> list[tuple[object, ...]]:
    values = running.compute(questions(region, period), engine)
    return [
        (
            each.figure,
            each.region,
            each.member,
            tuple(each.dims.items()),
            *map(plain, (each.value, each.numerator, each.denominator)),
        )
        for each in values
    ]


@pytest.mark.parametrize("region", [toys.CITY, toys.COUNTY, toys.TOWN_B, toys.VILLAGE_A, toys.OTHER])
@pytest.mark.parametrize("period", ["2021", "2021-01", "2020-12-31..2021-02-01", "2030"])
def test_both_engines_give_the_same_answers(live: LiveEngine, region: str, period: str) -> None:
    assert answers(live, region, period) == answers(duck_over(toys.world()), region, period)


days = st.dates(date(2020, 11, 1), date(2021, 4, 30))
people = st.sampled_from(["x", "y", "z", None])


@st.composite
def worlds(draw: st.DrawFn) -> dict[str, toys.Rows]:
    world = toys.world()
    count = draw(st.integers(0, 12))
    world["calls"] = [
        toys.call(
            number,
            draw(st.sampled_from(PLACES)),
            day := draw(days),
            draw(people),
            post_id=draw(st.sampled_from(["p1", "p2", "p3", None])),
            job_id=draw(st.sampled_from(["j1", "j2", None])),
            entered=day + timedelta(draw(st.integers(0, 12))),
            hours=draw(st.decimals(0, 9, places=2).map(Decimal) | st.none()),
            heads=draw(st.integers(0, 50) | st.none()),
            kind=draw(st.sampled_from(["call", "visit", None])),
            met=draw(st.booleans() | st.none()),
        )
        for number in range(count)
    ]
    world["registers_in_use"] = draw(st.lists(st.sampled_from(world["registers_in_use"]), unique_by=str))
    return world


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(world=worlds(), region=st.sampled_from([toys.CITY, toys.COUNTY, toys.TOWN_A]))
def test_both_engines_agree_on_any_world(live: LiveEngine, world: dict[str, toys.Rows], region: str) -> None:
    fill(world)
    assert answers(live, region, "2021") == answers(duck_over(world), region, "2021")


def test_a_copy_of_the_live_facts_answers_the_same(live: LiveEngine) -> None:
    copied = engines.duckdb_of_live(live)
    copied.book = duck_over(toys.world()).book
    assert answers(copied, toys.COUNTY, "2021") == answers(live, toys.COUNTY, "2021")


def test_every_fact_has_the_columns_it_declares(live: LiveEngine) -> None:
    assert engines.missing_columns(live) == {}


@pytest.mark.parametrize(
    "nasty", ["x' OR '1'='1", "@@lo@@", "'@@hi@@'", "%(lo)s", "$lo", "%", "\\'; DROP TABLE x; --"]
)
def test_a_value_is_never_written_into_the_sql(live: LiveEngine, nasty: str) -> None:
    period = parse_period("2021")
    request = FigureRequest(figure="toys.calls", region=toys.COUNTY, period=period, dims={"kind": nasty})
    assert [each.value for each in running.compute([request], live)] == [0]


def test_drill_down_gives_the_same_rows(live: LiveEngine) -> None:
    request = FigureRequest(figure="toys.late", region=toys.COUNTY, period=parse_period("2021"))
    assert running.rows_behind(request, live, limit=3) == running.rows_behind(
        request, duck_over(toys.world()), limit=3
    )


def test_spark_without_a_cluster_is_said_plainly() -> None:
    with pytest.raises(engines.EngineUnavailable, match="没有 Spark 集群"):
        engines.engine_named("spark")


def test_only_counting_is_planned_without_nested_loops(live: LiveEngine) -> None:
    """Counting a city's visits took ten minutes with them; a page of rows is better off with them."""
    planned: list[tuple[bool, bool]] = []

    def note(execute: Callable[..., object], sql: str, *rest: object) -> object:
        planned.append(("row_limit" in sql, "enable_nestloop = off" in sql))
        return execute(sql, *rest)

    year = FigureRequest(figure="toys.visits", region=toys.CITY, period=parse_period("2021"))
    with connection.execute_wrapper(note):
        running.compute([year], live)
        running.rows_behind(year, live)
    assert set(planned) == {(False, True), (True, False)}
    with connection.cursor() as cursor:
        cursor.execute("SHOW enable_nestloop")
        assert cursor.fetchone() == ("on",)
