from __future__ import annotations

from linzhan.accounts.api import AREA, BUREAU, FIELD, Role
from linzhan.casework.cases.rights import APPROVE_CASES, EDIT_CASES, EXPORT_CASES, READ_CASES, VIEW_CASES
from linzhan.casework.merging.rights import MERGE
from linzhan.casework.mine.rights import VIEW_OWN_SERVICE, VIEW_STATION_TIME
from linzhan.casework.residents.rights import EDIT_RISK, VIEW_RISK
from linzhan.casework.transfers.rights import ASSIGN, TRANSFER, VIEW_TRANSFERS
from linzhan.kernel.access import right

VIEW_RESIDENTS = right(
    "casework.residents.view",
    "查看服务对象",
    (*BUREAU, Role.TOWNSHIP_OFFICIAL, Role.CHILD_PROTECTION, *FIELD, Role.SUPERVISOR, Role.RESIDENT),
)
VIEW_DUE_VISITS = right(
    "casework.due_visits.view",
    "查看探访任务",
    (*BUREAU, Role.TOWNSHIP_OFFICIAL, Role.CHILD_PROTECTION, *FIELD, Role.SUPERVISOR),
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
REVIEW_RECORDS = right(
    "casework.records.review", "审核、退回、作废服务记录", (*BUREAU, Role.PROVIDER_MANAGER, Role.STATION_LEAD)
)
LOCK_MONTHS = right("casework.months.lock", "锁定和解锁月份", BUREAU)
ORDER_CONTACTS = right("casework.contact_orders.edit", "发布联系指令", BUREAU)

__all__ = [
    "APPROVE_CASES",
    "ASSIGN",
    "EDIT_CASES",
    "EDIT_RECORDS",
    "EDIT_RESIDENTS",
    "EDIT_RISK",
    "EXPORT_CASES",
    "LOCK_MONTHS",
    "MERGE",
    "ORDER_CONTACTS",
    "READ_CASES",
    "REVEAL",
    "REVIEW_RECORDS",
    "SEE_CONFIDENTIAL",
    "TRANSFER",
    "VIEW_CASES",
    "VIEW_DUE_VISITS",
    "VIEW_OWN_SERVICE",
    "VIEW_RECORDS",
    "VIEW_RESIDENTS",
    "VIEW_RISK",
    "VIEW_STATION_TIME",
    "VIEW_TRANSFERS",
]
