"""Rows that carry ids: a client's own, and those of an export (平台编号)."""

from __future__ import annotations

from uuid import uuid4

import pytest

from linzhan.kernel.registers.batch import Incoming
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.writing import save
from linzhan.kernel.scope import Scope, scope
from linzhan.linkage.models import Resource, Volunteer
from tests.factories.places import HECHENG, ZHONGFANG
from tests.kernel.registers.rows import counts, faults, resource, saved, station, volunteer

pytestmark = pytest.mark.usefixtures("everywhere")


def test_a_new_row_keeps_the_id_it_brings() -> None:
    mine = uuid4()
    assert saved("resources", resource(id=mine)).ids == [mine]
    assert Resource.objects.get().pk == mine


def test_the_id_says_which_row_it_is_whatever_its_key_says_now() -> None:
    [mine] = saved("resources", resource()).ids
    assert counts(saved("resources", resource("R7", id=str(mine)))) == (0, 1, 0, 0)
    assert Resource.objects.get().code == "R7"


def test_a_key_of_another_row_cannot_be_taken_over() -> None:
    first, _ = saved("resources", resource(), resource("R2")).ids
    assert faults(saved("resources", resource("R2", id=first))) == {"资源编号"}


def test_a_key_of_a_hidden_row_cannot_be_taken_over_either() -> None:
    [mine] = saved("resources", resource("R1", region="431202005000")).ids
    saved("resources", resource("R2", region="431202007000"))
    with scope(Scope(regions=("431202005000",))):
        outcome = saved(
            "resources", resource("R2", id=mine, region="431202005000"), resource("R3", region="431202005000")
        )
    assert counts(outcome) == (1, 0, 0, 1)
    assert faults(outcome) == {"资源编号"}


def test_one_id_on_two_rows_is_an_error_of_the_later() -> None:
    [mine] = saved("resources", resource()).ids
    outcome = saved("resources", resource(id=mine), resource("R2", id=mine))
    assert counts(outcome) == (0, 0, 1, 1)
    assert faults(outcome, 2) == {"平台编号"}


def test_an_id_that_is_none_is_named() -> None:
    assert faults(saved("resources", resource(id="0190-abc"))) == {"平台编号"}


def test_an_id_out_of_sight_gives_nothing_away() -> None:
    [theirs] = saved("resources", resource(region=ZHONGFANG)).ids
    with scope(Scope(regions=(HECHENG,))):
        outcome = saved("resources", resource("R5", id=theirs))
    assert counts(outcome) == (0, 0, 0, 1)
    assert Resource.objects.get().region_code == ZHONGFANG


def test_who_creates_does_not_mean_a_stored_row() -> None:
    saved("resources", resource())
    [outcome] = save([Incoming.of(REGISTERS["resources"], [resource()], creating=True)])
    assert faults(outcome) == {"资源编号"}


def test_a_reference_may_be_given_by_id() -> None:
    [ours] = saved("stations", station("Z1")).ids
    saved("stations", station("Z1", region=ZHONGFANG))
    assert counts(saved("volunteers", volunteer(station=ours))) == (1, 0, 0, 0)
    assert Volunteer.objects.get().station_id == ours


def test_a_reference_by_an_id_that_nobody_has_is_unknown() -> None:
    assert faults(saved("volunteers", volunteer(station=uuid4()))) == {"站点编号"}
