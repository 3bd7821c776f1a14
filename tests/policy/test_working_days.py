"""Working days of a place: what nation, province and city have stated comes before what the library holds."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from linzhan.policy.api import (
    PARAMETERS,
    WrongValue,
    consulting,
    withdraw_value,
    working_days_between,
    working_days_later,
)
from linzhan.policy.parameters.oversight import HOLIDAYS
from tests.factories.policy import OFFICIAL, stated
from tests.policy.conftest import HECHENG, HUNAN, NATION

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("everywhere")]
GUANGXI_COUNTY = "450102000000"
SPRING_2027 = {"off": ["2027-02-05至2027-02-11"], "worked": ["2027-01-31", "2027-02-13"]}


def later(day: str, number: int, region: str = HECHENG) -> str:
    return working_days_later(date.fromisoformat(day), number, region=region).isoformat()


def test_where_nobody_states_anything_the_library_counts_and_then_the_week() -> None:
    assert later("2025-09-26", 1) == "2025-09-28"
    assert later("2027-02-04", 1) == "2027-02-05"  # 2027 is not in the library: Friday


def test_the_nation_enters_a_year_before_the_library_knows_it() -> None:
    stated(HOLIDAYS, SPRING_2027, NATION, variant="2027", since=date(2026, 11, 20))
    assert later("2027-01-29", 1) == "2027-01-31"  # a worked Sunday
    assert later("2027-02-04", 1) == "2027-02-12"
    assert later("2027-02-04", 2) == "2027-02-13"  # a worked Saturday
    assert working_days_between(date(2027, 2, 4), date(2027, 2, 13), region=HECHENG) == 2
    assert later("2026-12-31", 1) == "2027-01-01"  # stated is the Spring Festival alone


def test_what_was_entered_when_the_year_had_begun_is_for_the_whole_year() -> None:
    stated(HOLIDAYS, SPRING_2027, NATION, variant="2027", since=date(2027, 3, 1))
    assert later("2027-02-04", 1) == "2027-02-12"


def test_a_province_adds_its_own_days_and_wins_over_nation_and_library() -> None:
    stated(HOLIDAYS, {"off": ["2027-04-05"]}, NATION, variant="2027", since=date(2026, 11, 20))
    stated(HOLIDAYS, {"off": ["2027-04-08至2027-04-09"]}, "450000000000", variant="2027 三月三")
    stated(HOLIDAYS, {"off": ["2026-02-25"], "worked": ["2026-02-15"]}, HUNAN, variant="2026")
    assert later("2027-04-02", 1, GUANGXI_COUNTY) == "2027-04-06"
    assert later("2027-04-07", 1, GUANGXI_COUNTY) == "2027-04-12"
    assert later("2027-04-07", 1) == "2027-04-08"
    assert later("2026-02-14", 1) == "2026-02-15"
    assert later("2026-02-24", 1) == "2026-02-26"
    assert later("2026-02-24", 1, GUANGXI_COUNTY) == "2026-02-25"


def test_of_two_arrangements_about_one_day_the_nearer_place_decides() -> None:
    stated(HOLIDAYS, {"off": ["2027-10-08"]}, NATION, variant="国庆节")
    stated(HOLIDAYS, {"worked": ["2027-10-08"]}, HUNAN, variant="2027")
    assert later("2027-10-07", 1) == "2027-10-08"
    assert later("2027-10-07", 1, GUANGXI_COUNTY) == "2027-10-11"


def test_a_withdrawn_arrangement_holds_no_more() -> None:
    made = stated(HOLIDAYS, SPRING_2027, NATION, variant="2027", since=date(2027, 1, 1))
    withdraw_value(made.pk, on=date(2027, 1, 1), reason="重复登记", actor=OFFICIAL)
    assert later("2027-02-04", 1) == "2027-02-05"


def test_many_questions_about_one_year_read_the_rulebook_once(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1), consulting(of=[HOLIDAYS]):
        for day in range(1, 20):
            working_days_later(date(2027, 3, day), 30, region=HECHENG)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"off": ["国庆节"]}, "放假日期：“国庆节”不是日期；请写成 2021-10-01 或 2021-10-01至2021-10-07"),
        ({"worked": ["2027-10-07至2027-10-01"]}, "调休上班日期：“2027-10-07至2027-10-01”不是日期"),
        ({"off": ["2027-01-01至2027-12-31"]}, "超过 31 日，请核对起止日期"),
    ],
)
def test_what_is_no_day_is_refused_with_a_form(given: dict[str, list[str]], words: str) -> None:
    with pytest.raises(WrongValue) as refused:
        PARAMETERS.get("oversight.holidays").kind.read(given)
    assert words in str(refused.value)
