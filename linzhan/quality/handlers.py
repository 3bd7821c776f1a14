"""What other desks ask of evaluations: the results of a project, for those who pay it (PUR-16, FND-21)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from linzhan.procurement.api import WITNESSES, Evaluated, Witness
from linzhan.quality.enums import PASSED, EvaluationKind, SubjectKind
from linzhan.quality.models import EvaluationResult


def results_of(project_id: UUID, on: date) -> Iterable[Evaluated]:
    """The results of a project until a day; what somebody says of themselves decides nothing."""
    rows = EvaluationResult.objects.filter(
        subject_kind=SubjectKind.PROJECT, subject_id=project_id, evaluated_on__lte=on
    ).exclude(kind=EvaluationKind.SELF)
    return [
        Evaluated(
            kind=row.kind, grade=row.grade, on=row.evaluated_on, passed=row.grade in PASSED, code=row.code
        )
        for row in rows
    ]


WITNESSES.add(Witness("evaluations", results=results_of))
