"""``linzhan money`` and ``linzhan standing``: what they print and with which status they end."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from django.db import connections

from linzhan.kernel.scope import EVERYTHING, Actor, opened
from linzhan.policy.api import procurement
from linzhan.policy.shapes import RatioRule
from linzhan.procurement.money.checking import check_books
from linzhan.territory.sheets import SheetRegions
from tests.factories.places import HECHENG, corner
from tests.factories.policy import stated
from tests.factories.procurement import base, movement, project
from tests.factories.providers import provider
from tests.sample import run

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
SHARE = RatioRule(
    percent=Decimal(2),
    base="社会救助工作经费",
    fund="社会救助工作经费",
    meaning="share",
    wording="按比例提取",
)


@pytest.fixture
def books() -> None:
    with opened(EVERYTHING, Actor(label="李科员")):
        corner()
        common = {"source": "社会救助工作经费", "fund_level": "县"}
        movement(kind="预算", amount=900_000, **common)
        movement(kind="支出", amount=50_000, project=project(), **common)
        stated(procurement.FUNDING_RATIO, SHARE, HECHENG, variant="社会救助工作经费")
        base("社会救助工作经费", 2021, 30_000_000)


def as_owner(*statements: str) -> None:
    """What the application itself may not do: the wall keeps it from the books."""
    with connections["owner"].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def test_the_overview_ends_with_one_while_a_share_is_not_reached(books: None) -> None:
    status, printed = run("money", "overview", "--region", HECHENG, "--year", "2021", "--json")
    told = json.loads(printed)
    assert status == 1
    assert (told["sums"]["预算"], told["sums"]["支出"], told["sums"]["拨付"]) == (
        "900000.00",
        "50000.00",
        None,
    )
    [rule] = told["rules"]
    assert (rule["outcome"], rule["limit"], rule["used"]) == ("提醒", "600000.00", "50000.00")
    with opened(EVERYTHING, Actor(label="李科员")):
        movement(kind="支出", amount=550_000, source="社会救助工作经费")
    assert run("money", "overview", "--region", HECHENG, "--year", "2021")[0] == 0


def test_what_cannot_be_asked_ends_with_two(books: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linzhan.kernel.registers.resolving._region_resolver", [SheetRegions()])
    assert run("money", "overview", "--region", "没有这个县")[0] == 2
    assert run("money", "overview", "--region", HECHENG, "--year", "21")[0] == 2
    assert run("standing", "91430000000000000X")[0] == 2
    with opened(EVERYTHING, Actor(label="李科员")):
        uscc = provider().uscc
    assert run("standing", uscc, "--on", "六月")[0] == 2


def test_the_composition_is_told_by_part(books: None) -> None:
    status, printed = run(
        "money", "composition", "--region", HECHENG, "--year", "2021", "--of", "支出", "--json"
    )
    told = json.loads(printed)
    assert (status, told["total"]) == (0, "50000.00")
    assert told["parts"]["社会救助专项经费列支"]["lines"] == [
        {"source": "社会救助工作经费", "level": "县", "amount": "50000.00", "words": ""}
    ]
    assert told["parts"]["税收优惠减免"]["amount"] is None


def test_books_that_are_whole_end_with_nought_and_a_total_that_is_not_with_one(books: None) -> None:
    status, printed = run("money", "check", "--region", HECHENG, "--json")
    assert (status, json.loads(printed)) == (
        0, {"region": HECHENG, "entries": 2, "differences": []},
    )  # fmt: skip
    as_owner("UPDATE procurement_ledgertotal SET amount = amount + 1 WHERE kind = '支出'")
    status, printed = run("money", "check", "--region", HECHENG)
    assert status == 1
    assert "账目合计 50,000.00 元，账户合计 50,001.00 元" in printed
    assert "1 处不符" in printed


def test_a_movement_that_is_not_in_the_books_is_found(books: None) -> None:
    as_owner(
        "ALTER TABLE procurement_fundmovement DISABLE TRIGGER linzhan_ledger_update",
        "UPDATE procurement_fundmovement SET amount = 49000 WHERE kind = '支出'",
        "ALTER TABLE procurement_fundmovement ENABLE TRIGGER linzhan_ledger_update",
    )
    with opened(EVERYTHING):
        [found] = check_books(HECHENG).differences
    assert found.what == "movement"
    assert "49,000.00 元，账上 50,000.00 元" in found.words


def test_the_standing_of_an_institution_names_number_and_clause() -> None:
    with opened(EVERYTHING, Actor(label="李科员")):
        corner()
        found = provider(status="禁入")
    status, printed = run("standing", found.uscc, "--region", HECHENG, "--on", "2022-06-30", "--json")
    told = json.loads(printed)
    assert (status, told["outcome"], told["region"]) == (1, "不得办理", HECHENG)
    assert any(each["key"] == "providers.registration" for each in told["checks"])
