"""The stages of a case and the steps between them, exactly as ``domain.md`` §7.2 has them.

A stage is entered with what belongs to it: 预估 with the assessment written, 计划 with the plan (which then
waits for the supervisor), 结案审核 with the closing report (likewise). So the entry conditions of the table
are the guards of the steps that lead there, whichever stage they come from.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from linzhan.casework.cases import guards
from linzhan.casework.cases.checks import intake_checks
from linzhan.casework.cases.enums import Stage
from linzhan.casework.cases.rights import APPROVE_CASES, EDIT_CASES
from linzhan.kernel.steps import Steps, step

CASE_STEPS: Final = Steps(
    _("个案"),
    states={stage.value: stage.label for stage in Stage},
    initial=[Stage.DRAFT],
    steps=[
        step(
            "intake", _("接案"), Stage.DRAFT, Stage.INTAKE, right=EDIT_CASES, guard=guards.intake,
            checks=intake_checks,
            asks=("consented_on", "consent_by", "consent_method", "crisis", "complexity"), source=_("个案来源"),
        ),
        step(
            "drop", _("作废草稿"), Stage.DRAFT, Stage.DROPPED, right=EDIT_CASES, note=_("作废原因"),
        ),
        step("assess", _("完成预估"), Stage.INTAKE, Stage.ASSESSING, right=EDIT_CASES, guard=guards.assessed),
        step(
            "plan", _("提交计划"), (Stage.ASSESSING, Stage.INTERVENING), Stage.PLANNING, right=EDIT_CASES,
            guard=guards.planned, asks=("approaches",), model=_("介入模式"), frequency=_("服务频率"),
            expected_end=_("预计结案日期"), agreed_on=_("对象同意计划日期"),
        ),
        step(
            "approve_plan", _("核准计划"), Stage.PLANNING, Stage.INTERVENING, right=APPROVE_CASES,
            not_by="plan", guard=guards.by_another, note=_("督导意见"),
        ),
        step(
            "return_plan", _("退回计划"), Stage.PLANNING, Stage.ASSESSING, right=APPROVE_CASES,
            not_by="plan", guard=guards.by_another, note=_("退回理由"),
        ),
        step(
            "suspend", _("暂停"), Stage.INTERVENING, Stage.SUSPENDED, right=EDIT_CASES,
            guard=guards.suspended, resume_on=_("预计恢复日期"), note=_("暂停原因"),
        ),
        step("resume", _("恢复介入"), Stage.SUSPENDED, Stage.INTERVENING, right=EDIT_CASES),
        step(
            "evaluate", _("进入评估"), (Stage.INTERVENING, Stage.SUSPENDED), Stage.EVALUATING,
            right=EDIT_CASES, guard=guards.evaluated, satisfaction=_("对象满意度"),
        ),
        step("go_on", _("继续介入"), Stage.EVALUATING, Stage.INTERVENING, right=EDIT_CASES, note=_("理由")),
        step(
            "submit_closing", _("提交结案"), Stage.EVALUATING, Stage.CLOSING, right=EDIT_CASES,
            guard=guards.ready_to_close, asks=("few_sessions",), close_reason=_("结案原因"),
        ),
        step(
            "close", _("核准结案"), Stage.CLOSING, Stage.CLOSED, right=APPROVE_CASES,
            not_by="submit_closing", guard=guards.closed, note=_("督导意见"),
        ),
        step(
            "return_closing", _("退回结案"), Stage.CLOSING, Stage.EVALUATING, right=APPROVE_CASES,
            not_by="submit_closing", guard=guards.by_another, note=_("退回理由"),
        ),
        step(
            "refer", _("转介"), (Stage.INTAKE, Stage.ASSESSING, Stage.INTERVENING), Stage.REFERRED,
            right=EDIT_CASES, asks=("receipt",), receiver=_("转介接收方"),
            referral_consented_on=_("转介同意日期"), receipt_on=_("回执日期"),
        ),
        step(
            "take_back", _("转介未成，恢复介入"), Stage.REFERRED, Stage.INTERVENING, right=EDIT_CASES,
            guard=guards.has_plan, note=_("未接收的原因"),
        ),
        step(
            "close_referred", _("转介结案"), Stage.REFERRED, Stage.CLOSED, right=APPROVE_CASES,
            not_by="refer", guard=guards.closed, close_reason=_("结案原因"), note=_("督导意见"),
        ),
        step(
            "decline", _("谢绝"), (Stage.INTAKE, Stage.ASSESSING), Stage.DECLINED, right=EDIT_CASES,
            note=_("谢绝原因"),
        ),
    ],
)  # fmt: skip
