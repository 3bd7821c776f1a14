"""Money through the office: who registers does not approve, rules speak before, books follow after (FND, PUR-16, FIL-04)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from linzhan.kernel.access import rights_of
from linzhan.kernel.checks import Outcome, StepStopped
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import Taken, take
from linzhan.kernel.scope import Actor, acting
from linzhan.kernel.steps import StepRefused
from linzhan.policy.api import procurement
from linzhan.policy.shapes import RatioRule, SubsidyRule
from linzhan.procurement.models import (
    FundMovement,
    FundReturn,
    LedgerEntry,
    Payment,
    Subsidy,
)
from linzhan.procurement.money.enums import EntryKind
from linzhan.procurement.money.evidence import WITNESSES, Evaluated, Witness
from linzhan.procurement.money.paying import paid_on
from linzhan.procurement.money.selectors import payment_checks, ratio_checks
from linzhan.territory.api import ChangeKind, RegionChange
from tests.factories.places import ZHONGFANG
from tests.factories.policy import stated
from tests.factories.procurement import HECHENG, base, movement, project
from tests.factories.rows import made, tried

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hunan")]
MANAGER, BUYER, FINANCE, COUNTY, CASHIER = (
    Actor(id=each, label=each) for each in ("manager", "buyer", "finance", "county", "cashier")
)
ROLES = {
    "manager": "provider_manager",
    "buyer": "purchaser",
    "finance": "finance",
    "county": "county_official",
    "cashier": "finance",
}
CAP = RatioRule(
    percent=Decimal(3),
    base="社会救助补助资金",
    fund="社会救助专项经费",
    meaning="cap",
    wording="原则上不超过",
)
SHARE = RatioRule(percent=Decimal(3), base="社会救助专项工作经费", fund="社会救助专项经费", meaning="share")
NATION = "000000000000"


def act(actor: Actor, register: str, row: UUID, step: str, **given: Any) -> Taken:
    with acting(actor):
        return take(REGISTERS[register], row, step, given, rights=rights_of(ROLES[actor.id]))


def line(actor: Actor, at: UUID, amount: int, year: int = 2021) -> UUID:
    with acting(actor):
        return made("funding-lines", project=at, year=year, source="社会救助专项经费", amount=amount)


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[Evaluated]]:
    """What the evaluation said and how many services there were, as the test has it."""
    known: dict[str, Any] = {"results": [], "services": [1]}
    witness = Witness(
        "test",
        results=lambda _project, _on: known["results"],
        services=lambda _project, _on: sum(known["services"]),
    )
    monkeypatch.setattr(WITNESSES, "_entries", {"test": witness})
    return known


def result(kind: str, grade: str, *, passed: bool) -> Evaluated:
    return Evaluated(kind=kind, grade=grade, on=date(2021, 8, 1), passed=passed)


def told(found: Any) -> dict[str, Outcome]:
    return {each.key: each.outcome for each in found}


def test_two_rules_at_once_speak_each_with_its_own_base_and_clause() -> None:
    """FND-09, FND-10: Xinjiang has a share and a cap, measured against two bases that are never merged."""
    stated(procurement.FUNDING_RATIO, SHARE, HECHENG, variant="社会救助专项工作经费")
    stated(procurement.FUNDING_RATIO, CAP, HECHENG, variant="社会救助补助资金")
    base("社会救助专项工作经费", 2021, 1_000_000)
    base("社会救助补助资金", 2021, 800_000)
    movement(amount=20_000)
    found = {
        c.key: c
        for c in ratio_checks(
            region=HECHENG, on=date(2021, 9, 1), source=CAP.fund or "", amount=Decimal(5_000)
        )
    }
    share, cap = found["money.ratio.社会救助专项工作经费"], found["money.ratio.社会救助补助资金"]
    assert (share.outcome, cap.outcome) == (Outcome.WARN, Outcome.STOP)
    assert "的 3% 为 30,000.00 元" in share.words
    assert "还差 5,000.00 元" in share.words
    assert "的 3% 为 24,000.00 元" in cap.words
    assert "超出 1,000.00 元" in cap.words
    assert share.clause != cap.clause
    assert "第一条" in cap.clause


def test_money_of_another_source_concerns_no_rule_that_names_its_own() -> None:
    stated(procurement.FUNDING_RATIO, CAP, HECHENG, variant="社会救助补助资金")
    base("社会救助补助资金", 2021, 100)
    movement(amount=20_000, source="福利彩票公益金")
    asked = {"region": HECHENG, "on": date(2021, 9, 1), "amount": Decimal(3)}
    assert ratio_checks(source="福利彩票公益金", **asked) == []
    [only] = ratio_checks(source="社会救助专项经费", **asked)
    assert only.outcome is Outcome.WARN, only.words


def test_where_the_place_has_no_rule_there_is_no_check() -> None:
    """The rule of one county binds no other."""
    stated(procurement.FUNDING_RATIO, CAP, HECHENG, variant="社会救助补助资金")
    assert (
        ratio_checks(region="431221000000", on=date(2021, 9, 1), source="社会救助专项经费", amount=Decimal(1))
        == []
    )


def test_a_base_of_last_year_is_looked_up_in_last_year_and_the_year_ends_with_december() -> None:
    """FND-07: of the year before; spending of 31 December is this year's, of 1 January the next one's."""
    rule = RatioRule(
        percent=Decimal(5),
        base="社会救助资金总支出",
        fund="社会救助专项经费",
        base_year="上年",
        meaning="cap",
    )
    stated(procurement.FUNDING_RATIO, rule, HECHENG, variant="社会救助资金总支出")
    base("社会救助资金总支出", 2021, 100)
    asked = {"region": HECHENG, "source": "社会救助专项经费", "amount": Decimal(1)}
    [unknown] = ratio_checks(on=date(2021, 12, 31), **asked)
    assert unknown.outcome is Outcome.UNKNOWN
    assert "没有登记 2020 年" in unknown.words
    base("社会救助资金总支出", 2020, 20_000)
    movement(amount=800, moved_on="2021-12-31")
    movement(amount=900, moved_on="2022-01-01")
    [known] = ratio_checks(on=date(2021, 12, 31), **asked)
    assert (known.outcome, "还可用 199.00 元" in known.words) == (Outcome.PASS, True)


def test_a_county_that_took_over_another_has_its_books_and_the_bases_of_both() -> None:
    """NET-14: the year before the merger each stated its own base; one that stated none leaves it unknown."""
    rule = RatioRule(
        percent=Decimal(5),
        base="社会救助资金总支出",
        fund="社会救助专项经费",
        base_year="上年",
        meaning="cap",
    )
    stated(procurement.FUNDING_RATIO, rule, HECHENG, variant="社会救助资金总支出")
    RegionChange.objects.create(
        on=date(2021, 3, 1),
        kind=ChangeKind.MERGE,
        from_codes=[ZHONGFANG, HECHENG],
        to_codes=[HECHENG],
        source="测试",
    )
    base("社会救助资金总支出", 2020, 60_000, ZHONGFANG)
    movement(ZHONGFANG, amount=1_000, moved_on="2021-01-20")
    movement(HECHENG, amount=500, moved_on="2021-06-20")
    asked = {
        "region": HECHENG,
        "on": date(2021, 9, 1),
        "source": "社会救助专项经费",
        "amount": Decimal(1_500),
    }
    [known] = ratio_checks(**asked)
    assert (known.outcome, "已占用 1,500.00 元" in known.words) == (Outcome.WARN, True), known.words
    assert "的 5% 为 3,000.00 元" in known.words
    base("社会救助资金总支出", 2020, 20_000)
    [own] = ratio_checks(**asked)
    assert "的 5% 为 1,000.00 元" in own.words, "what the present county states for itself goes first"


def test_what_was_taken_back_makes_room_again() -> None:
    stated(procurement.FUNDING_RATIO, CAP, HECHENG, variant="社会救助补助资金")
    base("社会救助补助资金", 2021, 100_000)
    with acting(FINANCE):
        row = made(
            "fund-returns",
            movement=movement(amount=3_000),
            returned_on="2021-07-01",
            kind="冲销",
            amount=3_000,
            reason="记错",
        )
    asked = {
        "region": HECHENG,
        "on": date(2021, 9, 1),
        "source": "社会救助专项经费",
        "amount": Decimal(1_000),
    }
    assert ratio_checks(**asked)[0].outcome is Outcome.STOP
    act(COUNTY, "fund-returns", row, "approve")
    assert ratio_checks(**asked)[0].outcome is Outcome.PASS


def test_a_commitment_that_breaks_a_cap_needs_another_person_their_right_and_a_reason() -> None:
    stated(procurement.FUNDING_RATIO, CAP, HECHENG, variant="社会救助补助资金")
    base("社会救助补助资金", 2021, 100_000)
    movement(kind="预算", amount=1_000_000)
    row = line(COUNTY, project(), 3_001)
    with pytest.raises(StepRefused, match="不能由提交的人自己办理"):
        act(COUNTY, "funding-lines", row, "commit")
    with pytest.raises(StepStopped, match=r"超出 1\.00 元"):
        act(FINANCE, "funding-lines", row, "commit", overrule="急需")
    other = Actor(id="county2", label="另一位")
    ROLES["county2"] = "county_official"
    act(other, "funding-lines", row, "commit", overrule="县政府专题会议同意")
    assert LedgerEntry.objects.get(kind=EntryKind.COMMITMENT).amount == 3_001


def test_a_contract_that_was_paid_before_it_was_promised_takes_its_room_once() -> None:
    movement(kind="预算", amount=1_000)
    at = project()
    movement(kind="拨付", amount=600, project=at)
    act(FINANCE, "funding-lines", line(BUYER, at, 1_000), "commit")
    with pytest.raises(StepStopped, match=r"超出 1\.00 元"):
        act(FINANCE, "funding-lines", line(BUYER, project(), 1), "commit")


def test_a_file_takes_no_step_and_changes_nothing_that_is_decided() -> None:
    at = project()
    faults = tried(
        "funding-lines", code="A1", project=at, year=2021, source="财政预算", amount=1, stage="已承诺"
    ).faults
    assert "状态由办理步骤产生" in faults[1][0].message
    row = line(BUYER, at, 500)
    act(FINANCE, "funding-lines", row, "commit")
    code = REGISTERS["funding-lines"].model._default_manager.get(pk=row).code
    stating = {"code": code, "project": at, "year": 2021, "source": "社会救助专项经费", "stage": "已承诺"}
    assert tried("funding-lines", **stating, amount=500).unchanged == 1
    assert "不能再改" in tried("funding-lines", **stating, amount=900).faults[1][0].message
    stating["stage"] = "已释放"
    assert tried("funding-lines", **stating, amount=500).faults


def requested(at: UUID, *, due_upon: str, amount: int = 400_000) -> UUID:
    with acting(MANAGER):
        row = made("payments", project=at, instalment=1, due_upon=due_upon, amount=amount, source="财政预算")
    act(MANAGER, "payments", row, "request", delivered="探访 1200 户次")
    return row


def test_a_payment_goes_through_four_hands_and_becomes_a_movement(judged: dict[str, list[Evaluated]]) -> None:
    judged["results"] = [result("中期", "良好", passed=True)]
    at = project()
    row = requested(at, due_upon="中期评估")
    act(BUYER, "payments", row, "check")
    act(FINANCE, "payments", row, "approve")
    with pytest.raises(StepRefused, match="不能由提交的人自己办理"):
        act(FINANCE, "payments", row, "pay", paid_on="2021-09-01")
    act(CASHIER, "payments", row, "pay", paid_on="2021-09-01", voucher="记-12")
    found = FundMovement.objects.get()
    assert (found.kind, found.amount, found.voucher, found.project_id) == ("拨付", 400_000, "记-12", at)
    assert Payment.objects.get(pk=row).movement_id == found.pk
    assert paid_on(at) == 400_000
    act(FINANCE, "payments", row, "give_back", note="账号错误，银行退回")
    assert paid_on(at) == 0


def test_nobody_approves_what_they_requested_even_with_a_check_in_between(judged: dict[str, Any]) -> None:
    at = project()
    with acting(COUNTY):
        row = made("payments", project=at, instalment=1, due_upon="按期", amount=1, source="财政预算")
    act(COUNTY, "payments", row, "request", delivered="服务")
    act(BUYER, "payments", row, "check")
    with pytest.raises(StepRefused, match="这一步请由他人办理"):
        act(COUNTY, "payments", row, "approve")


@pytest.mark.parametrize(
    ("results", "services", "words"),
    [
        ([], [5], "还没有登记末期、年度、第三方结果"),
        ([result("中期", "优秀", passed=True)], [5], "还没有登记末期"),
        ([result("末期", "不合格", passed=False)], [5], "没有达到合格"),
        ([result("末期", "合格", passed=True)], [], "没有一条有效服务记录"),
    ],
)
def test_no_result_no_service_no_money(
    judged: dict[str, Any], results: list[Evaluated], services: list[int], words: str
) -> None:
    """PUR-16, FND-21."""
    judged.update(results=results, services=services)
    row = requested(project(), due_upon="末期评估")
    with pytest.raises(StepStopped, match=words):
        act(BUYER, "payments", row, "check")


def test_more_than_the_contract_is_never_paid_whoever_asks(judged: dict[str, Any]) -> None:
    at = project(contract_amount=1_000)
    movement(kind="拨付", amount=900, project=at)
    found = {each.key: each for each in payment_checks(at, amount=Decimal(101))}
    total = found["payment.total"]
    assert (total.outcome, total.overrule) == (Outcome.STOP, "")
    assert "超出 1.00 元" in total.words
    assert told(payment_checks(at, amount=Decimal(100)))["payment.total"] is Outcome.PASS


def test_matching_money_that_is_not_there_is_reminded_of_and_late_money_too(judged: dict[str, Any]) -> None:
    """FND-15; money that is late is wages that are late."""
    at = project()
    made(
        "matching-funds",
        project=at,
        payer="市财政",
        fund_level="市",
        source="财政预算",
        year=2021,
        promised=9,
        arrived=4,
    )
    found = payment_checks(at, amount=Decimal(1), due_on=date(2021, 1, 1), on=date(2021, 3, 1))
    keys = told(found)
    assert keys["payment.matching"] is Outcome.WARN
    assert keys["payment.late"] is Outcome.WARN
    assert "payment.late" not in told(
        payment_checks(at, amount=Decimal(1), due_on=date(2021, 1, 1), on=date(2021, 1, 31))
    )


def test_money_is_clawed_back_by_decision_and_leaves_the_payments(judged: dict[str, Any]) -> None:
    """FIL-04, FND-22: by whoever did not propose it, after the institution was told; never more than was paid."""
    at = project()
    for month, amount in ((3, 500), (9, 300)):
        movement(kind="拨付", amount=amount, project=at, moved_on=f"2021-0{month}-01")
    stated(procurement.FILING_CLAWBACK, "由购买方按规定收回部分购买资金", HECHENG)

    def proposed(amount: int) -> UUID:
        with acting(BUYER):
            return made(
                "clawbacks",
                project=at,
                cause="未按规定备案",
                amount=amount,
                found_on="2021-10-01",
                reason="两人入职未备案",
            )

    with pytest.raises(StepStopped, match="拟追回"):
        act(COUNTY, "clawbacks", proposed(900), "decide", heard_on="2021-10-05", note="属实")
    row = proposed(400)
    with pytest.raises(StepRefused, match="告知日期"):
        act(COUNTY, "clawbacks", row, "decide", note="属实")
    taken = act(COUNTY, "clawbacks", row, "decide", heard_on="2021-10-05", note="属实")
    assert taken.row["stage"] == "已决定"
    assert told(payment_checks(at, amount=Decimal(1)))["payment.clawback"] is Outcome.STOP
    act(FINANCE, "clawbacks", row, "recover", recovered_on="2021-11-01")
    assert list(FundReturn.objects.order_by("-movement__moved_on").values_list("amount", "kind")) == [
        (300, "追回"),
        (100, "追回"),
    ]
    assert paid_on(at) == 400


def test_a_subsidy_is_reckoned_by_the_rule_of_the_place_and_paid_as_an_instalment(
    judged: dict[str, Any],
) -> None:
    """FND-19: 40 % of actual input, at most 300,000, for projects that run well."""
    rule = SubsidyRule(
        payer="市财政", percent=Decimal(40), of="项目实际投入", cap=Decimal(300_000), condition="运行良好"
    )
    stated(procurement.SUBSIDIES, rule, HECHENG, variant="以奖代补")
    at = project()
    with acting(BUYER):
        row = made("subsidies", project=at, rule="以奖代补", year=2021, input_amount=900_000)
    assert Subsidy.objects.get(pk=row).formula_amount == 300_000
    assert (
        "由平台计算"
        in tried("subsidies", project=at, rule="以奖代补", year=2022, input_amount=10, formula_amount=9)
        .faults[1][0]
        .message
    )
    with pytest.raises(StepStopped, match="不能认定运行良好"):
        act(BUYER, "subsidies", row, "submit", amount=300_000)
    judged["results"] = [result("年度", "优秀", passed=True)]
    with pytest.raises(StepStopped, match="按办法计算"):
        act(BUYER, "subsidies", row, "submit", amount=300_001)
    act(BUYER, "subsidies", row, "submit", amount=300_000)
    act(COUNTY, "subsidies", row, "approve", decided_on="2021-12-20", note="同意")
    paid = Payment.objects.get(project=at)
    assert (paid.due_upon, paid.amount, paid.stage) == ("奖补", 300_000, "计划")


def test_a_closed_month_takes_nothing_until_somebody_says_why(judged: dict[str, Any]) -> None:
    row = movement(moved_on="2021-03-10")
    month = made("money-months", region=HECHENG, month="2021-03")
    act(FINANCE, "money-months", month, "close")
    assert (
        "账已结"
        in tried(
            "funds",
            code="N1",
            moved_on="2021-03-20",
            region=HECHENG,
            kind="支出",
            source="财政预算",
            amount=1,
        )
        .faults[1][0]
        .message
    )
    with pytest.raises(IntegrityError, match="closed"), transaction.atomic():
        FundMovement.objects.filter(pk=row).update(amount=7)
    with pytest.raises(StepRefused, match="须填写：重新开账的理由"):
        act(COUNTY, "money-months", month, "reopen")
    act(COUNTY, "money-months", month, "reopen", note="补记三月社保")
    movement(moved_on="2021-03-20", amount=1)


def test_a_contract_is_settled_on_its_books(judged: dict[str, Any]) -> None:
    judged["results"] = [result("末期", "良好", passed=True)]
    at = project()
    act(FINANCE, "funding-lines", line(BUYER, at, 1_000), "commit")
    movement(kind="拨付", amount=800, project=at)
    movement(amount=700, project=at, head="薪酬")

    def drafted(spent: int) -> UUID:
        with acting(BUYER):
            return made("settlements", project=at, settled_on="2022-03-01", spent_amount=spent)

    wrong = drafted(800)
    with pytest.raises(StepStopped, match="两者不同"):
        act(COUNTY, "settlements", wrong, "settle", note="同意")
    act(BUYER, "settlements", wrong, "drop", note="数字有误")
    act(COUNTY, "settlements", drafted(700), "settle", note="同意")
    posted = {each.kind: each.amount for each in LedgerEntry.objects.filter(origin="settlements")}
    assert posted == {"结算": 700, "释放承诺": 200}


def test_a_line_of_the_bank_and_a_movement_are_matched_by_a_person_and_once() -> None:
    with acting(FINANCE):
        lines = [
            made("bank-lines", happened_on="2021-06-03", region=HECHENG, paid_out=1_000, code=f"B{n}")
            for n in (1, 2, 3)
        ]
    row = movement(amount=1_000)
    act(FINANCE, "bank-lines", lines[0], "match", movement=row)
    with pytest.raises(StepRefused, match="已与另一条"):
        act(FINANCE, "bank-lines", lines[1], "match", movement=row)
    with pytest.raises(StepRefused, match="金额不同"):
        act(FINANCE, "bank-lines", lines[2], "match", movement=movement(amount=999))
    came_in = made("bank-lines", happened_on="2021-06-03", region=HECHENG, paid_in=1_000, code="B9")
    with pytest.raises(StepRefused, match="方向不一致"):
        act(FINANCE, "bank-lines", came_in, "match", movement=row)
    act(FINANCE, "bank-lines", lines[0], "unmatch", note="选错")
    act(FINANCE, "bank-lines", lines[1], "match", movement=row)
