"""The stages of a survey: questions, the draw, asking, the results."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from linzhan.kernel.steps import Steps, step
from linzhan.quality.rights import EDIT_SURVEYS
from linzhan.quality.surveys import guards
from linzhan.quality.surveys.enums import SurveyStage

S = SurveyStage

SURVEY_STEPS: Final = Steps(
    _("满意度调查"),
    states={stage.value: stage.label for stage in S},
    initial=[S.DRAFT],
    steps=[
        step(
            "draw", _("抽样，开始调查"), S.DRAFT, S.OPEN, right=EDIT_SURVEYS, guard=guards.drawable,
            asks=("per_station",), seed=_("随机种子"), seed_source=_("种子来源"),
        ),
        step("close", _("结束调查，计算结果"), S.OPEN, S.CLOSED, right=EDIT_SURVEYS, guard=guards.closable),
        step(
            "drop", _("中止"), (S.DRAFT, S.OPEN), S.DROPPED, right=EDIT_SURVEYS, at_will=True, note=_("中止原因"),
        ),
    ],
)  # fmt: skip
