"""Rights over groups, activities, programmes, community building, consultations and referrals."""

from __future__ import annotations

from linzhan.accounts.api import AREA, BUREAU, FIELD, Role
from linzhan.kernel.access import right

VIEW_GROUPS = right("casework.groups.view", "查看小组和活动", (*AREA, *FIELD, Role.SUPERVISOR))
EDIT_GROUPS = right("casework.groups.edit", "登记小组和活动", (*BUREAU, *FIELD))
APPROVE_GROUPS = right(
    "casework.groups.approve",
    "批准小组和活动计划",
    (*BUREAU, Role.STATION_LEAD, Role.PROVIDER_MANAGER, Role.SUPERVISOR),
)
VIEW_ATTENDANCE = right(
    "casework.attendance.view",
    "查看成员和出席名单",
    (*BUREAU, Role.TOWNSHIP_OFFICIAL, *FIELD, Role.SUPERVISOR),
)
EDIT_ATTENDANCE = right("casework.attendance.edit", "登记成员和出席", (*BUREAU, *FIELD))
VIEW_COMMUNITY = right("casework.community.view", "查看社区营造", (*AREA, *FIELD, Role.SUPERVISOR))
EDIT_COMMUNITY = right("casework.community.edit", "登记社区营造", (*BUREAU, Role.TOWNSHIP_OFFICIAL, *FIELD))
VIEW_CONTACTS = right(
    "casework.contacts.view",
    "查看咨询、转介和资源链接",
    (*BUREAU, Role.TOWNSHIP_OFFICIAL, *FIELD, Role.SUPERVISOR),
)
EDIT_CONTACTS = right("casework.contacts.edit", "登记咨询、转介和资源链接", (*BUREAU, *FIELD))
