"""What follows from the steps of a payment, and the list that is handed to whoever pays (PAY-09…13)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from linzhan.kernel.registers.amending import amend
from linzhan.kernel.registers.examining import Arriving
from linzhan.kernel.registers.stepping import Taken, stepped
from linzhan.kernel.sheets.columns import Column, Kind, Sheet
from linzhan.kernel.sheets.making import money, text
from linzhan.network.api import Station
from linzhan.policy.api import rulings_for
from linzhan.providers.api import Provider
from linzhan.workforce.parameters import PAY_SCALE
from linzhan.workforce.paying.computing import rewrite
from linzhan.workforce.paying.models import AllowanceBatch, AllowanceLine

LIST = Sheet(
    name="发放名单",
    columns=(
        Column(name="number", header="序号", kind=Kind.INTEGER),
        text("name", "姓名"),
        text("provider", "单位"),
        text("station", "站点"),
        text("grade", "职业资格"),
        text("why", "发放情形"),
        money("amount", "金额"),
        text("signed", "签收"),
    ),
)


@stepped("allowance-batches")
def follow_batch(taken: Taken) -> None:
    if taken.again:
        return
    if taken.step.name == "submit":
        persons, total = rewrite(AllowanceBatch.objects.get(pk=taken.row_id))
        amend(taken.register, taken.row_id, {"persons": persons, "amount": total})
    elif taken.step.name == "approve":
        amend(taken.register, taken.row_id, {"approved_on": timezone.localdate(taken.at)})


def derive_cost(arriving: Sequence[Arriving]) -> None:
    """What a post costs a year: the sum of its parts."""
    for each in arriving:
        parts = [each.values.get(name) for name in ("wage", "insurance", "other")]
        stated = [part for part in parts if isinstance(part, Decimal)]
        each.derive("per_post", sum(stated, Decimal(0)))


def scale_faults(arriving: Sequence[Arriving]) -> None:
    """A grade beyond those that the place's rule counts is refused, with the rule (PAY-01)."""
    by_day: dict[date, list[Arriving]] = {}
    for each in arriving:
        if isinstance(starts_on := each.values.get("starts_on"), date):
            by_day.setdefault(starts_on, []).append(each)
    for day, group in by_day.items():
        rulings = rulings_for(PAY_SCALE, {each.where.region_code for each in group}, day)
        for each in group:
            ruling, grade = rulings.get(each.where.region_code), each.values.get("grade")
            if ruling is not None and isinstance(grade, int) and grade > ruling.value.grades:
                each.refuse(
                    "grade", f"薪级表共 {ruling.value.grades} 级（{ruling.citation}），没有第 {grade} 级"
                )


def lines_of(batch: UUID) -> list[AllowanceLine]:
    rows = AllowanceLine.objects.filter(batch=batch).select_related("worker")
    return list(rows.order_by("region_code", "worker_id"))


def payment_list(batch: UUID) -> Iterator[tuple[Sheet, Iterator[dict[str, object]]]]:
    """The list of a payment as a sheet: who, where, what for, how much, and room for a signature."""
    lines = lines_of(batch)
    stations = dict(
        Station.objects.filter(pk__in={each.station_id for each in lines if each.station_id}).values_list(
            "pk", "name"
        )
    )
    providers = dict(
        Provider.objects.filter(pk__in={each.provider_id for each in lines if each.provider_id}).values_list(
            "pk", "name"
        )
    )
    rows: list[dict[str, object]] = [
        {
            "number": number,
            "name": each.worker.name,
            "provider": providers.get(each.provider_id or UUID(int=0), ""),
            "station": stations.get(each.station_id or UUID(int=0), ""),
            "grade": each.grade,
            "why": each.why,
            "amount": each.amount,
            "signed": "",
        }
        for number, each in enumerate(lines, 1)
    ]
    total = sum((each.amount for each in lines), Decimal(0))
    rows.append({"name": "合计", "amount": total, "number": None})
    yield LIST, iter(rows)
