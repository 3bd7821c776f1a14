"""The stages of a diagnosis: drafted, told with its numbers, answered, settled."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from linzhan.kernel.steps import Steps, step
from linzhan.quality.diagnoses import guards
from linzhan.quality.diagnoses.enums import DiagnosisStage
from linzhan.quality.rights import ANSWER_DIAGNOSES, EDIT_DIAGNOSES

D = DiagnosisStage

DIAGNOSIS_STEPS: Final = Steps(
    _("人员诊断"),
    states={stage.value: stage.label for stage in D},
    initial=[D.DRAFT],
    steps=[
        step("tell", _("取数并告知机构"), D.DRAFT, D.TOLD, right=EDIT_DIAGNOSES, opinion=_("诊断意见")),
        step("answer", _("陈述意见"), D.TOLD, D.ANSWERED, right=ANSWER_DIAGNOSES, reply=_("机构陈述")),
        step(
            "settle", _("定稿"), (D.TOLD, D.ANSWERED), D.SETTLED, right=EDIT_DIAGNOSES, guard=guards.settleable,
            asks=("opinion",),
        ),
    ],
)  # fmt: skip
