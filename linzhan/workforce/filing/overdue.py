"""What had to be filed and was not: hires, leavings, changes of post, and teams of projects (FIL-03, FIL-04).

Found from the register of workers, not from what somebody remembered to file. A submission counts on the
day it was made, whether or not the desk has accepted it yet. Changes and teams are looked for only where
a document of the place asks for their filing; the house's own default speaks of hires and leavings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from linzhan.kernel import places
from linzhan.policy.api import Ruling, consulting, rulings_by_prefix, rulings_for
from linzhan.workforce.assigning.enums import AssignmentStage
from linzhan.workforce.assigning.models import Assignment
from linzhan.workforce.enums import Occasion, Post
from linzhan.workforce.filing.enums import FilingOccasion, FilingStage
from linzhan.workforce.filing.models import FiledWorker, StaffFiling
from linzhan.workforce.filing.rules import late_by
from linzhan.workforce.models import Filing, Posting
from linzhan.workforce.parameters import FILING_DAYS, UNFILED_DAYS

SENT: Final = (FilingStage.SUBMITTED, FilingStage.ACCEPTED)
NOWHERE: Final = UUID(int=0)
UNFILED_AT_MOST: Final = 200
AT: Final = Coalesce("station_id", Value(NOWHERE))
OF: Final = Coalesce("provider_id", Value(NOWHERE))
"""Station and institution told apart where they are not stated."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Unfiled:
    """One thing that had to be filed: of whom or of which project, by when, by which clause."""

    occasion: str
    happened_on: date
    due_on: date
    late_days: int
    citation: str
    region_code: str
    provider_id: UUID | None
    station_id: UUID | None
    worker_id: UUID | None = None
    worker_name: str = ""
    project_id: UUID | None = None

    @property
    def late(self) -> bool:
        return self.late_days > 0


def unfiled_employments(on: date) -> QuerySet[Filing]:
    """Hires of whoever is still there, and leavings that are not long ago, that nobody submitted."""
    ended = Filing.objects.filter(
        worker=OuterRef("worker"), spell_from=OuterRef("spell_from"), occasion=Occasion.LEAVING
    )
    rows = Filing.objects.filter(filed_on__isnull=True, happened_on__lte=on).exclude(
        worker__post=Post.OTHER.value
    )
    hire = Q(occasion=Occasion.HIRE) & ~Exists(ended)
    leaving = Q(_recent("happened_on", on), occasion=Occasion.LEAVING)
    hired = _sent("worker", "happened_on", FilingOccasion.ESTABLISHED, FilingOccasion.HIRE)
    left = _sent("worker", "happened_on", FilingOccasion.LEAVING)
    return rows.filter((hire & ~Exists(hired)) | (leaving & ~Exists(left)))


def unfiled_changes(on: date) -> QuerySet[Posting]:
    """Another post, station, institution or kind of employment within one employment, where that has to be filed."""
    before = Posting.objects.filter(subject=OuterRef("subject"), valid_to=OuterRef("valid_from"))
    before = before.exclude(post=Post.OTHER.value)
    same = before.alias(at=AT, of=OF).filter(
        Exact(F("at"), OuterRef("at")),
        Exact(F("of"), OuterRef("of")),
        post=OuterRef("post"),
        employment=OuterRef("employment"),
    )
    hired = Filing.objects.filter(
        worker=OuterRef("subject"), occasion=Occasion.HIRE, happened_on=OuterRef("valid_from")
    )
    rows = Posting.objects.filter(_bound(on), _recent("valid_from", on), valid_from__lte=on)
    sent = _sent("subject", "valid_from", FilingOccasion.CHANGE, FilingOccasion.ESTABLISHED)
    return (
        rows.exclude(post=Post.OTHER.value)
        .alias(at=AT, of=OF)
        .filter(Exists(before), ~Exists(same), ~Exists(hired), ~Exists(sent))
    )


def unfiled_teams(on: date) -> QuerySet[Assignment]:
    """The first assignment of each project whose team nobody filed, where that has to be filed."""
    made = Q(stage=AssignmentStage.ASSIGNED)
    first = Assignment.objects.filter(made, project_id=OuterRef("project_id"))
    earlier = first.filter(
        Q(starts_on__lt=OuterRef("starts_on")) | Q(starts_on=OuterRef("starts_on"), pk__lt=OuterRef("pk"))
    )
    sent = StaffFiling.objects.filter(
        project_id=OuterRef("project_id"), occasion=FilingOccasion.ESTABLISHED, stage__in=SENT
    )
    rows = Assignment.objects.filter(made, _bound(on), _recent("starts_on", on), starts_on__lte=on)
    return rows.filter(~Exists(earlier), ~Exists(sent))


def unfiled(on: date, *, provider: UUID | None = None) -> list[Unfiled]:
    """Everything within the reader's scope, what is due first in front; at most :data:`UNFILED_AT_MOST` of each kind.

    The limit is that of the place on the day it happened; where none is known (its digits are lost),
    nothing is said. As many statements whatever the number.
    """
    with consulting(of=(FILING_DAYS, UNFILED_DAYS)):
        found = [*_employments(on, provider), *_changes(on, provider), *_teams(on, provider)]
        told = [made for each in found if (made := _judged(each, on)) is not None]
    return sorted(told, key=lambda each: (each.due_on, each.occasion, str(each.worker_id)))


def _employments(on: date, provider: UUID | None) -> Iterator[dict[str, Any]]:
    rows = _of(unfiled_employments(on), provider).order_by("happened_on", "pk")
    names = (
        "occasion",
        "happened_on",
        "region_code",
        "provider_id",
        "station_id",
        "worker_id",
        "worker__name",
    )
    for each in rows.values(*names)[:UNFILED_AT_MOST]:
        yield {"worker_name": each.pop("worker__name"), **each}


def _changes(on: date, provider: UUID | None) -> Iterator[dict[str, Any]]:
    rows = _of(unfiled_changes(on), provider).order_by("valid_from", "pk")
    names = ("valid_from", "region_code", "provider_id", "station_id", "subject_id", "subject__name")
    for each in rows.values(*names)[:UNFILED_AT_MOST]:
        yield {
            "occasion": FilingOccasion.CHANGE.value,
            "happened_on": each.pop("valid_from"),
            "worker_id": each.pop("subject_id"),
            "worker_name": each.pop("subject__name"),
            **each,
        }


def _teams(on: date, provider: UUID | None) -> Iterator[dict[str, Any]]:
    rows = _of(unfiled_teams(on), provider).order_by("starts_on", "pk")
    names = ("starts_on", "region_code", "provider_id", "station_id", "project_id")
    for each in rows.values(*names)[:UNFILED_AT_MOST]:
        yield {
            "occasion": FilingOccasion.ESTABLISHED.value,
            "happened_on": each.pop("starts_on"),
            **each,
        }


def _judged(told: Mapping[str, Any], on: date) -> Unfiled | None:
    ruling: Ruling[int] | None = rulings_for(FILING_DAYS, [told["region_code"]], told["happened_on"]).get(
        told["region_code"]
    )
    if ruling is None:
        return None
    return Unfiled(
        due_on=told["happened_on"] + timedelta(days=ruling.value),
        late_days=late_by(told["happened_on"], on, ruling.value),
        citation=ruling.citation,
        **told,
    )


def _bound(on: date) -> Q:
    """Places whose own document (or that of a place above) sets a limit; none where there is no such place."""
    found = Q(pk__in=[])
    for each in rulings_by_prefix(FILING_DAYS, within=places.NATION, on=on):
        if each.ruling is not None and each.ruling.document is not None:
            low, high = places.bounds(places.pad(each.prefix))
            found |= Q(region_code__gte=low, region_code__lt=high)
    return found


def _recent(day: str, on: date) -> Q:
    """Not longer ago than the place looks back: what is older is a question for an inspection, not for this list."""
    found = Q(pk__in=[])
    stated = rulings_by_prefix(UNFILED_DAYS, within=places.NATION, on=on)
    for each in sorted(stated, key=lambda line: len(line.prefix)):
        if each.value is None:
            continue
        low, high = places.bounds(places.pad(each.prefix))
        inside = Q(region_code__gte=low, region_code__lt=high)
        recent = inside & Q(**{f"{day}__gt": on - timedelta(days=each.value)})
        found = recent | (found & ~inside) if each.prefix else recent
    return found


def _sent(worker: str, day: str, *occasions: FilingOccasion) -> QuerySet[FiledWorker]:
    """Submissions that name the worker and were made for this day or after it."""
    of_day = Q(filing__happened_on=OuterRef(day)) | Q(filing__submitted_on__gte=OuterRef(day))
    return FiledWorker.objects.filter(
        of_day, worker=OuterRef(worker), filing__occasion__in=occasions, filing__stage__in=SENT
    )


def _of(rows: QuerySet[Any], provider: UUID | None) -> QuerySet[Any]:
    return rows if provider is None else rows.filter(provider_id=provider)
