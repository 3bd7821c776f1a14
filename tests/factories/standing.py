"""What happens to institutions, made through its registers and steps."""

from __future__ import annotations

from itertools import count
from typing import Any
from uuid import UUID

from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import Taken, take
from linzhan.kernel.scope import Actor, acting
from linzhan.providers.api import Provider
from tests.factories.rows import made

COUNTY = "431202000000"
PURCHASER = "鹤城区民政局"
_numbers = count(1)
PROPOSER = Actor(id="00000000-0000-0000-0000-000000000001", label="张科员")
DECIDER = Actor(id="00000000-0000-0000-0000-000000000002", label="王局长")


def entered(register: str, **values: Any) -> UUID:
    """A row that went in."""
    return made(register, **{"code": f"T{next(_numbers):05d}", **values})


def stepped(register: str, row_id: UUID, name: str, actor: Actor = PROPOSER, **given: Any) -> Taken:
    with acting(actor):
        return take(REGISTERS[register], row_id, name, given)


def sanction(institution: Provider, **values: Any) -> UUID:
    return entered(
        "provider-sanctions",
        **{
            "region": COUNTY,
            "provider": institution.uscc,
            "kind": "黄牌警告",
            "authority": "鹤城区民政局",
            "facts": "一年内更换社工过半",
            "document": "关于社工站人员管理的通知",
            **values,
        },
    )


def in_force(institution: Provider, starts_on: str = "2022-01-10", ends_on: str = "", **values: Any) -> UUID:
    """A sanction that was announced, left unanswered, and decided by somebody else."""
    row = sanction(institution, **values)
    stepped("provider-sanctions", row, "notify", notified_on="2021-12-01", reply_by="2021-12-15")
    given = {"decision_number": "鹤民决〔2022〕1号", "decided_on": starts_on, "starts_on": starts_on}
    ending = {"ends_on": ends_on} if ends_on else {}
    stepped("provider-sanctions", row, "decide", DECIDER, **given, **ending, note="事实清楚")
    return row
