"""What follows from the steps of a diagnosis: the numbers are taken when it is told, the days are kept."""

from __future__ import annotations

from typing import Any, Final

from django.utils import timezone

from linzhan.kernel.registers.stepping import Taken, stepped
from linzhan.quality.diagnoses.facts import facts_of
from linzhan.quality.models import PersonnelDiagnosis

DIAGNOSES: Final = "personnel-diagnoses"


@stepped(DIAGNOSES)
def follow(taken: Taken) -> None:
    if taken.again:
        return
    today = timezone.localdate(taken.at)
    rows = PersonnelDiagnosis.objects.filter(pk=taken.row_id)
    values: dict[str, Any] = {"replied_on": today}
    if taken.step.name == "tell":
        held = rows.get()
        values = {"told_on": today, "facts": facts_of(held.region_code, held.provider_id, held.period, today)}
    elif taken.step.name == "settle":
        values = {"settled_on": today}
    rows.update(**values)
