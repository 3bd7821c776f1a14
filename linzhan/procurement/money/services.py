"""What follows from a step about money: the entry in the ledger, the movement, the row that carries it on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db.models import Max, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.kernel import money
from linzhan.kernel.registers.amending import told
from linzhan.kernel.registers.batch import Incoming
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import Taken, stepped
from linzhan.kernel.registers.writing import save
from linzhan.kernel.steps import StepRefused
from linzhan.procurement.enums import MovementKind
from linzhan.procurement.models import (
    Allocation,
    Clawback,
    FundingLine,
    FundMovement,
    FundReturn,
    LedgerEntry,
    MoneyMonth,
    Payment,
    Settlement,
    Subsidy,
)
from linzhan.procurement.money.enums import (
    DueUpon,
    EntryKind,
    MonthStage,
    Pot,
    ReturnKind,
    ReturnStage,
)
from linzhan.procurement.money.guards import returned
from linzhan.procurement.money.posting import post
from linzhan.procurement.money.protecting import decided_already

TAKEN_OFF: Final = {
    MovementKind.BUDGET: EntryKind.LESS_BUDGET,
    MovementKind.PAYMENT: EntryKind.REFUND,
    MovementKind.EXPENDITURE: EntryKind.LESS_EXPENDITURE,
}


def write(register: str, **values: Any) -> UUID:
    """One row through the one door; :class:`StepRefused` where it refuses."""
    outcome = save([Incoming.of(REGISTERS[register], [values])])[0]
    if outcome.faults:
        raise StepRefused(told(outcome))
    identity = outcome.ids[0]
    assert identity is not None
    return identity


@stepped("allocations")
def allotted(taken: Taken) -> None:
    kind = {"allot": EntryKind.ALLOCATION, "withdraw": EntryKind.WITHDRAWAL}.get(taken.step.name)
    if kind is None or taken.again:
        return
    row = Allocation.objects.get(pk=taken.row_id)
    on = row.allotted_on if kind is EntryKind.ALLOCATION else timezone.localdate(taken.at)
    post(kind, on=on, amount=row.amount, origin="allocations", origin_id=row.pk, **_account(row))


def _account(row: Any) -> dict[str, Any]:
    """The account of a row that states region, year, source and level."""
    return {
        "region": row.region_code,
        "year": row.year,
        "source": row.source,
        "fund_level": row.fund_level,
        "project_id": getattr(row, "project_id", None),
    }


@stepped("funding-lines")
def committed(taken: Taken) -> None:
    if taken.again or taken.step.name not in ("commit", "release"):
        return
    row = FundingLine.objects.get(pk=taken.row_id)
    on, amount, kind = timezone.localdate(taken.at), row.amount, EntryKind.COMMITMENT
    if taken.step.name == "release":
        kind, amount = EntryKind.RELEASE, min(row.amount, still_committed(row))
    post(kind, on=on, amount=amount, origin="funding-lines", origin_id=row.pk, **_account(row))


def still_committed(row: FundingLine) -> Decimal:
    """What of a contract's commitments of this source and level is neither paid nor released, over all years."""
    rows = LedgerEntry.objects.filter(project=row.project_id, source=row.source, fund_level=row.fund_level)
    return max(balance(rows, Pot.COMMITTED), Decimal(0))


def balance(rows: Any, pot: Pot) -> Decimal:
    """What stands in ``pot`` by these entries."""
    came = rows.filter(into_pot=pot).aggregate(amount=Sum("amount"))["amount"] or Decimal(0)
    went = rows.filter(out_of_pot=pot).aggregate(amount=Sum("amount"))["amount"] or Decimal(0)
    return Decimal(came - went)


@stepped("payments")
def paid(taken: Taken) -> None:
    """支付 books the payment among the movements, where imports stand too; 退回 takes it off again."""
    if taken.again or taken.step.name not in ("pay", "give_back"):
        return
    row = Payment.objects.get(pk=taken.row_id)
    if taken.step.name == "give_back":
        if row.movement_id is not None:
            left = FundMovement.objects.get(pk=row.movement_id)
            amount = left.amount - returned(left.pk)
            give_back(left, amount, timezone.localdate(taken.at), ReturnKind.REFUND, taken.note)
        return
    assert row.paid_on is not None
    movement = write(
        "funds",
        code=f"BF-{row.code}"[:64],
        moved_on=row.paid_on,
        region=row.region_code,
        kind=MovementKind.PAYMENT.value,
        source=row.source,
        project=row.project_id,
        amount=row.amount,
        summary=_("第 %(number)d 期（%(upon)s）") % {"number": row.instalment, "upon": row.due_upon},
        **({"fund_level": row.fund_level} if row.fund_level else {}),
        **({"voucher": row.voucher} if row.voucher else {}),
    )
    Payment.objects.filter(pk=row.pk).update(movement_id=movement)


def give_back(
    movement: FundMovement, amount: Decimal, on: date, kind: ReturnKind, reason: str, voucher: str = ""
) -> None:
    """Take ``amount`` off a movement by a decision that two people have taken already."""
    if amount <= 0:
        raise StepRefused(_("流水 %s 已全部冲减、退回") % movement.code)
    with decided_already():
        row_id = write(
            "fund-returns",
            movement=movement.pk,
            returned_on=on,
            kind=kind.value,
            amount=amount,
            reason=reason or kind.value,
            stage=ReturnStage.APPROVED.value,
            **({"voucher": voucher} if voucher else {}),
        )
    _book_return(FundReturn.objects.get(pk=row_id))


@stepped("fund-returns")
def approved(taken: Taken) -> None:
    if taken.step.name == "approve" and not taken.again:
        _book_return(FundReturn.objects.get(pk=taken.row_id))


def _book_return(row: FundReturn) -> None:
    movement = FundMovement.objects.get(pk=row.movement_id)
    post(
        TAKEN_OFF[MovementKind(movement.kind)],
        region=movement.region_code,
        on=row.returned_on,
        year=movement.moved_on.year,
        source=movement.source,
        fund_level=movement.fund_level,
        head=movement.head,
        project_id=movement.project_id,
        amount=row.amount,
        origin="fund-returns",
        origin_id=row.pk,
    )


@stepped("clawbacks")
def recovered(taken: Taken) -> None:
    """What comes back is taken off the payments of the contract, the last one first."""
    if taken.step.name != "recover" or taken.again:
        return
    row = Clawback.objects.get(pk=taken.row_id)
    assert row.recovered_on is not None
    left = row.amount
    rows = FundMovement.objects.filter(project=row.project_id, kind=MovementKind.PAYMENT)
    for movement in rows.order_by("-moved_on", "-pk"):
        part = min(left, movement.amount - returned(movement.pk))
        if part > 0:
            give_back(movement, part, row.recovered_on, ReturnKind.CLAWBACK, row.reason)
            left -= part
        if not left:
            return
    raise StepRefused(_("账上拨付不足，还有 %s 无处冲减；请核对追回金额") % money.ledger(left))


@stepped("subsidies")
def granted(taken: Taken) -> None:
    """An approved subsidy becomes an instalment of its project, to be paid as any other."""
    if taken.step.name != "approve" or taken.again:
        return
    row = Subsidy.objects.get(pk=taken.row_id)
    highest = Payment.objects.filter(project=row.project_id).aggregate(top=Max("instalment"))["top"]
    write(
        "payments",
        project=row.project_id,
        instalment=(highest or 0) + 1,
        due_upon=DueUpon.SUBSIDY.value,
        amount=row.amount,
        source="财政预算",
        delivered=_("%(rule)s（%(code)s）") % {"rule": row.rule, "code": row.code},
    )


@stepped("money-months")
def closed(taken: Taken) -> None:
    if taken.again:
        return
    row = MoneyMonth.objects.get(pk=taken.row_id)
    on = timezone.localdate(taken.at) if row.stage == MonthStage.CLOSED else None
    MoneyMonth.objects.filter(pk=row.pk).update(closed_on=on)


@stepped("settlements")
def settled(taken: Taken) -> None:
    """What was spent is settled, account by account; what was promised and not paid is free again."""
    if taken.step.name != "settle" or taken.again:
        return
    row = Settlement.objects.get(pk=taken.row_id)
    common: dict[str, Any] = {
        "project_id": row.project_id,
        "on": row.settled_on,
        "origin": "settlements",
        "origin_id": row.pk,
    }
    free: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    last: dict[tuple[str, str, str], int] = {}
    for account, pots in sorted(accounts_of(row.project_id).items()):
        region, year, source, level, head = account
        named: dict[str, Any] = {"region": region, "source": source, "fund_level": level}
        post(EntryKind.SETTLEMENT, amount=pots[Pot.SPENT], year=year, head=head, **named, **common)
        free[region, source, level] += pots[Pot.COMMITTED]
        if pots[Pot.COMMITTED] > 0:
            last[region, source, level] = year
    for (region, source, level), amount in free.items():
        if amount > 0:
            post(
                EntryKind.RELEASE,
                amount=amount,
                year=last[region, source, level],
                region=region,
                source=source,
                fund_level=level,
                **common,
            )


Account = tuple[str, int, str, str, str]


def accounts_of(project_id: UUID) -> Mapping[Account, Mapping[Pot, Decimal]]:
    """The pots of a project, by region, year, source, level and head; what is left in each."""
    found: dict[Account, dict[Pot, Decimal]] = defaultdict(lambda: dict.fromkeys(Pot, Decimal(0)))
    rows = LedgerEntry.objects.filter(project=project_id)
    names = ("region_code", "year", "source", "fund_level", "head")
    for *account, out_of, into, amount in rows.values_list(*names, "out_of_pot", "into_pot").annotate(
        amount=Sum("amount")
    ):
        pots = found[account[0], account[1], account[2], account[3], account[4]]
        pots[Pot(out_of)] -= amount
        pots[Pot(into)] += amount
    return found


__all__ = ["accounts_of", "balance", "give_back", "still_committed", "write"]
