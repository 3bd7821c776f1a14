"""Periods: the written forms of ``contract/commands.md`` and the calendar behind them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhan.kernel.periods import Grain, Period, PeriodFault, parse_period

DAYS = st.dates(date(1905, 1, 1), date(2095, 12, 31))
GRAINS = st.sampled_from([grain for grain in Grain if grain is not Grain.RANGE])
CALENDAR = st.builds(Period.of, DAYS, GRAINS)
RANGES = st.builds(lambda a, b: Period.between(min(a, b), max(a, b)), DAYS, DAYS)
PERIODS = CALENDAR | RANGES


@pytest.mark.parametrize(
    ("text", "start", "end", "label"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31), "2021年"),
        ("2021H1", date(2021, 1, 1), date(2021, 6, 30), "2021年上半年"),
        ("2021H2", date(2021, 7, 1), date(2021, 12, 31), "2021年下半年"),
        ("2021Q3", date(2021, 7, 1), date(2021, 9, 30), "2021年第3季度"),
        ("2021-06", date(2021, 6, 1), date(2021, 6, 30), "2021年6月"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024年2月"),
        ("2021-W23", date(2021, 6, 7), date(2021, 6, 13), "2021年第23周"),
        ("2020-W53", date(2020, 12, 28), date(2021, 1, 3), "2020年第53周"),
        ("2021-06-05", date(2021, 6, 5), date(2021, 6, 5), "2021年6月5日"),
        ("2021-06-05..2021-07-01", date(2021, 6, 5), date(2021, 7, 1), "2021年6月5日至2021年7月1日"),
        ("2021-01..2021Q2", date(2021, 1, 1), date(2021, 6, 30), "2021年1月1日至2021年6月30日"),
    ],
)
def test_every_written_form_is_understood(text: str, start: date, end: date, label: str) -> None:
    period = parse_period(text)
    assert (period.start, period.end, period.label, str(period)) == (start, end, label, text)


@given(PERIODS)
def test_a_period_written_and_read_is_the_same_period(period: Period) -> None:
    assert parse_period(period.text) == period


@pytest.mark.parametrize(
    ("typed", "meant"), [(" ２０２１ｑ３ ", "2021Q3"), ("2021-w23", "2021-W23"), ("2021h1", "2021H1")]
)
def test_full_width_and_small_letters_are_understood(typed: str, meant: str) -> None:
    assert parse_period(typed).text == meant


@given(PERIODS.filter(lambda period: period.grain in (Grain.YEAR, Grain.HALF, Grain.QUARTER, Grain.MONTH)))
def test_what_is_shown_can_be_typed(period: Period) -> None:
    assert parse_period(period.label) == period


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2021 年第三季度", "2021Q3"),
        ("2021年06月", "2021-06"),
        ("2021年度", "2021"),
        ("2021年 下半年", "2021H2"),
    ],
)
def test_a_period_is_understood_as_people_word_it(typed: str, meant: str) -> None:
    assert parse_period(typed).text == meant


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "看不懂时段"),
        ("2021Q5", "看不懂时段"),
        ("21-06", "看不懂时段"),
        ("2021-6-5", "看不懂时段"),
        ("2021-06..", "看不懂时段"),
        ("2021..2022..2023", "看不懂时段"),
        ("٢٠٢١", "看不懂时段"),
        ("2021-13", "日历上没有"),
        ("2021-02-29", "日历上没有"),
        ("2021-W53", "日历上没有"),
        ("2021-W00", "日历上没有"),
        ("1899", "年份应在"),
        ("2021-07-01..2021-06-05", "早于开始"),
    ],
)
def test_what_is_no_period_is_refused_in_chinese(text: str, said: str) -> None:
    with pytest.raises(PeriodFault, match=said):
        parse_period(text)


@given(st.text(alphabet="0123456789-QHW.年", max_size=24))
def test_any_text_is_a_period_or_a_period_fault(text: str) -> None:
    try:
        period = parse_period(text)
    except PeriodFault:
        return
    assert period.start <= period.end


@given(DAYS, GRAINS)
def test_a_day_belongs_to_its_period(day: date, grain: Grain) -> None:
    period = Period.of(day, grain)
    assert period.contains(day)
    assert period.grain is grain


@given(CALENDAR)
def test_the_days_beside_a_period_belong_to_its_neighbours(period: Period) -> None:
    assert period.previous() == Period.of(period.start - timedelta(1), period.grain)
    assert period.next() == Period.of(period.end + timedelta(1), period.grain)


@given(PERIODS)
def test_neighbours_touch(period: Period) -> None:
    assert period.previous().end + timedelta(1) == period.start
    assert period.next().start - timedelta(1) == period.end


@given(CALENDAR)
def test_the_next_of_the_previous_is_the_period_itself(period: Period) -> None:
    assert period.previous().next() == period


def test_a_range_of_whole_months_moves_by_whole_months() -> None:
    period = parse_period("2021-03-01..2021-05-31")
    assert period.previous() == parse_period("2020-12-01..2021-02-28")
    assert period.next() == parse_period("2021-06-01..2021-08-31")


def test_any_other_range_moves_by_its_days() -> None:
    period = parse_period("2021-03-02..2021-03-11")
    assert period.days == 10
    assert period.previous() == parse_period("2021-02-20..2021-03-01")


@pytest.mark.parametrize(
    ("text", "earlier"),
    [
        ("2021", "2020"),
        ("2021H2", "2020H2"),
        ("2021Q1", "2020Q1"),
        ("2024-02", "2023-02"),
        ("2020-W53", "2019-W52"),
        ("2021-W01", "2020-W01"),
        ("2024-02-29", "2023-02-28"),
        ("2021-02-01..2021-02-28", "2020-02-01..2020-02-29"),
        ("2024-02-15..2024-03-05", "2023-02-15..2023-03-05"),
    ],
)
def test_the_same_period_of_last_year(text: str, earlier: str) -> None:
    assert parse_period(text).last_year() == parse_period(earlier)


@given(PERIODS)
def test_last_year_is_of_the_same_kind_and_one_year_back(period: Period) -> None:
    earlier = period.last_year()
    assert earlier.grain is period.grain
    assert earlier.year == period.year - 1


@given(RANGES.filter(lambda period: period.days < 1500), GRAINS)
def test_parts_are_exactly_the_periods_that_share_a_day(period: Period, grain: Grain) -> None:
    touched = {Period.of(period.start + timedelta(n), grain) for n in range(period.days)}
    parts = period.parts(grain)
    assert set(parts) == touched
    assert list(parts) == sorted(parts, key=lambda part: part.start)


def test_a_quarter_has_three_months() -> None:
    assert [month.text for month in parse_period("2021Q3").months()] == ["2021-07", "2021-08", "2021-09"]


@given(PERIODS, DAYS)
def test_a_period_contains_its_first_to_last_day(period: Period, day: date) -> None:
    assert period.contains(period.start)
    assert period.contains(period.end)
    assert period.contains(day) is period.covers(Period.of(day, Grain.DAY))


def test_a_year_covers_its_quarters_but_not_its_first_week() -> None:
    year = parse_period("2021")
    assert all(year.covers(quarter) for quarter in year.parts(Grain.QUARTER))
    assert not year.covers(parse_period("2020-W53"))


def test_a_week_is_counted_in_its_own_year() -> None:
    assert Period.of(date(2021, 1, 3), Grain.WEEK).year == 2020


def test_a_day_has_no_range_of_its_own() -> None:
    with pytest.raises(ValueError, match=r"Period\.between"):
        Period.of(date(2021, 1, 1), Grain.RANGE)


def test_a_range_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(PeriodFault, match="早于开始"):
        Period.between(date(2021, 1, 2), date(2021, 1, 1))
