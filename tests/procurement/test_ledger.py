"""The ledger under any sequence of acts: every account balances, every total is the sum of its parts (FND-11, FND-24)."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linzhan.kernel.ids import uuid7
from linzhan.kernel.registers.amending import amend
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import take
from linzhan.kernel.scope import Actor, acting
from linzhan.kernel.steps import StepRefused
from linzhan.procurement.models import FundMovement, FundReturn, LedgerEntry, LedgerTotal
from linzhan.procurement.money.enums import NET, EntryKind, Pot
from linzhan.procurement.money.posting import post, reverse
from linzhan.procurement.money.services import balance
from tests.factories.procurement import HECHENG, movement, project
from tests.factories.rows import made

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("hunan")]
ANN, BEN = Actor(id="ann", label="安"), Actor(id="ben", label="本")
OFFICE = frozenset(
    {
        "procurement.allocations.approve",
        "procurement.funding-lines.commit",
        "procurement.returns.approve",
        "procurement.money.overrule",
    }
)
KINDS = {"预算": EntryKind.BUDGET, "拨付": EntryKind.PAYMENT, "支出": EntryKind.EXPENDITURE}


def net(kind: EntryKind) -> Decimal:
    def total(one: EntryKind) -> Decimal:
        found = LedgerEntry.objects.filter(kind=one).aggregate(amount=Sum("amount"))["amount"]
        return Decimal(found or 0)

    return total(kind) - total(NET[kind])


def everything_adds_up() -> None:
    pots = {pot: balance(LedgerEntry.objects.all(), pot) for pot in Pot}
    assert sum(pots.values()) == 0, "what leaves one pot arrives in another"
    names = ("region_code", "year", "source", "fund_level", "kind")
    parts = {
        tuple(row[:5]): (row[5], row[6])
        for row in LedgerEntry.objects.values_list(*names).annotate(a=Sum("amount"), n=Sum(1))
    }
    totals = {tuple(row[:5]): row[5] for row in LedgerTotal.objects.values_list(*names, "amount")}
    assert totals == {key: amount for key, (amount, _number) in parts.items()}
    counted: dict[str, Decimal] = defaultdict(Decimal)
    for kind, amount in FundMovement.objects.values_list("kind", "amount"):
        counted[kind] += amount
    for movement_kind, amount in FundReturn.objects.filter(stage="已核准").values_list(
        "movement__kind", "amount"
    ):
        counted[movement_kind] -= amount
    assert {kind: net(entry) for kind, entry in KINDS.items()} == {kind: counted[kind] for kind in KINDS}


def test_a_movement_is_posted_by_whoever_writes_it_and_a_repeat_posts_nothing() -> None:
    at = project()
    row = {
        "code": "Z1", "moved_on": "2021-03-05", "region": HECHENG, "kind": "拨付", "source": "财政预算",
        "fund_level": "县", "project": at, "amount": 500_000,
    }  # fmt: skip
    made("funds", **row)
    made("funds", **row)
    [entry] = LedgerEntry.objects.all()
    assert (entry.kind, entry.out_of_pot, entry.into_pot) == ("拨付", "承诺", "拨付")
    assert (entry.region_code, entry.project_id, entry.year, entry.amount) == (HECHENG, at, 2021, 500_000)


def test_a_corrected_movement_is_reversed_and_posted_anew_and_nothing_is_edited() -> None:
    row = movement(amount=100)
    first = LedgerEntry.objects.get()
    assert amend(REGISTERS["funds"], row, {"amount": 130, "moved_on": "2021-07-01"}).updated == 1
    entries = list(LedgerEntry.objects.order_by("posted_at", "amount"))
    assert [(each.amount, each.booked_on.month) for each in entries] == [(100, 6), (-100, 6), (130, 7)]
    assert entries[1].reverses_id == first.pk
    everything_adds_up()


def test_words_beside_the_amount_change_without_an_entry() -> None:
    row = movement()
    assert amend(REGISTERS["funds"], row, {"summary": "春季工资"}).updated == 1
    assert LedgerEntry.objects.count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE procurement_ledgerentry SET amount = 1",
        "DELETE FROM procurement_ledgerentry",
        "UPDATE procurement_ledgertotal SET amount = 1",
    ],
)
def test_nobody_edits_the_ledger(statement: str) -> None:
    movement()
    with (
        pytest.raises(Exception, match=r"permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_an_entry_is_reversed_once_and_whole() -> None:
    movement()
    entry = LedgerEntry.objects.get()
    reverse(entry)
    with pytest.raises(IntegrityError), transaction.atomic():
        reverse(entry)
    movement()
    other = LedgerEntry.objects.exclude(pk=entry.pk).get(amount__gt=0)
    other.amount -= 1
    with pytest.raises(IntegrityError, match="whole of one entry"), transaction.atomic():
        reverse(other)


def test_an_entry_that_leads_nowhere_or_is_worth_nothing_cannot_be_written() -> None:
    common = {"region_code": HECHENG, "booked_on": date(2021, 1, 1), "year": 2021, "source": "财政预算"}
    for wrong in (
        {"kind": "拨付", "amount": -5},
        {"kind": "拨付", "amount": 0},
        {"kind": "赠送", "amount": 5},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            LedgerEntry.objects.create(**common, **wrong)


@dataclass
class Books:
    """What a run has made so far."""

    projects: list[UUID]
    lines: list[UUID]
    movements: list[UUID]


AMOUNTS = st.decimals(min_value=Decimal("0.01"), max_value=Decimal(100_000), places=2)
ACTS = st.one_of(
    st.tuples(st.just("allocate"), AMOUNTS, st.integers(0, 1)),
    st.tuples(st.just("commit"), AMOUNTS, st.integers(0, 1)),
    st.tuples(st.just("release"), AMOUNTS, st.integers(0, 9)),
    st.tuples(st.sampled_from(["预算", "拨付", "支出"]), AMOUNTS, st.integers(0, 1)),
    st.tuples(st.just("correct"), AMOUNTS, st.integers(0, 9)),
    st.tuples(st.just("repeat"), AMOUNTS, st.integers(0, 9)),
    st.tuples(st.just("return"), AMOUNTS, st.integers(0, 9)),
    st.tuples(st.just("crash"), AMOUNTS, st.integers(0, 1)),
)


def one_act(books: Books, act: str, amount: Decimal, which: int) -> None:
    at = books.projects[which % len(books.projects)]
    if act in KINDS:
        books.movements.append(movement(kind=act, amount=amount, project=at, code=str(uuid7())))
    elif act == "allocate":
        with acting(ANN):
            row = made(
                "allocations",
                allotted_on="2021-01-05",
                region=HECHENG,
                year=2021,
                source="财政预算",
                amount=amount,
            )
        with acting(BEN):
            take(REGISTERS["allocations"], row, "allot", rights=OFFICE)
    elif act == "commit":
        with acting(ANN):
            row = made("funding-lines", project=at, year=2021, source="财政预算", amount=amount)
        with acting(BEN):
            take(REGISTERS["funding-lines"], row, "commit", {"overrule": "年初预留"}, rights=OFFICE)
        books.lines.append(row)
    elif act == "release" and books.lines:
        with acting(BEN):
            row = books.lines.pop(which % len(books.lines))
            take(REGISTERS["funding-lines"], row, "release", {"note": "合同变更"}, rights=OFFICE)
    elif books.movements:
        on_a_movement(FundMovement.objects.get(pk=books.movements[which % len(books.movements)]), act, amount)


def on_a_movement(found: FundMovement, act: str, amount: Decimal) -> None:
    if act == "correct":
        amend(REGISTERS["funds"], found.pk, {"amount": amount})  # refused where more was taken off it already
    elif act == "repeat":
        assert amend(REGISTERS["funds"], found.pk, {"amount": found.amount}).unchanged == 1
    elif act == "return":
        with acting(ANN):
            row = made(
                "fund-returns",
                movement=found.pk,
                returned_on="2021-08-01",
                kind="冲销",
                amount=amount,
                reason="记错",
            )
        with acting(BEN), suppress(StepRefused):  # more than is left of it
            take(REGISTERS["fund-returns"], row, "approve", rights=OFFICE)


class PowerCut(Exception):
    pass


@given(acts=st.lists(ACTS, max_size=12))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_of_acts_leaves_every_account_balanced(acts: list[tuple[str, Decimal, int]]) -> None:
    with transaction.atomic():
        books = Books([project(), project()], [], [])
        for act, amount, which in acts:
            if act == "crash":
                before = LedgerEntry.objects.count()
                with suppress(PowerCut), transaction.atomic():
                    kept = list(books.movements)
                    one_act(books, "拨付", amount, which)
                    raise PowerCut
                books.movements = kept
                assert LedgerEntry.objects.count() == before
            else:
                one_act(books, act, amount, which)
        everything_adds_up()
        transaction.set_rollback(True)


def test_a_removed_movement_is_reversed() -> None:
    row = movement()
    FundMovement.objects.filter(pk=row).delete()
    assert LedgerEntry.objects.aggregate(amount=Sum("amount"))["amount"] == 0
    everything_adds_up()


def test_nothing_is_posted_of_nothing() -> None:
    assert (
        post(
            EntryKind.RELEASE,
            region=HECHENG,
            on=date(2021, 1, 1),
            year=2021,
            source="财政预算",
            fund_level="",
            amount=Decimal(0),
            origin="funding-lines",
            origin_id=uuid7(),
        )
        is None
    )
    movement(amount=0)
    assert not LedgerEntry.objects.exists()
