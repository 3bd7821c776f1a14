"""Evaluation results from before the platform, as the workbook spells them (EVL-01)."""

from __future__ import annotations

from linzhan.kernel.registers.declare import Register, register, subject_sheets
from linzhan.kernel.sheets.columns import Column, Kind, Sheet
from linzhan.kernel.sheets.making import choice, day, key, text
from linzhan.quality.enums import SubjectKind
from linzhan.quality.models import EvaluationResult
from linzhan.quality.rights import EDIT_EVALUATIONS, VIEW_EVALUATIONS
from linzhan.quality.rounds.keeping import keep_results

subject_sheets(
    "subject_kind",
    {
        SubjectKind.PROJECT.value: "项目",
        SubjectKind.STATION.value: "社工站",
        SubjectKind.COUNTY.value: "",
        SubjectKind.PROVIDER.value: "承接机构",
    },
)

EVALUATIONS = register(
    Register(
        key="evaluations",
        sheet=Sheet(
            name="评估",
            aliases=("评估结果", "评估台账"),
            columns=(
                key("评估编号"),
                choice("kind", "评估类型", "自评/中期/末期/年度/第三方/省级实地", "类型", required=True),
                text(
                    "period",
                    "评估期",
                    "评估期间",
                    "评估周期",
                    required=True,
                    hint="如 2021年度、2021年上半年",
                ),
                text("evaluator", "评估机构", "评估单位", required=True),
                choice("subject_kind", "对象类型", "项目/站点/县/机构", "评估对象类型", required=True),
                Column(
                    name="subject",
                    header="对象编号",
                    kind=Kind.REFERENCE,
                    refers_to="?subject_kind",
                    required=True,
                    aliases=("评估对象编号", "评估对象"),
                    help="项目编号、站点编号、县的区划代码或机构的信用代码，按对象类型填",
                ),
                Column(
                    name="score",
                    header="得分",
                    kind=Kind.DECIMAL,
                    minimum=0,
                    aliases=("评估得分",),
                    unit="分",
                ),
                choice("grade", "等级", "优秀/良好/合格/基本合格/不合格", "评估等级", required=True),
                day("evaluated_on", "评估日期", "评估时间", required=True),
            ),
        ),
        model=EvaluationResult,
        happens="evaluated_on",
        place=("subject",),
        by_doer=True,
        title="code",
        examine=keep_results,
        view=VIEW_EVALUATIONS,
        edit=EDIT_EVALUATIONS,
        listed=("evaluated_on", "kind", "period", "subject_kind", "subject", "score", "grade", "evaluator"),
        filters=("kind", "grade", "subject_kind"),
        searched=("code", "evaluator"),
        order="-evaluated_on",
        nav="评估",
    )
)
