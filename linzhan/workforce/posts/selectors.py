"""Local trainees of an operator from elsewhere, and posts that are short (STN-18, PPL-09, PPL-14, PPL-15)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q

from linzhan.kernel import places
from linzhan.kernel.checks import Checked, Outcome
from linzhan.policy.api import NoRuling, ruling_for
from linzhan.workforce.filing.rights import OVERRULE_STAFFING
from linzhan.workforce.models import SocialWorker
from linzhan.workforce.parameters import OUTSIDE_TRAINEES
from linzhan.workforce.posts.enums import Origin
from linzhan.workforce.posts.models import PersonOrigin


def local_trainees(provider_id: UUID, *, region: str, on: date) -> int:
    """How many of an institution's workers in the county of ``region`` are local trainees on a day (PPL-09)."""
    low, high = places.bounds(places.county_of(region))
    employed = SocialWorker.objects.filter(
        Q(left_on__isnull=True) | Q(left_on__gt=on),
        provider=provider_id,
        hired_on__lte=on,
        region_code__gte=low,
        region_code__lt=high,
    )
    lasting = PersonOrigin.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on), origin=Origin.TRAINEE, starts_on__lte=on
    )
    return lasting.filter(worker__in=employed.values("pk")).values("worker").distinct().count()


def trainee_checks(provider_id: UUID, *, registered_at: str, region: str, on: date) -> list[Checked]:
    """An operator from outside the county must have as many local trainees as the place says (STN-18).

    ``registered_at`` is the division where the institution is registered; one of the county itself is not asked.
    """
    if places.county_of(registered_at) == places.county_of(region):
        return []
    try:
        ruling = ruling_for(OUTSIDE_TRAINEES, region=region, on=on)
    except NoRuling:
        return []
    have = local_trainees(provider_id, region=region, on=on)
    met = have >= ruling.value
    return [
        Checked(
            key="trainees",
            title="本土新招培养对象",
            outcome=Outcome.PASS if met else Outcome.STOP,
            words=f"外来机构须有 {ruling.value} 名本土新招培养对象，现有 {have} 名",
            clause=ruling.citation,
            overrule="" if met else OVERRULE_STAFFING,
        )
    ]
