from __future__ import annotations

from linzhan.accounts.api import BUREAU, STAFF, Role
from linzhan.kernel.access import right

VIEW_STATIONS = right("network.stations.view", "查看社工站", STAFF)
EDIT_STATIONS = right("network.stations.edit", "登记社工站", (*BUREAU, Role.TOWNSHIP_OFFICIAL))
