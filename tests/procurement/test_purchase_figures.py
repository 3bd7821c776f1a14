"""Figures of purchases, milestones and lists, on both engines, by hand (PUR-09, 19, 20, 21, 23, 24)."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories.figures import fraction, parts, value
from tests.factories.places import HECHENG, ZHONGFANG
from tests.factories.providers import provider
from tests.factories.purchases import milestone, project, purchase
from tests.factories.rows import made

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rulebook")]


def test_what_was_signed_and_how() -> None:
    for method, amount, day in (
        ("公开招标", 90, "2021-03-01"),
        ("竞争性磋商", 45, "2021-04-01"),
        ("公开招标", 50, "2022-01-01"),
    ):
        purchase(
            signed_on=day, method=method, budget_total=100, contract_amount=amount, budget_salaries=25,
            budget_supervision=25, budget_services=25, budget_management=25,
        )  # fmt: skip
    purchase(signed_on="2021-05-01", method="公开招标", region=ZHONGFANG)
    assert value("purchases.signed", HECHENG) == 2
    assert parts("purchases.signed", HECHENG, "method") == {"公开招标": 1, "竞争性磋商": 1}
    assert fraction("purchases.open_tender_share", HECHENG) == (1, 2)
    assert fraction("purchases.contract_of_budget", HECHENG) == (135, 200)


def test_milestones_are_on_time_or_not() -> None:
    owner = project(provider().uscc)
    for due, done in (("2021-03-31", "2021-03-31"), ("2021-06-30", "2021-07-01"), ("2021-09-30", None)):
        milestone(owner, due_on=due, **({"done_on": done} if done else {}))
    milestone(owner, due_on="2022-03-31")
    assert fraction("projects.milestones_on_time", HECHENG) == (1, 3)


def test_topics_items_and_contests() -> None:
    owner = project(provider().uscc)
    made("project-classes", project=owner, topic="灾后重建服务", special="灾后重建", event="洪涝")
    assert parts("projects.classed", HECHENG, "special") == {"灾后重建": 1}
    told = {"region": HECHENG, "department": "残联"}
    made("department-items", name="辅具登记", starts_on="2021-01-01", ends_on="2021-06-30", **told)
    made("department-items", name="走访", starts_on="2021-01-01", project=owner, **told)
    assert value("procurement.department_items", HECHENG, as_of=date(2021, 6, 29)) == 2
    assert value("procurement.department_items", HECHENG, as_of=date(2021, 6, 30)) == 1
    contest = made("contests", name="公益创投", kind="公益创投", region=HECHENG, opened_on="2021-03-01")
    for title, award, granted in (("甲", "资助", 30000), ("乙", "未入选", None)):
        made(
            "contest-entries", contest=contest, title=title, entrant=title, award=award,
            **({"granted": granted} if granted else {}),
        )  # fmt: skip
    assert parts("contests.entries", HECHENG, "award") == {"资助": 1, "未入选": 1}
    assert value("contests.granted", HECHENG) == 30000
