"""Steps of a staged register: taken once, by whom they are for, with what they need, and logged (``kernel.steps``)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from linzhan.kernel.checks import Checked, Outcome, StepStopped
from linzhan.kernel.ids import uuid7
from linzhan.kernel.registers import stepping
from linzhan.kernel.registers.batch import Incoming
from linzhan.kernel.registers.declare import REGISTERS, Register
from linzhan.kernel.registers.numbering import number_of
from linzhan.kernel.registers.refusing import HookRefused
from linzhan.kernel.registers.steplog import StepEntry
from linzhan.kernel.registers.stepping import GivenRefused, Taken, possible, stepped, take, taken_of
from linzhan.kernel.scope import EVERYTHING, Actor, Scope, acting, opened
from linzhan.kernel.sheets.cells import CLEAR
from linzhan.kernel.steps import CREATED, StepRefused, Steps, step
from linzhan.linkage.models import Need
from tests.factories.casework import need
from tests.factories.network import station
from tests.factories.places import TUOYUAN, ZHONGFANG

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hunan")]
ANN, BEN = Actor(id="ann", label="安"), Actor(id="ben", label="本")
EDIT = "linkage.needs.edit"


def _item_wanted(row: object) -> str:
    assert isinstance(row, dict)
    return "" if row["item"] else "请先填写服务事项"


NEED_STEPS = Steps(
    "需求",
    states={each: each for each in ("新", "已核实", "已匹配", "已办结")},
    initial=["新"],
    steps=[
        step("verify", "核实", "新", "已核实", right=EDIT, asks=("deadline",), urgency="紧急程度"),
        step("match", "匹配", "已核实", "已匹配", right=EDIT, not_by="verify", guard=_item_wanted),
        step("finish", "办结", ("已匹配", "已核实"), "已办结", right=EDIT, note="办结说明", not_by=CREATED),
    ],
)


@pytest.fixture
def needs() -> Register:
    return replace(REGISTERS["needs"], steps=NEED_STEPS, stage="status")


@pytest.fixture
def one() -> Iterator[UUID]:
    with opened(EVERYTHING, ANN):
        yield need(station(TUOYUAN), urgency=2)


def test_a_step_changes_the_stage_and_is_logged_with_who_and_why(needs: Register, one: UUID) -> None:
    taken = take(needs, one, "verify", {"deadline": "2026-12-01", "note": "电话核实"}, rights={EDIT})
    assert (taken.source, taken.target, taken.row["status"]) == ("新", "已核实", "已核实")
    assert str(Need.objects.get(pk=one).deadline) == "2026-12-01"
    entry = StepEntry.objects.get(row_id=one)
    assert (entry.step, entry.actor, entry.note, entry.region_code) == ("verify", "ann", "电话核实", TUOYUAN)


def test_what_a_step_requires_cannot_be_emptied_with_it(needs: Register, one: UUID) -> None:
    with pytest.raises(StepRefused, match="须填写：紧急程度"):
        take(needs, one, "verify", {"urgency": CLEAR}, rights={EDIT})


def test_the_same_step_asked_twice_is_one_step(needs: Register, one: UUID) -> None:
    entry = uuid7()
    take(needs, one, "verify", rights={EDIT}, entry_id=entry)
    assert take(needs, one, "verify", rights={EDIT}, entry_id=entry).again
    assert StepEntry.objects.filter(row_id=one).count() == 1
    with pytest.raises(StepRefused, match="另一次办理"):
        take(needs, one, "finish", {"note": "好了"}, rights={EDIT}, entry_id=entry)


@pytest.mark.parametrize(
    ("name", "given", "rights", "told"),
    [
        ("match", {}, {EDIT}, "不能“匹配”；现在可以：核实"),
        ("match", {}, set(), "不能“匹配”；现在由别人办理"),
        ("verify", {}, set(), "没有“核实”的权限"),
        ("verify", {"content": "改"}, {EDIT}, "不接收这些字段：content"),
        ("vanish", {}, {EDIT}, "没有“vanish”这一步"),
    ],
)
def test_a_step_that_cannot_be_taken_says_why_and_changes_nothing(
    needs: Register, one: UUID, name: str, given: dict[str, str], rights: set[str], told: str
) -> None:
    with pytest.raises(StepRefused, match=told):
        take(needs, one, name, given, rights=rights)
    assert Need.objects.get(pk=one).status == "新"
    assert not StepEntry.objects.filter(row_id=one).exists()


def test_what_came_with_a_step_and_cannot_be_saved_undoes_it(needs: Register, one: UUID) -> None:
    with pytest.raises(GivenRefused) as refused:
        take(needs, one, "verify", {"deadline": "明年春天"}, rights={EDIT})
    assert refused.value.faults[0].column == "截止日期"
    assert Need.objects.get(pk=one).status == "新"


def test_nobody_approves_their_own_act(needs: Register, one: UUID) -> None:
    take(needs, one, "verify", rights={EDIT})
    with pytest.raises(StepRefused, match="由他人办理"):
        take(needs, one, "finish", {"note": "好了"}, rights={EDIT})
    with acting(BEN):
        assert take(needs, one, "finish", {"note": "好了"}, rights={EDIT}).target == "已办结"


def test_a_guard_sees_the_row_as_it_would_stand(needs: Register, one: UUID) -> None:
    take(needs, one, "verify", rights={EDIT})
    with acting(BEN), pytest.raises(StepRefused, match="请先填写服务事项"):
        take(needs, one, "match", rights={EDIT})


def test_a_reason_is_wanted_anew_each_time(needs: Register, one: UUID) -> None:
    take(needs, one, "verify", {"note": "第一次"}, rights={EDIT})
    with acting(BEN), pytest.raises(StepRefused, match="须填写：办结说明"):
        take(needs, one, "finish", {"note": "  "}, rights={EDIT})


def test_what_follows_from_a_step_stands_or_falls_with_it(needs: Register, one: UUID) -> None:
    apart = replace(needs, key="needs-apart")
    seen: list[Taken] = []

    @stepped("needs-apart")
    def fail(taken: Taken) -> None:
        seen.append(taken)
        raise StepRefused("后续办理失败")

    with pytest.raises(StepRefused, match="后续办理失败"):
        take(apart, one, "verify", rights={EDIT})
    assert seen[0].target == "已核实"
    assert Need.objects.get(pk=one).status == "新"


def test_a_row_out_of_the_scope_is_none_at_all(needs: Register, one: UUID) -> None:
    with opened(Scope(regions=(ZHONGFANG,)), BEN), pytest.raises(LookupError):
        take(needs, one, "verify", rights={EDIT})


def test_the_buttons_are_the_steps_of_the_stage_and_the_rights(needs: Register) -> None:
    assert [each.name for each in possible(needs, {"status": "已核实"}, {EDIT})] == ["match", "finish"]
    assert possible(needs, {"status": "已核实"}, set()) == ()


def test_a_row_without_a_number_gets_one_from_its_id() -> None:
    numbered = replace(REGISTERS["needs"], numbered="XQ")
    identity = UUID("019a0000-0000-7000-8000-0000000000ff")
    made = Incoming.of(numbered, [{"id": identity}, {"id": identity, "code": "X1"}])
    assert made.columns["code"] == [number_of("XQ", identity), "X1"]
    assert number_of("XQ", identity).startswith("XQ-")
    assert number_of("XQ", identity) == number_of("XQ", identity) != number_of("XQ", uuid7())


def _measured(outcome: Outcome, overrule: str = "") -> Steps:
    told = Checked(
        key="needs.term",
        title="期限",
        outcome=outcome,
        words="40 个月，不得超过 36 个月",
        clause="示例办法 第三条",
        overrule=overrule,
    )
    first, *others = NEED_STEPS
    return Steps(
        "需求",
        states=NEED_STEPS.states,
        initial=NEED_STEPS.initial,
        steps=[replace(first, checks=lambda _row: [told]), *others],
    )


def test_a_check_that_stops_refuses_the_step_with_number_and_clause(needs: Register, one: UUID) -> None:
    stopped = replace(needs, steps=_measured(Outcome.STOP))
    with pytest.raises(StepStopped, match=r"40 个月，不得超过 36 个月（示例办法 第三条）") as refused:
        take(stopped, one, "verify", {"overrule": "急"}, rights={EDIT, "needs.overrule"})
    assert [each.key for each in refused.value.found] == ["needs.term"]
    assert not StepEntry.objects.filter(row_id=one).exists()


def test_who_may_overrule_a_check_says_why_and_both_are_kept(needs: Register, one: UUID) -> None:
    stopped = replace(needs, steps=_measured(Outcome.STOP, "needs.overrule"))
    with pytest.raises(StepStopped, match="不能办理"):
        take(stopped, one, "verify", {"overrule": "救灾"}, rights={EDIT})
    with pytest.raises(StepStopped, match="请写明理由"):
        take(stopped, one, "verify", {"overrule": "  "}, rights={EDIT, "needs.overrule"})
    take(stopped, one, "verify", {"overrule": "救灾"}, rights={EDIT, "needs.overrule"})
    entry = StepEntry.objects.get(row_id=one)
    assert (entry.overruled, entry.checks[0]["outcome"]) == ("救灾", "不得办理")


@pytest.mark.parametrize("outcome", [Outcome.PASS, Outcome.WARN, Outcome.UNKNOWN])
def test_a_check_that_does_not_stop_is_kept_with_the_step(
    needs: Register, one: UUID, outcome: Outcome
) -> None:
    take(replace(needs, steps=_measured(outcome)), one, "verify", {"overrule": "多余"}, rights={EDIT})
    entry = StepEntry.objects.get(row_id=one)
    assert (entry.overruled, [each["outcome"] for each in entry.checks]) == ("", [outcome])


def test_what_follows_from_a_step_and_is_refused_refuses_the_step_and_undoes_it(
    needs: Register, one: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_taken: Taken) -> None:
        raise HookRefused("没有空余的床位，请先联系养老院")

    monkeypatch.setitem(stepping._followers, "needs", [refuse])
    with pytest.raises(StepRefused, match="没有空余的床位"):
        take(needs, one, "verify", rights={EDIT})
    assert Need.objects.get(pk=one).status == "新"
    assert not StepEntry.objects.filter(row_id=one).exists()


def test_a_step_of_a_slower_clock_comes_after_the_one_it_follows(needs: Register, one: UUID) -> None:
    """Whatever two phones' clocks say: the log tells the steps in the order in which they were taken."""
    now = timezone.now()
    take(needs, one, "verify", rights={EDIT}, at=now)
    with acting(BEN):
        take(needs, one, "finish", {"note": "已上门"}, rights={EDIT}, at=now - timedelta(hours=3))
    assert [each.step for each in taken_of(needs, one)] == ["verify", "finish"]
    assert taken_of(needs, one)[1].at > now


@pytest.mark.parametrize(
    "identity", [UUID(int=0xFFFF << 112 | 4 << 76 | 2 << 62), UUID(int=2**128 - 1), UUID(int=0)]
)
def test_an_id_that_tells_no_day_is_numbered_without_one(identity: UUID) -> None:
    assert number_of("GA", identity).startswith("GA-000000-")
    assert number_of("GA", uuid7()).startswith(f"GA-{timezone.localdate():%y%m%d}-")


def test_a_year_that_no_calendar_has_is_no_day() -> None:
    assert number_of("GA", UUID(int=(2**48 - 1) << 80 | 7 << 76 | 2 << 62)).startswith("GA-000000-")
