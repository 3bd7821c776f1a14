"""Purchases at the desk: an approver reads what the rules say and goes on (PUR-13, PUR-31); a barred bidder does not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from linzhan.accounts.models import User
from linzhan.kernel.access import rights_of
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import take
from linzhan.kernel.scope import EVERYTHING, Actor, opened
from linzhan.network.api import Station
from linzhan.oversight.api import Alert, Rectification
from linzhan.providers.api import Provider
from tests.factories.purchases import GIVEN, bid, purchase
from tests.factories.rectifications import PURCHASER as BUYER
from tests.factories.rectifications import step_of, stepped
from tests.journeys.instances import People
from tests.journeys.walking import Visitor

Visit = Callable[[str], Visitor]
TODAY = timezone.localdate()
NAME = "2023—2025年鹤城区社工站项目"


@pytest.fixture
def submitted(people: People) -> UUID:
    """A purchase that its purchaser has handed in."""
    with opened(EVERYTHING):
        buyer = Actor(id=str(User.objects.get(username="purchaser").pk), label="购买服务经办")
    with opened(EVERYTHING, buyer):
        made = purchase(name=NAME)
        for name in ("survey", "submit"):
            take(REGISTERS["purchase-files"], made, name, GIVEN[name], rights=rights_of("purchaser"))
    return made


def test_an_approval_is_refused_with_its_clause_and_goes_on_when_it_is_whole(
    visit: Visit, people: People, submitted: UUID
) -> None:
    official = visit("county")
    official.open(f"/r/purchase-files/{submitted}/")
    official.sees_title(NAME)
    official.press("批准立项")
    official.sees("重大事项报告")
    official.sees("片会材料第131行")
    official.page.get_by_label("审批机构").fill("县长办公会")
    official.page.get_by_label("立项日期").fill("2023-02-01")
    official.press("批准立项")
    official.sees("不能办理")
    official.sees("会议纪要文号")
    official.page.get_by_label("会议纪要文号").fill("〔2023〕3号")
    official.page.get_by_label("会议纪要日期").fill("2023-02-01")
    official.page.get_by_label("已报告事项").fill("实施方案及资金预算、人员招聘、采购方式")
    official.press("批准立项")
    official.is_at(f"/r/purchase-files/{submitted}/")
    expect(official.page.get_by_text("已办理：批准立项").first).to_be_visible()
    official.main.get_by_role("link", name="办理过程").click()
    official.sees("购买服务经办")
    official.expects(422)


@pytest.fixture
def raised(people: People) -> UUID:
    """An alert about the station, which somebody is to follow through."""
    with opened(EVERYTHING):
        town = Station.objects.get(pk=people.station)
        alert = Alert.objects.create(
            region_code=town.region_code, station_id=town.pk, provider_id=town.provider_id, subject_id=town.pk,
            about="站点", code="RW30-LATE", rule="RW30", severity="橙", level=3, key=str(town.pk), tier="县级",
            message="探访记录四成在次月补录", clause="服务协议第八条", opened_on=TODAY, checked_on=TODAY, due_at=timezone.now(),
        )  # fmt: skip
    return alert.pk


def _by(username: str) -> Actor:
    with opened(EVERYTHING):
        return Actor(id=str(User.objects.get(username=username).pk), label=username)


def test_what_an_alert_found_is_followed_through_to_the_refused_bid(
    visit: Visit, people: People, raised: UUID
) -> None:
    """Alert, order, plan, failed re-check, bar, refused bid: each step by the role it belongs to (RSK-07…09, FIL-07)."""
    county = visit("county")
    county.open(f"/r/alerts/{raised}/")
    county.press("下达整改")
    county.page.get_by_label("整改事项").fill("探访记录补录过多")
    county.page.get_by_label("购买主体").fill(BUYER)
    county.page.get_by_label("下达单位").fill(BUYER)
    county.press("登记")
    county.sees("被整改单位报整改计划")
    order = Rectification.objects
    with opened(EVERYTHING):
        held = order.get(alert_id=raised)
    lead = visit("lead")
    lead.open(f"/r/rectifications/{held.pk}/")
    lead.sees("服务协议第八条")
    lead.press("报整改计划")
    lead.page.get_by_label("整改计划").fill("三日内补齐设备，当日录入")
    lead.press("报整改计划")
    lead.is_at(f"/r/rectifications/{held.pk}/")
    with opened(EVERYTHING):
        lead_acts, county_acts = _by("lead"), _by("county")
        held.refresh_from_db()
        stepped(held, "accept_plan", by=county_acts)
        for _time in range(2):
            stepped(held, "evidence", by=lead_acts, evidence="见台账")
            stepped(held, "check", by=county_acts, check_way="现场核查", checked_on=TODAY.isoformat())
            if not held.failures:
                stepped(held, "fail", by=county_acts, check_finding="仍有补录", note="没有改到位")
                later = (TODAY + timedelta(days=15)).isoformat()
                stepped(held, "again", by=county_acts, due_on=later, note="再次整改")
    county.open(f"/r/rectifications/{held.pk}/")
    county.press("未通过")
    county.page.get_by_label("核查情况").fill("抽查 20 条，9 条仍是补录")
    county.page.get_by_label("结论和理由").fill("再次核查没有改到位")
    county.press("未通过")
    county.is_at(f"/r/rectifications/{held.pk}/")
    with opened(EVERYTHING):
        bar = order.get(pk=held.pk).sanction_id
        assert bar is not None
        assert held.provider_id is not None
        began = TODAY - timedelta(days=10)
        given = {"notified_on": began.isoformat(), "reply_by": (began + timedelta(days=6)).isoformat()}
        step_of("provider-sanctions", bar, "notify", by=county_acts, **given)
    city = visit("city")
    city.open(f"/r/provider-sanctions/{bar}/")
    city.press("作出决定")
    for label, value in (
        ("决定书文号", "民决〔2026〕7号"),
        ("决定日期", TODAY.isoformat()),
        ("起始日期", TODAY.isoformat()),
        ("截止日期", (TODAY + timedelta(days=700)).isoformat()),
        ("理由", "两次核查未通过"),
    ):
        city.page.get_by_label(label, exact=False).first.fill(value)
    city.press("作出决定")
    city.is_at(f"/r/provider-sanctions/{bar}/")
    with opened(EVERYTHING):
        firm = Provider.objects.get(pk=held.provider_id).uscc
        buying = purchase(name="2027 年社工站项目", purchaser=BUYER, stage="采购")
        bid(buying, bidder=firm, result="成交")
    purchaser = visit("purchaser")
    purchaser.open(f"/r/purchase-files/{buying}/")
    purchaser.press("确定成交")
    purchaser.page.get_by_label("成交日期").fill(TODAY.isoformat())
    purchaser.press("确定成交")
    purchaser.sees("不能办理")
    purchaser.sees("只约束“鹤城区民政局”的项目")
    purchaser.expects(422)
