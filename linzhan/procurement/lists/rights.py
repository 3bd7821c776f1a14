"""Who keeps the lists around purchases."""

from __future__ import annotations

from linzhan.accounts.api import BUREAU, Role
from linzhan.kernel.access import right

KEEPERS = (*BUREAU, Role.PURCHASER)
VIEW_LISTS = right(
    "procurement.lists.view",
    "查看采购目录、项目分类和大赛",
    (*KEEPERS, Role.FINANCE, Role.PROVIDER_MANAGER),
)
EDIT_LISTS = right("procurement.lists.edit", "登记采购目录、项目分类和大赛", KEEPERS)
