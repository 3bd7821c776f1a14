"""Questions about rounds: whose seat it is, what was given, what stands behind a result."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from linzhan.quality.models import (
    EvaluationRound,
    EvaluationScore,
    Evidence,
    RoundEvaluator,
    RoundFile,
    RoundSubject,
)
from linzhan.quality.rounds.enums import RoundStage


def seats_of(username: str) -> QuerySet[RoundEvaluator]:
    """Where somebody scores now: their seats in rounds that are being scored."""
    found = RoundEvaluator.objects.filter(username=username) if username else RoundEvaluator.objects.none()
    return (
        found.filter(round__stage=RoundStage.SCORING)
        .select_related("round")
        .order_by("round__scoring_due", "pk")
    )


def subjects_of(held: EvaluationRound) -> QuerySet[RoundSubject]:
    return RoundSubject.objects.filter(round=held).order_by("code")


def given_by(evaluator: RoundEvaluator, subjects: Iterable[UUID] | None = None) -> list[EvaluationScore]:
    """What somebody gave, of all or of some subjects."""
    rows = EvaluationScore.objects.filter(evaluator=evaluator)
    return list(rows if subjects is None else rows.filter(subject__in=list(subjects)))


def evidence_of(subject: RoundSubject) -> dict[str, Evidence]:
    """The frozen numbers of a subject by line."""
    return {each.line: each for each in Evidence.objects.filter(subject=subject)}


def files_drawn(subject: RoundSubject) -> dict[str, list[RoundFile]]:
    """The files to be read, by line, in the order of the draw."""
    found: dict[str, list[RoundFile]] = {}
    for each in RoundFile.objects.filter(subject=subject).order_by("line", "place"):
        found.setdefault(each.line, []).append(each)
    return found
