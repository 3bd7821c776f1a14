"""Who answers for a child is vetted: at a case's intake and wherever a responsible worker is named (``domain.md`` §3.5)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from linzhan.casework.models import Resident
from linzhan.kernel.checks import Checked, stops
from linzhan.kernel.identity import age
from linzhan.kernel.masking import mask_name
from linzhan.policy.api import resident_categories
from linzhan.workforce.api import minors_checks

ADULT: Final = 18
CHILDREN: Final = "C"  # the kind of categories that only children belong to (domain.md §6.1)


def children_among(residents: Collection[UUID], on: date) -> list[Resident]:
    """Those under 18; without a date of birth, those of a category of children."""
    rows = Resident.objects.filter(pk__in=list(residents)).order_by("pk")
    found = list(rows.only("id", "name", "born_on", "categories", "region_code"))
    undated = {each.region_code for each in found if each.born_on is None and each.categories}
    of_children = {
        region: {each.code for each in resident_categories(region, on) if each.kind == CHILDREN}
        for region in undated
    }
    return [
        each
        for each in found
        if (
            age(each.born_on, on) < ADULT
            if each.born_on is not None
            else not of_children.get(each.region_code, set()).isdisjoint(each.categories)
        )
    ]


def child_checks(
    worker: UUID, residents: Collection[UUID], *, region: str, begun_on: date, on: date
) -> Sequence[Checked]:
    """The checks of ``worker`` where one of ``residents`` was a child when it began; none where all were adults."""
    if not children_among(residents, begun_on):
        return []
    return minors_checks([worker], region=region, on=on, begun_on=begun_on)[worker]


def refused(answering: Mapping[UUID, UUID], on: date, *, children: Sequence[Resident] | None = None) -> str:
    """Why ``answering`` (resident to worker) cannot be; empty where it can.

    ``children`` are those among them, where the reader does not see the files yet.
    """
    concerned = children_among(list(answering), on) if children is None else children
    return "；".join(_refusals(answering, concerned, on)) if concerned else ""


def _refusals(answering: Mapping[UUID, UUID], children: Sequence[Resident], on: date) -> Iterator[str]:
    workers = sorted({answering[each.pk] for each in children})
    for worker, checks in minors_checks(workers, region=children[0].region_code, on=on).items():
        if against := stops(checks):
            names = "、".join(mask_name(each.name) for each in children if answering[each.pk] == worker)
            who = names if len(answering) > 1 else "这位对象"
            yield f"{who}未满 {ADULT} 周岁，所选社工" + "；".join(each.sentence for each in against)
