from __future__ import annotations

from linzhan.accounts.api import AREA, BUREAU, Role
from linzhan.kernel.access import right

PROVIDER_SIDE = (Role.PROVIDER_MANAGER, Role.STATION_LEAD)
VIEW_PROJECTS = right("procurement.projects.view", "查看项目", (*AREA, *PROVIDER_SIDE))
EDIT_PROJECTS = right("procurement.projects.edit", "登记项目", (*BUREAU, Role.PURCHASER))
VIEW_FUNDS = right(
    "procurement.funds.view", "查看资金", (*BUREAU, Role.PURCHASER, Role.FINANCE, Role.PROVIDER_MANAGER)
)
VIEW_BASES = right("procurement.fund-bases.view", "查看资金基数", (*BUREAU, Role.PURCHASER, Role.FINANCE))
EDIT_FUNDS = right("procurement.funds.edit", "登记资金", (*BUREAU, Role.FINANCE))
