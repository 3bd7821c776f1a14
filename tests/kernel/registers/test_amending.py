"""A service that changes a few columns of stored rows: what it does not name is stated as it stands."""

from __future__ import annotations

import pytest

from linzhan.kernel.registers.amending import amend, amend_all, told
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.reading import records
from linzhan.kernel.scope import Scope, scope
from linzhan.linkage.models import Resource
from tests.factories.places import HECHENG, ZHONGFANG
from tests.kernel.registers.rows import counts, resource, saved

pytestmark = pytest.mark.usefixtures("everywhere")
RESOURCES = REGISTERS["resources"]


def test_several_rows_change_in_one_call_each_in_its_own_column() -> None:
    saved("resources", resource("R1"), resource("R2"), resource("R3"))
    one, two, _three = Resource.objects.order_by("code")
    outcome = amend_all(RESOURCES, {two.pk: {"contact": "李四"}, one.pk: {"quantity": "5"}})
    assert counts(outcome) == (0, 2, 0, 0)
    assert list(Resource.objects.order_by("code").values_list("code", "quantity", "contact")) == [
        ("R1", 5, ""),
        ("R2", 3, "李四"),
        ("R3", 3, ""),
    ]


def test_a_row_out_of_scope_is_left_out_of_several_and_refused_alone() -> None:
    saved("resources", resource("R1"), resource("R2", region=ZHONGFANG))
    near, far = Resource.objects.order_by("code").values_list("pk", flat=True)
    with scope(Scope(regions=(HECHENG,))):
        assert counts(amend_all(RESOURCES, {far: {"quantity": "9"}, near: {"quantity": "9"}})) == (0, 1, 0, 0)
        with pytest.raises(ValueError, match="not enough values"):
            amend(RESOURCES, far, {"quantity": "9"})
    assert Resource.objects.get(pk=far).quantity == 3


def test_a_row_that_was_read_already_is_not_read_again() -> None:
    saved("resources", resource("R1"))
    identity = Resource.objects.get().pk
    [row] = records(RESOURCES, Resource.objects.all(), whole=True)
    row["name"] = "拐杖"
    assert counts(amend(RESOURCES, identity, {"quantity": "4"}, row=row)) == (0, 1, 0, 0)
    assert Resource.objects.get().name == "拐杖", "the row handed over is what is stated"


def test_what_the_register_refuses_is_told_in_a_line() -> None:
    saved("resources", resource("R1"))
    outcome = amend(RESOURCES, Resource.objects.get().pk, {"quantity": "许多"})
    assert told(outcome).startswith("数量：")


def test_an_end_without_its_start_is_held_against_the_stored_one() -> None:
    """A step or a phone states one day of two; the table's own constraint would answer with an error."""
    saved("resources", resource("R1"))  # valid from 2021-01-01
    one = Resource.objects.get()
    wrong = amend(RESOURCES, one.pk, {"valid_until": "2020-12-31"})
    assert told(wrong) == (
        "有效期止：2020-12-31 早于“有效期起”的 2021-01-01，“有效期止”不能更早，请核对这两格"
    )
    assert counts(amend(RESOURCES, one.pk, {"valid_until": "2021-01-01"})) == (0, 1, 0, 0)
    assert "“有效期止”不能更早" in told(amend(RESOURCES, one.pk, {"valid_from": "2021-01-02"}))
    assert counts(amend(RESOURCES, one.pk, {"valid_from": "2020-01-01", "quantity": "1"})) == (0, 1, 0, 0)
