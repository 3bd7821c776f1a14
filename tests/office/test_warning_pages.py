"""Early warning at the desk and over HTTP: the list, one alert, the rules, the back-test, the stations (RSK-01)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from linzhan.kernel.jobs.models import Job
from linzhan.kernel.jobs.running import run_now
from linzhan.kernel.scope import EVERYTHING, opened
from linzhan.network.api import Station
from linzhan.oversight.api import Alert, AlertRun
from linzhan.oversight.warning.running import run
from tests.factories.places import HECHENG, HUAIHUA
from tests.factories.workforce import worker
from tests.office.conftest import Sit


@pytest.fixture
def two(station: Station) -> list[UUID]:
    """Two workers of a station whose registration is about to end; the night's run has been."""
    soon = (timezone.localdate() + timedelta(days=20)).isoformat()
    with opened(EVERYTHING):
        people = [
            worker(
                station=station.code, certificate="社会工作师", registered_until=soon, filed_on="2020-03-02"
            )
            for _ in range(2)
        ]
        run(HECHENG, timezone.localdate(), why="测试")
    return [each.pk for each in people]


def text(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url, follow=True)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def alert_of(person: UUID) -> Alert:
    with opened(EVERYTHING):
        return Alert.objects.get(person_id=person)


def test_the_list_and_the_file_of_an_alert_say_why(sit: Sit, two: list[UUID]) -> None:
    county = sit()
    assert text(county, "/r/alerts/").count("职业资格登记") >= 2
    one = alert_of(two[0])
    page = text(county, f"/r/alerts/{one.pk}/")
    for words in (
        "还有 20 日",
        "办理期",
        "为什么预警",
        "职业资格登记在办理期内到期",
        "所据记录",
        "开始处理",
        "认定误报",
    ):
        assert words in page
    assert "登记</a>" not in text(county, "/r/alerts/")


def test_a_step_at_the_desk_asks_for_its_reason(sit: Sit, two: list[UUID]) -> None:
    county, one = sit(), alert_of(two[0])
    url = f"/r/alerts/{one.pk}/steps/work/"
    assert county.post(url, {}).status_code == 422
    assert "未填报" not in text(county, f"/r/alerts/{one.pk}/steps/dismiss/")  # it wants a conclusion
    assert county.post(url, {"note": "陪同办理"}).status_code == 302
    assert alert_of(two[0]).stage == "处理中"
    assert "陪同办理" in text(county, f"/r/alerts/{one.pk}/steps/")
    assert (
        county.post(f"/r/alerts/{one.pk}/steps/close/", {"ending": "已解决", "note": "已办"}).status_code
        == 302
    )
    assert alert_of(two[0]).closed_on == timezone.localdate()


def test_a_worker_sees_their_own_and_may_not_close_it(sit: Sit, two: list[UUID], station: Station) -> None:
    own = sit("station_worker", station_id=station.pk, person_id=two[0])
    mine, other = alert_of(two[0]), alert_of(two[1])
    assert "还有 20 日" in text(own, f"/r/alerts/{mine.pk}/")
    text(own, f"/r/alerts/{other.pk}/", status=404)
    assert own.post(f"/r/alerts/{mine.pk}/steps/work/", {"note": "我来"}).status_code == 302
    assert alert_of(two[0]).stage == "新发"
    text(sit("evaluator"), "/r/alerts/", status=403)


def test_who_buys_and_pays_sees_what_is_raised_about_the_money_and_nothing_else(
    sit: Sit, two: list[UUID], station: Station
) -> None:
    with opened(EVERYTHING):
        money = Alert.objects.create(
            region_code=HECHENG, about="项目", code="RW24-1", rule="RW24", severity="橙", level=3, key="1",
            message="第 1 期应于 2021-11-30 支付", opened_on=timezone.localdate(), checked_on=timezone.localdate(),
            tier="县级", due_at=timezone.now(),
        )  # fmt: skip
    for role in ("purchaser", "finance"):
        buyer = sit(role)
        listed = text(buyer, "/r/alerts/")
        assert "第 1 期应于" in listed
        assert "职业资格登记" not in listed
        assert "筹集" in text(
            buyer, f"/r/alerts/{money.pk}/"
        )  # where in the way of the money it lies (RSK-05)
        text(buyer, f"/r/alerts/{alert_of(two[0]).pk}/", status=404)
        text(buyer, "/alerts/health/", status=403)
    buyer.post(f"/r/alerts/{money.pk}/steps/note/", {})
    with opened(EVERYTHING):
        assert Alert.objects.get(pk=money.pk).stage == "新发"  # they read; the bureau and the institution act


def test_a_rule_of_a_narrow_circle_is_explained_and_not_tried(sit: Sit, two: list[UUID]) -> None:
    county = sit()
    page = text(county, "/alerts/rules/RW04/")
    assert "只有站长、县未成年人保护专员和报告人看得到" in page
    assert "试算" not in page
    assert 'id="tried"' not in text(county, "/alerts/rules/RW04/?minutes=60&hours=10&try=1")
    with opened(EVERYTHING):
        run(HECHENG, timezone.localdate(), why="测试")
    page = text(county, "/alerts/rules/")
    assert "已判断，只告知经办的人" in page
    assert "2 条" in page  # of RW17, what stands open now
    assert "+08:00" not in page  # a moment is spelled as people read it


def test_the_worst_stand_first_and_those_with_something_to_do_can_be_asked_for(
    sit: Sit, station: Station
) -> None:
    with opened(EVERYTHING):
        for level, (word, stage) in enumerate(
            (("蓝", "处理中"), ("黄", "新发"), ("橙", "已知悉"), ("红", "已关闭")), start=1
        ):
            Alert.objects.create(
                region_code=station.region_code, station_id=station.pk, subject_id=station.pk, about="站点",
                code=f"RW30-{level}", rule="RW30", severity=word, level=level, key=f"{level}", message=f"{word}的事",
                opened_on="2026-11-01", checked_on="2026-11-01", tier="县级", due_at=timezone.now(), stage=stage,
                holds=stage != "已关闭",
            )  # fmt: skip
    county = sit()
    page = text(county, "/r/alerts/")
    places = [page.index(f"{word}的事") for word in "红橙黄蓝"]
    assert places == sorted(places)
    assert page.count('<span class="severity ') == 4  # a word never without its shape
    page = text(county, "/r/alerts/?sort=severity")
    places = [page.index(f"{word}的事") for word in "蓝黄橙红"]
    assert places == sorted(places)
    page = text(county, f"/r/alerts/?stage=open&station={station.pk}")
    assert "红的事" not in page
    assert "橙的事" in page
    assert "阶段：未办结" in page
    assert f"/r/alerts/?stage=open&amp;station={station.pk}" in text(county, "/alerts/health/")


def test_the_bench_says_what_waits_for_whose_tier(sit: Sit, two: list[UUID], station: Station) -> None:
    lead = sit("station_lead", station_id=station.pk)
    assert "2 条预警等您知悉" in text(lead, "/")
    assert "条预警等您知悉" not in text(sit(), "/")


def test_the_rules_say_what_could_not_be_asked_and_may_be_run_again(sit: Sit, two: list[UUID]) -> None:
    county = sit()
    page = text(county, "/alerts/rules/")
    assert "RW01 探访逾期" in page
    assert "没有基础数据，未判断" in page
    assert county.post("/alerts/run/").status_code == 302
    with opened(EVERYTHING):
        ordered = Job.objects.get(kind="oversight.alerts")
    result = run_now(ordered).result
    assert result is not None
    assert result["url"] == "/r/alerts/"
    with opened(EVERYTHING):
        assert Alert.objects.count() == 2
    lead = sit("township_official", region="431202005000")
    assert lead.post("/alerts/run/").status_code == 403


def test_the_last_run_of_all_rules_is_told_however_many_rules_were_woken_since(
    sit: Sit, two: list[UUID]
) -> None:
    with opened(EVERYTHING):
        for _ in range(25):
            AlertRun.objects.create(
                region_code=HECHENG, on_day=timezone.localdate(), ran_at=timezone.now(), seconds=0.1,
                why="即时", results=[{"rule": "RW02"}],
            )  # fmt: skip
    assert "最近一次全部运行" in text(sit(), "/alerts/rules/")


def test_a_threshold_is_tried_on_the_last_year_before_it_is_changed(sit: Sit, two: list[UUID]) -> None:
    county = sit()
    assert "试算" in text(county, "/alerts/rules/RW17/")
    page = text(county, "/alerts/rules/RW17/?notice=200&try=1")
    assert page.count('id="tried"') == 1
    assert "多出" in page
    assert "请填 0 到 99999" in text(county, "/alerts/rules/RW17/?notice=abc&try=1")
    assert "回测按县进行" in text(
        sit("city_official", region=HUAIHUA), "/alerts/rules/RW17/?notice=200&try=1"
    )
    text(county, "/alerts/rules/RW99/", status=404)


def test_a_station_stands_with_its_reasons(sit: Sit, two: list[UUID], station: Station) -> None:
    page = text(sit(), "/alerts/health/")
    assert station.name in page
    assert "登记和从业查询到期 2" in page


def test_an_api_lists_alerts_and_creates_none(sit: Sit, two: list[UUID]) -> None:
    county = sit()
    sent = county.post(
        "/api/v1/tokens", {"username": "p0", "password": "nicht-Erraten-9"}, content_type="application/json"
    ).json()
    held: dict[str, Any] = {"HTTP_AUTHORIZATION": f"Bearer {sent['token']}"}
    items = Client().get("/api/v1/alerts?rule=RW17", **held).json()["items"]
    assert {each["rule"] for each in items} == {"RW17"}
    assert len(items) == 2
    refused = Client().post("/api/v1/alerts", {"rule": "RW01"}, content_type="application/json", **held)
    assert refused.status_code in (403, 422)
