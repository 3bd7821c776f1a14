"""Orders to put something right, made and taken through their registers and steps."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

from django.utils import timezone

from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import Taken, take
from linzhan.kernel.scope import Actor, acting
from linzhan.oversight.models import Rectification, RectificationItem
from tests.factories import rows

ANN = Actor(label="安科员", id="00000000-0000-0000-0000-0000000000a1")
BEN = Actor(label="本科长", id="00000000-0000-0000-0000-0000000000b1")
HEAD = Actor(label="机构负责人", id="00000000-0000-0000-0000-0000000000c1")
PURCHASER = "鹤城区民政局"
_numbers = count(1)


def made(register: str, *, by: Actor = ANN, **values: Any) -> UUID:
    with acting(by):
        return rows.made(register, **values)


def order(**values: Any) -> Rectification:
    row = {
        "code": f"ZG{next(_numbers):04d}",
        "title": "探访记录补录过多",
        "authority": PURCHASER,
        "purchaser": PURCHASER,
        "issued_on": timezone.localdate().isoformat(),
        "severity": "橙",
        "finding": "三月的探访记录四成在次月补录",
        "basis": "服务协议第八条：记录应当日完成",
        **values,
    }
    return Rectification.objects.get(pk=made("rectifications", **row))


def items(held: Rectification) -> list[RectificationItem]:
    return list(RectificationItem.objects.filter(order=held).order_by("code"))


def stepped(held: Rectification, name: str, *, by: Actor = ANN, **given: Any) -> Taken:
    taken = step_of("rectifications", held.pk, name, by=by, **given)
    held.refresh_from_db()
    return taken


def step_of(register: str, row: UUID, name: str, *, by: Actor = ANN, **given: Any) -> Taken:
    with acting(by):
        return take(REGISTERS[register], row, name, given)


def at_check(held: Rectification) -> Rectification:
    """An order whose evidence is being checked."""
    stepped(held, "plan", by=HEAD, plan="三日内补齐设备，当日录入")
    stepped(held, "accept_plan")
    stepped(held, "start", by=HEAD)
    return checked(held)


def checked(held: Rectification) -> Rectification:
    stepped(held, "evidence", by=HEAD, evidence="四月记录均当日录入，见台账")
    stepped(held, "check", check_way="现场核查", checked_on=timezone.localdate().isoformat())
    return held


def failed(held: Rectification) -> Rectification:
    stepped(held, "fail", check_finding="抽查 20 条，9 条仍是补录", note="没有改到位")
    return held


def again(held: Rectification) -> Rectification:
    until = (timezone.localdate() + timedelta(days=15)).isoformat()
    stepped(held, "again", due_on=until, note="再次整改")
    return checked(held)
