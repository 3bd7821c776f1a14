"""Categories of residents as a county writes them (contract/workbook.md: values are strict, sentences help)."""

from __future__ import annotations

import pytest

from linzhan.kernel.registers import declare
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.writing import save_one
from tests.factories import network
from tests.factories.casework import resident_row
from tests.factories.places import CHENGNAN

NAMED = {"农村留守儿童": "C07", "C07": "C07", "残疾人(持证)": "D01", "D01": "D01", "重度残疾人(1-2级)": "D02"}


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("留守儿童", "农村留守儿童（C07）"),
        ("残疾人", "残疾人(持证)（D01）、重度残疾人(1-2级)（D02）"),
        ("农村留守儿重", "农村留守儿童（C07）"),
        ("渔民", ""),
    ],
)
def test_a_category_that_no_list_has_is_told_with_those_that_come_near(
    hunan: None, monkeypatch: pytest.MonkeyPatch, written: str, near: str
) -> None:
    monkeypatch.setitem(declare._code_lists, "categories", lambda: NAMED)
    outcome = save_one(REGISTERS["residents"], resident_row(network.station(CHENGNAN), categories=written))
    [fault] = outcome.faults[1]
    told = f"“对象类别”中没有“{written}”，请填目录里的代码或名称"
    assert fault.message == (f"{told}；相近的有：{near}" if near else told)
