"""Pay scale, placements, standards and payments of allowances, prices and costs as registers (PAY-01…13)."""

from __future__ import annotations

from linzhan.kernel.registers.declare import Register, register
from linzhan.kernel.sheets.columns import Column, Kind, Level, Sheet
from linzhan.kernel.sheets.making import choice, count, day, long_text, money, region, text, yes_no
from linzhan.workforce.columns import coded, whole, worker_column, year
from linzhan.workforce.paying.enums import AllowanceBasis, AnyGrade, BatchStage, PayPeriod, RiskyField
from linzhan.workforce.paying.models import (
    AllowanceBatch,
    AllowanceStandard,
    GuidancePrice,
    PayCosting,
    PayPlacement,
    PayScaleLine,
    Promotion,
)
from linzhan.workforce.paying.rights import EDIT_PAY, EDIT_PAY_SCALE, PREPARE_ALLOWANCES, VIEW_PAY
from linzhan.workforce.paying.services import derive_cost, scale_faults
from linzhan.workforce.paying.steps import BATCH_STEPS

PAY_SCALE_LINES = register(
    Register(
        key="pay-scale",
        starter=False,
        sheet=Sheet(
            name="薪级表",
            by_headers=False,
            columns=(
                region(key=True, hint="在哪里施行"),
                Column(
                    name="post",
                    header="岗位",
                    required=True,
                    key=True,
                    max_length=50,
                    help="薪级表里的岗位名称",
                ),
                Column(
                    name="grade",
                    header="等级",
                    kind=Kind.INTEGER,
                    required=True,
                    key=True,
                    minimum=1,
                    maximum=30,
                ),
                Column(name="starts_on", header="施行日期", kind=Kind.DATE, required=True, key=True),
                money("minimum", "最低", hint="每月，单位元"),
                money("maximum", "最高", hint="每月，单位元"),
            ),
        ),
        model=PayScaleLine,
        unique_in="nation",
        place=("region",),
        examine=scale_faults,
        title="post",
        view=VIEW_PAY,
        edit=EDIT_PAY_SCALE,
        listed=("region", "post", "grade", "starts_on", "minimum", "maximum"),
        filters=("post",),
        searched=("post",),
        order="-starts_on",
        nav="人员",
        beside=True,
    )
)

PAY_PLACEMENTS = register(
    Register(
        key="pay-placements",
        starter=False,
        numbered="XC",
        sheet=Sheet(
            name="薪酬定级",
            by_headers=False,
            columns=(
                coded("定级编号", "XC"),
                worker_column(),
                text("post", "岗位", required=True, max_length=50, hint="薪级表里的岗位名称"),
                whole("grade", "等级", 1, 30),
                day("starts_on", "起始日期", required=True),
                day("ends_on", "结束日期", not_before="starts_on", hint="改级时填上一级的最后一天"),
                Column(
                    name="monthly", header="月薪", kind=Kind.MONEY, minimum=0, unit="元", level=Level.L3,
                    help="实发的月薪，用来核对是否按薪级表执行",
                ),
                yes_no("social_insurance", "已缴社会保险", dated=False),
                yes_no("housing_fund", "已缴住房公积金", dated=False),
            ),
        ),
        model=PayPlacement,
        place=("worker",),
        title="code",
        ends="ends_on",
        view=VIEW_PAY,
        edit=EDIT_PAY,
        listed=("code", "worker", "post", "grade", "starts_on", "ends_on", "social_insurance", "housing_fund"),
        filters=("post", "grade"),
        searched=("code",),
        nav="人员",
        beside=True,
    )
)  # fmt: skip

ALLOWANCE_STANDARDS = register(
    Register(
        key="allowance-standards",
        starter=False,
        sheet=Sheet(
            name="津贴标准",
            by_headers=False,
            columns=(
                region(key=True, hint="在哪里施行；下级没有自己标准的按上级的"),
                Column(
                    name="rule", header="津补贴名称", required=True, key=True, max_length=100,
                    help="与政策参数“津贴、补贴与奖励”的名称一致时，按那条规定的金额和周期核对",
                ),
                Column(
                    name="grade", header="职业资格", kind=Kind.CHOICE, required=True, key=True,
                    choices=tuple(AnyGrade.values),
                ),
                Column(name="starts_on", header="施行日期", kind=Kind.DATE, required=True, key=True),
                choice(
                    "basis", "发放情形", "/".join(AllowanceBasis.values), required=True,
                    hint="决定名单里有谁：持证在岗、全部持证人员、期间内通过考试、期间内新入职、期间内报名考试",
                ),
                choice("period", "发放周期", "/".join(PayPeriod.values), required=True),
                money("amount", "金额", required=True, hint="每人每期，单位元"),
                day("ends_on", "停止日期", not_before="starts_on", hint="不再发放的第一天"),
                long_text("content", "说明"),
            ),
        ),
        model=AllowanceStandard,
        unique_in="nation",
        place=("region",),
        title="rule",
        view=VIEW_PAY,
        edit=EDIT_PAY_SCALE,
        listed=("region", "rule", "basis", "grade", "period", "amount", "starts_on", "ends_on"),
        filters=("rule", "basis"),
        searched=("rule",),
        order="-starts_on",
        nav="人员",
        beside=True,
    )
)  # fmt: skip

ALLOWANCE_BATCHES = register(
    Register(
        key="allowance-batches",
        starter=False,
        numbered="JT",
        steps=BATCH_STEPS,
        sheet=Sheet(
            name="津贴发放",
            by_headers=False,
            columns=(
                coded("发放编号", "JT"),
                region(hint="发给哪个地方的社工"),
                text("rule", "津补贴名称", required=True, max_length=100, hint="“津贴标准”里的名称"),
                day("starts_on", "期间起", required=True),
                day(
                    "ends_on",
                    "期间止",
                    required=True,
                    not_before="starts_on",
                    hint="名单按这一天在岗、持证的情况计算",
                ),
                choice("stage", "状态", "/".join(BatchStage.values)),
                count("persons", "人数", unit="人", hint="提交时按标准算出"),
                money("amount", "合计金额", hint="提交时按标准算出"),
                long_text("content", "说明"),
                day("approved_on", "批准日期", hint="办理“批准”时自动记下"),
                day("paid_on", "发放日期"),
            ),
        ),
        model=AllowanceBatch,
        place=("region",),
        own_place=True,
        derived=frozenset({"persons", "amount", "approved_on"}),
        title="code",
        happens="ends_on",
        view=VIEW_PAY,
        edit=PREPARE_ALLOWANCES,
        listed=("code", "rule", "region", "starts_on", "ends_on", "stage", "persons", "amount"),
        filters=("rule", "stage"),
        searched=("code", "rule"),
        nav="人员",
    )
)

GUIDANCE_PRICES = register(
    Register(
        key="guidance-prices",
        starter=False,
        numbered="ZD",
        sheet=Sheet(
            name="薪酬指导价",
            by_headers=False,
            columns=(
                coded("指导价编号", "ZD"),
                region(),
                year(),
                choice(
                    "field",
                    "领域",
                    "/".join(RiskyField.values),
                    required=True,
                    hint="专业性强、职业风险高的领域从高",
                ),
                money("low", "低位", hint="年薪，单位元"),
                money("high", "高位", hint="年薪，单位元"),
                long_text("content", "说明"),
            ),
        ),
        model=GuidancePrice,
        place=("region",),
        title="code",
        view=VIEW_PAY,
        edit=EDIT_PAY_SCALE,
        listed=("region", "year", "field", "low", "high"),
        filters=("year", "field"),
        searched=("code",),
        nav="人员",
        beside=True,
    )
)

PAY_COSTINGS = register(
    Register(
        key="pay-costings",
        starter=False,
        numbered="CB",
        sheet=Sheet(
            name="用人成本核算",
            by_headers=False,
            columns=(
                coded("核算编号", "CB"),
                region(),
                year(),
                text("post", "岗位", required=True, max_length=50),
                money("wage", "年工资", required=True, hint="参照当地物价和同等人员确定，单位元"),
                money("reference_wage", "同等技术人才年薪", hint="参照的标准，单位元"),
                money("insurance", "单位缴纳社保公积金"),
                money("other", "其他用人成本"),
                money("per_post", "每岗年成本", hint="自动合计"),
                long_text("content", "测算依据", hint="物价水平、参照人员、社保标准的出处"),
            ),
        ),
        model=PayCosting,
        place=("region",),
        examine=derive_cost,
        derived=frozenset({"per_post"}),
        title="code",
        view=VIEW_PAY,
        edit=EDIT_PAY_SCALE,
        listed=("region", "year", "post", "wage", "reference_wage", "insurance", "per_post"),
        filters=("year",),
        searched=("code", "post"),
        nav="人员",
        beside=True,
    )
)

PROMOTIONS = register(
    Register(
        key="promotions",
        starter=False,
        numbered="JS",
        sheet=Sheet(
            name="职务晋升",
            by_headers=False,
            columns=(
                coded("晋升编号", "JS"),
                worker_column(),
                day("promoted_on", "晋升日期", required=True),
                text("from_post", "原岗位", max_length=50),
                text("to_post", "现岗位", required=True, max_length=50),
                text("treatment", "对等职级待遇", max_length=100),
                long_text("content", "说明"),
            ),
        ),
        model=Promotion,
        place=("worker",),
        title="code",
        happens="promoted_on",
        view=VIEW_PAY,
        edit=EDIT_PAY,
        listed=("worker", "promoted_on", "from_post", "to_post", "treatment"),
        filters=(),
        searched=("code",),
        nav="人员",
        beside=True,
    )
)
