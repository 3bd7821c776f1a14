from __future__ import annotations

from linzhan.accounts.api import AREA, BUREAU, STAFF, Role
from linzhan.kernel.access import right

AREA_KEEPERS = (*BUREAU, Role.TOWNSHIP_OFFICIAL)

VIEW_STATIONS = right("network.stations.view", "查看社工站", STAFF)
EDIT_STATIONS = right("network.stations.edit", "登记社工站", AREA_KEEPERS)
VIEW_PROFILES = right("network.station-profiles.view", "查看站点档案", STAFF)
EDIT_PROFILES = right("network.station-profiles.edit", "登记站点档案", (*AREA_KEEPERS, Role.STATION_LEAD))
VIEW_NETWORK = right("network.norms.view", "查看试点、规范与职责", STAFF)
VIEW_PLANS = right("network.plans.view", "查看网格、协作与目标", AREA)
EDIT_ADOPTIONS = right("network.norm-adoptions.edit", "登记规范采用", (*AREA_KEEPERS, Role.STATION_LEAD))
EDIT_DUTIES = right("network.tier-duties.edit", "登记层级职责", BUREAU)
EDIT_GRIDS = right("network.grids.edit", "登记网格", AREA_KEEPERS)
EDIT_NORMS = right("network.norms.edit", "登记站点规范", BUREAU)
EDIT_PILOTS = right("network.pilots.edit", "登记试点", BUREAU)
EDIT_TARGETS = right("network.targets.edit", "登记建设目标", BUREAU)
EDIT_TIES = right("network.support-ties.edit", "登记对口支援", BUREAU)
