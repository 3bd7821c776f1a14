from __future__ import annotations

from linzhan.accounts.api import AREA, BUREAU, FIELD, Role
from linzhan.casework.residents.rights import EDIT_RISK, VIEW_RISK
from linzhan.kernel.access import right

VIEW_RESIDENTS = right(
    "casework.residents.view",
    "查看服务对象",
    (*BUREAU, Role.TOWNSHIP_OFFICIAL, *FIELD, Role.SUPERVISOR, Role.RESIDENT),
)
EDIT_RESIDENTS = right("casework.residents.edit", "登记服务对象", (*BUREAU, *FIELD))
VIEW_RECORDS = right("casework.records.view", "查看服务记录", (*AREA, *FIELD, Role.SUPERVISOR))
EDIT_RECORDS = right("casework.records.edit", "登记服务记录", (*BUREAU, *FIELD))
SEE_CONFIDENTIAL = right(
    "casework.confidential.view",
    "查看保密的对象类别",
    (Role.COUNTY_OFFICIAL, Role.STATION_LEAD, Role.STATION_WORKER, Role.SUPERVISOR, Role.RESIDENT),
)
REVEAL = right("casework.reveal", "查看完整的个人信息", (*BUREAU, *FIELD))

__all__ = [
    "EDIT_RECORDS",
    "EDIT_RESIDENTS",
    "EDIT_RISK",
    "REVEAL",
    "SEE_CONFIDENTIAL",
    "VIEW_RECORDS",
    "VIEW_RESIDENTS",
    "VIEW_RISK",
]
