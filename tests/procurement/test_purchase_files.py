"""What holds of a purchase wherever it is: nobody approves alone, what was approved stands, contracts change by amendment."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from linzhan.kernel.access import rights_of
from linzhan.kernel.checks import StepStopped
from linzhan.kernel.registers.amending import amend, told
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import Taken, possible, take
from linzhan.kernel.registers.writing import save_one
from linzhan.kernel.scope import Actor, Scope, acting, opened
from linzhan.kernel.steps import StepRefused
from linzhan.procurement.api import ServiceProject, open_afterwards, unfiled
from linzhan.procurement.models import ContractChange, Milestone, ProjectState, PurchaseFile
from linzhan.procurement.purchase import rules
from linzhan.procurement.purchase.steps import PURCHASE_STEPS
from tests.factories.places import HECHENG, ZHONGFANG
from tests.factories.providers import provider
from tests.factories.purchases import GIVEN, bid, milestone, project, purchase, purchase_row
from tests.factories.rows import made

pytestmark = pytest.mark.usefixtures("rulebook")
FILES = "purchase-files"
ALL = rights_of("county_official") | rights_of("finance") | rights_of("purchaser")
ANN, BEN = Actor(id="ann", label="安"), Actor(id="ben", label="本")


def do(identity: UUID, name: str, *, actor: Actor = ANN, register: str = FILES, **given: Any) -> Taken:
    usual = GIVEN.get(name, {}) if register == FILES else {}
    with acting(actor):
        return take(REGISTERS[register], identity, name, {**usual, **given}, rights=ALL)


@pytest.mark.django_db
@pytest.mark.parametrize("name", [one.name for one in PURCHASE_STEPS if one.not_by])
def test_whoever_asks_does_not_decide(name: str) -> None:
    asked = PURCHASE_STEPS[name].not_by
    identity = purchase(stage=min(PURCHASE_STEPS[asked].sources))
    if asked in ("draft", "plan"):
        amend(REGISTERS[FILES], identity, {"provider": provider().uscc})
    if asked == "propose_end":
        do(identity, asked, terminated_on="2023-05-01", note="机构撤出")
    else:
        do(identity, asked)
    with pytest.raises(StepRefused, match="由他人办理"):
        do(identity, name, note="同意")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("stage", "column", "value", "words"),
    [
        ("待立项", "budget_total", 950000, "退回立项"),
        ("采购", "service_content", "只做探访", "采购方式已报批"),
        ("合同拟定", "contract_amount", 1, "退回合同"),
        ("执行", "ends_on", "2027-03-31", "合同变更"),
        ("结项", "final_result", "优秀", "退回结算"),
    ],
)
def test_what_was_approved_stands(stage: str, column: str, value: Any, words: str) -> None:
    identity = purchase(stage=stage, contract_amount=880000, ends_on="2026-03-31", final_result="良好")
    assert words in told(amend(REGISTERS[FILES], identity, {column: value}))
    same = {"name": "坨院街道社工站三年服务（第一标段）", "budget_total": 900000}
    assert not told(amend(REGISTERS[FILES], identity, same))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("bids", "words"),
    [
        ([], "先在“响应供应商”里登记"),
        ([{"result": "未成交", "bidder_name": "甲"}], "记为“成交”"),
        ([{"result": "成交", "bidder_name": "甲"}], "还没有在“承接机构”中登记"),
        ([{"result": "成交", "bidder": "*", "qualified": False}], "没有记录通过资格审查"),
    ],
)
def test_an_award_needs_one_registered_and_qualified_winner(bids: list[dict[str, Any]], words: str) -> None:
    identity = purchase(stage="采购")
    for each in bids:
        bid(identity, **{**each, **({"bidder": provider().uscc} if each.get("bidder") else {})})
    with pytest.raises(StepRefused, match=words):
        do(identity, "award")


@pytest.mark.django_db
def test_nobody_judges_whom_they_are_bound_to_and_nobody_keeps_silent() -> None:
    identity = purchase(stage="采购")
    bid(identity, bidder=provider().uscc, result="成交")
    judge = made(
        "panel-members", purchase=identity, name="石砚田", interest="有", interest_with="原任该机构理事"
    )
    with pytest.raises(StepStopped, match=r"石砚田：原任该机构理事，未回避.*第十二条"):
        do(identity, "award")
    amend(REGISTERS["panel-members"], judge, {"recused": True})
    made("panel-members", purchase=identity, name="覃有田")
    with pytest.raises(StepStopped, match="没有利害关系声明：覃有田"):
        do(identity, "award")
    bid(identity, bidder=provider(name="白露社工").uscc, result="未成交", interest=None)
    with pytest.raises(StepStopped, match="没有利害关系声明：白露社工、覃有田"):
        do(identity, "award")


@pytest.mark.django_db
def test_anything_but_an_open_tender_says_why() -> None:
    identity = purchase(stage="立项")
    with pytest.raises(StepRefused, match=r"单一来源.*理由"):
        do(identity, "propose_method", method="单一来源")
    assert do(identity, "propose_method", method="单一来源", method_reason="只有一家").target == "待批方式"


def ready_to_sign(**values: Any) -> UUID:
    facts = {**GIVEN["approve"], **GIVEN["propose_method"], **GIVEN["approve_method"], **GIVEN["draft"]}
    identity = purchase(**{"provider": provider().uscc, **facts, **values})
    outcome = amend(REGISTERS[FILES], identity, {"stage": "合同拟定"})
    assert not outcome.faults
    return identity


@pytest.mark.django_db
def test_the_signature_links_a_project_that_an_import_brought_and_no_other() -> None:
    identity = ready_to_sign()
    imported = project(PurchaseFile.objects.get(pk=identity).provider_id, code="HT-2023-1", status="签约")  # type: ignore[arg-type]
    do(identity, "sign", actor=BEN)
    assert PurchaseFile.objects.get(pk=identity).project_id == imported
    assert ServiceProject.objects.get(pk=imported).name == "坨院街道社工站三年服务"
    again = ready_to_sign()
    with pytest.raises(StepRefused, match="已用于采购"):
        do(again, "sign", actor=BEN)
    project(provider().uscc, code="HT-2023-2")
    other = ready_to_sign(contract_code="HT-2023-2")
    with pytest.raises(StepRefused, match="承接机构不同"):
        do(other, "sign", actor=BEN)


@pytest.mark.django_db
def test_a_stop_is_overruled_by_right_and_reason_only_where_somebody_may() -> None:
    early = purchase(stage="待批方式", directory_checked=None)
    with pytest.raises(StepStopped, match="写明理由"):
        do(early, "approve_method", actor=BEN)
    finance, given = rights_of("finance"), {**GIVEN["approve_method"], "overrule": "急"}
    with acting(BEN), pytest.raises(StepStopped, match="不能办理"):
        take(REGISTERS[FILES], early, "approve_method", given, rights=finance)
    assert do(early, "approve_method", actor=BEN, overrule="目录正在修订").target == "采购"
    minutes = purchase(stage="待立项")
    with pytest.raises(StepStopped, match="会议纪要"):
        do(minutes, "approve", actor=BEN, minutes_number="", reported_matters=(), overrule="来不及")


@pytest.mark.django_db
def test_an_amendment_changes_the_contract_when_somebody_else_approves_it() -> None:
    identity = ready_to_sign()
    do(identity, "sign", actor=BEN)
    found = PurchaseFile.objects.get(pk=identity)
    assert found.project_id is not None
    change = made(
        "contract-changes", project=found.project_id, effective_on="2024-01-01", new_amount=960000,
        new_staff=6, new_visits=3000,
    )  # fmt: skip
    with pytest.raises(StepRefused, match="变更原因"):
        do(change, "submit", register="contract-changes")
    do(change, "submit", register="contract-changes", reason="增加一个站", agreed_on="2023-12-20")
    with pytest.raises(StepRefused, match="由他人办理"):
        do(change, "approve", register="contract-changes", note="同意")
    do(change, "approve", register="contract-changes", note="同意", actor=BEN)
    project_now = ServiceProject.objects.get(pk=found.project_id)
    assert (project_now.contract_amount, project_now.staff, project_now.target_visits) == (960000, 6, 3000)
    found.refresh_from_db()
    assert (found.contract_amount, found.staff, found.stage) == (960000, 6, "签约")
    kept = ContractChange.objects.get(pk=change)
    assert (kept.old_amount, kept.old_ends_on, kept.stage) == (880000, date(2026, 3, 31), "已批准")
    states = ProjectState.objects.filter(subject=found.project_id).order_by("valid_from")
    assert [(state.valid_from, state.staff) for state in states][-1] == (date(2024, 1, 1), 6)


@pytest.mark.django_db
def test_supplements_together_stay_within_a_tenth_of_the_original() -> None:
    identity = ready_to_sign()
    do(identity, "sign", actor=BEN)
    owner = PurchaseFile.objects.get(pk=identity).project_id
    for amount, words in (
        (950000, ""),
        (968000, ""),
        (969000, "10.1%，基数为原合同金额 880,000 元，不得超过 10%"),
    ):
        change = made("contract-changes", project=owner, effective_on="2024-01-01", new_amount=amount)
        do(change, "submit", register="contract-changes", reason="增加服务", agreed_on="2023-12-20")
        if words:
            with pytest.raises(StepStopped, match=words):
                do(change, "approve", register="contract-changes", note="同意", actor=BEN)
        else:
            do(change, "approve", register="contract-changes", note="同意", actor=BEN)


@pytest.mark.django_db
def test_an_amendment_that_changes_nothing_is_refused() -> None:
    owner = project(provider().uscc)
    change = made("contract-changes", project=owner, effective_on="2021-06-01")
    with pytest.raises(StepRefused, match="至少一项"):
        do(change, "submit", register="contract-changes", reason="无", agreed_on="2021-05-20")


@pytest.mark.django_db
def test_files_made_afterwards_begin_where_their_project_is() -> None:
    running = project(provider().uscc, staff=4)
    closed = project(provider().uscc, status="结项")
    assert set(unfiled().values_list("pk", flat=True)) == {running, closed}
    assert open_afterwards(unfiled()) == (2, [])
    file = PurchaseFile.objects.get(project=running)
    assert (file.stage, file.origin, file.contract_amount, file.staff) == ("执行", "补建", 500000, 4)
    assert PurchaseFile.objects.get(project=closed).stage == "结项"
    assert open_afterwards(ServiceProject.objects.all()) == (0, [])
    row = {**purchase_row(), "project": running}
    assert "已经有采购档案" in told(save_one(REGISTERS[FILES], row))
    do(file.pk, "evaluate_mid")
    assert ServiceProject.objects.get(pk=running).status == "评估"


@pytest.mark.django_db
def test_a_suspended_or_disputed_contract_goes_on_and_an_ended_one_ends_its_project() -> None:
    running = project(provider().uscc)
    open_afterwards(unfiled())
    file = PurchaseFile.objects.get(project=running).pk
    for name in ("suspend", "resume", "dispute", "agree"):
        do(file, name, note="说明")
    do(file, "propose_end", terminated_on="2021-06-30", note="机构被吊销")
    do(file, "end", note="同意", actor=BEN)
    assert ServiceProject.objects.get(pk=running).status == "终止"


@pytest.mark.django_db
def test_an_institution_sees_its_contract_and_delivers_and_no_more() -> None:
    one = provider()
    mine = ready_to_sign(provider=one.uscc)
    other = purchase(provider=provider().uscc)
    bid(mine, bidder=one.uscc)
    do(mine, "sign", actor=BEN)
    held = rights_of("provider_manager")
    with opened(Scope(providers=(str(one.pk),)), Actor(id="eva")):
        assert list(PurchaseFile.objects.values_list("pk", flat=True)) == [mine]
        names = {each.name for each in possible(REGISTERS[FILES], {"stage": "签约"}, held)}
        assert names == {"staff"}
        assert "procurement.bids.view" not in held
        assert "procurement.purchases.edit" not in held
    with opened(Scope(regions=(ZHONGFANG,)), Actor(id="eva")):
        assert not PurchaseFile.objects.exists()
    with opened(Scope(regions=(HECHENG,)), Actor(id="eva")):
        assert PurchaseFile.objects.filter(pk__in=(mine, other)).count() == 2


@pytest.mark.parametrize(
    ("starts", "ends", "years", "longer", "words"),
    [
        ("2023-04-01", "2026-03-31", 3, False, "36 个月"),
        ("2023-04-01", "2026-04-01", 3, True, "36 个月零 1 天"),
        ("2024-02-29", "2027-02-27", 3, False, "36 个月"),
        ("2024-02-29", "2027-02-28", 3, True, "36 个月零 1 天"),
        ("2023-01-01", "2023-01-20", 1, False, "20 天"),
    ],
)
def test_a_term_is_counted_with_both_its_days(
    starts: str, ends: str, years: int, longer: bool, words: str
) -> None:
    first, last = date.fromisoformat(starts), date.fromisoformat(ends)
    assert rules.longer_than(first, last, years) is longer
    assert rules.term_in_words(first, last) == words


@pytest.mark.django_db
def test_what_stands_on_a_project_goes_with_its_institution() -> None:
    owner = project(provider().uscc)
    open_afterwards(unfiled())
    mark = milestone(owner)
    new = provider()
    amend(REGISTERS["projects"], owner, {"provider": new.uscc})
    assert Milestone.objects.get(pk=mark).provider_id == new.pk
    assert PurchaseFile.objects.get(project=owner).provider_id == new.pk
