"""Residents of a township's station, and everything that is kept about them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from linzhan.casework.models import Resident
from linzhan.kernel.registers import declare
from linzhan.kernel.registers.batch import Outcome
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.writing import save_one
from linzhan.network.api import Station
from tests.factories import casework, network
from tests.factories.places import TUOYUAN
from tests.factories.rows import went_in

CODES = ("A01", "A03", "B01", "B07", "C07", "D02", "F01")
TODAY = date(2022, 6, 1)
Keep = Callable[..., Outcome]


@pytest.fixture(autouse=True)
def categories(codes: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(declare._code_lists, "categories", lambda: {code: code for code in CODES})


@pytest.fixture
def here(hunan: None) -> Station:
    return network.station(TUOYUAN, code="Z1", name="坨院街道社工站")


@pytest.fixture
def person(here: Station) -> UUID:
    """Sixty, on the register as 低保, consented to nothing yet."""
    return casework.resident(here, categories=("A01",), born_on="1962-02-03", risk="一般")


def kept(register: str, resident: UUID, *, today: date = TODAY, **values: Any) -> Outcome:
    """The outcome of a row of ``register`` about ``resident``."""
    return save_one(REGISTERS[register], {"resident": resident, **values}, today=today)


def made(register: str, resident: UUID, *, today: date = TODAY, **values: Any) -> UUID:
    return went_in(kept(register, resident, today=today, **values))


def stored(identity: UUID) -> Resident:
    return Resident.objects.get(pk=identity)
