"""Bank statements, closed months and settlements as registers."""

from __future__ import annotations

from dataclasses import replace

from linzhan.kernel.sheets.columns import Column, Kind, Level
from linzhan.kernel.sheets.making import day, key, long_text, money, reference, region, text
from linzhan.procurement.money import enums, rights, steps
from linzhan.procurement.money.models import BankLine, MoneyMonth, Settlement
from linzhan.procurement.money.protecting import protect
from linzhan.procurement.money.sheets.making import MAYBE_PROJECT, PROJECT, stage, told_of, voucher

BANK_LINES = told_of(
    "bank-lines",
    "银行流水",
    (
        replace(key("银行流水号", "交易流水号", "流水号", "交易序号"), help="银行对账单上每一笔的编号"),
        day("happened_on", "交易日期", "记账日期", "日期", required=True),
        region(),
        MAYBE_PROJECT,
        money("paid_out", "借方发生额", "借方金额", "支出金额", "支出", hint="付出的钱"),
        money("paid_in", "贷方发生额", "贷方金额", "收入金额", "收入", hint="收到的钱"),
        text("counterparty", "对方户名", "对方账户名称", "对方名称", level=Level.L3),
        text("account", "本方账号", "账号", level=Level.L3, max_length=64),
        long_text("summary", "摘要", "用途", "附言"),
        voucher(),
        money("balance", "余额", "账户余额"),
        stage(enums.BankStage),
        reference("movement", "资金流水号", "资金", hint="对账时选定；不用在这里填写"),
    ),
    model=BankLine,
    beside=True,
    rights=(rights.VIEW_BANK, rights.EDIT_BANK),
    numbered="YH",
    place=("region",),
    along="project",
    happens="happened_on",
    either=(("paid_out", "paid_in"),),
    listed=("code", "happened_on", "project", "paid_out", "paid_in", "summary", "movement", "stage"),
    filters=("stage",),
    order="-happened_on",
    steps=steps.BANK_STEPS,
    examine=protect,
)

MONTHS = told_of(
    "money-months",
    "月结",
    (
        region(key=True, hint="哪个地方的账"),
        Column(name="month", header="月份", kind=Kind.MONTH, required=True, key=True),
        stage(enums.MonthStage),
        day("closed_on", "结账日期", hint="结账时自动记下"),
        text("note", "说明"),
    ),
    model=MoneyMonth,
    beside=True,
    rights=(rights.VIEW_MONTHS, rights.CLOSE_MONTHS),
    place=("region",),
    unique_in="nation",
    title="month",
    listed=("region", "month", "stage", "closed_on", "note"),
    filters=("stage",),
    order="-month",
    steps=steps.MONTH_STEPS,
    examine=protect,
)

SETTLEMENTS = told_of(
    "settlements",
    "项目结算",
    (
        key("结算编号"),
        PROJECT,
        day("settled_on", "结算日期", required=True),
        money("spent_amount", "核定支出", hint="审计或核对后的支出，应与账上一致"),
        text("audit", "审计报告"),
        long_text("conclusion", "结算说明"),
        stage(enums.SettlementStage),
    ),
    model=Settlement,
    beside=True,
    rights=(rights.VIEW_SETTLEMENTS, rights.EDIT_SETTLEMENTS),
    numbered="JS",
    happens="settled_on",
    listed=("code", "project", "settled_on", "spent_amount", "stage"),
    filters=("stage",),
    order="-settled_on",
    steps=steps.SETTLEMENT_STEPS,
    examine=protect,
)
