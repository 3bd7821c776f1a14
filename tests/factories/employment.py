"""Rows of the workforce's own registers, made through the one door; the steps taken by two persons."""

from __future__ import annotations

from itertools import count
from typing import Any
from uuid import UUID

from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import Taken, take
from linzhan.kernel.scope import Actor, acting
from linzhan.workforce.api import SocialWorker
from tests.factories.rows import made

ANN, BEN = Actor(id="ann", label="安科员"), Actor(id="ben", label="本科长")
_numbers = count(1)


def row(register: str, **values: Any) -> UUID:
    """A row of a register with a code of its own, by Ann."""
    entry = REGISTERS[register]
    code = {"code": f"T{next(_numbers):05d}"} if entry.sheet.keys[0].name == "code" else {}
    with acting(ANN):
        return made(register, **{**code, **values})


def step(register: str, identity: UUID, name: str, *, by: Actor = ANN, **given: Any) -> Taken:
    with acting(by):
        return take(REGISTERS[register], identity, name, given)


def project(region: str, provider: str, **values: Any) -> UUID:
    return row(
        "projects",
        **{
            "name": "社工站运营项目",
            "kind": "社工站运营",
            "purchaser": "市民政局",
            "region": region,
            "provider": provider,
            "method": "公开招标",
            "contract_amount": "600000",
            "starts_on": "2021-01-01",
            "ends_on": "2023-12-31",
            "status": "执行",
            **values,
        },
    )


def assignment(worker: SocialWorker, project_id: UUID, *, assign: bool = True, **values: Any) -> UUID:
    """Somebody on a project; what stops it raises."""
    told = {"role": "社工", "starts_on": "2022-01-01", **values}
    identity = row("assignments", worker=worker.pk, project=project_id, **told)
    if assign:
        step("assignments", identity, "assign")
    return identity
