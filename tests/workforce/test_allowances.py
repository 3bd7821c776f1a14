"""Money to persons: computed by the standard, approved by another, never beyond the rule (PAY-09…13, PAY-15)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from linzhan.kernel.checks import StepStopped
from linzhan.kernel.steps import StepRefused
from linzhan.workforce.api import AllowanceBatch, SocialWorker, lines_of, payment_list
from tests.factories.employment import BEN, row, step
from tests.factories.workforce import station, worker

pytestmark = pytest.mark.usefixtures("rulebook")
LIAONING, TOWN = "210102000000", "210102001000"
RULE = "职业津贴"


def holder(grade: str = "社会工作师", **values: Any) -> SocialWorker:
    told = {"certificate": grade, "passed_on": "2020-11-30", **values}
    return worker(station=station(TOWN).code, **told)


def standard(grade: str = "不分等级", amount: str = "200", **values: object) -> UUID:
    told = {"region": LIAONING, "rule": RULE, "grade": grade, "starts_on": "2021-01-01", "basis": "持证在岗",
            "period": "每月", "amount": amount}  # fmt: skip
    return row("allowance-standards", **{**told, **values})


def batch(**values: object) -> UUID:
    told = {"region": LIAONING, "rule": RULE, "starts_on": "2022-05-01", "ends_on": "2022-05-31"}
    return row("allowance-batches", **{**told, **values})


def paid(identity: UUID) -> dict[UUID, Decimal]:
    return {each.worker_id: each.amount for each in lines_of(identity)}


def test_those_with_a_certificate_on_post_are_paid_by_their_grade() -> None:
    """PAY-09: the list is computed; nobody types a name or an amount."""
    high, low, _none = holder(), holder("助理社会工作师"), holder("无")
    gone = holder(left_on="2022-05-15")
    standard("社会工作师", "300")
    standard("助理社会工作师", "150")
    identity = batch()
    step("allowance-batches", identity, "submit")
    assert paid(identity) == {high.pk: Decimal(300), low.pk: Decimal(150)}
    assert gone.pk not in paid(identity)
    stored = AllowanceBatch.objects.get(pk=identity)
    assert (stored.persons, stored.amount) == (2, Decimal(450))


def test_an_amount_beyond_the_rule_of_the_place_stops_with_its_clause() -> None:
    """Liaoning: 50–400 yuan."""
    holder()
    standard(amount="401")
    with pytest.raises(StepStopped, match=r"401\.00 元，规定为 50—400 元") as stopped:
        step("allowance-batches", batch(), "submit")
    assert stopped.value.found[0].clause


def test_nobody_approves_their_own_list_and_a_list_that_changed_goes_back() -> None:
    holder()
    standard()
    identity = batch()
    step("allowance-batches", identity, "submit")
    with pytest.raises(StepRefused, match="不能由提交的人自己办理"):
        step("allowance-batches", identity, "approve")
    holder()
    with pytest.raises(StepStopped, match=r"应为 2 人 400\.00 元，请退回重新计算"):
        step("allowance-batches", identity, "approve", by=BEN)
    step("allowance-batches", identity, "return", by=BEN, note="多一人")
    step("allowance-batches", identity, "submit")
    assert step("allowance-batches", identity, "approve", by=BEN).target == "已批准"


def test_the_same_days_are_not_paid_twice() -> None:
    holder()
    standard()
    step("allowance-batches", batch(), "submit")
    again = batch(starts_on="2022-05-15", ends_on="2022-06-14")
    step("allowance-batches", again, "submit")
    with pytest.raises(StepStopped, match="1 人同一期间已有这一项发放"):
        step("allowance-batches", again, "approve", by=BEN)


def test_a_one_off_is_paid_once_for_a_grade() -> None:
    """PAY-11: whoever passed in the days, once."""
    rule = {"rule": "考试奖励", "basis": "通过考试", "period": "一次性"}
    standard(amount="3000", **rule)
    one = holder(passed_on="2022-05-10")
    holder()
    first = batch(rule="考试奖励")
    step("allowance-batches", first, "submit")
    assert paid(first) == {one.pk: Decimal(3000)}
    later = batch(rule="考试奖励", starts_on="2022-04-01", ends_on="2022-06-30")
    step("allowance-batches", later, "submit")
    assert paid(later) == {}


def test_new_hires_are_those_hired_in_the_days() -> None:
    """PAY-12."""
    standard(amount="2000", rule="新聘补贴", basis="新入职", period="一次性")
    one = holder("无", hired_on="2022-05-10")
    worker(station=station(TOWN).code, hired_on="2022-04-30")
    identity = batch(rule="新聘补贴")
    step("allowance-batches", identity, "submit")
    assert paid(identity) == {one.pk: Decimal(2000)}


def test_the_standard_of_the_nearest_place_holds() -> None:
    one = holder()
    standard(amount="100", region="210100000000")
    identity = batch()
    step("allowance-batches", identity, "submit")
    assert paid(identity) == {one.pk: Decimal(100)}


def test_without_a_standard_there_is_no_list() -> None:
    holder()
    with pytest.raises(StepRefused, match="请先制定标准"):
        step("allowance-batches", batch(), "submit")


def test_the_payment_list_adds_up() -> None:
    holder()
    holder()
    standard(amount="200")
    identity = batch()
    step("allowance-batches", identity, "submit")
    [(sheet, rows)] = list(payment_list(identity))
    told = list(rows)
    assert sheet.name == "发放名单"
    assert [each["amount"] for each in told] == [Decimal(200), Decimal(200), Decimal(400)]
