"""A program asks whether a worker may be assigned, with number and clause, within what it may see (FIL-07)."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.network.api import Station
from linzhan.policy.api import workforce
from tests.factories.places import HECHENG, ZHONGFANG
from tests.factories.policy import stated
from tests.factories.quality import seat
from tests.factories.workforce import worker
from tests.interface.conftest import Calling

pytestmark = pytest.mark.django_db


def test_the_checks_of_a_worker_are_those_of_their_place(calling: Calling, here: Station) -> None:
    with opened(EVERYTHING):
        stated(workforce.PLEDGE_BEFORE_ENTRY, True, HECHENG, since=date(2020, 1, 1))
        one = worker(station=here.code)
    county = calling("county_official")
    answer = county.get(f"/workers/{one.pk}/checks?with_minors=true")
    assert answer.status_code == 200
    told = {each["key"]: each for each in answer.json()}
    assert (told["pledge"]["outcome"], "第一条" in told["pledge"]["clause"]) == ("不得办理", True)
    assert told["vetting"]["outcome"] == "不得办理"
    assert "sanction" not in told  # the place has no such rule


def test_out_of_sight_is_not_there_and_vetting_needs_its_right(calling: Calling, here: Station) -> None:
    with opened(EVERYTHING):
        one = worker(station=here.code)
        seat(f"evaluator-{HECHENG}-2", here.region_code)
    assert calling("county_official", ZHONGFANG).get(f"/workers/{one.pk}/checks").status_code == 404
    assert calling("county_official").get(f"/workers/{uuid4()}/checks").status_code == 404
    evaluator = calling("evaluator")
    assert evaluator.get(f"/workers/{one.pk}/checks").status_code == 200
    assert evaluator.get(f"/workers/{one.pk}/checks?with_minors=true").status_code == 403


def test_what_was_not_filed_is_told_with_clause_and_days_over(calling: Calling, here: Station) -> None:
    """FIL-04; each within what it may see."""
    day = timezone.localdate() - timedelta(10)
    with opened(EVERYTHING):
        stated(workforce.FILING_DAYS, 7, HECHENG, since=date(2020, 1, 1))
        one = worker(station=here.code, hired_on=day.isoformat())
    (told,) = calling("county_official").get("/filings/unfiled").json()
    assert (told["occasion"], told["late_days"], told["worker_id"]) == ("入职", 3, str(one.pk))
    assert "第一条" in told["citation"]
    assert calling("county_official").get("/filings/unfiled?provider=" + str(uuid4())).json() == []
    assert calling("county_official", ZHONGFANG).get("/filings/unfiled").json() == []
    assert calling("evaluator").get("/filings/unfiled").status_code == 403
