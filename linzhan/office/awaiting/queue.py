"""The queue of approvals over all staged registers, oldest first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateTimeField, F, Value
from django.db.models.functions import Cast
from django.utils import timezone

from linzhan.kernel.ids import made_at
from linzhan.kernel.registers.awaiting import approvals, awaiting
from linzhan.kernel.registers.declare import REGISTERS, Register
from linzhan.kernel.registers.reading import look_up
from linzhan.kernel.registers.steplog import StepEntry
from linzhan.office.registers.showing import referred_text
from linzhan.policy.api import NoRuling, oversight, ruling_for

LISTED = 100
ELSEWHERE = frozenset({"service-records", "cases"})  # they have desks of their own, with the record beside


@dataclass(frozen=True, slots=True)
class Item:
    """A row that waits: which steps it waits for, since when, who sent it on, by when it is due."""

    register: Register
    row_id: UUID
    name: str
    stage: str
    steps: str
    since: datetime
    sent_by: str
    due: date


def queued(rights: Collection[str]) -> list[Register]:
    """The registers with an approval that ``rights`` open."""
    return [each for each in REGISTERS if each.key not in ELSEWHERE and approvals(each, rights)]


def days_allowed(region: str, on: date) -> int:
    """How long an approval may take before it is marked; a reminder, nothing is stopped."""
    try:
        return ruling_for(oversight.APPROVAL_DAYS, region=region, on=on).value
    except NoRuling:
        return 0


def waiting_for(rights: Collection[str], *, region: str, today: date, of: str = "") -> list[Item]:
    """At most :data:`LISTED` items, of the register ``of`` alone where it is given.

    One query for all registers, one for each that has any, one for the senders.
    """
    found = _rows([each for each in queued(rights) if of in ("", each.key)], rights)
    names = {
        key: look_up(REGISTERS[key], [row for of, row, _stage, _since in found if of == key])
        for key in dict.fromkeys(each[0] for each in found)
    }
    senders = _senders([row for _of, row, _stage, _since in found])
    grace = timedelta(days=days_allowed(region, today))
    items = []
    for key, row, stage, since in found:
        register = REGISTERS[key]
        begun = since or made_at(row)
        steps = [each for each in approvals(register, rights) if stage in each.sources]
        named = names[key].get(row)
        items.append(
            Item(
                register=register,
                row_id=row,
                name=referred_text(named) if named else register.name,
                stage=str(register.steps.states.get(stage, stage)) if register.steps else stage,
                steps="、".join(str(each.label) for each in steps),
                since=begun,
                sent_by=senders.get(row, ""),
                due=timezone.localdate(begun) + grace,
            )
        )
    return sorted(items, key=lambda each: each.since)


def _rows(
    asked: Collection[Register], rights: Collection[str]
) -> list[tuple[str, UUID, str, datetime | None]]:
    questions: list[Any] = [
        awaiting(register, rights)
        .order_by()
        .values_list(
            Value(register.key, output_field=CharField()),
            F("pk"),
            Cast(F(register.stage), CharField()),
            Cast(F("waits_since"), DateTimeField()),
        )[:LISTED]
        for register in asked
    ]
    if not questions:
        return []
    every = questions[0].union(*questions[1:], all=True) if len(questions) > 1 else questions[0]
    return list(every)[:LISTED]


def _senders(rows: Collection[UUID]) -> dict[UUID, str]:
    entries = StepEntry.objects.filter(row_id__in=rows).order_by("row_id", "-at").distinct("row_id")
    return dict(entries.values_list("row_id", "actor_label"))
