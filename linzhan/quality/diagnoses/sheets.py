"""Personnel diagnoses as a register (EVL-04)."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from linzhan.kernel.registers.declare import Register, register
from linzhan.kernel.registers.examining import Arriving
from linzhan.kernel.registers.stepping import is_stepping
from linzhan.kernel.sheets.columns import Sheet
from linzhan.kernel.sheets.making import choice, day, key, long_text, period
from linzhan.providers.api import provider_column
from linzhan.quality.diagnoses.enums import DiagnosisStage
from linzhan.quality.diagnoses.steps import DIAGNOSIS_STEPS
from linzhan.quality.models import PersonnelDiagnosis
from linzhan.quality.rights import EDIT_DIAGNOSES, VIEW_DIAGNOSES

TOLD = {"provider_id": "provider", "period": "period", "opinion": "opinion"}


def keep_diagnoses(rows: Sequence[Arriving]) -> None:
    """``Register.examine`` of 人员诊断: what was told stands; the answer is the institution's."""
    known = PersonnelDiagnosis.objects.in_bulk([row.id for row in rows])
    for row in rows:
        if is_stepping(row.id):
            continue
        was = known.get(row.id)
        if (row.values.get("stage") or DiagnosisStage.DRAFT.value) != (
            was.stage if was else DiagnosisStage.DRAFT
        ):
            row.refuse("stage", _("状态由办理步骤产生，不能直接填写"))
        if (row.values.get("reply") or "") != (was.reply if was else ""):
            row.refuse("reply", _("机构陈述由机构在“办理”里填写"))
        if was is not None and was.stage != DiagnosisStage.DRAFT:
            for name, column in TOLD.items():
                if name in row.values and row.values[name] != getattr(was, name):
                    row.refuse(column, _("已经告知机构，不能再改；要更正的在定稿时写明"))


DIAGNOSES = register(
    Register(
        key="personnel-diagnoses",
        starter=False,
        numbered="ZD",
        steps=DIAGNOSIS_STEPS,
        sheet=Sheet(
            name="人员诊断",
            by_headers=False,
            columns=(
                key("诊断编号"),
                provider_column(required=True),
                period("诊断时段", "如 2021H2；数据取本地的人员和备案"),
                long_text("opinion", "诊断意见", hint="只写团队的情况和建议，不评个人"),
                choice("stage", "状态", "/".join(DiagnosisStage.values)),
                day("told_on", "告知日期"),
                long_text("reply", "机构陈述"),
                day("replied_on", "陈述日期"),
                day("settled_on", "定稿日期"),
            ),
        ),
        model=PersonnelDiagnosis,
        place=("provider",),
        by_doer=True,
        title="code",
        examine=keep_diagnoses,
        derived=frozenset({"told_on", "reply", "replied_on", "settled_on"}),
        view=VIEW_DIAGNOSES,
        edit=EDIT_DIAGNOSES,
        listed=("provider", "period", "stage", "told_on", "replied_on", "settled_on"),
        filters=("stage", "provider"),
        searched=("code",),
        nav="评估",
    )
)
