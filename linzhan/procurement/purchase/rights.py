"""Who prepares, approves, signs, delivers and ends a purchase: never one person alone (PUR-13, PUR-27)."""

from __future__ import annotations

from linzhan.accounts.api import BUREAU, OFFICIALS, Role
from linzhan.kernel.access import right

BUYERS = (*BUREAU, Role.PURCHASER)
VIEW_PURCHASES = right(
    "procurement.purchases.view", "查看采购档案", (*BUYERS, Role.FINANCE, Role.PROVIDER_MANAGER)
)
EDIT_PURCHASES = right("procurement.purchases.edit", "办理采购", BUYERS)
VIEW_BIDS = right("procurement.bids.view", "查看响应和评审", (*BUYERS, Role.FINANCE))
APPROVE_PURCHASES = right("procurement.purchases.approve", "批准立项、续签和终止", OFFICIALS)
APPROVE_METHOD = right("procurement.method.approve", "批准采购方式", (Role.FINANCE, *OFFICIALS))
SIGN_CONTRACTS = right("procurement.contracts.sign", "签订合同、批准变更", (*OFFICIALS, Role.PURCHASER))
DELIVER = right(
    "procurement.delivery.edit", "提交人员方案和项目计划", (Role.PROVIDER_MANAGER, Role.PURCHASER, *OFFICIALS)
)
SETTLE = right("procurement.settlement.confirm", "确认结算", (Role.FINANCE, *OFFICIALS))
OVERRULE = right("procurement.purchases.overrule", "核对不符仍予办理", OFFICIALS)
