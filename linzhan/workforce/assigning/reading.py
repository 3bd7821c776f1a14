"""What is stored of workers as the rules of assignment need it: one statement for any team."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from linzhan.workforce.assigning.enums import AssignmentRole, AssignmentStage
from linzhan.workforce.assigning.models import Assignment
from linzhan.workforce.assigning.rules import Held
from linzhan.workforce.enums import Grade, Occasion
from linzhan.workforce.models import Filing, SocialWorker
from linzhan.workforce.standing.models import Vetting, WorkBar


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from its first day until before ``ends_on``, on whose word."""

    starts_on: date
    ends_on: date
    citation: str


@dataclass(slots=True)
class Person:
    """One worker with what counts on the day. The same person of another county that the reader sees counts too."""

    worker: SocialWorker
    bars: list[Bar] = field(default_factory=list)
    vettings: list[tuple[date | None, str, date | None]] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    unfiled_since: date | None = None

    @property
    def holds_certificate(self) -> bool:
        return self.worker.certificate not in ("", Grade.NONE)


def people(worker_ids: Collection[UUID], on: date, *, vetted: bool) -> dict[UUID, Person]:
    """Those of ``worker_ids`` that the reader sees, in one statement; vetting only where it is asked."""
    same = Q(worker__identity_number_index=OuterRef("identity_number_index"))
    hires = Filing.objects.filter(
        worker=OuterRef("pk"),
        spell_from=OuterRef("hired_on"),
        occasion=Occasion.HIRE,
        filed_on__isnull=True,
    )
    asked = {
        "told_bars": _rows(WorkBar.objects.filter(same).order_by("starts_on"), "starts_on ends_on citation"),
        "told_held": _rows(Assignment.objects.filter(in_force(on), same), "project_id role share full_time"),
        "told_hires": _rows(hires, "happened_on"),
    }
    if vetted:
        vettings = Vetting.objects.filter(same).order_by("-answered_on", "-pk")
        asked["told_vettings"] = _rows(vettings, "answered_on result valid_until")
    rows = SocialWorker.objects.filter(pk__in=list(worker_ids)).annotate(**asked)
    return {each.pk: _person(each, vars(each)) for each in rows}


def _person(worker: SocialWorker, told: Mapping[str, Any]) -> Person:
    return Person(
        worker,
        bars=[
            Bar(date.fromisoformat(each["starts_on"]), date.fromisoformat(each["ends_on"]), each["citation"])
            for each in told["told_bars"]
        ],
        vettings=[
            (_day(each["answered_on"]), each["result"], _day(each["valid_until"]))
            for each in told.get("told_vettings", ())
        ],
        held=[_held(each) for each in told["told_held"]],
        unfiled_since=max(
            (date.fromisoformat(each["happened_on"]) for each in told["told_hires"]), default=None
        ),
    )


def _held(told: Mapping[str, Any]) -> Held:
    share = None if told["share"] is None else Decimal(str(told["share"]))
    return Held(UUID(told["project_id"]), told["role"] == AssignmentRole.RUNS, share, bool(told["full_time"]))


def in_force(on: date) -> Q:
    """Assignments that hold on a day; one that has ended since held until its last day."""
    made = Q(stage__in=(AssignmentStage.ASSIGNED, AssignmentStage.ENDED), starts_on__lte=on)
    return made & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))


def _rows(rows: QuerySet[Any], names: str) -> ArraySubquery:
    return ArraySubquery(rows.values(told=JSONObject(**{name: name for name in names.split()})))


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
