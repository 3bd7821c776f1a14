"""What the demo county ordered to be put right: one order waits for its check, one for a plan, one for the look-back.

Taken step by step, each in the name of the account whose step it is, and counted from today, so that the desks
of county, institution and station have something in hand whenever the city is loaded.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from linzhan.demo.city import Cast
from linzhan.demo.doing import step, write
from linzhan.oversight.api import RectificationItem

ORDERS, ITEMS = "rectifications", "rectification-items"
AUTHORITY = "鹤城区民政局"
PASSED_DAYS = 70  # the window of the look-back is open


def tell_rectifications(cast: Cast) -> None:
    today = timezone.localdate()
    _of_station(cast, today)
    _of_institution(cast, today)
    _passed(cast, today)
    write(
        "county", "provider-complaints", code="TS-1", region=cast.county, institution=cast.provider,
        received_on=today - timedelta(days=3), channel="12345 转办", anonymous=True, matter="服务质量",
        content="反映社工站上门服务次数比公示的少，请核查",
    )  # fmt: skip


def _of_station(cast: Cast, today: date) -> None:
    """The station has reported; somebody of the bureau checks it, and answers what it said."""
    on = today - timedelta(days=12)
    order = _order(
        "county", on, code="ZG-1", station=cast.station, title="服务记录补录过多", severity="橙",
        finding="上季度探访记录三成在五日以后补录，无法核对当时情况", basis="服务协议：服务记录应当日完成",
    )  # fmt: skip
    write(
        "county", ITEMS, code="ZG-1-2", order=order, finding="两份个案没有知情同意书", risk="服务和管理", severity="橙",
        basis="服务协议：接案须取得书面知情同意",
    )  # fmt: skip
    step(
        "lead",
        ORDERS,
        order,
        "plan",
        on + timedelta(days=2),
        plan="每日下班前录入，站长逐日查看；补签两份知情同意书",
    )
    step("county", ORDERS, order, "accept_plan", on + timedelta(days=3))
    step("lead", ORDERS, order, "start", on + timedelta(days=3))
    step(
        "lead", ITEMS, _item("ZG-1-2"), "report", on + timedelta(days=8), measure="逐户补签",
        evidence="两份知情同意书已归入个案档案",
    )  # fmt: skip
    step(
        "lead",
        ORDERS,
        order,
        "evidence",
        on + timedelta(days=10),
        evidence="近十日记录均当日录入，见服务记录台账",
    )
    write(
        "lead", "rectification-answers", code="ZS-1", order=order, about="整改令",
        statement="补录中有一半发生在站点搬迁断网的一周，请一并考虑",
    )  # fmt: skip


def _of_institution(cast: Cast, today: date) -> None:
    """The institution's plan is waited for; a talk waits for a second person's signature."""
    order = _order(
        "purchaser", today - timedelta(days=4), code="ZG-2", provider=cast.provider, title="季度财务报告迟报",
        severity="黄", finding="上季度财务报告晚报 12 日，且没有附银行对账单", basis="服务合同：每季度终了十五日内报送",
    )  # fmt: skip
    write(
        "purchaser", "rectification-means", code="DC-1", order=order, kind="约谈",
        content="连续两季迟报财务报告，拟约谈机构负责人，说明原因和改进办法",
        held_on=today + timedelta(days=5), place="区民政局会议室",
    )  # fmt: skip


def _passed(cast: Cast, today: date) -> None:
    """Put right long enough ago to look whether it lasted."""
    on = today - timedelta(days=PASSED_DAYS + 20)
    order = _order(
        "county", on, code="ZG-3", station=cast.station, title="三务公开不全", severity="黄",
        finding="公开栏没有写明捐赠款物的使用情况", basis="三务公开的规定：每月公开财务收支",
    )  # fmt: skip
    step("lead", ORDERS, order, "plan", on + timedelta(days=2), plan="本月起逐项公开")
    step("county", ORDERS, order, "accept_plan", on + timedelta(days=3))
    step("lead", ORDERS, order, "evidence", on + timedelta(days=15), evidence="公开栏已补齐")
    step(
        "county", ORDERS, order, "check", on + timedelta(days=18), check_way="现场核查",
        checked_on=(on + timedelta(days=18)).isoformat(),
    )  # fmt: skip
    step("county", ITEMS, _item("ZG-3-1"), "clear", on + timedelta(days=20), check_finding="现场查看，已公开")


def _order(username: str, on: date, **values: Any) -> UUID:
    return write(username, ORDERS, authority=AUTHORITY, purchaser=AUTHORITY, issued_on=on, **values)


def _item(code: str) -> UUID:
    return RectificationItem.objects.get(code=code).pk
