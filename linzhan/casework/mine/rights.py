from __future__ import annotations

from linzhan.accounts.api import Role
from linzhan.kernel.access import right

VIEW_OWN_SERVICE = right(
    "casework.own.view", "查看我的服务", (Role.STATION_LEAD, Role.STATION_WORKER, Role.PROVIDER_MANAGER)
)
VIEW_STATION_TIME = right("casework.time.view", "查看本站时间合计", (Role.STATION_LEAD,))
