"""The rules of cases on plain values: attainment of goals, consent, plans, pauses, follow-ups (domain.md §7.2)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhan.casework.cases import rules
from linzhan.casework.cases.rules import Aim, attainment, follow_ups

weights, levels = st.integers(1, 10), st.integers(-2, 2)
scored = st.lists(st.tuples(weights, levels), min_size=1, max_size=6)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@pytest.mark.parametrize(
    ("goals", "score"),
    [
        ([(1, 0)], "50.0"),
        ([(1, 1)], "60.0"),
        ([(5, -2)], "30.0"),
        ([(1, 1), (1, 1)], "62.4"),  # 50 + 10·2 / √(0.7·2 + 0.3·4)
        ([(3, 2), (1, -1)], "64.6"),  # 50 + 10·5 / √(0.7·10 + 0.3·16)
    ],
)
def test_attainment_by_hand(goals: list[tuple[int, int]], score: str) -> None:
    assert attainment(goals) == Decimal(score)


def test_no_goals_have_no_score() -> None:
    assert attainment([]) is None


@given(st.lists(weights, min_size=1, max_size=6))
def test_as_expected_is_fifty_whatever_the_weights(given_weights: list[int]) -> None:
    assert attainment([(weight, 0) for weight in given_weights]) == 50


@given(scored)
def test_the_opposite_lies_as_far_on_the_other_side(goals: list[tuple[int, int]]) -> None:
    here, there = attainment(goals), attainment([(weight, -level) for weight, level in goals])
    assert here is not None
    assert there is not None
    assert abs(here + there - 100) <= Decimal("0.1")


@given(scored, st.integers(2, 9))
def test_only_the_proportion_of_weights_counts(goals: list[tuple[int, int]], factor: int) -> None:
    assert attainment([(weight * factor, level) for weight, level in goals]) == attainment(goals)


@given(scored, st.data())
def test_a_goal_reached_further_never_lowers_the_score(
    goals: list[tuple[int, int]], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(goals) - 1))
    weight, level = goals[at]
    better = [*goals[:at], (weight, min(2, level + 1)), *goals[at + 1 :]]
    before, after = attainment(goals), attainment(better)
    assert before is not None
    assert after is not None
    assert after >= before


@given(scored)
def test_the_order_of_goals_does_not_matter(goals: list[tuple[int, int]]) -> None:
    assert attainment(list(reversed(goals))) == attainment(goals)


@pytest.mark.parametrize(
    ("age", "by", "view", "told"),
    [
        (None, "本人", "", ""),
        (40, "本人", "", ""),
        (18, "本人", "", ""),
        (13, "本人", "", "监护人同意"),
        (13, "监护人", "", ""),
        (14, "监护人", "", "本人的意愿"),
        (17, "监护人", "愿意", ""),
        (17, "代理人", "愿意", "监护人同意"),
    ],
)
def test_who_consents_depends_on_the_age(age: int | None, by: str, view: str, told: str) -> None:
    fault = rules.consent_fault(age, by, view)
    assert (told in fault) if told else fault == ""


def test_what_is_empty_is_named() -> None:
    row: dict[str, object] = {"a": "", "b": None, "c": [], "d": "有", "e": 0}
    wanted = {"a": "甲", "b": "乙", "c": "丙", "d": "丁", "e": "戊"}
    assert rules.lacking(row, wanted) == "还没有填写：甲、乙、丙"
    assert rules.lacking({"d": "有"}, {"d": "丁"}) == ""


GOOD = Aim("每周出门三次", "出门次数", date(2022, 6, 1), 0)


@pytest.mark.parametrize(
    ("aims", "told"),
    [
        ([], "至少要有一个目标"),
        ([GOOD], ""),
        ([GOOD, Aim("和邻居说话", "", date(2022, 6, 1), None)], "和邻居说话"),
        ([Aim("和邻居说话", "次数", None, None)], "完成日期"),
    ],
)
def test_a_plan_has_goals_that_can_be_checked(aims: list[Aim], told: str) -> None:
    fault = rules.plan_fault(aims)
    assert (told in fault) if told else fault == ""


def test_every_goal_is_scored_before_the_evaluation() -> None:
    assert rules.scoring_fault([GOOD]) == ""
    assert "1 个目标" in rules.scoring_fault([GOOD, Aim("另一个", "次数", None, None)])
    assert "没有登记目标" in rules.scoring_fault([])


TODAY = date(2022, 3, 1)


@pytest.mark.parametrize(
    ("until", "told"),
    [
        (TODAY, "今天以后"),
        (TODAY + timedelta(1), ""),
        (TODAY + timedelta(60), ""),
        (TODAY + timedelta(61), "2022-04-30"),
    ],
)
def test_a_pause_ends_on_a_day_within_the_limit(until: date, told: str) -> None:
    fault = rules.suspension_fault(TODAY, until, 60)
    assert (told in fault) if told else fault == ""


def test_few_sessions_need_a_reason_and_the_lost_were_looked_for() -> None:
    assert rules.sessions_fault(3, 3, "") == rules.sessions_fault(1, 3, "住院") == ""
    assert "少于 3 次" in rules.sessions_fault(2, 3, " ")
    assert rules.lost_fault("目标达成", 0, 3, 30) == rules.lost_fault("失联", 3, 3, 30) == ""
    assert "现有 2 次" in rules.lost_fault("失联", 2, 3, 30)


CLOSED = date(2022, 1, 10)


def test_one_early_call_is_not_taken_for_both_follow_ups() -> None:
    early = [CLOSED + timedelta(16)]
    first, second = follow_ups(CLOSED, (30, 90), early)
    assert (first.due_on, first.made_on) == (CLOSED + timedelta(30), early[0])
    assert (second.due_on, second.made_on) == (CLOSED + timedelta(90), None)


def test_a_call_right_after_closing_is_none_of_them() -> None:
    assert [each.made_on for each in follow_ups(CLOSED, (30, 90), [CLOSED + timedelta(3)])] == [None, None]


@given(days, st.lists(st.integers(1, 400), max_size=5), st.lists(days, max_size=8))
def test_each_contact_meets_one_follow_up_at_most(
    closed: date, after: list[int], contacts: list[date]
) -> None:
    found = follow_ups(closed, after, contacts)
    made = [each.made_on for each in found if each.made_on]
    assert len(made) == len(set(made))
    assert set(made) <= set(contacts)
    assert [each.due_on for each in found] == sorted(closed + timedelta(day) for day in set(after))
    assert all(day >= closed for day in made)


@given(days, st.lists(st.integers(1, 400), max_size=5), st.lists(days, max_size=8), days)
def test_one_more_contact_never_undoes_a_follow_up(
    closed: date, after: list[int], contacts: list[date], more: date
) -> None:
    met = sum(each.made_on is not None for each in follow_ups(closed, after, contacts))
    assert sum(each.made_on is not None for each in follow_ups(closed, after, [*contacts, more])) >= met
