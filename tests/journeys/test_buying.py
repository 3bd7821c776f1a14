"""A purchase at the desk: its approver reads what the rules of the place say, is refused, and goes on (PUR-13, PUR-31)."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest

from linzhan.accounts.models import User
from linzhan.kernel.access import rights_of
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import take
from linzhan.kernel.scope import EVERYTHING, Actor, opened
from tests.factories.purchases import GIVEN, purchase
from tests.journeys.instances import People
from tests.journeys.walking import Visitor

Visit = Callable[[str], Visitor]
NAME = "2023—2025年鹤城区社工站项目"


@pytest.fixture
def submitted(people: People) -> UUID:
    """A purchase that its purchaser has handed in."""
    user = User.objects.get(username="purchaser")
    with opened(EVERYTHING, Actor(id=str(user.pk), label="购买服务经办")):
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
    official.sees("已办理：批准立项")
    official.main.get_by_role("link", name="办理过程").click()
    official.sees("购买服务经办")
    official.expects(422)
