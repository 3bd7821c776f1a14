"""An order to put something right: its terms, who may do what, how it ends, and what follows (RSK-07…10)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from linzhan.kernel.checks import Checked, Outcome
from linzhan.kernel.registers.amending import amend, told
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.scope import Actor, Scope, opened
from linzhan.kernel.steps import StepRefused
from linzhan.kernel.working_days import later
from linzhan.oversight.models import Rectification, RectificationItem, RectificationMeans
from linzhan.oversight.rectification import rules
from linzhan.oversight.rectification.parameters import INSTITUTION_BAR
from linzhan.policy.api import Deadline, parameter_named
from linzhan.policy.parameters.oversight import HOLIDAYS
from linzhan.procurement.api import ServiceProject, payment_checks
from linzhan.providers.api import Provider, Sanction, standing_checks
from tests.factories.figures import value
from tests.factories.network import station
from tests.factories.places import HECHENG, HUNAN
from tests.factories.policy import stated
from tests.factories.procurement import project
from tests.factories.providers import provider
from tests.factories.rectifications import (
    BEN,
    HEAD,
    PURCHASER,
    again,
    at_check,
    checked,
    failed,
    items,
    made,
    order,
    step_of,
    stepped,
)
from tests.factories.rows import made as written
from tests.factories.rows import refused
from tests.oversight.conftest import found

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hunan")]
TODAY = timezone.localdate()


def test_terms_are_counted_in_hours_days_and_working_days() -> None:
    friday = date(2026, 11, 20)
    terms = [
        Deadline(case="红", number=3, unit="日"),
        Deadline(case="橙", number=36, unit="小时"),
        Deadline(case="黄", number=5, unit="工作日"),
    ]
    assert rules.due(friday, "红", terms, later) == date(2026, 11, 23)
    assert rules.due(friday, "橙", terms, later) == date(2026, 11, 22)
    assert rules.due(friday, "黄", terms, later) == date(2026, 11, 27)
    assert rules.due(friday, "蓝", terms, later) is None


def test_an_order_before_a_holiday_gives_the_working_days_after_it_as_the_place_has_them() -> None:
    """Spring Festival 2026 from the library, that of 2027 as the province entered it."""
    stated(HOLIDAYS, {"off": ["2027-02-05至2027-02-11"], "worked": ["2027-02-13"]}, HUNAN, variant="2027")
    rows = [{"case": "红", "number": 3, "unit": "工作日"}, {"case": "黄", "number": 30, "unit": "日"}]
    stated(parameter_named("oversight.rectification_deadlines"), rows, HECHENG)
    held = order(provider=provider().uscc, severity="红", issued_on="2026-02-12")
    assert (held.plan_due, held.due_on) == (date(2026, 2, 26), date(2026, 2, 24))
    held = order(provider=provider().uscc, severity="红", issued_on="2027-02-04")
    assert (held.plan_due, held.due_on) == (date(2027, 2, 17), date(2027, 2, 15))


def test_an_order_says_until_when_by_its_severity_and_has_its_finding_as_first_item() -> None:
    """Default terms: 红 3, 橙 15, 黄 30, 蓝 60 days; the plan within five working days."""
    firm = provider()
    held = None
    for severity, days in (("红", 3), ("橙", 15), ("黄", 30), ("蓝", 60)):
        held = order(provider=firm.uscc, severity=severity, issued_on="2026-11-20")
        assert held.due_on == date(2026, 11, 20) + timedelta(days=days)
        assert held.plan_due == date(2026, 11, 27)
        [item] = items(held)
        assert (item.due_on, item.stage, item.provider_id) == (held.due_on, "待整改", firm.pk)
    assert held is not None
    assert held.origin == "日常监管"


def test_an_order_on_a_project_takes_its_institution_and_purchaser() -> None:
    firm = provider()
    held = order(project=_code(project(provider=firm.uscc, purchaser="甲镇")), purchaser=None)
    assert (held.provider_id, held.purchaser) == (firm.pk, "甲镇")


def _code(project_id: UUID) -> str:
    return ServiceProject.objects.get(pk=project_id).code


def test_who_answers_does_not_check_and_all_items_are_cleared_before_it_passes() -> None:
    held = order(provider=provider().uscc)
    second = made("rectification-items", order=held.pk, finding="没有当面核对", basis="同上", severity="黄")
    held.refresh_from_db()
    assert held.due_on == TODAY + timedelta(days=30)
    stepped(held, "plan", by=HEAD, plan="补录并培训")
    with pytest.raises(StepRefused, match="不能由提交的人"):
        stepped(held, "accept_plan", by=HEAD)
    stepped(held, "accept_plan")
    step_of("rectification-items", second, "report", by=HEAD, measure="培训", evidence="签到表")
    with pytest.raises(StepRefused, match="不能由提交的人"):
        step_of("rectification-items", second, "clear", by=HEAD, check_finding="好")
    step_of("rectification-items", second, "clear", check_finding="抽查属实")
    checked(held)
    with pytest.raises(StepRefused, match="还有 1 个整改项没有销号"):
        stepped(held, "pass")
    with pytest.raises(StepRefused, match="不能由提交的人"):
        stepped(held, "return", by=HEAD, note="缺照片")
    step_of("rectification-items", items(held)[0].pk, "clear", check_finding="抽查属实")
    held.refresh_from_db()
    assert (held.stage, held.passed_on) == ("已通过", TODAY)
    assert held.look_back_from == TODAY + timedelta(days=60)
    assert held.look_back_by == TODAY + timedelta(days=90)
    assert not RectificationItem.objects.filter(order=held, cleared_on__isnull=True).exists()


def test_evidence_is_returned_twice_at_most() -> None:
    held = at_check(order(provider=provider().uscc))
    for _time in range(2):
        stepped(held, "return", note="缺台账")
        checked(held)
    with pytest.raises(StepRefused, match="已退回 2 次，达到上限"):
        stepped(held, "return", note="缺台账")


def test_what_stands_is_changed_by_steps_only() -> None:
    held = order(provider=provider().uscc)
    orders = REGISTERS["rectifications"]
    assert "办理步骤" in told(amend(orders, held.pk, {"stage": "已通过"}))
    assert "办理步骤" in told(amend(orders, held.pk, {"plan": "代拟"}))
    stepped(held, "plan", by=HEAD, plan="补录")
    assert "已经报了计划" in told(amend(orders, held.pk, {"finding": "另一件事"}))
    assert "办理步骤" in told(amend(REGISTERS["rectification-items"], items(held)[0].pk, {"stage": "已销号"}))


def test_the_right_of_reply_is_kept_and_stands_before_a_failure() -> None:
    held = at_check(order(provider=provider().uscc))
    said = made("rectification-answers", by=HEAD, order=held.pk, about="核查结论", statement="设备损坏在先")
    with pytest.raises(StepRefused, match="还没有答复"):
        failed(held)
    with pytest.raises(StepRefused, match="不能由提交的人"):
        step_of("rectification-answers", said, "respond", by=HEAD, response="采纳")
    step_of("rectification-answers", said, "respond", response="部分采纳：设备已另行核查")
    failed(held)
    assert (held.stage, held.failures) == ("未通过", 1)


def test_a_later_item_has_its_own_days_from_when_it_is_found() -> None:
    """An order three weeks old does not make what is found today late at once."""
    issued = TODAY - timedelta(days=21)
    held = order(provider=provider().uscc, severity="黄", issued_on=issued.isoformat())
    stepped(held, "plan", by=HEAD, plan="补录并培训")
    second = made("rectification-items", order=held.pk, finding="没有当面核对", basis="同上", severity="橙")
    assert RectificationItem.objects.get(pk=second).due_on == TODAY + timedelta(days=15)


def test_days_that_come_one_by_one_stand_in_their_order() -> None:
    firm = provider()
    complaint = made(
        "provider-complaints", region=firm.region_code, institution=firm.uscc, received_on="2026-11-20",
        matter="服务质量", content="没有上门",
    )  # fmt: skip
    with pytest.raises(StepRefused, match="受理日期 2026-11-01 早于收到日期 2026-11-20"):
        step_of("provider-complaints", complaint, "admit", admitted_on="2026-11-01")


def test_the_look_back_opens_again_what_came_back_and_past_figures_stay() -> None:
    held = order(provider=provider().uscc)
    at_check(held)
    [item] = items(held)
    step_of("rectification-items", item.pk, "clear", check_finding="属实")
    held.refresh_from_db()
    with pytest.raises(StepRefused, match="回头看从"):
        stepped(held, "look_back", look_back_on=TODAY.isoformat(), look_back_finding="没有反弹")
    step_of("rectification-items", item.pk, "relapse", note="又有三成补录")
    held.refresh_from_db()
    old, new = items(held)
    assert (held.stage, held.passed_on) == ("整改中", None)
    assert (old.stage, old.cleared_on, new.repeats_id) == ("已销号", TODAY, old.pk)
    assert new.due_on == TODAY + timedelta(days=15)
    with pytest.raises(StepRefused, match="整改中"):
        step_of("rectification-items", item.pk, "relapse", note="又有三成补录")


def bar_of(held: Rectification) -> Sanction | None:
    return Sanction.objects.filter(pk=held.sanction_id).first() if held.sanction_id else None


@pytest.fixture
def huaihua(hunan: None) -> None:
    value = {"years": 2, "scope": "本购买方的项目", "because": "评估不合格，整改后仍不合格"}
    stated(INSTITUTION_BAR, value, HECHENG)


@pytest.mark.usefixtures("huaihua")
def test_a_second_failure_proposes_a_bar_from_that_purchaser_which_is_told_answered_and_decided() -> None:
    """RSK-09: two years, this purchaser's projects; nothing binds before the existing machine has decided."""
    firm = provider()
    held = failed(at_check(order(provider=firm.uscc)))
    assert bar_of(held) is None
    failed(again(held))
    bar = bar_of(held)
    assert bar is not None
    assert (bar.kind, bar.stage, bar.purchaser) == ("禁入本单位项目", "拟定", PURCHASER)
    assert "第 2 次未通过" in bar.facts
    asked: dict[str, Any] = {"region": HECHENG, "on": TODAY}
    assert not barred(firm, asked, PURCHASER)
    began = TODAY - timedelta(days=10)
    notice: dict[str, Any] = {
        "notified_on": began.isoformat(),
        "reply_by": (began + timedelta(days=6)).isoformat(),
    }
    step_of("provider-sanctions", bar.pk, "notify", **notice)
    decision: dict[str, Any] = {
        "decision_number": "民决〔2026〕1号",
        "decided_on": TODAY.isoformat(),
        "starts_on": TODAY.isoformat(),
        "ends_on": TODAY.replace(year=TODAY.year + 2).isoformat(),
        "note": "两次核查未通过",
    }
    with pytest.raises(StepRefused, match="不能由提交的人"):
        step_of("provider-sanctions", bar.pk, "decide", **decision)
    step_of("provider-sanctions", bar.pk, "decide", by=BEN, **decision)
    assert barred(firm, asked, PURCHASER)
    assert not barred(firm, asked, "另一个购买方")


def barred(firm: Provider, asked: dict[str, Any], purchaser: str) -> bool:
    checks = standing_checks(firm.pk, purchaser=purchaser, **asked)
    return any(each.outcome is Outcome.STOP and "禁入" in str(each.title) for each in checks)


@pytest.mark.usefixtures("huaihua")
def test_after_a_failed_evaluation_the_first_failed_check_is_the_second_failure() -> None:
    firm = provider()
    code = _code(project(provider=firm.uscc))
    result = {"kind": "末期", "period": "2021", "evaluator": "评估中心", "subject_kind": "项目", "subject": code,
              "grade": "不合格", "evaluated_on": "2022-01-10"}  # fmt: skip
    evaluation = written("evaluations", code="PG1", **result)
    held = order(project=code, evaluation=evaluation, purchaser=PURCHASER)
    assert held.origin == "评估"
    failed(at_check(held))
    bar = bar_of(held)
    assert bar is not None
    assert bar.grounds == ["评估不合格且整改后仍不合格"]


def test_where_no_document_names_a_bar_none_is_proposed() -> None:
    held = failed(again(failed(at_check(order(provider=provider().uscc)))))
    assert (held.failures, held.sanction_id) == (2, None)


def test_means_go_from_mild_to_binding_and_what_binds_is_announced_and_answered() -> None:
    firm = provider()
    bought = project(provider=firm.uscc, purchaser=PURCHASER)
    held = order(provider=firm.uscc)
    early = made("rectification-means", order=held.pk, kind="通报", content="逾期")
    with pytest.raises(StepRefused, match="没有未通过，也没有逾期"):
        step_of("rectification-means", early, "carry_out", by=BEN, starts_on=TODAY.isoformat())
    failed(at_check(held))
    with pytest.raises(StepRefused, match="须先实施过发函或约谈"):
        step_of("rectification-means", early, "carry_out", by=BEN, starts_on=TODAY.isoformat())
    talk = made("rectification-means", order=held.pk, kind="约谈", content="核查未通过")
    with pytest.raises(StepRefused, match="不能由提交的人"):
        step_of("rectification-means", talk, "carry_out", starts_on=TODAY.isoformat())
    step_of("rectification-means", talk, "carry_out", by=BEN, starts_on=TODAY.isoformat())
    stop = made("rectification-means", order=held.pk, kind="暂停拨付", content="合同第十二条")
    with pytest.raises(StepRefused, match="须先告知"):
        step_of("rectification-means", stop, "carry_out", by=BEN, starts_on=TODAY.isoformat())
    with pytest.raises(StepRefused, match="不得少于 5 日"):
        step_of(
            "rectification-means", stop, "notify", notified_on=TODAY.isoformat(), reply_by=TODAY.isoformat()
        )
    until = (TODAY + timedelta(days=5)).isoformat()
    before = (held.issued_on - timedelta(days=1)).isoformat()
    with pytest.raises(StepRefused, match=r"告知日期 .* 早于下达日期"):
        step_of("rectification-means", stop, "notify", notified_on=before, reply_by=until)
    step_of("rectification-means", stop, "notify", notified_on=TODAY.isoformat(), reply_by=until)
    with pytest.raises(StepRefused, match="陈述申辩期到"):
        step_of("rectification-means", stop, "carry_out", by=BEN, starts_on=TODAY.isoformat())
    step_of("rectification-means", stop, "answer", by=HEAD, reply="已在整改")
    with pytest.raises(StepRefused, match="对意见的答复"):
        step_of("rectification-means", stop, "carry_out", by=BEN, starts_on=TODAY.isoformat())
    assert not held_back(bought)
    with pytest.raises(StepRefused, match="实施日期不能早于"):
        step_of("rectification-means", stop, "carry_out", by=BEN, starts_on=before, response="不采纳")
    step_of("rectification-means", stop, "carry_out", by=BEN, starts_on=TODAY.isoformat(), response="不采纳")
    assert RectificationMeans.objects.get(pk=stop).replied_on == TODAY
    [check] = held_back(bought)
    assert held.code in check.words
    assert not held_back(project(provider=firm.uscc, purchaser="另一个购买方"))
    with pytest.raises(StepRefused, match=r"解除日期 .* 早于实施日期"):
        step_of("rectification-means", stop, "lift", by=BEN, lifted_on=before, note="已通过")
    step_of("rectification-means", stop, "lift", by=BEN, lifted_on=TODAY.isoformat(), note="已通过")
    assert not held_back(bought)


def held_back(bought: UUID) -> list[Checked]:
    made_of = payment_checks(bought, amount=Decimal(1), on=TODAY)
    return [each for each in made_of if each.key == "payment.suspended"]


def test_a_complaint_names_nobody_who_wants_to_stay_unknown_and_is_the_bureaus_alone() -> None:
    firm = provider()
    row: dict[str, Any] = {"region": HECHENG, "institution": firm.uscc, "received_on": TODAY.isoformat(), "matter": "服务质量",
           "content": "探访走过场"}  # fmt: skip
    assert "匿名投诉不登记" in refused("provider-complaints", **row, anonymous="是", complainant="某人")
    made("provider-complaints", **row, anonymous="是")
    complaints = REGISTERS["provider-complaints"].model._default_manager
    for scope in (Scope(providers=(str(firm.pk),)), Scope(regions=(HECHENG,))):
        with opened(scope, Actor(label="看")):
            assert not complaints.exists()
    with opened(Scope(regions=(HECHENG,), circles=("oversight.complaints.handle",)), Actor(label="经办")):
        assert complaints.exists()


def test_days_stand_in_the_order_in_which_things_happen() -> None:
    yesterday, tomorrow = ((TODAY + timedelta(days=n)).isoformat() for n in (-1, 1))
    firm = provider()
    held = order(provider=firm.uscc)
    told = {"order": held.pk, "finding": "没有签收", "basis": "协议", "severity": "黄"}
    assert "不能早于下达日期" in refused("rectification-items", **told, due_on=yesterday)
    stepped(held, "plan", by=HEAD, plan="补签")
    stepped(held, "accept_plan")
    stepped(held, "evidence", by=HEAD, evidence="已补签")
    for day, words in ((yesterday, "早于下达日期"), (tomorrow, "核查日期不能晚于今天")):
        with pytest.raises(StepRefused, match=words):
            stepped(held, "check", check_way="远程核查", checked_on=day)
    row: dict[str, Any] = {
        "region": HECHENG,
        "institution": firm.uscc,
        "matter": "服务质量",
        "content": "探访走过场",
    }
    assert "收到日期不能晚于今天" in refused("provider-complaints", **row, received_on=tomorrow)
    complaint = made("provider-complaints", **row, received_on=TODAY.isoformat())
    with pytest.raises(StepRefused, match="早于收到日期"):
        step_of("provider-complaints", complaint, "admit", admitted_on=yesterday)
    step_of("provider-complaints", complaint, "admit", admitted_on=TODAY.isoformat())
    with pytest.raises(StepRefused, match="早于受理日期"):
        step_of("provider-complaints", complaint, "uphold", by=BEN, conclusion="属实", concluded_on=yesterday)


def test_the_institution_and_its_station_see_what_is_asked_of_them_and_nobody_else_does() -> None:
    town, other = station(), provider()
    held = order(station=town.code)
    assert held.provider_id == town.provider_id
    for scope, sees in (
        (Scope(stations=(str(town.pk),)), True),
        (Scope(providers=(str(other.pk),)), False),
    ):
        with opened(scope, Actor(label="看")):
            assert Rectification.objects.filter(pk=held.pk).exists() is sees
            assert RectificationItem.objects.filter(order=held.pk).exists() is sees


def test_an_order_past_its_term_without_a_plan_or_with_what_came_back_is_warned_of() -> None:
    """RW29: one finding for an order, whatever the number of its items."""
    firm = provider()
    held = order(provider=firm.uscc, issued_on="2021-12-01", severity="红")
    made(
        "rectification-items",
        order=held.pk,
        finding="没有当面核对",
        basis="同上",
        severity="红",
        due_on="2021-12-20",
    )
    quiet = order(provider=firm.uscc, issued_on="2021-12-30", severity="蓝")
    [one] = found("RW29")
    assert (one.key, one.severity, one.provider_id) == (str(held.pk), 3, firm.pk)
    assert "2 项过了期限没有销号" in one.message
    assert "仍没有报整改计划" in one.message
    assert found("RW29", date(2021, 12, 4)) == []
    assert {each.key for each in found("RW29", date(2022, 2, 28))} == {str(held.pk), str(quiet.pk)}


def test_items_are_counted_in_the_figures_and_unknown_without_a_register() -> None:
    assert value("rectifications.open", HECHENG) is None
    held = order(provider=provider().uscc, issued_on="2021-06-01", severity="蓝")
    second = made(
        "rectification-items",
        order=held.pk,
        finding="乙",
        basis="同上",
        severity="蓝",
        opened_on="2021-06-02",
    )
    RectificationItem.objects.filter(pk=second).update(cleared_on="2021-08-01", stage="已销号")
    assert value("rectifications.open", HECHENG) == 1
    assert value("rectifications.cleared_rate", HECHENG) == 50
    dropped = made(
        "rectification-items",
        order=held.pk,
        finding="丙",
        basis="同上",
        severity="蓝",
        opened_on="2021-06-02",
    )
    step_of("rectification-items", dropped, "drop", note="重复")
    assert value("rectifications.open", HECHENG) == 1
