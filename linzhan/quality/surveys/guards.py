"""What must be so before a survey goes on: Chinese sentences that say what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from linzhan.quality.models import SatisfactionSurvey, SurveyAnswer
from linzhan.quality.surveys.enums import Audience
from linzhan.quality.surveys.rules import question_faults

Row = Mapping[str, Any]


def drawable(row: Row) -> str:
    held = SatisfactionSurvey.objects.get(pk=row["id"])
    if fault := question_faults(held.questions):
        return fault
    if held.audience == Audience.DEPARTMENTS and not held.respondents:
        return _("请先填写受访部门，一行一个")
    return ""


def closable(row: Row) -> str:
    if not SurveyAnswer.objects.filter(survey=row["id"]).exists():
        return _("一份答卷也没有：请先访问抽到的人，或中止这次调查并写明原因")
    return ""
