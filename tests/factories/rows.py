"""Rows of any register, put in through its door."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from linzhan.kernel.registers.batch import Outcome
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.writing import save_one


def tried(register: str, *, today: date | None = None, **values: Any) -> Outcome:
    return save_one(REGISTERS[register], values, today=today)


def made(register: str, *, today: date | None = None, **values: Any) -> UUID:
    """The id of a row that went in."""
    return went_in(tried(register, today=today, **values))


def refused(register: str, **values: Any) -> str:
    """What is said to a row that does not go in."""
    outcome = tried(register, **values)
    assert outcome.faults
    return "；".join(messages(outcome))


def went_in(outcome: Outcome) -> UUID:
    """The id of the one row that went in."""
    assert not outcome.faults, outcome.faults
    identity = outcome.ids[0]
    assert identity is not None
    return identity


def messages(outcome: Outcome) -> list[str]:
    return [fault.message for faults in outcome.faults.values() for fault in faults]
