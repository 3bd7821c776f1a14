"""RW24, RW26, RW27, RW31: what was promised by a day, and standing that a place asks for."""

from __future__ import annotations

import pytest

from linzhan.oversight import parameters as named
from linzhan.procurement.api import ServiceProject
from tests.factories.places import HECHENG, ZHONGFANG
from tests.factories.policy import stated
from tests.factories.procurement import movement, project
from tests.factories.providers import provider, save_inspection
from tests.factories.rows import made
from tests.factories.workforce import worker
from tests.oversight.conftest import found

pytestmark = pytest.mark.usefixtures("hunan")


def payment(of: str, number: int, due: str) -> None:
    made(
        "payments", code=f"BF-{of}-{number}", project=of, instalment=number, due_upon="按期", due_on=due, amount=1000,
        source="社会救助专项经费",
    )  # fmt: skip


def test_rw24_a_payment_a_month_after_its_day() -> None:
    late, near = project(code="P-1"), project(code="P-2")
    payment("P-1", 1, "2021-11-30")
    payment("P-2", 1, "2021-12-01")
    [one] = found("RW24")
    assert (one.subject_id, one.facts["late"], one.severity) == (late, 31, 3)
    assert near != late


def test_rw24_wages_that_stop_being_booked() -> None:
    stopped = project(code="P-1")
    project(code="P-2")
    project(code="P-3")
    for month in range(1, 12):
        if month < 9:
            movement(project="P-1", head="薪酬", moved_on=f"2021-{month:02d}-25")
        movement(project="P-2", head="薪酬", moved_on=f"2021-{month:02d}-25")
    for month in (3, 6):
        movement(project="P-3", head="薪酬", moved_on=f"2021-{month:02d}-25")  # by the quarter: asked nothing
    [one] = found("RW24")
    assert (one.subject_id, one.facts["month"]) == (stopped, "2021-11")


def test_rw24_pay_below_the_scale_of_the_place_tells_a_number_only() -> None:
    below, above = provider(), provider()
    made("pay-scale", region=HECHENG, post="一线社工", grade=1, starts_on="2021-01-01", minimum=4000)
    project()
    for of, monthly in ((below, 3500), (above, 4000)):
        one = worker(provider=of.uscc)
        made(
            "pay-placements", code=f"XC-{monthly}", worker=one.pk, post="一线社工", grade=1, starts_on="2021-02-01",
            monthly=monthly,
        )  # fmt: skip
    [raised] = found("RW24")
    assert (raised.subject_id, raised.about, raised.facts["number"]) == (below.pk, "机构", 1)
    assert "3500" not in raised.message


def test_rw26_barely_passed_twice_and_once() -> None:
    twice, once = provider(), provider()
    for each in (twice, once):
        project(provider=each.uscc)
    for year in (2019, 2020):
        save_inspection(twice, year=year, conclusion="基本合格", inspected_on=f"{year + 1}-05-20")
    save_inspection(once, year=2019, inspected_on="2020-05-20")
    save_inspection(once, year=2020, conclusion="基本合格", inspected_on="2021-05-20")
    [one] = found("RW26")
    assert (one.subject_id, one.facts["what"]) == (twice.pk, "barely")


def test_rw27_an_institution_from_elsewhere_below_the_grade_that_the_place_asks() -> None:
    low, high, own = (
        provider(region=ZHONGFANG, rating="2A"),
        provider(region=ZHONGFANG, rating="4A"),
        provider(),
    )
    for each in (low, high, own):
        project(provider=each.uscc)
    assert found("RW27") == []  # nobody here asks for a grade
    stated(named.OUTSIDE_OPERATOR_GRADE, "3A", HECHENG)
    [one] = found("RW27")
    assert (one.subject_id, one.facts["least"]) == (low.pk, "3A")
    assert "2A" in one.message


def milestone(of: str, due: str, done: str = "") -> None:
    row = {"code": f"LC-{of}-{due}", "project": of, "name": "中期汇报", "due_on": due}
    made("milestones", **row, **({"done_on": done} if done else {}))


def test_rw31_milestones_of_the_plan_that_passed_by() -> None:
    late, slow, fine = (project(code=code) for code in ("P-1", "P-2", "P-3"))
    milestone("P-1", "2021-12-20")
    milestone("P-1", "2021-12-31")  # today is in time
    milestone("P-2", "2021-11-30")
    milestone("P-3", "2021-11-30", "2021-12-20")
    raised = {each.subject_id: each for each in found("RW31")}
    assert {key: each.severity for key, each in raised.items()} == {late: 2, slow: 3}
    assert raised[late].facts["number"] == 1
    assert fine not in raised
    ServiceProject.objects.filter(pk=late).update(status="终止")
    assert {each.subject_id for each in found("RW31")} == {slow}
