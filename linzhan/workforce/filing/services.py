"""What follows from a step: a filing is dated and noted at its workers, a leaving ends the employment (FIL-02, FIL-03)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from linzhan.kernel.registers.amending import amend
from linzhan.kernel.registers.examining import Arriving
from linzhan.kernel.registers.stepping import Taken, stepped
from linzhan.kernel.sheets.days import day_of
from linzhan.kernel.steps import StepRefused
from linzhan.policy.api import rulings_for
from linzhan.workforce.assigning.checks import Rulebook
from linzhan.workforce.filing.enums import FilingOccasion
from linzhan.workforce.filing.rules import late_by
from linzhan.workforce.models import Filing, SocialWorker
from linzhan.workforce.parameters import FILING_DAYS
from linzhan.workforce.services import Filed, Leaving, WorkforceRefused, file_changes, leave

OCCASIONS = {
    FilingOccasion.ESTABLISHED: "入职",
    FilingOccasion.HIRE: "入职",
    FilingOccasion.LEAVING: "离职",
}


def derive_due(arriving: Sequence[Arriving]) -> None:
    """Until when a filing is in time, by the rule of its place on the day it happened."""
    by_day: dict[date, list[Arriving]] = {}
    for each in arriving:
        if isinstance(happened := each.values.get("happened_on"), date):
            by_day.setdefault(happened, []).append(each)
    for day, group in by_day.items():
        rulings = rulings_for(FILING_DAYS, {each.where.region_code for each in group}, day)
        for each in group:
            if (ruling := rulings.get(each.where.region_code)) is not None:
                each.derive("due_on", day + timedelta(days=ruling.value))


@stepped("staff-filings")
def date_filing(taken: Taken) -> None:
    """Note the day of a submission and how late it was; the first submission counts, whatever was given back."""
    if taken.again:
        return
    today = timezone.localdate(taken.at)
    if taken.step.name == "submit" and taken.row["submitted_on"] is None:
        happened = day_of(taken.row["happened_on"]) or today
        limit = Rulebook(str(taken.row["region_code"]), happened).get(FILING_DAYS)
        late = {} if limit is None else {"late_days": late_by(happened, today, limit.value)}
        amend(taken.register, taken.row_id, {"submitted_on": today, **late})
    elif taken.step.name == "accept":
        amend(taken.register, taken.row_id, {"accepted_on": today})
        _note_filed(taken.row, day_of(taken.row["submitted_on"]) or today)


def _note_filed(row: Any, on: date) -> None:
    """Hires and leavings of those who are named, as far as they were not filed before."""
    occasion = OCCASIONS.get(row["occasion"])
    if occasion is None:
        return
    named: list[UUID] = [each.id for each in row["workers"]]
    open_ones = Filing.objects.filter(worker__in=named, occasion=occasion, filed_on__isnull=True)
    file_changes(
        filed=[Filed(filing_id=each, filed_on=on) for each in open_ones.values_list("pk", flat=True)]
    )


@stepped("leaving-requests")
def end_employment(taken: Taken) -> None:
    """Somebody who left is off post from that day on; the register refuses a day before the hire."""
    if taken.again or taken.step.name != "leave":
        return
    worker: UUID = taken.row["worker"].id
    if SocialWorker.objects.filter(pk=worker, left_on__isnull=False).exists():
        return
    try:
        leave(leavings=[Leaving(worker_id=worker, left_on=day_of(taken.row["left_on"]) or date.min)])
    except WorkforceRefused as refused:
        raise StepRefused(str(refused)) from refused
