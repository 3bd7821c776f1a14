"""What is stored of workers as the rules of assignment need it: a fixed number of questions for any team."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from linzhan.workforce.assigning.enums import AssignmentRole, AssignmentStage
from linzhan.workforce.assigning.models import Assignment
from linzhan.workforce.assigning.rules import Held
from linzhan.workforce.enums import Grade, Occasion
from linzhan.workforce.models import Filing, SocialWorker
from linzhan.workforce.standing.models import Vetting, WorkBar


@dataclass(slots=True)
class Person:
    """One worker with what counts on the day. The same person of another county that the reader sees counts too."""

    worker: SocialWorker
    bars: list[WorkBar] = field(default_factory=list)
    vettings: list[tuple[date | None, str, date | None]] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    unfiled_since: date | None = None

    @property
    def holds_certificate(self) -> bool:
        return self.worker.certificate not in ("", Grade.NONE)


def people(worker_ids: Collection[UUID], on: date, *, vetted: bool) -> dict[UUID, Person]:
    """Those of ``worker_ids`` that the reader sees: a fixed number of statements; vetting only where it is asked."""
    found = {each.pk: Person(each) for each in SocialWorker.objects.filter(pk__in=list(worker_ids))}
    by_index = defaultdict(list)
    for person in found.values():
        by_index[person.worker.identity_number_index].append(person)
    rows = SocialWorker.objects.filter(identity_number_index__in=list(by_index))
    same = {
        pk: by_index[index]
        for pk, index in rows.values_list("pk", "identity_number_index")
        if index in by_index
    }
    _note_bars(same)
    if vetted:
        _note_vettings(same)
    _note_assignments(same, on)
    hires = Filing.objects.filter(worker__in=list(found), occasion=Occasion.HIRE, filed_on__isnull=True)
    for worker, spell, happened in hires.values_list("worker_id", "spell_from", "happened_on"):
        if spell == found[worker].worker.hired_on:
            found[worker].unfiled_since = happened
    return found


def _note_bars(same: Mapping[UUID, Collection[Person]]) -> None:
    for bar in WorkBar.objects.filter(worker__in=list(same)):
        for person in same[bar.worker_id]:
            person.bars.append(bar)


def _note_vettings(same: Mapping[UUID, Collection[Person]]) -> None:
    rows = Vetting.objects.filter(worker__in=list(same)).order_by("-answered_on", "-pk")
    for worker, answered, result, until in rows.values_list(
        "worker_id", "answered_on", "result", "valid_until"
    ):
        for person in same[worker]:
            person.vettings.append((answered, result, until))


def in_force(on: date) -> Q:
    """Assignments that hold on a day; one that has ended since held until its last day."""
    made = Q(stage__in=(AssignmentStage.ASSIGNED, AssignmentStage.ENDED), starts_on__lte=on)
    return made & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))


def _note_assignments(same: Mapping[UUID, Collection[Person]], on: date) -> None:
    rows = Assignment.objects.filter(in_force(on), worker__in=list(same))
    names = ("worker_id", "project_id", "role", "share", "full_time")
    for worker, project, role, share, full_time in rows.values_list(*names):
        held = Held(project, role == AssignmentRole.RUNS, _decimal(share), bool(full_time))
        for person in same[worker]:
            person.held.append(held)


def _decimal(value: object) -> Decimal | None:
    return value if isinstance(value, Decimal) else None
