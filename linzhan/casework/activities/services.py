"""An activity is held when it is recorded: record, detail and the step of its file are one act (SVC-12)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from linzhan.casework.activities.enums import ActivityStage
from linzhan.casework.activities.models import ActivityDetail, ActivityFile
from linzhan.casework.activities.rules import Sample, sample
from linzhan.casework.together import save_with_record
from linzhan.kernel.registers.declare import REGISTERS
from linzhan.kernel.registers.stepping import take
from linzhan.policy.api import casework, rulings_for


def record_activity(record: Mapping[str, Any], detail: Mapping[str, Any]) -> tuple[UUID, UUID]:
    """Save an activity's service record and detail; an approved file it names becomes 已举办. Gives both ids."""
    with transaction.atomic():
        found = save_with_record(record, "activity-details", detail)
        mark_held([found[1]])
    return found


def mark_held(detail_ids: list[UUID]) -> None:
    """The approved files of these details were held: their record says so."""
    details = ActivityDetail.objects.filter(pk__in=detail_ids, activity__isnull=False)
    files = ActivityFile.objects.filter(pk__in=details.values("activity_id"), stage=ActivityStage.APPROVED)
    for identity in files.values_list("pk", flat=True):
        take(REGISTERS["activity-files"], identity, "hold")


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
