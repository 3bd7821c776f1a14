"""Who sees and sets pay, who decides allowances and who pays them (PAY-01…13)."""

from __future__ import annotations

from linzhan.accounts.api import BUREAU, OFFICIALS, Role
from linzhan.kernel.access import right

VIEW_PAY = right(
    "workforce.pay.view",
    "查看薪级表、定级和津贴",
    (*BUREAU, Role.PURCHASER, Role.FINANCE, Role.PROVIDER_MANAGER),
)
EDIT_PAY_SCALE = right("workforce.pay_scale.edit", "制定薪级表、津贴标准、指导价和成本核算", BUREAU)
EDIT_PAY = right("workforce.pay.edit", "登记薪酬定级、参保和晋升", (*BUREAU, Role.PROVIDER_MANAGER))
PREPARE_ALLOWANCES = right("workforce.allowances.prepare", "拟定津贴、补贴和奖励的发放", BUREAU)
APPROVE_ALLOWANCES = right("workforce.allowances.approve", "审批津贴、补贴和奖励的发放", OFFICIALS)
PAY_ALLOWANCES = right("workforce.allowances.pay", "登记津贴、补贴和奖励已发放", (Role.FINANCE,))
