"""What stands beside the books, as registers (FND-13…15, FND-18, FND-23, FND-24, FND-26, FND-27, FND-30)."""

from __future__ import annotations

from linzhan.kernel.sheets.columns import Column, Kind
from linzhan.kernel.sheets.making import choice, day, key, long_text, money, region, text
from linzhan.procurement.money.models import (
    BudgetInclusion,
    DelegatedWork,
    FinanceAdvice,
    FinanceGuide,
    MatchingFund,
    OperatorCheck,
    SpecialFund,
)
from linzhan.procurement.money.rights import EDIT_BESIDE, VIEW_BESIDE
from linzhan.procurement.money.sheets.making import MAYBE_PROJECT, PROJECT, level, source, told_of, year

RIGHTS = (VIEW_BESIDE, EDIT_BESIDE)
JUDGED = "合格/基本合格/不合格/未检查"

MATCHING_FUNDS = told_of(
    "matching-funds",
    "配套资金",
    (
        key("配套编号"),
        PROJECT,
        text("payer", "出资方", required=True),
        level(required=True),
        source(),
        year(),
        money("promised", "应配套", required=True),
        money("arrived", "已到位"),
        day("arrived_on", "到位日期"),
        text("document", "文件"),
    ),
    model=MatchingFund,
    rights=RIGHTS,
    beside=True,
    numbered="PT",
    listed=("code", "project", "payer", "fund_level", "year", "promised", "arrived", "arrived_on"),
    filters=("fund_level", "source", "year"),
)

DELEGATED_WORK = told_of(
    "delegated-work",
    "费随事转",
    (
        key("事项编号"),
        region(),
        text("department", "委托部门", required=True),
        long_text("matter", "委托事项", required=True),
        MAYBE_PROJECT,
        day("handed_on", "委托日期", required=True),
        year(),
        money("promised", "约定经费", hint="没有约定就留空"),
        money("arrived", "已拨经费"),
        text("document", "文件"),
    ),
    model=DelegatedWork,
    rights=RIGHTS,
    beside=True,
    numbered="FS",
    place=("region",),
    happens="handed_on",
    listed=("code", "handed_on", "department", "matter", "region", "year", "promised", "arrived"),
    filters=("year",),
    order="-handed_on",
)

SPECIAL_FUNDS = told_of(
    "special-funds",
    "专项基金",
    (
        key("基金编号"),
        text("name", "基金名称", required=True),
        choice(
            "kind",
            "类别",
            "专项扶持基金/发展专项资金/服务项目基金/福彩公益金项目/事务性社工专项/关爱基金/其他",
            required=True,
        ),
        region(),
        text("holder", "管理方", required=True),
        source(),
        day("founded_on", "设立日期"),
        year("这一行的数是哪一年的"),
        money("amount", "规模"),
        money("used", "本年使用"),
        long_text("purpose", "用途"),
    ),
    model=SpecialFund,
    rights=RIGHTS,
    beside=True,
    numbered="JJ",
    place=("region",),
    title="name",
    listed=("name", "kind", "region", "holder", "source", "year", "amount", "used"),
    filters=("kind", "source", "year"),
)

BUDGET_INCLUSIONS = told_of(
    "budget-inclusions",
    "预算纳入",
    (
        region(key=True),
        Column(name="year", header="年度", kind=Kind.YEAR, required=True, key=True, aliases=("年份",)),
        level(),
        Column(name="included", header="纳入本级预算", kind=Kind.YES_NO, required=True),
        money("amount", "预算金额"),
        text("line", "预算科目"),
        text("document", "文件"),
    ),
    model=BudgetInclusion,
    rights=RIGHTS,
    beside=True,
    place=("region",),
    unique_in="nation",
    title="year",
    listed=("region", "year", "fund_level", "included", "amount", "line"),
    filters=("year", "included"),
    order="-year",
)

FINANCE_GUIDES = told_of(
    "finance-guides",
    "财务指引",
    (
        key("指引编号"),
        text("name", "名称", required=True),
        text("version", "版本", required=True, max_length=40),
        region(hint="在哪里适用"),
        day("issued_on", "印发日期", required=True),
        day("in_force_on", "施行日期"),
        day("ended_on", "停用日期", not_before="issued_on"),
        text("issuer", "印发单位"),
        long_text("summary", "主要内容"),
    ),
    model=FinanceGuide,
    rights=RIGHTS,
    beside=True,
    numbered="ZY",
    place=("region",),
    title="name",
    listed=("name", "version", "region", "issued_on", "in_force_on", "ended_on"),
    order="-issued_on",
)

FINANCE_ADVICE = told_of(
    "finance-advice",
    "财务督导",
    (
        key("督导编号"),
        PROJECT,
        day("held_on", "日期", required=True),
        text("adviser", "督导人", required=True),
        choice("form", "形式", "一对一/现场/线上/培训", required=True),
        long_text("topics", "内容"),
        long_text("found", "发现问题"),
        long_text("advice", "建议"),
        day("done_on", "整改完成日期", not_before="held_on"),
    ),
    model=FinanceAdvice,
    rights=RIGHTS,
    beside=True,
    numbered="CD",
    happens="held_on",
    listed=("code", "held_on", "project", "adviser", "form", "found", "done_on"),
    filters=("form",),
    order="-held_on",
)

OPERATOR_CHECKS = told_of(
    "operator-checks",
    "承接机构检查",
    (
        key("检查编号"),
        PROJECT,
        day("checked_on", "检查日期", required=True),
        text("sections", "参加股室", hint="如 慈社、救助、规财、纪检"),
        choice("services", "服务开展", JUDGED, required=True),
        choice("money", "资金管理", JUDGED, required=True),
        choice("personnel", "人事管理", JUDGED, required=True),
        long_text("found", "发现问题"),
        day("due_on", "整改期限"),
        day("done_on", "整改完成日期"),
    ),
    model=OperatorCheck,
    rights=RIGHTS,
    beside=True,
    numbered="JC",
    happens="checked_on",
    listed=("code", "checked_on", "project", "services", "money", "personnel", "due_on", "done_on"),
    filters=("services", "money", "personnel"),
    order="-checked_on",
)
