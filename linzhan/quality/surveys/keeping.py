"""What may be written when: once people are asked, the questions stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from django.utils.translation import gettext as _

from linzhan.accounts.api import account
from linzhan.kernel.registers.examining import Arriving
from linzhan.kernel.registers.stepping import is_stepping
from linzhan.quality.models import SatisfactionSurvey
from linzhan.quality.surveys.enums import SurveyStage
from linzhan.quality.surveys.population import unknown_stations
from linzhan.quality.surveys.rules import question_faults

BY_STEPS: Final = "状态由办理步骤产生，不能直接填写"
FIXED: Final = {
    "region_code": "region", "audience": "audience", "period": "period", "questions": "questions",
    "respondents": "respondents", "per_station": "per_station", "seed": "seed",
}  # fmt: skip


def _named(row: Arriving) -> None:
    """The stations and the accounts that a survey names."""
    lines = list(row.values.get("respondents") or ())
    if missing := unknown_stations(str(row.values.get("region_code")), lines) if lines else []:
        row.refuse("respondents", _("这里没有站点 %s") % "、".join(missing))
    if "askers" in row.stated and (strangers := _strangers(row.values.get("askers") or ())):
        row.refuse("askers", _("没有账号 %s，请核对，或请管理员先开设") % "、".join(strangers))


def _strangers(usernames: Iterable[str]) -> list[str]:
    return [each for each in usernames if account(username=each) is None]


def keep_surveys(rows: Sequence[Arriving]) -> None:
    """``Register.examine`` of 满意度调查."""
    known = SatisfactionSurvey.objects.in_bulk([row.id for row in rows])
    for row in rows:
        if is_stepping(row.id):
            continue
        was = known.get(row.id)
        if wrong := question_faults(list(row.values.get("questions") or ())):
            row.refuse("questions", wrong)
        _named(row)
        stage = was.stage if was else SurveyStage.DRAFT.value
        if (row.values.get("stage") or SurveyStage.DRAFT.value) != stage:
            row.refuse("stage", _(BY_STEPS))
        if was is not None and was.stage != SurveyStage.DRAFT:
            for name, column in FIXED.items():
                if name in row.values and (row.values[name] or None) != (getattr(was, name) or None):
                    row.refuse(column, _("已经抽样，不能再改；确须改的请中止，另立一次调查"))
