"""What other parts of the file make due: a major change a first contact (SVC-07), a closed case a follow-up."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from linzhan.casework.cases.selectors import follow_ups_due
from linzhan.casework.residents.models import MajorChange
from linzhan.casework.visits.due import FRESH
from linzhan.casework.visits.owing import Told, owed_after, owed_on

AHEAD = timedelta(days=30)


@owed_after("major-changes")
def major_changes(on: date) -> QuerySet[Any, Any]:
    """From the day a change was found: whoever had to come within hours of it could not have known before."""
    here = timezone.get_current_timezone()
    until = datetime.combine(on + timedelta(days=1), time.min, here)
    rows = MajorChange.objects.filter(found_at__lt=until, found_at__gte=until - timedelta(days=FRESH + 1))
    return rows.values_list("resident_id", TruncDate("found_at", tzinfo=here))


@owed_on("follow-ups")
def follow_ups(on: date) -> Told:
    """The next follow-up of each closed case, where the rule of follow-ups (VF12) is in force."""
    words = _("个案 %(code)s 结案后第 %(number)d 次回访")
    return [
        (due.resident, due.due_on, words % {"code": due.code, "number": due.number})
        for due in follow_ups_due(on + AHEAD)
    ]
