"""Figures of money: net of what was taken off, the same on any later day, published values frozen (FND-11, FND-29, NFR-04)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from linzhan.kernel.figures import publishing
from linzhan.kernel.registers import declare
from linzhan.kernel.registers.amending import amend
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import take
from linzhan.kernel.scope import Actor, acting
from tests.factories.casework import record, resident
from tests.factories.figures import parts, value
from tests.factories.network import station
from tests.factories.places import HUAIHUA, TUOYUAN
from tests.factories.procurement import HECHENG, movement, project
from tests.factories.rows import made
from tests.factories.workforce import worker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hunan")]


@pytest.fixture(autouse=True)
def categories(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(declare._code_lists, "categories", lambda: {"VF01": "VF01"})


def taken_off(row: Any, amount: int, on: str = "2021-08-01") -> None:
    with acting(Actor(id="ann", label="安")):
        back = made("fund-returns", movement=row, returned_on=on, kind="冲销", amount=amount, reason="记错")
    with acting(Actor(id="ben", label="本")):
        take(REGISTERS["fund-returns"], back, "approve")


def test_what_was_taken_off_is_taken_off_on_its_own_day_and_the_past_stays() -> None:
    row = movement(amount=1_000, moved_on="2021-06-01")
    assert value("funds.spent", HECHENG, "2021-06") == 1_000
    taken_off(row, 400)
    assert value("funds.spent", HECHENG, "2021-06") == 1_000, "June is as it was"
    assert value("funds.spent", HECHENG, "2021-08") == -400
    assert value("funds.spent", HECHENG) == 600
    assert parts("funds.spent", HUAIHUA, "source") == {"社会救助专项经费": 600}


def test_the_ledger_says_what_the_figures_say() -> None:
    at = project()
    for kind, amount in (("预算", 900), ("拨付", 500), ("支出", 300), ("支出", 50)):
        last = movement(kind=kind, amount=amount, project=at)
    taken_off(last, 20)
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, sum(amount) FROM procurement_ledgertotal GROUP BY kind")
        booked = dict(cursor.fetchall())
    assert value("funds.budgeted", HECHENG) == booked["预算"]
    assert value("funds.paid", HECHENG) == booked["拨付"]
    assert value("funds.spent", HECHENG) == booked["支出"] - booked["冲减支出"]


def test_figures_of_decisions_count_what_was_decided_and_nothing_proposed() -> None:
    common = {"allotted_on": "2021-02-01", "region": HECHENG, "year": 2021, "source": "财政预算"}
    with acting(Actor(id="ann", label="安")):
        rows = [made("allocations", **common, amount=amount, fund_level="省") for amount in (700, 300)]
    with acting(Actor(id="ben", label="本")):
        take(REGISTERS["allocations"], rows[0], "allot")
    assert value("funds.allocated", HECHENG) == 700
    assert parts("funds.allocated", HECHENG, "level") == {"省": 700}
    made(
        "matching-funds",
        project=project(),
        payer="市",
        fund_level="市",
        source="财政预算",
        year=2021,
        promised=8,
        arrived=2,
    )
    assert value("funds.matched_share", HECHENG) == 25
    made("bank-lines", happened_on="2021-06-03", region=HECHENG, paid_out=5)
    assert value("funds.unreconciled", HECHENG) == 1
    made(
        "delegated-work",
        region=HECHENG,
        department="残联",
        matter="辅具发放",
        handed_on="2021-03-01",
        year=2021,
        arrived=60,
    )
    assert value("funds.delegated", HECHENG) == 60
    made(
        "special-funds",
        name="关爱基金",
        kind="关爱基金",
        region=HECHENG,
        holder="慈善会",
        source="社会资金",
        year=2021,
        amount=90,
    )
    assert value("funds.special", HECHENG) == 90


def test_what_a_yuan_bought_counts_projects_of_which_both_sides_are_known() -> None:
    """FND-29: unknown where money is not booked below the place; never nought yuan a visit."""
    at, other, bare = project(), project(), project()
    here = station(TUOYUAN)
    by, who = worker(station=here.code).pk, resident(here)
    code = {pk: REGISTERS["projects"].model._default_manager.get(pk=pk).code for pk in (at, other, bare)}
    for _ in range(4):
        record(here, by, project=code[at], residents=(who,))
    record(here, by, project=code[bare])
    movement(amount=1_000, project=at, head="薪酬")
    movement(amount=9_999, project=other)
    movement(amount=9_999)
    assert value("funds.cost_per_visit", HECHENG) == 250
    assert value("funds.cost_per_record", HECHENG) == 250
    assert value("funds.cost_per_person", HECHENG) == 1_000
    assert value("funds.cost_per_case", HECHENG) is None
    assert value("funds.cost_per_visit", TUOYUAN) is None


def test_a_published_value_is_frozen_and_the_corrections_explain_the_difference() -> None:
    row = movement(amount=1_000, moved_on="2021-06-01", code="Z1")
    [published] = publishing.publish("funds.spent", region=HECHENG, period="2021", note="2021 年统计公报")
    assert published.value == 1_000
    movement(amount=77, moved_on="2022-01-03")  # a later filing
    assert not publishing.compared(published).differs
    with acting(Actor(id="ben", label="本")):
        assert amend(REGISTERS["funds"], row, {"amount": 900}).updated == 1
    late = movement(amount=5, moved_on="2021-12-31")
    found = publishing.compared(published)
    published.refresh_from_db()
    assert (published.value, found.now and found.now.value, found.differs) == (1_000, 905, True)
    told = {(each.row_id, each.action): each for each in found.corrections}
    assert set(told) == {(str(row), "changed"), (str(late), "created")}
    change = told[str(row), "changed"]
    assert (change.who, change.before["amount"], change.after["amount"]) == ("本", 1000, 900)
