"""Whether somebody may stand on a post, by examples on plain values (RSK-02, FIL-01…03, FIL-05, FIL-07, FIL-08)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from linzhan.kernel.checks import Outcome
from linzhan.workforce.assigning import rules
from linzhan.workforce.assigning.rules import Held
from linzhan.workforce.filing import rules as filing
from linzhan.workforce.standing import rules as standing

ON = date(2022, 5, 20)
A, B = UUID(int=1), UUID(int=2)


def held(project: UUID = A, *, runs: bool = True, share: int | None = 50, full_time: bool = False) -> Held:
    return Held(project, runs, None if share is None else Decimal(share), full_time)


@pytest.mark.parametrize(
    ("bars", "outcome"),
    [
        ([], Outcome.PASS),
        ([(date(2022, 5, 20), date(2024, 5, 20))], Outcome.STOP),
        ([(date(2020, 5, 20), date(2022, 5, 20))], Outcome.PASS),  # the first day after it is free
        ([(date(2020, 5, 20), date(2022, 5, 21))], Outcome.STOP),
        ([(date(2022, 5, 21), date(2024, 5, 21))], Outcome.PASS),
    ],
)
def test_a_bar_holds_from_its_first_day_to_its_last(bars: list[tuple[date, date]], outcome: Outcome) -> None:
    assert rules.barred(bars, ON)[0] is outcome


@pytest.mark.parametrize(
    ("results", "outcome", "words"),
    [
        ([], Outcome.STOP, "没有从业查询结果"),
        ([(None, "待回复", None)], Outcome.STOP, "尚未回复"),
        ([(date(2022, 1, 1), "未发现", date(2023, 1, 1))], Outcome.PASS, "2023-01-01"),
        ([(date(2021, 6, 1), "未发现", date(2022, 6, 1))], Outcome.WARN, "2022-06-01 到期"),
        ([(date(2021, 5, 1), "未发现", date(2022, 5, 1))], Outcome.STOP, "过期"),
        ([(date(2022, 4, 1), "不得从事", date(2023, 4, 1))], Outcome.STOP, "不允许"),
        (
            [(date(2022, 4, 1), "不得从事", None), (date(2022, 1, 1), "未发现", date(2023, 1, 1))],
            Outcome.STOP,
            "不允许",
        ),
        ([(date(2022, 6, 1), "未发现", date(2023, 6, 1))], Outcome.STOP, "没有从业查询结果"),  # not known yet
    ],
)
def test_the_latest_vetting_decides_and_none_decides_against(
    results: list[tuple[date | None, str, date | None]], outcome: Outcome, words: str
) -> None:
    found = rules.vetted(results, ON)
    assert found[0] is outcome
    assert words in found[1]


def test_whoever_runs_one_project_runs_no_second_where_running_counts() -> None:
    one = [held(A)]
    assert rules.one_project(one, "主责的项目", 1, runs=True)[0] is Outcome.STOP
    assert rules.one_project(one, "主责的项目", 1, runs=False)[0] is Outcome.PASS
    assert rules.one_project(one, "主责的项目", 1, runs=None)[0] is Outcome.WARN
    assert rules.one_project([held(A, runs=False)], "主责的项目", 1, runs=True)[0] is Outcome.PASS
    assert rules.one_project([], "主责的项目", 1, runs=True)[0] is Outcome.PASS


def test_where_taking_part_counts_the_role_does_not_matter() -> None:
    assert rules.one_project([held(A, runs=False)], "参与的项目", 1, runs=False)[0] is Outcome.STOP
    assert rules.one_project([held(A, runs=False), held(A)], "参与的项目", 2, runs=False)[0] is Outcome.PASS


@pytest.mark.parametrize(
    ("others", "share", "outcome"),
    [
        ([], Decimal(100), Outcome.PASS),
        ([], None, Outcome.PASS),
        ([held(share=50)], Decimal(50), Outcome.PASS),
        ([held(share=50)], Decimal("50.01"), Outcome.STOP),
        ([held(share=None)], Decimal(50), Outcome.UNKNOWN),
        ([held(share=50)], None, Outcome.UNKNOWN),
        ([held(share=None, full_time=True)], Decimal(10), Outcome.STOP),  # full-time is the whole of it
        ([held(share=80, full_time=True)], Decimal(20), Outcome.PASS),  # unless the share says otherwise
        ([held(share=60), held(B, share=60)], None, Outcome.STOP),  # too much already, whatever this one is
    ],
)
def test_a_persons_time_is_one_whole(others: list[Held], share: Decimal | None, outcome: Outcome) -> None:
    assert rules.shares(others, share, Decimal(100))[0] is outcome


def test_a_sum_of_shares_says_the_number_and_the_limit() -> None:
    words = rules.shares([held(share=60), held(uuid4(), share=30)], Decimal(20), Decimal(100))[1]
    assert words == "另有 2 个项目，投入合计 110%，不得超过 100%"


def test_haining_leaves_a_month_after_asking_and_within_two() -> None:
    asked = date(2022, 3, 1)
    assert filing.notice_given(asked, date(2022, 3, 31), 1)[0] is Outcome.STOP
    assert filing.notice_given(asked, date(2022, 4, 1), 1)[0] is Outcome.PASS
    assert filing.within_span(asked, date(2022, 5, 1), 2)[0] is Outcome.PASS
    assert filing.within_span(asked, date(2022, 5, 2), 2)[0] is Outcome.STOP


def test_a_month_after_the_last_of_january_is_the_last_of_february() -> None:
    assert filing.months_after(date(2022, 1, 31), 1) == date(2022, 2, 28)
    assert filing.months_after(date(2020, 12, 31), 2) == date(2021, 2, 28)
    assert filing.months_after(date(2020, 2, 29), 24) == date(2022, 2, 28)


def test_a_week_ends_on_its_seventh_day() -> None:
    assert filing.late_by(date(2022, 5, 13), ON, 7) == 0
    assert filing.late_by(date(2022, 5, 12), ON, 7) == 1
    outcome, words = filing.within_limit(date(2022, 5, 10), ON, 7)
    assert (outcome, "2022-05-17" in words, "逾期 3 日" in words) == (Outcome.WARN, True, True)


@pytest.mark.parametrize(
    ("hired", "left", "outcome"),
    [
        (None, None, Outcome.STOP),
        (date(2022, 5, 20), None, Outcome.PASS),
        (date(2022, 5, 21), None, Outcome.STOP),
        (date(2022, 1, 1), date(2022, 5, 1), Outcome.STOP),
    ],
)
def test_the_post_is_filled_by_somebody_who_is_there(
    hired: date | None, left: date | None, outcome: Outcome
) -> None:
    assert filing.replaced(hired, left, ON)[0] is outcome


def test_nobody_is_judged_unheard() -> None:
    assert "没有告知" in standing.heard(None, ON, objected=False)
    assert "2022-05-20" in standing.heard(ON, ON, objected=False)
    assert standing.heard(ON, date(2022, 5, 21), objected=False) == ""
    assert standing.heard(ON, ON, objected=True) == ""  # who has spoken need not wait
    assert standing.barred_until(ON, 2) == date(2024, 5, 20)


def test_a_grade_of_post_asks_for_its_certificate() -> None:
    zhengzhou = [("高级社会工作师", 5, 7), ("社会工作师", 8, 10), ("助理社会工作师", 11, 13)]
    asked = [rules.grades_asked(level, zhengzhou) for level in (4, 5, 7, 8, 10, 11, 13)]
    assert asked == [
        "",
        "高级社会工作师",
        "高级社会工作师",
        "社会工作师",
        "社会工作师",
        "助理社会工作师",
        "助理社会工作师",
    ]


def test_registration_is_renewed_in_its_last_months() -> None:
    until = date(2022, 12, 31)
    assert standing.again_in_time(until, date(2022, 10, 1), 90)[0] is Outcome.WARN
    assert standing.again_in_time(until, date(2022, 10, 2), 90)[0] is Outcome.PASS
    assert standing.again_in_time(until, date(2023, 1, 1), 90)[0] is Outcome.WARN
    assert standing.again_in_time(None, ON, 90)[0] is Outcome.UNKNOWN
    assert standing.first_in_time(date(2021, 5, 20), ON, 12)[0] is Outcome.PASS
    assert standing.first_in_time(date(2021, 5, 19), ON, 12)[0] is Outcome.WARN
