"""Which flags wait for whom: scoped queries, without names."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from linzhan.kernel.scope import current_scope
from linzhan.oversight.api import FlagStage, PlausibilityFlag


def asked_of_me() -> QuerySet[PlausibilityFlag]:
    """Flags about the reader's own records that they have not answered."""
    return PlausibilityFlag.objects.filter(stage=FlagStage.ASKED, person_id__in=current_scope().people)


def to_be_settled(today: date) -> QuerySet[PlausibilityFlag]:
    """Flags about others that were answered, or that nobody answered in time."""
    late = Q(stage=FlagStage.ASKED) & (Q(answer_by__lt=today) | Q(person_id__isnull=True))
    others = ~Q(person_id__in=current_scope().people) | Q(person_id__isnull=True)
    return PlausibilityFlag.objects.filter(Q(stage=FlagStage.ANSWERED) | late).filter(others)
