from __future__ import annotations

from linzhan.accounts.api import Role
from linzhan.kernel.access import right

ASSIGN = right(
    "casework.residents.assign",
    "指定责任社工和交接",
    (Role.SYSTEM_ADMIN, Role.COUNTY_OFFICIAL, Role.STATION_LEAD),
)
TRANSFER = right("casework.transfers.edit", "站点间转移服务对象", (Role.STATION_LEAD,))
VIEW_TRANSFERS = right(
    "casework.transfers.view",
    "查看服务对象转移",
    (Role.SYSTEM_ADMIN, Role.COUNTY_OFFICIAL, Role.STATION_LEAD),
)
