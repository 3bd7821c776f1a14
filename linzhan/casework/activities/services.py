"""An activity is held when it is recorded: its file takes that step by itself (SVC-12)."""

from __future__ import annotations

from linzhan.casework.activities.enums import ActivityStage
from linzhan.casework.activities.models import ActivityDetail, ActivityFile
from linzhan.casework.activities.rules import Sample, sample
from linzhan.kernel.registers.declare import REGISTERS, Written
from linzhan.kernel.registers.refusing import HookRefused
from linzhan.kernel.registers.stepping import take
from linzhan.kernel.steps import StepRefused
from linzhan.policy.api import casework, rulings_for


def follow(written: Written) -> None:
    """Hook of the details: the approved files that they name were held, for their record says so."""
    named = {values["_row"]["activity_id"] for _, values in written.rows} - {None}
    files = ActivityFile.objects.filter(pk__in=named, stage=ActivityStage.APPROVED).order_by("pk")
    for identity in files.values_list("pk", flat=True):
        try:
            take(REGISTERS["activity-files"], identity, "hold")
        except StepRefused as refused:
            telling = [row for row, values in written.rows if values["_row"]["activity_id"] == identity]
            raise HookRefused(str(refused), dict.fromkeys(telling, str(refused))) from refused


def feedback_of(detail: ActivityDetail) -> Sample | None:
    """Forms beside what the place asks for; shown, never enforced. None while a number is missing."""
    if detail.present is None or detail.feedback_forms is None:
        return None
    day = detail.record.started_at.date()
    share = rulings_for(casework.FEEDBACK_SHARE, [detail.region_code], day).get(detail.region_code)
    least = rulings_for(casework.FEEDBACK_FORMS, [detail.region_code], day).get(detail.region_code)
    if share is None or least is None:
        return None
    return sample(detail.present, detail.feedback_forms, share=share.value, least=least.value)
