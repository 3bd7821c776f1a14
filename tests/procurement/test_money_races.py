"""Two officials in the same second: what is left of a cap is taken once (FND-11)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import connections

from linzhan.kernel.access import rights_of
from linzhan.kernel.checks import StepStopped
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import take
from linzhan.kernel.scope import EVERYTHING, Actor, opened
from linzhan.policy.api import procurement
from linzhan.policy.shapes import RatioRule
from linzhan.procurement.models import LedgerEntry, LedgerTotal
from tests.factories.places import corner
from tests.factories.policy import stated
from tests.factories.procurement import HECHENG, base, project
from tests.factories.rows import made
from tests.kernel.registers.test_races import until, waits_for_a_lock

pytestmark = pytest.mark.django_db(transaction=True)
CAP = RatioRule(percent=Decimal(3), base="社会救助补助资金", fund="社会救助专项经费", meaning="cap")


def commit(row: UUID, *, before_the_end: Callable[[], object] | None = None) -> str:
    with opened(EVERYTHING, Actor(id=f"of {row}", label="财务")):
        take(REGISTERS["funding-lines"], row, "commit", rights=rights_of("finance"))
        if before_the_end is not None:
            before_the_end()
    return "committed"


def in_thread(work: Callable[[], Any]) -> tuple[threading.Thread, list[Any]]:
    answers: list[Any] = []

    def run() -> None:
        try:
            answers.append(work())
        except StepStopped as stopped:
            answers.append(str(stopped))
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, answers


def test_two_commitments_in_the_same_second_never_break_a_cap() -> None:
    with opened(EVERYTHING, Actor(id="buyer", label="购买方")):
        corner()
        stated(procurement.FUNDING_RATIO, CAP, HECHENG, variant="社会救助补助资金")
        base("社会救助补助资金", 2021, 100_000)
        rows = [
            made("funding-lines", project=project(), year=2021, source="社会救助专项经费", amount=2_000)
            for _ in range(2)
        ]
    started: list[tuple[threading.Thread, list[Any]]] = []

    def another_begins() -> None:
        started.append(in_thread(lambda: commit(rows[1])))
        until(waits_for_a_lock)  # the second has come to the books that the first one holds

    assert commit(rows[0], before_the_end=another_begins) == "committed"
    [(thread, answers)] = started
    thread.join()
    assert "超出 1,000.00 元" in answers[0]
    with opened(EVERYTHING):
        assert [each.amount for each in LedgerEntry.objects.all()] == [2_000]
        assert LedgerTotal.objects.get().amount == 2_000
