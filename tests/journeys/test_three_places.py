"""A station bought for three years in 怀化, 海宁 and 郑州: each official is stopped by their own rulebook, and only there.

What leads up to a decision is done through the services, by somebody else; the officials click what they decide:
the refusal with its clause, the same step once it is whole, and the renewal (PUR-01…17, CFG-06, CFG-15).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import expect

from linzhan.accounts.api import Role
from linzhan.kernel.access import rights_of
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import take
from linzhan.kernel.scope import EVERYTHING, Actor, opened
from linzhan.procurement.models import PurchaseFile, ServiceProject
from tests.factories.network import station
from tests.factories.places import HECHENG
from tests.factories.providers import provider
from tests.factories.purchases import GIVEN, bid, milestone, purchase
from tests.factories.rows import made
from tests.factories.workforce import worker
from tests.journeys.instances import MAKER, SINCE, People, township_of
from tests.journeys.walking import Visitor

HAINING, ERQI = "330481000000", "410103000000"
BUYER, OTHER = Actor(id="buyer", label="购买服务经办"), Actor(id="other", label="另一位经办")
SECOND = ("approve", "approve_method", "sign", "start", "close")
ALL = (
    rights_of("county_official")
    | rights_of("finance")
    | rights_of("purchaser")
    | rights_of("provider_manager")
)
LACKING: dict[str, dict[str, Any]] = {
    "approve": {"minutes_number": "", "minuted_on": "", "reported_matters": ()},
    "draft": {"ends_on": "2026-04-30", "professional_posts": 3},
}
"""What one place refuses and the two others let pass."""
TRAINED = {
    "pledged_on": "2020-02-20", "filed_on": "2020-03-02", "certificate": "社会工作师",
    "passed_on": "2018-06-01", "registered_until": "2029-12-31",
}  # fmt: skip
Visit = Callable[[str], Visitor]


class Purchase:
    """A purchase of one place, led by its services up to what an official decides."""

    def __init__(self, region: str) -> None:
        self.region = region
        with opened(EVERYTHING, BUYER):
            item = made(
                "catalogue-items",
                name="独居老人探访",
                region=region,
                purchasable=True,
                starts_on="2020-01-01",
            )
            self.id = purchase(region=region, name=f"三年站点服务 {region[:6]}", items=(item,))

    @property
    def url(self) -> str:
        return f"/r/purchase-files/{self.id}/"

    def until(self, last: str, *, since: str = "survey", **more: dict[str, Any]) -> None:
        """The usual steps from ``since`` up to ``last``, which is left to the official."""
        names = list(GIVEN)
        for name in names[names.index(since) : names.index(last)]:
            self.take(name, **more.get(name, {}))

    def take(self, name: str, **more: Any) -> None:
        with opened(EVERYTHING, OTHER if name in SECOND else BUYER):
            self._prepare(name)
            given = {**GIVEN.get(name, {}), **more}
            take(REGISTERS["purchase-files"], self.id, name, given, rights=ALL)

    def _prepare(self, name: str) -> None:
        if name == "award":
            bid(self.id, bidder=provider(region=self.region).uscc, result="成交")
        if name == "staff":
            at = station(township_of(self.region), opened_on=str(SINCE))
            for order in range(6):
                made(
                    "planned-posts", purchase=self.id, worker=worker(station=at.code, **TRAINED).pk, post="社工",
                    professional=order < 5, leads=order == 0, share=100, with_minors=False,
                )  # fmt: skip

    def project(self) -> UUID:
        found = PurchaseFile.objects.get(pk=self.id).project_id
        assert found is not None
        return found


@pytest.fixture(scope="module")
def officials(people: People) -> People:
    """Those of the two other places besides the county's own."""
    with opened(EVERYTHING, MAKER):
        people.add("haining", Role.COUNTY_OFFICIAL, HAINING)
        people.add("zhengzhou", Role.COUNTY_OFFICIAL, ERQI)
    return people


def refused(official: Visitor, bought: Purchase, step: str, words: str, **fields: str) -> None:
    """Press the step: it is named what is wrong with the clause, and nothing moves."""
    official.open(bought.url)
    official.press(step)
    official.sees(words)
    fill(official, **fields)
    official.press(step)
    reason = official.page.get_by_label("仍要办理的理由")
    if reason.count():  # they may overrule it, but not without saying why
        expect(reason).to_be_focused()
        expect(official.page.get_by_text(f"已办理：{step}")).to_have_count(0)
    else:
        official.sees("不能办理")
        official.expects(422)


def done(official: Visitor, bought: Purchase, step: str, **fields: str) -> None:
    official.open(bought.url)
    official.press(step)
    fill(official, **fields)
    official.press(step)
    official.is_at(bought.url)
    expect(official.page.get_by_text(f"已办理：{step}").first).to_be_visible()


def fill(official: Visitor, **fields: str) -> None:
    for label, value in fields.items():
        official.page.get_by_label(label, exact=True).fill(value)


def test_huaihua_wants_minutes_which_the_others_do_not(visit: Visit, officials: People) -> None:
    bought = Purchase(HECHENG)
    bought.until("approve")
    county = visit("county")
    approved = {"审批机构": "县长办公会", "立项日期": "2023-02-01"}
    refused(county, bought, "批准立项", "片会材料第131行", **approved)
    done(
        county, bought, "批准立项", **approved, 会议纪要文号="〔2023〕3号", 会议纪要日期="2023-02-01",
        已报告事项="实施方案及资金预算、人员招聘、采购方式",
    )  # fmt: skip
    bought.until("decide_renewal", since="propose_method", draft=LACKING["draft"])
    done(county, bought, "决定续签", 决定意见="评估良好，同意续签")
    renewed(bought)


def test_haining_wants_a_plan_before_the_start(visit: Visit, officials: People) -> None:
    bought = Purchase(HAINING)
    bought.until("start", **LACKING)
    haining = visit("haining")
    refused(haining, bought, "批准计划，开始执行", "片会材料第287行", 开始执行日期="2023-04-01")
    with opened(EVERYTHING, BUYER):
        milestone(bought.project(), due_on="2023-06-30", done_on="2023-06-28")
    done(haining, bought, "批准计划，开始执行", 开始执行日期="2023-04-01")
    bought.until("decide_renewal", since="evaluate_mid")
    done(haining, bought, "决定续签", 决定意见="同意")
    renewed(bought)


def test_zhengzhou_wants_three_years_at_most_and_four_fifths_professionals(
    visit: Visit, officials: People
) -> None:
    bought = Purchase(ERQI)
    bought.until("sign", **LACKING)
    zhengzhou = visit("zhengzhou")
    refused(zhengzhou, bought, "签订合同", "37 个月，不得超过 36 个月", 签订日期="2023-03-28")
    zhengzhou.sees("60%，不得低于 80%")
    bought.take("return_draft", note="期限和岗位不合规定")
    bought.take("draft")
    done(zhengzhou, bought, "签订合同", 签订日期="2023-03-28")
    bought.until("decide_renewal", since="staff")
    done(zhengzhou, bought, "决定续签", 决定意见="同意")
    renewed(bought)


def renewed(bought: Purchase) -> None:
    """The file is decided, its project closed, and the next file stands open."""
    with opened(EVERYTHING):
        file = PurchaseFile.objects.get(pk=bought.id)
        assert file.stage == "续签已定"
        assert ServiceProject.objects.get(pk=bought.project()).status == "结项"
        assert PurchaseFile.objects.get(renewed_from=bought.id).stage == "意向"
