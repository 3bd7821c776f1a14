"""Points, totals and grades by hand (``domain.md`` §12.3; EVL-01)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhan.quality.schemes.definition import Dimension, Grade, Indicator, Line, Scheme, Side
from linzhan.quality.schemes.scoring import (
    Found,
    Given,
    LineScore,
    State,
    line_score,
    mean_of_raters,
    measured_points,
    rounded,
    total,
)

SCALE = tuple(
    Grade(grade=name, from_percent=Decimal(at))
    for name, at in (("优秀", 90), ("良好", 80), ("合格", 60), ("不合格", 0))
)


def line(rule: str, full: str = "6", source: str = "平台", **more: Any) -> Line:
    numbers = {
        name: Decimal(str(value)) for name, value in more.items() if isinstance(value, int | float)
        and name in ("floor", "target", "ceiling", "best")
    }  # fmt: skip
    return Line(name="项", full=Decimal(full), rule=rule, source=source, **{**more, **numbers})


def scheme(*lines: Line, full: str = "", **more: Any) -> Scheme:
    indicators = tuple(Indicator(code=f"A{n}", name="指标", lines=(each,)) for n, each in enumerate(lines, 1))
    marks = sum((each.full or Decimal(0) for each in lines), Decimal(0))
    return Scheme(
        name="方案",
        subject="站点",
        full=Decimal(full) if full else marks,
        dimensions=(Dimension(code="A", name="维度", indicators=indicators),),
        **{"sides": (Side(name="第三方"),), "scale": SCALE, **more},
    )


def found(value: str | None, target: str | None = None) -> Found:
    return Found(
        value=None if value is None else Fraction(value), target=None if target is None else Fraction(target)
    )


def gave(points: str | None = None, rater: str = "甲", side: str = "第三方", **more: Any) -> Given:
    return Given(side=side, rater=rater, points=None if points is None else Fraction(points), **more)


@pytest.mark.parametrize(
    ("value", "points"),
    [("50", 0), ("60", 0), ("77.5", 3), ("95", 6), ("100", 6)],
)
def test_linear_runs_from_the_floor_to_the_target(value: str, points: int) -> None:
    """6·(77.5−60)/(95−60) = 3."""
    assert measured_points(line("线性", floor=60, target=95), found(value)) == points


@pytest.mark.parametrize(("value", "points"), [("0", 2), ("15", 1), ("30", 0), ("45", 0)])
def test_inverse_runs_from_the_best_to_the_ceiling(value: str, points: int) -> None:
    """A turnover of 15 % with 30 % as the worst earns half."""
    assert measured_points(line("逆向", "2", ceiling=30, best=0), found(value)) == points


@pytest.mark.parametrize(("value", "points"), [("0", 0), ("3", 3), ("5", 5), ("8", 5)])
def test_a_count_is_capped_at_its_target(value: str, points: int) -> None:
    assert measured_points(line("达标封顶", "5", target=5), found(value)) == points


@pytest.mark.parametrize(("value", "points"), [("59.9", 0), ("60", 2), ("79.99", 2), ("80", 4), ("100", 4)])
def test_steps_are_a_lookup(value: str, points: int) -> None:
    assert measured_points(line("分档", bands=("80=4", "0=0", "60=2")), found(value)) == points


def test_the_target_of_the_place_comes_before_that_of_the_scheme() -> None:
    """Four of six wanted: 2.5·4/6; where nobody decided how many are wanted, nothing is known."""
    own = line("达标封顶", "2.5", target_rule="network.full_time_staff")
    assert measured_points(own, found("4", "6")) == Fraction(5, 3)
    assert measured_points(own, found("4")) is None
    assert measured_points(line("达标封顶", "2.5", target=8), found("4", "6")) == Fraction(5, 3)


def test_what_is_not_known_is_pending_and_never_nought() -> None:
    asked = line("线性", target=100)
    score = line_score(scheme(asked), asked, found(None), [])
    assert (score.state, score.points) == (State.PENDING, None)
    assert line_score(scheme(asked), asked, found("0"), []).points == Decimal("0.00")


def test_a_checklist_counts_what_is_met_once() -> None:
    """Two of four items of three points; what is not on the list does not count."""
    asked = line("清单", "3", "查证", items=("甲", "乙", "丙", "丁"))
    score = line_score(scheme(asked), asked, None, [gave(met=("甲", "乙", "乙", "戊"))])
    assert score.points == Decimal("1.50")
    assert line_score(scheme(asked), asked, None, [gave(met=())]).points == Decimal("0.00")


def test_four_experts_all_count_of_five_the_middle_three() -> None:
    assert mean_of_raters([Fraction(n) for n in (1, 4, 5, 6)]) == 4
    assert mean_of_raters([Fraction(n) for n in (0, 4, 5, 6, 100)]) == 5


def test_a_line_waits_for_as_many_raters_as_it_wants() -> None:
    asked = line("专家评分", "10", "专家", raters=3)
    two = [gave("6", "甲"), gave("8", "乙")]
    assert line_score(scheme(asked), asked, None, two).lacking == ("第三方",)
    three = line_score(scheme(asked), asked, None, [*two, gave("9", "丙")])
    assert (three.points, three.spread) == (Decimal("7.67"), 30)


def test_sides_are_weighted_and_one_that_is_silent_is_waited_for() -> None:
    """0.7·80 + 0.2·90 + 0.1·60 = 80, of the means of each side."""
    sides = tuple(
        Side(name=name, weight=Decimal(weight))
        for name, weight in (("第三方", "0.7"), ("购买方", "0.2"), ("监督方", "0.1"))
    )
    asked = line("专家评分", "100", "专家")
    own = scheme(asked, sides=sides)
    given_by = [
        gave("70", "甲"), gave("90", "乙"), gave("90", "丙", side="购买方"), gave("60", "丁", side="监督方"),
    ]  # fmt: skip
    assert line_score(own, asked, None, given_by).points == Decimal("80.00")
    assert line_score(own, asked, None, given_by[:3]).lacking == ("监督方",)


def test_a_survey_needs_thirty_answers_or_everybody() -> None:
    """5·(81−60)/35 = 3; nine answers of nine are all there are."""
    asked = line("满意度", "5", "问卷", floor=60, target=95, least=30)
    own = scheme(asked)

    def of(sample: int, population: int | None = None) -> LineScore:
        told = gave(value=Fraction(81), sample=sample, population=population)
        return line_score(own, asked, None, [told])

    assert of(29).state is State.PENDING
    assert of(30).points == Decimal("3.00")
    assert of(9, 9).points == Decimal("3.00")
    assert of(9, 40).state is State.PENDING


def test_what_does_not_apply_is_left_out_and_the_rest_scaled() -> None:
    """18 of 20 with 10 not applicable: 27 of 30."""
    own = scheme(line("线性", "20", target=100), line("专家评分", "10", "专家"))
    first = LineScore(state=State.SCORED, points=Decimal(18))
    found_total = total(own, {"A1": first, "A2": LineScore(state=State.ABSENT)})
    assert (found_total.raw, found_total.available, found_total.complete) == (
        Decimal("27.00"),
        Decimal(20),
        True,
    )


def test_a_pending_line_makes_a_total_provisional() -> None:
    own = scheme(line("线性", "20", target=100), line("专家评分", "10", "专家"))
    found_total = total(own, {"A1": LineScore(state=State.SCORED, points=Decimal(18))})
    assert (found_total.total, found_total.complete, found_total.pending) == (
        Decimal("27.00"),
        False,
        ("A2",),
    )


def test_bonus_and_penalty_are_capped_and_the_total_stays_within_its_bounds() -> None:
    own = scheme(line("线性", "100", target=100), bonus=Decimal(5), penalty=Decimal(10))
    full, low = ({"A1": LineScore(state=State.SCORED, points=Decimal(points))} for points in (98, 4))
    assert total(own, full, bonus=Decimal(9)).total == 100
    assert total(own, full, bonus=Decimal(9), penalty=Decimal(30)).total == 93
    below = total(own, low, penalty=Decimal(30))
    assert (below.raw, below.total) == (4, 0)


@pytest.mark.parametrize(
    ("points", "grade"), [("90", "优秀"), ("89.99", "良好"), ("80", "良好"), ("60", "合格"), ("59.99", "不合格"), ("0", "不合格")]
)  # fmt: skip
def test_a_grade_begins_at_its_line(points: str, grade: str) -> None:
    own = scheme(line("线性", "100", target=100))
    found_total = total(own, {"A1": LineScore(state=State.SCORED, points=Decimal(points))})
    assert found_total.grade is not None
    assert found_total.grade.grade == grade


def test_a_thousand_points_are_graded_by_their_share() -> None:
    own = scheme(line("线性", "1000", target=100))
    found_total = total(own, {"A1": LineScore(state=State.SCORED, points=Decimal(905))})
    assert found_total.grade is not None
    assert found_total.grade.grade == "优秀"


def test_a_veto_fails_and_leaves_the_marks_to_be_seen() -> None:
    own = scheme(line("线性", "100", target=100), vetoes=("挪用资金",))
    found_total = total(own, {"A1": LineScore(state=State.SCORED, points=Decimal(95))}, vetoes=["挪用资金"])
    assert found_total.grade is not None
    assert found_total.by_marks is not None
    assert (found_total.grade.grade, found_total.by_marks.grade, found_total.total) == ("不合格", "优秀", 95)


def test_an_accepted_objection_stands_instead() -> None:
    asked = line("线性", target=100)
    score = line_score(scheme(asked), asked, found("10"), [], Decimal("4.50"))
    assert (score.points, score.adjusted) == (Decimal("4.50"), True)


def test_what_the_platform_cannot_know_somebody_looks_up() -> None:
    """A number by hand goes by the same rule; one is enough."""
    asked = line("线性", "10", target=100)
    score = line_score(scheme(asked), asked, found(None), [gave(value=Fraction(85))])
    assert score.points == Decimal("8.50")


@given(st.fractions(min_value=0, max_value=1000))
def test_points_are_rounded_half_up(value: Fraction) -> None:
    assert abs(Fraction(rounded(value)) - value) <= Fraction(1, 200)
    assert Fraction(rounded(value)) - value > -Fraction(1, 200)


@given(st.lists(st.fractions(min_value=0, max_value=10), min_size=1, max_size=9))
def test_a_mean_lies_among_its_raters(points: list[Fraction]) -> None:
    assert min(points) <= mean_of_raters(points) <= max(points)
