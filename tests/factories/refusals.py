"""Consequences that cannot be: what some desk makes of residents is refused for those of one name."""

from __future__ import annotations

import pytest

from linzhan.casework.residents import following
from linzhan.kernel.registers.declare import Written
from linzhan.kernel.registers.refusing import HookRefused

NAME = "姚不成"
WHY = "这位对象的低保待遇正在复核，请等民政部门复核后再登记"


def refuse_residents(monkeypatch: pytest.MonkeyPatch, *, named: bool = True) -> None:
    """What follows from residents of the name ``NAME`` is refused; ``named``: the hook says whose rows they are."""

    def refuse(written: Written) -> None:
        found = [row_id for row_id, values in written.rows if values["_row"]["name"] == NAME]
        if found:
            raise HookRefused(WHY, dict.fromkeys(found, WHY) if named else None)

    monkeypatch.setattr(following, "_followers", [*following._followers, refuse])
