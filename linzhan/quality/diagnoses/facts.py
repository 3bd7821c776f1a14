"""What the records say of an institution's team in a place: numbers of all, nobody is named (EVL-04)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from linzhan.kernel import places
from linzhan.kernel.periods import parse_period
from linzhan.quality.models import SurveyResult
from linzhan.quality.surveys.enums import About, Audience
from linzhan.workforce.api import Appraisal, Certificate, Posting, SocialWorker, StaffFiling

YEAR = timedelta(days=365)
OTHER = "其他"
VOIDED = "已作废"
CONFIRMED = "已确认"


def facts_of(region: str, provider: UUID, period: str, today: date) -> dict[str, Any]:
    """Team on the last day (or today), certificates, who left in twelve months, filings of the period.

    Eight queries. ``None`` where there is nothing to take a share of.
    """
    span = parse_period(period)
    on = min(span.end, today)
    here = _postings(region, provider)
    now = set(_at(here, on).values_list("identity_number_index", flat=True))
    before = set(_at(here, on - YEAR).values_list("identity_number_index", flat=True))
    left = {
        person
        for person in here.filter(valid_to__gt=on - YEAR, valid_to__lte=on).values_list(
            "identity_number_index", flat=True
        )
        if person not in now
    }
    holders = SocialWorker.objects.filter(identity_number_index__in=now)
    certified = (
        Certificate.objects.filter(Q(passed_on__isnull=True) | Q(passed_on__lte=on), worker__in=holders)
        .values("worker__identity_number_index")
        .distinct()
        .count()
    )
    filings = _filings(region, provider, span.start, on)
    mean = (len(now) + len(before)) / 2
    return {
        "as_of": on.isoformat(),
        "on_post": len(now),
        "certified": certified,
        "certified_share": _share(certified, len(now)),
        "left": len(left),
        "turnover": _share(len(left), mean),
        **filings,
        "appraised": _appraised(region, provider, span.start, on),
        **_satisfaction(region, provider, on),
    }


def _appraised(region: str, provider: UUID, start: date, end: date) -> int:
    """Of how many the yearly appraisal was held and confirmed: how many, never what it said (PPL-17, EVL-22)."""
    low, high = places.bounds(region)
    rows = Appraisal.objects.filter(
        provider_id=provider,
        region_code__gte=low,
        region_code__lt=high,
        held_on__range=(start, end),
        stage=CONFIRMED,
    )
    return rows.order_by().values("worker").distinct().count()


def _satisfaction(region: str, provider: UUID, on: date) -> dict[str, Any]:
    """What those served said in the last survey here that ended by the day (EVL-22); None where none is shown."""
    last = (
        SurveyResult.objects.filter(
            provider_id=provider, about=About.PROVIDER, audience=Audience.RESIDENTS, survey__region_code=region,
            closed_on__lte=on,
        )
        .order_by("-closed_on", "-pk")
        .first()
    )  # fmt: skip
    if last is None:
        return {"satisfaction": None, "answered": None}
    return {"satisfaction": None if last.mean is None else f"{last.mean}", "answered": last.answered}


def _postings(region: str, provider: UUID) -> QuerySet[Posting]:
    low, high = places.bounds(region)
    rows = Posting.objects.filter(provider_id=provider, region_code__gte=low, region_code__lt=high)
    return rows.exclude(post=OTHER).order_by()


def _at(rows: QuerySet[Posting], on: date) -> QuerySet[Posting]:
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
    return rows.filter(begun, Q(valid_to__isnull=True) | Q(valid_to__gt=on))


def _filings(region: str, provider: UUID, start: date, end: date) -> dict[str, Any]:
    low, high = places.bounds(region)
    rows = StaffFiling.objects.filter(
        provider_id=provider, region_code__gte=low, region_code__lt=high, happened_on__range=(start, end)
    ).exclude(stage=VOIDED)
    due = rows.filter(due_on__isnull=False)
    count, timely = due.count(), due.filter(submitted_on__lte=F("due_on")).count()
    return {"filings": count, "filed_on_time": timely, "filed_share": _share(timely, count)}


def _share(part: float, whole: float) -> float | None:
    return round(100 * part / whole, 1) if whole else None
