"""Who may see and keep the registers of institutions (``domain.md`` §19.2, NFR-06)."""

from __future__ import annotations

from linzhan.accounts.api import BUREAU, STAFF, Role
from linzhan.kernel.access import right

VIEW_PROVIDERS = right("providers.view", "查看承接机构", STAFF)
EDIT_PROVIDERS = right("providers.edit", "登记承接机构", BUREAU)
VIEW_INSPECTIONS = right(
    "providers.inspections.view",
    "查看机构检查",
    (*BUREAU, Role.PURCHASER, Role.FINANCE, Role.EVALUATOR, Role.PROVIDER_MANAGER),
)
EDIT_INSPECTIONS = right("providers.inspections.edit", "登记机构检查", BUREAU)
