"""Who is owed the next visit, and since when (SVC-06…09; ``domain.md`` §6.4)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linzhan.casework.models import Resident
from linzhan.casework.visits import owing
from linzhan.casework.visits.due import Due, due_counts, due_list, due_of, registered
from linzhan.casework.visits.rules import (
    accepted_modes,
    days_of_hours,
    due_by_days,
    due_by_period,
    period_after,
    period_of,
)
from linzhan.kernel.registers import declare
from linzhan.kernel.registers.batch import Incoming
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.writing import save, save_one
from linzhan.kernel.scope import Actor, Scope, opened
from linzhan.network.api import Station
from linzhan.policy.api import casework
from tests.factories.casework import record, resident, resident_row
from tests.factories.network import station as any_station
from tests.factories.places import HECHENG, ZHONGFANG, ZHONGFANG_TOWN
from tests.factories.policy import stated
from tests.factories.workforce import worker

pytestmark = pytest.mark.usefixtures("hunan", "more_codes")
START = date(2020, 1, 1)
CODES = ("A01", "B01", "B02", "C01", "C04", "D03", "E01", "F01")
_numbers = count(1)


@pytest.fixture
def more_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(declare._code_lists, "categories", lambda: {code: code for code in CODES})


def station(**values: Any) -> Station:
    return any_station(opened_on=START.isoformat(), today=START, **values)


def person(at: Station, **values: Any) -> UUID:
    given_values = {"categories": ("F01",), "registered_on": "2021-01-01", **values}
    return resident(at, today=date.fromisoformat(given_values["registered_on"]), **given_values)


def visited(at: Station, who: UUID, on: str, outcome: str = "见到本人", **details: Any) -> UUID:
    made = record(at, worker(station=at.code).pk, on=on, residents=(who,), outcome=outcome)
    if details:
        assert not save_one(REGISTERS["visit-details"], {"record": made, **details}).faults
    return made


def owed(who: UUID, on: str) -> Due | None:
    found = due_of(registered().filter(pk=who), date.fromisoformat(on))
    assert len(found) <= 1
    return found[0] if found else None


def due_on(who: UUID, on: str) -> str:
    found = owed(who, on)
    return found.due_on.isoformat() if found else ""


def rule(value: dict[str, Any], variant: str, region: str = HECHENG) -> None:
    stated(casework.VISIT_RULES, value, region, variant=variant)


QUARTERLY = {
    "name": "一般对象",
    "enabled": True,
    "risks": ["一般"],
    "times": 1,
    "per": "每季",
    "modes": ["入户", "电话"],
}
HALF_YEARLY = {"name": "低收入家庭", "enabled": True, "categories": ["A01"], "times": 1, "per": "每半年"}
TWICE = {
    "name": "空巢独居老人",
    "enabled": True,
    "categories": ["B01", "B02"],
    "all_categories": True,
    "times": 2,
    "per": "每月",
    "modes": ["入户"],
}


def test_somebody_under_no_rule_is_owed_nothing() -> None:
    assert owed(person(station(), risk="普通"), "2021-05-10") is None


@pytest.mark.parametrize(
    ("visits", "on", "due"),
    [
        ((), "2021-05-10", "2021-01-02"),  # nobody came within 24 hours of the start
        (("2021-05-03",), "2021-05-05", "2021-05-10"),
        (("2021-05-03",), "2021-05-20", "2021-05-10"),
        (("2021-05-03", "2021-05-12"), "2021-05-20", "2021-05-19"),
        (("2020-12-30",), "2021-01-01", "2021-01-02"),
    ],
)
def test_a_high_risk_resident_is_owed_a_visit_every_seven_days(
    visits: tuple[str, ...], on: str, due: str
) -> None:
    at = station()
    who = person(at, risk="高风险")
    for day in visits:
        visited(at, who, day)
    if not visits:
        on = "2021-01-10"
    assert due_on(who, on) == due


@pytest.mark.parametrize(
    ("visits", "on", "due"),
    [
        (("2021-04-30",), "2021-05-01", "2021-05-31"),
        (("2021-05-01",), "2021-05-01", "2021-06-30"),
        (("2021-03-15",), "2021-05-10", "2021-04-30"),
        (("2021-01-31",), "2021-02-10", "2021-02-28"),
        (("2024-01-31",), "2024-02-29", "2024-02-29"),
        (("2023-11-30",), "2024-01-02", "2023-12-31"),
    ],
)
def test_a_monthly_duty_ends_with_the_month(visits: tuple[str, ...], on: str, due: str) -> None:
    at = station()
    who = person(at, risk="重点")
    for day in visits:
        visited(at, who, day)
    assert due_on(who, on) == due


@pytest.mark.parametrize("outcome", ["无人", "拒访", "外出", "住院", "已迁走"])
def test_who_was_not_met_is_still_owed(outcome: str) -> None:
    at = station()
    who = person(at, risk="重点")
    visited(at, who, "2021-04-10")
    visited(at, who, "2021-05-10", outcome)
    assert due_on(who, "2021-05-20") == "2021-05-31"


def test_a_call_does_not_stand_for_a_visit_where_the_rule_wants_one() -> None:
    at = station()
    high, key = person(at, risk="高风险"), person(at, risk="重点")
    for who in (high, key):
        visited(at, who, "2021-05-03", mode="入户")
        visited(at, who, "2021-05-08", mode="电话")
    assert due_on(high, "2021-05-09") == "2021-05-10"
    assert due_on(key, "2021-05-09") == "2021-06-30"


def test_hearsay_stands_for_nothing() -> None:
    assert "邻居转述" not in accepted_modes(())
    assert set(accepted_modes(("入户",))) == {"入户", "机构探视", "偶遇"}


def test_a_new_resident_is_owed_the_first_contact_from_the_day_of_registration() -> None:
    who = person(station(), risk="重点", registered_on="2021-05-10")
    found = owed(who, "2021-05-11")
    assert found is not None
    assert (found.due_on, found.first_contact) == (date(2021, 5, 13), True)


def test_a_higher_risk_is_owed_a_visit_within_a_day() -> None:
    at = station()
    who = person(at, risk="普通", code="D-RISE")
    visited(at, who, "2021-05-03")
    row = resident_row(at, code="D-RISE", categories=("F01",), registered_on="2021-01-01", risk="高风险")
    assert not save_one(REGISTERS["residents"], row, today=date(2021, 5, 10)).faults
    found = owed(who, "2021-05-10")
    assert found is not None
    assert (found.due_on, found.first_contact, found.rule and found.rule.code) == (
        date(2021, 5, 11),
        True,
        "VF01",
    )
    visited(at, who, "2021-05-11", mode="电话")
    assert due_on(who, "2021-05-12") == "2021-05-11"
    visited(at, who, "2021-05-12", mode="入户")
    assert due_on(who, "2021-05-12") == "2021-05-19"


def test_the_strictest_rule_counts() -> None:
    at = station()
    who = person(at, risk="高风险", categories=("B01",))
    visited(at, who, "2021-05-03")
    found = owed(who, "2021-05-05")
    assert found is not None
    assert found.rule is not None
    assert (found.rule.code, found.due_on) == ("VF01", date(2021, 5, 10))


def test_nobody_is_owed_anything_while_they_are_away() -> None:
    at = station()
    for status in ("暂停", "迁出", "死亡", "结束"):
        assert owed(person(at, risk="高风险", status=status), "2021-05-10") is None


def test_who_moved_in_is_owed_from_that_day() -> None:
    old, new = station(), station()
    who = person(old, risk="重点", code="D-MOVE")
    row = resident_row(new, code="D-MOVE", categories=("F01",), registered_on="2021-01-01", risk="重点")
    assert not save_one(REGISTERS["residents"], row, today=date(2021, 5, 10)).faults
    found = owed(who, "2021-05-11")
    assert found is not None
    assert (found.station_id, found.due_on, found.first_contact) == (new.pk, date(2021, 5, 13), True)
    with opened(Scope(stations=(str(new.pk),)), Actor(label="新站")):
        assert due_on(who, "2021-05-11") == "2021-05-13"


def test_the_quarter_and_the_half_year_end_at_their_end() -> None:
    rule(QUARTERLY, "VF03")
    rule(HALF_YEARLY, "VF09")
    at = station()
    general, poor = person(at, risk="一般"), person(at, categories=("A01",), risk="普通")
    for who in (general, poor):
        visited(at, who, "2021-02-10")
    assert (due_on(general, "2021-03-31"), due_on(poor, "2021-03-31")) == ("2021-06-30", "2021-12-31")
    visited(at, general, "2021-06-30")
    assert due_on(general, "2021-06-30") == "2021-09-30"


@pytest.mark.parametrize(
    ("visits", "on", "due"),
    [
        (("2021-04-03", "2021-04-20"), "2021-05-10", "2021-05-31"),
        (("2021-05-03", "2021-05-04"), "2021-05-10", "2021-06-30"),
        (("2021-04-03", "2021-05-04"), "2021-05-10", "2021-04-30"),
    ],
)
def test_twice_a_month_is_twice_in_the_same_month(visits: tuple[str, ...], on: str, due: str) -> None:
    rule(TWICE, "VF05")
    stated(casework.VISIT_RULES, {"name": "老人", "enabled": False, "per": "每月"}, HECHENG, variant="VF04")
    at = station()
    who = person(at, categories=("B01", "B02"))
    for day in visits:
        visited(at, who, day, mode="入户")
    assert due_on(who, on) == due
    assert owed(person(at, categories=("B01",)), on) is None


def test_a_rule_of_one_county_does_not_hold_in_the_next() -> None:
    rule(QUARTERLY, "VF03")
    here, there = station(), any_station(ZHONGFANG_TOWN, opened_on=START.isoformat(), today=START)
    assert owed(person(here, risk="一般"), "2021-05-10") is not None
    assert owed(person(there, risk="一般"), "2021-05-10") is None


def test_people_of_a_justice_plan_are_seen_within_the_plan_only() -> None:
    plan = {"name": "按方案", "enabled": True, "categories": ["E01"], "per": "按方案"}
    rule(plan, "VF11")
    at = station()
    assert owed(person(at, categories=("E01",), risk="高风险"), "2021-05-10") is None


def test_the_day_that_was_agreed_is_due() -> None:
    at = station()
    who = person(at, risk="普通")
    visited(at, who, "2021-05-03", mode="入户", next_on="2021-05-20")
    found = owed(who, "2021-05-10")
    assert found is not None
    assert (found.due_on, found.rule, found.words) == (date(2021, 5, 20), None, "上次探访约定的日期")
    visited(at, who, "2021-05-21")
    assert owed(who, "2021-05-21") is None


def test_a_visit_that_waits_to_be_looked_at_is_not_asked_for_again_and_a_returned_one_is() -> None:
    at = station()
    who = person(at, risk="重点")
    visited(at, who, "2021-04-10")
    made = visited(at, who, "2021-05-10")
    from linzhan.casework.models import ServiceRecord

    for status, due in (("待审核", "2021-06-30"), ("已退回", "2021-05-31"), ("已作废", "2021-05-31")):
        ServiceRecord.objects.filter(pk=made).update(status=status)
        assert due_on(who, "2021-05-20") == due


def order(**values: Any) -> None:
    row = {
        "title": "暴雨橙色预警",
        "region": HECHENG,
        "risks": ("高风险",),
        "starts_at": "2021-07-12 08:00",
        "hours": 24,
        "until_on": "2021-07-15",
        **values,
    }
    assert not save_one(REGISTERS["contact-orders"], row).faults


def test_an_order_makes_everybody_of_its_risks_due_until_it_ends() -> None:
    at = station()
    high, key = person(at, risk="高风险"), person(at, risk="重点")
    for who in (high, key):
        visited(at, who, "2021-07-11")
    order()
    with opened(Scope(stations=(str(at.pk),)), Actor(label="站点")):
        found = owed(high, "2021-07-12")
    assert found is not None
    assert (found.due_on, found.words, found.first_contact) == (date(2021, 7, 13), "暴雨橙色预警", True)
    assert due_on(key, "2021-07-12") == "2021-08-31"
    assert due_on(high, "2021-07-16") == "2021-07-18"
    visited(at, high, "2021-07-12", mode="电话")
    assert due_on(high, "2021-07-12") == "2021-07-18"


def test_an_order_of_another_county_is_not_ours() -> None:
    at = station()
    who = person(at, risk="高风险")
    visited(at, who, "2021-07-11")
    order(region=ZHONGFANG)
    assert due_on(who, "2021-07-12") == "2021-07-18"


def test_days_and_events_of_other_parts_are_due_too(monkeypatch: pytest.MonkeyPatch) -> None:
    at = station()
    who, hit = person(at, risk="普通"), person(at, risk="高风险")
    visited(at, hit, "2021-05-03")
    from django.db.models import CharField, DateField, Value

    def follow_up(on: date) -> Any:
        words = Value("结案回访", CharField())
        return Resident.objects.filter(pk=who).values_list("id", Value(date(2021, 5, 30), DateField()), words)

    def change(on: date) -> Any:
        return Resident.objects.filter(pk=hit).values_list("id", Value(date(2021, 5, 4), DateField()))

    monkeypatch.setattr(owing.ON, "_entries", {"x": owing.Source("x", follow_up)})
    monkeypatch.setattr(owing.AFTER, "_entries", {"y": owing.Source("y", change)})
    found = owed(who, "2021-05-10")
    assert found is not None
    assert (found.due_on, found.words) == (date(2021, 5, 30), "结案回访")
    found = owed(hit, "2021-05-05")
    assert (found.due_on, found.first_contact) == (date(2021, 5, 5), True)


def test_the_list_is_in_the_order_of_need_and_the_counts_name_nobody() -> None:
    at, other = station(), station()
    late, soon = person(at, risk="重点"), person(at, risk="高风险")
    person(other, risk="重点", registered_on="2021-05-09")
    visited(at, late, "2021-03-10")
    visited(at, soon, "2021-05-06")
    on = date(2021, 5, 10)
    found = due_list(registered(), on)
    assert found.rows[0].resident_id == late
    assert (found.total, found.overdue) == (3, 1)
    assert found.rows[0].late_days(on) == 10
    counted = {each.station_id: (each.overdue, each.soon, each.owed) for each in due_counts(registered(), on)}
    assert counted == {at.pk: (1, 1, 2), other.pk: (0, 1, 1)}
    assert due_list(registered(), on, until=on).total == 1
    assert due_list(registered(), on, rule="VF01").total == 1
    assert [each.resident_id for each in due_list(registered(), on, limit=1, offset=1).rows] == [
        found.rows[1].resident_id
    ]


def test_a_scope_that_sees_nobody_owes_nothing() -> None:
    with opened(Scope(), Actor(label="无")):
        assert due_of(registered(), date(2021, 5, 10)) == []


DAYS = st.integers(0, 500).map(lambda n: date(2023, 6, 1) + timedelta(days=n))


@given(DAYS, st.sampled_from([1, 3, 6]))
def test_periods_follow_each_other_without_a_gap(on: date, months: int) -> None:
    now = period_of(on, months)
    after = period_after(now, months)
    assert now.start <= on <= now.end
    assert after.start == now.end + timedelta(days=1)
    assert (now.start.month - 1) % months == 0


@given(DAYS, st.lists(DAYS, max_size=6), st.sampled_from([1, 3, 6]), st.integers(1, 3))
def test_a_visit_more_never_makes_the_next_one_due_earlier(
    on: date, visits: list[date], months: int, times: int
) -> None:
    since = date(2023, 6, 1)
    made = [day for day in visits if day <= on]
    before = due_by_period(on, months, times, since=since, visits=made)
    assert due_by_period(on, months, times, since=since, visits=[*made, on]) >= before


@given(st.integers(1, 300))
def test_hours_come_to_whole_days(hours: int) -> None:
    assert (days_of_hours(hours) - 1) * 24 < hours <= days_of_hours(hours) * 24


RULES = {
    "高风险": lambda on, since, visits: due_by_days(
        7, since=since, last=max((day for day in visits if day <= on), default=None)
    ),
    "重点": lambda on, since, visits: due_by_period(on, 1, 1, since=since, visits=visits),
    "一般": lambda on, since, visits: due_by_period(on, 3, 1, since=since, visits=visits),
    "普通": lambda on, since, visits: due_by_period(on, 1, 2, since=since, visits=visits),
}


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(RULES)), st.lists(DAYS, max_size=5), st.integers(0, 120)),
        min_size=1,
        max_size=4,
    ),
    st.integers(200, 480).map(lambda n: date(2023, 6, 1) + timedelta(days=n)),
)
def test_the_statement_says_what_the_rules_say(people: list[tuple[str, list[date], int]], on: date) -> None:
    from django.db import transaction

    with transaction.atomic():
        plain = {"enabled": True, "modes": ["入户"]}
        for variant, name, more in (
            ("VF01", "高风险", {"risks": ["高风险"], "per": "按天", "every_days": 7}),
            ("VF02", "重点", {"risks": ["重点"], "per": "每月"}),
            ("VF03", "一般", {"risks": ["一般"], "per": "每季"}),
            ("VF05", "普通", {"risks": ["普通"], "per": "每月", "times": 2}),
        ):
            rule({**plain, "name": name, **more}, variant)
        at = station()
        by = worker(station=at.code).pk
        expected = {}
        for risk, days, offset in people:
            since = date(2023, 6, 1) + timedelta(days=offset)
            who = person(at, risk=risk, registered_on=since.isoformat())
            rows = [_visit(at, by, who, day) for day in days]
            assert not save([Incoming.of(REGISTERS["service-records"], rows)])[0].faults
            visits = [day for day in days if day <= on and day >= on - timedelta(days=400)]
            since = max(since, on - timedelta(days=400))
            expected[who] = RULES[risk](on, since, visits)
        found = {each.resident_id: each.due_on for each in due_of(registered().filter(pk__in=expected), on)}
        transaction.set_rollback(True)
    assert found == expected


def _visit(at: Station, by: UUID, who: UUID, day: date) -> dict[str, Any]:
    return {
        "code": f"G{next(_numbers):06d}",
        "method": "探访",
        "started_at": f"{day} 09:00",
        "ended_at": f"{day} 10:00",
        "station": at.code,
        "workers": (by,),
        "residents": (who,),
        "outcome": "见到本人",
        "content": "入户探访",
    }
