"""Hires, leavings, changes and teams that had to be filed and were not are found by themselves (FIL-03, FIL-04)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from linzhan.policy.api import workforce
from linzhan.workforce.api import (
    SocialWorker,
    Unfiled,
    unfiled,
    unfiled_changes,
    unfiled_employments,
    unfiled_teams,
)
from tests.factories.employment import assignment, project, row, step
from tests.factories.policy import stated
from tests.factories.providers import provider
from tests.factories.rows import made
from tests.factories.workforce import COUNTY, TOWN, station, worker, worker_row

pytestmark = pytest.mark.usefixtures("everywhere")


def days_ago(number: int) -> date:
    return timezone.localdate() - timedelta(number)


def found(**values: Any) -> list[tuple[str, int]]:
    return [(each.occasion, each.late_days) for each in unfiled(timezone.localdate(), **values)]


def hired(number: int, **values: Any) -> SocialWorker:
    return worker(station=station(TOWN).code, hired_on=days_ago(number).isoformat(), **values)


def moved(one: SocialWorker, row: dict[str, Any], number: int) -> None:
    """The register says it of a day."""
    made("workers", today=days_ago(number), **row)


def test_a_hire_that_nobody_filed_is_found_with_its_limit_and_clause() -> None:
    stated(workforce.FILING_DAYS, 7, COUNTY)
    hired(10)
    hired(3)
    hired(20, filed_on=days_ago(15).isoformat())
    late, soon = unfiled(timezone.localdate())
    assert (late.occasion, late.late_days, late.due_on) == ("入职", 3, days_ago(3))
    assert "第一条" in late.citation
    assert (soon.late_days, soon.late) == (0, False)


def test_each_place_has_its_own_limit_and_the_house_number_says_that_it_is_none_of_its_rules() -> None:
    stated(workforce.FILING_DAYS, 30, COUNTY)
    hired(10)
    worker(station=station("431224101000").code, hired_on=days_ago(10).isoformat())
    told = {each.region_code: each for each in unfiled(timezone.localdate())}
    assert told[TOWN].late_days == 0
    assert told["431224101000"].late_days == 3
    assert "默认值" in told["431224101000"].citation


def test_a_submission_counts_before_it_is_accepted_and_a_draft_does_not() -> None:
    stated(workforce.FILING_DAYS, 7, COUNTY)
    at = station()
    one = worker(station=at.code, hired_on=days_ago(10).isoformat())
    filing = row("staff-filings", occasion="入职", happened_on=days_ago(10).isoformat(), station=at.code,
                 workers=(one.pk,))  # fmt: skip
    assert found() == [("入职", 3)]
    step("staff-filings", filing, "submit")
    assert found() == []


def test_somebody_who_left_is_found_as_a_leaving_not_as_an_old_hire() -> None:
    hired(300, left_on=days_ago(9).isoformat())
    assert found() == [("离职", 2)]


def test_a_change_of_post_is_found_where_a_document_asks_for_its_filing() -> None:
    one = worker_row(
        station=station(TOWN).code, hired_on=days_ago(200).isoformat(), filed_on=days_ago(199).isoformat()
    )
    who = SocialWorker.objects.get(pk=made("workers", today=days_ago(200), **one))
    moved(who, {**one, "post": "项目主管"}, 10)
    assert found() == []  # nobody asks for it yet
    stated(workforce.FILING_DAYS, 7, COUNTY)
    assert found() == [("岗位变动", 3)]
    moved(who, {**one, "post": "项目主管", "phone": "13900000000"}, 5)
    assert found() == [("岗位变动", 3)]  # a telephone number is no change of post
    filing = row("staff-filings", occasion="岗位变动", happened_on=days_ago(10).isoformat(),
                 provider=provider(region=COUNTY).uscc, workers=(who.pk,))  # fmt: skip
    step("staff-filings", filing, "submit")
    assert found() == []


def test_the_team_of_a_project_is_filed_once_for_all() -> None:
    stated(workforce.FILING_DAYS, 7, COUNTY)
    firm = provider(region=COUNTY)
    contract = project(COUNTY, firm.uscc)
    told: dict[str, Any] = {
        "provider": firm.uscc,
        "hired_on": days_ago(400).isoformat(),
        "filed_on": days_ago(399).isoformat(),
    }
    first, second = worker(**told), worker(**told)
    for one in (first, second):
        assignment(one, contract, starts_on=days_ago(12).isoformat())
    (team,) = unfiled(timezone.localdate())
    assert (team.occasion, team.project_id, team.late_days) == ("项目立项", contract, 5)
    filing = row("staff-filings", occasion="项目立项", happened_on=days_ago(12).isoformat(), provider=firm.uscc,
                 project=contract, workers=(first.pk, second.pk))  # fmt: skip
    step("staff-filings", filing, "submit")
    assert found() == []


def test_an_institution_is_asked_for_alone() -> None:
    mine, other = provider(region=COUNTY), provider(region=COUNTY)
    for firm in (mine, other):
        worker(provider=firm.uscc, hired_on=days_ago(10).isoformat())
    told: list[Unfiled] = unfiled(timezone.localdate(), provider=mine.pk)
    assert [each.provider_id for each in told] == [mine.pk]


def test_many_cost_as_many_questions_as_one() -> None:
    stated(workforce.FILING_DAYS, 7, COUNTY)
    hired(10)
    costs = []
    for more in (0, 4):
        for number in range(more):
            hired(11 + number)
        with CaptureQueriesContext(connection) as asked:
            unfiled(timezone.localdate())
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 5
    today = timezone.localdate()
    for rows in (unfiled_employments(today), unfiled_changes(today), unfiled_teams(today)):
        assert rows.count() in (0, 5)
