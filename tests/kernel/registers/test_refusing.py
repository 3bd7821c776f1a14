"""What follows from a row and cannot be done is said of that row, and of no other (``registers.refusing``)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from linzhan.kernel.audit import AuditEntry
from linzhan.kernel.registers.batch import Incoming, Outcome
from linzhan.kernel.registers.declare import REGISTERS, Register, Written
from linzhan.kernel.registers.moving import MoveRefused
from linzhan.kernel.registers.refusing import ROUNDS, HookRefused
from linzhan.kernel.registers.writing import save
from linzhan.kernel.steps import StepRefused
from linzhan.linkage.models import Resource, Volunteer
from tests.kernel.registers.rows import counts, resource, saved, volunteer

pytestmark = pytest.mark.usefixtures("everywhere")
WHY = "轮椅已借出，请先收回"


def hooked(hook: Callable[[Written], None]) -> Register:
    return replace(REGISTERS["resources"], after_write=hook)


def refusing(*codes: str) -> Callable[[Written], None]:
    """A hook that refuses the rows of these codes by name."""

    def hook(written: Written) -> None:
        found = {row_id: WHY for row_id, values in written.rows if values["_row"]["code"] in codes}
        if found:
            raise HookRefused(WHY, found)

    return hook


def put(register: Register, *codes: str, **more: object) -> Outcome:
    return save([Incoming.of(register, [resource(code) for code in codes])], **more)[0]  # type: ignore[arg-type]


def told(outcome: Outcome) -> dict[int, list[tuple[str, str]]]:
    return {row: [(f.column, f.message) for f in faults] for row, faults in outcome.faults.items()}


def codes() -> set[str]:
    return set(Resource.objects.values_list("code", flat=True))


def test_one_row_comes_back_with_the_sentence_and_nothing_of_it_is_kept() -> None:
    outcome = put(hooked(refusing("R1")), "R1")
    assert told(outcome) == {1: [("", WHY)]}
    assert outcome.keys == {1: "R1"}
    assert (codes(), AuditEntry.objects.filter(table_name="linkage_resource").count()) == (set(), 0)


def test_a_changed_row_stays_as_it_was() -> None:
    saved("resources", resource())
    row = resource(quantity="9")
    outcome = save([Incoming.of(hooked(refusing("R1")), [row])])[0]
    assert counts(outcome) == (0, 0, 0, 1)
    assert Resource.objects.get().quantity == 3


def test_the_other_rows_of_the_call_go_in_and_so_do_other_registers() -> None:
    parts = [
        Incoming.of(hooked(refusing("R2")), [resource("R1"), resource("R2"), resource("R3")]),
        Incoming.of(REGISTERS["volunteers"], [volunteer()]),
    ]
    first, second = save(parts)
    assert (counts(first), told(first)) == ((2, 0, 0, 1), {2: [("", WHY)]})
    assert counts(second) == (1, 0, 0, 0)
    assert (codes(), Volunteer.objects.count()) == ({"R1", "R3"}, 1)


def test_the_same_row_twice_in_a_file_is_refused_twice() -> None:
    assert set(told(put(hooked(refusing("R1")), "R1", "R1"))) == {1, 2}
    assert codes() == set()


def test_a_hook_that_cannot_say_which_row_refuses_all_that_it_was_told_of() -> None:
    def hook(written: Written) -> None:
        if any(values["_row"]["code"] == "R2" for _id, values in written.rows):
            raise HookRefused(WHY)

    outcome = put(hooked(hook), "R1", "R2")
    assert counts(outcome) == (0, 0, 0, 2)
    assert all(WHY in message and "都没有写入" in message for [(_, message)] in told(outcome).values())
    assert codes() == set()
    assert counts(put(hooked(hook), "R1")) == (1, 0, 0, 0)


def test_a_hook_that_names_one_row_after_the_other_is_not_asked_for_ever() -> None:
    asked: list[int] = []

    def hook(written: Written) -> None:
        asked.append(len(written.rows))
        row_id, _values = written.rows[0]
        raise HookRefused(WHY, {row_id: WHY})

    outcome = put(hooked(hook), *(f"R{number}" for number in range(30)))
    assert counts(outcome) == (0, 0, 0, 30)
    assert len(asked) == ROUNDS


def test_a_dry_run_says_the_same_and_keeps_nothing() -> None:
    register = hooked(refusing("R2"))
    assert counts(put(register, "R1", "R2", dry_run=True)) == (1, 0, 0, 1)
    assert codes() == set()


@pytest.mark.parametrize("kind", [StepRefused, MoveRefused])
def test_a_step_or_a_move_that_follows_and_is_refused_is_said_alike(kind: type[Exception]) -> None:
    def hook(written: Written) -> None:
        raise kind(WHY)

    assert told(put(hooked(hook), "R1")) == {1: [("", WHY)]}


def test_what_follows_from_what_follows_is_said_of_the_row_that_began_it() -> None:
    inner = hooked(refusing("R9"))

    def hook(written: Written) -> None:
        outcome = put(inner, "R9")
        if outcome.faults:
            raise HookRefused(outcome.faults[1][0].message)

    register = replace(REGISTERS["volunteers"], after_write=hook)
    rows: Sequence[dict[str, object]] = [volunteer()]
    assert told(save([Incoming.of(register, rows)])[0]) == {1: [("", WHY)]}
    assert (codes(), Volunteer.objects.count()) == (set(), 0)
