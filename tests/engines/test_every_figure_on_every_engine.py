"""One definition, one answer: every figure of the catalogue over the sample county, live and on DuckDB.

The same data, two engines that share nothing but the definition: PostgreSQL counts in the reader's
transaction, DuckDB over a copy of the facts in memory. Equal means equal, to the last digit (FIG-01).
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from linzhan.kernel.figures import engines
from linzhan.kernel.figures.asking import cache_directory, compute
from linzhan.kernel.figures.definitions import GROUPINGS, catalogue
from linzhan.kernel.figures.engines import DuckDBEngine, Engine, LiveEngine
from linzhan.kernel.figures.running import FigureRequest
from linzhan.kernel.figures.values import FigureValue, plain
from linzhan.kernel.periods import parse_period
from linzhan.kernel.scope import EVERYTHING, opened
from tests.sample import Document

COUNTY, TOWN, ELSEWHERE = "431202000000", "431202101000", "431281000000"
ANSWERED = 400  # values that the year's questions have at least; fewer means that the sample did not load


@pytest.fixture(scope="module")
def both(county: Document) -> Iterator[tuple[LiveEngine, DuckDBEngine]]:
    live = LiveEngine(directory=cache_directory())
    duck = engines.duckdb_of_live(live, cache_directory())
    duck.book.prepare()
    with opened(EVERYTHING):
        yield live, duck


def questions(region: str, period: str) -> Iterator[FigureRequest]:
    """Every figure whole, by every dimension, and by every grouping."""
    asked = parse_period(period)
    for figure in catalogue():
        yield FigureRequest(figure=figure.key, region=region, period=asked)
        for dim in figure.all_dims:
            yield FigureRequest(figure=figure.key, region=region, period=asked, split=(dim,))
        for by in ("region", *(name for name in GROUPINGS.names() if name != "region")):
            yield FigureRequest(figure=figure.key, region=region, period=asked, by=by)


def answers(engine: Engine, region: str, period: str) -> list[tuple[object, ...]]:
    return [_told(value) for value in compute(questions(region, period), engine)]


def _told(value: FigureValue) -> tuple[object, ...]:
    numbers = (plain(value.value), plain(value.numerator), plain(value.denominator))
    return value.figure, value.region, value.member, tuple(sorted(value.dims.items())), *numbers


@pytest.mark.parametrize(
    ("region", "period"),
    [
        (COUNTY, "2021"),
        (COUNTY, "2021-06"),
        (COUNTY, "2021H1"),
        (TOWN, "2021Q3"),
        (ELSEWHERE, "2021"),
        (COUNTY, "2019"),
    ],
)
def test_live_and_duckdb_give_the_same_answers(
    both: tuple[LiveEngine, DuckDBEngine], region: str, period: str
) -> None:
    live, duck = (answers(engine, region, period) for engine in both)
    differing = [pair for pair in zip(live, duck, strict=False) if pair[0] != pair[1]]
    assert differing == []
    assert len(live) == len(duck)
    if (region, period) == (COUNTY, "2021"):
        assert len(live) > ANSWERED


def test_every_figure_of_the_catalogue_was_asked() -> None:
    assert {request.figure for request in questions(COUNTY, "2021")} == {figure.key for figure in catalogue()}


def test_every_fact_gives_the_columns_it_declares(both: tuple[LiveEngine, DuckDBEngine]) -> None:
    assert engines.missing_columns(both[0]) == {}
