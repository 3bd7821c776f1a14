"""Who fills in scales and who reads results: health data, of level L4 (``domain.md`` §19.2)."""

from __future__ import annotations

from linzhan.accounts.api import STATION, Role
from linzhan.kernel.access import right

VIEW_RESULTS = right("casework.scales.view", "查看测评结果", (*STATION, Role.SUPERVISOR), opens=True)
EDIT_RESULTS = right("casework.scales.edit", "做测评", STATION)
DEFINE_SCALES = right("casework.scales.define", "导入量表定义", (Role.SYSTEM_ADMIN,))
READ_SCALES = right(
    "casework.scales.read",
    "查看量表目录",
    (*STATION, Role.SUPERVISOR, Role.SYSTEM_ADMIN, Role.PROVIDER_MANAGER, Role.COUNTY_OFFICIAL),
)
