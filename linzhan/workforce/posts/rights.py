"""Who keeps posts, who appraises, who handles misconduct (PPL-12…23)."""

from __future__ import annotations

from linzhan.accounts.api import BUREAU, OFFICIALS, Role
from linzhan.kernel.access import right

VIEW_POSTS = right(
    "workforce.posts.view",
    "查看社工岗位",
    (*BUREAU, Role.TOWNSHIP_OFFICIAL, Role.PURCHASER, Role.PROVIDER_MANAGER),
)
EDIT_POSTS = right("workforce.posts.edit", "登记设岗单位、岗位和守则", (*BUREAU, Role.TOWNSHIP_OFFICIAL))
APPRAISE = right(
    "workforce.appraisals.edit", "开展社工考核", (*BUREAU, Role.PROVIDER_MANAGER, Role.STATION_LEAD)
)
HANDLE_CONDUCT = right(
    "workforce.conduct.handle", "受理、核查和处置社工违纪（只有经办部门和本人可见）", OFFICIALS, opens=True
)
