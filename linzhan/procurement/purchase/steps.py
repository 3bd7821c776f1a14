"""The flow of a purchase, as ``domain.md`` §5.1 has it: who may do what from where, with which fields (PUR-01).

What binds the purchaser waits for somebody else: approval, way of buying, signature, start, settlement, renewal
and termination each have a step of their own that whoever asked for it cannot take.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from linzhan.kernel.steps import Steps, step
from linzhan.procurement.purchase import guards
from linzhan.procurement.purchase.checks import award, contract, delivery, ending, method, need
from linzhan.procurement.purchase.enums import ChangeStage, Stage
from linzhan.procurement.purchase.rights import (
    APPROVE_METHOD,
    APPROVE_PURCHASES,
    DELIVER,
    EDIT_PURCHASES,
    SETTLE,
    SIGN_CONTRACTS,
)

DELIVERING: Final = (Stage.RUNNING, Stage.MID)
ENDABLE: Final = (
    Stage.SIGNED, Stage.STAFFED, Stage.PLANNED, Stage.RUNNING, Stage.MID, Stage.FINAL, Stage.SUSPENDED,
    Stage.DISPUTED,
)  # fmt: skip

PURCHASE_STEPS: Final = Steps(
    _("采购"),
    states={stage.value: stage.label for stage in Stage},
    initial=[Stage.IDEA],
    steps=[
        step(
            "survey", _("完成需求调查"), Stage.IDEA, Stage.SURVEYED, right=EDIT_PURCHASES, checks=need.needs,
            asks=("posts_wanted", "service_standards", "appraisal_indicators"), surveyed_on=_("调查日期"),
            survey_population=_("服务人群"), survey_findings=_("调查结论"),
        ),
        step(
            "drop", _("撤销"), (Stage.IDEA, Stage.SURVEYED, Stage.APPROVED), Stage.DROPPED,
            right=EDIT_PURCHASES, note=_("撤销原因"),
        ),
        step(
            "submit", _("报请立项"), Stage.SURVEYED, Stage.SUBMITTED, right=EDIT_PURCHASES,
            asks=("fund_source",), form=_("购买形式"), budget_total=_("预算总额"), plan_summary=_("实施方案"),
        ),
        step(
            "approve", _("批准立项"), Stage.SUBMITTED, Stage.APPROVED, right=APPROVE_PURCHASES,
            not_by="submit", checks=need.approval, asks=("minutes_number", "minuted_on", "reported_matters"),
            approver=_("审批机构"), approved_on=_("立项日期"),
        ),
        step(
            "return_need", _("退回立项"), Stage.SUBMITTED, Stage.SURVEYED, right=APPROVE_PURCHASES,
            note=_("退回理由"),
        ),
        step(
            "propose_method", _("报批采购方式"), Stage.APPROVED, Stage.METHOD, right=EDIT_PURCHASES,
            guard=guards.reasoned, asks=("method_reason", "agency", "trading_centre"), method=_("采购方式"),
        ),
        step(
            "approve_method", _("批准采购方式"), Stage.METHOD, Stage.TENDERING, right=APPROVE_METHOD,
            not_by="propose_method", checks=method.method, asks=("oversight",),
            method_approver=_("采购方式批准机构"), method_approved_on=_("采购方式批准日期"),
        ),
        step(
            "return_method", _("退回采购方式"), Stage.METHOD, Stage.APPROVED, right=APPROVE_METHOD,
            note=_("退回理由"),
        ),
        step(
            "award", _("确定成交"), Stage.TENDERING, Stage.AWARDED, right=EDIT_PURCHASES,
            guard=guards.one_winner, checks=award.award, awarded_on=_("成交日期"),
        ),
        step(
            "retender", _("废标，重新采购"), (Stage.TENDERING, Stage.AWARDED), Stage.APPROVED,
            right=EDIT_PURCHASES, note=_("废标原因"),
        ),
        step(
            "draft", _("拟定合同"), Stage.AWARDED, Stage.DRAFTED, right=EDIT_PURCHASES,
            asks=("budget_assured", "assured_by", "staff", "professional_posts"),
            contract_code=_("合同编号"), contract_amount=_("合同金额"), starts_on=_("合同开始"),
            ends_on=_("合同结束"), payment_terms=_("付款约定"), data_terms=_("保密和个人信息条款"),
        ),
        step(
            "sign", _("签订合同"), Stage.DRAFTED, Stage.SIGNED, right=SIGN_CONTRACTS, not_by="draft",
            guard=guards.signable, checks=contract.contract, signed_on=_("签订日期"),
        ),
        step(
            "return_draft", _("退回合同"), Stage.DRAFTED, Stage.AWARDED, right=SIGN_CONTRACTS,
            note=_("退回理由"),
        ),
        step(
            "staff", _("提交人员方案"), Stage.SIGNED, Stage.STAFFED, right=DELIVER, guard=guards.staffed,
            checks=delivery.team,
        ),
        step("plan", _("提交项目计划"), Stage.STAFFED, Stage.PLANNED, right=DELIVER, work_plan=_("项目计划书")),
        step(
            "start", _("批准计划，开始执行"), Stage.PLANNED, Stage.RUNNING, right=EDIT_PURCHASES,
            not_by="plan", checks=delivery.plan, started_on=_("开始执行日期"),
        ),
        step(
            "return_plan", _("退回计划"), Stage.PLANNED, Stage.SIGNED, right=EDIT_PURCHASES,
            note=_("退回理由"),
        ),
        step(
            "evaluate_mid", _("中期评估"), Stage.RUNNING, Stage.MID, right=EDIT_PURCHASES, checks=delivery.mid,
            asks=("mid_score",), mid_on=_("中期评估日期"), mid_by=_("中期评估方"), mid_result=_("中期评估结果"),
        ),
        step("go_on", _("继续执行"), Stage.MID, Stage.RUNNING, right=EDIT_PURCHASES),
        step(
            "evaluate_final", _("末期评估"), DELIVERING, Stage.FINAL, right=EDIT_PURCHASES,
            checks=delivery.final, asks=("final_score", "finance_findings"), final_on=_("末期评估日期"),
            final_by=_("末期评估方"), final_result=_("末期评估结果"),
        ),
        step(
            "settle", _("提出结算"), Stage.FINAL, Stage.SETTLING, right=EDIT_PURCHASES,
            asks=("audit_number",), settled_on=_("结算日期"), settled_amount=_("结算金额"),
        ),
        step(
            "close", _("确认结算，结项"), Stage.SETTLING, Stage.CLOSED, right=SETTLE, not_by="settle",
            note=_("结算意见"),
        ),
        step(
            "return_settlement", _("退回结算"), Stage.SETTLING, Stage.FINAL, right=SETTLE,
            note=_("退回理由"),
        ),
        step(
            "propose_renewal", _("提出续签意见"), Stage.CLOSED, Stage.RENEWING, right=EDIT_PURCHASES,
            asks=("renewal_conditions",), renewal=_("续签决定"), note=_("理由"),
        ),
        step(
            "decide_renewal", _("决定续签"), Stage.RENEWING, Stage.DECIDED, right=APPROVE_PURCHASES,
            not_by="propose_renewal", checks=ending.renewal, note=_("决定意见"),
        ),
        step(
            "return_renewal", _("退回续签意见"), Stage.RENEWING, Stage.CLOSED, right=APPROVE_PURCHASES,
            note=_("退回理由"),
        ),
        step(
            "suspend", _("暂停"), DELIVERING, Stage.SUSPENDED, right=EDIT_PURCHASES, note=_("暂停原因"),
        ),
        step("resume", _("恢复执行"), Stage.SUSPENDED, Stage.RUNNING, right=EDIT_PURCHASES, note=_("恢复说明")),
        step(
            "dispute", _("登记争议"), (*DELIVERING, Stage.SIGNED, Stage.FINAL, Stage.SUSPENDED), Stage.DISPUTED,
            right=EDIT_PURCHASES, note=_("争议内容"),
        ),
        step("agree", _("争议解决，继续执行"), Stage.DISPUTED, Stage.RUNNING, right=EDIT_PURCHASES, note=_("解决结果")),
        step(
            "propose_end", _("提出终止"), ENDABLE, Stage.ENDING, right=EDIT_PURCHASES,
            terminated_on=_("终止日期"), note=_("终止原因"),
        ),
        step(
            "end", _("批准终止"), Stage.ENDING, Stage.TERMINATED, right=APPROVE_PURCHASES,
            not_by="propose_end", note=_("批准意见"),
        ),
        step(
            "keep", _("不终止，继续执行"), Stage.ENDING, Stage.RUNNING, right=APPROVE_PURCHASES, note=_("理由"),
        ),
    ],
)  # fmt: skip

CHANGE_STEPS: Final = Steps(
    _("合同变更"),
    states={stage.value: stage.label for stage in ChangeStage},
    initial=[ChangeStage.DRAFT],
    steps=[
        step(
            "submit", _("报请批准"), ChangeStage.DRAFT, ChangeStage.SUBMITTED, right=EDIT_PURCHASES,
            guard=guards.changes_something, reason=_("变更原因"), agreed_on=_("双方约定日期"),
        ),
        step(
            "approve", _("批准变更"), ChangeStage.SUBMITTED, ChangeStage.APPROVED, right=SIGN_CONTRACTS,
            not_by="submit", checks=contract.change, note=_("批准意见"),
        ),
        step(
            "refuse", _("不批准"), ChangeStage.SUBMITTED, ChangeStage.REFUSED, right=SIGN_CONTRACTS,
            note=_("不批准的理由"),
        ),
        step(
            "take_back", _("撤回修改"), ChangeStage.SUBMITTED, ChangeStage.DRAFT, right=EDIT_PURCHASES,
        ),
    ],
)  # fmt: skip
