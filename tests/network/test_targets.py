"""Targets beside what was reached (TGT-01 and its kin)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhan.kernel.figures import store
from linzhan.kernel.scope import Scope, ScopeViolation, opened
from linzhan.network.api import TargetProgress, targets_with_actual
from linzhan.policy.api import network
from tests.factories.network import station, target
from tests.factories.places import CHENGNAN, HECHENG, HUAIHUA, HUANGJINAO, TUOYUAN, ZHONGFANG
from tests.network.conftest import State

ON, DUE = date(2022, 6, 30), date(2021, 12, 31)


def only(region: str = HECHENG, on: date = ON) -> TargetProgress:
    [found] = targets_with_actual(region, on)
    return found


@pytest.mark.usefixtures("hunan")
def test_a_target_stands_beside_the_engines_number_of_its_term() -> None:
    """TGT-01, TGT-06: what opened after the term does not save it."""
    station(TUOYUAN, opened_on="2021-01-01")
    station(CHENGNAN, opened_on="2022-02-01")
    target(wanted="50", due_on=DUE, baseline="0")
    late = only()
    assert (late.actual, late.as_of, late.met, late.percent, late.gap) == (25, DUE, False, 50, 25)
    assert late.overdue(ON)
    assert not late.overdue(DUE)
    assert only(on=date(2021, 6, 30)).as_of == date(2021, 6, 30)


@pytest.mark.usefixtures("hunan")
def test_a_target_without_a_term_is_held_against_the_day() -> None:
    """TGT-05: Hubei's years are lost, the steps are not."""
    station(TUOYUAN, opened_on="2021-01-01")
    target(wanted="25", stage="第一个年底")
    target(wanted="50", stage="第二个年底")
    found = targets_with_actual(HECHENG, ON)
    assert [(each.stage, each.met) for each in found] == [("第一个年底", True), ("第二个年底", False)]
    assert not any(each.overdue(ON) for each in found)


@pytest.mark.usefixtures("hunan")
def test_a_figure_of_a_period_counts_from_the_targets_start() -> None:
    """TGT-06, TGT-15: so many new stations in the year."""
    for code, day in ((TUOYUAN, "2020-06-01"), (CHENGNAN, "2021-02-01"), (HUANGJINAO, "2021-09-01")):
        station(code, opened_on=day)
    figure = "network.stations_opened"
    target(name="全年新建", figure=figure, wanted="2", unit="个", due_on=DUE)
    target(name="下半年新建", figure=figure, wanted="2", unit="个", starts_on="2021-07-01", due_on=DUE)
    target(name="明年新建", figure=figure, wanted="2", starts_on="2023-01-01", due_on="2023-12-31")
    actual = {each.name: (each.actual, each.met) for each in targets_with_actual(HECHENG, ON)}
    assert actual == {"全年新建": (2, True), "下半年新建": (1, False), "明年新建": (None, None)}


@pytest.mark.usefixtures("hunan")
def test_an_unknown_number_is_not_nought() -> None:
    target(due_on=DUE)
    unknown = only()
    assert (unknown.actual, unknown.met, unknown.percent, unknown.gap) == (None, None, None, None)
    assert unknown.overdue(ON)


@pytest.mark.usefixtures("hunan")
def test_a_target_that_no_figure_measures_takes_the_latest_stated_number() -> None:
    """TGT-09: 10,000 professionals; the number is stated with its source and marked as stated."""
    target(name="社会工作专业人才", figure="", wanted="10000", unit="人", due_on=DUE)
    for day, number in ((date(2021, 6, 30), 8000), (DUE, 10000), (date(2022, 3, 31), 12000)):
        store.state(
            name="社会工作专业人才", region=HECHENG, value=Decimal(number), source="统计年报", as_of=day
        )
    found = only()
    assert (found.actual, found.as_of, found.stated, found.met) == (10000, DUE, True, True)
    assert only(on=date(2021, 7, 1)).actual == 8000


@pytest.mark.usefixtures("hunan")
def test_targets_of_the_rulebook_stand_with_those_of_the_register(state: State) -> None:
    """TGT-08: a document's targets need not be typed again; a row of the register goes before them."""
    wanted = [
        {"indicator": "乡镇覆盖率", "figure": "network.coverage", "at_least": 70, "due": DUE.isoformat()},
        {"indicator": "社工机构", "figure": "providers.active", "at_least": 3, "unit": "家"},
    ]
    state(network.TARGETS, HECHENG, wanted)
    target(wanted="60", due_on=DUE)
    found = targets_with_actual(HECHENG, ON)
    assert [(each.name, each.wanted) for each in found] == [("乡镇(街道)覆盖率", 60), ("社工机构", 3)]
    assert found[0].source == "鹤城区社工站建设方案"
    assert found[1].source == "《关于社工站的意见》(湘民发〔2020〕1号) 第三条"
    assert (found[0].row_id is None, found[1].row_id is None) == (False, True)


@pytest.mark.usefixtures("hunan")
def test_what_a_document_sets_for_the_city_is_not_each_countys_target(state: State) -> None:
    state(network.TARGETS, HUAIHUA, [{"indicator": "社工机构", "figure": "providers.active", "at_least": 40}])
    assert targets_with_actual(HECHENG, ON) == []
    assert only(HUAIHUA).wanted == 40


@pytest.mark.usefixtures("hunan")
def test_targets_of_another_county_are_refused() -> None:
    target(region=ZHONGFANG)
    with opened(Scope(regions=(HECHENG,))), pytest.raises(ScopeViolation):
        targets_with_actual(ZHONGFANG, ON)


def progress(comparison: str, wanted: Decimal, actual: Decimal, baseline: Decimal | None) -> TargetProgress:
    return TargetProgress(
        region_code=HECHENG,
        name="指标",
        figure="",
        comparison=comparison,
        wanted=wanted,
        unit="",
        starts_on=None,
        due_on=None,
        stage="",
        baseline=baseline,
        source="方案",
        as_of=ON,
        actual=actual,
    )


NUMBERS = st.decimals(-1000, 1000, places=2)


@given(
    comparison=st.sampled_from(["不低于", "不高于", "等于"]), wanted=NUMBERS, actual=NUMBERS, baseline=NUMBERS
)
def test_a_target_that_is_met_has_no_gap_and_one_that_is_not_has_one(
    comparison: str, wanted: Decimal, actual: Decimal, baseline: Decimal
) -> None:
    found = progress(comparison, wanted, actual, baseline)
    assert found.met == (found.gap == 0)
    assert found.met or actual + (found.gap or 0) == wanted or actual - (found.gap or 0) == wanted
    assert (found.percent is None) == (wanted == baseline)


@given(wanted=NUMBERS, baseline=NUMBERS)
def test_progress_runs_from_nought_at_the_baseline_to_a_hundred_at_the_target(
    wanted: Decimal, baseline: Decimal
) -> None:
    ends = [progress("不高于", wanted, actual, baseline).percent for actual in (baseline, wanted)]
    assert ends == ([None, None] if wanted == baseline else [0, 100])


def test_a_ceiling_without_a_baseline_has_no_percentage() -> None:
    assert progress("不高于", Decimal(5), Decimal(3), None).percent is None
