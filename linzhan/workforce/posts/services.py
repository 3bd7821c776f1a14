"""How many workers an employer with beds should have (PPL-14)."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from linzhan.kernel.registers.examining import Arriving
from linzhan.policy.api import rulings_for
from linzhan.workforce.parameters import BEDS_PER_WORKER
from linzhan.workforce.posts.enums import UnitKind


def derive_needed(arriving: Sequence[Arriving]) -> None:
    """One for every full number of beds of the place's rule, at least one; nothing where the place has no rule."""
    rulings = rulings_for(
        BEDS_PER_WORKER, {each.where.region_code for each in arriving}, timezone.localdate()
    )
    for each in arriving:
        ruling, beds = rulings.get(each.where.region_code), each.values.get("beds")
        if ruling is not None and isinstance(beds, int) and each.values.get("kind") == UnitKind.ELDERLY:
            each.derive("needed", max(1, beds // ruling.value))
