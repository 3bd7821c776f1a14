"""State machines: only declared steps, from declared states, by the right, with the fields."""

from __future__ import annotations

from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linzhan.kernel.steps import Step, StepRefused, Steps, step


class Status(StrEnum):
    PLANNED = "planned"
    OPERATING = "operating"
    PAUSED = "paused"
    CLOSED = "closed"


LABELS = {Status.PLANNED: "计划", Status.OPERATING: "运营", Status.PAUSED: "暂停", Status.CLOSED: "撤销"}
MANAGE, CLOSE = "network.manage", "network.close"
TABLE = [
    step(
        "open", "启用", [Status.PLANNED, Status.PAUSED], Status.OPERATING, right=MANAGE, opened_on="启用日期"
    ),
    step("pause", "暂停", Status.OPERATING, Status.PAUSED, right=MANAGE, reason="原因"),
    step(
        "close",
        "撤销",
        [Status.OPERATING, Status.PAUSED],
        Status.CLOSED,
        right=CLOSE,
        reason="原因",
        number="文号",
    ),
]
STATION = Steps("社工站", states=LABELS, initial=[Status.PLANNED], steps=TABLE)


def machine(*steps: Step) -> Steps:
    return Steps("社工站", states=LABELS, initial=[Status.PLANNED], steps=steps)


def test_a_step_leads_to_its_target() -> None:
    assert STATION.take("pause", Status.OPERATING, {"reason": "装修"}) == Status.PAUSED


def test_a_step_from_another_state_is_refused_with_what_is_possible() -> None:
    with pytest.raises(StepRefused, match=r"社工站现为“计划”.不能“暂停”.现在可以.启用"):
        STATION.take("pause", Status.PLANNED, {"reason": "装修"})


def test_nothing_leads_out_of_a_final_state() -> None:
    assert STATION.allowed(Status.CLOSED, {MANAGE, CLOSE}) == ()
    with pytest.raises(StepRefused, match="这是最终状态"):
        STATION.take("open", Status.CLOSED, {})


@pytest.mark.parametrize("given_fields", [{}, {"reason": " "}, {"reason": None, "number": ""}])
def test_missing_fields_are_named_by_their_labels(given_fields: dict[str, object]) -> None:
    with pytest.raises(StepRefused, match=r"“撤销”须填写.原因、文号"):
        STATION.take("close", Status.PAUSED, given_fields)


def test_nought_and_no_are_answers() -> None:
    asked = machine(
        *TABLE[1:], step("open", "启用", Status.PLANNED, Status.OPERATING, right=MANAGE, staff="人数")
    )
    assert asked.take("open", Status.PLANNED, {"staff": 0}) == Status.OPERATING
    assert asked.take("open", Status.PLANNED, {"staff": False}) == Status.OPERATING


def test_an_unknown_step_is_refused() -> None:
    with pytest.raises(StepRefused, match="没有“fly”这一步"):
        STATION.take("fly", Status.PLANNED, {})


def test_a_step_without_its_right_is_refused() -> None:
    with pytest.raises(StepRefused, match="没有“撤销”的权限"):
        STATION.take("close", Status.PAUSED, {"reason": "合并", "number": "1"}, rights={MANAGE})


@given(st.sampled_from(Status), st.sets(st.sampled_from([MANAGE, CLOSE])))
def test_exactly_the_allowed_steps_can_be_taken(state: Status, rights: set[str]) -> None:
    complete = {"opened_on": "2021-06-05", "reason": "合并", "number": "1"}
    taken = []
    for one in STATION:
        try:
            STATION.take(one.name, state, complete, rights=rights)
        except StepRefused:
            continue
        taken.append(one)
    assert tuple(taken) == STATION.allowed(state, rights)


def test_a_state_that_no_step_leads_to_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no step leads to .*closed"):
        machine(*TABLE[:2])


def test_a_state_that_only_unreachable_states_lead_to_is_refused() -> None:
    with pytest.raises(ValueError, match="no step leads to"):
        machine(*TABLE[1:])


def test_two_steps_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="two steps are called open"):
        machine(TABLE[0], TABLE[0])


@pytest.mark.parametrize(
    "wrong",
    [
        step("burn", "烧", "planned", "ashes", right=MANAGE),
        step("burn", "烧", "ashes", "planned", right=MANAGE),
    ],
)
def test_a_state_that_is_not_declared_is_refused(wrong: Step) -> None:
    with pytest.raises(ValueError, match="burn names states that are not declared"):
        machine(*TABLE, wrong)


@pytest.mark.parametrize(
    "wrong", [step("x", "x", "planned", "closed", right=""), step("x", "x", [], "closed", right=MANAGE)]
)
def test_a_step_without_right_or_source_is_refused(wrong: Step) -> None:
    with pytest.raises(ValueError, match="lacks a right or a source"):
        machine(*TABLE, wrong)


def test_the_handbook_shows_the_whole_table() -> None:
    described = STATION.describe()
    assert "| 启用 | 计划、暂停 | 运营 | `network.manage` | 启用日期 |" in described
    assert described.count("\n") == 2 + len(TABLE)
