"""Recurring programmes: a timetable, holidays, and lessons recorded from it by one tap (SVC-17)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhan.casework.attendance.selectors import Attendant
from linzhan.casework.models import RecordResident, ServiceRecord
from linzhan.casework.programmes.models import Programme, ProgrammeSession
from linzhan.casework.programmes.rules import WEEKDAYS, at, clock, falls_on, is_skipped, lessons
from linzhan.casework.programmes.selectors import LessonState, enrolled_on, lessons_between, week_of
from linzhan.casework.programmes.services import LessonRefused, record_lesson
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.writing import save_one
from linzhan.kernel.scope import Actor, Scope, opened
from linzhan.kernel.sheets.days import span
from linzhan.network.api import Station
from tests.casework.acting import worker_number
from tests.factories.activities import enrolled, programme, slot
from tests.factories.casework import resident
from tests.factories.figures import value
from tests.factories.network import station
from tests.factories.places import TUOYUAN, ZHONGFANG

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
MONDAY = date(2021, 9, 6)


@given(DAYS, st.integers(0, 400), st.sampled_from(WEEKDAYS), DAYS, st.integers(0, 30))
def test_lessons_are_the_weekdays_of_the_term_but_for_the_days_off(
    first: date, length: int, weekday: str, off: date, more: int
) -> None:
    term = (first, first + timedelta(length))
    skipped = [f"{off}至{off + timedelta(more)}"]
    by_hand = [
        day
        for day in (first + timedelta(n) for n in range(length + 1))
        if day.weekday() == WEEKDAYS.index(weekday) and not off <= day <= off + timedelta(more)
    ]
    assert list(lessons(term, weekday, skipped)) == by_hand
    assert all(falls_on(day, weekday, term) and not is_skipped(day, skipped) for day in by_hand)


@pytest.mark.parametrize("text", ["2021-02-30", "国庆节", "2021-10-07至2021-10-01", "", "2021-10-01至"])
def test_what_is_no_span_of_days_is_none(text: str) -> None:
    assert span(text) is None


@given(st.integers(0, 23), st.integers(0, 59))
def test_a_clock_time_is_read_as_it_is_written(hour: int, minute: int) -> None:
    read = clock(f"{hour}:{minute:02d}")
    assert read is not None
    assert (read.hour, read.minute) == (hour, minute)


@pytest.mark.parametrize("text", ["24:00", "16:60", "四点半", "1630"])
def test_what_is_no_clock_time_is_none(text: str) -> None:
    assert clock(text) is None


def test_a_day_at_a_time() -> None:
    assert at(MONDAY, "16:30") == datetime(2021, 9, 6, 16, 30)  # noqa: DTZ001 -- without a zone by design


def test_the_week_of_a_sunday_began_on_its_monday() -> None:
    assert week_of(date(2021, 9, 12)) == (MONDAY, date(2021, 9, 12))


@pytest.fixture
def here(hunan: None) -> Station:
    return station(TUOYUAN)


@pytest.fixture
def course(here: Station) -> UUID:
    return programme(here, worker_number(here))


def test_a_lesson_becomes_a_service_record_with_everybody_who_came(here: Station, course: UUID) -> None:
    child, ill = resident(here), resident(here)
    for each in (child, ill):
        enrolled(course, resident=each)
    enrolled(course, name="佘小宝")
    line = slot(course)
    people = enrolled_on(course, MONDAY)
    held = record_lesson(line, MONDAY, {each: each.resident != ill for each in people})
    record = ServiceRecord.objects.get(pk=held)
    assert (record.method, record.attendances, record.case_code) == ("活动", 2, "")
    assert record.started_at == datetime.fromisoformat("2021-09-06T16:30:00+08:00")
    assert set(RecordResident.objects.filter(record=held).values_list("resident_id", flat=True)) == {child}
    assert value("programmes.sessions", TUOYUAN) == 1
    assert value("programmes.person_times", TUOYUAN) == 2
    assert value("services.activities", TUOYUAN) == 1


def test_tapping_twice_gives_the_same_record(course: UUID) -> None:
    line = slot(course)
    ticks = {Attendant(name="佘小宝"): True}
    assert record_lesson(line, MONDAY, ticks) == record_lesson(line, MONDAY, ticks)
    assert ProgrammeSession.objects.count() == ServiceRecord.objects.count() == 1


def test_a_programme_recorded_as_a_group_is_one_group(here: Station) -> None:
    course = programme(here, worker_number(here), method="小组")
    line = slot(course)
    for day in (MONDAY, MONDAY + timedelta(7)):
        record_lesson(line, day, {Attendant(name=f"孩子{n}"): True for n in range(3)})
    assert value("services.groups", TUOYUAN) == 1
    assert value("groups.valid_sessions", TUOYUAN) == 2


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2021, 9, 7), "没有这一次课"),
        (date(2021, 8, 30), "没有这一次课"),
        (date(2021, 10, 4), "停课"),
    ],
)
def test_a_day_without_the_lesson_is_refused(course: UUID, day: date, told: str) -> None:
    line = slot(course)
    with pytest.raises(LessonRefused, match=told):
        record_lesson(line, day, {})


def test_a_lesson_is_not_recorded_before_its_day(here: Station) -> None:
    course = programme(here, worker_number(here), term_from="2090-01-02", term_to="2090-12-29")
    line = slot(course)
    with pytest.raises(LessonRefused, match="还没有到上课的日子"):
        record_lesson(line, date(2090, 1, 2), {})


def test_the_week_shows_what_is_recorded_what_waits_and_what_falls_out(course: UUID) -> None:
    first, second = slot(course, "周一"), slot(course, "周三", topic="兴趣课堂")
    record_lesson(first, MONDAY, {Attendant(name="佘小宝"): True})
    week = lessons_between(*week_of(MONDAY), on=MONDAY + timedelta(1))
    assert [(each.slot.pk, each.state, each.present) for each in week] == [
        (first, LessonState.RECORDED, 1),
        (second, LessonState.COMING, None),
    ]
    assert lessons_between(*week_of(MONDAY), on=MONDAY + timedelta(3))[1].state is LessonState.OPEN
    holiday = lessons_between(*week_of(date(2021, 10, 4)), on=date(2021, 12, 1))
    assert {each.state for each in holiday} == {LessonState.SKIPPED}


def test_times_and_days_off_that_are_none_are_refused_at_their_cell(here: Station, course: UUID) -> None:
    wrong = {"programme": course, "weekday": "周二", "begins": "四点半", "ends": "18:00"}
    assert "请写成 16:30" in save_one(REGISTERS["timetable-slots"], wrong).faults[1][0].message
    late = {"programme": course, "weekday": "周二", "begins": "18:00", "ends": "16:30"}
    assert "晚于" in save_one(REGISTERS["timetable-slots"], late).faults[1][0].message
    row = {"name": "暑托班", "method": "活动", "station": here.code, "worker": worker_number(here)}
    row |= {"term_from": "2021-07-01", "term_to": "2021-08-31"}
    off = save_one(REGISTERS["programmes"], {**row, "skipped": ("国庆节",)})
    assert "不是日期" in off.faults[1][0].message


def test_another_county_sees_no_programme_and_records_no_lesson(course: UUID) -> None:
    line = slot(course)
    with opened(Scope(regions=(ZHONGFANG,)), Actor(label="中方县")):
        assert not Programme.objects.exists()
        assert lessons_between(*week_of(MONDAY)) == []
        with pytest.raises(LookupError):
            record_lesson(line, MONDAY, {})
