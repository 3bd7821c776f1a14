from __future__ import annotations

from linzhan.accounts.api import Role
from linzhan.kernel.access import right

MERGE = right(
    "casework.residents.merge",
    "合并重复的服务对象",
    (Role.SYSTEM_ADMIN, Role.COUNTY_OFFICIAL, Role.STATION_LEAD),
)
