"""Bank statements against the books: what may belong together; a person says whether it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.utils import timezone

from linzhan.kernel import places
from linzhan.policy.api import NoRuling, procurement, ruling_for
from linzhan.procurement.enums import MovementKind
from linzhan.procurement.models import BankLine, FundMovement
from linzhan.procurement.money.enums import BankStage
from linzhan.procurement.money.rules import Paper, goes_out, matches

SHOWN: Final = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggested:
    """A pair that may belong together; ``sure`` where neither side has another candidate."""

    line: BankLine
    movement: FundMovement
    days: int
    by_voucher: bool
    sure: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Reconciliation:
    suggested: Sequence[Suggested]
    lines: Sequence[BankLine]
    movements: Sequence[FundMovement]
    window: int


def reconciliation(region: str) -> Reconciliation:
    """The oldest open lines of a place, what of the books may be meant, and what is left on either side.

    It only looks: asked again it says the same, and nothing is matched until a person confirms.
    """
    low, high = places.bounds(region)
    here = {"region_code__gte": low, "region_code__lt": high}
    lines = list(BankLine.objects.filter(**here, stage=BankStage.OPEN).order_by("happened_on", "pk")[:SHOWN])
    window = _window(region)
    if not lines:
        return Reconciliation(suggested=[], lines=[], movements=[], window=window)
    since = lines[0].happened_on - timedelta(window)
    until = max(line.happened_on for line in lines) + timedelta(window)
    suggested: list[Suggested] = []
    movements: dict[str, FundMovement] = {}
    for of_operator in (False, True):
        own = [line for line in lines if (line.project_id is not None) is of_operator]
        found = _unmatched(here, since, until, of_operator=of_operator) if own else []
        known = {str(each.pk): each for each in found}
        by_id = {str(line.pk): line for line in own}
        papers = [_paper(each, of_operator=of_operator) for each in found]
        suggested += [
            Suggested(
                line=by_id[m.line],
                movement=known[m.movement],
                days=m.days,
                by_voucher=m.by_voucher,
                sure=m.only,
            )
            for m in matches([line.paper for line in own], papers, window)
            if by_id[m.line].project_id in (None, known[m.movement].project_id)
        ]
        movements.update(known)
    met = {str(each.movement.pk) for each in suggested}
    left = [each for key, each in movements.items() if key not in met]
    with_suggestion = {each.line.pk for each in suggested}
    return Reconciliation(
        suggested=suggested[:SHOWN],
        lines=[line for line in lines if line.pk not in with_suggestion],
        movements=left[:SHOWN],
        window=window,
    )


def _unmatched(
    here: dict[str, str], since: object, until: object, *, of_operator: bool
) -> list[FundMovement]:
    done = BankLine.objects.filter(
        **here, stage=BankStage.MATCHED, movement__isnull=False, project__isnull=not of_operator
    )
    rows = FundMovement.objects.filter(
        **here,
        moved_on__gte=since,
        moved_on__lte=until,
        kind__in=(MovementKind.PAYMENT, MovementKind.EXPENDITURE),
    ).exclude(pk__in=done.values("movement"))
    if of_operator:
        rows = rows.filter(project__isnull=False)
    return list(rows.order_by("moved_on", "pk")[: SHOWN * 5])


def _paper(movement: FundMovement, *, of_operator: bool) -> Paper:
    return Paper(
        id=str(movement.pk),
        on=movement.moved_on,
        amount=movement.amount,
        out=goes_out(movement.kind, of_operator=of_operator),
        voucher=movement.voucher,
    )


def _window(region: str) -> int:
    try:
        return ruling_for(procurement.RECONCILE_DAYS, region=region, on=timezone.localdate()).value
    except NoRuling:
        return 0
