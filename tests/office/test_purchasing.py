"""Purchases at the desk: progress in order of lag, the tab of a project, files made afterwards (TGT-12, PUR-21)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from linzhan.kernel.scope import EVERYTHING, Actor, opened
from linzhan.policy.api import load_reference
from linzhan.procurement.api import PurchaseFile, keep_progress
from tests.factories.places import HECHENG, ZHONGFANG
from tests.factories.providers import provider
from tests.factories.purchases import milestone, project, purchase
from tests.office.conftest import Sit

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def running(**values: object) -> UUID:
    term = {"starts_on": TODAY - timedelta(100), "ends_on": TODAY + timedelta(100)}
    return project(provider().uscc, **{**term, **values})


@pytest.fixture
def behind(house: None) -> UUID:
    """A contract of which nothing is done, with a milestone that is late; and one without targets."""
    with opened(EVERYTHING, Actor(label="李科员")):
        load_reference()
        made = running(name="落后的项目", target_visits=100)
        milestone(made, due_on=str(TODAY - timedelta(3)))
        running(name="没有指标的项目")
        keep_progress(TODAY)
    return made


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def test_contracts_stand_in_order_of_lag(sit: Sit, behind: UUID) -> None:
    shown = page(sit("purchaser"), "/progress/")
    assert shown.index("落后的项目") < shown.index("没有指标的项目")
    assert f"/r/projects/{behind}/?tab=progress" in shown
    only = page(sit("purchaser"), "/progress/?show=milestones")
    assert "落后的项目" in only
    assert "没有指标的项目" not in only
    assert "落后的项目" not in page(sit("purchaser", ZHONGFANG), "/progress/")


def test_a_long_list_goes_on_where_it_stopped(
    sit: Sit, behind: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("linzhan.office.purchasing.views.PAGE", 1)
    first = sit("purchaser").get("/progress/")
    assert "没有指标的项目" not in first.content.decode()
    following = first.context["table"].pager.next_url
    assert "没有指标的项目" in page(sit("purchaser"), following)


def test_the_tab_of_a_project_says_target_expectation_and_forecast(sit: Sit, behind: UUID) -> None:
    shown = page(sit("finance"), f"/r/projects/{behind}/?tab=progress")
    for words in (
        "到今天应完成",
        "预计期末",
        "直线推算",
        "落后",
        "1 个里程碑逾期，其中 1 个没有写明原因",
        "进度系数 0.00",
    ):
        assert words in shown
    assert "登记里程碑" not in shown
    assert f"/r/milestones/new/?project={behind}" in page(sit(), f"/r/projects/{behind}/?tab=progress")


def test_files_are_made_afterwards_for_projects_that_have_none(sit: Sit, behind: UUID) -> None:
    county = sit()
    assert "落后的项目" in page(county, "/purchases/unfiled/")
    assert "补建采购档案" in page(county, f"/r/projects/{behind}/")
    county.post(f"/purchases/unfiled/{behind}/")
    with opened(EVERYTHING):
        assert PurchaseFile.objects.get().stage == "执行"
    assert "采购档案" in page(county, f"/r/projects/{behind}/")
    county.post("/purchases/unfiled/all/")
    assert "每个项目都有采购档案" in page(county, "/purchases/unfiled/")
    assert sit("finance").post("/purchases/unfiled/all/").status_code == 403


def test_the_file_shows_the_way_and_the_step_what_its_place_asks(sit: Sit, behind: UUID) -> None:
    with opened(EVERYTHING, Actor(label="李科员")):
        made = purchase(stage="待立项", region=HECHENG)
    county = sit()
    shown = page(county, f"/r/purchase-files/{made}/")
    assert "批准立项" in shown
    assert "办到哪一步" in shown
    asked = page(county, f"/r/purchase-files/{made}/steps/approve/")
    assert "重大事项报告" in asked
    assert "片会材料第131行" in asked
    answer = county.post(
        f"/r/purchase-files/{made}/steps/approve/", {"approver": "局务会", "approved_on": "2023-02-01"}
    )
    assert answer.status_code == 422
    assert "会议纪要文号" in answer.content.decode()


def test_the_work_bench_names_what_lags_is_late_or_has_no_file(sit: Sit, behind: UUID) -> None:
    shown = page(sit("purchaser"), "/")
    for words in ("1 个项目进度落后", "1 个里程碑逾期", "2 个执行中的项目没有采购档案"):
        assert words in shown


def test_a_list_of_many_contracts_asks_as_often_as_of_one(sit: Sit, behind: UUID) -> None:
    client = sit("purchaser")
    counted = []
    for _round in range(2):
        page(client, "/progress/")
        with CaptureQueriesContext(connection) as questions:
            page(client, "/progress/")
        counted.append(len(questions))
        with opened(EVERYTHING, Actor(label="李科员")):
            for _one in range(3):
                running(target_visits=10)
            keep_progress(TODAY)
    assert counted[0] == counted[1] <= 10
