from __future__ import annotations

from linzhan.accounts.api import AREA, BUREAU, FIELD, Role
from linzhan.kernel.access import right

VIEW_NEEDS = right(
    "linkage.needs.view", "查看需求", (*BUREAU, Role.TOWNSHIP_OFFICIAL, *FIELD, Role.SUPERVISOR)
)
EDIT_NEEDS = right("linkage.needs.edit", "登记需求", (*BUREAU, Role.TOWNSHIP_OFFICIAL, *FIELD))
VIEW_RESOURCES = right("linkage.resources.view", "查看资源", (*AREA, *FIELD))
EDIT_RESOURCES = right("linkage.resources.edit", "登记资源", (*BUREAU, Role.TOWNSHIP_OFFICIAL, *FIELD))
VIEW_VOLUNTEERS = right(
    "linkage.volunteers.view", "查看志愿者", (*BUREAU, Role.TOWNSHIP_OFFICIAL, *FIELD, Role.VOLUNTEER)
)
EDIT_VOLUNTEERS = right("linkage.volunteers.edit", "登记志愿者", (*BUREAU, *FIELD))
