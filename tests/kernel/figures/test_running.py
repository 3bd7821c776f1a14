"""The engine's arithmetic, on DuckDB (no database needed) over the toy world."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from linzhan.kernel.figures import running
from linzhan.kernel.figures.definitions import UnknownFigure
from linzhan.kernel.figures.engines import DuckDBEngine
from linzhan.kernel.figures.running import FigureFault, FigureRequest
from linzhan.kernel.figures.values import FigureValue, plain
from linzhan.kernel.periods import parse_period
from tests.kernel.figures.toys import CITY, COUNTY, OTHER, TOWN_A, TOWN_B, TOWN_C, VILLAGE_A

YEAR = parse_period("2021")


def asked(engine: DuckDBEngine, key: str, region: str = COUNTY, **more: Any) -> list[FigureValue]:
    request = FigureRequest(**{"figure": key, "region": region, "period": YEAR, **more})
    return running.compute([request], engine)


def one(engine: DuckDBEngine, key: str, region: str = COUNTY, **more: Any) -> FigureValue:
    [value] = asked(engine, key, region, **more)
    return value


def table(values: list[FigureValue]) -> dict[Any, Any]:
    return {
        value.member[1] if value.member else tuple(value.dims.values()): plain(value.value)
        for value in values
    }


def test_a_subtree_holds_its_villages_and_both_days_of_the_period(duck: DuckDBEngine) -> None:
    assert one(duck, "toys.calls").value == 5
    assert one(duck, "toys.calls", TOWN_A).value == 3
    assert one(duck, "toys.calls", VILLAGE_A).value == 1
    assert one(duck, "toys.calls", period=parse_period("2021-01-05..2021-01-20")).value == 3


def test_persons_are_distinct_within_each_subtree(duck: DuckDBEngine) -> None:
    assert one(duck, "toys.persons").value == 3
    assert table(asked(duck, "toys.persons", by="region")) == {TOWN_A: 2, TOWN_B: 2}


def test_a_register_in_use_makes_none_zero_and_another_county_unknown(duck: DuckDBEngine) -> None:
    """A count over a register is 0 once the region's register is in use, else null."""
    empty = parse_period("2030")
    assert one(duck, "toys.calls", period=empty).value == 0
    assert one(duck, "toys.calls", VILLAGE_A, period=empty).value == 0
    assert one(duck, "toys.calls", OTHER).value is None
    assert one(duck, "toys.calls", TOWN_C).value is None
    assert one(duck, "toys.calls", CITY, period=empty).value == 0
    assert table(asked(duck, "toys.calls", CITY, by="region")) == {COUNTY: 5, OTHER: None}


def test_a_figure_over_reference_data_is_always_known(duck: DuckDBEngine) -> None:
    assert table(asked(duck, "toys.divisions", CITY, by="region")) == {COUNTY: 2, OTHER: 1}
    assert one(duck, "toys.divisions", VILLAGE_A).value == 0


def test_a_ratio_with_an_unknown_side_is_unknown_and_shows_the_known_one(duck: DuckDBEngine) -> None:
    value = one(duck, "toys.coverage", OTHER)
    assert (value.value, value.numerator, value.denominator) == (None, None, 1)


def test_a_ratio_over_nothing_is_null_and_over_something_zero(duck: DuckDBEngine) -> None:
    assert one(duck, "toys.coverage", VILLAGE_A).value is None
    west = one(duck, "toys.coverage", TOWN_B)
    assert (west.value, west.numerator, west.denominator) == (0, 0, 1)


def test_two_things_in_one_place_cover_it_once(duck: DuckDBEngine) -> None:
    value = one(duck, "toys.coverage")
    assert (value.value, value.numerator, value.denominator) == (50, 1, 2)


def test_a_value_that_several_rows_carry_is_added_once_per_key(duck: DuckDBEngine) -> None:
    assert one(duck, "toys.hours").value == Decimal("7.50")
    assert one(duck, "toys.hours_once").value == Decimal("4.50")
    assert table(asked(duck, "toys.hours_once", by="region")) == {TOWN_A: 3, TOWN_B: 3}


def test_a_sum_that_no_row_states_is_null(duck: DuckDBEngine) -> None:
    assert one(duck, "toys.heads").value == 3
    assert one(duck, "toys.heads", TOWN_B).value is None
    assert one(duck, "toys.heads", TOWN_B, period=parse_period("2030")).value == 0


def test_a_split_gives_one_row_per_value(duck: DuckDBEngine) -> None:
    values = asked(duck, "toys.calls", split=("kind",))
    assert [(dict(each.dims), each.value) for each in values] == [
        ({"kind": "call"}, 3),
        ({"kind": "visit"}, 2),
    ]


def test_a_person_with_two_labels_is_in_both_parts_and_once_in_the_whole(duck: DuckDBEngine) -> None:
    assert table(asked(duck, "toys.persons", split=("label",))) == {("B01",): 2, ("C03",): 1}
    assert one(duck, "toys.persons", dims={"label": "B01"}).value == 2


def test_split_and_grouping_combine(duck: DuckDBEngine) -> None:
    values = asked(duck, "toys.persons", by="region", split=("label",))
    assert [(each.region, each.dims["label"], each.value) for each in values] == [
        (TOWN_A, "B01", 2),
        (TOWN_A, "C03", 1),
        (TOWN_B, "B01", 1),
        (TOWN_B, "C03", 1),
    ]


def test_a_default_dimension_holds_until_it_is_split_or_asked_for(duck: DuckDBEngine) -> None:
    assert one(duck, "toys.visits").value == 2
    assert table(asked(duck, "toys.visits", split=("kind",))) == {("call",): 3, ("visit",): 2}
    assert one(duck, "toys.visits", dims={"kind": "call"}).value == 3


def test_every_present_member_is_listed_and_an_absent_one_only_with_rows(duck: DuckDBEngine) -> None:
    assert table(asked(duck, "toys.calls", by="station", period=parse_period("2021-01"))) == {
        "Z1": 2,
        "Z2": 0,
        "Z3": 1,
    }
    assert table(asked(duck, "toys.calls", by="station", period=parse_period("2030"))) == {"Z1": 0, "Z2": 0}


def test_a_group_carries_its_code_and_the_region_that_was_asked(duck: DuckDBEngine) -> None:
    first = asked(duck, "toys.calls", by="station")[0].as_json()
    assert (first["station"], first["region"], first["period"]) == ("Z1", COUNTY, "2021")
    below = asked(duck, "toys.calls", CITY, by="region")[0].as_json()
    assert below["region"] == COUNTY
    assert "station" not in below


def test_a_figure_without_the_column_of_a_grouping_is_left_out(duck: DuckDBEngine) -> None:
    assert asked(duck, "toys.divisions", by="station") == []


def test_below_a_village_there_is_nothing(duck: DuckDBEngine) -> None:
    assert asked(duck, "toys.calls", VILLAGE_A, by="region") == []


def test_a_mean_of_months_leaves_out_months_without_rows(duck: DuckDBEngine) -> None:
    year = one(duck, "toys.monthly")
    assert (year.value, year.numerator, year.denominator) == (75, None, None)
    february = one(duck, "toys.monthly", period=parse_period("2021-02"))
    assert (february.value, february.numerator, february.denominator) == (50, 1, 2)
    assert one(duck, "toys.monthly", period=parse_period("2030")).value is None


def test_a_rate_over_the_mean_of_twelve_month_ends(duck: DuckDBEngine) -> None:
    value = one(duck, "toys.leavers", period=None, as_of=date(2021, 12, 31))
    # m 12 ends, n 12 (moved, not gone from the place), o 2 (October, November; its last day is the first day off)
    assert (value.numerator, value.denominator) == (2, Decimal(26) / 12)


def test_the_end_of_a_month_counts_only_when_the_date_has_reached_it(duck: DuckDBEngine) -> None:
    assert one(duck, "toys.leavers", period=None, as_of=date(2021, 10, 30)).denominator == 2
    assert one(duck, "toys.leavers", period=None, as_of=date(2021, 10, 31)).denominator == Decimal(25) / 12


def test_a_ruling_of_the_nearest_place_decides(duck: DuckDBEngine) -> None:
    """Entered 8 days later in 东镇 (limit 7), 7 days later in 西镇 (limit 3)."""
    assert one(duck, "toys.late").numerator == 2
    assert one(duck, "toys.late", TOWN_B).numerator == 1


def test_one_row_per_rule_of_the_nearest_level_with_any(duck: DuckDBEngine) -> None:
    values = asked(duck, "toys.ratio_use")
    assert [(each.as_json()["dims"], plain(each.value)) for each in values] == [
        ({"base": "call", "cap": 10}, 60),
        ({"base": "visit", "cap": 2.5}, 40),
    ]


def test_a_figure_per_thing_is_null_without_its_grouping(duck: DuckDBEngine) -> None:
    assert one(duck, "toys.progress").value is None
    [value] = asked(duck, "toys.progress", by="project")
    assert (value.member, value.value, value.numerator, value.denominator) == (("project", "j1"), 50, 2, 4)


def test_a_mean_shows_its_number_of_rows(duck: DuckDBEngine) -> None:
    value = one(duck, "toys.mean")
    assert (value.value, value.denominator) == (30, 5)


def test_a_median_is_null_where_nothing_is_stated(duck: DuckDBEngine) -> None:
    assert one(duck, "toys.median", TOWN_B).value == 3.5
    assert one(duck, "toys.median", period=parse_period("2030")).value is None


def test_without_a_period_what_happens_is_unknown_and_a_state_is_not(duck: DuckDBEngine) -> None:
    flow = one(duck, "toys.calls", period=None, as_of=date(2021, 6, 1))
    assert (flow.period, flow.value) == (None, None)
    assert one(duck, "toys.divisions", period=None, as_of=date(2021, 6, 1)).value == 2


def test_only_holds_a_column_to_one_value(duck: DuckDBEngine) -> None:
    assert one(duck, "toys.calls", only={"post_id": "p1"}).value == 2
    assert asked(duck, "toys.divisions", only={"post_id": "p1"}) == []


def test_the_rows_behind_a_figure_are_the_rows_it_counted(duck: DuckDBEngine) -> None:
    request = FigureRequest(figure="toys.persons", region=TOWN_A, period=YEAR)
    first = running.rows_behind(request, duck, limit=2)
    assert [row["id"] for row in first] == ["c01", "c02"]
    assert [row["id"] for row in running.rows_behind(request, duck, limit=2, after="c02")] == ["c04"]
    labelled = FigureRequest(figure="toys.persons", region=COUNTY, period=YEAR, dims={"label": "C03"})
    assert [row["id"] for row in running.rows_behind(labelled, duck)] == ["c01", "c02", "c03"]


def test_both_sides_of_a_ratio_have_rows(duck: DuckDBEngine) -> None:
    request = FigureRequest(figure="toys.coverage", region=COUNTY, period=YEAR)
    assert [row["id"] for row in running.rows_behind(request, duck)] == ["p1", "p2"]
    assert [row["id"] for row in running.rows_behind(request, duck, below=True)] == [TOWN_A, TOWN_B]
    with pytest.raises(FigureFault, match="没有另一组明细"):
        running.rows_behind(FigureRequest(figure="toys.calls", region=COUNTY, period=YEAR), duck, below=True)


@pytest.mark.parametrize(
    "nasty", ["x' OR '1'='1", "@@lo@@", "'@@hi@@'", "%(lo)s", "$lo", "%", "\\'; DROP TABLE x; --"]
)
def test_a_value_is_never_written_into_the_sql(duck: DuckDBEngine, nasty: str) -> None:
    assert one(duck, "toys.persons", dims={"label": nasty}).value == 0
    assert one(duck, "toys.calls", dims={"kind": nasty}).value == 0
    assert one(duck, "toys.calls").value == 5


def test_an_unanswerable_question_says_what_can_be_asked(duck: DuckDBEngine) -> None:
    with pytest.raises(FigureFault, match="没有维度 colour，可用：kind"):
        asked(duck, "toys.calls", split=("colour",))
    with pytest.raises(FigureFault, match="时段"):
        asked(duck, "toys.calls", period=None)
    with pytest.raises(FigureFault, match="分组"):
        asked(duck, "toys.calls", by="moon")
    with pytest.raises(UnknownFigure, match=r"toys\.none"):
        asked(duck, "toys.none")


def test_equal_questions_are_asked_of_the_engine_once(
    duck: DuckDBEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts: list[str] = []
    run = DuckDBEngine.run
    monkeypatch.setattr(DuckDBEngine, "run", lambda self, s, p: (texts.append(s.sql), run(self, s, p))[1])
    request = FigureRequest(figure="toys.calls", region=COUNTY, period=YEAR)
    assert len(running.compute([request, request], duck)) == 2
    assert len(texts) == 1
