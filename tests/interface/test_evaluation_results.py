"""A round's results over the interface, a page at a time, each score with its evidence (EVL-05)."""

from __future__ import annotations

import json

import pytest

from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.policy.api import load_reference
from linzhan.quality.models import EvaluationRound
from tests.factories.places import CHENGNAN, HECHENG, TUOYUAN, ZHONGFANG
from tests.factories.quality import ANN, evaluation_round, stepped
from tests.factories.workforce import station
from tests.interface.conftest import Calling

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(real_places: None, codes: None) -> EvaluationRound:
    with opened(EVERYTHING, ANN):
        load_reference()
        station(TUOYUAN, name="坨院站")
        station(CHENGNAN, name="城南站")
        found = evaluation_round(scheme="county-100@1")
        stepped(found, "draw")
        stepped(found, "notify")
    return found


def test_results_come_page_by_page_with_evidence(held: EvaluationRound, calling: Calling) -> None:
    caller = calling("county_official", HECHENG)
    first = json.loads(caller.get(f"/evaluation-rounds/{held.pk}/results?limit=1").content)
    assert (first["frozen"], len(first["subjects"])) == (False, 1)
    lines = {each["line"]: each for each in first["subjects"][0]["lines"]}
    assert lines["A1"]["evidence"]["figure"] == "workforce.on_post"
    after = first["next_after"]
    second = json.loads(caller.get(f"/evaluation-rounds/{held.pk}/results?after={after}").content)
    assert (len(second["subjects"]), second["next_after"]) == (1, None)


def test_nobody_else_gets_them(held: EvaluationRound, calling: Calling) -> None:
    address = f"/evaluation-rounds/{held.pk}/results"
    assert calling("county_official", ZHONGFANG).get(address).status_code == 404
    assert calling("finance", HECHENG).get(address).status_code == 403
    assert calling("county_official", HECHENG).get(f"{address}?limit=0").status_code == 422
