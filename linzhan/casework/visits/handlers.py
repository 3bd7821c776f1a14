"""What other parts of the file make due: a major change asks for a first contact again (SVC-07)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from linzhan.casework.residents.models import MajorChange
from linzhan.casework.visits.due import FRESH
from linzhan.casework.visits.owing import owed_after


@owed_after("major-changes")
def major_changes(on: date) -> QuerySet[Any, Any]:
    """From the day a change was found: whoever had to come within hours of it could not have known before."""
    here = timezone.get_current_timezone()
    until = datetime.combine(on + timedelta(days=1), time.min, here)
    rows = MajorChange.objects.filter(found_at__lt=until, found_at__gte=until - timedelta(days=FRESH + 1))
    return rows.values_list("resident_id", TruncDate("found_at", tzinfo=here))
