"""Questions about residents' files, each for any number of persons at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from linzhan.casework.enums import ResidentStatus
from linzhan.casework.models import Resident
from linzhan.casework.residents import rules
from linzhan.casework.residents.models import CategoryBasis, Consent, MajorChange, ResidentDetail, RiskReview
from linzhan.policy.api import (
    NoRuling,
    Parameter,
    casework,
    consulting,
    resident_categories,
    ruling_for,
    rulings_of,
)

T = TypeVar("T")
CONFIDENTIAL = "保密类别"


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a place has decided about files; ``texts`` are what is told of each purpose of a consent."""

    risk: rules.RiskNumbers
    notice: int
    texts: Mapping[str, str]


def numbers(region: str, on: date) -> Numbers:
    """All parameters of the resident's file for ``region``; one query."""
    with consulting(ahead=True):
        aged = _value(casework.HIGH_RISK_CATEGORIES, region, on)
        key = _value(casework.KEY_CATEGORIES, region, on)
        ordinary = _value(casework.ORDINARY_CATEGORIES, region, on)
        return Numbers(
            risk=rules.RiskNumbers(
                aged=_value(casework.HIGH_RISK_AGE, region, on),
                aged_categories=frozenset(aged),
                key_categories=frozenset(key),
                ordinary_categories=frozenset(ordinary),
                recent=_value(casework.RECENT_CHANGE, region, on),
            ),
            notice=_value(casework.EXPIRY_NOTICE, region, on),
            texts={
                ruling.variant: ruling.value
                for ruling in rulings_of(casework.CONSENT_TEXT, region=region, on=on)
            },
        )


def _value(parameter: Parameter[T], region: str, on: date, variant: str = "") -> T:
    return ruling_for(parameter, region=region, on=on, variant=variant).value


def review_days(region: str, level: str, on: date) -> int | None:
    """In how many days a person of ``level`` is reviewed again; None: no rule (普通)."""
    try:
        return _value(casework.REVIEW_DAYS, region, on, level)
    except NoRuling:
        return None


def consent_text(region: str, purpose: str, on: date) -> str:
    """What is told to whoever is asked to consent, as the place words it."""
    return _value(casework.CONSENT_TEXT, region, on, purpose)


def category_names(region: str, on: date) -> dict[str, str]:
    """What is confidential is not named in a reason, for reasons are read by more people than categories."""
    listed = resident_categories(region, on)
    return {entry.code: CONFIDENTIAL if entry.confidential else entry.name for entry in listed}


def suggestions(residents: Sequence[Resident], on: date) -> dict[UUID, rules.Suggestion]:
    """The level that speaks from each file, with its reasons; three queries and the rulebook of each county."""
    if not residents:
        return {}
    ids = [each.pk for each in residents]
    asked = ("living", "health", "guardianship")
    details: dict[UUID, dict[str, str]] = {
        identity: dict(zip(asked, told, strict=True))
        for identity, *told in ResidentDetail.objects.filter(resident_id__in=ids).values_list(
            "resident_id", *asked
        )
    }
    decided = {code: numbers(code, on) for code in {each.region_code for each in residents}}
    names = category_names(residents[0].region_code, on)
    longest = max(each.risk.recent for each in decided.values())
    changes = changes_of(ids, since=on - timedelta(days=longest))
    return {
        each.pk: rules.suggest(
            _person(each, details.get(each.pk, {}), changes.get(each.pk, ())),
            on,
            decided[each.region_code].risk,
            names,
        )
        for each in residents
    }


def _person(resident: Resident, detail: Mapping[str, str], changes: Sequence[MajorChange]) -> rules.Person:
    return rules.Person(
        born_on=resident.born_on,
        categories=frozenset(resident.categories),
        living=detail.get("living", ""),
        health=detail.get("health", ""),
        guardianship=detail.get("guardianship", ""),
        changes=[(change.kind, local_day(change.happened_at)) for change in changes],
    )


def local_day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def changes_of(ids: Collection[UUID], *, since: date) -> dict[UUID, list[MajorChange]]:
    """Major changes found on ``since`` or later, by resident, newest first: what opens a first contact (SVC-07)."""
    begins = datetime.combine(since, time.min, timezone.get_current_timezone())
    found: defaultdict[UUID, list[MajorChange]] = defaultdict(list)
    rows = MajorChange.objects.filter(resident_id__in=ids, found_at__gte=begins)
    for row in rows.order_by("-found_at", "-pk"):
        found[row.resident_id].append(row)
    return dict(found)


def open_bases(ids: Collection[UUID]) -> QuerySet[CategoryBasis]:
    """Bases that nobody has ended; one that has expired is among them, for a person has to look at it."""
    return CategoryBasis.objects.filter(resident_id__in=ids, ended_on__isnull=True)


def standing_consents(ids: Collection[UUID]) -> dict[UUID, dict[str, Consent]]:
    """The newest consent of each purpose that is not withdrawn, by resident."""
    rows = Consent.objects.filter(resident_id__in=ids, withdrawn_on__isnull=True)
    found: defaultdict[UUID, dict[str, Consent]] = defaultdict(dict)
    for row in rows.order_by("given_on", "pk"):
        found[row.resident_id][row.purpose] = row
    return dict(found)


def latest_reviews(ids: Collection[UUID]) -> dict[UUID, RiskReview]:
    """The last risk review of each person; of two on a day the one written last."""
    rows = RiskReview.objects.filter(resident_id__in=ids).order_by("resident_id", "-reviewed_on", "-pk")
    return {row.resident_id: row for row in rows.distinct("resident_id")}


def expiring(until: date) -> QuerySet[CategoryBasis]:
    """Bases of registered persons that expire by ``until`` or have: people to look at, nothing is taken away."""
    return CategoryBasis.objects.filter(
        ended_on__isnull=True, expires_on__lte=until, resident__status=ResidentStatus.REGISTERED
    )


def reviews_due(until: date) -> QuerySet[RiskReview]:
    """Last reviews of registered persons whose term ends by ``until``."""
    later = RiskReview.objects.filter(resident_id=OuterRef("resident_id")).filter(
        Q(reviewed_on__gt=OuterRef("reviewed_on"))
        | Q(reviewed_on=OuterRef("reviewed_on"), pk__gt=OuterRef("pk"))
    )
    return RiskReview.objects.filter(
        ~Exists(later), review_by__lte=until, resident__status=ResidentStatus.REGISTERED
    )
