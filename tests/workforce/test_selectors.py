"""What is owed, late or missing, with the authority of the number (CPE-01, FIL-03, SPV-10, STN-16, STN-17)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from linzhan.kernel.scope import Actor
from linzhan.network.api import Station
from linzhan.policy.api import DocumentFacts, Statement, parameter_named, register_document, state_value
from linzhan.workforce.api import (
    Filing,
    SocialWorker,
    days_left,
    education_duties,
    filings_due,
    supervision_received,
    team_checks,
)
from tests.factories.figures import fraction
from tests.factories.workforce import (
    COUNTY,
    OTHER_TOWN,
    TOWN,
    save_session,
    save_training,
    station,
    worker,
    worker_row,
)

pytestmark = pytest.mark.usefixtures("everywhere")

CITY, DAY = "431200000000", date(2021, 12, 31)
ASSISTANT = "助理社会工作师"
CLERK = Actor(label="李科员", origin="测试")


def state(parameter: str, value: object, variant: str = "") -> None:
    """The city states a value."""
    document = register_document(facts=DocumentFacts(title="工作办法", region_code=CITY), actor=CLERK)
    state_value(
        statement=Statement(
            parameter=parameter_named(parameter).code,
            region_code=CITY,
            value=value,
            valid_from=date(2020, 1, 1),
            document=document,
            clause="第三条",
            variant=variant,
        ),
        actor=CLERK,
    )


def test_a_filing_is_due_seven_days_after_the_change_and_late_after_that() -> None:
    stand = station().code
    worker(station=stand, hired_on="2021-03-01", filed_on="2021-03-08")
    worker(station=stand, hired_on="2021-03-01", filed_on="2021-03-10")
    worker(station=stand, hired_on="2021-03-01")
    late = {each.filing.filed_on: each for each in filings_due(Filing.objects.all(), date(2021, 3, 8))}
    assert {day: each.late_by for day, each in late.items()} == {
        date(2021, 3, 8): 0,
        date(2021, 3, 10): 2,
        None: 0,
    }
    assert {each.due_on for each in late.values()} == {date(2021, 3, 8)}
    assert late[None].authority.value == 7


def test_a_place_without_a_rule_on_teams_has_no_check() -> None:
    station()
    assert team_checks(list(Station.objects.all()), DAY) == []


def test_a_team_is_checked_against_the_rulebook_of_its_place() -> None:
    """STN-16: so many full-time and so many certified; STN-17: so many professional."""
    state("network.full_time_staff", 3)
    state("network.certified_staff", 1)
    state("network.professional_staff", 2)
    one, empty = station(TOWN), station(OTHER_TOWN)
    worker(station=one.code, certificate=ASSISTANT, passed_on="2018-06-01")
    worker(station=one.code, employment="直聘", major="社会工作")
    worker(station=one.code, employment="兼职", certificate=ASSISTANT, passed_on="2022-06-01")
    worker(station=one.code, left_on="2021-01-01", certificate=ASSISTANT, passed_on="2018-06-01")
    worker(station=one.code, post="其他")
    checks = team_checks([one, empty], DAY)
    assert [(each.needed, each.have, each.met) for each in checks if each.station_id == one.pk] == [
        (3, 2, False),
        (1, 1, True),
        (2, 2, True),
    ]
    assert [each.have for each in checks if each.station_id == empty.pk] == [0, 0, 0]


def test_the_ledger_of_education_says_what_is_owed_and_done() -> None:
    row = worker_row(
        station=station().code, certificate=ASSISTANT, passed_on="2018-06-01", registered_until="2022-06-30"
    )
    one = worker(**row)
    save_training(starts_on="2019-06-30", hours="40", workers=(row["identity_number"],))
    save_training(starts_on="2021-04-21", hours="30", workers=(row["identity_number"],))
    save_training(starts_on="2022-01-10", hours="50", workers=(row["identity_number"],))
    [duty] = education_duties([one], DAY)
    assert (duty.needed, duty.done, duty.met) == (72, 30, False)
    assert (duty.window.after, duty.window.until) == (date(2019, 6, 30), date(2022, 6, 30))
    assert duty.behind == Decimal("30.1")
    assert days_left(duty, DAY) == 182
    [later] = education_duties([one], date(2022, 1, 10))
    assert (later.done, later.met, later.behind) == (80, True, 0)


def test_a_worker_who_meets_one_rule_of_two_has_not_met_them() -> None:
    """CFG-14: the national rule by term and the city's by calendar year stand side by side."""
    rule = {"levels": ["无", ASSISTANT], "period": "自然年", "hours": "60"}
    state("workforce.continuing_education", rule, variant="自然年·本市")
    row = worker_row(
        station=station().code, certificate=ASSISTANT, passed_on="2018-06-01", registered_until="2022-06-30"
    )
    bare = worker_row(station=row["station"])
    workers = [worker(**row), worker(**bare)]
    who = (row["identity_number"], bare["identity_number"])
    save_training(starts_on="2021-01-01", hours="60", workers=who)
    duties = {
        (each.worker_id == workers[0].pk, each.needed): each.met for each in education_duties(workers, DAY)
    }
    assert duties == {(True, 72): False, (True, 60): True, (False, 60): True}
    assert fraction("workforce.education_met", COUNTY, as_of=DAY) == (1, 2)
    assert fraction("workforce.education_met", COUNTY, as_of=date(2020, 12, 31)) == (0, 2)


def test_hours_of_supervision_are_counted_for_those_named() -> None:
    stand = station()
    row = worker_row(station=stand.code)
    one = worker(**row)
    save_session(stand, workers=(row["identity_number"],), hours="1.5", held_on="2021-01-01")
    save_session(stand, workers=(row["identity_number"],), hours="2", held_on="2021-12-31")
    save_session(stand, hours="2")
    assert supervision_received([one.pk], date(2021, 1, 1), DAY) == {one.pk: Decimal("3.5")}


def test_many_stations_are_checked_with_as_many_queries_as_one(django_assert_max_num_queries: object) -> None:
    state("network.full_time_staff", 3)
    stations = [station(TOWN) for _ in range(3)]
    for each in stations:
        worker(station=each.code)
    assert SocialWorker.objects.count() == 3
    with django_assert_max_num_queries(8):  # type: ignore[operator]  # a fixture
        team_checks(stations, DAY)
