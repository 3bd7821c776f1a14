"""Allocations, funding lines, payments, returns, claw-backs and subsidies as registers (FND-13, FND-15…22, FIL-04)."""

from __future__ import annotations

from linzhan.kernel.sheets.columns import Column, Kind
from linzhan.kernel.sheets.making import choice, day, key, long_text, money, reference, region, text
from linzhan.procurement.money import enums, rights, steps
from linzhan.procurement.money.models import (
    Allocation,
    Clawback,
    FundingLine,
    FundReturn,
    Payment,
    Subsidy,
)
from linzhan.procurement.money.protecting import protect
from linzhan.procurement.money.sheets.making import PROJECT, level, source, stage, told_of, voucher, year
from linzhan.procurement.money.subsidising import reckon

INSTALMENT = Column(
    name="instalment", header="期次", kind=Kind.INTEGER, required=True, minimum=1, maximum=99, help="第几期"
)

ALLOCATIONS = told_of(
    "allocations",
    "资金下达",
    (
        key("下达编号"),
        day("allotted_on", "下达日期", required=True),
        region(hint="下达给哪个地方"),
        year("用于哪个年度"),
        source(),
        level(),
        money("amount", "金额", required=True),
        text("document", "文件", hint="下达资金的文件名称、文号"),
        stage(enums.AllocationStage),
    ),
    model=Allocation,
    rights=(rights.VIEW_ALLOCATIONS, rights.EDIT_ALLOCATIONS),
    numbered="XD",
    place=("region",),
    happens="allotted_on",
    listed=("code", "allotted_on", "region", "year", "source", "fund_level", "amount", "stage"),
    filters=("stage", "source", "fund_level", "year"),
    order="-allotted_on",
    steps=steps.ALLOCATION_STEPS,
    examine=protect,
)

FUNDING_LINES = told_of(
    "funding-lines",
    "资金安排",
    (
        key("安排编号"),
        PROJECT,
        year("占用哪个年度的资金"),
        source(),
        level(),
        money("amount", "金额", required=True, hint="这个年度从这项资金里支付合同的多少"),
        text("basis", "依据", hint="合同、会议纪要或预算批复"),
        stage(enums.LineStage),
    ),
    model=FundingLine,
    rights=(rights.VIEW_LINES, rights.EDIT_LINES),
    numbered="AP",
    listed=("code", "project", "year", "source", "fund_level", "amount", "stage"),
    filters=("stage", "source", "year"),
    steps=steps.LINE_STEPS,
    examine=protect,
)

PAYMENTS = told_of(
    "payments",
    "拨付申请",
    (
        key("拨付编号"),
        PROJECT,
        INSTALMENT,
        choice(
            "due_upon",
            "付款条件",
            "/".join(enums.DueUpon.values),
            required=True,
            hint="合同付款计划写的条件；评估、验收后支付的，须先有合格的结果",
        ),
        day("due_on", "应付日期"),
        money("amount", "金额", required=True),
        source(),
        level(),
        long_text("delivered", "本期服务", hint="本期提供了什么服务、达到哪些指标"),
        stage(enums.PaymentStage),
        day("paid_on", "支付日期"),
        voucher(),
    ),
    model=Payment,
    rights=(rights.VIEW_PAYMENTS, rights.EDIT_PAYMENTS),
    numbered="BF",
    listed=("code", "project", "instalment", "due_upon", "due_on", "amount", "stage", "paid_on"),
    filters=("stage", "due_upon", "source"),
    steps=steps.PAYMENT_STEPS,
    examine=protect,
)

FUND_RETURNS = told_of(
    "fund-returns",
    "资金冲减",
    (
        key("冲减编号"),
        reference("movement", "流水号", "资金", required=True, hint="冲减哪一笔资金流水"),
        day("returned_on", "日期", required=True),
        choice("kind", "类型", "/".join(enums.ReturnKind.values), required=True),
        money("amount", "金额", required=True, hint="不超过这笔流水还没有冲减的部分"),
        long_text("reason", "原因", required=True),
        voucher(),
        stage(enums.ReturnStage),
    ),
    model=FundReturn,
    beside=True,
    rights=(rights.VIEW_RETURNS, rights.EDIT_RETURNS),
    numbered="CJ",
    place=("movement",),
    happens="returned_on",
    listed=("code", "returned_on", "movement", "kind", "amount", "stage"),
    filters=("stage", "kind"),
    order="-returned_on",
    steps=steps.RETURN_STEPS,
    examine=protect,
)

CLAWBACKS = told_of(
    "clawbacks",
    "资金追回",
    (
        key("追回编号"),
        PROJECT,
        choice("cause", "情形", "/".join(enums.ClawbackReason.values), required=True),
        money("amount", "金额", required=True),
        day("found_on", "发现日期", required=True),
        long_text("reason", "事实和理由", required=True),
        text("clause", "依据", hint="文件条款或合同条款"),
        day("heard_on", "告知日期", hint="哪一天把事实、理由告知机构"),
        long_text("answer", "机构陈述"),
        stage(enums.ClawbackStage),
        day("recovered_on", "追回日期"),
    ),
    model=Clawback,
    beside=True,
    rights=(rights.VIEW_CLAWBACKS, rights.EDIT_CLAWBACKS),
    numbered="ZH",
    happens="found_on",
    listed=("code", "project", "cause", "amount", "found_on", "stage", "recovered_on"),
    filters=("stage", "cause"),
    order="-found_on",
    steps=steps.CLAWBACK_STEPS,
    examine=protect,
)

SUBSIDIES = told_of(
    "subsidies",
    "奖补",
    (
        key("奖补编号"),
        PROJECT,
        text("rule", "奖补名称", required=True, max_length=100, hint="规则库“奖补办法”里的名称，如 以奖代补"),
        year("按哪个年度计算"),
        money("input_amount", "实际投入", hint="项目实际投入；没有就不能按比例计算"),
        money("formula_amount", "按办法计算", hint="由平台按规则库计算"),
        money("amount", "拟补金额"),
        long_text("basis", "说明"),
        stage(enums.SubsidyStage),
        day("decided_on", "批准日期"),
    ),
    model=Subsidy,
    rights=(rights.VIEW_SUBSIDIES, rights.EDIT_SUBSIDIES),
    numbered="JB",
    listed=("code", "project", "rule", "year", "input_amount", "formula_amount", "amount", "stage"),
    filters=("stage", "rule", "year"),
    steps=steps.SUBSIDY_STEPS,
    examine=protect,
    derive=reckon,
    derived=frozenset({"formula_amount"}),
)
