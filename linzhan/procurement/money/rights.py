"""Who sees, registers, checks, approves and overrules money; nobody approves what they registered."""

from __future__ import annotations

from linzhan.accounts.api import BUREAU, OFFICIALS, Role
from linzhan.kernel.access import right

OFFICE = (*BUREAU, Role.PURCHASER, Role.FINANCE)
WITH_PROVIDER = (*OFFICE, Role.PROVIDER_MANAGER)

VIEW_LEDGER = right("procurement.ledger.view", "查看资金账", WITH_PROVIDER)
VIEW_OVERVIEW = right("procurement.money.view", "查看资金总览和比例", OFFICE)
VIEW_ALLOCATIONS = right("procurement.allocations.view", "查看资金下达", OFFICE)
EDIT_ALLOCATIONS = right("procurement.allocations.edit", "登记资金下达", (*BUREAU, Role.FINANCE))
APPROVE_ALLOCATIONS = right("procurement.allocations.approve", "复核资金下达", (*OFFICIALS, Role.FINANCE))
VIEW_LINES = right("procurement.funding-lines.view", "查看资金安排", WITH_PROVIDER)
EDIT_LINES = right("procurement.funding-lines.edit", "登记资金安排", OFFICE)
COMMIT_LINES = right("procurement.funding-lines.commit", "承诺和释放资金", (*OFFICIALS, Role.FINANCE))
OVERRULE_MONEY = right("procurement.money.overrule", "核对不符时决定仍予办理", OFFICIALS)
VIEW_PAYMENTS = right("procurement.payments.view", "查看拨付申请", WITH_PROVIDER)
EDIT_PAYMENTS = right(
    "procurement.payments.edit", "登记和申请拨付", (*BUREAU, Role.PURCHASER, Role.PROVIDER_MANAGER)
)
CHECK_PAYMENTS = right("procurement.payments.check", "复核拨付", (*OFFICIALS, Role.PURCHASER))
APPROVE_PAYMENTS = right("procurement.payments.approve", "批准拨付", (*OFFICIALS, Role.FINANCE))
PAY = right("procurement.payments.pay", "办理支付和退回", (Role.FINANCE,))
VIEW_RETURNS = right("procurement.returns.view", "查看资金冲减", WITH_PROVIDER)
EDIT_RETURNS = right("procurement.returns.edit", "登记资金冲减", (*BUREAU, Role.FINANCE))
APPROVE_RETURNS = right("procurement.returns.approve", "核准资金冲减", (*OFFICIALS, Role.FINANCE))
VIEW_CLAWBACKS = right("procurement.clawbacks.view", "查看资金追回", WITH_PROVIDER)
EDIT_CLAWBACKS = right("procurement.clawbacks.edit", "提出资金追回", (*BUREAU, Role.PURCHASER))
DECIDE_CLAWBACKS = right("procurement.clawbacks.decide", "决定资金追回", OFFICIALS)
RECOVER = right("procurement.clawbacks.recover", "登记追回到账", (Role.FINANCE,))
VIEW_SUBSIDIES = right("procurement.subsidies.view", "查看奖补", WITH_PROVIDER)
EDIT_SUBSIDIES = right("procurement.subsidies.edit", "提出奖补", OFFICE)
APPROVE_SUBSIDIES = right("procurement.subsidies.approve", "批准奖补", (*OFFICIALS, Role.FINANCE))
VIEW_BANK = right(
    "procurement.bank.view", "查看银行流水和对账", (*BUREAU, Role.FINANCE, Role.PROVIDER_MANAGER)
)
EDIT_BANK = right("procurement.bank.edit", "导入银行流水和对账", (Role.FINANCE, Role.PROVIDER_MANAGER))
VIEW_MONTHS = right("procurement.months.view", "查看月结", OFFICE)
CLOSE_MONTHS = right("procurement.months.close", "结账", (*OFFICIALS, Role.FINANCE))
REOPEN_MONTHS = right("procurement.months.reopen", "重新开账", OFFICIALS)
VIEW_SETTLEMENTS = right("procurement.settlements.view", "查看项目结算", WITH_PROVIDER)
EDIT_SETTLEMENTS = right("procurement.settlements.edit", "提出项目结算", OFFICE)
APPROVE_SETTLEMENTS = right("procurement.settlements.approve", "核定项目结算", (*OFFICIALS, Role.FINANCE))
VIEW_BESIDE = right("procurement.fund-affairs.view", "查看配套、专项和财务督导", WITH_PROVIDER)
EDIT_BESIDE = right("procurement.fund-affairs.edit", "登记配套、专项和财务督导", OFFICE)
